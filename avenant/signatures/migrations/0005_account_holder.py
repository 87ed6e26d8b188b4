from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signatures", "0004_heal_salts")]

    operations = [
        migrations.AlterField(
            model_name="signaturerequest",
            name="signer",
            field=models.CharField(
                choices=[
                    ("main_insured", "assuré principal"),
                    ("spouse", "conjoint"),
                    ("account_holder", "titulaire du compte"),
                ],
                max_length=20,
            ),
        ),
    ]
