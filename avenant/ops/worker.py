"""`avenant worker`: the process that runs the jobs. Run as many as needed, on any machine.

It outlives its database: when PostgreSQL goes away, it waits and starts over, as often as needed.
"""

import asyncio
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

# How long the database is given before the worker looks for it again.
WAIT_SECONDS = 1.0
# What the jobs under way are given to end, when told to stop and when the database is away.
PATIENCE_SECONDS = 10


def main(arguments: list[str]) -> int:
    """Run jobs until told to stop."""
    if arguments:
        sys.stderr.write(f"{(__doc__ or '').strip()}\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
    import django

    from avenant.database import is_database_away

    django.setup()
    try:
        if asyncio.run(_work_until_told()):
            return 0
    except Exception as error:
        if not is_database_away(error):
            raise
    sys.stderr.write("The worker lost the database: it starts over.\n")
    sys.stderr.flush()
    time.sleep(WAIT_SECONDS)
    # The same process with nothing left over: no half-closed pool, no thread of an old job.
    os.execv(sys.executable, [sys.executable, "-m", "avenant.cli", "worker"])  # noqa: S606
    raise AssertionError  # execv does not come back


async def _work_until_told() -> bool:
    """Whether it was told to stop; False when the worker ended by itself, which it does when one of
    its connections breaks."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    work = asyncio.create_task(_work())
    asked = asyncio.create_task(told.wait())
    await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
    if told.is_set():
        work.cancel()
        await asyncio.wait({work})
        return True
    asked.cancel()
    await work
    return False


def _lanes() -> dict[str, int]:
    """How many jobs of each queue are done at once: a document that takes long holds up neither the
    next one nor the mail."""
    return {
        "press": int(os.environ.get("AVENANT_WORKER_CONCURRENCY", "4")),
        "press_patient": 1,
        "post": int(os.environ.get("AVENANT_MAIL_CONCURRENCY", "2")),
        "default": 2,
    }


async def _work() -> None:
    """Run the lanes until one of them ends, and then end the others."""
    from django.conf import settings
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from avenant.guarded import get_ready

    get_ready()
    silence = settings.AVENANT_WORKER_SILENCE_SECONDS
    lanes = _lanes()
    slots = ThreadPoolExecutor(sum(lanes.values()), "job")
    asyncio.get_running_loop().set_default_executor(slots)
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as with_own_connections:
        async with with_own_connections.open_async() as opened:
            workers = [
                asyncio.create_task(
                    opened.run_worker_async(
                        name=queue,
                        queues=[queue],
                        concurrency=concurrency,
                        shutdown_graceful_timeout=PATIENCE_SECONDS,
                        # The queue is a means; what was done is in the history.
                        delete_jobs="successful",
                        install_signal_handlers=False,
                        update_heartbeat_interval=silence / 4,
                    )
                )
                for queue, concurrency in lanes.items()
            ]
            try:
                await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for worker in workers:
                    worker.cancel()
                ended = await asyncio.gather(*workers, return_exceptions=True)
            for outcome in ended:
                if isinstance(outcome, Exception):
                    raise outcome
