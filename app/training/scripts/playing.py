"""Playing a draaiboek: runs its commands one by one through a driver of the program as a user sees it.

The player knows nothing about screens: the driver (`screens/driving/screen_driver.py`) carries out each line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app import access
from app.access import Actor
from app.counted import counted, plural
from app.refusals import Refused
from app.training import disturbances
from app.training.pictures import keys_of
from app.training.scripts import checks
from app.training.scripts.document import Script, Step
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.expecting import Expectation, expected
from app.training.scripts.grammar import Command
from app.training.scripts.masking import Mask, mask
from app.training.scripts.sending import send
from app.training.scripts.shots import Shot, Taken
from fixtures.board_plan import PASSWORD
from models.board import Board

EXAMINER, TRAINER = "rovict", "trainer"


class Driver(Protocol):
    """The program, as a user drives it. Each method raises `CannotDo` if the screen does not support the action."""

    async def open(self, path: str) -> None:
        """Open an item of the menu, or a page of the partner program in front, by the end of its path."""

    async def choose(self, label: str, within: str = "") -> None:
        """Activate a button, a link, a list row or an answer."""

    async def fill(self, label: str, text: str) -> None:
        """Fill in a field."""

    async def select(self, label: str, option: str) -> None:
        """Choose from a drop-down list."""

    async def tick(self, label: str, on: bool) -> None:
        """Tick or untick a box or a row."""

    async def press(self, *keys: str) -> None:
        """Press keys."""

    async def type(self, text: str) -> None:
        """Type at the cursor."""

    async def go_to(self, program: str) -> None:
        """Bring a program to the front."""

    async def sign_in(self, user: str, password: str) -> None:
        """Sign in on the screen in front."""

    async def sign_out(self) -> None:
        """Sign out of ESIS."""

    async def advance(self, to: str) -> None:
        """Advance school time with F9: `morning`, `17:00` or a moment."""

    async def expect(self, expected: Expectation) -> None:
        """Wait until the screen is as expected, as long as that says."""

    async def scroll_to(self, text: str) -> None:
        """Scroll until a text is visible."""

    async def still(self) -> None:
        """Remove transient messages, so that a picture is the same each time."""

    def check_runs(self) -> None:
        """Raise `CannotDo` if the program has stopped."""

    def take(self, masks: Sequence[Mask]) -> Taken:
        """The screen as characters and SVG, with these hidden in both."""

    def shown(self) -> str:
        """The characters on the screen."""

    def picture(self) -> str:
        """The screen as SVG."""


@dataclass
class _Masked:
    """A mask, and what became of it."""

    step: Step
    command: Command
    mask: Mask
    shots: int = 0
    """The number of pictures taken since."""
    used: bool = False
    """Whether it hid something in one of them."""

    @property
    def sentence(self) -> str:
        """Why it is of no use."""
        if not self.shots:
            return "Na deze regel komt geen plaatje (shot) waarin hij iets kan verbergen."
        where = plural(
            self.shots, "niet in het plaatje", f"in geen van de {counted(self.shots, 'plaatje', 'plaatjes')}"
        )
        return f"{self.mask.told} staat {where} hierna, en verbergt dus niets."


class Observer(Protocol):
    """Sees each line being carried out, with the program as it is at that moment."""

    def before(self, step: Step, command: Command) -> None:
        """The line is about to be carried out."""

    def after(self, step: Step, command: Command, wrong: str) -> None:
        """It was carried out, or failed; `wrong` is then the Dutch sentence that says why, and empty otherwise."""


class Player:
    """Plays one draaiboek through a driver."""

    def __init__(
        self,
        script: Script,
        driver: Driver,
        board: Board,
        begun: Callable[[Step], object] = lambda _step: None,
        observer: Observer | None = None,
    ) -> None:
        self.script, self.driver, self.board, self._begun, self._observer = script, driver, board, begun, observer
        self.shots: list[Shot] = []
        self.noted: list[PlayFailed] = []
        """What was wrong while playing went on."""
        self._masks: list[_Masked] = []

    async def play(self) -> list[Shot]:
        """Play all of it; returns its pictures. Raises `PlayFailed` at the first line that fails, or at the end for those
        that were noted.
        """
        for step in self.script.steps:
            self._begun(step)
            for command in step.commands:
                await self.do(step, command)
        self.finish()
        return self.shots

    def finish(self) -> None:
        """The end of what is played. Raises `PlayFailed` for what was noted, and for masks that hid nothing; of a part of a
        draaiboek they may have hidden something later.
        """
        for masked in self._masks if self.script.whole else ():
            if not masked.used:
                self.noted.append(self._failed(masked.step, masked.command, masked.sentence))
        if self.noted:
            *before, last = self.noted
            raise self._with(last, before, whole=True)

    async def do(self, step: Step, command: Command) -> None:
        """Carry out one line. Raises `PlayFailed`, unless it is one at which playing goes on: then it is noted."""
        observer = self._observer
        if observer is not None:
            observer.before(step, command)
        try:
            await self._do(step, command)
            if observer is not None:
                observer.after(step, command, "")
        except (CannotDo, Refused) as wrong:
            if observer is not None:
                observer.after(step, command, wrong.sentence)
            failed = self._failed(step, command, wrong.sentence)
            if not command.soft:
                raise self._with(failed, self.noted) from wrong
            self.noted.append(failed)

    def _failed(self, step: Step, command: Command, sentence: str) -> PlayFailed:
        """A line that failed, with the screen as it is now."""
        mistake, driver = self.script.mistake(command, sentence), self.driver
        return PlayFailed(mistake, driver.shown(), driver.picture(), step=step.number)

    def _with(self, last: PlayFailed, before: Sequence[PlayFailed], *, whole: bool = False) -> PlayFailed:
        """A failure with what was noted before it, and the pictures so far."""
        shown, picture = last.shown, last.picture
        return PlayFailed(last.mistake, shown, picture, self.shots, step=last.step, before=before, whole=whole)

    async def _do(self, step: Step, command: Command) -> None:
        self.driver.check_runs()
        driver, given, form = self.driver, command.given, command.form
        match command.word:
            case "open":
                await driver.open(given[0].strip('"'))
            case "choose":
                await driver.choose(*given)
            case "fill":
                await driver.fill(*given)
            case "select":
                await driver.select(*given)
            case "tick" | "untick":
                await driver.tick(given[0], command.word == "tick")
            case "press":
                await driver.press(*keys_of(given[0].replace('"', "").split()))
            case "type":
                await driver.type(given[0])
            case "go":
                await driver.go_to(given[0].strip('"'))
            case "sign":
                await (driver.sign_in(given[0], PASSWORD) if form == 0 else driver.sign_out())
            case "advance":
                await driver.advance(("morning", "17:00", *given)[form])
            case "expect":
                await driver.expect(expected(command))
            case "scroll":
                await driver.scroll_to(given[0])
            case "check":
                self._check(given[0])
            case "shot":
                await driver.still()
                self._take(step, given[0])
            case "mask":
                self._masks.append(_Masked(step, command, mask(command)))
            case "fault":
                self._fault(given[0], given[1], form == 0)
            case "send":
                send(self.board, command, self.script.path.parent)

    def _take(self, step: Step, name: str) -> None:
        taken = self.driver.take([masked.mask for masked in self._masks])
        for place, masked in enumerate(self._masks):
            masked.shots += 1
            masked.used = masked.used or place in taken.hid
        self.shots.append(Shot(name, step.number, taken.text, taken.svg))

    def examiner(self) -> Actor:
        """The actor for whom checks are evaluated: somebody who can see the whole board."""
        user = access.find_user(self.board, EXAMINER)
        location = access.find_location(self.board, self.script.location) if self.script.location else None
        return access.actor_for(user, location)

    def _check(self, text: str) -> None:
        check = checks.parse(text)
        if not check.holds(self.examiner()):
            raise CannotDo(f"Dit klopt niet: {check.sentence}")

    def _fault(self, partner: str, kind: str, on: bool) -> None:
        disturbances.switch(access.actor_for(access.find_user(self.board, TRAINER)), partner, kind, on)
