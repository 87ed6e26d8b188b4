"""The anchors as a file that is kept elsewhere, and the history compared with such a file.

What is in the database can be put back as it was on an earlier day, keys or no keys; a file that
whoever did it cannot reach tells. It holds hashes and ids, nothing of anybody.
"""

import hmac
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from avenant.history.chain import keyed, missing_heads
from avenant.history.models import Anchor, Chain

FORMAT = 1


class AnchorFileError(Exception):
    """What is wrong with a file of anchors: unreadable, of another history, or altered."""


@transaction.atomic
def anchors_now() -> str:
    """The text of a file: the hash of each day's anchor, and every head as it is now."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "anchors": {
            day.isoformat(): digest for day, digest in Anchor.objects.values_list("day", "hash")
        },
        "heads": dict(Chain.objects.filter(length__gt=0).values_list("dossier", "head_hash")),
    }
    return json.dumps(content | {"seal": keyed("anchor file", content)}, indent=0, sort_keys=True)


def faults_against(text: str) -> Iterator[str]:
    """A line for each anchor and each head of the file that the database no longer has.

    Raises:
        AnchorFileError: the file is none, was altered, or is not of this history.
    """
    content = _read(text)
    kept = {day.isoformat(): digest for day, digest in Anchor.objects.values_list("day", "hash")}
    for day, digest in sorted(content["anchors"].items()):
        if kept.get(day) != digest:
            yield f"anchor of {day}: it is {'changed' if day in kept else 'missing'}"
    yield from missing_heads(content["heads"].items(), f"noted on {content['made_at']}")


def _read(text: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(text)
        seal = content.pop("seal")
        is_ours = content["format"] == FORMAT and hmac.compare_digest(
            seal, keyed("anchor file", content)
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnchorFileError("it is no file of anchors") from error
    if not is_ours:
        raise AnchorFileError("it was altered, or written with another AVENANT_HISTORY_KEY")
    return content
