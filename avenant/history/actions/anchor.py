"""Once a day, note the heads of all chains: a tail cut afterwards shows against the note."""

import datetime as dt
import hashlib

from django.db import transaction

from avenant.history.chain import canonical
from avenant.history.models import Anchor, Chain


@transaction.atomic
def anchor_heads(day: dt.date) -> Anchor:
    """Anchor every chain as it is now; a second call on the same day changes nothing."""
    existing = Anchor.objects.filter(pk=day).first()
    if existing is not None:
        return existing
    heads = {
        chain.dossier: {"length": chain.length, "hash": chain.head_hash}
        for chain in Chain.objects.order_by("dossier")
    }
    digest = hashlib.sha256(canonical(heads)).hexdigest()
    return Anchor.objects.create(day=day, heads=heads, hash=digest)
