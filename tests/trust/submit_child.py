"""A process that submits one application and can be killed on the way (see test_crashes)."""

from avenant.accounts.models import User
from avenant.applications.actions.submit_application import submit_application
from avenant.applications.models import Application


def main(key: str) -> None:
    """Submit the application with this key, as its advisor's click does."""
    application = Application.objects.get(pk=key)
    advisor = User.objects.get(pk=application.advisor_id)
    submit_application(application, ip="198.51.100.7", by=advisor)
