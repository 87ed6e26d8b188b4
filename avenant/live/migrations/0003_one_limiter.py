from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('live', '0002_same_address'),
    ]

    operations = [
        migrations.DeleteModel(
            name='JoinAttempt',
        ),
    ]
