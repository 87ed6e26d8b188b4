"""Columns that the database keeps encrypted and Python reads as they are."""

from typing import Any

from django.db import models

from avenant.crypto import decrypt_json, encrypt_json


class EncryptedJSONField(models.BinaryField):  # type: ignore[type-arg]  # not so at run time
    """A JSON value, encrypted at rest: it is neither searched nor sorted by the database."""

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return None if value is None else decrypt_json(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        content = None if value is None else encrypt_json(value)
        return super().get_db_prep_value(content, connection, prepared)

    def to_python(self, value: Any) -> Any:
        return value
