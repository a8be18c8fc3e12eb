"""What may be kept of a message: never an autorisatiesleutel, and no personal data unless the owner asked for it.

Works on bytes as they came, well-formed or not: what cannot be read as XML is masked all the same.
"""

from __future__ import annotations

import re

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
_ATTRIBUTES = frozenset(("key", "eckid"))
_TOKEN = re.compile(r"<[^<>]*>?|[^<]+")
_NAME = re.compile(r"</?\s*(?:[\w.-]+:)?([\w.-]+)")
_VALUE = re.compile(r"""([\w:.-]+)(\s*=\s*)("[^"]*"?|'[^']*'?)""")
_WORD = re.compile(r"\w")
SECRET = "autorisatiesleutel"
SECRET_LENGTH = 8
"""A shorter key is masked in its own element only: a key `x` would take every x out of the message."""


def masked(body: bytes, secret: str = "", bodies: bool = False) -> bytes:
    """The beginning of a message as it may be kept, in UTF-8. `secret`: a key to hide wherever it stands."""
    text = _decoded(body[:KEPT])
    if len(secret) >= SECRET_LENGTH:
        text = text.replace(secret, _MASK * 8)
    return "".join(_masked(text, bodies)).encode("utf-8", "replace")


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
        name = _NAME.match(token)
        if name and token.startswith("</"):
            found.append(token)
            if stack:
                stack.pop()
        elif token.startswith("<"):
            found.append(token if bodies else _VALUE.sub(_attribute, token))
            if name and not token.endswith("/>") and not token.startswith(("<?", "<!")):
                stack.append(name[1])
        else:
            found.append(_text(token, stack[-1] if stack else "", bodies))
    return found


def _text(text: str, element: str, bodies: bool) -> str:
    if element == SECRET:
        return _MASK * 8 if text.strip() else text
    if bodies or element in _OPEN or not text.strip():
        return text
    return _WORD.sub(_MASK, text)


def _attribute(found: re.Match[str]) -> str:
    name = found[1].rpartition(":")[2]
    value = _WORD.sub(_MASK, found[3]) if name in _ATTRIBUTES else found[3]
    return f"{found[1]}{found[2]}{value}"
