"""The header of a message: who calls, by klantcode, klantnaam and autorisatiesleutel."""

from __future__ import annotations

from dataclasses import replace

from app.exchange.uwlr import Authorisation
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.checking import Checker
from app.exchange.uwlr_xml.namespaces import AUTHORISATION
from app.exchange.uwlr_xml.nodes import Node
from app.exchange.uwlr_xml.requests import HEADER
from app.exchange.uwlr_xml.rules import Finding

FIELDS = ("autorisatiesleutel", "klantcode", "klantnaam")
ADDRESSING = ("Action", "To", "MessageID", "ReplyTo", "From", "FaultTo", "RelatesTo")
"""Blocks of WS-Addressing, which some clients send; nothing is done with them."""


def read_header(header: Node | None, request: Node, soap: str) -> tuple[Authorisation, list[Finding]]:
    """Who calls, and what is wrong; the fields' values are secret, and in no finding."""
    findings = _must_understand(header, soap) if header is not None else []
    found = header.child("autorisatie") if header is not None else None
    if found is None and header is not None and header.child(FIELDS[0]) is not None:
        found = header  # some clients put the three fields in the Header itself
        findings.append(header.finding(rules.HEADER_SPACE, "de velden los in de Header", "een element autorisatie"))
    if found is None:
        place = header or request
        wanted = f"<autorisatie> in {AUTHORISATION}"
        return Authorisation("", "", ""), [*findings, place.finding(rules.NO_HEADER, "geen autorisatie", wanted)]
    for name in FIELDS:
        if not found.value(name):
            child = found.child(name)
            what = "ontbreekt" if child is None else "is leeg"
            findings.append((child or found).finding(rules.HEADER_FIELD, f"{name} {what}", f"een gevulde {name}"))
    if found is not header:
        checker = Checker(AUTHORISATION if found.space == AUTHORISATION else found.space)
        if found.space != AUTHORISATION:
            checker.misplaced(found, AUTHORISATION)
        checker.check(found, HEADER)
        findings += [_without_value(one) for one in checker.findings if not _is_told(one)]
    return Authorisation(*(found.value(name) for name in FIELDS)), findings


def _is_told(finding: Finding) -> bool:
    """Whether an empty or missing field says the same."""
    return finding.rule is rules.MISSING or (finding.rule is rules.VALUE and finding.found == "''")


def _without_value(finding: Finding) -> Finding:
    if finding.rule is rules.NAMESPACE:
        return replace(finding, rule=rules.HEADER_SPACE)
    if finding.rule.lenient:
        return replace(finding, rule=replace(rules.HEADER_SHAPE, lenient=True))
    found = "een andere waarde" if finding.rule is rules.VALUE else finding.found
    return replace(finding, rule=rules.HEADER_SHAPE, found=found)


def _must_understand(header: Node, soap: str) -> list[Finding]:
    return [
        block.finding(rules.UNDERSTAND, f"<{block.name}>", "autorisatie")
        for block in header.children
        if block.attributes.get(f"{soap}\nmustUnderstand", "") in ("1", "true")
        and block.name not in ("autorisatie", *ADDRESSING)
    ]
