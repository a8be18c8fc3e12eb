"""`esis play`: a draaiboek as a test, a demo or the manual, on a board of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import opening
from app.commands.asking import Yes
from app.commands.session import Session

if TYPE_CHECKING:
    from app.settings import Settings
    from app.training.scripts.document import Script, Step
    from app.training.scripts.playing import Shot
    from models.board import Board
    from screens.shell.esis import EsisApp

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
        check(session if here else None, paths, size, update=update, report=report, yes=yes, say=say)


def theme_of(session: Session, chosen: str | None) -> str:
    """The requested theme, otherwise that of the settings. Raises `NotFound` for an unknown one."""
    from app.commands.screenshot import theme_named

    return theme_named(chosen) if chosen else session.settings.theme


def _one(paths: Sequence[Path]) -> Path:
    found = files(paths)
    if len(found) != 1:
        raise typer.BadParameter("een demo is van een draaiboek.")
    return found[0]


def files(paths: Sequence[Path]) -> list[Path]:
    """The draaiboeken among files and folders, and the included ones by name: `iep-lvs`, or `meegeleverd` for all of
    them. Raises `Refused` when there are none.
    """
    from app.refusals import Refused
    from app.training.lessons import catalogue
    from app.training.scripts.document import SUFFIX

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(path.rglob(f"*{SUFFIX}"))
        else:
            found += [path] if path.exists() else catalogue.shipped(str(path))
    if not found:
        raise Refused(f"In {', '.join(map(str, paths))} staat geen bestand dat eindigt op {SUFFIX}.")
    return found


def played(path: Path, size: tuple[int, int]) -> list[Shot]:
    """Play a draaiboek without a terminal, on its own board; return its pictures. Raises `InvalidScript` or
    `PlayFailed`.
    """
    from app.training.scripts.document import read

    return play_through(read(path), None, size)


def play_through(
    script: Script,
    here: Session | None,
    size: tuple[int, int],
    theme: str = "",
    begun: Callable[[Step], object] = lambda _step: None,
) -> list[Shot]:
    """The same for a draaiboek already read; with `here`, on the board of that session. Calls `begun` at the start of
    each step.

    Raises `PlayFailed`.
    """
    from app import ending

    opening.prepare()
    with board_for(script, here, theme) as (settings, board):
        return ending.run(_headless(script, settings, board, size, begun))


@contextmanager
def board_for(script: Script, session: Session | None, theme: str = "") -> Iterator[tuple[Settings, Board]]:
    """A temporary board, or that of the session (`--here`) as it is; with the theme in its settings."""
    from app.refusals import Refused
    from app.training.scripts.sandbox import own_board
    from screens.shared.files import staying_in

    if session is not None:
        if not (session.board.practice and session.settings.database_url.startswith("sqlite:")):
            raise Refused("--here kan alleen op een oefenbestuur in een eigen SQLite-bestand.")
        yield replace(session.settings, theme=theme), session.board
        return
    with own_board(script.board, script.start) as (settings, board):
        folder = Path(settings.database_url.removeprefix("sqlite:///")).parent / "bestanden"
        with staying_in(folder):  # a draaiboek must not read or write its user's files
            yield replace(settings, theme=theme), board


def make_app(script: Script, settings: Settings, board: Board, kind: Callable[..., EsisApp] | None = None) -> EsisApp:
    """The program at the start of the draaiboek: its user signed in. Raises `InvalidScript` for an unknown user or
    place.
    """
    from app import access
    from app.refusals import NotFound
    from app.training.scripts.errors import InvalidScript, Mistake

    wrong = []
    for field, name, find in (
        ("role", script.role, access.find_user),
        ("location", script.location, access.find_location),
    ):
        try:
            if name:
                find(board, name)
        except NotFound as refusal:
            wrong.append(Mistake(str(script.path), script.lines[field], f"Bovenaan: {refusal.sentence}"))
    if wrong:
        raise InvalidScript(wrong)
    return opening.make_app(settings, board, script.role, script.location if script.role else "", kind=kind)


async def _headless(
    script: Script, settings: Settings, board: Board, size: tuple[int, int], begun: Callable[[Step], object]
) -> list[Shot]:
    from app.training.pictures import settle
    from app.training.scripts.playing import Player
    from screens.driving.screen_driver import ScreenDriver

    app = make_app(script, settings, board)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app, pilot)
        return await Player(script, ScreenDriver(app, pilot), board, begun).play()
