"""A process that submits one application and can be killed on the way (see test_crashes)."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
django.setup()

from avenant.accounts.models import User  # noqa: E402 - Django first
from avenant.applications.actions.submit_application import submit_application  # noqa: E402
from avenant.applications.models import Application  # noqa: E402

application = Application.objects.get(pk=sys.argv[1])
submit_application(application, ip="198.51.100.7", by=User.objects.get(pk=application.advisor_id))
