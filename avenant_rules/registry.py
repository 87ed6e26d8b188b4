"""Which module holds which decision, found by reading the folders, not by importing them.

A decision `family.something` stands in a module of `avenant_rules/decisions/family/`. The modules of
the family are searched as text for `@decision("family.something"`, and only the one that holds it is
imported. There is no list to keep.
"""

import importlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from avenant_rules.errors import UnknownDecisionError

if TYPE_CHECKING:
    from avenant_rules.decision import Decision

FOLDER = Path(__file__).parent / "decisions"
_DECLARED = re.compile(r'^@decision\(\s*"([a-z_]+\.[a-z0-9_]+)"', re.MULTILINE)

_registered: dict[str, "Decision"] = {}


def register(name: str, found: "Decision") -> None:
    """Keep a decision under its name. Called by `@decision`."""
    if name in _registered and _registered[name].rule.__module__ != found.rule.__module__:
        raise ValueError(f"two modules hold the decision {name}")
    _registered[name] = found


def find(name: str) -> "Decision":
    """The decision called `name`; its module is imported when first asked for.

    Raises:
        UnknownDecisionError: no decision bears this name.
    """
    found = _registered.get(name)
    if found is None:
        # Strangers ask for any name: only those of the folders are looked up, and kept.
        family = name.partition(".")[0]
        module = _modules(family).get(name) if family in families() else None
        if module is None:
            raise UnknownDecisionError(name)
        importlib.import_module(module)
        found = _registered[name]
    return found


@cache
def families() -> tuple[str, ...]:
    """The families of decisions, in alphabetical order."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists()))


def decision_names() -> list[str]:
    """The names of all decisions, in alphabetical order."""
    return sorted(name for family in families() for name in _modules(family))


@cache
def _modules(family: str) -> dict[str, str]:
    return {
        name: f"avenant_rules.decisions.{family}.{path.stem}"
        for path in sorted((FOLDER / family).glob("*.py"))
        for name in _DECLARED.findall(path.read_text("utf-8"))
    }
