"""One folding for names: « Œuvrard » and « O'Brien » are found as people type them."""

from django.db import migrations

from avenant_rules.folding import search_key

LONGEST = 160  # of the column


def fold(apps, _schema_editor):
    application = apps.get_model("applications", "Application")
    for one in application.objects.exclude(insured_name="").only("insured_name").iterator():
        key = search_key(one.insured_name)[:LONGEST]
        application.objects.filter(pk=one.pk).exclude(insured_key=key).update(insured_key=key)


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_no_plain_answers")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
