from typing import Any

from django.db import migrations

from avenant.crypto import encrypt_json


def encrypt_answers(apps: Any, _editor: Any) -> None:
    """Every answer is kept encrypted, not those of health and bank alone."""
    Answer = apps.get_model("applications", "Answer")
    rows = Answer.objects.filter(secret__isnull=True).only("pk", "plain")
    for row in rows.iterator(chunk_size=2000):
        Answer.objects.filter(pk=row.pk).update(secret=encrypt_json(row.plain), plain=None)


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_same_address")]
    operations = [migrations.RunPython(encrypt_answers, migrations.RunPython.noop)]
