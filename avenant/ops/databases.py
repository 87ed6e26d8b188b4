"""Dropping a database that was made for a while."""

import time

import psycopg
from psycopg import sql

# How long PostgreSQL's own vacuum may take to leave a database that goes.
LEAVES_WITHIN_SECONDS = 20


def drop_database(admin: psycopg.Connection, name: str) -> None:
    """Drop `name` with whoever is in it; `admin` is in autocommit.

    PostgreSQL refuses anyone but a superuser while its own vacuum is at work there: that leaves by
    itself.

    Raises:
        psycopg.errors.InsufficientPrivilege: it did not leave in time.
    """
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    deadline = time.monotonic() + LEAVES_WITHIN_SECONDS
    while True:
        try:
            admin.execute(drop)
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
