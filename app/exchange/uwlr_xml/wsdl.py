"""Writes the WSDL of the two services: with the right address, and schemas inside or at absolute addresses."""

from __future__ import annotations

from lxml import etree

from app.exchange.uwlr_xml.namespaces import AUTHORISATION, OSO, PUPILS, RESULTS, SOAP_11
from app.exchange.uwlr_xml.operations import OF_PUPILS, PUSH_RESULTS, Operation
from app.exchange.uwlr_xml.xsd import NAMES, XS, schema

WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
_HTTP = "http://schemas.xmlsoap.org/soap/http"
_NEEDED = {PUPILS: (PUPILS, AUTHORISATION, SOAP_11), RESULTS: (RESULTS, AUTHORISATION, OSO)}
"""The schemas of each service, its own first."""
_leaf = etree.SubElement


def definition(service: str, address: str, single: bool = False) -> bytes:
    """The WSDL of the service of this namespace. `single`: with the schemas in it, as in `?singleWsdl`."""
    writer = _Writer(service, address)
    types = writer.add("types")
    inside: dict[bytes, bytes] = {}
    for space in _NEEDED[service]:
        if single:
            types.append(etree.Comment(space))
            inside[f"<!--{space}-->".encode()] = etree.tostring(schema(space), pretty_print=True)
        elif space in (service, AUTHORISATION):
            holder = _leaf(types, f"{{{XS}}}schema")
            place = f"{address}?xsd={NAMES[space]}"
            _leaf(holder, f"{{{XS}}}import", namespace=space, schemaLocation=place)
    writer.write()
    text = _bytes(writer.root)
    for mark, written in inside.items():  # not as nodes: lxml would drop prefixes that only values use
        text = text.replace(mark, written)
    return text


def schema_file(service: str, address: str, name: str) -> bytes | None:
    """The schema of this name for `?xsd=`; None for an unknown one."""
    space = next((space for space, known in NAMES.items() if known == name), "")
    if space not in _NEEDED[service]:
        return None
    return _bytes(schema(space, f"{address}?xsd={{}}"))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


class _Writer:
    def __init__(self, service: str, address: str) -> None:
        self.service, self.address = service, address
        name = "Leerlinggegevens" if service == PUPILS else "Leerresultaten"
        self.operations = OF_PUPILS if service == PUPILS else (PUSH_RESULTS,)
        self.name = name
        self.root = etree.Element(
            f"{{{WSDL}}}definitions",
            {"targetNamespace": service, "name": f"{name}Service"},
            nsmap={"wsdl": WSDL, "soap": SOAP, "xs": XS, "tns": service, "aut": AUTHORISATION},
        )

    def add(self, tag: str, above: etree._Element | None = None, **attributes: str) -> etree._Element:
        return _leaf(self.root if above is None else above, f"{{{WSDL}}}{tag}", attributes)

    def write(self) -> None:
        self._message("msgHeader", "msgpHeader", "aut:autorisatie")
        for one in self.operations:
            self._message(_message(one.request), f"msgp{_name(one.request)}", f"tns:{one.request}")
            self._message(_message(one.answer), f"msgp{_name(one.answer)}", f"tns:{one.answer}")
            if one.staged:
                self._message(_fault(one), _fault(one), f"tns:{_fault(one).removeprefix('msg')}")
        ports = {"": [], "getrapt": []}  # type: dict[str, list[Operation]]
        for one in self.operations:
            ports[one.port].append(one)
        found = [(port, of) for port, of in ports.items() if of]
        for port, of in found:
            self._port(port, of)
        for port, of in found:
            self._binding(port, of)
        service = self.add("service", name=f"{self.name}Service")
        for port, _ in found:
            end = f"-{port}" if port else ""
            place = self.add("port", service, name=f"prt{self.name}Service{end}", binding=f"tns:bnd{self.name}{end}")
            _leaf(place, f"{{{SOAP}}}address", location=self.address)

    def _message(self, name: str, part: str, element: str) -> None:
        self.add("part", self.add("message", name=name), name=part, element=element)

    def _port(self, port: str, operations: list[Operation]) -> None:
        made = self.add("portType", name=self._port_name(port))
        for one in operations:
            operation = self.add("operation", made, name=one.name)
            self.add("input", operation, message=f"tns:{_message(one.request)}")
            self.add("output", operation, message=f"tns:{_message(one.answer)}")
            if one.staged:
                self.add("fault", operation, name="fault", message=f"tns:{_fault(one)}")

    def _port_name(self, port: str) -> str:
        return "prtGetrapt" if port else f"prt{self.name}"

    def _binding(self, port: str, operations: list[Operation]) -> None:
        end = f"-{port}" if port else ""
        made = self.add("binding", name=f"bnd{self.name}{end}", type=f"tns:{self._port_name(port)}")
        _leaf(made, f"{{{SOAP}}}binding", style="document", transport=_HTTP)
        for one in operations:
            operation = self.add("operation", made, name=one.name)
            _leaf(operation, f"{{{SOAP}}}operation", soapAction=one.action)
            asked = self.add("input", operation)
            _leaf(asked, f"{{{SOAP}}}header", message="tns:msgHeader", part="msgpHeader", use="literal")
            _leaf(asked, f"{{{SOAP}}}body", use="literal")
            _leaf(self.add("output", operation), f"{{{SOAP}}}body", use="literal")
            if one.staged:
                _leaf(self.add("fault", operation, name="fault"), f"{{{SOAP}}}fault", use="literal", name="fault")


def _name(element: str) -> str:
    return "".join(part.capitalize() for part in element.split("_"))


def _message(element: str) -> str:
    return f"msg{_name(element)}"


def _fault(operation: Operation) -> str:
    return f"msg{operation.request.partition('_')[0].capitalize()}Fault"
