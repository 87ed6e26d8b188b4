"""`avenant serve`: the web process.

PORT and HOST say where (127.0.0.1:8000); AVENANT_WEB_PROCESSES how many processes share the port.
The access log stays off: addresses of single-use links are secrets.
"""

import argparse
import errno
import os
import socket
import sys


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="avenant serve", description=__doc__)
    parser.add_argument("--host", default=host())
    parser.add_argument("--port", type=int, default=port())
    parser.add_argument(
        "--processes", type=int, default=int(os.environ.get("AVENANT_WEB_PROCESSES", "1"))
    )
    chosen = parser.parse_args(arguments)
    if trouble := why_not(chosen.host, chosen.port):
        sys.stderr.write(f"{trouble}\n")
        return 1

    import uvicorn

    from avenant.logs import server_logging

    level = os.environ.get("AVENANT_WEB_LOG_LEVEL", "info")
    uvicorn.run(
        "avenant.asgi:application",
        host=chosen.host,
        port=chosen.port,
        workers=chosen.processes if chosen.processes > 1 else None,
        log_level=level,
        log_config=server_logging(level),
        access_log=False,
        server_header=False,
        # Who called is read by the application itself, from as many proxies as it is told of.
        proxy_headers=False,
        # Browsers keep their event streams open: they are told to come back elsewhere.
        timeout_graceful_shutdown=5,
    )
    return 0


def host() -> str:
    return os.environ.get("HOST", "127.0.0.1")


def port() -> int:
    """The port asked for.

    Raises:
        SystemExit: PORT is no port number.
    """
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT is « {text} »; it has to be a number from 1 to 65535.")
    return int(text)


def why_not(host: str, port: int) -> str | None:
    """Why nothing can listen there, in a sentence; None when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {port} is taken by another program. Choose another, for example PORT={port + 10}."
            return f"Nothing can listen on {host}:{port}: {error.strerror}."
    return None
