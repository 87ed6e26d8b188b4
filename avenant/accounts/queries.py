"""Who has an account, and how it stands."""

import datetime as dt

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as NO_PASSWORD
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from avenant.accounts.models import User


def people() -> QuerySet[User]:
    """Everybody with an account, whatever the carrier: for the platform's administration.

    Each has `is_invited` (no password yet), `is_locked` and `has_second_factor`.
    """
    since = timezone.now() - dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    counted = AccessAttempt.objects.filter(
        username=OuterRef("email"),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=since,
    )
    return User.objects.annotate(
        is_invited=Case(
            When(is_active=True, password__startswith=NO_PASSWORD, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
        is_locked=Exists(counted),
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))),
    ).select_related("affiliation__firm", "affiliation__managing_agency")


def found_among(everybody: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name or address holds what is typed."""
    if not text:
        return everybody
    return everybody.filter(Q(name__unaccent__icontains=text) | Q(email__icontains=text))
