"""Once a day, note the heads of all chains: a tail cut afterwards shows against the note."""

import datetime as dt

from django.db import transaction

from avenant.history.actions.record import append
from avenant.history.chain import ANCHORED, ANCHORS, anchor_hash
from avenant.history.models import Anchor, Chain


@transaction.atomic
def anchor_heads(day: dt.date) -> Anchor:
    """Anchor every chain as it is now; a second call on the same day changes nothing.

    The chain of anchors, keyed like the others, has the hash: an anchor that is taken away or
    changed shows against it.
    """
    existing = Anchor.objects.filter(pk=day).first()
    if existing is not None:
        return existing
    heads = {
        chain.dossier: {"length": chain.length, "hash": chain.head_hash}
        for chain in Chain.objects.order_by("dossier")
    }
    anchor = Anchor.objects.create(day=day, heads=heads, hash=anchor_hash(heads))
    append(ANCHORS, ANCHORED, facts={"day": day.isoformat(), "hash": anchor.hash})
    return anchor
