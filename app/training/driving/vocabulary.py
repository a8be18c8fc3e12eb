"""The one table of what a program may ask of `esis drive`; docs/drive.md and the `commands` reply are made from it.

Texts are Dutch, for the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PROTOCOL = 1
"""The version of the protocol. It rises when something that worked no longer does; what is added does not count."""
SHORT, LONG = 60.0, 600.0
"""Seconds of wall time that a command may take, if the request does not say; the long one where nights may pass."""
PATIENCE = 5.0
"""Seconds of wall time that `expect` waits, if the request does not say."""


class Kind(StrEnum):
    """What an argument is, in JSON."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    SECONDS = "seconds"
    FLAG = "flag"

    @property
    def told(self) -> str:
        """In Dutch."""
        return _TOLD[self]


_TOLD = {
    Kind.TEXT: "een tekst",
    Kind.TEXTS: "een tekst of een lijst van teksten",
    Kind.WHOLE: "een geheel getal van 0 tot en met 9999",
    Kind.SECONDS: "een aantal seconden van 0 tot en met 3600",
    Kind.FLAG: "true of false",
}


class Code(StrEnum):
    """Why a request failed."""

    NOT_JSON = "not-json"
    NOT_A_REQUEST = "not-a-request"
    TOO_LONG = "too-long"
    UNKNOWN_VERSION = "unknown-version"
    UNKNOWN_COMMAND = "unknown-command"
    UNKNOWN_ARGUMENT = "unknown-argument"
    MISSING_ARGUMENT = "missing-argument"
    WRONG_ARGUMENT = "wrong-argument"
    NOT_STARTED = "not-started"
    WRONG_LINE = "wrong-line"
    NOT_ON_SCREEN = "not-on-screen"
    NOT_SO = "not-so"
    CANNOT = "cannot"
    REFUSED = "refused"
    TIMED_OUT = "timed-out"
    STOPPED = "stopped"
    FAULT = "fault"


CODES: dict[Code, str] = {
    Code.NOT_JSON: "de regel is geen JSON",
    Code.NOT_A_REQUEST: "de regel is geen object met een `command`",
    Code.TOO_LONG: "de regel is langer dan een miljoen bytes",
    Code.UNKNOWN_VERSION: "deze versie van het protocol kent het programma niet",
    Code.UNKNOWN_COMMAND: "deze opdracht is er niet; `nearest` is wat er het meest op lijkt",
    Code.UNKNOWN_ARGUMENT: "dit argument heeft de opdracht niet; `nearest` is wat er het meest op lijkt",
    Code.MISSING_ARGUMENT: "een argument dat moet, staat er niet",
    Code.WRONG_ARGUMENT: "een argument kan zo niet",
    Code.NOT_STARTED: "er is nog geen programma open; begin met `start`",
    Code.WRONG_LINE: "een regel is geen regel van een draaiboek; `line` is zijn nummer",
    Code.NOT_ON_SCREEN: "wat genoemd of verwacht wordt, staat niet op het scherm",
    Code.NOT_SO: "een `check`-regel klopt niet",
    Code.CANNOT: "dit kan nu niet op dit scherm",
    Code.REFUSED: "een regel van ESIS laat dit niet toe",
    Code.TIMED_OUT: "het was niet op tijd klaar; begin opnieuw met `start`, want hoe ver het kwam is niet te zeggen",
    Code.STOPPED: "het programma is gestopt (zoals met Ctrl+Q); `start` of `restart` opent het weer",
    Code.FAULT: "een fout van het programma zelf; het bericht noemt waar de bijzonderheden staan",
}
"""What each code means."""


@dataclass(frozen=True)
class Argument:
    """An argument of a command."""

    name: str
    kind: Kind
    does: str
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """Something that can be asked."""

    name: str
    does: str
    arguments: tuple[Argument, ...] = ()
    gives: str = ""
    """What the result has."""
    lasts: float = SHORT
    """Seconds of wall time that it may take, if the request does not say."""

    def argument(self, name: str) -> Argument | None:
        """The argument with this name."""
        return next((one for one in (*self.arguments, *EVERY) if one.name == name), None)


