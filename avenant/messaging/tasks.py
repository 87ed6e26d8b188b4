"""Jobs of the outbox."""

from procrastinate.contrib.django import app

from avenant.jobs import RETRY, queue_of
from avenant.messaging.actions import send_message as actions


@app.task(name="messaging.send_message", queue=queue_of("messaging.send_message"), retry=RETRY)
def send_message(message_id: int) -> None:
    actions.send_message(message_id)
