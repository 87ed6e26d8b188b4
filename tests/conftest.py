"""What every test stands on: a database of its own, and no network."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

from avenant.ops.testing import fresh_database
from tests.support.network import close_the_network
from tests.support.patience import patient, stretch_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.support.cast import Cast

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A test's database is emptied while Playwright's loop bears its mark again, where Django would
# refuse to query: a browser test followed by one that commits.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure() -> None:
    close_the_network()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Give each test the time that this machine needs now."""
    mark = item.get_closest_marker("timeout")
    limit = mark.args[0] if mark and mark.args else float(item.config.getini("timeout") or 0)
    if asked := item.config.getoption("timeout"):
        limit = limit if mark else asked
    if limit:
        item.add_marker(pytest.mark.timeout(patient(limit)), append=False)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with no_browser_loop(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with no_browser_loop(item):
        return (yield)


@contextmanager
def no_browser_loop(item: pytest.Item | None = None) -> Iterator[None]:
    """Hide the browser's event loop from the tests that come after it in the same process.

    Playwright leaves it marked as running between its calls, and then neither `asyncio.run` nor
    the database works for anybody else. A test that itself drives the browser needs the mark.
    """
    if "browser" in getattr(item, "fixturenames", ()):
        yield
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all the tests of a process: Playwright refuses to be started twice."""
    from playwright.sync_api import sync_playwright

    stretch_browser()
    program = os.environ.get("CHROMIUM") or which("chromium") or which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Give this test process a migrated database of its own, and a vault that goes with it."""
    from django.apps import apps
    from django.conf import settings
    from django.db import connection
    from django.db.models.signals import post_migrate

    with fresh_database() as url, own_vault(tmp_path_factory.mktemp("vault")):
        name = url.split("?")[0].rsplit("/", 1)[1]
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        connection.close_pool()  # one opened before would go on to the other database
        with no_browser_loop(), django_db_blocker.unblock(), connection.cursor() as cursor:
            # Tests that really commit are cleaned by TRUNCATE; what refuses it has its own test.
            for table in ("history_event", "history_anchor", "history_chain"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
        # Said after the tables were flushed behind a test that committed.
        post_migrate.connect(empty_queue, sender=apps.get_app_config("procrastinate"))
        yield
        with no_browser_loop(), django_db_blocker.unblock():
            connection.close()
            connection.close_pool()


@contextmanager
def own_vault(folder: Path) -> Iterator[None]:
    """Keep files in `folder`, in this process and in those it starts.

    Every test process numbers its applications from one: in a common vault they would meet.
    """
    from django.conf import settings
    from django.test import override_settings

    files = settings.STORAGES["default"] | {"OPTIONS": {"location": folder}}
    before = os.environ.get("AVENANT_VAULT")
    os.environ["AVENANT_VAULT"] = str(folder)
    with override_settings(STORAGES=settings.STORAGES | {"default": files}):
        yield
    if before is None:
        del os.environ["AVENANT_VAULT"]
    else:
        os.environ["AVENANT_VAULT"] = before


def empty_queue(**_: object) -> None:
    """Leave no job to the next test: the queue's tables are not Django's to flush."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
            " procrastinate_workers RESTART IDENTITY CASCADE"
        )


@pytest.fixture
def cast(db: None) -> "Cast":
    """Everybody, without any application yet."""
    from tests.support.cast import Cast

    return Cast.assemble()
