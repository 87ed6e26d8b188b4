from django.db import migrations, models


class Migration(migrations.Migration):
    """Events recorded before the key keep the formula of their time."""

    dependencies = [("history", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="formula",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="event",
            name="formula",
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name="chain",
            name="seal",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
