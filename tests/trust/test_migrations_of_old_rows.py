"""A migration that adds a column fills the rows it finds with one value: a default that is to be
different for each row is none (G18).
"""

from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

# Filled with one salt; healed by signatures 0004.
HEALED = {("applications", "0003_salt_and_order", "salt")}


def test_no_migration_gives_all_old_rows_one_value_that_was_to_differ() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("avenant.")}
    found = {
        (app, name, operation.name)
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in ours
        for operation in migration.operations
        if isinstance(operation, migrations.AddField)
        and callable(operation.field.default)
        and not isinstance(operation.field.default, type)  # dict, list, none given
    }

    assert found == HEALED
