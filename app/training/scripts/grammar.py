r"""The grammar of a draaiboek: what a line may say, and the messages for lines that are wrong.

A line is a word and its arguments. Texts of the screen are in double quotes, straight or curly (`\\"` is a quote in
one), patterns between slashes (`\\/` is a slash in one); names of the program (a key, a partner, a moment) are written
bare. The grammar is our own; docs/draaiboeken.md documents it from `FORMS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.training.scripts.errors import WrongLine, instead, nearest
from app.training.scripts.tokens import Token, joined, tokens_of

HOLE = re.compile(r"\{([^\W\d_][^{}]*)\}")
"""A column in a line, `{naam}`; not the `{3}` of a pattern."""
_KEYWORD = re.compile("[a-z]{2,}")
_OPTIONAL = re.compile(r"\[([^\]]+)\] ?")


@dataclass(frozen=True)
class Form:
    """One way to write a command.

    Keywords as they are, `"LABEL"` a quoted text, `/PATTERN/` a pattern, `NAME` a word, `REST...` the rest, and
    optional parts in brackets.
    """

    written: str
    does: str
    """A description in Dutch, for the documentation."""


FORMS: dict[str, tuple[Form, ...]] = {
    "open": (
        Form("open PATH...", "Opent een plek: haar pad of het eind ervan, zoals Beheer > Koppelingen > IEP LVS."),
    ),
    "choose": (
        Form('choose "LABEL"', "Kiest een knop, een regel, een tabblad of een antwoord."),
        Form('choose "LABEL" in "ROW"', "Kiest wat bij een regel of in een blok met die tekst staat."),
    ),
    "fill": (Form('fill "FIELD" "TEXT"', "Vult een veld in; wat erin stond, gaat weg."),),
    "select": (Form('select "FIELD" "OPTION"', "Kiest in een keuzelijst."),),
    "tick": (Form('tick "FIELD"', "Kruist een vakje of een regel aan."),),
    "untick": (Form('untick "FIELD"', "Haalt het kruisje weg."),),
    "press": (Form("press KEYS...", "Drukt op toetsen, zoals F2 of tab enter."),),
    "type": (Form('type "TEXT"', "Typt waar de cursor staat."),),
    "go": (Form("go to PROGRAM...", "Gaat naar ESIS of naar het programma van een partner, zoals IEP LVS."),),
    "sign": (
        Form(
            "sign in as USER", "Meldt aan, op het aanmeldscherm dat voor is, met het wachtwoord van het oefenbestuur."
        ),
        Form("sign out", "Meldt af bij ESIS."),
    ),
    "advance": (
        Form("advance until morning", "Zet de schooltijd op de volgende ochtend, 8:00; de nacht gebeurt echt."),
        Form("advance until 17:00", "Zet de schooltijd op 17:00."),
        Form("advance to MOMENT...", "Zet de schooltijd op een moment, zoals 1-8-2020 08:00."),
    ),
    "expect": (
        Form(
            'expect [not] [exact] "TEXT" [in "PART"] [within NUMBER seconds]',
            "Deze tekst is te zien, of komt er binnen vijf seconden of het getal dat er staat; met not: hij is niet te zien.",
        ),
        Form('expect [not] /PATTERN/ [in "PART"] [within NUMBER seconds]', "Hetzelfde voor een patroon."),
        Form(
            'expect [not] focus "LABEL" [in "ROW"] [within NUMBER seconds]',
            "Dit veld, deze knop of deze regel heeft de focus; gevonden zoals fill en choose het vinden.",
        ),
        Form(
            'expect colour MEANING on "TEXT" [in "PART"] [within NUMBER seconds]',
            "Deze tekst is te zien in een kleur die dat betekent, in elk thema; zie de lijst van betekenissen.",
        ),
    ),
    "expect?": (
        Form("expect? ...", "Zoals expect, maar als het niet zo is, gaat het verder; aan het eind klopt het niet."),
    ),
    "scroll": (Form('scroll to "TEXT"', "Bladert tot deze tekst te zien is; hij stond buiten beeld."),),
    "check": (Form("check CHECK...", "De toestand van het bestuur; zie de lijst van controles."),),
    "check?": (Form("check? CHECK...", "Zoals check, maar als het niet zo is, gaat het verder, zoals bij expect?."),),
    "mask": (
        Form(
            'mask "TEXT"',
            "Verbergt deze tekst in elk plaatje hierna, tot het eind van het draaiboek, in de tekens en in de tekening.",
        ),
        Form("mask /PATTERN/", "Hetzelfde voor een patroon."),
    ),
    "shot": (Form("shot NAME", "Een plaatje van het scherm, voor de handleiding en als gouden scherm."),),
    "fault": (
        Form(
            "fault PARTNER KIND",
            "Zet een storing aan: unreachable, slow, half, wrong-code, unmatched of again (eenmalig).",
        ),
        Form("fault PARTNER KIND off", "Zet een storing uit."),
    ),
    "send": (
        Form(
            'send pull [with FIELD "TEXT"]',
            "Een leverancier haalt de leerlinggegevens op bij de UWLR-webservice; met with staat er iets anders in een veld.",
        ),
        Form(
            'send push [with FIELD "TEXT"]',
            "Een leverancier brengt een resultaat van een leerling van groep 6 (rekenen-6).",
        ),
        Form('send file "NAME"', "Een leverancier stuurt dit bericht, een bestand naast het draaiboek."),
    ),
    "for": (
        Form(
            "for each",
            "Als eerste regel van een stap: doet de stap voor elke rij van de tabel erboven, met {kolom} ingevuld.",
        ),
    ),
    "include": (
        Form('include "FILE"', "Voegt de regels in van een bestand in de map van het draaiboek of daaronder."),
    ),
    "goal": (Form('goal "TEXT"', "Les: wat met deze stap bereikt is, niet hoe: niveau 2 en het examen."),),
    "hint": (Form('hint "TEXT"', "Les: de eerste zegt waar te kijken, de tweede wat te doen; nooit het antwoord."),),
    "points": (Form("points NUMBER", "Les: hoeveel punten deze stap in het examen telt, van 1 tot 100."),),
    "remark": (
        Form(
            'remark "TEXT" when CHECK...',
            "Les: een verkeerde weg: wat er gebeurde, waarom het niet helpt, hoe u het ziet.",
        ),
    ),
}
"""Word -> its forms."""
ALIKE: dict[str, dict[str, str]] = {"expect": {"no": "not", "second": "seconds", "color": "colour"}}
"""Word -> what may be written in it too, and the keyword that it is read as."""
SOFT = {"expect?": "expect", "check?": "check"}  # words that note what is wrong and go on, and what they are otherwise
TEXT, PATTERN, FOCUS, COLOUR = range(4)  # the forms of `expect`
TELLING = ("check", "goal", "hint", "points", "remark")  # words that do nothing on the screen


@dataclass(frozen=True)
class Command:
    """A parsed line: its word, the number of its form, the values filled in, and its position."""

    word: str
    form: int
    given: tuple[str, ...]
    line: int
    text: str
    """The text as written."""
    said: frozenset[str] = frozenset()
    """The optional keywords present."""
    soft: bool = False
    """Whether playing goes on when it is not so."""
    file: str = ""
    """The file that the line is in, if it was included; empty: the draaiboek itself."""
    at: int = 0
    """The line of the draaiboek itself at which it is carried out: for an included line, that of its `include`."""
    context: str = ""
    """What a sentence about it adds: the row of a table that it is carried out for, and where it is included."""

    @property
    def for_tests(self) -> bool:
        """Whether a lesson pays no attention to it, though it expects or checks something."""
        return self.soft or (self.word == "expect" and self.form in (FOCUS, COLOUR))


COLUMN = "De tabel heeft geen kolom"


def parse(text: str, line: int = 0, values: Mapping[str, str] | None = None, lacking: str = COLUMN) -> Command:
    """Parse a line as a command, with each `{NAME}` filled in if there are values. Raises `WrongLine`."""
    tokens = tokens_of(text)
    if not tokens:
        raise WrongLine("Hier staat niets.")
    if values is not None:
        telling = tokens[0].text in (*TELLING, *SOFT)  # in a check a name is one word
        bare = {name: value.replace(" ", "_") for name, value in values.items()} if telling else values
        tokens = [
            one._replace(text=filled(one.text, values if one.around else bare, one.around == "/", lacking))
            for one in tokens
        ]
    word = tokens[0].text
    if tokens[0].around or word not in FORMS:
        raise WrongLine(f"'{word}' is geen woord van een draaiboek. {instead(word, FORMS)}")
    plain = SOFT.get(word, word)
    alike = ALIKE.get(plain, {})
    tokens = [
        Token(plain, ""),
        *(one if one.around else Token(alike.get(one.text, one.text), "") for one in tokens[1:]),
    ]
    for number, form in enumerate(FORMS[plain]):
        for written, said in ways(form.written):
            given = _match(written, tokens)
            if given is not None:
                return Command(plain, number, given, line, text.strip(), said, word in SOFT, at=line)
    shown = " of ".join(f"`{word}{form.removeprefix(plain)}`" for form in _likely(plain, tokens))
    raise WrongLine(f"Zo wordt '{word}' niet geschreven.{_meant(plain, tokens)} Schrijf {shown}.")


def filled(text: str, values: Mapping[str, str], pattern: bool = False, lacking: str = COLUMN) -> str:
    """A text with the values in place of each `{NAME}`, in a pattern as they are. Raises `WrongLine`."""

    def value(found: re.Match[str]) -> str:
        if (name := found[1].strip()) not in values:
            raise WrongLine(f"{lacking} '{name}'. {instead(name, values)}")
        return re.escape(values[name]) if pattern else values[name]

    return HOLE.sub(value, text)


def _meant(word: str, tokens: list[Token]) -> str:
    """A question for the first bare word that is nearly a keyword of these forms; empty if there is none."""
    keywords = {found for form in FORMS[word] for found in _KEYWORD.findall(form.written)} - {word}
    for text, around in tokens[1:]:
        if not around and text.isalpha() and text not in keywords and (meant := nearest(text, sorted(keywords))):
            return f" Bedoelt u '{meant}'?"
    return ""


def _likely(word: str, tokens: list[Token]) -> list[str]:
    """The forms that a line comes nearest to: with the most of its keywords, and a text or a pattern if it has one."""
    plain = {one.text for one in tokens[1:] if not one.around}
    around = {one.around for one in tokens[1:]} - {""}
    needed = {form.written: _OPTIONAL.sub("", form.written) for form in FORMS[word]}
    keywords = {written: set(_KEYWORD.findall(need)) - {word} for written, need in needed.items()}
    most = max(len(found & plain) for found in keywords.values())
    near = [one for one, found in keywords.items() if len(found & plain) == most and (most or not found or not around)]
    fitting = [one for one in near if any(mark in needed[one] for mark in around)]
    return fitting or near or list(needed)


@cache
def ways(written: str) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """Each way to write a form, with and without its optional parts; and which keywords are optional."""
    optional = _OPTIONAL.search(written)
    if optional is None:
        return ((tuple(written.split()), frozenset()),)
    before, after = written[: optional.start()], written[optional.end() :]
    own = frozenset(part for part in optional[1].split() if part.islower())
    with_it = ((parts, said | own) for parts, said in ways(f"{before}{optional[1]} {after}"))
    return (*ways(f"{before}{after}"), *with_it)


def _match(written: tuple[str, ...], tokens: list[Token]) -> tuple[str, ...] | None:
    """The values of a form's placeholders; None if the tokens do not match."""
    given: list[str] = []
    for place, part in enumerate(written):
        if part.endswith("..."):
            rest = tokens[place:]
            return (*given, joined(rest)) if rest else None
        if place >= len(tokens):
            return None
        text, around = tokens[place]
        if around != (part[0] if part[0] in '"/' else ""):
            return None
        if part.isupper():
            given.append(text)
        elif text != part:
            return None
    return tuple(given) if len(tokens) == len(written) else None
