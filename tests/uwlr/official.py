"""The official schemas: whether what goes out, and what comes in, is valid by them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from app.exchange.uwlr_xml.namespaces import PUPILS, RESULTS, SOAP_11, SOAP_12

_FILES = {
    "": "UWLR_Leerlinggegevens_v2p2.xsd",
    "LVS-set": "Profiel LVS set/Profiel_LVS_set_UWLR_Leerlinggegevens_v2p2.xsd",
    "Smalle-set": "Profiel smalle set/Profiel_Smalle_set_UWLR_Leerlinggegevens_v2p2.xsd",
    RESULTS: "UWLR_Leerresultaten_v2p2.xsd",
    "autorisatie": "UWLR_Autorisatie_v2p2.xsd",
}


@cache
def _schema(folder: Path, name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(folder / "uwlr-2.2" / "Schemas" / _FILES[name]))


def errors(folder: Path, element: etree._Element, profile: str = "") -> list[str]:
    """What the schema of this element's namespace, or of a profile, has against it."""
    space = etree.QName(element).namespace
    schema = _schema(folder, profile if space == PUPILS else RESULTS)
    alone = etree.ElementTree(etree.fromstring(etree.tostring(element)))
    schema.validate(alone)
    return [f"{one.line}: {one.message}" for one in schema.error_log]  # type: ignore[attr-defined]


def content(answer: bytes) -> etree._Element:
    """The element in the body of an envelope."""
    envelope = etree.fromstring(answer)
    assert etree.QName(envelope).namespace in (SOAP_11, SOAP_12)
    (body,) = (one for one in envelope if etree.QName(one).localname == "Body")
    (inside,) = body
    return inside


def found(element: etree._Element, path: str) -> list[etree._Element]:
    """Elements below, by local names: `leerlingen/leerling`."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    return list(element.xpath(f".//{steps}"))  # type: ignore[arg-type]


def fault(answer: bytes) -> tuple[str, str]:
    """The code, without the prefix of the envelope, and the text of a fault."""
    inside = content(answer)
    assert etree.QName(inside).localname == "Fault", answer[:500]
    code = found(inside, "faultcode") or found(inside, "Subcode/Value")
    text = found(inside, "faultstring") or found(inside, "Reason/Text")
    return str(code[0].text).partition(":")[2], str(text[0].text)
