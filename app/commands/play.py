"""`esis play`: a draaiboek as a test, a demo or the manual, on a board of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.commands.asking import Yes
from app.commands.options import When
from app.commands.playing import files
from app.commands.session import Session

SIZE = "120x36"
SLOWEST, FASTEST = 0.1, 100


def play(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="BESTAND...", help="Draaiboeken (*.draaiboek.md), mappen, of namen: iep-lvs, meegeleverd."
        ),
    ],
    demo: Annotated[bool, typer.Option("--demo", help="Speel af voor publiek, in deze terminal.")] = False,
    check_only: Annotated[
        bool, typer.Option("--check", help="Controleer, zonder terminal; dit is de gewone stand.")
    ] = False,
    manual: Annotated[
        Path | None, typer.Option("--manual", metavar="MAP", help="Schrijf de handleiding met de plaatjes van nu.")
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Bewaar de gouden schermen opnieuw.")] = False,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="BESTAND.cast", help="Neem de demo op (asciicast v2).")
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option("--theme", metavar="THEMA", help="Demo en handleiding: esis-donker, esis-licht of esis-16."),
    ] = None,
    size: Annotated[str, typer.Option("--size", metavar="BxH", help="Breedte en hoogte in tekens.")] = SIZE,
    speed: Annotated[float, typer.Option("--speed", metavar="GETAL", help="Demo: 2 is twee keer zo snel.")] = 1.0,
    roomy: Annotated[bool, typer.Option("--roomy", help="Demo: ruimer, voor een projector.")] = False,
    leave: Annotated[bool, typer.Option("--leave", help="Demo: stop aan het eind vanzelf.")] = False,
    here: Annotated[bool, typer.Option("--here", help="Op het bestuur van nu, en niet op een eigen bestuur.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="BESTAND", help="Waar verschillen komen (verschillen.html).")
    ] = None,
    trace: Annotated[
        When | None,
        typer.Option(
            "--trace", metavar="fail|on", help="Het verloop als pagina: van wat mislukt, of van elk draaiboek."
        ),
    ] = None,
    trace_folder: Annotated[
        Path | None, typer.Option("--trace-dir", metavar="MAP", help="Waar die pagina's komen (verloop).")
    ] = None,
    yes: Yes = False,
    json: Annotated[
        bool, typer.Option("--json", help="Bij --check en --update: wat er gebeurt als JSON, een object per regel.")
    ] = False,
) -> None:
    """Speel een draaiboek: als controle, demo of handleiding."""
    session: Session = context.obj
    if theme and not (demo or record or manual):
        raise typer.BadParameter(
            "--theme hoort bij --demo, --record of --manual; gouden schermen hebben het gewone thema."
        )
    if sum((demo or record is not None, manual is not None, check_only or update)) > 1:
        raise typer.BadParameter("kies een van --check, --demo en --manual.")
    if json and (demo or record or manual):
        raise typer.BadParameter("--json hoort bij --check of --update.")
    if trace and (demo or record or manual):
        raise typer.BadParameter("--trace hoort bij --check of --update.")
    if trace_folder and not trace:
        raise typer.BadParameter("--trace-dir hoort bij --trace: schrijf ook --trace fail of --trace on.")
    if not FASTEST >= speed >= SLOWEST:  # also rejects nan
        raise typer.BadParameter(f"--speed is een getal van {SLOWEST} tot {FASTEST}.")
    if record is not None:
        from app.commands.recording import record_demo

        record_demo(session, _one(paths), record, size, theme=theme, speed=speed, roomy=roomy, here=here, yes=yes)
    elif demo:
        from app.commands.demo import show

        show(session, _one(paths), theme=theme_of(session, theme), speed=speed, roomy=roomy, leave=leave, here=here)
    elif manual is not None:
        from app.commands.manual import write

        write(paths, manual, size, theme_of(session, theme))
    else:
        from app.commands.checking import check
        from app.commands.output import event_writer

        say = event_writer() if json else lambda _event: None
        check(
            session if here else None,
            paths,
            size,
            update=update,
            report=report,
            yes=yes,
            say=say,
            trace=trace,
            trace_folder=trace_folder,
        )


def theme_of(session: Session, chosen: str | None) -> str:
    """The requested theme, otherwise that of the settings. Raises `NotFound` for an unknown one."""
    from app.commands.screenshot import theme_named

    return theme_named(chosen) if chosen else session.settings.theme


def _one(paths: Sequence[Path]) -> Path:
    found = files(paths)
    if len(found) != 1:
        raise typer.BadParameter("een demo is van een draaiboek.")
    return found[0]
