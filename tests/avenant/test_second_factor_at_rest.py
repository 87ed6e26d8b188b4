"""The database alone does not give what second factors are made from (G16)."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.db import connection

from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G16")


def in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        return str(cursor.fetchone()[0])


def test_it_keeps_the_secret_of_codes_encrypted(cast: Cast) -> None:
    secret = generate_totp_secret()

    TOTP.activate(cast.advisor, secret)
    codes = RecoveryCodes.activate(cast.advisor)

    assert secret not in in_the_database()
    assert in_the_database().count("gAAAA") == 2
    assert len(codes.get_unused_codes()) == 10


def test_an_upgrade_encrypts_those_that_were_in_clear(cast: Cast) -> None:
    secret, seed = generate_totp_secret(), RecoveryCodes.generate_seed()
    Authenticator.objects.create(user=cast.advisor, type="totp", data={"secret": secret})
    Authenticator.objects.create(
        user=cast.advisor, type="recovery_codes", data={"seed": seed, "used_mask": 0}
    )
    assert secret in in_the_database(), "the control: before, it is there"

    import_module("avenant.accounts.migrations.0002_encrypt_second_factors").encrypt_second_factors(
        apps, None
    )

    assert secret not in in_the_database()
    assert seed not in in_the_database()
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    assert len(codes.get_unused_codes()) == 10
