"""Django's name for it: the same as `avenant createadmin`."""

from avenant.accounts.management.commands.createadmin import Command

__all__ = ["Command"]
