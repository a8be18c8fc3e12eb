"""Reading EDEXML: the official examples, and for each rule a small file that breaks it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from app.exchange import edexml
from app.exchange.edexml_records import EdexFile, Severity
from app.exchange.xml import UnreadableXml

SCHOOL = "<school><schooljaar>2019-2020</schooljaar><brincode>99QQ</brincode></school>"
GROUPS = """<groepen><groep key="G5"><naam>5</naam><jaargroep>5</jaargroep></groep>
<samengestelde_groep key="S1"><naam>Plus</naam></samengestelde_groep></groepen>"""
PUPIL = '<leerling key="1"><achternaam>Berg</achternaam><jaargroep>5</jaargroep></leerling>'


def edex(pupils: str = PUPIL, school: str = SCHOOL, groups: str = GROUPS, staff: str = "", places: str = "") -> bytes:
    teachers = f"<leerkrachten>{staff}</leerkrachten>" if staff else ""
    return f"<EDEX>\n{school}\n{places}{groups}\n<leerlingen>\n{pupils}\n</leerlingen>\n{teachers}</EDEX>".encode()


def errors(source: bytes) -> list[str]:
    return [str(problem) for problem in edexml.read(source).problems if problem.severity == Severity.ERROR]


def warnings(source: bytes) -> list[str]:
    return [str(problem) for problem in edexml.read(source).problems if problem.severity == Severity.WARNING]


def only_error(source: bytes) -> str:
    found = errors(source)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "name",
    [
        "edexml-2.0/EDEXML.Voorbeeld.2.0.xml",
        "edexml-2.0/EDEXML.Voorbeeld.2.0-Vla.xml",
        "edexml-2.1/EDEXML.Voorbeeld.2.1.xml",
        "edexml-2.1/EDEXML.Voorbeeld.2.1-Vla.xml",
        "examples/edexml_2.1.xml",
    ],
)
def test_official_examples_have_no_problem_at_all(standards: Path, name: str) -> None:
    assert edexml.read(standards / name).problems == []


def test_the_official_example_is_read_completely(standards: Path) -> None:
    file = edexml.read(standards / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml")
    assert file.school
    assert (file.school.school_year, file.school.brin, file.school.location) == ("2014-2015", "99ZZ", "00")
    assert [(group.key, group.year_group, group.composite) for group in file.groups[:3]] == [
        ("001", "0", False),
        ("sg3", "", True),
        ("002", "1", False),
    ]
    wimpie, assati, gradje = file.pupils
    assert (wimpie.first_name, wimpie.prefix, wimpie.last_name, wimpie.initials) == ("Wimpie", "imp", "ie", "W")
    assert (wimpie.birth_date, wimpie.gender, wimpie.location_key) == (date(2006, 6, 21), 1, "VH")
    assert (wimpie.group_keys, wimpie.composite_keys) == (("GRP4B",), ("sg1", "sg2"))
    assert (assati.given_names, assati.first_name, assati.enrolled_from) == ("Ismaël Hassan", "", date(2013, 8, 25))
    assert (gradje.year_group, gradje.unsubscribed_on, gradje.line) == ("H", date(2014, 7, 18), 108)
    assert [teacher.group_keys for teacher in file.teachers] == [("GRP4A",), ("002", "001"), ("GRP4A",)]
    assert file.teachers[1].composite_keys == ("sg1", "sg2", "sg3")


def test_the_two_invalid_neighbours_are_refused_with_what_and_where(standards: Path) -> None:
    first = errors((standards / "edexml-2.1" / "EDEXML.invalid_1.xml").read_bytes())
    assert first == [
        "regel 2: EDEX: school ontbreekt.",
        "regel 3: EDEX: het element school_incorrect_element hoort hier niet; verwacht: school, vestigingen, groepen, "
        "leerlingen, leerkrachten.",
    ]
    second = edexml.read(standards / "edexml-2.1" / "EDEXML.invalid_toevoegingen.xml").problems
    assert str(second[0]) == (
        "regel 67: leerling 00001: toevoegingen staat op de verkeerde plaats; het hoort voor mutatiedatum."
    )
    assert "regel 68: leerling 00001: toevoeging van de soort 'VolgsysteemVOType' is onbekend" in str(second[1])
    assert len(second) == 6


def test_a_file_in_another_reader_s_dialect_is_refused(standards: Path) -> None:
    found = errors((standards / "edexml-2.1" / "aliexpress_edex_test.xml").read_bytes())
    assert "regel 102: leerling heeft geen sleutel (attribuut key)." in found
    assert any("het element voorletters hoort hier niet; verwacht: voorletters-1" in sentence for sentence in found)


@pytest.mark.parametrize("folder", ["edexml-2.0", "edexml-2.1"])
def test_what_the_schema_accepts_of_the_examples_we_accept_and_the_reverse(standards: Path, folder: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(standards / folder / "EDEXML.structuur.xsd")))
    for path in (standards / folder).glob("*.xml"):
        accepted = not errors(path.read_bytes())
        assert accepted == schema.validate(etree.parse(str(path))), path.name


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        (f"<achternaam>{'a' * 201}</achternaam>", "achternaam is 201 tekens lang; het maximum is 200"),
        (f"<achternaam>a</achternaam><roepnaam>{'a' * 65}</roepnaam>", "roepnaam is 65 tekens lang"),
        ("<achternaam>a</achternaam><voorvoegsel>van der hoge</voorvoegsel>", "voorvoegsel is 12 tekens lang"),
        ("<achternaam>a</achternaam><voorletters-1>ABCDEFG</voorletters-1>", "voorletters-1 is 7 tekens lang"),
        ("<achternaam>Jan\nsen</achternaam>", "achternaam bevat een stuurteken"),
        ("<achternaam>Jan&#133;sen</achternaam>", "achternaam bevat een stuurteken"),
        ("<achternaam>Jan<b/>sen</achternaam>", "in achternaam hoort alleen tekst te staan"),
        ("<jaargroep>5</jaargroep>", "geen achternaam en geen roepnaam"),
        ("<voorvoegsel>van</voorvoegsel><roepnaam>Jan</roepnaam>", "voorvoegsel mag er alleen staan na een achternaam"),
        ("<achternaam>a</achternaam><jaargroep>9</jaargroep>", "jaargroep is '9'; verwacht: een van B, D, 0"),
        ("<achternaam>a</achternaam><geslacht>M</geslacht>", "geslacht is 'M'; verwacht: een van 0, 1, 2, 9"),
        ("<achternaam>a</achternaam><geboortedatum>2010-02-30</geboortedatum>", "verwacht: een bestaande datum"),
        ("<achternaam>a</achternaam><geboortedatum>20100203</geboortedatum>", "verwacht: een bestaande datum"),
        ("<achternaam>a</achternaam><geboortedatum>٢٠١٠-02-03</geboortedatum>", "verwacht: een bestaande datum"),
        ("<achternaam>a</achternaam><groep key='G9'/>", "groep 'G9' staat niet bij de groepen"),
        ("<achternaam>a</achternaam><groep key='S1'/>", "'S1' is bij de groepen geen groep"),
        ("<achternaam>a</achternaam><groep/>", "groep heeft geen sleutel"),
        (
            "<achternaam>a</achternaam><samengestelde_groepen><samengestelde_groep key='G5'/></samengestelde_groepen>",
            "'G5' is bij de groepen geen samengestelde groep",
        ),
        ("<achternaam>a</achternaam><vestiging key='V9'/>", "vestiging 'V9' staat niet bij de vestigingen"),
        ("<achternaam>a</achternaam><adres>x</adres>", "het element adres hoort hier niet; verwacht: voorvoegsel"),
        ("<roepnaam>a</roepnaam><achternaam>b</achternaam>", "achternaam staat op de verkeerde plaats"),
        ("<achternaam>a</achternaam><achternaam>b</achternaam>", "achternaam is er een te veel"),
        ("<achternaam>a</achternaam><bsn>123456782</bsn><sofinummer>123456782</sofinummer>", "sofinummer is er een te"),
        (
            "<achternaam>a</achternaam><instroomdatum>2019-08-01</instroomdatum>"
            "<uitstroomdatum>2019-07-01</uitstroomdatum>",
            "ligt voor instroomdatum",
        ),
    ],
)
def test_a_pupil_that_breaks_a_rule_is_an_error_on_its_line(element: str, sentence: str) -> None:
    found = only_error(edex(pupils=f'<leerling key="77">{element}</leerling>'))
    assert sentence in found
    assert found.startswith(("regel 6: leerling 77: ", "regel 7: leerling 77: "))


@pytest.mark.parametrize(
    ("school", "sentence"),
    [
        ("<schooljaar>2019-2021</schooljaar><brincode>99QQ</brincode>", "schooljaar is '2019-2021'"),
        ("<schooljaar>2019</schooljaar><brincode>99QQ</brincode>", "schooljaar is '2019'"),
        ("<schooljaar>2019-2020</schooljaar><brincode>99q9</brincode>", "brincode is '99q9'"),
        ("<schooljaar>2019-2020</schooljaar><brincode>٩٩QQ</brincode>", "brincode is"),
        ("<schooljaar>2019-2020</schooljaar><brincode>99QQ</brincode><dependancecode>0</dependancecode>", "is '0'"),
        ("<brincode>99QQ</brincode>", "school: schooljaar ontbreekt"),
    ],
)
def test_a_school_that_breaks_a_rule_is_an_error(school: str, sentence: str) -> None:
    assert sentence in only_error(edex(school=f"<school>{school}</school>"))


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ('<groep key="G"><naam>5</naam></groep>', "groep G: jaargroep ontbreekt"),
        ('<groep key="G"><naam> </naam><jaargroep>5</jaargroep></groep>', "groep G: naam is leeg"),
        (f'<groep key="G"><naam>{"a" * 65}</naam><jaargroep>5</jaargroep></groep>', "naam is 65 tekens lang"),
        ('<groep key="  "><naam>a</naam><jaargroep>5</jaargroep></groep>', "groep heeft geen sleutel"),
        (f'<groep key="{"k" * 257}"><naam>a</naam><jaargroep>5</jaargroep></groep>', "de sleutel is 257 tekens lang"),
        ('<leerling key="1"><roepnaam>a</roepnaam></leerling>', "groepen: het element leerling hoort hier niet"),
        ("<klas/>", "groepen: het element klas hoort hier niet; verwacht: groep, samengestelde_groep"),
    ],
)
def test_a_group_that_breaks_a_rule_is_an_error(groups: str, sentence: str) -> None:
    assert sentence in only_error(edex(groups=f"<groepen>{groups}</groepen>"))


def test_keys_are_unique_per_kind_and_spaces_around_them_say_nothing() -> None:
    twice = '<leerling key="1 "><roepnaam>A</roepnaam></leerling>\n<leerling key=" 1"><roepnaam>B</roepnaam></leerling>'
    assert only_error(edex(pupils=twice)) == "regel 7: leerling '1' komt meer dan een keer voor, ook op regel 6."
    same_line = twice.replace("\n", "")
    assert "komt meer dan een keer voor" in only_error(edex(pupils=same_line))
    groups = GROUPS.replace("S1", "G5")
    assert "groep 'G5' komt meer dan een keer voor" in only_error(edex(groups=groups))
    staff = '<leerkracht key="1"><roepnaam>Julia</roepnaam></leerkracht>'
    assert errors(edex(staff=staff)) == []
    assert "leerkracht '1' komt meer" in only_error(edex(staff=staff * 2))


def test_an_eckid_is_unique_among_pupils() -> None:
    pupils = "".join(f'<leerling key="{n}" eckid="x"><roepnaam>A</roepnaam></leerling>' for n in (1, 2))
    assert "ECK iD van leerling 'x' komt meer dan een keer voor" in only_error(edex(pupils=pupils))


def test_references_with_spaces_around_them_are_found() -> None:
    pupil = '<leerling key="1"><roepnaam>A</roepnaam><jaargroep>5</jaargroep><groep key=" G5 "/></leerling>'
    file = edexml.read(edex(pupils=pupil))
    assert file.problems == []
    assert file.pupils[0].group_keys == ("G5",)


def test_markup_in_a_name_is_only_a_name() -> None:
    pupil = '<leerling key="1"><achternaam>[/] de Boer &lt;b&gt;</achternaam><jaargroep>5</jaargroep></leerling>'
    file = edexml.read(edex(pupils=pupil))
    assert file.problems == []
    assert file.pupils[0].last_name == "[/] de Boer <b>"


def test_names_are_composed_so_that_equal_names_are_equal() -> None:
    pupil = '<leerling key="1"><achternaam>Zoe\u0308</achternaam><jaargroep>5</jaargroep></leerling>'
    assert edexml.read(edex(pupils=pupil)).pupils[0].last_name == "Zoë"


def test_what_is_only_odd_is_a_warning() -> None:
    pupil = '<leerling key="1" x="y"><achternaam>a</achternaam><voorvoegsel/></leerling>'
    school = SCHOOL.replace("</brincode>", "</brincode><xsdversie>1.03</xsdversie>")
    source = edex(pupils=pupil, school=school)
    assert errors(source) == []
    assert [sentence.split(": ", 1)[1] for sentence in warnings(source)] == [
        "het bestand noemt versie 1.03; het is gelezen als EDEXML 2.1.",
        "leerling 1: er is geen jaargroep opgegeven.",
        "leerling 1: het attribuut x hoort niet bij EDEXML en is genegeerd.",
        "leerling 1: voorvoegsel is leeg en telt als niet opgegeven.",
    ]


def test_reading_stops_after_many_errors() -> None:
    source = edex(pupils="<leerling/>" * 10_000)
    found = errors(source)
    assert len(found) < 2 * edexml.MAX_ERRORS
    assert any("meer dan 500 fouten; de rest is niet gelezen" in sentence for sentence in found)


def test_no_edexml_at_all_is_refused(standards: Path) -> None:
    with pytest.raises(UnreadableXml, match="verwacht: EDEX"):
        edexml.read(standards / "examples" / "fault.xml")


def test_an_absent_dependancecode_means_00() -> None:
    file: EdexFile = edexml.read(edex())
    assert file.school
    assert file.school.location == "00"
