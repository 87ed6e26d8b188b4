"""Programs of the product that start at once: forked from a process that has loaded the code.

Loading it takes a process two seconds of processor time, and the tests of crashes kill a great many.
Each is a process like any other, with its own connections, which signal 9 ends where it stands.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.support.patience import patient

# Named in the environment of the process that forks, which loads this module first.
LOADING = "AVENANT_TESTS_LOADING"

if LOADING in os.environ:
    import django

    django.setup()

_context = get_context("forkserver")


def load(env: dict[str, str]) -> None:
    """Start the process that forks, in this environment: what the settings read of it stays."""
    from multiprocessing.forkserver import ensure_running

    before = dict(os.environ)
    os.environ.update(env | {LOADING: "1"})
    try:
        _context.set_forkserver_preload([__name__])
        ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def start(act: Callable[..., object], *args: object, env: dict[str, str], log: Path) -> BaseProcess:
    """Start a process that does this; its words go to `log`."""
    child = _context.Process(target=_act, args=(act, args, env, str(log)))
    child.start()
    return child


@contextmanager
def running(arguments: Sequence[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """`avenant` with these arguments, until the block ends."""
    child = start(program, list(arguments), env=env, log=log)
    try:
        yield
    finally:
        child.terminate()
        child.join(patient(15))
        child.kill()
        child.join()


def program(arguments: list[str]) -> None:
    """`avenant` with these arguments, in this process."""
    from avenant.cli import main

    sys.argv = ["avenant", *arguments]
    sys.exit(main())


def _act(
    act: Callable[..., object], args: tuple[object, ...], env: dict[str, str], log: str
) -> None:
    with Path(log).open("ab") as output:
        for number in (1, 2):
            os.dup2(output.fileno(), number)
    os.environ.update(env)
    act(*args)
