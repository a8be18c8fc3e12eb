"""`esis play`: a draaiboek as a test, a demo or the manual, on a board of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import opening
from app.commands.asking import Yes, may_replace
from app.commands.output import tell
from app.commands.session import Session

if TYPE_CHECKING:
    from app.settings import Settings
    from app.training.scripts.document import Script
    from app.training.scripts.goldens import Difference
    from app.training.scripts.playing import Shot
    from models.board import Board
    from screens.esis import EsisApp

REPORT = "verschillen.html"
SIZE = "120x36"
SLOWEST, FASTEST = 0.1, 100


def play(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="BESTAND...", help="Draaiboeken (*.draaiboek.md) of mappen.")],
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
    size: Annotated[str, typer.Option("--size", metavar="BxH", help="Breedte en hoogte in tekens.")] = SIZE,
    speed: Annotated[float, typer.Option("--speed", metavar="GETAL", help="Demo: 2 is twee keer zo snel.")] = 1.0,
    roomy: Annotated[bool, typer.Option("--roomy", help="Demo: ruimer, voor een projector.")] = False,
    leave: Annotated[bool, typer.Option("--leave", help="Demo: stop aan het eind vanzelf.")] = False,
    here: Annotated[bool, typer.Option("--here", help="Op het bestuur van nu, en niet op een eigen bestuur.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="BESTAND", help=f"Waar verschillen komen ({REPORT}).")
    ] = None,
    yes: Yes = False,
) -> None:
    """Speel een draaiboek: als controle, demo of handleiding."""
    session: Session = context.obj
    if sum((demo or record is not None, manual is not None, check_only or update)) > 1:
        raise typer.BadParameter("kies een van --check, --demo en --manual.")
    if not FASTEST >= speed >= SLOWEST:  # nor for what is no number at all (nan)
        raise typer.BadParameter(f"--speed is een getal van {SLOWEST} tot {FASTEST}.")
    if record is not None:
        from app.commands.recording import record_demo

        record_demo(session, _one(paths), record, size, speed=speed, roomy=roomy, here=here, yes=yes)
    elif demo:
        from app.commands.demo import show

        show(session, _one(paths), speed=speed, roomy=roomy, leave=leave, here=here)
    elif manual is not None:
        from app.commands.manual import write

        write(paths, manual, size)
    else:
        check(session, paths, size, here=here, update=update, report=report, yes=yes)


def _one(paths: Sequence[Path]) -> Path:
    if len(paths) != 1:
        raise typer.BadParameter("een demo is van een draaiboek.")
    return paths[0]


def check(
    session: Session,
    paths: Sequence[Path],
    size: str,
    *,
    here: bool,
    update: bool,
    report: Path | None,
    yes: bool = False,
) -> None:
    """Play each without a terminal and compare its pictures with the golden screens. Raises `Refused` with everything
    that failed; what differs is also written as a page.
    """
    from app.refusals import Refused
    from app.training import pictures
    from app.training.scripts import goldens

    cells, failed, differing = pictures.parse_size(size), [], []
    found_files, page = files(paths), report or Path(REPORT)
    again = not update and _may_report(page, found_files, yes)
    for path in found_files:
        try:
            shots = played(session, path, cells, here=here)
        except Refused as refusal:
            failed.append(refusal.sentence)
            continue
        if update:
            tell(f"{path.name}: in orde; {goldens.keep(path, shots)} van {len(shots)} gouden schermen bewaard")
            continue
        found = goldens.compare(path, shots)
        differing += found
        failed += [f"{path}: {one.sentence}" for one in found]
        if not found:
            tell(f"{path.name}: in orde, {len(shots)} gouden schermen gelijk")
    if differing:
        failed.append(f"De verschillen staan naast elkaar in {_write_report(page, differing, again)}.")
    if failed:
        raise Refused("\n\n".join(failed))


def _may_report(page: Path, scripts: Sequence[Path], yes: bool) -> bool:
    """Whether a page of differences that is there may be replaced. Raises `Refused`, before anything is played."""
    from app.refusals import Refused
    from app.training.scripts.goldens import MARK

    if not os.path.lexists(page):
        return False
    if any(script.exists() and page.exists() and page.samefile(script) for script in scripts):
        raise Refused(f"{page} is het draaiboek zelf. Noem met --report een ander bestand.")
    return may_replace(page, yes, MARK)


def _write_report(page: Path, differing: Sequence[Difference], again: bool) -> Path:
    from app.training.scripts import goldens
    from screens.shared.files import save_text

    text = goldens.page("Verschillen met de gouden schermen", differing)
    return save_text(page, text, overwrite=again, shared=True)


def files(paths: Sequence[Path]) -> list[Path]:
    """The draaiboeken among files and folders. Raises `Refused` where there is none."""
    from app.refusals import Refused
    from app.training.scripts.document import SUFFIX

    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
    if not found:
        raise Refused(f"In {', '.join(map(str, paths))} staat geen bestand dat eindigt op {SUFFIX}.")
    return found


def played(session: Session | None, path: Path, size: tuple[int, int], *, here: bool = False) -> list[Shot]:
    """Play a draaiboek without a terminal; its pictures. Raises `InvalidScript` or `PlayFailed`."""
    import asyncio  # above, it would be a quarter of the time of every command (measured)

    from app.training.scripts.document import read

    opening.prepare()
    script = read(path)
    with board_for(script, session if here else None) as (settings, board):
        return asyncio.run(_headless(script, settings, board, size))


@contextmanager
def board_for(script: Script, session: Session | None) -> Iterator[tuple[Settings, Board]]:
    """A board of its own that is gone afterwards, or that of the session (`--here`), as it stands."""
    from app.refusals import Refused
    from app.training.scripts.sandbox import own_board
    from screens.shared.files import staying_in

    if session is not None:
        if not (session.board.practice and session.settings.database_url.startswith("sqlite:")):
            raise Refused("--here kan alleen op een oefenbestuur in een eigen SQLite-bestand.")
        yield session.settings, session.board
        return
    with own_board(script.board, script.start) as (settings, board):
        folder = Path(settings.database_url.removeprefix("sqlite:///")).parent / "bestanden"
        with staying_in(folder):  # a draaiboek reads and writes nothing of its user's
            yield settings, board


def make_app(script: Script, settings: Settings, board: Board, kind: Callable[..., EsisApp] | None = None) -> EsisApp:
    """The program as the draaiboek begins: its user signed in. Raises `InvalidScript` for a user or place that is not there."""
    from app.refusals import NotFound
    from app.training.scripts.errors import InvalidScript, Mistake

    try:
        return opening.make_app(settings, board, script.role, script.location if script.role else "", kind=kind)
    except NotFound as wrong:
        raise InvalidScript([Mistake(str(script.path), 1, f"Bovenaan: {wrong.sentence}")]) from wrong


async def _headless(script: Script, settings: Settings, board: Board, size: tuple[int, int]) -> list[Shot]:
    from app.training.pictures import settle
    from app.training.scripts.playing import Player
    from screens.stage import ScreenStage

    app = make_app(script, settings, board)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app, pilot)
        return await Player(script, ScreenStage(app, pilot), board).play()
