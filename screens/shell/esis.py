"""The Textual program: who is signed in, which program is in front, and navigation between screens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from app import access, clock
from app.access import NotAllowed, SessionEnded
from app.permissions import Permission
from app.refusals import Refused
from app.settings import Settings
from app.workers import mishaps
from models.base import connected
from models.board import Board, Location, User
from screens.shared import keys
from screens.shared.base import BaseScreen
from screens.shared.dialogs import Dialog, unless_changed
from screens.shared.frame import EsisScreen
from screens.shared.reads_beside import ReadsBeside
from screens.shell import actions, choosing_location, partner_style, real_cursor, still_allowed, themes
from screens.shell.field_keys import do_outside_field, in_field
from screens.shell.guided import Guided
from screens.shell.parsed_once import ParsedOnce
from screens.shell.programs import ESIS, partner_looks, program_of
from screens.shell.real_cursor import RealCursor
from screens.shell.starting_over import began_again, start_over
from screens.shell.watch import Watcher
from screens.start.sign_in import SignIn

if TYPE_CHECKING:
    from screens.shell.entry import Entry


SHEET = Path(__file__).with_name("esis.tcss")
"""What every screen has in common."""
AWAY = ("find", "menu", "school_time", "switch_program")
"""Actions that leave the screen in front."""


class EsisApp(RealCursor, Guided):
    """ESIS in the terminal, with the partner systems one key away."""

    TITLE = "ESIS"
    CSS_PATH = [SHEET, *sorted(path for path in SHEET.parents[1].rglob("*.tcss") if path != SHEET)]
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = ESIS
    BINDINGS = actions.GLOBAL

    class DataChanged(Message):
        """A worker or another program changed something."""

    def __init__(
        self,
        settings: Settings,
        board: Board,
        user: User | None = None,
        location: Location | None = None,
        *,
        on_work: Callable[[], None] = lambda: None,
        way: Callable[[EsisApp], None] = lambda _app: None,
        watch: bool = True,
    ) -> None:
        """Open on a board; `user` skips the sign-in; `on_work` is called when a worker is needed; `way` continues from
        the first screen.
        """
        super().__init__()
        self.settings = settings
        self.board = board
        self._to_watch, self._watcher = watch, cast("Watcher | None", None)
        self.actor = access.actor_for(user, location) if user else None
        self.on_work = on_work
        self._way = way
        self.add_mode(ESIS, SignIn)
        self._open_partners()
        for theme in themes.looks(partner_looks()):
            self.register_theme(theme)
        self.theme = self._theme()
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())
        self.set_keymap(settings.keymap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that do not name them."""
        return {} if self.theme in themes.TITLES else themes.tokens_of(self.current_theme, partner_looks())

    def get_key_display(self, binding: Binding) -> str:
        """Keys as Dutch help writes them; in a browser the ones that a page gets."""
        key = binding.key.split(",")[0]
        return keys.key_name(keys.instead(key, typing=in_field(self.focused)) if self.in_browser else key)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """A letter that no field took is a key with or without Shift: help and footer show capitals. In a field Alt with
        the letter does the same.
        """
        if await super()._check_bindings(key, priority):
            return True
        capital = len(key) == 1 and key.isalpha() and key.isupper()
        if capital and await super()._check_bindings(key.lower(), priority):
            return True
        return not priority and await do_outside_field(self, keys.outside_field(key))

    def on_mount(self) -> None:
        """Open the first screen."""
        real_cursor.show(self, real_cursor.SHOWN)
        if self.actor is not None:
            self._open_start()
        self._way(self)
        self.watch_board()
        if self.board.clock == "real":  # the worker leaves when idle; a real board still needs its nights
            self.set_interval(60, lambda: self.run_worker(self.on_work, thread=True, group="work"))
            self._tell_jump()

    def watch_board(self) -> None:
        """Watch the board that is open now, and no other."""
        if self._watcher is not None:
            self._watcher.stop()
        if self._to_watch:
            note = partial(mishaps.note, self.settings)
            self._watcher = Watcher(self.board.id, self.data_changed, lambda: self.busy, note, self._warn).begin()

    def _open_start(self) -> None:
        from screens.start.home import StartPage

        self.push_screen(StartPage())

    def _warn(self, sentence: str) -> None:
        """From another thread: show something to act on."""
        with suppress(RuntimeError):  # the program is just ending
            self.call_from_thread(self.notify, sentence, severity="error", markup=False, timeout=60)

    def _tell_jump(self) -> None:
        try:
            clock.check_wall(access.board_now(self.board.id))
        except clock.ClockJumped as jumped:
            self.notify(jumped.sentence, severity="warning", markup=False, timeout=20)

    def on_unmount(self) -> None:
        """Leave no thread running, and the cursor as it was."""
        real_cursor.show(self, real_cursor.AS_BEFORE)
        if self._watcher:
            self._watcher.stop()

    def _theme(self) -> str:
        chosen = self.settings.theme or (self.actor.user.theme if self.actor else "")
        return chosen if chosen in self.available_themes else themes.DEFAULT

    def data_changed(self) -> None:
        """Let the screens read again; callable from any thread."""
        self.post_message(self.DataChanged())

    @on(DataChanged)
    def _refresh_screen(self) -> None:
        if self.putting_back:  # whoever is resetting the board continues when that is done
            return
        self.run_worker(self._look_again, thread=True, group="reading", description="reading")

    def _look_again(self) -> None:
        """In a thread: start over with a board that was reset, else let what is in view read again."""
        with connected():
            again = began_again(self.board)
        self.call_from_thread(self._read_again, again)

    def _read_again(self, again: bool) -> None:
        if again:
            self.call_later(start_over, self)
            return
        for screen in self.screen_stack[-2:]:
            if isinstance(screen, ReadsBeside) and not self.busy:  # one that opens may have read what was there before
                screen.read_again() if screen.settled else screen.once_settled(screen.read_again)

    # ---- session

    def signed_in(self, user: User, location: Location | None = None) -> None:
        """Go on as this user."""
        self.actor = access.actor_for(user, location)
        self.theme = self._theme()
        self._open_start()
        self.go_on()

    def sign_out(self) -> None:
        """Afmelden / andere gebruiker: back to the sign-in screen, from anywhere; signs out of the partners too."""
        unless_changed(self.changed_anywhere, self.push_screen, self._sign_out)

    def session_now(self) -> Any:
        """Read what the session is worth now."""
        return still_allowed.session_now(self)

    def follows(self, session: Any) -> bool:
        """Whether what is in view may still be shown; if not, something else comes into view."""
        return still_allowed.follows(self, session)

    def stood(self, error: Exception, *details: Any, **more: Any) -> bool:
        """A screen from before a reset may read missing rows before the watcher sees the reset; that is no error."""
        if began_again(self.board):
            self.call_later(start_over, self)
            return True
        if isinstance(error, NotAllowed | SessionEnded) and not self.follows(self.session_now()):
            return True
        return super().stood(error, *details, **more)

    def _sign_out(self) -> None:
        self.busy = True  # keys typed meanwhile are for the sign-in screen
        self.call_later(self._leave_all)

    async def _leave_all(self) -> None:
        partners = self.partners_signed_in
        await self.leave()
        if partners:
            self.notify(f"U bent afgemeld, ook bij {' en '.join(partners)}.", markup=False)

    async def leave(self) -> None:
        """Go to the sign-in screens; the user is signed out only once the last screen that needs one is gone."""
        try:
            self.clear_notifications()
            await self.switch_mode(ESIS)
            for gone in [self.pop_screen() for _ in self.screen_stack[1:]]:  # all at once: none of them comes into view
                await gone
            for partner in partner_looks():
                await self.remove_mode(partner)
            self._open_partners()
            self.actor = None
            if isinstance(self.screen, SignIn):
                await self.screen.fill()
        finally:
            self.busy = False
        if isinstance(self.screen, BaseScreen):
            self.screen.refresh_data()

    def _open_partners(self) -> None:
        for partner in partner_looks():
            self.add_mode(partner, partial(self._open_partner, partner))

    def _open_partner(self, partner: str) -> Screen[Any]:
        """Its first screen; the sheet with its look is needed from now on."""
        self.stylesheet.add_source(partner_style.style(partner), read_from=("", partner), is_default_css=False)
        return program_of(partner).open()

    def choose_location(self) -> None:
        """Choose another location from those the user has a role at."""
        choosing_location.choose_location(self)

    def use_location(self, location: Location) -> None:
        """Go on at another location, from the Startpagina."""
        assert self.actor is not None
        self.actor = access.at_location(self.actor, location)
        self.to_start()

    def action_menu(self) -> None:
        """To the tabs of ESIS."""
        if isinstance(self.screen, EsisScreen):
            self.screen.focus_tabs()

    def action_find(self) -> None:
        """The palette."""
        from screens.shell.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(), self._run_entry)

    def _run_entry(self, entry: Entry | None) -> None:
        if entry is not None and entry.leaves:
            while isinstance(self.screen, Dialog):  # an open question would lie over the other screen
                self.screen.dismiss(None)
            self.leave_form(entry.run)
        elif entry is not None:
            entry.run()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only for trainers, only where there is a menu; nowhere to go while the board is being reset."""
        if action == "trainer":
            return self.is_trainer
        if action == "menu":
            return bool(self._screen_stack) and isinstance(self.screen, EsisScreen)
        if self.putting_back and action in AWAY:
            return None
        return super().check_action(action, parameters)

    def action_help_quit(self) -> None:
        """Ctrl+C copies or does nothing here; say how to stop."""
        self.notify("Stoppen kan met Ctrl+Q.", markup=False)

    def may(self, permission: Permission) -> bool:
        """Whether the signed-in user may."""
        return self.actor is not None and self.actor.may(permission)

    def report_refusal(self, refusal: Refused) -> None:
        """Show a refusal."""
        self.notify(self.in_keys(refusal.sentence), severity="error", markup=False, timeout=6)
