"""`avenant upgrade`: bring the database and the served files up to this version.

Run it once before the new version's processes start; running it again changes nothing. In the
demo it loads the demo's data the first time.
"""

import os
import sys

UPGRADE_LOCK = 7_312_027  # any number that nothing else in the database locks


def main(arguments: list[str]) -> int:
    if arguments:
        sys.stderr.write(f"{(__doc__ or '').strip()}\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    with connection.cursor() as cursor:
        # Machines that start together: one upgrades, the others wait and find it done.
        cursor.execute("SELECT pg_advisory_lock(%s)", [UPGRADE_LOCK])
    call_command("migrate", interactive=False, verbosity=0)
    if not settings.SERVESTATIC_USE_FINDERS:
        call_command("collectstatic", interactive=False, verbosity=0)
    if settings.AVENANT_DEMO:
        call_command("load_demo")
    return 0
