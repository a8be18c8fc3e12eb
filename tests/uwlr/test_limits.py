"""Messages that are made to hurt: a refusal with a place, in bounded memory and time, and never a fault of our own."""

from __future__ import annotations

import io
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.uwlr_xml import brought, rules
from app.exchange.uwlr_xml.namespaces import SOAP_11
from app.exchange.uwlr_xml.nodes import Limits, Node, read
from app.exchange.uwlr_xml.rules import FaultCode, Rule, Violation
from app.uwlr.handling import Manner
from app.uwlr.journal import Outcome
from app.uwlr.masking import KEPT, masked
from app.uwlr.passing import Room
from models.assessment import Result
from tests.uwlr.calling import School, sitting

SMALL = Limits(
    depth=8, elements=200, text=100, attributes=3, children=20, kept=40, room=300, token=70_000, names=30, name=20
)
RECORDS = ("toetsafname",)
OPEN = f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body>'
CLOSE = "</s:Body></s:Envelope>"


def refused(inside: str | bytes, limits: Limits = SMALL) -> Rule:
    message = inside if isinstance(inside, bytes) else f"{OPEN}{inside}{CLOSE}".encode()
    with pytest.raises(Violation) as violation:
        read(io.BytesIO(message), RECORDS, lambda _: None, limits)
    return violation.value.findings[0].rule


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 10_000,
        "<a>" + "<b/>" * 21 + "</a>",
        "<a/>" * 200,
        f"<a>{'x' * 101}</a>",
        f"<a>{'<b>' + 'x' * 90 + '</b>'}</a>" * 5,
        f'<a b="{"x" * 301}"/>',
        f"<a b='{'x' * 140_000}'/>",
        f"<!--{'x' * 140_000}-->",
        f"<?a {'x' * 140_000}?>",
        '<a b="" c="" d="" e=""/>',
        f"<{'a' * 21}/>",
        "".join(f"<toetsafname><n{number}/></toetsafname>" for number in range(40)),
        "".join(f"<toetsafname n{number}=''/>" for number in range(40)),
        "".join(f"<toetsafname xmlns:n{number}='urn:n'/>" for number in range(40)),
        "<toetsafname>" + "<a><b/><b/><b/></a>" * 11 + "</toetsafname>",
    ],
    ids=lambda inside: inside[:24],
)
def test_what_grows_without_end_is_refused(inside: str) -> None:
    assert refused(inside) is rules.LIMITS


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', rules.DOCTYPE),
        (b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', rules.DOCTYPE),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>', rules.DOCTYPE),
        (b"<a>&b;</a>", rules.WELL_FORMED),
        (b"<a><b>", rules.WELL_FORMED),
        (b"<a>\0</a>", rules.WELL_FORMED),
        (b"<a>&#0;&#xD800;</a>", rules.WELL_FORMED),
        (b"<a>\x01</a>", rules.WELL_FORMED),
        (b"", rules.WELL_FORMED),
        (b"\0" * 9, rules.CHARSET),
        (b'<?xml version="1.0" encoding="utf-8"?><a>\xe9</a>', rules.CHARSET),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', rules.CHARSET),
    ],
)
def test_what_is_no_message(message: bytes, rule: Rule) -> None:
    assert refused(message) in (rule, rules.WELL_FORMED if rule is rules.CHARSET else rule)


def test_records_are_not_counted_together() -> None:
    taken: list[Node] = []
    inside = "<toetsafname><a>12345</a></toetsafname>\n  " * 60
    read(io.BytesIO(f"{OPEN}{inside}{CLOSE}".encode()), RECORDS, taken.append, SMALL)
    assert len(taken) == 60


