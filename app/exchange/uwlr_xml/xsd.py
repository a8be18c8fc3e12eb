"""Writes the schemas of the services from the shapes by which messages are checked, so that the two are never apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from app.exchange.uwlr_xml.namespaces import AUTHORISATION, OSO, PUPILS, RESULTS, SOAP_11
from app.exchange.uwlr_xml.operations import OF_PUPILS, PUSH_RESULTS
from app.exchange.uwlr_xml.requests import HEADER
from app.exchange.uwlr_xml.result_data import OSO_REFERENCE, OSO_SCORE
from app.exchange.uwlr_xml.shapes import Attribute, Element, Part, Sequence, Shape, Text, Unique, elements_of
from app.exchange.uwlr_xml.types import ANY

XS = "http://www.w3.org/2001/XMLSchema"
NAMES = {
    PUPILS: "leerlinggegevens",
    RESULTS: "leerresultaten",
    AUTHORISATION: "autorisatie",
    OSO: "oso",
    SOAP_11: "soap",
}
"""The name of each schema, as in `?xsd=leerlinggegevens`."""
_leaf = etree.SubElement


def schema(space: str, location: str = "") -> etree._Element:
    """The schema of a namespace; `location`: a format with the name, for the place of what it imports, absolute."""
    writer = _Writer(space, location)
    if space == AUTHORISATION:
        writer.element("autorisatie", HEADER)
    elif space == OSO:
        writer.element("toetsscore", OSO_SCORE)
        writer.element("referentiescore", OSO_REFERENCE)
    elif space == RESULTS:
        writer.imports(OSO)
        writer.element(PUSH_RESULTS.request, PUSH_RESULTS.asked)
        writer.element(PUSH_RESULTS.answer, PUSH_RESULTS.answered)
    elif space == PUPILS:
        writer.imports(SOAP_11)
        for one in OF_PUPILS:
            writer.element(one.request, one.asked)
            writer.element(one.answer, one.answered)
        for name in ("Structuur", "Leerlingen", "Leerkrachten"):
            _leaf(writer.root, f"{{{XS}}}element", name=f"{name}Fault", type="soap:Fault")
    else:
        _fault(writer)
    return writer.root


def _fault(writer: _Writer) -> None:
    """What the schemas need of SOAP 1.1."""
    fault = _leaf(writer.root, f"{{{XS}}}complexType", name="Fault")
    inside = _leaf(fault, f"{{{XS}}}sequence")
    for name, kind, least in (
        ("faultcode", "xs:QName", 1),
        ("faultstring", "xs:string", 1),
        ("faultactor", "xs:anyURI", 0),
    ):
        _leaf(inside, f"{{{XS}}}element", name=name, type=kind, form="unqualified", minOccurs=str(least))
    detail = _leaf(inside, f"{{{XS}}}element", name="detail", form="unqualified", minOccurs="0")
    anything = _leaf(_leaf(detail, f"{{{XS}}}complexType"), f"{{{XS}}}sequence")
    _leaf(anything, f"{{{XS}}}any", namespace="##any", minOccurs="0", maxOccurs="unbounded", processContents="lax")


@dataclass
class _Writer:
    space: str
    location: str
    root: etree._Element = field(init=False)
    _named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        spaces = {"xs": XS, "t": self.space, "oso": OSO, "soap": SOAP_11}
        self.root = etree.Element(
            f"{{{XS}}}schema",
            {"targetNamespace": self.space, "elementFormDefault": "qualified", "attributeFormDefault": "unqualified"},
            nsmap=spaces,
        )

    def imports(self, space: str) -> None:
        found = _leaf(self.root, f"{{{XS}}}import", namespace=space)
        if self.location:
            found.set("schemaLocation", self.location.format(NAMES[space]))

    def element(self, name: str, shape: Shape) -> None:
        """A global element."""
        made = _leaf(self.root, f"{{{XS}}}element", name=name)
        if shape.unique:
            self._type(shape, _leaf(made, f"{{{XS}}}complexType"))
            self._uniques(made, shape)
        else:
            made.set("type", self._name(shape))

    def _name(self, type: Text | Shape) -> str:
        """The name of a type, defined when it is first used."""
        if isinstance(type, Text) and (not type.name or type is ANY):
            return f"xs:{type.base}"
        if type.name not in self._named:
            self._named.add(type.name)
            if isinstance(type, Text):
                self._simple(type)
            else:
                self._type(type, _leaf(self.root, f"{{{XS}}}complexType", name=type.name))
        return f"t:{type.name}"

    def _simple(self, type: Text) -> None:
        made = _leaf(self.root, f"{{{XS}}}simpleType", name=type.name)
        facets = _leaf(made, f"{{{XS}}}restriction", base=f"xs:{type.base}")
        for value in type.values:
            _leaf(facets, f"{{{XS}}}enumeration", value=value)
        for name, facet in (
            ("pattern", type.pattern),
            ("minLength", str(type.shortest or "")),
            ("maxLength", str(type.longest or "")),
            ("minInclusive", type.least),
            ("maxInclusive", type.most),
        ):
            if facet:
                _leaf(facets, f"{{{XS}}}{name}", value=facet)

    def _type(self, shape: Shape, made: etree._Element) -> None:
        if shape.abstract:
            made.set("abstract", "true")
        if shape.text is not None:
            inside = _leaf(_leaf(made, f"{{{XS}}}simpleContent"), f"{{{XS}}}extension", base=self._name(shape.text))
            self._attributes(inside, shape.attributes)
            return
        if shape.content is not None:
            self._part(made, shape.content)
        self._attributes(made, shape.attributes)

    def _attributes(self, made: etree._Element, attributes: tuple[Attribute, ...]) -> None:
        for one in attributes:
            found = _leaf(made, f"{{{XS}}}attribute", name=one.name, type=self._name(one.type))
            if one.required:
                found.set("use", "required")

    def _part(self, above: etree._Element, part: Part) -> None:
        """A part of a content model. A choice that is made once is written as optional elements in a row, and a
        sequence in a sequence as its elements: every right message is right by it, and old tools, which drop what
        stands in a nested choice, send and read everything.
        """
        if isinstance(part, Element):
            self._element(above, part)
        elif part.most != 1:
            made = _leaf(above, f"{{{XS}}}{'sequence' if isinstance(part, Sequence) else 'choice'}")
            _occurs(made, part)
            for one in part.parts:
                self._part(made, one)
        else:
            within = above if above.tag == f"{{{XS}}}sequence" else _leaf(above, f"{{{XS}}}sequence")
            if isinstance(part, Sequence):
                for one in part.parts:
                    self._part(within, one)
            else:
                for element in elements_of(part):
                    self._element(within, replace(element, least=0))

    def _element(self, above: etree._Element, part: Element) -> None:
        if part.space and part.space != self.space:
            made = _leaf(above, f"{{{XS}}}element", ref=f"oso:{part.name}")
        else:
            made = _leaf(above, f"{{{XS}}}element", name=part.name)
            if isinstance(part.type, Shape) and part.type.unique:
                self._type(part.type, _leaf(made, f"{{{XS}}}complexType"))
                self._uniques(made, part.type)
            else:
                made.set("type", self._name(part.type))
            if part.default:
                made.set("default", part.default)
        _occurs(made, part)

    def _uniques(self, made: etree._Element, shape: Shape) -> None:
        for one in shape.unique:
            self._unique(made, one)

    def _unique(self, made: etree._Element, one: Unique) -> None:
        found = _leaf(made, f"{{{XS}}}{one.kind}", name=f"{one.name}-{made.get('name')}")
        if one.refers:
            found.set("refer", f"t:{one.refers}-{made.get('name')}")
        _leaf(found, f"{{{XS}}}selector", xpath=_prefixed(one.selector))
        _leaf(found, f"{{{XS}}}field", xpath=_prefixed(one.field))


def _prefixed(path: str) -> str:
    return "/".join(part if part.startswith(("@", "*")) else f"t:{part}" for part in path.split("/"))


def _occurs(made: etree._Element, part: Part) -> None:
    if part.least != 1:
        made.set("minOccurs", str(part.least))
    if part.most != 1:
        made.set("maxOccurs", "unbounded" if part.most is None else str(part.most))
