"""Reads an EDEXML 2.0/2.1 file as a stream of plain records, with every problem and its line.

The checks are those of the standard (schemas and manual): elements and order, values, unique keys, existing references.
Spaces around keys and values are ignored. Of the additions (toevoegingen) only the year groups of a combination group
are used (`YEAR_GROUPS_REMARK`).
"""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern
from typing import Any

from lxml import etree

from app.exchange import xml
from app.exchange.brin import MAIN
from app.exchange.edexml_check import Checker
from app.exchange.edexml_records import (
    EdexFile,
    EdexGroup,
    EdexLocation,
    EdexPupil,
    EdexSchool,
    EdexTeacher,
    Record,
)
from app.exchange.edexml_rules import (
    COMBINATION,
    CONTAINERS,
    LAYOUTS,
    YEAR_GROUPS_REMARK,
    WrongValue,
    key,
    year_groups,
)
from app.exchange.email import wrong_with
from app.exchange.real_pupils import Asking, Change, as_it_is
from app.exchange.seen_keys import SeenKeys
from app.exchange.xml import line_of
from app.files.regular import Source

MAX_ERRORS = 500
_ROOT = "EDEX"
_VERSIONS = ("2.0", "2.1")
_TAGS = ("school", *CONTAINERS, *(name for names in CONTAINERS.values() for name in names))


def read(source: Source, change: Change = as_it_is) -> EdexFile:
    """Read a whole file, keeping little in memory; `change` processes each record before it is stored anywhere.

    Raises what `change` does, and `UnreadableXml` when it is not XML, or not EDEXML; other problems are listed.
    """
    reader = Reader(source)
    file = EdexFile(problems=reader.problems, seen=reader.seen)
    for record in reader.records():
        if (kept := change(record)) is not None:
            file.add(kept)
    file.problems.sort()
    return file


def read_of_practice(source: Source) -> EdexFile:
    """Read a file when nothing was decided about real pupils. Raises `RealPupils` for a file with people that is not of
    a practice school; one with errors, which cannot be imported, has its errors and no people.
    """
    asking = Asking()
    file = read(source, asking)
    if not file.problems.has_errors:
        asking.check()
    return file


