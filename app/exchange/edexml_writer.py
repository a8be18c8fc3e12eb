"""Writes an EDEXML 2.1 file as a stream: the records that `app.exchange.edexml` reads, one per line, in constant
memory.

Elements and attributes in the order of the schemas (EDEXML.structuur.xsd 2.1), UTF-8. Only the creation moment is not
part of the data. Data without an element in the standard becomes a remark (blok `OpmerkingGegevensType`) with a code of
ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain
from typing import IO, Any

from lxml import etree

from app.exchange.edexml_records import EdexGroup, EdexPerson, EdexPupil, EdexSchool, EdexTeacher
from app.exchange.edexml_rules import YEAR_GROUPS_REMARK

VERSION = "2.1"
AUTHOR = "ESIS"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "EDEXML.structuur.xsd"
_leaf = etree.SubElement


def write(
    file: IO[bytes],
    school: EdexSchool,
    created: datetime,
    groups: Iterable[EdexGroup],
    pupils: Iterable[EdexPupil],
    teachers: Iterable[EdexTeacher],
) -> None:
    """Write the whole file; the standard requires at least one pupil, which the caller must provide.

    Raises `ValueError` for a character that XML 1.0 forbids: forms and imports refuse those.
    """
    with etree.xmlfile(file, encoding="utf-8") as document:
        document.write_declaration()
        place = {f"{{{_XSI}}}noNamespaceSchemaLocation": _SCHEMA}
        with document.element("EDEX", place, nsmap={"xsi": _XSI}):
            document.write("\n")
            document.write(_line(_school(school, created)))
            _container(document, "groepen", groups, _group)
            _container(document, "leerlingen", pupils, _pupil)
            _container(document, "leerkrachten", teachers, _teacher)


def _container(document: Any, name: str, records: Iterable[Any], made: Callable[[Any], etree._Element]) -> None:
    """Write the records in their container; without records, no container."""
    records = iter(records)
    first = next(records, None)
    if first is None:
        return
    with document.element(name):
        document.write("\n")
        for record in chain((first,), records):
            document.write(_line(made(record)))
    document.write("\n")


def _line(element: etree._Element) -> etree._Element:
    element.tail = "\n"
    return element


def _school(school: EdexSchool, created: datetime) -> etree._Element:
    element = etree.Element("school")
    _leaf(element, "schooljaar").text = school.school_year
    _leaf(element, "brincode").text = school.brin
    _leaf(element, "dependancecode").text = school.location
    _leaf(element, "aanmaakdatum").text = created.isoformat(timespec="seconds")
    _leaf(element, "auteur").text = AUTHOR
    _leaf(element, "xsdversie").text = VERSION
    return element


def _group(group: EdexGroup) -> etree._Element:
    element = etree.Element("samengestelde_groep" if group.composite else "groep", key=group.key)
    _leaf(element, "naam").text = group.name
    if group.composite:
        return element
    _leaf(element, "jaargroep").text = group.year_group
    if group.year_groups:
        remark = _leaf(
            _leaf(element, "toevoegingen"), "blok", {f"{{{_XSI}}}type": "OpmerkingGegevensType"}, {"xsi": _XSI}
        )
        _leaf(remark, "code").text = YEAR_GROUPS_REMARK
        _leaf(remark, "opmerking").text = ",".join(group.year_groups)
    return element


def _pupil(pupil: EdexPupil) -> etree._Element:
    element = _person("leerling", pupil)
    if pupil.birth_date is not None:
        _leaf(element, "geboortedatum").text = pupil.birth_date.isoformat()
    if pupil.gender is not None:
        _leaf(element, "geslacht").text = str(pupil.gender)
    if pupil.year_group:
        _leaf(element, "jaargroep").text = pupil.year_group
    for key in pupil.group_keys[:1]:
        _leaf(element, "groep", key=key)
    if pupil.composite_keys:
        composites = _leaf(element, "samengestelde_groepen")
        for key in pupil.composite_keys:
            _leaf(composites, "samengestelde_groep", key=key)
    if pupil.enrolled_from is not None:
        _leaf(element, "instroomdatum").text = pupil.enrolled_from.isoformat()
    if pupil.unsubscribed_on is not None:
        _leaf(element, "uitstroomdatum").text = pupil.unsubscribed_on.isoformat()
    return element


def _teacher(teacher: EdexTeacher) -> etree._Element:
    element = _person("leerkracht", teacher)
    if teacher.email:
        _leaf(element, "emailadres").text = teacher.email
    if teacher.group_keys or teacher.composite_keys:
        groups = _leaf(element, "groepen")
        for key in teacher.group_keys:
            _leaf(groups, "groep", key=key)
        for key in teacher.composite_keys:
            _leaf(groups, "samengestelde_groep", key=key)
    return element


def _person(tag: str, person: EdexPerson) -> etree._Element:
    """The keys and names; without a last name the standard allows only the roepnaam."""
    element = etree.Element(tag, key=person.key)
    if person.eckid:
        element.set("eckid", person.eckid)
    if person.last_name:
        _leaf(element, "achternaam").text = person.last_name
        if person.prefix:
            _leaf(element, "voorvoegsel").text = person.prefix
        if person.given_names:
            _leaf(element, "voornamen").text = person.given_names
        if person.initials:
            _leaf(element, "voorletters-1").text = person.initials
    if person.first_name:
        _leaf(element, "roepnaam").text = person.first_name
    return element
