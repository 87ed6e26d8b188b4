"""Whether the role of the database that the site uses could switch off what protects the history.

The owner of a table may do anything to it. Where an installation has one role that owns the tables
(it upgrades) and another that works with them, the second can add to the history and nothing else.
"""

from typing import Any

from django.db import connection

PROTECTED = ("history_event", "history_anchor", "history_chain")
APPENDED = ("history_event", "history_anchor")

_REACH = """
SELECT c.relname, pg_has_role(current_user, c.relowner, 'USAGE')
    OR has_table_privilege(c.oid, 'TRUNCATE, TRIGGER')
    OR (c.relname = ANY (%s) AND has_table_privilege(c.oid, 'UPDATE, DELETE'))
FROM pg_class c
WHERE c.relname = ANY (%s) AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname
"""
# The role works with every table; of the history's it may read, add, and move a head on.
_GRANT = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE UPDATE, DELETE ON history_event, history_anchor FROM {role};
REVOKE DELETE ON history_chain FROM {role};
"""


def unprotected_tables() -> list[str]:
    """The history's tables whose protection the present role could switch off."""
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [list(APPENDED), list(PROTECTED)])
        return [name for name, is_in_reach in cursor.fetchall() if is_in_reach]


def let_work(role: str) -> None:
    """Let `role` work with the present role's tables, and only add to the history.

    Raises:
        django.db.ProgrammingError: there is no such role, or the tables are not the caller's.
    """
    with connection.cursor() as cursor:
        quoted: Any = connection.ops.quote_name(role)
        cursor.execute(_GRANT.format(role=quoted))