class Reader:
    """A single pass over a file: `records()` yields them one by one, `problems` has those found so far."""

    def __init__(self, source: Source) -> None:
        self._check = Checker()
        self.problems = self._check.problems
        self._source = source
        self.seen = SeenKeys()
        """Keys by element name; both kinds of group share theirs, as in the standard."""
        self._composite: dict[str, bool] = {}

    def records(self) -> Iterator[Record]:
        """Yield each record when it ends, even one with errors. Stops after `MAX_ERRORS` errors."""
        for element in xml.stream(self._source, _ROOT, _TAGS, tell=self._check.remark):
            yield from self._records(element)
            if self._check.errors > MAX_ERRORS:
                self._check.error(element, f"er zijn meer dan {MAX_ERRORS} fouten; de rest is niet gelezen.")
                return

    def _records(self, element: etree._Element) -> Iterator[Record]:
        tag, parent = str(element.tag), element.getparent()
        if parent is None:
            for _ in self._check.children(element, LAYOUTS[_ROOT], _ROOT):
                pass  # the children were read when they ended; this checks which they are
        elif parent.tag == _ROOT and tag == "school":
            yield self._school(element)
        elif parent.tag == _ROOT and tag in CONTAINERS:
            for child in element:
                if child.tag not in _TAGS:  # records were yielded separately, and dropped except for the last
                    self._check.unexpected(child, tag, ", ".join(CONTAINERS[tag]))
        elif tag in CONTAINERS.get(str(parent.tag), ()):
            yield self._record(element)
        elif parent.tag in CONTAINERS:
            self._check.unexpected(element, str(parent.tag), ", ".join(CONTAINERS[str(parent.tag)]))

    def _school(self, element: etree._Element) -> EdexSchool:
        values = self._check.values(element, "school")
        version = values.get("xsdversie") or _VERSIONS[-1]
        if version not in _VERSIONS:
            self._check.warn(element, f"het bestand noemt versie {version}; het is gelezen als EDEXML {_VERSIONS[-1]}.")
        number, location = values.get("brincode") or "", values.get("dependancecode") or ""
        behind = number[4:]
        if behind and location and behind != location:
            self._check.error(element, f"school: brincode {number} en dependancecode {location} spreken elkaar tegen.")
        return EdexSchool(
            line=line_of(element),
            school_year=values.get("schooljaar") or "",
            brin=number[:4],
            location=location or behind or MAIN,
            institution=values.get("instellingsnummer") or "",
        )

    def _record(self, element: etree._Element) -> Record:
        tag, line = str(element.tag), line_of(element)
        own = self._own_key(element, line, "key", "groep" if tag == "samengestelde_groep" else tag)
        who = f"{tag} {own or '(zonder sleutel)'}"
        values = self._check.values(element, who)
        if tag == "leerling":
            return self._pupil(element, line, own, who, values)
        if tag == "leerkracht":
            return self._teacher(element, line, own, who, values)
        name = values.get("naam") or ""
        if tag == "vestiging":
            return EdexLocation(line, own, name)
        self._composite[own] = tag == "samengestelde_groep"
        year_group = values.get("jaargroep") or ""
        several = self._year_groups(element, who, values) if year_group == COMBINATION else ()
        return EdexGroup(line, own, name, year_group, tag == "samengestelde_groep", several)

    def _teacher(self, element: etree._Element, line: int, own: str, who: str, values: dict[str, Any]) -> EdexTeacher:
        teacher = EdexTeacher(**self._person(element, line, own, who, values), email=values.get("emailadres") or "")
        if teacher.email and (wrong := wrong_with(teacher.email)):
            self._check.error(element, f"{who}: emailadres '{teacher.email}' {wrong}.")
        return teacher

    def _year_groups(self, element: etree._Element, who: str, values: dict[str, Any]) -> tuple[str, ...]:
        """The year groups in a remark; empty without one, or if it cannot be read."""
        stated = values.get("toevoegingen", {}).get(YEAR_GROUPS_REMARK, "")
        try:
            return year_groups(stated) if stated else ()
        except WrongValue as wrong:
            self._check.warn(
                element, f"{who}: de opmerking {YEAR_GROUPS_REMARK} {wrong}; die van de leerlingen tellen."
            )
            return ()

    def _pupil(self, element: etree._Element, line: int, own: str, who: str, values: dict[str, Any]) -> EdexPupil:
        pupil = EdexPupil(
            **self._person(element, line, own, who, values),
            birth_date=values.get("geboortedatum"),
            gender=values.get("geslacht"),
            year_group=intern(values.get("jaargroep") or ""),
            location_key=intern(next(iter(values.get("vestiging", ())), "")),
            enrolled_from=values.get("instroomdatum"),
            unsubscribed_on=values.get("uitstroomdatum"),
        )
        if pupil.location_key and not self.seen.has("vestiging", pupil.location_key):
            self._check.error(element, f"{who}: vestiging '{pupil.location_key}' staat niet bij de vestigingen.")
        if "jaargroep" not in values:
            self._check.warn(element, f"{who}: er is geen jaargroep opgegeven.")
        started, ended = pupil.enrolled_from, pupil.unsubscribed_on
        if started and ended and ended < started:
            self._check.error(element, f"{who}: uitstroomdatum {ended} ligt voor instroomdatum {started}.")
        return pupil

    def _person(self, element: etree._Element, line: int, own: str, who: str, values: dict[str, Any]) -> dict[str, Any]:
        """The fields that pupils and staff share; checks that there is a name and that the groups exist."""
        if "achternaam" not in values:
            if "roepnaam" not in values:
                sentence = "er is geen achternaam en geen roepnaam; een van beide moet er zijn"
                self._check.error(element, f"{who}: {sentence}.")
            for name in sorted({"voorvoegsel", "voornamen", "voorletters-1"} & values.keys()):
                self._check.error(element, f"{who}: {name} mag er alleen staan na een achternaam.")
        return {
            "line": line,
            "key": own,
            "eckid": self._own_key(element, line, "eckid", f"ECK iD van {element.tag!s}"),
            "first_name": values.get("roepnaam") or "",
            "given_names": values.get("voornamen") or "",
            "initials": values.get("voorletters-1") or "",
            "prefix": values.get("voorvoegsel") or "",
            "last_name": values.get("achternaam") or "",
            "group_keys": self._known(element, who, values.get("groep", ()), composite=False),
            "composite_keys": self._known(element, who, values.get("samengestelde_groep", ()), composite=True),
        }

    def _known(self, element: etree._Element, who: str, keys: list[str], composite: bool) -> tuple[str, ...]:
        """The keys without duplicates; unknown groups, or groups of the other kind, are errors."""
        kind = "samengestelde groep" if composite else "groep"
        for name in keys:
            if self._composite.get(name) is None:
                self._check.error(element, f"{who}: {kind} '{name}' staat niet bij de groepen.")
            elif self._composite[name] != composite:
                self._check.error(element, f"{who}: '{name}' is bij de groepen geen {kind}.")
        return tuple(intern(name) for name in dict.fromkeys(keys))

    def _own_key(self, element: etree._Element, line: int, attribute: str, kind: str) -> str:
        """The key or ECK iD of a record: of valid length and unique. Empty if missing."""
        value = element.get(attribute, "").strip()
        if not value:
            if attribute == "key":
                self._check.error(element, f"{element.tag!s} heeft geen sleutel (attribuut key).")
            return ""
        try:
            key(value)
        except WrongValue as wrong:
            self._check.error(element, f"{kind} '{value[:40]}': de sleutel {wrong}.")
        earlier = self.seen.put(kind, value, line)
        if earlier is not None:
            self._check.error(element, f"{kind} '{value}' komt meer dan een keer voor, ook op regel {earlier}.")
        return value
