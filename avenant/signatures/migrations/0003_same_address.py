from typing import Any

from django.db import migrations, models

from avenant.http import is_same_address


def compare_addresses(apps: Any, _editor: Any) -> None:
    """Signatures given before are compared by the addresses recorded then."""
    SignatureRequest = apps.get_model("signatures", "SignatureRequest")
    rows = SignatureRequest.objects.filter(ip__isnull=False).select_related("call")
    for row in rows.iterator():
        if is_same_address(row.ip, row.call.advisor_ip):
            SignatureRequest.objects.filter(pk=row.pk).update(is_same_address=True)


class Migration(migrations.Migration):
    dependencies = [("signatures", "0002_formula"), ("live", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="signaturerequest",
            name="is_same_address",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(compare_addresses, migrations.RunPython.noop),
    ]
