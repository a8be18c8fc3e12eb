"""What is wrong with a lesson, as it is written: `esis play --lint`; what shows when it is played: `app/commands/lint.py`.

Each finding says what, why it matters to a learner, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.training import situations
from app.training.disturbances import KINDS
from app.training.scripts import checks
from app.training.scripts.checks import Check
from app.training.scripts.document import Script, Step
from app.training.scripts.grammar import Command

LONGEST_TITLE, LONGEST_TEXT, LONGEST_HINT, LONGEST_REMARK = 90, 900, 200, 320
"""Characters of a title, the text of a step, a hint and a remark: more is not read beside a screen."""
SHORTEST_REMARK = 30
"""Characters: a shorter remark says that something is wrong, but not what or why."""
AUDIENCES = (
    "iedereen",
    "directie",
    "beheerder",
    "administratie",
    "leerkracht",
    "begeleider",
    "leverancier",
    "ontwikkelaar",
    "trainer",
)
"""Who a lesson can be for, as part of a word."""
WRONG_WORDS = {
    r"(in|uit)log(gen|t)?|login": "aanmelden of afmelden",
    r"users?": "gebruiker",
    r"student(en)?": "leerling",
    r"docent(en)?": "leerkracht",
    r"klik(t|ken)?": "kiezen: alles gaat ook met toetsen",
    r"stamgroep(en)?": "basisgroep",
    r"synchronis(eren|eert|atie)": "uitwisseling",
    r"password": "wachtwoord",
    r"buttons?": "knop",
    r"errors?|bugs?": "wat er precies mis is",
    r"script": "draaiboek",
}
"""Words that the program does not use, as a pattern, and what it says instead."""
_INSTEAD = [(re.compile(rf"\b({pattern})\b", re.IGNORECASE), instead) for pattern, instead in WRONG_WORDS.items()]
_BARE = re.compile(r"(dit |dat |het )?(is )?(fout|verkeerd|onjuist|niet goed)\b[^a-z]*", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Finding:
    """Something to mend in a lesson."""

    file: str
    line: int
    what: str
    why: str
    todo: str
    seed: int = 1
    """The variant that it was found in first."""

    def __str__(self) -> str:
        variant = f" (variant {self.seed})" if self.seed != 1 else ""
        return f"{self.file}:{self.line}: {self.what}{variant} {self.why} {self.todo}"


Say = Callable[[int, str, str, str], Finding]


def written(script: Script) -> list[Finding]:
    """What is wrong in how it is written, by line."""
    found = [*_of_the_whole(script)]
    for step in script.steps[1:]:
        found += _of_step(script, step)
    return sorted(set(found))


def finding(script: Script, line: int, what: str, why: str, todo: str, file: str = "") -> Finding:
    """A finding at a line of the draaiboek, or of a file that it includes."""
    return Finding(file or str(script.path), line, what, why, todo, script.seed)


def _of_the_whole(script: Script) -> Iterator[Finding]:
    head = script.lines.get
    if not script.lesson:
        yield finding(
            script,
            head("kind", 1),
            "Dit is geen les.",
            "Een demo doet niemand na.",
            "Haal kind: demo weg om er een les van te maken.",
        )
    if not script.audience:
        yield finding(
            script,
            1,
            "Er staat niet voor wie de les is.",
            "Wie kiest, moet dat weten.",
            "Schrijf bovenaan audience: Directie.",
        )
    elif not any(word in script.audience.casefold() for word in AUDIENCES):
        yield finding(
            script,
            head("audience", 1),
            f"'{script.audience}' is niemand die hier werkt.",
            "Wie kiest, moet weten of de les voor hem is.",
            f"Noem een rol: {', '.join(AUDIENCES)}.",
        )
    if not script.steps[0].text:
        yield finding(
            script,
            script.steps[1].line if len(script.steps) > 1 else 1,
            "Er is geen doel: voor stap 1 staat geen verhaal.",
            "Zonder aanleiding weet niemand waarom hij iets doet.",
            "Vertel voor de eerste stap wat er aan de hand is.",
        )
    yield from _words(script, head("title", 1), script.title)
    yield from _words(script, script.steps[0].line, script.steps[0].text)


def _of_step(script: Script, step: Step) -> Iterator[Finding]:
    yield from _long(script, step.line, "De titel", step.title, LONGEST_TITLE)
    yield from _long(script, step.line, "De tekst van de stap", step.text, LONGEST_TEXT)
    yield from _words(script, step.line, f"{step.title}\n{step.text}")
    if not step.commands:
        yield finding(
            script,
            step.line,
            "In deze stap gebeurt niets.",
            "Er is niets te doen en niets te zien.",
            "Zet er een blok ```esis in, of voeg de tekst bij een andere stap.",
        )
    for row in step.commands:
        if row.word == "hint":
            yield from _of_hint(script, step, row)
        elif row.word == "remark":
            yield from _of_remark(script, row)


def _of_hint(script: Script, step: Step, row: Command) -> Iterator[Finding]:
    text, at, file = row.given[0], row.line, row.file
    yield from _long(script, at, "De hint", text, LONGEST_HINT, file)
    yield from _words(script, at, text, file)
    for answer in answers(script, step):
        if says(text, answer):
            yield finding(
                script,
                at,
                f"De hint verklapt het antwoord: '{answer}'.",
                "Dan valt er niets meer te zoeken.",
                "Zeg waar te kijken of wat te doen; voordoen komt pas bij de derde hint.",
                file,
            )


def _of_remark(script: Script, row: Command) -> Iterator[Finding]:
    text, at, file = row.given[0], row.line, row.file
    yield from _long(script, at, "De opmerking", text, LONGEST_REMARK, file)
    yield from _words(script, at, text, file)
    if len(text) < SHORTEST_REMARK or _BARE.fullmatch(text):
        yield finding(
            script,
            at,
            f"De opmerking '{text}' zegt niet wat er mis is.",
            "Van alleen 'fout' leert niemand iets.",
            "Schrijf wat er gebeurde, wat het gevolg is en hoe het te herstellen is.",
            file,
        )


def answers(script: Script, step: Step) -> list[str]:
    """What a hint at this step may not say: what is filled in or chosen, and what its checks say, unless the story does."""
    typed = [row.given[-1] for row in step.commands if row.word in ("fill", "type", "select")]
    parsed = [checks.parse(row.given[0]) for row in step.commands if row.word == "check"]
    told = f"{script.title}\n{script.steps[0].text}"
    words = [word for check in parsed for word in _words_of(check) if not says(told, word)]
    known = {"esis", *(row.given[0].casefold() for row in step.commands if row.word == "go")}
    found = [text for text in [*typed, *words] if len(text) > 2 and text.casefold() not in known]
    return list(dict.fromkeys([*found, *(check.sentence for check in parsed)]))


_OPEN = ("KEY", "CODE", "NAME", "DAY", "MOMENT", "ROLE")
"""Placeholders of a check in which stands what a learner is to find."""


def _words_of(check: Check) -> Iterator[str]:
    for one in (check, *check.also):
        parts = [part for part in one.kind.written.split() if part.isupper()]
        for part, word in zip(parts, one.given, strict=True):
            if part in _OPEN:
                yield word.replace("_", " ")


def says(text: str, part: str) -> bool:
    """Whether a text says this, as whole words."""
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE))


def _long(script: Script, line: int, name: str, text: str, most: int, file: str = "") -> Iterator[Finding]:
    if len(text) > most:
        yield finding(
            script,
            line,
            f"{name} telt {len(text)} tekens.",
            "Naast een scherm leest niemand zoveel.",
            f"Maak er hoogstens {most} van.",
            file,
        )


def _words(script: Script, line: int, text: str, file: str = "") -> Iterator[Finding]:
    for pattern, instead in _INSTEAD:
        if found := pattern.search(text):
            yield finding(
                script,
                line,
                f"Er staat '{found[0]}'.",
                "Het programma gebruikt dat woord niet.",
                f"Schrijf {instead}.",
                file,
            )
    for name in _fault_names():
        if says(text, name):
            yield finding(
                script,
                line,
                f"Er staat '{name}'.",
                "Dat is de naam van de fout in het draaiboek, en verklapt haar.",
                "Beschrijf wat er te zien is.",
                file,
            )


def _fault_names() -> Iterable[str]:
    """Names of disturbances and starting states that are no words of Dutch."""
    named: Sequence[str] = [row.name for row in situations.all_situations()]
    return [name for name in [*KINDS, *named] if "-" in name or name in ("unreachable", "unmatched")]
