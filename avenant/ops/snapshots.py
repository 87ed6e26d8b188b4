"""One moment of a database: what a backup dumps, what it has to hold, and whether a copy is the same.

Everything is read in one transaction that sees one state, and PostgreSQL's own dump reads the same:
whoever works meanwhile makes no difference.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg
from psycopg import sql

# Held alone while a backup runs, and in common by whoever deletes files of the vault. Any number
# that nothing else in the database locks.
FILES_LOCK = 7_312_028

# Files of the vault that rows speak of, by the table that names them.
NAMED_FILES = {
    "documents_vaultfile": "SELECT path FROM documents_vaultfile",
    "documents_sealeddocument": (
        "SELECT 'deposit/' || carrier || '/' || number FROM documents_sealeddocument"
        " WHERE deposited_at IS NOT NULL"
    ),
}
# What guards the rows. By name: PostgreSQL words the same condition differently after a restore.
GUARDS = """
SELECT 'constraint ' || conname || ' of ' || conrelid::regclass FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass || ' (' || tgenabled::text || ')'
  FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
 WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'index ' || indexname || ' of ' || tablename FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'function ' || p.oid::regprocedure || ' ' || md5(prosrc) FROM pg_proc p
 WHERE pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
# The columns that a sequence numbers, whose next number must be free.
NUMBERED = """
SELECT s.relname, t.relname, a.attname FROM pg_class s
  JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
  JOIN pg_class t ON t.oid = d.refobjid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
 WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
"""


@dataclass(frozen=True)
class Snapshot:
    """A moment that this connection sees; `name` lets PostgreSQL's programs see the same."""

    connection: psycopg.Connection
    name: str

    def tables(self) -> dict[str, str]:
        """A digest of the rows of each table."""
        return table_digests(self.connection)

    def guards(self) -> set[str]:
        """The constraints, triggers, indexes and functions."""
        return {name for (name,) in self.connection.execute(GUARDS)}

    def files(self) -> set[str]:
        """The files of the vault that rows name, by their place in it."""
        return {
            path
            for table, query in NAMED_FILES.items()
            if table in table_names(self.connection)
            for (path,) in self.connection.execute(query)
        }


@contextmanager
def taken(database: str) -> Iterator[Snapshot]:
    """The database as it is now, for as long as the block lasts; no file of the vault is deleted
    meanwhile by those who ask for `FILES_LOCK`."""
    with psycopg.connect(database, autocommit=True) as connection:
        # Before the moment is chosen: what a purge under way still deletes must not be in it.
        connection.execute("SELECT pg_advisory_lock(%s)", [FILES_LOCK])
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        name = one(connection.execute("SELECT pg_export_snapshot()"))
        try:
            yield Snapshot(connection, str(name))
        finally:
            with suppress(psycopg.Error):  # the connection broke: the lock is gone with it
                connection.execute("ROLLBACK")
                connection.execute("SELECT pg_advisory_unlock(%s)", [FILES_LOCK])


def tables(database: str) -> dict[str, str]:
    """A digest of the rows of each table, now."""
    with psycopg.connect(database) as connection:
        return table_digests(connection)


def table_digests(connection: psycopg.Connection) -> dict[str, str]:
    digest = sql.SQL(
        "SELECT count(*) || ' ' ||"
        " coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {} t"
    )
    return {
        name: str(one(connection.execute(digest.format(sql.Identifier(name)))))
        for name in table_names(connection)
    }


def table_names(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in found.fetchall()]


def numbers_given_twice(connection: psycopg.Connection) -> Iterator[str]:
    """The sequences that would give a number that a row already has."""
    for sequence, table, column in connection.execute(NUMBERED).fetchall():
        # A sequence that was not used yet says its first number, and that it is still to come.
        asked = sql.SQL(
            "SELECT coalesce((SELECT max({column}) FROM {table}), 0)"
            " >= last_value + is_called::int FROM {sequence}"
        ).format(
            column=sql.Identifier(column),
            table=sql.Identifier(table),
            sequence=sql.Identifier(sequence),
        )
        if one(connection.execute(asked)):
            yield f"{sequence}: its next number is taken in {table}"


def one(cursor: psycopg.Cursor) -> object:
    row = cursor.fetchone()
    return row[0] if row else None
