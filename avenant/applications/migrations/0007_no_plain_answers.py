from django.db import migrations, models

# A changed row leaves its old version in the table's file until the room is used again: the file
# is written anew, with the living rows alone.
WRITE_ANEW = "CLUSTER applications_answer USING applications_answer_pkey"


class Migration(migrations.Migration):
    """In a transaction of its own: the rows of before the encryption are dead to all by then."""

    dependencies = [("applications", "0006_encrypt_answers")]

    operations = [
        migrations.RemoveField(model_name="answer", name="plain"),
        migrations.AlterField(
            model_name="answer", name="secret", field=models.BinaryField()
        ),
        migrations.RunSQL(WRITE_ANEW, migrations.RunSQL.noop),
    ]
