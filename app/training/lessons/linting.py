"""What is wrong with a lesson, as it is written: `esis play --lint`; what shows when it is played: `app/commands/lint.py`.

Each finding says what, why it matters to a learner, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.training import situations
from app.training.disturbances import KINDS
from app.training.lessons import rules
from app.training.scripts.document import Script, Step

LONGEST_TITLE, LONGEST_TEXT, LONGEST_GOAL, LONGEST_HINT, LONGEST_REMARK = 90, 900, 120, 200, 320
"""Characters of a title, the text of a step, a goal, a hint and a remark: more is not read beside a screen."""
_LONGEST = {
    "goal": ("Het doel", LONGEST_GOAL),
    "hint": ("De hint", LONGEST_HINT),
    "remark": ("De opmerking", LONGEST_REMARK),
}
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
    r"meldt u\s+aan": "meldt u zich aan",
}
"""Words that the program does not use, as a pattern, and what it says instead."""
_INSTEAD = [(re.compile(rf"\b({pattern})\b", re.IGNORECASE), instead) for pattern, instead in WRONG_WORDS.items()]


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
    found += _of_the_teaching(script)
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
        if row.word in _LONGEST:
            name, most = _LONGEST[row.word]
            yield from _long(script, row.line, name, row.given[0], most, row.file)
            yield from _words(script, row.line, row.given[0], row.file)


_TEACHING = {
    "hint": (
        "Wat verklapt is, zoekt niemand meer.",
        "Zeg waar te kijken of wat te doen; voordoen komt pas bij de derde hint.",
    ),
    "remark": (
        "Wie niet weet waarom, leert er niets van.",
        "Schrijf wat er gebeurde, waarom dat niet helpt en waaraan de leerling dat ziet.",
    ),
    "goal": ("In een examen staat alleen het doel.", "Schrijf wat er bereikt is, zonder pad, knop of waarde."),
}
"""The word of a line whose text does not teach (`rules.py`): why that matters, and what to do."""


def _of_the_teaching(script: Script) -> Iterator[Finding]:
    own = str(script.path)
    word_at = {(row.file or own, row.line): row.word for step in script.steps for row in step.commands}
    for one in rules.faults(script):
        why, todo = _TEACHING[word_at.get((one.file, one.line), "hint")]
        yield finding(script, one.line, one.sentence, why, todo, one.file)


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
