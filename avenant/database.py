"""Whether the database is there: a loss of it is waited out, never taken for a fault of ours."""

import psycopg


def is_database_away(error: BaseException | None) -> bool:
    """Whether a lost or busy database is behind the error, however it was wrapped on its way."""
    while error is not None:
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False
