"""What every test stands on: a database of its own, and no network."""

import sys
from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from avenant.ops.testing import fresh_database

if TYPE_CHECKING:
    from tests.support.cast import Cast


def refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """Let a test reach this machine and nothing else."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_this_machine(host):
        raise PermissionError(f"A test reached for the network: {host!r}")


def is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False


def pytest_configure() -> None:
    sys.addaudithook(refuse_the_network)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Give this test process a migrated database of its own."""
    from django.conf import settings
    from django.db import connection

    with fresh_database() as url:
        name = url.split("?")[0].rsplit("/", 1)[1]
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            # Tests that really commit are cleaned by TRUNCATE; what refuses it has its own test.
            cursor.execute("ALTER TABLE history_event DISABLE TRIGGER history_event_no_truncate")
        yield
        with django_db_blocker.unblock():
            connection.close()
            connection.close_pool()


@pytest.fixture
def cast(db: None) -> "Cast":
    """Everybody, without any application yet."""
    from tests.support.cast import Cast

    return Cast.assemble()
