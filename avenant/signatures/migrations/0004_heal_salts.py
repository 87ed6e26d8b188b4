"""Each application has a salt of its own, and each signature is named in the history.

The migration that brought salts in gave one to all the rows it found, and signatures of before have
no salted hash at all. Applications that share a salt get each a new one; their signatures, and the
early ones, are bound to it as they are now. A signature that is not as it was recorded is left
alone: it goes on being named.
"""

from typing import Any

from django.db import migrations
from django.db.models import Count

from avenant.applications.models import new_salt
from avenant.history.upgrading import append_at_upgrade
from avenant.signatures.evidence import BOUND, GIVEN, facts_of, is_told


def heal_salts(apps: Any, _editor: Any) -> None:
    Application = apps.get_model("applications", "Application")
    shared = set(
        Application.objects.values("salt")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .values_list("salt", flat=True)
    )
    for application in Application.objects.order_by("pk").iterator():
        _heal(apps, application, is_shared=application.salt in shared)


def _heal(apps: Any, application: Any, *, is_shared: bool) -> None:
    dossier = f"application:{application.pk}"
    Event = apps.get_model("history", "Event")
    told = list(Event.objects.filter(dossier=dossier, kind__in=[GIVEN, BOUND]).order_by("number"))
    named = {event.facts.get("signature") for event in told}
    requests = apps.get_model("signatures", "SignatureRequest").objects.filter(
        application=application, state="signed"
    )
    sound = [
        request
        for request in requests.select_related("application").order_by("pk")
        if (is_shared or request.pk not in named) and is_told(request, told)
    ]
    if is_shared:
        application.salt = new_salt()
        application.save(update_fields=["salt"])
    for request in sound:
        request.application.salt = application.salt
        append_at_upgrade(apps, dossier, BOUND, facts_of(request))


class Migration(migrations.Migration):
    dependencies = [
        ("signatures", "0003_same_address"),
        ("applications", "0005_same_address"),
        ("history", "0005_heads_only_grow"),
    ]
    operations = [migrations.RunPython(heal_salts, migrations.RunPython.noop)]
