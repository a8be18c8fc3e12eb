"""The tokens of a line of a draaiboek: texts in double quotes, patterns between slashes, and bare words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.training.scripts.errors import WrongLine

CURLY = "“”„‟"  # the double quotes a word processor makes
_TOKEN = re.compile(
    rf'\s*(?:"((?:[^"\\]|\\["\\])*)"|[{CURLY}]([^{CURLY}"]*)[{CURLY}"]|/((?:[^/\\]|\\.)+)/(?!\S)|([^\s"{CURLY}]+))'
)


class Token(NamedTuple):
    """A word, a text or a pattern."""

    text: str
    around: str
    """`"` of a text, `/` of a pattern, empty of a word."""


def tokens_of(text: str) -> list[Token]:
    """The tokens of a line. Raises `WrongLine` for an unterminated quote."""
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise WrongLine('Een tekst begint met een aanhalingsteken (") en eindigt er niet mee.')
        found.append(_token(*token.groups()))
        place = token.end()
    return found


def _token(quoted: str | None, curly: str | None, pattern: str | None, word: str | None) -> Token:
    if quoted is not None:
        return Token(re.sub(r"\\(.)", r"\1", quoted), '"')
    if curly is not None:
        return Token(curly, '"')
    return Token(pattern.replace(r"\/", "/"), "/") if pattern is not None else Token(word or "", "")


def joined(tokens: Iterable[Token]) -> str:
    """The tokens as a line."""
    return " ".join(map(_written, tokens))


def _written(token: Token) -> str:
    if token.around == '"':
        return '"' + token.text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{token.around}{token.text}{token.around}"
