"""The front matter of a draaiboek: its fields, each with its line, and what `vary` makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from app import clock
from app.refusals import Refused
from app.training import situations
from app.training.scripts import varying
from app.training.scripts.errors import WrongLine, instead
from app.training.scripts.grammar import filled
from app.training.scripts.outline import front_matter
from app.training.scripts.tokens import CURLY
from app.training.scripts.varying import Choice, Place

_FIELD = re.compile("[a-z]+")
_NUMBER = re.compile("[0-9]{1,4}", re.ASCII)
PASS_MARK = 70
"""The percentage of the points that is enough, where the draaiboek does not say."""
FIELDS = {
    "title": "de naam",
    "audience": "voor wie",
    "role": "de gebruiker die aanmeldt, zoals rovict; leeg: het aanmeldscherm",
    "location": "de vestiging, zoals 99QQ00",
    "start": "de schooltijd waarop het begint, zoals 14-4-2020 09:00",
    "board": "de beginstand; zie esis reset --to",
    "difficulty": "1 (makkelijk), 2 of 3",
    "kind": "lesson (ook een les) of demo (alleen laten zien)",
    "points": "wat een stap in het examen telt die het zelf niet zegt; leeg: 1",
    "pass": "hoeveel procent van de punten genoeg is voor het examen; leeg: 70",
    "time": "hoeveel minuten het examen mag duren; leeg: zo lang als nodig",
    varying.FIELD: "wat per variant verschilt; mag vaker (zie Varianten)",
}
"""The fields that the front matter may have."""


class Head:
    """What stands above the steps. A mistake is told with its line, and the field is then as if it were left out."""

    def __init__(self, lines: Sequence[str], seed: int, mistake: Callable[[int, str], object]) -> None:
        """Read it from the lines of the file, as the variant of this seed."""
        self._seed, self._mistake = seed, mistake
        self._fields: dict[str, tuple[str, int]] = {}
        self._choices: list[Choice] = []
        self.size = self._read(lines)
        """The number of lines it takes."""
        self.values: Mapping[str, str] = self._varied()
        """What `vary` gives, by name."""
        value = {name: self._text(name) for name in FIELDS if name != varying.FIELD}
        self.title = value["title"] or self._missing("title")
        self.audience, self.role, self.location = value["audience"], value["role"], value["location"]
        self.start = self._start(value["start"])
        self.board = self._board(value["board"])
        self.difficulty = self._difficulty(value["difficulty"])
        self.lesson = self._lesson(value["kind"])
        self.points = self._number("points", 100) or 1
        self.pass_mark = self._number("pass", 100) or PASS_MARK
        self.minutes = self._number("time", 24 * 60)

    @property
    def lines(self) -> Mapping[str, int]:
        """The line of each field."""
        return {name: line for name, (_, line) in self._fields.items()}

    @property
    def variants(self) -> int:
        """After how many seeds every value has been used."""
        return varying.variants(self._choices)

    def _read(self, lines: Sequence[str]) -> int:
        taken, ends = front_matter(lines)
        if not taken:
            self._mistake(1, "Het bestand begint met --- en dan regels als 'title: ...', tot weer ---.")
        elif not ends:
            self._mistake(1, "Na de regels bovenaan ontbreekt de tweede ---.")
        head = list(enumerate(lines[1 : taken - 1 if ends else taken], 2))
        self._choices, theirs = varying.read(head, self._mistake)
        for line, text in head:
            if text.strip() and line not in theirs:
                self._line(text, line)
        return taken

    def _varied(self) -> dict[str, str]:
        """What `vary` gives for this seed; the other fields may use it."""
        if not self._choices:
            return {}
        board, start, location = (self._fields.get(name, ("", 0))[0] for name in ("board", "start", "location"))
        number = varying.location_number(location)
        with suppress(Refused):  # a wrong one is told with its own line
            begins = clock.parse_moment(start) if start else clock.PRACTICE_START
            found = varying.values_for(self._choices, self._seed, Place(begins, number), self._mistake)
            if start or not board:
                return found
            with suppress(WrongLine):
                place = Place(situations.find(filled(board, found)).begins, number)
                return varying.values_for(self._choices, self._seed, place, lambda _line, _sentence: None)
            return found
        return {}

    def _line(self, text: str, line: int) -> None:
        name, colon, value = (part.strip() for part in text.partition(":"))
        if not (colon and _FIELD.fullmatch(name)) or text[0].isspace():
            self._mistake(line, f"'{text.strip()[:60]}' is geen regel als 'title: De koppeling activeren'.")
        elif name not in FIELDS:
            self._mistake(line, f"'{name}' is hier onbekend. {instead(name, FIELDS)}")
        elif name in self._fields:
            self._mistake(line, f"'{name}' staat er al, in regel {self._fields[name][1]}.")
        else:
            self._fields[name] = (value.strip("\"'" + CURLY), line)

    def _text(self, name: str) -> str:
        """A field, with the values of `vary`; empty if it is not there."""
        text, line = self._fields.get(name, ("", 1))
        try:
            return filled(text, self.values, lacking=varying.LACKING) if self.values else text
        except WrongLine as wrong:
            self._mistake(line, str(wrong))
            return ""

    def _missing(self, name: str) -> str:
        self._mistake(1, f"Bovenaan ontbreekt '{name}': {FIELDS[name]}.")
        return ""

    def _line_of(self, name: str) -> int:
        return self._fields.get(name, ("", 1))[1]

    def _start(self, text: str) -> datetime | None:
        try:
            return clock.parse_moment(text) if text else None
        except Refused as refusal:
            self._mistake(self._line_of("start"), refusal.sentence)
            return None

    def _board(self, text: str) -> str:
        try:
            return situations.find(text).name if text else situations.BEGIN
        except Refused as refusal:
            self._mistake(self._line_of("board"), refusal.sentence)
            return situations.BEGIN

    def _difficulty(self, text: str) -> int:
        if text not in ("", "1", "2", "3"):
            self._mistake(self._line_of("difficulty"), f"'{text}' is geen moeilijkheid. Schrijf 1, 2 of 3.")
        return int(text) if text in ("1", "2", "3") else 1

    def _number(self, name: str, most: int) -> int | None:
        """The whole number of a field; None if it is empty or wrong."""
        text = self._fields.get(name, ("", 1))[0]
        if text and not (_NUMBER.fullmatch(text) and 1 <= int(text) <= most):
            self._mistake(self._line_of(name), f"'{text}' kan niet. Schrijf een getal van 1 tot {most}.")
            return None
        return int(text) if text else None

    def _lesson(self, text: str) -> bool:
        if text not in ("", "lesson", "demo"):
            self._mistake(self._line_of("kind"), f"'{text}' kan niet. Schrijf lesson of demo.")
        return text != "demo"
