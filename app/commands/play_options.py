"""The options of `esis play`, in the groups in which its help shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import When

SIZE = "120x36"
GOLDENS, CHOOSING, PLAYING, TELLING, SHOWING, RECORDING = (
    "Gouden schermen",
    "Welke draaiboeken",
    "Hoe er gespeeld wordt",
    "Wat ervan verteld wordt",
    "Demo en handleiding",
    "Een draaiboek opnemen",
)

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="BESTAND[:REGEL]...",
        help="Draaiboeken (*.draaiboek.md), mappen, of namen: iep-lvs, meegeleverd. Met een regel: tot en met de stap "
        "waar die regel in staat.",
    ),
]
CheckOnly = Annotated[bool, typer.Option("--check", help="Controleer, zonder terminal; dit is de gewone stand.")]
Lint = Annotated[
    bool,
    typer.Option(
        "--lint",
        help="Kijk een les na: begin, oplossing, opmerkingen, hints en woorden, in elke variant; ook met --json.",
    ),
]
Update = Annotated[bool, typer.Option("--update", help="Bewaar alle gouden schermen opnieuw.", rich_help_panel=GOLDENS)]
Review = Annotated[
    bool,
    typer.Option(
        "--review", help="Bekijk in deze terminal wat verschilt, en bewaar wat goed is.", rich_help_panel=GOLDENS
    ),
]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        metavar="NAAM,...",
        help="Bewaar deze plaatjes: NAAM, DRAAIBOEK/NAAM of 'DRAAIBOEK/*'.",
        rich_help_panel=GOLDENS,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="NAAM[/STAP]",
        help="Alleen wat zo heet, * voor wat dan ook; met een stap (nummer of titel): tot en met die. Mag vaker.",
        rich_help_panel=CHOOSING,
    ),
]
LastFailed = Annotated[
    bool, typer.Option("--last-failed", help="Alleen wat de vorige keer hier misging.", rich_help_panel=CHOOSING)
]
Shard = Annotated[
    str | None,
    typer.Option(
        "--shard", metavar="DEEL/DELEN", help="Een deel, zoals 2/4; overal hetzelfde.", rich_help_panel=CHOOSING
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="AANTAL",
        min=1,
        max=256,
        help="Zoveel draaiboeken tegelijk; anders zoveel als er processors zijn.",
        rich_help_panel=PLAYING,
    ),
]
Repeat = Annotated[
    int,
    typer.Option(
        "--repeat",
        metavar="KEER",
        min=1,
        max=10_000,
        help="Speel elk zo vaak; elk plaatje moet elke keer gelijk zijn.",
        rich_help_panel=PLAYING,
        show_default=False,
    ),
]
Seeds = Annotated[
    str | None,
    typer.Option(
        "--seed",
        "--seeds",
        metavar="N|1-20",
        help="Welke variant van een draaiboek met 'vary' (1), of welke: 1-20 of 1,4,7.",
        rich_help_panel=CHOOSING,
    ),
]
Watch = Annotated[
    bool,
    typer.Option("--watch", help="Speel opnieuw wat u bewaart in een editor, tot Ctrl+C.", rich_help_panel=PLAYING),
]
Size = Annotated[
    str, typer.Option("--size", metavar="BxH", help="Breedte en hoogte in tekens.", rich_help_panel=PLAYING)
]
Here = Annotated[
    bool,
    typer.Option("--here", help="Op het bestuur van nu, en niet op een eigen bestuur.", rich_help_panel=PLAYING),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="BESTAND", help="Waar verschillen komen (verschillen.html).", rich_help_panel=TELLING
    ),
]
Junit = Annotated[
    Path | None,
    typer.Option("--junit", metavar="BESTAND.xml", help="Bewaar de uitslag als JUnit-XML.", rich_help_panel=TELLING),
]
Artifacts = Annotated[
    Path | None,
    typer.Option(
        "--artifacts",
        metavar="MAP",
        help="Bewaar plaatjes van wat misging: tekst, SVG en PNG.",
        rich_help_panel=TELLING,
    ),
]
Trace = Annotated[
    When | None,
    typer.Option(
        "--trace",
        metavar="fail|on",
        help="Het verloop als pagina: van wat mislukt, of van elk draaiboek.",
        rich_help_panel=TELLING,
    ),
]
TraceFolder = Annotated[
    Path | None,
    typer.Option("--trace-dir", metavar="MAP", help="Waar die pagina's komen (verloop).", rich_help_panel=TELLING),
]
EventLines = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Bij --check en --update: wat er gebeurt als JSON, een object per regel.",
        rich_help_panel=TELLING,
    ),
]
Demo = Annotated[bool, typer.Option("--demo", help="Speel af voor publiek, in deze terminal.", rich_help_panel=SHOWING)]
Presenter = Annotated[
    bool,
    typer.Option(
        "--presenter",
        help="Demo: elke stap wacht op een toets (spatie, → of een presenter), in lichte kleuren voor een beamer.",
        rich_help_panel=SHOWING,
    ),
]
Manual = Annotated[
    Path | None,
    typer.Option(
        "--manual", metavar="MAP", help="Schrijf de handleiding met de plaatjes van nu.", rich_help_panel=SHOWING
    ),
]
Record = Annotated[
    Path | None,
    typer.Option(
        "--record",
        metavar="BESTAND.cast|.mp4|.gif",
        help="Neem de demo op: als asciicast, of als film met ffmpeg.",
        rich_help_panel=SHOWING,
    ),
]
Theme = Annotated[
    str | None,
    typer.Option(
        "--theme",
        metavar="THEMA",
        help="Demo en handleiding: esis-donker, esis-licht of esis-16.",
        rich_help_panel=SHOWING,
    ),
]
Speed = Annotated[
    float,
    typer.Option("--speed", metavar="GETAL", help="Demo: 2 is twee keer zo snel.", rich_help_panel=SHOWING),
]
Roomy = Annotated[bool, typer.Option("--roomy", help="Demo: ruimer, voor een projector.", rich_help_panel=SHOWING)]
Leave = Annotated[bool, typer.Option("--leave", help="Demo: stop aan het eind vanzelf.", rich_help_panel=SHOWING)]
New = Annotated[
    Path | None,
    typer.Option(
        "--new",
        metavar="BESTAND",
        help="Neem een nieuw draaiboek op: wat u in het programma doet.",
        rich_help_panel=RECORDING,
    ),
]
Start = Annotated[
    str | None,
    typer.Option(
        "--start", metavar="BEGINSTAND", help="De beginstand; zie esis reset --to.", rich_help_panel=RECORDING
    ),
]
Role = Annotated[
    str | None,
    typer.Option("--role", metavar="GEBRUIKER", help="Wie al is aangemeld.", rich_help_panel=RECORDING),
]
Location = Annotated[
    str | None, typer.Option("--location", metavar="BRIN6", help="De vestiging.", rich_help_panel=RECORDING)
]
Title = Annotated[str | None, typer.Option("--title", metavar="TITEL", help="De titel.", rich_help_panel=RECORDING)]
