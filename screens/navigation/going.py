"""Navigation between screens and programs; before input would be lost, the user is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from app import targets
from app.permissions import Permission
from app.refusals import Refused
from app.targets import MenuItem, MenuTab, PartnerPage, Target
from fixtures import menu
from screens.navigation.places import Place, place_of
from screens.shared.base import BaseScreen
from screens.shared.dialogs import Choose, unless_changed
from screens.shared.frame import EsisScreen
from screens.shell.mishap import Standing
from screens.shell.programs import ESIS, partner_names

START = "Startpagina"


class Navigation(Standing):
    """Where the user is, and how to get elsewhere."""

    _wanted: Target | None = None
    """Where to go once somebody is signed in."""

    def go(self, target: Target) -> None:
        """Open a place in the program, or say why not; places in ESIS wait until somebody is signed in there."""
        try:
            if isinstance(target, PartnerPage):
                from screens.navigation.arriving import open_page

                open_page(self, target.partner, target.page)
                return
            place = place_of(target)
            if place is not None and place.window:
                self._show_place(place, target)
            elif self.actor is None:
                self._wanted = target
            else:
                self._go_in_esis(target, place)
        except Refused as refusal:
            self.report_refusal(refusal)

    def go_on(self) -> None:
        """Go where the user wanted to go before signing in."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.go(wanted)

    def has(self, target: Target) -> bool:
        """Whether there is a screen that shows it."""
        return place_of(target) is not None

    def _go_in_esis(self, target: Target, place: Place | None) -> None:
        assert self.actor is not None
        if place is not None and place.permission is not None:
            self.actor.require(place.permission)
        self.switch_mode(ESIS)
        if target in (MenuItem("startpagina"), MenuTab(START)):
            unless_changed(self.changed_in(ESIS), self.push_screen, self.to_start)
        elif isinstance(target, MenuItem):
            self._open_item(menu.item_by_id(target.id), place)
        elif isinstance(target, MenuTab):
            from screens.start.sheet import MenuSheet

            sheet = MenuSheet(next(tab for tab in menu.menu().tabs if tab.title == target.title))
            self.leave_form(lambda: self._bring(sheet))
        elif place is not None:
            self._show_place(place, target)

    def _open_item(self, item: menu.Item, place: Place | None) -> None:
        """The screen of a menu item, or a page that says why not."""
        from screens.start.placeholder import NotAllowedPage, Placeholder

        assert self.actor is not None
        if place is None:
            self._bring(Placeholder(item))
        elif reason := self.actor.reason(item.permission) if item.permission else "":
            self._bring(NotAllowedPage(item, reason))
        else:
            self._show_place(place, MenuItem(item.id))

    def _show_place(self, place: Place, target: Target) -> None:
        made = place.kind.at(self, target)
        if isinstance(made, Target):
            self.go(made)
        elif made is not None:
            self._bring(made)

    def _bring(self, screen: Screen[Any]) -> None:
        """Bring it into view: over the screen in front, or in its place."""
        word = getattr(screen, "SIBLINGS", "")
        beside = word and getattr(self.screen, "SIBLINGS", "") == word
        self.switch_screen(screen) if beside else self.push_screen(screen)

    def go_back(self) -> None:
        """Leave the screen, asking first if a form on it was changed."""
        floor = 2 if self.current_mode == ESIS else 1
        if len(self.screen_stack) > floor:
            unless_changed(is_changed(self.screen), self.push_screen, self._pop)

    def _pop(self) -> None:
        self.pop_screen()

    def action_school_time(self) -> None:
        """F9."""
        from screens.school_time.clock import SchoolTime

        if not isinstance(self.screen, SchoolTime):
            self.go(targets.SchoolTime())

    def action_explain(self) -> None:
        """F1."""
        from screens.help.explain import Explain

        if not isinstance(self.screen, Explain):
            self.push_screen(Explain(self.screen))

    def action_stop(self) -> None:
        """Stop, asking first if a form was changed."""
        unless_changed(self.changed_anywhere, self.push_screen, self.exit)

    @property
    def is_trainer(self) -> bool:
        """Whether the signed-in user has the role Trainer anywhere."""
        return self.actor is not None and self.actor.had(Permission.SET_FAULTS)

    @property
    def _program(self) -> str:
        """The program in front; the trainer's screens are one for those who switch."""
        word = targets.TrainerPage.WORD
        return word if getattr(self.screen, "SIBLINGS", "") == word else self.current_mode

    def action_switch_program(self) -> None:
        """The next program; a list to choose from if there are more than two."""
        programs = [(ESIS, "ESIS"), *partner_names().items()]
        if self.is_trainer:
            programs.append((targets.TrainerPage.WORD, "Trainer"))
        options = [(id, title) for id, title in programs if id != self._program]
        if len(options) == 1:
            self._switch_to(options[0][0])
        else:
            self.push_screen(Choose("Programma kiezen", options), self._switch_to)

    def _switch_to(self, program: str | None) -> None:
        if program == targets.TrainerPage.WORD:
            self.action_trainer()
        elif program == self.current_mode:
            self.go_back()
        elif program:
            self.switch_mode(program)

    def action_trainer(self) -> None:
        """The trainer's screens; those of ESIS stay below them."""
        page = targets.TrainerPage()
        if self._program != page.WORD:
            unless_changed(self.changed_in(ESIS), self.push_screen, lambda: self.go(page))

    def to_start(self) -> None:
        """Back to the Startpagina."""
        self.switch_mode(ESIS)
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if isinstance(self.screen, EsisScreen) and self.screen.is_mounted:
            self.screen.refresh_data()

    def leave_form(self, then: Callable[[], object]) -> None:
        """Go to another screen; if the form in front was changed, ask first and reset it."""
        screen = self.screen

        def go() -> None:
            if isinstance(screen, BaseScreen):
                screen.start_again()
            then()

        unless_changed(is_changed(screen), self.push_screen, go)

    def changed_in(self, program: str) -> list[str]:
        """The changed forms of this program: the question is asked from elsewhere, where they are out of sight."""
        changed = filter(is_changed, self._screen_stacks.get(program, ()))
        return [" > ".join(getattr(screen, "PATH", ()) or (program,)) for screen in changed]

    @property
    def changed_anywhere(self) -> list[str]:
        """The changed forms of all programs."""
        return [form for program in self._screen_stacks for form in self.changed_in(program)]

    @property
    def partners_signed_in(self) -> list[str]:
        """The partners where somebody is signed in: those whose program has a page above the sign-in."""
        stacks = self._screen_stacks
        return [name for partner, name in partner_names().items() if any(map(is_page, stacks.get(partner, ())[1:]))]

    @property
    def at_stake(self) -> str:
        """What is lost if the program ends now: "form", "lesson" or nothing; a typed sign-in name does not count."""
        return "form" if self.actor is not None and self.changed_anywhere else ""


def is_page(screen: Screen[Any]) -> bool:
    """Whether it is more than a window over a page."""
    return isinstance(screen, BaseScreen)


def is_changed(screen: Screen[Any]) -> bool:
    """Whether leaving a screen would lose input."""
    return isinstance(screen, BaseScreen) and screen.changed
