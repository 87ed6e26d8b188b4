"""The database this process talks to: `DATABASE_URL`, or a private PostgreSQL of this clone.

`python -m avenant.ops.postgres url | start | stop | stop-idle | reset | remove | psql`
"""

import os
import shutil
import sys

from avenant.ops.cluster import DATABASE, SUPERUSER, Cluster, PostgresError

__all__ = ["PostgresError", "cluster", "database_url", "stop_if_idle", "superuser_url"]


def cluster() -> Cluster:
    """The private server: `test` under pytest and everything it starts, else `main`.

    `AVENANT_CLUSTER` names another.
    """
    is_testing = "PYTEST_VERSION" in os.environ
    return Cluster.named(os.environ.get("AVENANT_CLUSTER", "test" if is_testing else "main"))


def database_url() -> str:
    """Address of the database; the private server is made and started if it is the one."""
    return os.environ.get("DATABASE_URL") or cluster().ensure_running()


def superuser_url(database: str = DATABASE) -> str:
    """Address for what only a superuser of the private server may do (attacks in tests)."""
    server = cluster()
    server.ensure_running()
    return server.url(database, SUPERUSER)


def stop_if_idle() -> bool:
    """Stop the private server unless somebody else is connected; whether it is down now."""
    import psycopg

    server = cluster()
    if not server.answers():
        return True
    with psycopg.connect(server.url("postgres", SUPERUSER)) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    if others is not None and others[0]:
        return False
    server.stop()
    return True


def main(arguments: list[str]) -> int:
    server = cluster()
    try:
        match arguments:
            case ["url"]:
                sys.stdout.write(f"{database_url()}\n")
            case ["start"]:
                server.ensure_running()
            case ["stop"]:
                server.stop()
            case ["stop-idle"]:
                stop_if_idle()
            case ["reset"]:
                server.reset()
            case ["remove"]:
                server.reset()
                shutil.rmtree(server.base, ignore_errors=True)
            case ["psql", *rest]:
                address = database_url()
                program = server.binaries / "bin" / "psql"
                os.execv(program, [str(program), address, *rest])  # noqa: S606 (our own binary)
            case _:
                sys.stderr.write(f"{(__doc__ or '').strip()}\n")
                return 2
    except (PostgresError, LookupError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
