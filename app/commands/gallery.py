"""`esis screenshot --all`: every screen in each size as PNG, SVG and text, with a page to view them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from app import ending
from app.commands.asking import may_replace
from app.commands.opening import make_app, prepare
from app.commands.output import tell
from app.commands.screenshot import theme_named
from app.commands.session import DEFAULT_USER, TRAINER, Session
from app.counted import counted

if TYPE_CHECKING:
    from app.settings import Settings
    from app.training.gallery import Screen
    from models.board import Board
    from screens.driving.screen_crawler import Stop
    from screens.shell.esis import EsisApp

SIZES = ("80x24", "120x36", "200x60")
SITUATION = "after-first-night"
"""The starting state of its own board, with results and a logbook."""
Cells = tuple[int, int]


def take_all(
    session: Session,
    folder: Path,
    sizes: Sequence[str],
    as_user: str | None,
    theme: str | None,
    *,
    here: bool,
    yes: bool = False,
) -> None:
    """Save every screen in a folder, for this user, or for all users with different views.

    Raises `Refused` for an unknown size, theme or user, or a folder that cannot be written.
    """
    from app.exchange.whole_file import make_folder
    from app.training import pictures
    from app.training.gallery import INDEX, MARK

    prepare()
    cells = sorted({pictures.parse_size(size) for size in sizes})
    chosen = theme_named(theme or session.settings.theme or "esis-donker")
    make_folder(folder, shared=True)
    again = may_replace(folder / INDEX, yes, MARK)
    with _board(session, here=here) as (settings, board), _pool() as pool:
        camera = Camera(folder, cells, pool, again)
        camera.make_folders()
        seen: set[object] = set()
        for user in _users(session, board, as_user):
            app = make_app(replace(settings, theme=chosen), board, user, session.location if user else None)
            ending.run(camera.follow(app, seen))
        number = camera.finish(chosen)
    tell(
        f"{counted(len(camera.screens), 'scherm', 'schermen')}, "
        f"{counted(number, 'plaatje', 'plaatjes')} en teksten. Begin bij {folder / 'index.html'}"
    )


@contextmanager
def _board(session: Session, *, here: bool) -> Iterator[tuple[Settings, Board]]:
    from app.training.scripts.sandbox import own_board

    if here:
        yield session.settings, session.board
        return
    with own_board(SITUATION) as made:
        yield made


def _pool() -> ProcessPoolExecutor:
    """Processes that convert SVG to PNG: that takes longer than the walk."""
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _users(session: Session, board: Board, as_user: str | None) -> list[str | None]:
    """None, for the sign-in; the user who sees the whole school; and the trainer, if there is one."""
    from models.board import User

    if as_user:
        return [as_user]
    trainer = User.get_or_none(User.board == board, User.name == TRAINER)
    return [None, session.user or DEFAULT_USER, *([TRAINER] if trainer else [])]


def png_of(svg: str) -> bytes:
    """Convert a picture to PNG; runs in a process of the pool."""
    from app.training import pictures

    return pictures.png_of(svg)


@dataclass
class Camera:
    """Takes the pictures during a walk."""

    folder: Path
    sizes: Sequence[Cells]
    pool: ProcessPoolExecutor
    again: bool = False
    """Whether existing pictures may be replaced: they come from an earlier walk, or the user agreed."""
    screens: list[Screen] = field(default_factory=list)
    _developing: list[tuple[str, Future[bytes]]] = field(default_factory=list)

    def make_folders(self) -> None:
        """Make a folder for each size."""
        from app.exchange.whole_file import own_folder
        from app.training.gallery import size_name

        for size in self.sizes:
            own_folder(self.folder / size_name(size))

    async def follow(self, app: EsisApp, seen: set[object]) -> None:
        """Walk as a user."""
        from app.training.pictures import quiet, resize
        from screens.driving.screen_crawler import ScreenCrawler
        from screens.driving.unseen import unseen

        async with unseen(app, self.sizes[0]) as pilot:
            async for stop in ScreenCrawler(app, pilot, seen).stops():
                name = self._name(stop)
                quiet(app)
                for size in [*self.sizes[1:], self.sizes[0]]:
                    await resize(app, pilot, size)
                    self._take(app, name, size)

    def _name(self, stop: Stop) -> str:
        from app.training.gallery import Screen, file_name

        name = file_name(stop.group, stop.title, [screen.name for screen in self.screens])
        self.screens.append(Screen(stop.group, stop.title, name))
        tell(f"{len(self.screens):3}  {stop.group}: {stop.title}")
        return name

    def _take(self, app: EsisApp, name: str, size: Cells) -> None:
        from app.training.gallery import path_of
        from app.training.pictures import svg_of, text_of

        svg = svg_of(app)
        self._keep(path_of(name, size, "svg"), svg)
        self._keep(path_of(name, size, "txt"), text_of(app))
        self._developing.append((path_of(name, size, "png"), self.pool.submit(png_of, svg)))

    def finish(self, theme: str) -> int:
        """Wait for the last picture, and write the page; return the number of files."""
        from app.training.gallery import INDEX, KINDS, page

        for path, png in self._developing:
            self._keep(path, png.result())
        self._keep(INDEX, page(self.screens, self.sizes, theme))
        return len(self._developing) * len(KINDS)

    def _keep(self, path: str, content: str | bytes) -> None:
        from app.exchange.whole_file import FileExists, put
        from app.refusals import Refused

        try:
            put(self.folder / path, content, self.again, shared=True)
        except FileExists as refusal:
            raise Refused(f"{refusal.sentence} Kies een andere map, of voeg --yes toe.") from None
