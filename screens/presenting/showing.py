"""The third hint of a lesson: the program does the step itself, and after a look round puts the board back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from peewee import PeeweeException

from app.refusals import Refused
from app.training.lessons.putting_back import PuttingBack
from app.training.lessons.tasks import Task
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.grammar import TELLING
from app.training.scripts.playing import Player
from models.base import connected
from models.board import Board
from screens.presenting.signed_in import SignedIn
from screens.shell.esis import EsisApp

CANNOT_SHOW = "Dit kan hier niet worden voorgedaan: ga eerst terug naar waar de stap begint. "
SHOWING = "het wordt voorgedaan."
SHOWN = "kijk rustig rond. Daarna zet Ctrl+L alles terug zoals het was, en doet u het zelf."
NOT_PUT_BACK = "het terugzetten is niet gelukt. Probeer het nog eens met Ctrl+L."
YOUR_TURN = "alles staat weer zoals voor het voordoen. Nu doet u het zelf."
NOT_SHOWN = (*TELLING, "expect", "mask", "shot", "fault", "send")
"""Commands that show nothing, or that are not the learner's."""


class Showing:
    """What is shown, and what puts it back; without `putting_back` what was shown counts."""

    def __init__(
        self, app: EsisApp, player: Player, putting_back: PuttingBack | None, told: Callable[[str], None]
    ) -> None:
        """`told`: what the panel says when it was shown, failed or was put back."""
        self._app, self._player, self._putting_back, self._told = app, player, putting_back, told
        self._put_back: Callable[[], None] | None = None
        self.under_way = False
        """Whether the program is showing, or putting back."""

    @property
    def shown(self) -> bool:
        """Whether the learner looks at what was shown, before it is put back."""
        return self._put_back is not None and not self.under_way

    @property
    def holds(self) -> bool:
        """Whether what is on the board is not the learner's: it does not count."""
        return self.under_way or self._put_back is not None

    def begin(self, task: Task) -> None:
        """Do it; no worker does, for this waits for workers itself."""
        self.under_way = True
        self._running = asyncio.create_task(self._show(task))

    def end(self) -> None:
        """Put back what was shown; the learner goes on."""
        if self._put_back is not None:
            self.under_way = True
            self._running = asyncio.create_task(self._take_back(YOUR_TURN))

    def stop(self) -> None:
        """Show no more: the learner leaves, and no key is pressed where he goes."""
        if self.under_way:
            self._running.cancel()

    def leave(self) -> None:
        """Put it back at once: the learner leaves before he did so."""
        if self._put_back is not None:
            with suppress(PeeweeException):  # else as soon as the lesson is gone on with
                self._put_back()

    async def _show(self, task: Task) -> None:
        told = ""
        try:
            self._was = SignedIn.now(self._app)
            self._put_back = await asyncio.to_thread(self._saved)
            for command in task.commands:
                if command.word not in NOT_SHOWN:
                    await self._player.do(task.steps[-1], command)
        except (PlayFailed, CannotDo) as failed:
            told = CANNOT_SHOW + (failed.mistake.sentence if isinstance(failed, PlayFailed) else failed.sentence)
        except Refused as refusal:
            told = CANNOT_SHOW + refusal.sentence
        finally:
            if self._put_back is not None and told:
                await self._take_back(told)
            else:  # shown, or stopped half-way
                self.under_way = False
                self._told(SHOWN if self._put_back is not None else told or SHOWING)

    def _saved(self) -> Callable[[], None] | None:
        if self._putting_back is None:
            return None
        with connected():
            return self._putting_back.save()

    async def _take_back(self, told: str) -> None:
        """Board and programs as they were, for the same users."""
        app, put_back = self._app, self._put_back
        assert put_back is not None

        def work() -> None:
            with connected():
                put_back()

        app.putting_back = True
        try:
            await app.leave()
            await asyncio.to_thread(work)
            self._put_back = None
            app.board = Board.get_by_id(app.board.id)
            await self._was.again(app)
        except (Refused, PeeweeException):
            told = NOT_PUT_BACK
        finally:
            app.putting_back = self.under_way = False
            self._told(told)
