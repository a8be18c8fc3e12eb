"""A message from a supplier, read and checked as far as a message can be without the school: envelope, header, request.

Findings are collected over all steps, so that a refusal can also say what would be wrong next. What the field does
wrong without harm is forgiven and told (`Rule.lenient`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import IO
from zoneinfo import ZoneInfo

from app.exchange.uwlr import Authorisation, SchoolReference
from app.exchange.uwlr_xml import rules, types
from app.exchange.uwlr_xml.brought import BroughtTests
from app.exchange.uwlr_xml.checking import SHOWN, Checker, shown
from app.exchange.uwlr_xml.header import read_header
from app.exchange.uwlr_xml.namespaces import RESULTS, SOAP_11, SOAP_12
from app.exchange.uwlr_xml.nodes import Limits, Node, read
from app.exchange.uwlr_xml.noted import NotedResults
from app.exchange.uwlr_xml.operations import OPERATIONS, PUSH_RESULTS, Operation
from app.exchange.uwlr_xml.result_data import SITTING, TEST
from app.exchange.uwlr_xml.rules import STAGES, Finding, Violation
from app.exchange.uwlr_xml.versions import OLDEST, VERSIONS, Profile, Version, profile_of

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_QUOTES = '"'
_AROUND = timedelta(days=2)
"""More than a time zone and an instant can differ."""
_ANY_YEAR = "1000-1001"
"""Stands in for a year that was not given: the current one."""
_AFTER_VERSION = ("gegevenssetid", "laatstontvangengegevens", "commentaar", "groepen")
NOBODY = Authorisation("", "", "")
NO_SCHOOL = SchoolReference("", "", "")
RECORDS = {"toetsafname": SITTING, "toets": TEST}
"""The elements that are checked one at a time, and not kept."""


@dataclass
class Request:
    """What was read; `operation` and what follows from it is None where the message has no known request."""

    soap: str = SOAP_11
    operation: Operation | None = None
    authorisation: Authorisation = NOBODY
    school: SchoolReference = NO_SCHOOL
    school_key: str = ""
    """The schoolkey, where that is sent instead of a BRIN."""
    version: Version = OLDEST
    profile: Profile = Profile.ALL
    since: datetime | None = None
    """laatstontvangengegevens."""
    created_at: datetime | None = None
    """aanmaakdatum of results."""
    groups: tuple[tuple[str, str | None], ...] = ()
    """Of a staged pull: `groep` or `samengestelde_groep`, and its key, or None for who is in none."""
    tests: BroughtTests = field(default_factory=BroughtTests)
    noted: NotedResults | None = None
    """What its results say, where that was to be noted."""
    node: Node | None = None
    header: Node | None = None
    findings: list[Finding] = field(default_factory=list)

    def violations(self, strict: bool) -> list[Finding]:
        """What it is refused for, in the order of the steps, and of the message."""
        against = [one for one in self.findings if strict or not one.rule.lenient]
        return sorted(against, key=lambda one: (STAGES.index(one.rule.stage), one.line, one.column))

    def remarks(self, strict: bool) -> list[Finding]:
        """What is forgiven."""
        return [] if strict else [one for one in self.findings if one.rule.lenient]

    def place_of(self, name: str) -> tuple[int, int, str]:
        """Line, column and path of an element of the request, or of the request itself."""
        found = self.node
        for part in name.split("/"):
            found = (found.child(part) if found is not None else None) or found
        return (found.line, found.column, found.path) if found is not None else (0, 0, "")


def understood(
    file: IO[bytes],
    action: str | None = None,
    service: str = "",
    limits: Limits = Limits(),  # noqa: B008  # immutable
    noted: NotedResults | None = None,
) -> Request:
    """Read a message; `service` is the namespace of the service it came to (empty: any).

    `action` is its SOAPAction as it came: empty without one, None for a message that did not come over HTTP.
    `noted`: note its results there. Raises `Violation` where it cannot be read as XML.
    """
    request = Request(noted=noted)
    records = Checker(RESULTS, tuple(RECORDS), most=20)

    def take(node: Node) -> None:
        right = _space_of_records(node)
        if node.space != right:
            records.misplaced(node, right)
        if not records.full:
            records.check(node, RECORDS[node.name], node.space)
        if node.name == "toets":
            request.tests.add(node)
        else:
            request.tests.note(node)
            if noted is not None:
                if records.refused:
                    noted.end()
                noted.add(node)

    try:
        root = read(file, RECORDS, take, limits, lambda line, told: _told_of_text(request, line, told))
    finally:
        request.findings.extend(records.findings)
    understood_root(request, root)
    if request.operation is not None and request.node is not None:
        _action(request, action)
        if service and service != request.operation.space:
            hint = "Stuur dit naar het adres van de andere dienst"
            wanted = "een verzoek van deze dienst"
            request.findings.append(request.node.finding(rules.OPERATION, request.operation.name, wanted, hint))
        request.findings.extend(records.too_long_for(request.version))
        request.findings.extend(request.tests.findings())
    return request


def understood_root(request: Request, root: Node) -> Request:
    """Read envelope, header and request, without the records that were in it."""
    if _envelope(request, root) and request.operation is not None and request.node is not None:
        request.authorisation, found = read_header(request.header, request.node, request.soap)
        request.findings += found
        _asked(request)
    return request


def _space_of_records(node: Node) -> str:
    """The namespace of the request around a record: where that is wrong it is told once, of the request."""
    container = node.parent
    around = container.parent if container is not None else None
    return around.space if around is not None and around.name == PUSH_RESULTS.request else RESULTS


def _told_of_text(request: Request, line: int, told: str) -> None:
    lenient = replace(rules.CHARSET, lenient=True)
    request.findings.append(Finding(lenient, line, 1, found=told, expected="de codering die er staat"))


def _envelope(request: Request, root: Node) -> bool:
    if root.name != "Envelope" or root.space not in (SOAP_11, SOAP_12):
        hint = "Dit is geen SOAP: zet het verzoek in een Envelope" if root.name != "Envelope" else ""
        found = f"<{root.name}> in {root.space or 'geen namespace'}"
        request.findings.append(root.finding(rules.ENVELOPE, found, f"<Envelope> in {SOAP_11}", hint))
        return False
    request.soap = root.space
    if request.soap != SOAP_11:
        request.findings.append(root.finding(rules.SOAP_VERSION, "SOAP 1.2", "SOAP 1.1"))
    request.header = next((one for one in root.children if one.name == "Header"), None)
    bodies = [one for one in root.children if one.name == "Body" and one.space == root.space]
    if len(bodies) != 1 or len(bodies[0].children) != 1:
        place = bodies[0] if bodies else root
        found = f"{len(bodies[0].children)} elementen" if bodies else "geen Body"
        request.findings.append(place.finding(rules.BODY, found, "één verzoek"))
        return False
    return _operation(request, bodies[0].children[0])


def _operation(request: Request, node: Node) -> bool:
    request.node = node
    known = {one.request: one for one in OPERATIONS}
    request.operation = known.get(node.name)
    if request.operation is None:
        request.findings.append(node.finding(rules.OPERATION, f"<{node.name}>", ", ".join(known)))
        return False
    if node.space != request.operation.space:
        checker = Checker(request.operation.space)
        checker.misplaced(node, request.operation.space)
        request.findings.extend(checker.findings)
    return True


def _action(request: Request, action: str | None) -> None:
    assert request.operation is not None
    if action is None:
        return
    said, right = action.strip(), request.operation.action
    plain = said.strip(_QUOTES)
    if plain and plain not in (right, request.operation.name):
        request.findings.append(Finding(rules.ACTION, found=shown(plain), expected=right))
    elif request.soap == SOAP_11 and said != f'"{plain}"':
        found = f"{said[:SHOWN]} zonder aanhalingstekens" if said else "geen SOAPAction"
        request.findings.append(Finding(rules.ACTION_FORM, found=found, expected=f'"{right}"'))


def _asked(request: Request) -> None:
    """Check the request by its shape, after what the field writes otherwise is put right and told."""
    node, operation = request.node, request.operation
    assert node is not None
    assert operation is not None
    place = node.child("school") if operation is PUSH_RESULTS else node
    if place is not None:
        _forgive(request, place)
    checker = Checker(node.space, operation.records)  # in another namespace that is told once
    checker.check(node, operation.asked)
    request.findings.extend(checker.findings)
    if place is None:
        return
    location = place.value("dependancecode") or "00"
    request.school = SchoolReference(place.value("brincode"), location, place.value("schooljaar"))
    request.school_key = "" if request.school.brin else place.value("schoolkey")
    request.since = moment(place.value("laatstontvangengegevens"))
    request.created_at = moment(place.value("aanmaakdatum"))
    _version(request, place)
    request.findings.extend(checker.too_long_for(request.version))
    _school_key(request, place)
    _profile(request, place)
    groups = node.child("groepen")
    if groups is not None:
        request.groups = tuple((one.name, one.attributes.get("key")) for one in groups.children)


def _forgive(request: Request, place: Node) -> None:
    year = place.child("schooljaar")
    if year is None or year.text.strip().strip(_QUOTES) == "":
        at = year or place
        found = "geen schooljaar" if year is None else shown(year.text)
        request.findings.append(at.finding(rules.SCHOOL_YEAR, found, "een schooljaar, als 2019-2020"))
        place.children = [one for one in place.children if one is not year]
        place.children.insert(0, _made(place, "schooljaar", _ANY_YEAR))
    key, brin = place.child("schoolkey"), place.child("brincode")
    if key is not None and brin is not None:
        told = ("allebei", "een van de twee", "Gelezen is de brincode")
        request.findings.append(key.finding(rules.BOTH_SCHOOLS, *told))
        place.children.remove(key)
    version = place.child("xsdversie")
    if version is None or not version.text.strip():
        at = version or place
        request.findings.append(at.finding(rules.NO_VERSION, "geen xsdversie", ", ".join(VERSIONS)))
        place.children = [one for one in place.children if one is not version]
        names = [one.name for one in place.children]
        where = min((names.index(name) for name in _AFTER_VERSION if name in names), default=len(names))
        place.children.insert(where, _made(place, "xsdversie", OLDEST.number))


def _made(place: Node, name: str, text: str) -> Node:
    node = Node(name, place.space, {}, None, (place.line, place.column))
    node.parent, node.text = place, text
    return node


def _version(request: Request, place: Node) -> None:
    asked = place.value("xsdversie")
    if asked in VERSIONS:
        request.version = VERSIONS[asked]
    elif asked:
        at = place.child("xsdversie") or place
        near = next((number for number in VERSIONS if asked.startswith(number)), "")
        hint = f"Bedoelt u {near}?" if near else ""
        request.findings.append(at.finding(rules.VERSION, shown(asked), ", ".join(VERSIONS), hint))
    if request.school.school_year == _ANY_YEAR:
        request.school = replace(request.school, school_year="")


def _school_key(request: Request, place: Node) -> None:
    key, most = place.child("schoolkey"), request.version.key_length
    if key is not None and most < len(key.text) <= types.STRING_256.longest:
        wanted = f"hoogstens {most} tekens met xsdversie {request.version.number}"
        request.findings.append(key.finding(rules.LONG_KEY, shown(key.text), wanted))


def _profile(request: Request, place: Node) -> None:
    asked = place.value("gegevenssetid")
    request.profile, known = profile_of(asked)
    if not known:
        at = place.child("gegevenssetid") or place
        wanted = ", ".join(one for one in Profile if one)
        request.findings.append(at.finding(rules.PROFILE, shown(asked), wanted, "Gestuurd wordt alles"))


def moment(text: str) -> datetime | None:
    """A dateTime; without a zone it is Amsterdam's. None where it is none, or one that no calendar here has."""
    text = text.strip()
    if not text:
        return None
    day, _, rest = text.partition("T")
    midnight = rest.startswith("24:00:00")
    try:
        found = datetime.fromisoformat(f"{day}T00{rest[2:]}" if midnight else text)
        found = (found + timedelta(days=midnight)).replace(tzinfo=found.tzinfo or _AMSTERDAM)
        _ = found - _AROUND, found + _AROUND
    except (ValueError, OverflowError):
        return None
    return found


__all__ = ["Request", "Violation", "moment", "understood"]
