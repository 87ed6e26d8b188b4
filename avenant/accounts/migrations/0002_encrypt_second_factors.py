from typing import Any

from django.db import migrations

from avenant.crypto import encrypt

SECRETS = ("secret", "seed")  # of an application of codes, of recovery codes
CODES = "migrated_codes"


def encrypt_second_factors(apps: Any, _editor: Any) -> None:
    """What codes are made from was in clear."""
    Authenticator = apps.get_model("mfa", "Authenticator")
    for one in Authenticator.objects.iterator():
        for name in SECRETS:
            if name in one.data:
                one.data[name] = encrypt(one.data[name].encode()).decode()
        if CODES in one.data:
            one.data[CODES] = [encrypt(code.encode()).decode() for code in one.data[CODES]]
        one.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(encrypt_second_factors, migrations.RunPython.noop)]
