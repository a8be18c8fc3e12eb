"""What may be kept of a message: never an autorisatiesleutel, and no personal data unless the owner asked for it.

Works on bytes as they came, well-formed or not: what cannot be read as XML is masked all the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial

from app.exchange.uwlr_xml.rules import Finding

KEPT = 1 << 16
"""Bytes of a message that are kept; the journal says how large it was."""
_MASK = "*"
_OPEN = frozenset(
    [
        "schooljaar",
        "brincode",
        "dependancecode",
        "xsdversie",
        "gegevenssetid",
        "laatstontvangengegevens",
        "peildatum",
        "aanmaakdatum",
        "auteur",
        "klantcode",
        "klantnaam",
        "jaargroep",
        "toetscode",
        "versie",
        "toetsonderdeelcode",
        "afnamedatum",
        "vakgebied",
        "leerjaar",
        "toetsnaam",
        "term",
        "toetsonderdeelnaam",
        "toetsonderdeelvolgnummer",
        "beginnormwaarde",
        "eindnormwaarde",
        "ingang",
        "codereferentiescore",
        "codevergelijkingsgroep",
        "faultcode",
        "faultstring",
        "Value",
        "Text",
        "Action",
        "To",
        "MessageID",
    ]
)
"""Elements whose text says nothing about a person."""
_ATTRIBUTES = frozenset(
    [
        "version",
        "encoding",
        "standalone",
        "vocabulaire",
        "vocabulairelocatie",
        "niveau",
        "mustUnderstand",
        "actor",
        "role",
    ]
)
"""Attributes whose value says nothing about a person, besides those of XML's own namespaces."""
_OWN = ("xmlns", "xml", "xsi")
_LOOSE = re.compile(r"""(?<=[\s"'])[^\s]++""")
_TOKEN = re.compile(r"<[^<>]*>?|[^<]+")
_NAME = re.compile(r"</?\s*(?:[\w.-]+:)?([\w.-]+)")
_VALUE = re.compile(r"""(?<![\w:.-])([\w:.-]++)(\s*+=\s*+)("[^"]*"?|'[^']*'?)""")
"""Possessive: it looks at nothing twice, whatever it is given."""
_WORD = re.compile(r"\w")
SECRET = "sleutel"
"""In the name of an element or attribute whose value is never kept, however it is spelled."""
_PLACE = re.compile(r"([\w.-]+)(?:\[\d+\])?$")
"""The element of a finding, at the end of its XPath."""
_SAID = re.compile(r"([\w.-]+)(?:=| )'")
"""How a finding tells of an attribute."""
_QUOTED = re.compile(r"'.*'", re.DOTALL)
_NUMBER = re.compile(r"-?[\d.,]+")
_DAY = re.compile(r"\b\d{1,2}-\d{1,2}-\d{4}\b")
"""A day that ESIS tells of a pupil: of birth, of leaving."""
_KEY = re.compile(r"(?:\b\d{2}[A-Za-z]{2}|\d{2}[A-Z]{2})\d{2}[A-Za-z0-9]{6,}")
"""What looks like a verification code: a BRIN and location number, and letters and digits right after it."""


def scrubbed(text: str, secret: str = "") -> str:
    """A sentence without a key: neither this one nor anything that looks like one, which may stand in a wrong field."""
    if len(secret) >= SHORTEST:
        text = text.replace(secret, _MASK * 8)
    return _KEY.sub(_MASK * 8, text)


def without_key(found: Finding, key: str) -> Finding:
    """A finding without the key, also where that stands in a wrong field."""
    told = (scrubbed(text, key) for text in (found.found, found.expected, found.nearest))
    return Finding(found.rule, found.line, found.column, found.xpath, *told)


def masked_finding(found: Finding, bodies: bool = False) -> Finding:
    """A finding as it may be kept: without what a personal element or attribute holds, unless `bodies` are kept."""
    place = _PLACE.search(found.xpath)
    if bodies or place is None:
        return found
    attribute = _SAID.match(found.found)
    is_open = attribute[1] in _ATTRIBUTES if attribute else place[1] in _OPEN
    if is_open:
        return replace(found, nearest=_DAY.sub(_hidden, found.nearest))
    told, nearest = (_QUOTED.sub(_hidden, text) for text in (found.found, found.nearest))
    told = _WORD.sub(_MASK, told) if _NUMBER.fullmatch(told) else told
    return replace(found, found=told, nearest=_DAY.sub(_hidden, nearest))


def _hidden(text: re.Match[str]) -> str:
    return _WORD.sub(_MASK, text[0])


SHORTEST = 8
"""Characters of a key that is looked for everywhere; a shorter one would hide half a sentence."""


def masked(body: bytes, secret: str = "", bodies: bool = False) -> bytes:
    """The beginning of a message as it may be kept, in UTF-8. `secret`: a key to hide wherever it stands."""
    text = _decoded(body[:KEPT])
    return "".join(_masked(scrubbed(text, secret), bodies)).encode("utf-8", "replace")


@lru_cache(maxsize=32)
def masked_answer(body: bytes, bodies: bool = False) -> bytes:
    """The same for an answer of ours, which has no secrets; the last ones are remembered, for many are the same."""
    return masked(body, "", bodies)


def _decoded(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    if body[:2] in (b"\x00<", b"<\x00"):
        return body.decode("utf-16-be" if body[:1] == b"\x00" else "utf-16-le", "replace")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        cut = error.start >= len(body) - 3
        return body[: error.start].decode() if cut else body.decode("latin-1")


def _masked(text: str, bodies: bool) -> list[str]:
    found: list[str] = []
    stack: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0] != "<":
            found.append(_text(token, stack[-1] if stack else "", bodies))
        elif token[1:2] in ("?", "!"):
            found.append(_declaration(token, stack[-1] if stack else "", bodies))
        else:
            name = _NAME.match(token)
            if name and token[1] == "/":
                found.append(token)
                if stack:
                    stack.pop()
                continue
            found.append(_VALUE.sub(partial(_attribute, bodies=bodies), token) if "=" in token else token)
            if name and not token.endswith("/>"):
                stack.append(name[1])
    return found


def _declaration(token: str, element: str, bodies: bool) -> str:
    """What begins with `<!` or `<?`."""
    if token.startswith(("<![CDATA[", "<!--")):
        opening = "<![CDATA[" if token[2] == "[" else "<!--"
        return opening + _text(token.removeprefix(opening), element, bodies)
    if not token.startswith("<?xml ") and not bodies:
        return _LOOSE.sub(lambda word: _WORD.sub(_MASK, word[0]), token)
    return _VALUE.sub(partial(_attribute, bodies=bodies), token)


def _text(text: str, element: str, bodies: bool) -> str:
    if SECRET in element.lower():
        return _MASK * 8 if text.strip() else text
    if bodies or element in _OPEN or not text.strip():
        return text
    return _WORD.sub(_MASK, text)


def _attribute(found: re.Match[str], bodies: bool) -> str:
    space, _, name = found[1].rpartition(":")
    is_open = bodies or name in _ATTRIBUTES or space in _OWN or name == "xmlns"
    hidden = SECRET in name.lower() or not is_open
    value = _WORD.sub(_MASK, found[3]) if hidden else found[3]
    return f"{found[1]}{found[2]}{value}"
