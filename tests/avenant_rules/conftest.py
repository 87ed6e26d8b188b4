"""The rules' tests may run alone (pytest.toml beside this), so they close the network themselves."""

from tests.support.network import close_the_network


def pytest_configure() -> None:
    close_the_network()
