from typing import Any

from django.db import migrations, models

from avenant.http import is_same_address


def compare_addresses(apps: Any, _editor: Any) -> None:
    """Calls that a client joined before are compared by the addresses recorded then."""
    Call = apps.get_model("live", "Call")
    for call in Call.objects.filter(client_ip__isnull=False).iterator():
        if is_same_address(call.client_ip, call.advisor_ip):
            is_same_device = call.client_user_agent == call.advisor_user_agent
            Call.objects.filter(pk=call.pk).update(
                is_same_address=True, is_same_device=is_same_device
            )


class Migration(migrations.Migration):
    dependencies = [("live", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="is_same_address",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="call",
            name="is_same_device",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(compare_addresses, migrations.RunPython.noop),
    ]
