"""Writes answers and faults as XML, as a stream: groups, pupils and staff one by one, in constant memory.

The envelope has the prefix `s` and its content none, as services made with WCF have it: some readers know only that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import IO

from lxml import etree

from app.exchange.uwlr import GroupData, PupilData, SchoolReference, TeacherData
from app.exchange.uwlr_xml.namespaces import SOAP_12
from app.exchange.uwlr_xml.operations import PULL_ALL, PULL_PUPILS, PULL_STRUCTURE, Operation
from app.exchange.uwlr_xml.rules import FaultCode
from app.exchange.uwlr_xml.versions import Profile, Version

AUTHOR = "ESIS"
_leaf = etree.SubElement
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_YEAR_GROUP = "N"
"""Neither primary nor secondary education: of a group without a year group, and of a pupil in the LVS set."""


@dataclass(frozen=True)
class Data:
    """What an answer gives: the parts that its operation has are written."""

    school: SchoolReference
    created_at: datetime
    location: str
    groups: Iterable[GroupData] = ()
    pupils: Iterable[PupilData] = ()
    teachers: Iterable[TeacherData] = ()


class _Document:
    """An answer being written. Its elements have no prefix, and so stand in the namespace of the one around them."""

    def __init__(self, file: IO[bytes], soap: str, operation: Operation) -> None:
        self._file = file
        self._open = ["s:Envelope", "s:Body", operation.answer]
        self.text("<?xml version='1.0' encoding='utf-8'?>\n")
        self.text(f'<s:Envelope xmlns:s="{soap}"><s:Body><{operation.answer} xmlns="{operation.space}">')

    def text(self, markup: str) -> None:
        self._file.write(markup.encode())

    def write(self, element: etree._Element) -> None:
        self._file.write(etree.tostring(element, encoding="utf-8"))

    @contextmanager
    def element(self, name: str) -> Iterator[None]:
        self.text(f"<{name}>")
        yield
        self.text(f"</{name}>")

    def container(self, name: str, records: Iterator[etree._Element]) -> None:
        """The records in their container; without records, no container."""
        first = next(records, None)
        if first is not None:
            with self.element(name):
                for one in chain((first,), records):
                    self.write(one)

    def end(self) -> None:
        for name in reversed(self._open):
            self.text(f"</{name}>")


def write_nothing(file: IO[bytes], soap: str, operation: Operation, element: str = "") -> None:
    """An answer without data: `geenwijzigingen`, `geengegevens`, or the empty confirmation of results."""
    document = _Document(file, soap, operation)
    if element:
        document.text(f"<{element}/>")
    document.end()


def write_data(
    file: IO[bytes], soap: str, operation: Operation, data: Data, version: Version, profile: Profile = Profile.ALL
) -> None:
    """Write the answer of a pull.

    The standard asks for at least one pupil in an answer with pupils: with none the caller writes `geengegevens`; of
    the LVS set each pupil `fits`.
    """
    writer = _Writer(version, profile, data.location)
    document = _Document(file, soap, operation)
    with document.element(operation.data):
        document.write(writer.school(data.school, data.created_at))
        if operation in (PULL_ALL, PULL_STRUCTURE):
            if profile is Profile.ALL:
                document.container("vestigingen", iter([writer.location(data.school)]))
            document.container("groepen", map(writer.group, data.groups))
        if operation in (PULL_ALL, PULL_PUPILS):
            document.container("leerlingen", map(partial(writer.pupil, school=data.school), data.pupils))
        if operation not in (PULL_STRUCTURE, PULL_PUPILS):
            document.container("leerkrachten", map(writer.teacher, data.teachers))
    document.end()


def write_fault(file: IO[bytes], soap: str, code: FaultCode, text: str) -> None:
    """A fault: the standard's code with the prefix of the envelope in SOAP 1.1, below Sender or Receiver in 1.2."""
    fault = etree.Element(f"{{{soap}}}Envelope", nsmap={"s": soap})
    inside = _leaf(_leaf(fault, f"{{{soap}}}Body"), f"{{{soap}}}Fault")
    if soap == SOAP_12:
        kind = _leaf(inside, f"{{{soap}}}Code")
        _leaf(kind, f"{{{soap}}}Value").text = "s:Receiver" if code.startswith("Server") else "s:Sender"
        _leaf(_leaf(kind, f"{{{soap}}}Subcode"), f"{{{soap}}}Value").text = f"s:{code}"
        reason = _leaf(_leaf(inside, f"{{{soap}}}Reason"), f"{{{soap}}}Text")
        reason.set("{http://www.w3.org/XML/1998/namespace}lang", "nl")
    else:
        _leaf(inside, "faultcode").text = f"s:{code}"
        reason = _leaf(inside, "faultstring")
    reason.text = "".join(letter if letter.isprintable() else " " for letter in text)
    file.write(etree.tostring(fault, xml_declaration=True, encoding="utf-8"))


