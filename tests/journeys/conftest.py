"""Browser journeys: the real server and worker as processes, Debian's Chromium, several windows."""

from collections.abc import Iterator

import pytest

from tests.support.programs import running


@pytest.fixture(scope="session")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running installation with the demo's people: web process and worker."""
    folder = tmp_path_factory.mktemp("site")
    with running(folder) as address:
        yield address
