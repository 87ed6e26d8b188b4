"""`python -m avenant.ops.prepare`: bring the database up to date and load the demo once."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo")
    return 0


if __name__ == "__main__":
    sys.exit(main())
