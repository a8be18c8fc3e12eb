"""A pupil's page: personal data, enrolment, groups, guardians and results, with links to change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Button

from app import targets
from app.permissions import Permission
from app.refusals import Refused
from app.school.people import pupils
from app.school.people.pupils import PupilDetail
from screens.pupils import beside, said, tabs
from screens.pupils.changing import ChangeScreen, MoveScreen
from screens.pupils.guardians import GUARDIAN_KEYS
from screens.pupils.registering import RegisterActions
from screens.pupils.ways import PupilActions
from screens.shared import keys
from screens.shared.choosing_pupil import ChoosePupil
from screens.shared.dialogs import Reading
from screens.shared.facts import Facts, Row
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.program import EsisProgram
from screens.shared.records import RecordList, Rows
from screens.shared.tab_bar import TabBar
from screens.shared.text import paragraphs, plain

GONE = "Deze leerling is uitgeschreven. Schrijf hem of haar eerst opnieuw in (A)."


@dataclass(frozen=True)
class Opened:
    """What the page shows."""

    detail: PupilDetail
    reasons: Mapping[Permission, str]
    """Why the user may not change the pupil, or see results; only what is missing."""
    tab: str
    rows: Sequence[Any]
    """The rows of the tab, if it is a list."""
    around: Sequence[Row]
    """What is around the pupil, beside a tab of facts."""


class PupilPage(RegisterActions):
    """One pupil."""

    SCOPED_CSS = False
    CSS = """
    PupilPage #pupil-name { width: 1fr; padding: 0 1; }
    PupilPage #pupil-told { width: 1fr; padding: 0 1; }
    PupilPage #pupil-reason { width: 1fr; padding: 0 1; margin: 0 0 1 0; color: $hint; }
    PupilPage .pupil-content { height: 1fr; }
    PupilPage .pupil-facts { width: 1fr; height: 1fr; }
    PupilPage .pupil-around { width: 46; height: 1fr; }
    PupilPage.-narrow .pupil-around { display: none; }
    PupilPage.-no-pupil #pupil-ways, PupilPage.-no-pupil #pupil-tabs { display: none; }
    """

    ITEM = "leerlingenadministratie"
    BELOW = ("Leerling",)
    WHICH = "leerling"
    HELP = (
        "Alles over een leerling, op tabbladen: cijfers 1 tot en met 7, of de pijltjes op de rij met namen. Wijzigen gaat "
        "over namen, geboortedatum en geslacht; Verplaatsen zet de leerling in een andere basisgroep; Uitschrijven legt de "
        "laatste dag en de reden vast. Wie is uitgeschreven blijft bewaard en kan opnieuw worden ingeschreven. "
        "Verwijderen is voor wie er bij vergissing staat.\n\n"
        "Op Verzorgers voegt F4 een verzorger toe, Enter wijzigt en Del haalt weg. Koppelingen toont wat elk ander systeem "
        "van deze leerling heeft, Wijzigingen wie wat wanneer veranderde.\n\n"
        "Een ander leerlingnummer geeft u op het tabblad Inschrijving of met A. Wat u vandaag wijzigt, ziet Basispoort na de "
        "komende nacht en IEP LVS een nacht later."
    )
    BINDINGS = [
        keys.CHANGE("change", "Wijzigen", id="pupil.change", tooltip="Wijzigt namen, geboortedatum en geslacht."),
        keys.MOVE(
            "move",
            "Verplaatsen",
            id="pupil.move",
            tooltip="Zet de leerling in een andere basisgroep van dit schooljaar.",
        ),
        *GUARDIAN_KEYS,  # on their own tab Del is for the guardian
        keys.REMOVE(
            "unsubscribe",
            "Uitschrijven",
            id="pupil.unsubscribe",
            tooltip="Schrijft de leerling uit, met datum en reden.",
        ),
        keys.no_key("re_enrol", "Opnieuw inschrijven", id="pupil.re-enrol", tooltip="Maakt de uitschrijving ongedaan."),
        keys.no_key(
            "renumber",
            "Ander leerlingnummer",
            id="pupil.renumber",
            tooltip="Geeft de leerling een ander leerlingnummer.",
        ),
        keys.no_key(
            "delete",
            "Verwijderen",
            id="pupil.delete",
            tooltip="Verwijdert de leerling voorgoed; vraagt om de roepnaam.",
        ),
        *(
            number(
                f"tab('{key}')",
                title,
                id=f"pupil.tab-{key}",
                show=False,
                tooltip=tabs.ABOUT.get(key, f"Tabblad {title}."),
            )
            for number, (key, title) in zip(keys.TABS, tabs.TABS, strict=False)
        ),
    ]

    @classmethod
    def at(cls, _program: EsisProgram, target: targets.PupilPage) -> PupilPage:
        """The page of the pupil with this leerlingnummer."""
        return cls(target.key)

    @classmethod
    def choose_which(cls, program: EsisProgram, then: Callable[[targets.Target], None]) -> bool:
        """Choose a pupil."""
        assert program.actor is not None
        program.push_screen(
            ChoosePupil(program.actor), lambda pupil: then(targets.PupilPage(pupil.key)) if pupil else None
        )
        return True

    def __init__(self, key: str, told: tuple[str, ...] = (), tab: str = "person") -> None:
        """Show the pupil with this leerlingnummer; `told` is what was just done."""
        super().__init__()
        self.key = key
        self._told = told
        self._tab = tab
        self._stepping = False
        """Whether the user goes to another tab, which is not shown yet."""

    def body(self) -> ComposeResult:
        """The name, what was just done, the actions, and the tabs with their contents."""
        yield Label("", id="pupil-name")
        yield Label("", id="pupil-told")
        yield PupilActions(id="pupil-ways")
        yield Label("", id="pupil-reason")
        yield TabBar(tabs.TABS, tabs.LISTS, id="pupil-tabs")
        yield from tabs.compose()

    def read(self) -> Opened | str:
        """The pupil, with what is on the open tab; or why the user may not see it (any more)."""
        actor, tab = self.actor, self._tab
        try:
            detail = pupils.detail(actor, self.key)
        except Refused as refusal:
            return refusal.sentence
        reasons = actor.reasons((Permission.EDIT_PUPILS, Permission.VIEW_RESULTS))
        rows = tabs.rows_of(tab, detail, actor) if tab in tabs.LISTS else ()
        aside = beside.around(actor, detail) if tab not in tabs.LISTS else ()
        return Opened(detail, reasons, tab, rows, aside)

    def show(self, found: Opened | str) -> None:
        """Show the pupil, or only why not."""
        opened = None if isinstance(found, str) else found
        self._detail = opened.detail if opened else None
        self.set_class(opened is None, "-no-pupil")
        for key, _title in tabs.TABS:
            self.query_one(f"#content-{key}").display = opened is not None and key == opened.tab
        if opened is not None:
            self._show_pupil(opened)
        else:
            self.query_one("#pupil-name", Label).update(plain(str(found)))
        self.refresh_bindings()

    def _show_pupil(self, opened: Opened) -> None:
        found = opened.detail
        name = plain(f"{self._full_name()}  ").stylize("bold $ink")
        self.query_one("#pupil-name", Label).update(Content.assemble(name, beside.standing(found)))
        told = self.query_one("#pupil-told", Label)
        told.update(paragraphs("\n".join(self._told)))
        told.display = bool(self._told)
        self._show_ways(opened)
        self._show_tab(opened)
        if self._stepping and opened.tab == self._tab:
            self._stepping = False
            self._focus_tab()

    def _show_tab(self, opened: Opened) -> None:
        """Show the open tab; only its data was read."""
        tab = opened.tab
        self.query_one(TabBar).open(tab)
        if tab in tabs.LISTS:
            listed = self.query_one(f"#pupil-{tab}", RecordList)
            if tab == "results":
                listed.empty = opened.reasons.get(Permission.VIEW_RESULTS) or tabs.EMPTY["results"]
            listed.show(Rows(opened.rows))
        else:
            self.query_one(f"#content-{tab} .pupil-facts Facts", Facts).show(tabs.facts_of(tab, opened.detail))
            self.query_one(f"#content-{tab} .pupil-around Facts", Facts).show(opened.around)

    def _show_ways(self, opened: Opened) -> None:
        """Show the links that fit the pupil's state, dimmed if not allowed."""
        found, reason = opened.detail, opened.reasons.get(Permission.EDIT_PUPILS, "")
        gone = found.pupil.unsubscribed_on is not None
        self.query_one("#pupil-reason", Label).update(plain(reason))
        self.query_one("#pupil-reason").display = bool(reason)
        self.query_one("#way-unsubscribe").display = not gone
        self.query_one("#way-re_enrol").display = gone
        for key in ("change", "unsubscribe", "re_enrol", "delete"):
            self._way(key).block(reason)
        for button in self.query(Button):
            button.disabled = bool(reason)
        self._way("move").block(reason or (GONE if gone else ""))
        self._way("results").block(opened.reasons.get(Permission.VIEW_RESULTS, ""))
        self._way("results").set_text(f"Resultaten ({found.results})")

    def _way(self, key: str) -> Link:
        return self.query_one(f"#way-{key}", Link)

    def reason_for(self, action: str) -> str:
        """The reason that its link gives too."""
        return next((link.reason for link in self.query(f"#way-{action}").results(Link)), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what fits the pupil's state in the footer and the palette."""
        if action in ("change", "move", "unsubscribe", "re_enrol"):
            if self._detail is None:
                return False
            gone = self._detail.pupil.unsubscribed_on is not None
            return {"unsubscribe": not gone, "re_enrol": gone}.get(action, True)
        return super().check_action(action, parameters)

    @on(Link.Chosen, ".way")
    async def _go(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.reason:
            self.show_refusal(Refused(event.link.reason))
        elif event.link.key == "results" and self._detail:
            self.esis.go(targets.PupilLine(self._detail.pupil.id))
        else:
            await self.run_action(event.link.key)

    def action_tab(self, key: str) -> None:
        """Open a tab, and focus its list if it has one."""
        if self._detail is not None:
            self._tab, self._stepping = key, True
            self.refresh_data()

    @on(Link.Chosen, ".page-tab")
    def _open_tab_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_tab(event.link.key)

    @on(DescendantFocus, ".page-tab")
    def _along_the_tabs(self, event: DescendantFocus) -> None:
        """The arrow keys open the tab they come to; the focus that a tab had before another was chosen opens nothing."""
        key = getattr(event.widget, "key", self._tab)
        late = event.widget is not self.focused
        if key != self._tab and self._detail is not None and not self._stepping and not late:
            self._tab = key
            self.refresh_data()

    def focus_start(self) -> None:
        """On the open tab."""
        if self.focused is None and self._detail is not None:
            self._focus_tab()

    def _focus_tab(self) -> None:
        self.set_focus(self.query_one(f"#pupil-{self._tab}" if self._tab in tabs.LISTS else f"#tab-{self._tab}"))

    @on(RecordList.Chosen, "#pupil-results")
    def _show_result(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.app.push_screen(Reading("Resultaat", tabs.result_in_full(event.row)))

    def action_change(self) -> None:
        """Open the form with names, birth date and gender."""
        if self._detail and said.may_edit(self.esis):
            self.app.push_screen(ChangeScreen(self._detail), self._tell)

    def action_move(self) -> None:
        """Open the form with the groups; refused here if the pupil has left."""
        if self._detail and self._way("move").reason:
            self.show_refusal(Refused(self._way("move").reason))
        elif self._detail:
            self.app.push_screen(MoveScreen(self._detail), self._tell)

    @on(RecordList.Chosen, "#pupil-changes")
    def _show_change(self, event: RecordList.Chosen) -> None:
        """Show the change in full, and the pupil as it was afterwards."""
        event.stop()
        if self._detail is not None:
            number, line = self._detail.pupil.id, event.row
            self.look_up(lambda: tabs.change_in_full(number, line), self._read_change)

    def _read_change(self, told: str) -> None:
        self.app.push_screen(Reading("Wijziging", told))
