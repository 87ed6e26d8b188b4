"""`Struct`: facts and outcomes, typed, frozen, by name, and closed to unknown fields."""

from typing import Any, dataclass_transform

import msgspec


class _Meta(msgspec.StructMeta):
    """Every struct of the rules is frozen, takes named fields and refuses unknown ones."""

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any
    ) -> Any:
        config.setdefault("kw_only", True)
        config.setdefault("frozen", True)
        config.setdefault("forbid_unknown_fields", True)
        return super().__new__(mcls, name, bases, namespace, **config)


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Struct(msgspec.Struct, metaclass=_Meta):
    """The base of every input and outcome. The docstring of a subclass says what it stands for."""
