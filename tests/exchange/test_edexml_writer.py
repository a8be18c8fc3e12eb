"""Written EDEXML is read back unchanged, whatever the names; characters invalid in XML never get that far."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.clock import AMSTERDAM
from app.exchange import edexml, names
from app.exchange.edexml_records import EdexGroup, EdexPupil, EdexSchool, EdexTeacher
from app.exchange.edexml_writer import write
from app.exchange.email import is_email
from app.refusals import Refused
from app.school.text import clean_text

CREATED = datetime(2020, 4, 14, 9, 0, tzinfo=AMSTERDAM)
LABEL = ("name", "Naam")
SCHOOL = EdexSchool(0, "2019-2020", "99QQ", "00", "")
GROUPS = [
    EdexGroup(0, "G5", "5", "5", False),
    EdexGroup(0, "G67", "6/7", "C", False, ("6", "7")),
    EdexGroup(0, "S1", "Plus & meer", "", True),
]


KEPT = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")


def kept(limit: int, least: int = 0) -> st.SearchStrategy[str]:
    """Any text that a form keeps."""
    typed = st.text(KEPT, min_size=least, max_size=limit)
    fits = typed.filter(lambda text: least <= len(names.kept(text)) <= limit)
    return fits.map(lambda text: clean_text(text, limit, *LABEL))


def addresses() -> st.SearchStrategy[str]:
    """Nothing, or what a form takes for an e-mail address."""
    whole = kept(200, 1).map(lambda text: "".join(text.replace("@", "").split()) + "@voorbeeld.nl")
    return st.just("") | whole.filter(is_email)


def written(pupils: list[EdexPupil], teachers: list[EdexTeacher], groups: list[EdexGroup] = GROUPS) -> bytes:
    file = io.BytesIO()
    write(file, SCHOOL, CREATED, groups, pupils, teachers)
    return file.getvalue()


def person(
    key: str, first: str, last: str, prefix: str = "", initials: str = "", given_names: str = ""
) -> dict[str, object]:
    return {
        "line": 0,
        "key": key,
        "eckid": f"https://ketenid.nl/pilot/{key}",
        "first_name": first,
        "last_name": last,
        "prefix": prefix,
        "initials": initials,
        "given_names": given_names,
    }


def pupil(**values: object) -> EdexPupil:
    given = {
        "group_keys": ("G67",),
        "composite_keys": ("S1",),
        "birth_date": date(2010, 2, 3),
        "gender": 2,
        "year_group": "6",
        "location_key": "",
        "enrolled_from": date(2014, 2, 3),
        "unsubscribed_on": None,
    }
    return EdexPupil(**{**given, **values})  # type: ignore[arg-type]


@given(kept(64, 1), kept(200, 1), kept(10), kept(6), kept(200), addresses())
def test_what_is_written_is_read_back(
    first: str, last: str, prefix: str, initials: str, given_names: str, email: str
) -> None:
    someone = person("1001", first, last, prefix, initials, given_names)
    pupils = [
        pupil(**someone),
        pupil(**person("1002", first, ""), unsubscribed_on=date(2020, 5, 1), group_keys=("G5",)),
    ]
    teachers = [
        EdexTeacher(**someone, group_keys=("G5", "G67"), composite_keys=("S1",), email=email),  # type: ignore[arg-type]
        EdexTeacher(**person("M2", "", last), group_keys=(), composite_keys=(), email=""),  # type: ignore[arg-type]
    ]
    file = edexml.read(written(pupils, teachers))
    assert file.problems == []
    assert [replace(record, line=0) for record in file.pupils] == pupils
    assert [replace(record, line=0) for record in file.teachers] == teachers
    assert [replace(record, line=0) for record in file.groups] == GROUPS


def test_the_file_is_valid_by_the_schemas_and_one_record_a_line(standards: object) -> None:
    content = written([pupil(**person("1001", "Anna", "Berg", "van den", "A", "Anna Maria"))], [])
    schema = etree.XMLSchema(etree.parse(f"{standards}/edexml-2.1/EDEXML.structuur.xsd"))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    assert [line for line in content.splitlines() if line.startswith(b"<leerling ")] == [content.splitlines()[9]]
    assert b"<leerkrachten" not in content


@given(st.characters())
def test_every_character_that_a_form_keeps_fits_in_the_file_and_no_other_reaches_it(character: str) -> None:
    name = f"a{character}b"
    try:
        clean_text(name, 64, *LABEL)
    except Refused:
        return
    read = edexml.read(written([pupil(**person("1001", "Anna", clean_text(name, 64, *LABEL)))], []))
    assert read.pupils[0].last_name == clean_text(name, 64, *LABEL)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_refused_by_forms_and_by_the_writer(character: str) -> None:
    with pytest.raises(Refused, match="op plaats 2"):
        clean_text(f"a{character}b", 64, *LABEL)
    with pytest.raises(ValueError, match=r"XML compatible|surrogates"):
        written([pupil(**person("1001", "Anna", f"a{character}b"))], [])


def test_a_remark_with_other_year_groups_is_a_warning_and_those_of_the_pupils_count() -> None:
    content = written([pupil(**person("1001", "Anna", "Berg"))], []).replace(b">6,7<", b">6 en 7<")
    file = edexml.read(content)
    assert [problem.sentence for problem in file.problems] == [
        "groep G67: de opmerking jaargroepen is '6 en 7'; verwacht: jaargroepen als 5,6; die van de leerlingen tellen."
    ]
    assert file.groups[1].year_groups == ()
