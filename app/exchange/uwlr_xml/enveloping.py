"""Makes a message out of a file: a request is put in an envelope, an envelope gets another header. As a stream, in UTF-8.

Everything else stays as it is, so that a message that is wrong can be tried as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat

from lxml import etree

from app.exchange.uwlr import Authorisation
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.asking import authorised
from app.exchange.uwlr_xml.namespaces import SOAP_11, SOAP_12
from app.exchange.uwlr_xml.operations import OPERATIONS, Operation
from app.exchange.uwlr_xml.rules import Finding, Violation
from app.exchange.xml_text import WrongText, XmlText

_CHUNK = 1 << 16
_APART = "\n"


@dataclass
class Made:
    """A message: its operation, None where that is unknown, and its version of SOAP."""

    operation: Operation | None
    soap: str


def make_message(file: IO[bytes], into: IO[bytes], authorisation: Authorisation | None) -> Made:
    """Write the message of a file to `into`.

    Without `authorisation` the header that is there stays. Raises `Violation` for what is no XML, or has a DOCTYPE.
    """
    try:
        text = XmlText(file)
        places = _Places()
        places.find(text)
        text.rewind()
        _write(text, into, places, authorisation)
    except WrongText as wrong:
        raise Violation(Finding(rules.CHARSET, wrong.line, 1, found=str(wrong))) from None
    known = {one.request: one for one in OPERATIONS}
    return Made(known.get(places.request), places.soap)


def _write(text: XmlText, into: IO[bytes], places: _Places, authorisation: Authorisation | None) -> None:
    header = etree.tostring(authorised(authorisation)).decode() if authorisation is not None else ""
    into.write(b"<?xml version='1.0' encoding='utf-8'?>\n")
    if not places.enveloped:
        into.write(f'<s:Envelope xmlns:s="{SOAP_11}"><s:Header>{header}</s:Header><s:Body>'.encode())
        _copy(text, into, places.root, None)
        into.write(b"</s:Body></s:Envelope>")
    elif authorisation is None or not places.body:
        _copy(text, into, places.root, None)
    else:
        _copy(text, into, places.root, places.first)
        into.write(f'<h:Header xmlns:h="{places.soap}">{header}</h:Header>'.encode())
        text.rewind()
        _copy(text, into, places.body, None)


def _copy(text: XmlText, into: IO[bytes], begin: int, end: int | None) -> None:
    """Copy the bytes from `begin` up to `end`."""
    at = 0
    while chunk := text.read(_CHUNK):
        into.write(chunk[max(0, begin - at) : len(chunk) if end is None else max(0, end - at)])
        at += len(chunk)
        if end is not None and at >= end:
            return


class _Places:
    """Where the parts of a message begin, in bytes of UTF-8."""

    def __init__(self) -> None:
        self.root = self.first = self.body = 0
        self.soap, self.enveloped, self.request = SOAP_11, False, ""
        self._depth = 0
        self._in_body = False
        parser: Any = expat.ParserCreate(encoding="utf-8", namespace_separator=_APART)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def find(self, text: XmlText) -> None:
        try:
            while chunk := text.read(_CHUNK):
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            why = Finding(rules.WELL_FORMED, error.lineno, error.offset + 1, found=expat.ErrorString(error.code))
            raise Violation(why) from None

    def _doctype(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise Violation(Finding(rules.DOCTYPE, line, 1, found="een DOCTYPE", expected="geen"))

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(_APART)
        place = self._parser.CurrentByteIndex
        if self._depth == 0:
            self.root = place
            self.enveloped = local == "Envelope" and space in (SOAP_11, SOAP_12)
            self.soap = space if self.enveloped else SOAP_11
            self.request = "" if self.enveloped else local
        elif self._depth == 1 and self.enveloped:
            self.first = self.first or place
            self._in_body = local == "Body"
            self.body = place if self._in_body else self.body
        elif self._depth == 2 and self._in_body:
            self.request = self.request or local
        self._depth += 1

    def _end(self, _name: str) -> None:
        self._depth -= 1
