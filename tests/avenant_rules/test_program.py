"""`avenant decide`, `avenant decisions`, `avenant check-packs`, run as other programs run them."""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from avenant_rules.program import answer_lines, check_packs_main, decide_main
from avenant_rules.registry import find

ROOT = Path(__file__).parents[2]
FACTS = {"mode": "credit_card", "frequency": "monthly", "application_channel": "paper"}
RETENTION = {"saved_on": ["2026-02-20"], "as_of": "2026-03-07"}


def run(
    word: str, *arguments: str, lines: list[Any] | None = None
) -> subprocess.CompletedProcess[str]:
    text = "".join(
        (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines or []
    )
    function = {"decide": "decide_main", "decisions": "decisions_main", "check": "check_packs_main"}
    code = (
        f"import sys; from avenant_rules.program import {function[word]} as main; "
        "code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=text, capture_output=True, text=True, cwd=ROOT, check=False, env=os.environ,
    )  # fmt: skip


def answers(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_answers_each_line_in_order() -> None:
    done = run(
        "decide",
        lines=[
            {"decision": "billing.payment_mode", "input": FACTS},
            {"decision": "application.retention", "input": RETENTION},
        ],
    )

    first, second = answers(done)
    assert done.returncode == 0
    assert first["outcome"]["is_accepted"] is True
    assert first["because"][0]["rule"] == "1/ADM-11"
    assert first["because"][0]["source"] == (
        "Guide du conseiller, Administration des contrats, section 5.2"
    )
    assert second["outcome"] == {"expires_on": "2026-03-07", "is_available": True}


def test_takes_the_decision_and_the_rest_as_options() -> None:
    done = run("decide", "application.retention", "--language", "en", lines=[RETENTION])

    (answer,) = answers(done)
    assert answer["outcome"]["is_available"] is True
    assert answer["because"][0]["text"] == (
        "A saved application stays available for 15 days after the last save: "
        "through March 7, 2026."
    )


def test_goes_on_after_an_error_and_says_so_at_the_end() -> None:
    done = run(
        "decide",
        lines=[
            {"decision": "billing.nothing", "input": {}},
            {"decision": "billing.payment_mode", "input": {"mode": "cash", "x": 1}},
            {"decision": "billing.payment_mode", "input": FACTS, "as_of": "2001-01-01"},
            {"decision": "billing.payment_mode", "input": FACTS, "carrier": "nobody"},
            {"decision": "billing.payment_mode", "facts": {}, "language": "en"},
            "not json",
            "",
            {"decision": "billing.payment_mode", "input": FACTS},
        ],
    )

    given = answers(done)
    assert done.returncode == 1
    assert [answer.get("error", {}).get("code") for answer in given] == [
        "unknown_decision", "invalid_input", "carrier_data_missing", "carrier_data_missing",
        "invalid_input", "invalid_input", "invalid_input", None,
    ]  # fmt: skip
    assert set(given[1]["error"]["fields"]) == {"mode", "x", "frequency", "application_channel"}
    assert given[4]["error"]["fields"] == {"input": "is missing", "facts": "does not exist here"}


def test_says_which_facts_are_missing() -> None:
    facts = {"mode": "cheque", "frequency": "annual", "application_channel": "paper"}

    (answer,) = answers(run("decide", "billing.payment_mode", lines=[facts]))

    assert answer["unknown"] == ["application_received_on", "cheque_date"]
    assert answer["because"]
    assert "outcome" not in answer


@pytest.mark.parametrize("arguments", [["--language", "de"], ["--as-of", "soon"], ["a", "b"]])
def test_refuses_an_option_it_does_not_know(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        decide_main(arguments)

    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


def test_refuses_packs_where_there_is_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        check_packs_main([str(tmp_path / "nowhere")])

    assert stopped.value.code == 2
    assert "nowhere' is not a folder" in capsys.readouterr().err


def test_starts_and_answers_one_line_in_a_quarter_of_a_second() -> None:
    run("decide", "billing.payment_mode", lines=[FACTS])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    run("decide", "billing.payment_mode", lines=[FACTS])

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # 0.25 s is the promise; three times that for a busy machine.
    assert spent < 0.75


def test_loads_the_module_of_the_decision_asked_and_no_other() -> None:
    code = (
        "import sys; from avenant_rules.decision import decide; "
        "decide('billing.payment_mode', mode='credit_card', frequency='monthly', "
        "application_channel='paper'); "
        "print([name for name in sys.modules if name.startswith('avenant_rules.decisions.') "
        "and name.count('.') == 3], 'holidays' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert done.stdout.strip() == "['avenant_rules.decisions.billing.payment_mode'] False"


def test_lists_the_catalogue() -> None:
    done = run("decisions")

    assert done.returncode == 0
    assert "billing.payment_mode\n" in done.stdout


def test_gives_the_contract_with_its_schemas() -> None:
    contract = json.loads(run("decisions", "--json").stdout)

    one = contract["decisions"]["application.retention"]
    assert one["title"] == "Until when a saved electronic application stays available"
    assert one["input"]["required"] == ["saved_on", "as_of"]
    assert one["output"]["properties"]["expires_on"] == {"type": "string", "format": "date"}


def test_proves_the_packs() -> None:
    done = run("check", "--language", "en")

    assert (done.returncode, done.stdout) == (0, "All packs are sound.\n")


@pytest.mark.parametrize(("line", "event"), [("life", "9999-06-01"), ("disability", "9999-12-01")])
def test_goes_on_after_a_date_out_of_the_calendar(line: str, event: str) -> None:
    facts = {"line": line, "event_date": event, "received_on": "9999-12-31"}

    given = written("claims.submission_deadline", [json.dumps(facts).encode()] * 2)

    assert [one["error"]["code"] for one in given] == ["carrier_data_missing"] * 2


NOT_JSON = {"input": "is not valid JSON"}
PAYMENT = '{"mode": "credit_card", "frequency": "monthly", "application_channel": "paper"%s}'


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (b"", NOT_JSON),
        (b"   ", NOT_JSON),
        (b"\xef\xbb\xbf{}", NOT_JSON),
        (b'{"mode": "\xff"}', NOT_JSON),
        (b'{"mode": 1, "x": NaN}', NOT_JSON),
        (b'{"mode": 1, "\\ud800": 2}', NOT_JSON),
        (b"[" * 100_000, NOT_JSON),
        (b"[]", {"input": "must be an object"}),
        (b"null", {"input": "must be an object"}),
        (b"1e400", {"input": "must be an object"}),
        ((PAYMENT % ', "mode": "cheque"').encode(), {"mode": "is given more than once"}),
        ((PAYMENT % ', "m\\u006fde": "cheque"').encode(), {"mode": "is given more than once"}),
        ((PAYMENT % ', "x": 1e400').encode(), {"x": "does not exist here"}),
        ((PAYMENT % ', "cheque_date": "0000-01-01"').encode(),
         {"cheque_date": "must be a date YYYY-MM-DD"}),
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_a_line_and_goes_on(line: bytes, fields: dict[str, str]) -> None:
    given = written("billing.payment_mode", [line, (PAYMENT % "").encode()])

    assert given[0]["error"]["code"] == "invalid_input"
    assert given[0]["error"]["fields"] == fields
    assert given[1]["outcome"]["is_accepted"] is True


@pytest.mark.parametrize(
    ("more", "code", "fields"),
    [
        ({"as_of": "2026-02-30"}, "invalid_input", {"as_of"}),
        ({"as_of": "soon", "language": "de", "x": 1}, "invalid_input", {"as_of", "language", "x"}),
        ({"carrier": 3}, "invalid_input", {"carrier"}),
        ({"carrier": ""}, "carrier_data_missing", None),
        ({"carrier": "../croix_bleue"}, "carrier_data_missing", None),
        ({"decision": "billing"}, "unknown_decision", None),
        ({"decision": ""}, "unknown_decision", None),
        ({"decision": None}, "invalid_input", {"decision"}),
    ],
)
def test_says_what_is_wrong_around_the_facts(
    more: dict[str, Any], code: str, fields: set[str] | None
) -> None:
    line = {"decision": "billing.payment_mode", "input": FACTS} | more

    (given,) = written(None, [json.dumps(line).encode()])

    assert given["error"]["code"] == code
    assert set(given["error"].get("fields", ())) == (fields or set())
    assert given["error"]["message"]


def test_takes_equal_names_in_different_objects() -> None:
    line = {"decision": "billing.payment_mode", "input": FACTS | {"mode": "mode"}}
    twice = b'{"decision": "billing.payment_mode", "decision": "x", "input": {}}'

    (code, name) = written(None, [json.dumps(line).encode(), twice])

    assert set(code["error"]["fields"]) == {"mode"}
    assert set(name["error"]["fields"]) == {"decision"}


def test_goes_on_after_a_rule_that_breaks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError("secret")

    monkeypatch.setattr(find("billing.payment_mode"), "call", broken)

    given = written("billing.payment_mode", [json.dumps(FACTS).encode()] * 2)

    assert [one["error"]["code"] for one in given] == ["rule_error"] * 2
    said = capsys.readouterr().err
    assert said.startswith("ValueError: ")
    assert "secret" not in said


@pytest.mark.parametrize("function", ["decisions_main", "decide_main"])
def test_stops_quietly_when_nobody_reads(function: str) -> None:
    code = f"import sys; from avenant_rules.program import {function} as main; sys.exit(main([]))"
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], input=b"{}\n" * 9, stdout=writer, stderr=subprocess.PIPE,
            cwd=ROOT, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)

    assert (done.returncode, done.stderr) == (141, b"")


def written(name: str | None, lines: list[bytes]) -> list[dict[str, Any]]:
    """The answers to raw lines, given in this process."""
    out = io.BytesIO()
    options = argparse.Namespace(name=name, carrier=None, as_of=None, language="en", explain=None)
    answer_lines(lines, out, options)
    return [json.loads(line) for line in out.getvalue().splitlines()]
