"""Tests reach this machine and nothing else."""

import socket

import pytest

from tests.support.patience import patient


@pytest.mark.parametrize("address", [("192.0.2.1", 443), ("2001:db8::1", 443)])
def test_is_closed_to_other_machines(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET

    with (
        socket.socket(family) as caller,
        pytest.raises(PermissionError, match="reached for the network"),
    ):
        caller.connect(address)


def test_looks_up_no_name() -> None:
    with pytest.raises(PermissionError, match="example.org"):
        socket.getaddrinfo("example.org", 443)


def test_is_open_to_this_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=patient(5)) as caller,
    ):
        assert caller.getpeername() == server.getsockname()
