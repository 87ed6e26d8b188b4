from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('live', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(
            name='JoinAttempt',
        ),
    ]
