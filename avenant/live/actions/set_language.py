"""The client reads in their own language, whatever the advisor's (4/AUT-08)."""

from django.db import transaction

from avenant.live.bus import announce
from avenant.live.models import Call


@transaction.atomic
def set_client_language(call: Call, language: str) -> None:
    """Sections and notices sent from now on are in this language."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.client_language != language:
        call.client_language = language
        call.save(update_fields=["client_language"])
        announce(call)
