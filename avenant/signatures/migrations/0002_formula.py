from django.db import migrations, models


class Migration(migrations.Migration):
    """Signatures given before places were bound keep the formula of their time."""

    dependencies = [("signatures", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="signaturerequest",
            name="formula",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="signaturerequest",
            name="formula",
            field=models.PositiveSmallIntegerField(default=2),
        ),
    ]
