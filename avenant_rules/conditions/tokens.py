"""Cuts a condition into words and signs, each with its place."""

from __future__ import annotations

import re

from avenant_rules.conditions.types import ConditionError

MAX_LENGTH = 2000

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>'[^']*'|\"[^\"]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<op>==|!=|<=|>=|[<>()\[\],+\-]))"
)


def tokenise(text: str) -> list[tuple[str, str, int]]:
    """(species, word, position from 0) of each word, closed by an "end"."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(
            "too_long", text[:40], 0, "la condition est trop longue.", "the condition is too long."
        )
    tokens, position = [], 0
    end = len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            position += len(text[position:]) - len(text[position:].lstrip())
            raise ConditionError(
                "syntax",
                text,
                position,
                f"le signe {text[position]} n'est pas permis dans une condition.",
                f"the sign {text[position]} is not allowed in a condition.",
            )
        tokens.append((found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)))
        position = found.end()
    return [*tokens, ("end", "", end)]
