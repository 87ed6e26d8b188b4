"""Chains of before the key go on with it: each gets an event that says so, when, and after how
many events of the old formula; what did not hold before is said there and goes on being named.
"""

from typing import Any

from django.db import migrations

from avenant.history.chain import ANCHORED, ANCHORS, GENESIS, faults_in
from avenant.history.upgrading import append_at_upgrade

KEYED = "history_keyed"


def key_chains(apps: Any, _editor: Any) -> None:
    Chain, Event, Anchor = (apps.get_model("history", n) for n in ("Chain", "Event", "Anchor"))
    for chain in list(Chain.objects.order_by("dossier")):
        events = list(Event.objects.filter(dossier=chain.dossier).order_by("number"))
        facts = {"events": chain.length, "faults": _faults(events, chain)}
        append_at_upgrade(apps, chain.dossier, KEYED, facts)
    for anchor in Anchor.objects.order_by("day"):
        facts = {"day": anchor.day.isoformat(), "hash": anchor.hash, "before": KEYED}
        append_at_upgrade(apps, ANCHORS, ANCHORED, facts)


def _faults(events: list[Any], chain: Any) -> int:
    """How many places do not hold, the head's seal apart: it has none yet."""
    last = events[-1] if events else None
    end = (last.number, last.hash) if last else (0, GENESIS)
    links = [fault for fault in faults_in(events, []) if "the head of the chain" not in fault]
    return len(links) + int(end != (chain.length, chain.head_hash))


class Migration(migrations.Migration):
    dependencies = [("history", "0003_formula_and_seal")]
    operations = [migrations.RunPython(key_chains, migrations.RunPython.noop, elidable=False)]
