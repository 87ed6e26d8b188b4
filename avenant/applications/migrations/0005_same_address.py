from typing import Any

from django.db import migrations, models

from avenant.http import is_same_address


def compare_addresses(apps: Any, _editor: Any) -> None:
    """What was agreed before is compared by the addresses recorded then."""
    for name in ("Attachment", "Snapshot"):
        model = apps.get_model("applications", name)
        for row in model.objects.filter(ip__isnull=False).select_related("call").iterator():
            if row.call is not None and is_same_address(row.ip, row.call.advisor_ip):
                model.objects.filter(pk=row.pk).update(is_same_address=True)


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_printable_attachments"), ("live", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="is_same_address",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="is_same_address",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(compare_addresses, migrations.RunPython.noop),
    ]
