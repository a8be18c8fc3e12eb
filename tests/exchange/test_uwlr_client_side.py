"""What a supplier writes is what a LAS reads, and the other way round; requests are valid by the official schemas."""

from __future__ import annotations

import io
import string
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.exchange.uwlr import Authorisation, GroupData, PupilData, SchoolReference, TeacherData
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answered import Person, read_answer
from app.exchange.uwlr_xml.answering import Data, write_data
from app.exchange.uwlr_xml.asking import Asked, as_bytes, asked, headers
from app.exchange.uwlr_xml.enveloping import make_message
from app.exchange.uwlr_xml.namespaces import SOAP_11, SOAP_12
from app.exchange.uwlr_xml.operations import OF_PUPILS, PULL_ALL, PULL_PUPILS, PULL_TEACHERS
from app.exchange.uwlr_xml.requested import understood
from app.exchange.uwlr_xml.rules import Violation
from app.exchange.uwlr_xml.versions import NEWEST, VERSIONS

WHO = Authorisation("99QQ00sleutel<&>", "code", "Naam & zoon")
SCHOOL = SchoolReference("99QQ", "00", "2019-2020")
NOW = datetime(2020, 4, 14, 9)
LETTERS = string.ascii_letters + "éèüñİßŁ &<>'-"
NAMES = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
KEYS = st.lists(
    st.text(string.ascii_letters + string.digits, min_size=1, max_size=12), min_size=1, max_size=6, unique=True
)
WHEN = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0))


@given(st.sampled_from(OF_PUPILS), st.sampled_from([SOAP_11, SOAP_12]), st.sampled_from(list(VERSIONS)), WHEN, NAMES)
@settings(max_examples=60)
def test_a_request_is_read_as_it_was_meant(operation, soap, version, since, key) -> None:  # type: ignore[no-untyped-def]
    groups = (("groep", key), ("samengestelde_groep", None)) if operation in (PULL_PUPILS, PULL_TEACHERS) else ()
    what = Asked(operation, WHO, SCHOOL, version, "Smalle-set", since, groups)
    found = understood(io.BytesIO(as_bytes(asked(what, soap))), f'"{operation.action}"')
    assert [one.rule for one in found.findings] == ([rules.SOAP_VERSION] if soap == SOAP_12 else [])
    assert (found.operation, found.authorisation, found.school) == (operation, WHO, SCHOOL)
    assert (found.soap, found.version.number, found.groups) == (soap, version, groups)
    assert (found.since.replace(tzinfo=None) if found.since else None) == since


@pytest.mark.parametrize("operation", OF_PUPILS, ids=lambda one: one.name)
def test_a_request_is_valid_by_the_official_schema(standards: Path, operation) -> None:  # type: ignore[no-untyped-def]
    schema = etree.XMLSchema(etree.parse(standards / "uwlr-2.2" / "Schemas" / "UWLR_Leerlinggegevens_v2p2.xsd"))
    root = asked(Asked(operation, WHO, SCHOOL, since=NOW, set_id="Smalle-set"))
    schema.assertValid(etree.fromstring(etree.tostring(root[-1][0])))


@st.composite
def schools(draw: st.DrawFn) -> Data:
    groups = [GroupData(key, draw(NAMES), "6") for key in draw(KEYS)]
    others = [GroupData(f"{one.key}-i", draw(NAMES), composite=True) for one in groups[:2]]
    own, composite = st.sampled_from([one.key for one in groups]), st.sampled_from([one.key for one in others])
    pupils = [
        PupilData(
            key=f"P{number}",
            eckid=f"https://ketenid.nl/pilot/{number}",
            first_name=draw(NAMES),
            prefix=draw(st.sampled_from(["", "van der"])),
            last_name=draw(NAMES),
            birth_date=draw(st.none() | st.dates(date(2005, 1, 1), date(2016, 1, 1))),
            year_group=draw(st.sampled_from(["", "1", "6"])),
            group_key=draw(st.just("") | own),
            composite_keys=tuple(sorted(draw(st.sets(composite)))),
            gender=draw(st.sampled_from([0, 1, 2, 9])),
            initials=draw(st.sampled_from(["", "A.B."])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    teachers = [TeacherData("L1", "", "Ada", "", draw(NAMES), "a@b.nl", (draw(own),), (draw(composite),))]
    return Data(SCHOOL, NOW, "De school", [*groups, *others], pupils, teachers)


@given(schools())
@settings(max_examples=60)
def test_an_answer_is_read_as_it_was_written(data: Data) -> None:
    file, people = io.BytesIO(), list[Person]()
    write_data(file, SOAP_11, PULL_ALL, data, NEWEST)
    found = read_answer(file, people.append)
    assert found.findings == []
    assert people == [*data.pupils, *data.teachers]
    assert found.groups == data.groups
    assert (found.school, found.version) == (SCHOOL, "2.2")
    assert found.created_at is not None
    assert found.created_at.replace(tzinfo=None) == NOW


def test_a_year_after_the_list_of_the_standard_is_no_fault() -> None:
    data = Data(replace(SCHOOL, school_year="2031-2032"), NOW, "x", [], [PupilData("1", "", "A", "", "B", None, "")])
    file = io.BytesIO()
    write_data(file, SOAP_11, PULL_ALL, data, NEWEST)
    assert read_answer(file).findings == []
    wrong = io.BytesIO(file.getvalue().replace(b"2031-2032", b"2031-2033"))
    assert [one.rule for one in read_answer(wrong).findings] == [rules.VALUE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_message_is_made_of_a_file_with_another_header(encoding: str, whole: bool) -> None:
    root = asked(Asked(PULL_ALL, Authorisation("oude sleutel", "oud", "Café"), SCHOOL))
    given_ = as_bytes(root if whole else root[-1][0], encoding)
    into = io.BytesIO()
    made = make_message(io.BytesIO(b"\n" + given_ if encoding == "utf-8" else given_), into, WHO)
    assert made.operation is PULL_ALL
    found = understood(into)
    assert (found.authorisation, found.school, found.findings) == (WHO, SCHOOL, [])
    if whole:
        kept = io.BytesIO()
        make_message(io.BytesIO(given_), kept, None)
        assert understood(kept).authorisation.client_name == "Café"


@pytest.mark.parametrize("content", [b"", b"<a>", b"<!DOCTYPE a><a/>", b"<?xml version='1.0' encoding='x'?><a/>"])
def test_a_file_that_is_no_xml_makes_no_message(content: bytes) -> None:
    into = io.BytesIO()
    with pytest.raises(Violation):
        make_message(io.BytesIO(content), into, WHO)
    assert into.getvalue() == b""


def test_the_action_is_a_header_or_a_part_of_the_media_type() -> None:
    assert headers(PULL_ALL)["SOAPAction"] == '"HaalLeerlinggegevens"'
    assert 'action="HaalLeerlinggegevens"' in headers(PULL_ALL, SOAP_12)["Content-Type"]
