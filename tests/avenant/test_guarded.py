"""Work on a stranger's file is done in a child that can be stopped."""

import os
import signal
import threading

import pytest

from avenant.guarded import Limits, Refusal, Stopped, caller, run

LIMITS = Limits(cpu_seconds=1, memory=100 << 20, wall_seconds=60)


def probe(name: str, work: bytes = b"", limits: Limits = LIMITS) -> bytes:
    return run(f"avenant.guarded.probes:{name}", work, limits)[0]


@pytest.mark.promise("G6")
def test_it_gives_back_what_the_work_made_and_what_it_used() -> None:
    answer, use = run("avenant.guarded.probes:echo", b"x" * 12_000_000, LIMITS)

    assert answer == b"x" * 12_000_000
    assert 0 < use.cpu_seconds < 1
    assert 1 << 20 < use.peak_memory < 300 << 20


@pytest.mark.promise("G6")
def test_it_says_why_the_work_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        probe("refuse", b"too_complex")

    assert refusal.value.code == "too_complex"


@pytest.mark.promise("G20")
@pytest.mark.parametrize(
    ("name", "cause", "detail"),
    [
        ("burn", "time", "SIGXCPU"),
        ("eat", "memory", ""),
        ("die", "crash", "SIGABRT"),
        ("fail", "crash", "ValueError"),
    ],
)
def test_it_stops_what_takes_too_much_and_says_of_what(name: str, cause: str, detail: str) -> None:
    with pytest.raises(Stopped) as stopped:
        probe(name, b"a name that no log may hold")

    assert (stopped.value.cause, stopped.value.detail) == (cause, detail)
    assert "name" not in str(stopped.value)
    assert probe("echo", b"the next one") == b"the next one"


@pytest.mark.promise("G20")
def test_it_stops_what_waits_for_ever_at_the_deadline() -> None:
    with pytest.raises(Stopped) as stopped:
        probe("sleep", limits=Limits(cpu_seconds=1, memory=100 << 20, wall_seconds=0.2))

    assert stopped.value.cause == "deadline"


@pytest.mark.promise("G6")
def test_it_hands_no_secret_of_ours_to_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVENANT_KEY_RING", "never told")

    assert b"AVENANT" not in probe("secrets")
    assert b"DATABASE_URL" not in probe("secrets")


def test_it_runs_nothing_but_our_own_functions() -> None:
    with pytest.raises(Stopped) as stopped:
        run("os:system", b"true", LIMITS)

    assert stopped.value.detail == "ImportError"


@pytest.mark.promise("G20")
def test_it_starts_anew_when_the_process_it_forks_from_died() -> None:
    probe("echo")
    process = caller._zygote._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert probe("echo", b"again") == b"again"


@pytest.mark.promise("G20")
def test_it_serves_many_at_once() -> None:
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(probe("echo", b"%d" % n)))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(int, answers)) == list(range(20))


@pytest.mark.promise("G20")
def test_it_counts_processor_time_and_not_waiting() -> None:
    """A busy machine is no fault of the file's (A4): longer on the clock than its second."""
    assert probe("nap", b"2.5") == b"rested"