def _text(name: str, does: str, needed: bool = True) -> Argument:
    return Argument(name, Kind.TEXT, does, needed)


EVERY = (
    Argument("id", Kind.TEXT, "komt terug in het antwoord; een tekst of een geheel getal"),
    Argument(
        "timeout", Kind.SECONDS, "hoe lang het hoogstens mag duren; anders 60, en 600 waar een nacht voorbij kan gaan"
    ),
)
"""What every request may have."""


def _who(otherwise: str) -> tuple[Argument, ...]:
    return (
        _text("user", f"wie aanmeldt, zoals `leerkracht6`; leeg is het aanmeldscherm; anders {otherwise}", False),
        _text("location", "de vestiging, zoals `99QQ00`", False),
        _text("size", "breedte x hoogte in tekens, zoals `80x24`", False),
        _text("theme", "`esis-donker` (het gewone), `esis-licht` of `esis-16`", False),
    )


_PART = _text("in", "het deel van het scherm: de regel van een lijst, het veld of het blok met deze tekst", False)
_SEEN = (
    _text("text", "de tekst; dit of `pattern`", False),
    _text("pattern", "een patroon (reguliere expressie)", False),
    _PART,
    Argument("exact", Kind.FLAG, "de hele regel moet gelijk zijn, ook in hoofdletters"),
)
_HOW_LONG = "hoeveel seconden er hoogstens op gewacht wordt"

