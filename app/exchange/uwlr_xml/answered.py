"""Reads what a LAS answers, one pupil and one teacher at a time, and checks it: its form, its keys and its references."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO

from app.exchange.seen_keys import SeenKeys
from app.exchange.uwlr import GroupData, PupilData, SchoolReference, TeacherData
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.checking import Checker, shown
from app.exchange.uwlr_xml.namespaces import SOAP_11, SOAP_12
from app.exchange.uwlr_xml.nodes import Limits, Node, read
from app.exchange.uwlr_xml.operations import OPERATIONS, Operation
from app.exchange.uwlr_xml.pupil_data import PUPIL, TEACHER
from app.exchange.uwlr_xml.requested import moment
from app.exchange.uwlr_xml.rules import Finding, Rule
from app.exchange.uwlr_xml.types import LAST_YEAR, SCHOOL_YEAR

DATA, UNCHANGED, NONE, CONFIRMED, FAULT = "gegevens", "geenwijzigingen", "geengegevens", "bevestiging", "fout"
"""The kinds of an answer."""
Person = PupilData | TeacherData
_PEOPLE = {"leerling": PUPIL, "leerkracht": TEACHER}
_MOST = 50
_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass
class Answered:
    """An answer; `kind` is empty for what is none."""

    kind: str = ""
    soap: str = ""
    operation: Operation | None = None
    fault_code: str = ""
    """As it stands there, with its prefix."""
    fault_text: str = ""
    school: SchoolReference | None = None
    created_at: datetime | None = None
    version: str = ""
    groups: list[GroupData] = field(default_factory=list)
    pupils: int = 0
    teachers: int = 0
    eckids: int = 0
    """The people with an ECK iD."""
    findings: list[Finding] = field(default_factory=list)
    """What is wrong, in the order of the text; at most 50."""

    @property
    def code(self) -> str:
        """The code of the fault, without its prefix."""
        return self.fault_code.rpartition(":")[2]


def read_answer(
    file: IO[bytes],
    take: Callable[[Person], None] = lambda _: None,
    limits: Limits = Limits(),  # noqa: B008  # immutable
    look: Callable[[Node], None] = lambda _: None,
) -> Answered:
    """Read an answer from a seekable file; each person is given to `take`, and its element to `look`.

    Memory does not grow with the people but for a hash of each key. Raises `Violation` for what cannot be read as XML.
    """
    return _Reading(take, look).read(file, limits)


class _Reading:
    def __init__(self, take: Callable[[Person], None], look: Callable[[Node], None]) -> None:
        self.take, self.look = take, look
        self.found = Answered()
        self._people = Checker("", most=_MOST)
        self._seen = SeenKeys()
        self._pointed: dict[tuple[str, str], Node] = {}

    def read(self, file: IO[bytes], limits: Limits) -> Answered:
        file.seek(0)
        root = read(file, _PEOPLE, self._person, limits, self._encoding)
        self._envelope(root)
        self._dangling()
        self.found.findings += self._people.findings
        self.found.findings.sort(key=lambda one: (one.line, one.column))
        del self.found.findings[_MOST:]
        return self.found

    def _encoding(self, line: int, told: str) -> None:
        self._say(Finding(rules.CHARSET, line, 1, found=told, expected="de codering die er staat"))

    def _say(self, finding: Finding) -> None:
        if len(self.found.findings) < _MOST:
            self.found.findings.append(finding)

    def _envelope(self, root: Node) -> None:
        found = self.found
        body = root.child("Body")
        if root.name != "Envelope" or root.space not in (SOAP_11, SOAP_12):
            self._say(root.finding(rules.ENVELOPE, f"<{root.name}>", f"<Envelope> in {SOAP_11}"))
            return
        found.soap = root.space
        if body is None or body.space != root.space or len(body.children) != 1:
            self._say((body or root).finding(rules.BODY, expected="één antwoord"))
            return
        inside = body.children[0]
        if inside.name == "Fault" and inside.space == root.space:
            self._fault(inside)
            return
        operation = next((one for one in OPERATIONS if one.answer == inside.name), None)
        if operation is None:
            wanted = ", ".join(one.answer for one in OPERATIONS)
            self._say(inside.finding(rules.OPERATION, f"<{inside.name}>", wanted))
            return
        found.operation = operation
        self._answer(inside, operation)

    def _fault(self, node: Node) -> None:
        found = self.found
        found.kind = FAULT
        if found.soap == SOAP_11:
            found.fault_code, found.fault_text = node.value("faultcode"), node.value("faultstring")
            return
        code = node.child("Code") or node
        found.fault_code = (code.child("Subcode") or code).value("Value")
        found.fault_text = (node.child("Reason") or node).value("Text")

    def _answer(self, node: Node, operation: Operation) -> None:
        found = self.found
        checker = Checker(operation.space, tuple(_PEOPLE), most=_MOST)
        if node.space != operation.space:
            checker.misplaced(node, operation.space)
        checker.check(node, operation.answered)
        found.findings += [one for one in checker.findings if not _is_later_year(one)]
        data = node.child(operation.data) if operation.data else None
        if data is not None:
            found.kind = DATA
            self._data(data)
        elif not operation.data:
            found.kind = CONFIRMED
        else:
            found.kind = next((one for one in (UNCHANGED, NONE) if node.child(one) is not None), "")

    def _data(self, data: Node) -> None:
        found, school = self.found, data.child("school")
        if school is not None:
            location = school.value("dependancecode")
            found.school = SchoolReference(school.value("brincode"), location, school.value("schooljaar"))
            found.created_at = moment(school.value("aanmaakdatum"))
            found.version = school.value("xsdversie")
        for name in ("groepen", "vestigingen"):
            for one in (data.child(name) or Node(name, "", {}, None, (0, 0))).children:
                self._unique("vestiging" if one.name == "vestiging" else "groep", one, "key")
                if one.name != "vestiging":
                    composite = one.name == "samengestelde_groep"
                    group = (one.attributes.get("key", ""), one.value("naam"), one.value("jaargroep"), composite)
                    found.groups.append(GroupData(*group))
                    self._seen.put(one.name, group[0], one.line)

    def _person(self, node: Node) -> None:
        parent = node.parent.parent if node.parent is not None else None
        self._people.space = parent.space if parent is not None else ""
        self._people.check(node, _PEOPLE[node.name])
        self._unique(node.name, node, "key")
        if node.attributes.get("eckid"):
            self.found.eckids += 1
            self._unique(node.name, node, "eckid")
        self.look(node)
        if node.name == "leerling":
            self.found.pupils += 1
            self.take(self._pupil(node))
        else:
            self.found.teachers += 1
            self.take(self._teacher(node))

    def _unique(self, kind: str, node: Node, name: str) -> None:
        value = node.attributes.get(name, "")
        line = self._seen.put(f"{kind}@{name}", value, node.line) if value else None
        if line is not None:
            rule: Rule = rules.SAME_PERSON if kind in _PEOPLE else rules.DANGLING
            self._say(node.finding(rule, f"{name} {shown(value)}, ook op regel {line}", f"elke {name} één keer"))

    def _points(self, node: Node) -> str:
        key = node.attributes.get("key", "")
        self._pointed.setdefault((node.name, key), node)
        return key

    def _groups(self, node: Node, name: str) -> tuple[str, ...]:
        return tuple(self._points(one) for one in node.all(name))

    def _dangling(self) -> None:
        """References to what is not there; an answer without a structure has nothing to refer to."""
        operation = self.found.operation
        if operation is None or "groepen" not in _parts(operation):
            return
        for (kind, key), node in self._pointed.items():
            there = self._seen.has("vestiging@key" if kind == "vestiging" else kind, key)
            if not there:
                self._say(node.finding(rules.DANGLING, f"{kind} {shown(key)}", f"een {kind} die er staat"))

    def _pupil(self, node: Node) -> PupilData:
        group, composite, place = (node.child(one) for one in ("groep", "samengestelde_groepen", "vestiging"))
        if place is not None:
            self._points(place)
        gender = node.value("geslacht")
        return PupilData(
            key=node.attributes.get("key", ""),
            eckid=node.attributes.get("eckid", ""),
            first_name=node.value("roepnaam"),
            prefix=node.value("voorvoegsel"),
            last_name=node.value("achternaam"),
            birth_date=_day(node.value("geboortedatum")),
            year_group=node.value("jaargroep"),
            group_key=self._points(group) if group is not None else "",
            composite_keys=self._groups(composite, "samengestelde_groep") if composite is not None else (),
            gender=int(gender) if _NUMBER.fullmatch(gender) else 0,
            initials=node.value("voorletters-1"),
            enrolled_from=_day(node.value("instroomdatum")),
        )

    def _teacher(self, node: Node) -> TeacherData:
        groups = node.child("groepen") or node
        return TeacherData(
            key=node.attributes.get("key", ""),
            eckid=node.attributes.get("eckid", ""),
            first_name=node.value("roepnaam"),
            prefix=node.value("voorvoegsel"),
            last_name=node.value("achternaam"),
            email=node.value("emailadres"),
            group_keys=self._groups(groups, "groep"),
            composite_keys=self._groups(groups, "samengestelde_groep"),
        )


def _parts(operation: Operation) -> list[str]:
    from app.exchange.uwlr_xml.shapes import Shape, elements

    data = operation.answered.element(operation.data) if operation.data else None
    return list(elements(data.type)) if data is not None and isinstance(data.type, Shape) else []


def _is_later_year(finding: Finding) -> bool:
    """The list of school years in the standard ends; a later one that is written as one is no fault of the sender."""
    if finding.rule is not rules.VALUE or not finding.xpath.endswith("schooljaar"):
        return False
    year = finding.found.strip("'")
    return SCHOOL_YEAR.takes(year) and int(year[:4]) > LAST_YEAR and int(year[5:]) == int(year[:4]) + 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
