"""The app's place in Django; the checks of a deployment are found from here."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "avenant.accounts"

    def ready(self) -> None:
        from avenant import deployment  # noqa: F401 - its check registers itself