@pytest.mark.parametrize("body", [b"<" + b"a" * KEPT, b"<" * KEPT, b"<a " + b"\t" * KEPT, b"<a b= " * (KEPT // 6)])
def test_masking_looks_at_nothing_twice(body: bytes) -> None:
    masked(body)  # it took half a minute each


def test_much_of_what_is_forgiven_hides_nothing(practice_sqlite: str) -> None:
    school = School()
    long = "".join(sitting(f"{'1' * 260}{number}", f"k{number}") for number in range(30))
    answer = school.ask(school.push(long + sitting("1", "last", day="")))
    assert answer.entry.finding is not None
    assert answer.entry.finding.rule is rules.VALUE
    assert not Result.select().where(Result.supplier_key == "last").exists()


def test_there_are_no_more_tests_than_a_catalogue_has(practice_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brought, "MOST", 3)
    school = School()
    tests = "".join(f"<toets><toetscode>t{number}</toetscode></toets>" for number in range(4))
    answer = school.ask(school.push(sitting("1", "a"), tests))
    assert answer.entry.finding is not None
    assert answer.entry.finding.rule is rules.LIMITS


MOMENTS = (
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59",
    "9999-12-31T23:59:59-14:00",
    "12020-04-14T09:00:00",
    "-2020-04-14T09:00:00",
    "2020-04-14T24:00:00",
    "2020-04-14T09:00:00.123456789123",
    "2020-04-14T09:00:00+99:99",
)


def test_moments_at_the_edge_are_no_fault_of_ours(practice_sqlite: str) -> None:
    school = School()
    for moment in MOMENTS:
        asked = f"<laatstontvangengegevens>{moment}</laatstontvangengegevens>"
        for message in (school.pull(asked), school.push(sitting("1", "a"), made=moment)):
            assert school.ask(message).entry.fault in ("", FaultCode.MESSAGE), moment


VALUES = (
    {"score": "9" * 5_000},
    {"score": "9" * 29},
    {"score": "٣"},
    {"day": "12020-03-02"},
    {"day": "-0001-03-02"},
    {"day": "0001-01-01"},
    {"day": "2020-03-02+99:99"},
    {"key": "\ufffe"},
    {"key": "&#13;&#10;&#9;"},
    {"key": "x" * 257},
    {"pupil": "x" * 90_000},
    {"code": "x" * 90_000},
)


def test_values_at_the_edge_are_no_fault_of_ours(practice_db: str) -> None:
    school = School()
    for value in VALUES:
        answer = school.ask(school.push(sitting(**{"pupil": "1", "key": "a", **value})))
        assert answer.entry.outcome is not Outcome.FAILED, value
        assert answer.body.seek(0, 2) < 100_000


@pytest.mark.parametrize("norm", ["9" * 5_000, "٣", "-1", "1e9"])
def test_norms_at_the_edge_are_no_fault_of_ours(practice_sqlite: str, norm: str) -> None:
    school = School()
    norms = f"<norm><term>a</term><beginnormwaarde>0</beginnormwaarde><eindnormwaarde>{norm}</eindnormwaarde></norm>"
    tests = f"<toets><toetscode>lezen-6</toetscode><toetsnormering>{norms}</toetsnormering></toets>"
    assert school.ask(school.push(sitting("1", "a"), tests)).entry.outcome is not Outcome.FAILED


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_message_is_no_fault_of_ours(practice_sqlite: str, data: st.DataObject) -> None:
    school = _SCHOOLS.setdefault(practice_sqlite, School())
    message = bytearray(data.draw(st.sampled_from([school.pull(), school.push(sitting("1", "a"))])))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(message) - 1))
        what = data.draw(
            st.sampled_from([b"", b"\0", b"<", b">", b'"', b"&", b"\xff", b"</", b"<a>", b"]]>", b"9" * 40])
        )
        message[place : place + data.draw(st.integers(0, 30))] = what
    answer = school.ask(bytes(message), replace(Manner(), strict=data.draw(st.booleans())))
    assert answer.entry.outcome is not Outcome.FAILED
    assert school.practice.authorisation.key.encode() not in answer.entry.request + answer.entry.answer


_SCHOOLS: dict[str, School] = {}


def test_an_answer_that_many_are_sent_counts_once() -> None:
    room = Room()
    with room.sending(500, "kept"), room.sending(500, "kept"), room.sending(70):
        assert room.used == 570
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(room.sending(500, "kept"))
        second.enter_context(room.sending(500, "kept"))
        first.close()
        assert room.used == 500
    assert room.used == 0
