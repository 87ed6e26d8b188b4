"""Browser journeys: the real server and worker as processes, Debian's Chromium, several windows."""

from collections.abc import Iterator

import pytest

from tests.support.programs import running


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running installation with the demo's people: web process and worker.

    Not for the whole session: a test that commits empties the database, the people with it.
    """
    folder = tmp_path_factory.mktemp("site")
    with running(folder) as address:
        yield address
