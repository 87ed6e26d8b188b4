"""The process that guarded children are forked from: `python -m avenant.guarded.zygote FD`.

It loads the libraries once, starts no thread, and for each channel that comes in over FD forks a
keeper. The keeper forks the child that does the work, holds its deadline, and writes how it
ended. When the line to whoever asks is closed, it leaves, and so do the keepers with their work.
"""

import contextlib
import importlib
import math
import os
import resource
import select
import signal
import socket
import sys
import time

import msgspec

from avenant.guarded.caller import Job, Outcome, Refusal, Use

# What the work needs, loaded before the first fork so that no child pays for it.
_LOADED = (
    "pypdfium2.raw",
    "typst",
    "avenant.documents.foreign.reduce",
    "avenant.documents.press",
    # What these load when first used.
    "lxml.etree",
    "pyhanko.pdf_utils.filters",
    "pyhanko.pdf_utils.metadata.xmp_xml",
    "httpcore",
    "anyio._backends._asyncio",
    "_strptime",
)
_ALLOWED = "avenant."  # tasks are ours alone
_REFUSED, _OUT_OF_MEMORY, _DIED = 3, 4, 5  # exit codes of the child that did the work


def main() -> None:
    """Fork a keeper for each channel until the line is closed."""
    for name in _LOADED:
        importlib.import_module(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks; the line closes
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are waited for by nobody
    control = socket.socket(fileno=int(sys.argv[1]))
    while True:
        try:
            sent, (*fds,), _flags, _from = socket.recv_fds(control, 1, 1)
        except OSError:
            return
        if not sent:
            return
        for fd in fds:
            if os.fork() == 0:
                control.close()
                _keep(socket.socket(fileno=fd))
                os._exit(0)
            os.close(fd)


def _keep(channel: socket.socket) -> None:
    """Read the work, have it done by a child, write its answer and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    head = _exactly(channel, int.from_bytes(_exactly(channel, 4)))
    job = msgspec.json.decode(head, type=Job)
    work = _exactly(channel, job.size)
    answers, answering = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answers)
        channel.close()
        _work(job, work, answering)
    os.close(answering)
    del work
    answer, is_late = _listen(child, answers, channel, job.limits.wall_seconds)
    _pid, status, used = os.wait4(child, 0)
    # ru_maxrss is in kilobytes on Linux.
    use = Use(cpu_seconds=used.ru_utime + used.ru_stime, peak_memory=used.ru_maxrss * 1024)
    outcome = _outcome(status, answer, is_late=is_late, use=use)
    line = msgspec.json.encode(outcome)
    with contextlib.suppress(OSError):  # nobody listens any more
        channel.sendall(answer[: outcome.size] + line + len(line).to_bytes(4))


def _exactly(channel: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = channel.recv(min(size - len(parts), 1 << 20))
        if not part:
            os._exit(0)  # whoever asked is gone
        parts += part
    return bytes(parts)


def _listen(
    child: int, answers: int, channel: socket.socket, wall_seconds: float
) -> tuple[bytes, bool]:
    """What the child writes until it ends; killed at the deadline or when nobody waits for it."""
    end = time.monotonic() + wall_seconds
    parts: list[bytes] = []
    while True:
        left = end - time.monotonic()
        ready = select.select([answers, channel], [], [], max(left, 0))[0]
        if not ready or channel in ready:
            os.kill(child, signal.SIGKILL)
            return b"", not ready
        part = os.read(answers, 1 << 20)
        if not part:
            return b"".join(parts), False
        parts.append(part)


def _outcome(status: int, answer: bytes, *, is_late: bool, use: Use) -> Outcome:
    if is_late:
        return Outcome(kind="deadline", use=use)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        # The kernel sends SIGKILL where the hard limit of time is reached.
        is_time = name in {"SIGXCPU", "SIGPROF", "SIGKILL"}
        return Outcome(kind="time" if is_time else "crash", detail=name, use=use)
    said = answer.decode(errors="replace")[:200]
    match os.WEXITSTATUS(status):
        case 0:
            return Outcome(kind="done", size=len(answer), use=use)
        case code if code == _REFUSED:
            return Outcome(kind="refused", detail=said, use=use)
        case code if code == _OUT_OF_MEMORY:
            return Outcome(kind="memory", use=use)
        case code:
            return Outcome(kind="crash", detail=said or f"exit {code}", use=use)


def _work(job: Job, work: bytes, answering: int) -> None:
    """Do the work within its limits. Never returns."""
    code, answer = _DIED, b""
    try:
        module, _colon, name = job.task.partition(":")
        if not module.startswith(_ALLOWED):
            raise ImportError(module)
        function = getattr(importlib.import_module(module), name)
        _limit(job)
        answer, code = function(work), 0
    except Refusal as refusal:
        answer, code = refusal.code.encode(), _REFUSED
    except MemoryError:
        code = _OUT_OF_MEMORY
    except BaseException as error:
        answer = type(error).__name__.encode()
    try:
        while answer:
            answer = answer[os.write(answering, answer) :]
    finally:
        os._exit(code)


def _limit(job: Job) -> None:
    limits = job.limits
    with open("/proc/self/statm", "rb") as file:
        taken = int(file.read().split()[0]) * resource.getpagesize()
    if limits.niceness:
        os.nice(limits.niceness)
    resource.setrlimit(resource.RLIMIT_AS, (taken + limits.memory, taken + limits.memory))
    whole = math.ceil(limits.cpu_seconds)
    if whole != limits.cpu_seconds:  # the kernel's own limit knows whole seconds alone
        signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
