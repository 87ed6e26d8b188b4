"""No test reaches further than this machine."""

import sys
from functools import cache
from ipaddress import ip_address


@cache
def close_the_network() -> None:
    """Refuse, from now on and in this process, whatever reaches out; asking twice is asking once."""
    sys.addaudithook(refuse_the_network)


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
    """Whether `host`, a name or an address as the socket module takes them, is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False
