"""The differing screens of draaiboeken, one after another: accept, reject or skip; what is accepted is stored at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from app.refusals import Refused
from app.training.scripts.differences import Difference
from screens.reviewing.pane import Pane
from screens.shared import keys
from screens.shared.key_bar import KeyBar
from screens.shared.sizes import HEIGHTS, WIDTHS, is_narrow
from screens.shared.text import fitted, plain
from screens.shell import themes

NO_CHANGE = "Alleen verschillen die hier niet te zien zijn, zoals witruimte aan het eind."


class Verdict(StrEnum):
    """What somebody said of a screen."""

    OPEN = "○"
    ACCEPTED = "✓"
    REJECTED = "×"
    SKIPPED = "–"


_COLOURS = {Verdict.OPEN: "$label", Verdict.ACCEPTED: "$ok", Verdict.REJECTED: "$bad", Verdict.SKIPPED: "$calm"}


def _key(key: str, action: str, text: str, tooltip: str, *, show: bool = True, priority: bool = False) -> Binding:
    return Binding(key, action, text, show, id=f"review.{action}", tooltip=tooltip, priority=priority)


class ReviewApp(App[None]):
    """The review. Its keys are its own: this is another program than ESIS."""

    TITLE = "Gouden schermen"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS
    CSS = """
    Screen { color: $ink; background: $bg; }
    #top { height: 1; background: $brand; color: $on-brand; padding: 0 1; }
    #about { height: auto; max-height: 3; padding: 0 1; color: $ink; }
    #list { width: 30; height: 1fr; border: round $line; border-title-color: $ink; border-title-style: bold;
            background: $bg; color: $label; padding: 0; }
    #list:focus { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus; }
    #list > .option-list--option-disabled { color: $ink; text-style: bold; }
    #list > .option-list--option-highlighted { color: $ink; background: $here; }
    #list:focus > .option-list--option-highlighted { color: $on-focus; background: $focus; text-style: bold; }
    .-narrow #middle { layout: vertical; }
    .-narrow #list { width: 1fr; height: 6; }
    """
    BINDINGS = [
        _key("a", "accept", "Goed", "Bewaart dit scherm als gouden scherm; een vervallen scherm gaat weg."),
        _key("r", "reject", "Fout", "Bewaart niets: het scherm hoort er niet zo uit te zien."),
        _key("s", "skip", "Later", "Bewaart niets, en gaat naar het volgende."),
        _key("d", "accept_all", "Draaiboek goed", "Bewaart alles wat van dit draaiboek nog open staat."),
        _key("space", "switch", "Wissel", "Toont in plaats van verwacht wat er nu is, en andersom."),
        _key("v", "beside", "Naast elkaar", "Toont verwacht en nu naast elkaar, of om de beurt."),
        _key("n", "next_change", "Volgend verschil", "Gaat naar de volgende regel die verschilt."),
        _key("ctrl+q,escape", "leave", "Stoppen", "Stopt; wat bewaard is, blijft bewaard.", priority=True),
    ]

    def __init__(
        self, differing: Sequence[Difference], accept: Callable[[Difference], object], theme: str = ""
    ) -> None:
        """`accept` stores one; it may raise `Refused`."""
        super().__init__()
        self._differing = sorted(differing, key=lambda one: str(one.path))
        self._accept = accept
        self._verdicts = [Verdict.OPEN] * len(differing)
        self._here = 0
        self._beside: bool | None = None
        """Whether somebody chose to see both; None: as the width allows."""
        self._shows_now = True
        self._row = -1
        for one in themes.looks({}):
            self.register_theme(one)
        self.theme = theme if theme in self.available_themes else themes.DEFAULT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that do not name them."""
        return {} if self.theme in themes.TITLES else themes.tokens_of(self.current_theme, {})

    def get_key_display(self, binding: Binding) -> str:
        """Keys as Dutch help writes them."""
        return keys.key_name(binding.key.split(",")[0])

    @property
    def accepted(self) -> list[Difference]:
        """What was accepted, and is stored."""
        return [one for one, said in zip(self._differing, self._verdicts, strict=True) if said is Verdict.ACCEPTED]

    def compose(self) -> ComposeResult:
        """The list, what is said of the screen in front, and its two pictures."""
        yield Static(id="top")
        yield Static(id="about")
        with Horizontal(id="middle"):
            yield OptionList(id="list")
            yield Pane("Verwacht", id="was")
            yield Pane("Nu", id="now")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first."""
        self.query_one("#list", OptionList).border_title = "Wat verschilt"
        self._list()
        self._show(0)
        self.query_one("#list").focus()

    def on_resize(self) -> None:
        """There is room for both, or not any more."""
        self.call_after_refresh(self._lay_out)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id is not None and int(event.option.id) != self._here:
            self._show(int(event.option.id))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.query_one("#now" if self.query_one("#now").display else "#was").focus()

    def _list(self) -> None:
        """Write the list again, with what was said of each."""
        options: list[Option] = []
        before = None
        for place, one in enumerate(self._differing):
            if one.path != before:
                options.append(Option(plain(one.script), disabled=True))
            before = one.path
            options.append(Option(self._entry(place), id=str(place)))
        listed = self.query_one("#list", OptionList)
        with self.prevent(OptionList.OptionHighlighted):
            listed.clear_options().add_options(options)
            listed.highlighted = listed.get_option_index(str(self._here))

    def _entry(self, place: int) -> Content:
        """A line of the list: the one in front has a mark."""
        said = self._verdicts[place]
        name = plain(fitted(self._differing[place].name, 22))
        return Content.assemble("▶" if place == self._here else " ", (f"{said} ", _COLOURS[said]), name)

    def _show(self, place: int) -> None:
        before = self._here
        self._here, self._shows_now, self._row = place, True, -1
        listed = self.query_one("#list", OptionList)
        for entry in (before, place):
            listed.replace_option_prompt(str(entry), self._entry(entry))
        one = self._differing[place]
        change = one.change()
        was, now = self.query_one("#was", Pane), self.query_one("#now", Pane)
        was.show(one.expected_svg, one.expected_text or "", change, "Er is nog niets bewaard.")
        now.show(one.svg, one.text or "", change, "Geen regel maakt dit scherm nog: a ruimt het op.")
        if one.is_stale:
            self._shows_now = False
        self._tell(one)
        self._lay_out()
        if change is not None and change.runs:
            self.call_after_refresh(self.action_next_change)

    def _tell(self, one: Difference) -> None:
        number, total = self._here + 1, len(self._differing)
        left = sum(said is Verdict.OPEN for said in self._verdicts)
        self.query_one("#top", Static).update(
            plain(f"Gouden schermen │ {one.full_name} │ {number} van {total}, {left} open")
        )
        change = one.change()
        told = one.sentence(update="a")
        if change is not None and not one.is_half:  # where it differs can be seen
            told = f"'{one.name}': {change.words()}." if change.runs else NO_CHANGE
        self.query_one("#about", Static).update(plain(told))

    def _lay_out(self) -> None:
        """Show one picture or both."""
        beside = (not is_narrow(self.screen)) if self._beside is None else self._beside
        was, now = self.query_one("#was", Pane), self.query_one("#now", Pane)
        was.display, now.display = beside or not self._shows_now, beside or self._shows_now

    def action_switch(self) -> None:
        """Show the other one of the two."""
        self._beside, self._shows_now = False, not self._shows_now
        focused = self.focused
        self._lay_out()
        if isinstance(focused, Pane):
            self.query_one("#now" if self._shows_now else "#was").focus()

    def action_beside(self) -> None:
        """Show both, or one at a time."""
        self._beside = not (self.query_one("#was").display and self.query_one("#now").display)
        self._lay_out()

    def action_next_change(self) -> None:
        """Bring the next line that differs into view; after the last the first."""
        change = self._differing[self._here].change()
        rows = change.rows if change else []
        if rows:
            self._row = next((row for row in rows if row > self._row), rows[0])
            for pane in self.query(Pane):
                pane.look_at(self._row)

    def action_accept(self) -> None:
        """Store the one in front."""
        if self._store(self._here):
            self._go_on()

    def action_accept_all(self) -> None:
        """Store all of this draaiboek that is still open."""
        path = self._differing[self._here].path
        for place, one in enumerate(self._differing):
            if one.path == path and self._verdicts[place] is Verdict.OPEN and not self._store(place):
                break
        self._go_on()

    def action_reject(self) -> None:
        """It is wrong: leave it."""
        self._say(Verdict.REJECTED)

    def action_skip(self) -> None:
        """Not now: leave it."""
        self._say(Verdict.SKIPPED)

    def action_leave(self) -> None:
        """Stop."""
        self.exit()

    def _say(self, said: Verdict) -> None:
        if self._verdicts[self._here] is Verdict.ACCEPTED:
            self.notify("Dit scherm is al bewaard.", markup=False)
            return
        self._verdicts[self._here] = said
        self._go_on()

    def _store(self, place: int) -> bool:
        """Store one; False if that is refused, which is said."""
        if self._verdicts[place] is Verdict.ACCEPTED:
            return True
        try:
            self._accept(self._differing[place])
        except Refused as refusal:
            self.notify(refusal.sentence, severity="error", markup=False, timeout=20)
            return False
        self._verdicts[place] = Verdict.ACCEPTED
        return True

    def _go_on(self) -> None:
        """Go to the next that is open; end if there is none."""
        total = len(self._differing)
        after = [place % total for place in range(self._here + 1, self._here + total + 1)]
        place = next((place for place in after if self._verdicts[place] is Verdict.OPEN), None)
        if place is None:
            self.exit()
            return
        self._here = place
        self._list()
        self._show(place)
