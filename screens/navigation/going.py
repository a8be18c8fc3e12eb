"""The ways from screen to screen and from program to program; who would lose what was filled in is asked first."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen

from app.access import Actor
from fixtures import menu
from screens.shared.base import BaseScreen
from screens.shared.dialogs import Choose, unless_changed
from screens.shared.frame import EsisScreen
from screens.shell.mishap import Standing
from screens.shell.programs import ESIS, partner_programs


class Navigation(Standing):
    """Where one is, and how one comes elsewhere."""

    actor: Actor | None = None
    """Who is signed in to ESIS, and where."""
    has_lessons = True
    """Whether a lesson can be begun from here: not from a lesson."""

    def open_item(self, item: menu.Item) -> None:
        """Open an item of the menu: its screen, or a page that says why not."""
        from screens.start.placeholder import NotAllowedPage, Placeholder

        if self.actor is None:
            return
        self.switch_mode(ESIS)
        reason = self.actor.reason(item.permission) if item.permission else ""
        if item.id == "startpagina":
            self.open_tab(item.title)
        elif reason and item.built:
            self.push_screen(NotAllowedPage(item, reason))
        elif item.built:
            self.push_screen(screen_of(item.screen))
        else:
            self.push_screen(Placeholder(item))

    def open_tab(self, title: str) -> None:
        """Open a tab of the menu: the Startpagina, or the sheet with its headings."""
        from screens.start.sheet import MenuSheet

        tab = next(tab for tab in menu.menu().tabs if tab.title == title)
        if tab.title == "Startpagina":
            unless_changed(self.changed_in(ESIS), self.push_screen, self.to_start)
        elif isinstance(self.screen, MenuSheet):
            self.switch_screen(MenuSheet(tab))
        else:
            self.leave_form(lambda: self.push_screen(MenuSheet(tab)))

    def go_back(self) -> None:
        """Leave the screen, asking first when a form on it was changed."""
        floor = 2 if self.current_mode == ESIS else 1
        if len(self.screen_stack) > floor:
            unless_changed(is_changed(self.screen), self.push_screen, self._pop)

    def _pop(self) -> None:
        self.pop_screen()

    def open_lessons(self) -> None:
        """Oefeningen."""
        self.switch_mode(ESIS)
        self.push_screen(screen_of("screens.lessons.overview:Lessons"))

    def go_to_program(self, program: str) -> None:
        """Bring a program to the front."""
        self.switch_mode(program)

    def action_switch_program(self) -> None:
        """The next program; a list to choose from when there are more than two."""
        programs = [(ESIS, "ESIS"), *((row.id, row.title) for row in partner_programs())]
        if len(programs) == 2:
            self.switch_mode(next(id for id, _ in programs if id != self.current_mode))
            return
        options = [(id, title) for id, title in programs if id != self.current_mode]
        self.push_screen(Choose("Programma kiezen", options), self._switch_to)

    def _switch_to(self, program: str | None) -> None:
        if program:
            self.switch_mode(program)

    def to_start(self) -> None:
        """Back to the Startpagina."""
        self.switch_mode(ESIS)
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if isinstance(self.screen, EsisScreen):
            self.screen.show_clock()
            self.screen.refresh_data()

    def leave_form(self, then: Callable[[], object]) -> None:
        """Go on to another screen; where the form in front was changed, ask first, and put back what it began with."""
        screen = self.screen

        def go() -> None:
            if isinstance(screen, BaseScreen):
                screen.start_again()
            then()

        unless_changed(is_changed(screen), self.push_screen, go)

    def changed_in(self, program: str) -> list[str]:
        """The forms of this program that were changed: it is asked from elsewhere, where they are not in sight."""
        changed = filter(is_changed, self._screen_stacks.get(program, ()))
        return [" > ".join(getattr(screen, "PATH", ()) or (program,)) for screen in changed]

    @property
    def changed_anywhere(self) -> list[str]:
        """The forms of all programs that were changed."""
        return [form for program in self._screen_stacks for form in self.changed_in(program)]

    @property
    def at_stake(self) -> str:
        """What is lost when the program ends now: "form", "lesson" or nothing; a name at the sign-in screen is nothing."""
        return "form" if self.actor is not None and self.changed_anywhere else ""


def is_changed(screen: Screen[Any]) -> bool:
    """Whether leaving a screen would lose what was filled in."""
    return isinstance(screen, BaseScreen) and screen.changed


def screen_of(name: str) -> Screen[Any]:
    """A new screen by its name, `module:Class`."""
    module, _, kind = name.partition(":")
    made: Screen[Any] = getattr(import_module(module), kind)()
    return made