class _Writer:
    def __init__(self, version: Version, profile: Profile, location: str) -> None:
        self._version, self._profile, self._location = version, profile, location

    def _made(self, name: str, key: str = "", eckid: str = "") -> etree._Element:
        element = etree.Element(name)
        if key:
            element.set("key", key)
        if eckid and self._version.eckid:
            element.set("eckid", eckid)
        return element

    def _put(self, element: etree._Element, name: str, text: str) -> None:
        if text:
            leaf = _leaf(element, name)
            try:
                leaf.text = text
            except ValueError:  # XML cannot hold every character that a database can
                leaf.text = _ILLEGAL.sub("\ufffd", text)

    def _refer(self, element: etree._Element, name: str, key: str) -> None:
        _leaf(element, name).set("key", key)

    def school(self, school: SchoolReference, created: datetime) -> etree._Element:
        element = self._made("school")
        self._put(element, "schooljaar", school.school_year)
        self._put(element, "peildatum", created.date().isoformat())
        self._put(element, "brincode", school.brin)
        self._put(element, "dependancecode", school.location)
        self._put(element, "aanmaakdatum", written_moment(created))
        self._put(element, "auteur", AUTHOR)
        self._put(element, "xsdversie", self._version.number)
        return element

    def location(self, school: SchoolReference) -> etree._Element:
        element = self._made("vestiging", school.brin6)
        self._put(element, "naam", self._location[:64])
        return element

    def group(self, group: GroupData) -> etree._Element:
        element = self._made("samengestelde_groep" if group.composite else "groep", group.key)
        self._put(element, "naam", group.name)
        if not group.composite:
            self._put(element, "jaargroep", group.year_group or NO_YEAR_GROUP)
        return element

    def _person(self, tag: str, person: PupilData | TeacherData, initials: str = "") -> etree._Element:
        element = self._made(tag, person.key, person.eckid)
        if person.last_name:
            self._put(element, "achternaam", person.last_name)
            self._put(element, "voorvoegsel", person.prefix)
            if self._profile is not Profile.SMALL:
                self._put(element, "voorletters-1", initials)
        self._put(element, "roepnaam", person.first_name)
        return element

    def pupil(self, pupil: PupilData, school: SchoolReference) -> etree._Element:
        lvs, small = self._profile is Profile.LVS, self._profile is Profile.SMALL
        element = self._person("leerling", pupil, pupil.initials)
        if pupil.birth_date is not None:
            self._put(element, "geboortedatum", pupil.birth_date.isoformat())
        if not small:
            self._put(element, "geslacht", str(pupil.gender))
        self._put(element, "jaargroep", pupil.year_group or (NO_YEAR_GROUP if lvs else ""))
        if pupil.group_key:
            self._refer(element, "groep", pupil.group_key)
        if pupil.composite_keys:
            inside = _leaf(element, "samengestelde_groepen")
            for key in pupil.composite_keys:
                self._refer(inside, "samengestelde_groep", key)
        if self._profile is Profile.ALL:
            self._refer(element, "vestiging", school.brin6)
        if lvs:
            self._put(element, "bsn_ondwnr-4", f"{pupil.id % 10_000:04}")
        if self._profile is Profile.ALL and pupil.enrolled_from is not None:
            self._put(element, "instroomdatum", pupil.enrolled_from.isoformat())
        return element

    def teacher(self, teacher: TeacherData) -> etree._Element:
        element = self._person("leerkracht", teacher)
        if self._profile is not Profile.LVS:
            self._put(element, "emailadres", teacher.email)
        if teacher.group_keys or teacher.composite_keys:
            inside = _leaf(element, "groepen")
            for key in teacher.group_keys:
                self._refer(inside, "groep", key)
            for key in teacher.composite_keys:
                self._refer(inside, "samengestelde_groep", key)
        return element


def fits(pupil: PupilData, profile: Profile) -> bool:
    """Whether a profile can hold a pupil: the LVS set asks for a birth date and a roepnaam."""
    return profile is not Profile.LVS or (pupil.birth_date is not None and bool(pupil.first_name))


def written_moment(moment: datetime) -> str:
    """A moment at school as aanmaakdatum has it: to the second and without a zone."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def content_type(soap: str) -> str:
    """The media type of a message of this version of SOAP."""
    return "application/soap+xml" if soap == SOAP_12 else "text/xml"
