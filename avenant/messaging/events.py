"""How the events of messages are told."""

from django.utils.translation import gettext_lazy as _

from avenant.history.timeline import Told

EVENTS = {"message_retried": Told(_("Message repris par l'exploitation"))}
