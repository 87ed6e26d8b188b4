from typing import Any

from django.db import migrations

from avenant.encrypted import EncryptedJSONField

KEPT = ("facts", "outcome", "because")


def encrypt(apps: Any, _editor: Any) -> None:
    """Age, sex, birth date and amounts are kept encrypted, like the answers they come from."""
    RequirementList = apps.get_model("underwriting", "RequirementList")
    for entry in RequirementList.objects.iterator(chunk_size=500):
        for name in KEPT:
            setattr(entry, f"secret_{name}", getattr(entry, name))
        entry.save(update_fields=[f"secret_{name}" for name in KEPT])


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0001_initial")]

    operations = [
        *(
            migrations.AddField(
                "requirementlist", f"secret_{name}", EncryptedJSONField(null=True)
            )
            for name in KEPT
        ),
        migrations.RunPython(encrypt, migrations.RunPython.noop),
    ]
