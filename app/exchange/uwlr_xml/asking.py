"""Writes what a supplier sends: envelope, header and requests, in the order and the namespaces of their shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from app.exchange.uwlr import Authorisation, SchoolReference
from app.exchange.uwlr_xml.namespaces import AUTHORISATION, SOAP_11, SOAP_12
from app.exchange.uwlr_xml.operations import PULL_PUPILS, PULL_TEACHERS, PUSH_RESULTS, Operation
from app.exchange.uwlr_xml.requests import HEADER
from app.exchange.uwlr_xml.shapes import Shape, Text, elements
from app.exchange.uwlr_xml.versions import NEWEST

Values = Mapping[str, Any]
"""What an element holds, by name: a text, `Values`, or a list of these; `@name` is an attribute and `` its text."""


@dataclass(frozen=True)
class Asked:
    """A pull: `groups` as kind (`groep` or `samengestelde_groep`) and key, or None for who is in none."""

    operation: Operation
    authorisation: Authorisation
    school: SchoolReference
    version: str = NEWEST.number
    set_id: str = ""
    since: datetime | None = None
    groups: tuple[tuple[str, str | None], ...] = ()


def built(name: str, type: Text | Shape, values: Values | str, space: str) -> etree._Element:
    """An element with what is in it, in the order of its shape; what has no place in it is a `KeyError`."""
    own: dict[Any, str] = {None: space}
    element = etree.Element(f"{{{space}}}{name}", nsmap=own)
    if isinstance(values, str):
        element.text = values
        return element
    known = {} if isinstance(type, Text) else elements(type)
    for key, value in values.items():
        if key.startswith("@"):
            element.set(key[1:], value)
        elif not key:
            element.text = value
        elif key not in known:
            raise KeyError(key)
    for one in known.values():
        for value in _listed(values.get(one.name)):
            element.append(built(one.name, one.type, value, one.space or space))
    return element


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def enveloped(request: etree._Element, authorisation: Authorisation | None, soap: str = SOAP_11) -> etree._Element:
    """The request in an envelope, with the header of who calls."""
    envelope = etree.Element(f"{{{soap}}}Envelope", nsmap={"s": soap})
    header = etree.SubElement(envelope, f"{{{soap}}}Header")
    if authorisation is not None:
        header.append(authorised(authorisation))
    etree.SubElement(envelope, f"{{{soap}}}Body").append(request)
    return envelope


def authorised(authorisation: Authorisation) -> etree._Element:
    """The element `autorisatie`."""
    said = {
        "autorisatiesleutel": authorisation.key,
        "klantcode": authorisation.client_code,
        "klantnaam": authorisation.client_name,
    }
    return built("autorisatie", HEADER, said, AUTHORISATION)


def which_school(school: SchoolReference) -> dict[str, str]:
    """The school of a request; without a location number the standard reads 00."""
    said = {"schooljaar": school.school_year, "brincode": school.brin}
    return said | ({"dependancecode": school.location} if school.location else {})


def asked(what: Asked, soap: str = SOAP_11) -> etree._Element:
    """The message of a pull."""
    values: dict[str, Any] = which_school(what.school) | {"xsdversie": what.version}
    if what.set_id:
        values["gegevenssetid"] = what.set_id
    if what.since is not None:
        values["laatstontvangengegevens"] = what.since.replace(tzinfo=None).isoformat(timespec="seconds")
    if what.operation in (PULL_PUPILS, PULL_TEACHERS):
        chosen = what.groups or (("groep", None),)
        inside: dict[str, list[Values]] = {"groep": [], "samengestelde_groep": []}
        for kind, key in chosen:
            inside[kind].append({"@key": key} if key is not None else {})
        values["groepen"] = inside
    request = built(what.operation.request, what.operation.asked, values, what.operation.space)
    return enveloped(request, what.authorisation, soap)


def brought(authorisation: Authorisation, values: Values, soap: str = SOAP_11) -> etree._Element:
    """The message of a push, from what its request holds."""
    operation = PUSH_RESULTS
    return enveloped(built(operation.request, operation.asked, values, operation.space), authorisation, soap)


def as_bytes(message: etree._Element, encoding: str = "utf-8") -> bytes:
    """The message as it goes over the line."""
    found: bytes = etree.tostring(message, xml_declaration=True, encoding=encoding)  # type: ignore[assignment]
    return found


def headers(operation: Operation | None, soap: str = SOAP_11, charset: str = "utf-8") -> dict[str, str]:
    """The headers of HTTP: the SOAPAction is one of them in SOAP 1.1, and part of the media type in 1.2."""
    action = operation.action if operation is not None else ""
    if soap == SOAP_12:
        return {"Content-Type": f'application/soap+xml; charset={charset}; action="{action}"'}
    return {"Content-Type": f"text/xml; charset={charset}", "SOAPAction": f'"{action}"'}
