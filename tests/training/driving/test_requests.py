"""A line of a program that drives ESIS is a request, or an error with its reason; the page tells what can be asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.driving import documentation, requests
from app.training.driving.requests import Failed
from app.training.driving.vocabulary import BY_NAME, COMMANDS, EVERY, Code

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.just([]), st.just({"a": "b"})
)
NAMES = sorted({one.name for command in COMMANDS for one in (*command.arguments, *EVERY)})


def asked(line: bytes | None) -> requests.Request | Failed:
    try:
        return requests.read(requests.load(line))
    except Failed as failed:
        return failed


@given(st.binary())
def test_any_line_is_a_request_or_is_told_what_is_wrong(line: bytes) -> None:
    found = asked(line)
    assert isinstance(found, Failed)
    assert found.sentence.endswith((".", "?"))


@given(st.sampled_from(sorted(BY_NAME)), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_what_comes_through_is_of_the_right_kind(name: str, more: dict[str, Any]) -> None:
    line = json.dumps({"command": name, **more}).encode()
    found = asked(line)
    if isinstance(found, requests.Request):
        assert set(found.given) <= {one.name for one in found.command.arguments}
        assert 0 <= found.timeout <= 3600
        json.dumps(found.given).encode().decode("utf-8")
    answer = requests.reply(
        requests.identity(requests.load(line)), {} if isinstance(found, requests.Request) else found
    )
    assert answer.isascii()
    assert answer.count(b"\n") == 1
    assert json.loads(answer)["ok"] is isinstance(found, requests.Request)


@pytest.mark.parametrize(
    ("line", "code", "sentence", "nearest"),
    [
        (None, Code.TOO_LONG, "langer dan 1000000 bytes", ""),
        (b"{", Code.NOT_JSON, "geen JSON, bij teken 2", ""),
        (b"[" * 100_000, Code.NOT_JSON, "geen JSON", ""),
        (b"\xff", Code.NOT_JSON, "geen JSON", ""),
        (b"[]", Code.NOT_A_REQUEST, "een object met een opdracht", ""),
        (b'{"command": 3}', Code.NOT_A_REQUEST, "een object met een opdracht", ""),
        (b'{"command": "chose"}', Code.UNKNOWN_COMMAND, "'chose' is er niet. Bedoelt u 'choose'?", "choose"),
        (b'{"command": "xxxxx"}', Code.UNKNOWN_COMMAND, "Er zijn: hello, commands, start", ""),
        (b'{"command": "choose", "lable": "x"}', Code.UNKNOWN_ARGUMENT, "geen argument 'lable'", "label"),
        (b'{"command": "choose"}', Code.MISSING_ARGUMENT, "ontbreekt 'label'", ""),
        (b'{"command": "choose", "label": null}', Code.MISSING_ARGUMENT, "ontbreekt 'label'", ""),
        (b'{"command": "choose", "label": "\\ud800"}', Code.WRONG_ARGUMENT, "is een tekst", ""),
        (b'{"command": "click", "column": true, "row": 1}', Code.WRONG_ARGUMENT, "een geheel getal", ""),
        (
            b'{"command": "click", "column": 1, "row": 1, "button": "lft"}',
            Code.WRONG_ARGUMENT,
            "Bedoelt u 'left'?",
            "left",
        ),
        (b'{"command": "press", "keys": []}', Code.WRONG_ARGUMENT, "een lijst van teksten", ""),
        (b'{"command": "screen", "timeout": NaN}', Code.WRONG_ARGUMENT, "een aantal seconden", ""),
        (b'{"command": "screen", "id": 1.5}', Code.WRONG_ARGUMENT, "'id'", ""),
    ],
)
def test_what_is_wrong_has_its_code_its_sentence_and_what_is_nearest(
    line: bytes | None, code: Code, sentence: str, nearest: str
) -> None:
    found = asked(line)
    assert isinstance(found, Failed)
    assert (found.code, found.nearest) == (code, nearest)
    assert sentence in found.sentence


def test_only_the_version_that_is_spoken_is_greeted() -> None:
    assert requests.greet(1) == 1
    with pytest.raises(Failed) as failed:
        requests.greet(2)
    assert (failed.value.code, failed.value.nearest) == (Code.UNKNOWN_VERSION, "1")


def test_the_list_for_programs_has_everything() -> None:
    told = json.loads(requests.reply(None, requests.listed()))["result"]
    assert [one["name"] for one in told["commands"]] == [*BY_NAME]
    assert set(told["codes"]) == set(Code)


def test_the_page_is_up_to_date_and_has_every_table() -> None:
    text = documentation.FILE.read_text(encoding="utf-8")
    command = "uv run python -m app.training.driving.documentation"
    assert text == documentation.written(text), f"run: {command}"
    assert command in text.splitlines()[0]
    assert all(f"<!-- tabel: {name} -->" in text for name in documentation.TABLES)