COMMANDS = (
    Command(
        "hello",
        "Spreekt af welke versie van het protocol het is. Wie het niet zegt, spreekt versie 1.",
        (Argument("protocol", Kind.WHOLE, "de versie"),),
        "`protocol`, `program` (de versie van het programma)",
    ),
    Command("commands", "Deze lijst, voor programma's.", (), "`commands`, `arguments`, `codes`"),
    Command(
        "start",
        "Opent het programma op een nieuw tijdelijk oefenbestuur, of op het bestuur van nu. Wat open was, sluit.",
        (
            _text(
                "board",
                "de beginstand, zoals `esis reset --to` ze kent (anders `begin`); `here` is het bestuur van nu",
                False,
            ),
            _text("at", "de schooltijd, zoals `14-4-2020 09:00`; anders die van de beginstand", False),
            *_who("`rovict`"),
            _text("folder", "de map van de bestanden die een regel noemt, zoals `send file`; anders de huidige", False),
        ),
        lasts=LONG,
    ),
    Command("reset", "Als `start` met wat daar gezegd is: hetzelfde begin, op een nieuw bestuur.", lasts=LONG),
    Command(
        "restart",
        "Sluit het programma en opent het weer, op hetzelfde bestuur zoals het nu is.",
        _who("wie er was"),
        lasts=LONG,
    ),
    Command("stop", "Sluit het programma en ruimt zijn bestuur op."),
    Command(
        "do",
        "Doet regels van een draaiboek, met al zijn woorden; zie [draaiboeken.md](draaiboeken.md).",
        (_text("lines", "een of meer regels"),),
        "`shots`: de plaatjes van `shot`, elk met `name`, `text` en `svg`",
        lasts=LONG,
    ),
    Command("open", "Opent een plek.", (_text("path", "haar pad of het eind ervan, zoals `Beheer > Koppelingen`"),)),
    Command(
        "choose",
        "Kiest een knop, een regel, een tabblad of een antwoord.",
        (_text("label", "wat erop staat"), _text("in", "de regel of het blok met deze tekst", False)),
        lasts=LONG,
    ),
    Command(
        "fill",
        "Vult een veld in; wat erin stond, gaat weg.",
        (_text("field", "de naam van het veld"), _text("text", "wat erin komt")),
    ),
    Command(
        "select", "Kiest in een keuzelijst.", (_text("field", "de naam van het veld"), _text("option", "de keuze"))
    ),
    Command("tick", "Kruist een vakje of een regel aan.", (_text("field", "wat erbij staat"),)),
    Command("untick", "Haalt het kruisje weg.", (_text("field", "wat erbij staat"),)),
    Command(
        "press", "Drukt op toetsen.", (Argument("keys", Kind.TEXTS, "zoals `F2`, of `tab enter`", True),), lasts=LONG
    ),
    Command("type", "Typt waar de cursor staat.", (_text("text", "wat getypt wordt"),)),
    Command("go", "Gaat naar ESIS of naar het programma van een partner.", (_text("program", "zoals `IEP LVS`"),)),
    Command(
        "sign-in", "Meldt aan op het aanmeldscherm, met het wachtwoord van het oefenbestuur.", (_text("user", "wie"),)
    ),
    Command("sign-out", "Meldt af bij ESIS."),
    Command(
        "advance",
        "Zet de schooltijd vooruit; de nacht gebeurt echt.",
        (_text("to", "`morning`, `17:00` of een moment, zoals `1-8-2020 08:00`"),),
        lasts=LONG,
    ),
    Command("scroll", "Bladert tot een tekst te zien is.", (_text("text", "de tekst"),)),
    Command(
        "click",
        "Klikt met de muis op een cel; linksboven is kolom 0, rij 0.",
        (
            Argument("column", Kind.WHOLE, "de kolom", True),
            Argument("row", Kind.WHOLE, "de rij", True),
            Argument("button", Kind.TEXT, "welke knop; anders `left`", choices=("left", "right", "middle")),
            Argument("times", Kind.WHOLE, "hoe vaak: 1, 2 of 3; anders 1"),
        ),
        lasts=LONG,
    ),
    Command("resize", "Geeft het venster een andere maat.", (_text("size", "zoals `80x24`"),)),
    Command("theme", "Geeft het programma een ander thema.", (_text("theme", "zoals `esis-licht`"),)),
    Command(
        "expect",
        "Wacht tot een tekst te zien is, of niet meer. Komt het niet zo ver, dan is dat een fout.",
        (
            *_SEEN,
            Argument("no", Kind.FLAG, "de tekst is niet te zien"),
            Argument("within", Kind.SECONDS, f"{_HOW_LONG}; anders 5"),
        ),
        lasts=LONG,
    ),
    Command("sees", "Of een tekst nu te zien is.", _SEEN, "`sees`"),
    Command(
        "check",
        "Of het bestuur in een toestand is, zoals achter `check` in een draaiboek.",
        (_text("check", "zoals `coupling iep-lvs active`"), Argument("within", Kind.SECONDS, f"{_HOW_LONG}; anders 0")),
        "`holds`, `sentence`",
        lasts=LONG,
    ),
    Command(
        "screen",
        "Het scherm als tekst, en waar het is.",
        (),
        "`text`, `columns`, `rows`, `program`, `path`, `title`, `window`, `user`, `location`, `now`, `messages`",
    ),
    Command("cells", "Het scherm als cellen: per rij stukken van een stijl.", (), "`rows`, `styles`"),
    Command(
        "focus",
        "Wat de focus heeft.",
        (),
        "`focus`: null, of `kind`, `label`, `value`, `line`, `column`, `row`, `width`, `height`",
    ),
    Command(
        "names", "Wat te kiezen en in te vullen is, zoals `choose` en `fill` het kennen.", (), "`choose`, `fields`"
    ),
    Command(
        "picture",
        "Een plaatje van het scherm.",
        (
            Argument(
                "kind",
                Kind.TEXT,
                "`svg`, `png` of `txt`; anders naar de naam van het bestand, of `svg`",
                choices=("svg", "png", "txt"),
            ),
            _text("file", "waar het bewaard wordt; anders staat het in het antwoord", False),
            Argument("replace", Kind.FLAG, "een bestand dat er al is, mag vervangen worden"),
            Argument("still", Kind.FLAG, "eerst zonder meldingen die vanzelf weggaan, zoals `shot`; anders true"),
        ),
        "`kind`, en `file`, `text` (svg, txt) of `base64` (png)",
    ),
)
"""Every command, in the order of the documentation."""
BY_NAME = {command.name: command for command in COMMANDS}
