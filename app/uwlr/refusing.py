"""Says why ESIS refuses a call, as a rule with a place in the message and the nearest value that would be right."""

from __future__ import annotations

from app.exchange.brin import BRIN6
from app.exchange.uwlr import Authorisation, SchoolReference
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.brought import near
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.rules import Finding, Rule
from app.webservice.authorisation import live_coupling
from app.webservice.faults import CouplingStopped, UnknownClient, UnknownCode, WebServiceFault, WrongLocation
from app.webservice.suppliers import known

_RULES: dict[type[WebServiceFault], Rule] = {
    UnknownClient: rules.UNKNOWN_CLIENT,
    WrongLocation: rules.OTHER_SCHOOL,
    CouplingStopped: rules.STOPPED,
    UnknownCode: rules.UNKNOWN_KEY,
}


def finding_of(board_id: int, request: Request, fault: WebServiceFault, open_about_keys: bool) -> Finding:
    """The finding of a refusal by ESIS itself. `open_about_keys`: say where a key differs; only among practice data."""
    rule = _RULES.get(type(fault), rules.UNKNOWN_KEY)
    place = place_of(request, rule)
    told = _of_client(board_id, request.authorisation) if rule is rules.UNKNOWN_CLIENT else ("", "", "")
    if rule is rules.UNKNOWN_KEY:
        told = _of_key(board_id, request.authorisation, request.school, fault, open_about_keys)
    elif rule in (rules.OTHER_SCHOOL, rules.STOPPED):
        told = (_shown(request.school), "de vestiging van deze sleutel", fault.sentence)
    found, expected, nearest = told
    return Finding(rule, *place, found=found, expected=expected, nearest=nearest)


def place_of(request: Request, rule: Rule) -> tuple[int, int, str]:
    """The element that a refusal is about."""
    header = request.header
    block = (header.child("autorisatie") or header) if header is not None else None
    name = {
        rules.UNKNOWN_CLIENT: "klantcode",
        rules.CERTIFICATE: "klantcode",
        rules.UNKNOWN_KEY: "autorisatiesleutel",
        rules.STOPPED: "autorisatiesleutel",
    }.get(rule, "")
    node = block.child(name) if block is not None and name else None
    if node is not None:
        return node.line, node.column, node.path
    return request.place_of("school/brincode" if request.node and request.node.child("school") else "brincode")


def _of_client(board_id: int, said: Authorisation) -> tuple[str, str, str]:
    suppliers = known(board_id)
    same = next((one for one in suppliers if one.code == said.client_code), None)
    found = f"klantcode '{said.client_code[:40]}' met klantnaam '{said.client_name[:40]}'"
    if same is not None:
        return found, f"klantnaam '{same.name}'", "De klantcode is bekend, de klantnaam hoort er niet bij"
    named = next((one for one in suppliers if one.name == said.client_name), None)
    if named is not None:
        return found, f"klantcode '{named.code}'", "De klantnaam is bekend, de klantcode hoort er niet bij"
    codes = [one.code for one in suppliers]
    return found, f"een van {', '.join(codes[:8])}", near(said.client_code, codes)


def _of_key(
    board_id: int, said: Authorisation, school: SchoolReference, fault: WebServiceFault, open_about: bool
) -> tuple[str, str, str]:
    expected = "de verificatiecode die in ESIS bij de koppeling staat"
    if not open_about:
        return "een andere sleutel", expected, ""
    coupling = live_coupling(board_id, said, school)
    if coupling is None or coupling.code is None:
        return f"een sleutel van {len(said.key)} tekens", expected, fault.sentence
    at = next(
        (place for place, pair in enumerate(zip(said.key, coupling.code, strict=False), 1) if pair[0] != pair[1]), 0
    )
    if at:
        return f"een sleutel van {len(said.key)} tekens", expected, f"Hij verschilt vanaf teken {at}"
    return (
        f"een sleutel van {len(said.key)} tekens",
        expected,
        f"Tot en met teken {min(len(said.key), len(coupling.code))} klopt hij, maar hij heeft {len(coupling.code)} tekens",
    )


def _shown(school: SchoolReference) -> str:
    return school.brin6 if BRIN6.fullmatch(school.brin6) else "geen BRIN- en vestigingsnummer"
