from django.db import migrations

from avenant.encrypted import EncryptedJSONField

KEPT = ("facts", "outcome", "because")
# What a changed row was stays in the table's file until the room is used again: written anew.
WRITE_ANEW = "CLUSTER underwriting_requirementlist USING underwriting_requirementlist_pkey"


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0002_encrypt_facts")]

    operations = [
        *(migrations.RemoveField("requirementlist", name) for name in KEPT),
        *(migrations.RenameField("requirementlist", f"secret_{name}", name) for name in KEPT),
        *(migrations.AlterField("requirementlist", name, EncryptedJSONField()) for name in KEPT),
        migrations.RunSQL(WRITE_ANEW, migrations.RunSQL.noop),
    ]
