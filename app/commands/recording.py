"""`esis play --record`: a demo as a recording of a terminal (asciicast) or as a film, made without waiting for anything."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING

from app.commands import opening, playing
from app.commands.asking import may_replace
from app.commands.output import tell
from app.commands.session import Session

if TYPE_CHECKING:
    from app.training.scripts.document import Script
    from screens.presenting.recorded import RecordedDemo
    from screens.presenting.reels import Reel

CAST = ".cast"


def record_demo(
    session: Session,
    path: Path,
    out: Path,
    size: str,
    *,
    theme: str,
    speed: float,
    roomy: bool,
    here: bool,
    yes: bool = False,
) -> None:
    """Play and record a demo, as the extension of `out` says. Raises `InvalidScript`, or `Refused` when it failed, cannot be
    written, or when what makes films is not installed.
    """
    from app.exchange.whole_file import whole_file
    from app.refusals import Refused
    from app.training.pictures import parse_size
    from app.training.scripts import film
    from app.training.scripts.document import read

    script, kind, shape = read(path), out.suffix.lower(), parse_size(size)
    if out.exists() and out.samefile(path):
        raise Refused(f"{out} is het draaiboek zelf. Noem met --record een ander bestand.")
    if kind not in (CAST, *film.WAYS):
        raise Refused(f"{out} eindigt niet op .cast, {' of '.join(film.WAYS)}: dat zegt wat er opgenomen wordt.")
    encoder = "" if kind == CAST else film.find_encoder()
    overwrite = may_replace(out, yes)
    opening.prepare()
    say = _Progress()
    with (
        whole_file(out, overwrite, shared=True) as file,
        playing.board_for(script, session if here else None, theme) as (settings, board),
    ):
        from screens.presenting.recorded import RecordedDemo

        app = playing.make_app(script, settings, board, RecordedDemo)
        assert isinstance(app, RecordedDemo)
        app.present(script, speed=speed, roomy=roomy, leave=True, here=here)
        if encoder:
            _film(app, script, shape, file, encoder, kind, say)
        else:
            _cast(app, script, shape, file, say)
    say("")
    tell(f"Opgenomen in {out}, {int(app.at) // 60}:{int(app.at) % 60:02} minuten lang.")


def _cast(app: RecordedDemo, script: Script, size: tuple[int, int], file: IO[bytes], say: _Progress) -> None:
    from app.training.scripts.cast import Cast
    from screens.presenting.reels import CastReel

    cast = Cast(file, size, script.title)
    _play(app, CastReel(cast), script, size, say)
    cast.end(app.at)


def _film(
    app: RecordedDemo,
    script: Script,
    size: tuple[int, int],
    file: IO[bytes],
    encoder: str,
    kind: str,
    say: _Progress,
) -> None:
    from app.files import temporary
    from app.training.scripts import film
    from screens.presenting.reels import FilmReel

    with temporary.folder() as folder, closing(FilmReel(folder)) as reel:
        _play(app, reel, script, size, say)
        pictures = []
        for picture, total in reel.pictures(app.at):
            pictures.append(picture)
            say(f"Beeld {len(pictures)} van {total} is getekend.", passing=True)
        say("De film wordt gemaakt.")
        made = folder / f"film{kind}"
        film.encode(encoder, pictures, made, script.title)
        file.write(made.read_bytes())


def _play(app: RecordedDemo, reel: Reel, script: Script, size: tuple[int, int], say: _Progress) -> None:
    """Play it without a terminal. Raises `PlayFailed`."""
    from app import ending

    steps = len(script.steps) - 1
    app.record(reel, lambda step: say(f"Stap {step} van {steps} wordt opgenomen.") if step else None)
    ending.run(_playing(app, size))
    if app.failed is not None:
        raise app.failed


async def _playing(app: RecordedDemo, size: tuple[int, int]) -> None:
    from screens.driving.unseen import unseen

    async with unseen(app, size) as pilot:
        await app.play(pilot)


class _Progress:
    """Tells how far it is, on stderr as it is before the program takes that: on a terminal in one line."""

    def __init__(self) -> None:
        self._out = sys.stderr

    def __call__(self, sentence: str, *, passing: bool = False) -> None:
        """Tell it; nothing to tell clears the line. What is `passing` is for a terminal only."""
        if self._out.isatty():
            print(f"\r{sentence:<60}\r", end="", file=self._out, flush=True)
        elif sentence and not passing:
            print(sentence, file=self._out, flush=True)
