"""A pupil's page: who it is, enrolment, groups, guardians and results, with the ways to change it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from app import clock
from app.access import Permission
from app.refusals import Refused
from app.school import enrolment, pupils
from app.school.enrolment import Outcome
from app.school.groups import GroupKind
from app.school.names import full_name
from app.school.pupil_form import Gender
from app.school.pupils import PupilDetail
from screens.pupils import routes
from screens.shared.dialogs import Confirm
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs, plain

GROUPS = (
    Column("Schooljaar", lambda group: group.school_year, 10),
    Column("Groep", lambda group: group.name),
    Column("Soort", lambda group: GroupKind(group.kind).label, 15),
)
GUARDIANS = (
    Column("Naam", lambda row: row.name),
    Column("Relatie", lambda row: row.relation, 12, from_width=100),
    Column("E-mail", lambda row: row.email or "geen"),
    Column("Telefoon", lambda row: row.phone or "geen", 14),
)
GONE = "Deze leerling is uitgeschreven. Schrijf hem of haar eerst opnieuw in (F7)."


class PupilActions(ArrowKeys):
    """What can be done with the pupil."""


class PupilPage(EsisScreen):
    """One pupil."""

    HELP = (
        "Alles over een leerling. Wijzigen gaat over namen, geboortedatum en geslacht; Verplaatsen zet de leerling in een "
        "andere basisgroep; Uitschrijven legt de laatste dag en de reden vast. Wie is uitgeschreven blijft bewaard en "
        "kan met F7 opnieuw worden ingeschreven.\n\n"
        "Het leerlingnummer verandert nooit. De verzorgers kunt u hier bekijken, niet wijzigen.\n\n"
        "Wat u vandaag wijzigt, ziet Basispoort na de komende nacht en IEP LVS een nacht later."
    )
    BINDINGS = [
        Binding("f3,w", "change", "Wijzigen", id="pupil.change", tooltip="Wijzigt namen, geboortedatum en geslacht."),
        Binding("f4,v", "move", "Verplaatsen", id="pupil.move",
                tooltip="Zet de leerling in een andere basisgroep van dit schooljaar."),
        Binding("f5,u", "unsubscribe", "Uitschrijven", id="pupil.unsubscribe",
                tooltip="Schrijft de leerling uit, met datum en reden."),
        Binding("f7,o", "re_enrol", "Opnieuw inschrijven", id="pupil.re-enrol",
                tooltip="Maakt de uitschrijving ongedaan."),
    ]  # fmt: skip

    def __init__(self, key: str, told: tuple[str, ...] = ()) -> None:
        """Show the pupil with this leerlingnummer; `told` is what has just been done with it."""
        super().__init__()
        self.key = key
        self.PATH = (*routes.PATH, "Leerling")
        self._told = told
        self._detail: PupilDetail | None = None

    def body(self) -> ComposeResult:
        """Name, what was just done, actions, facts, groups, guardians."""
        yield Label("", id="pupil-name", classes="title")
        yield Label("", id="pupil-told", classes="paragraph")
        with PupilActions(id="pupil-ways"):
            for key, text in (("change", "Wijzigen (F3)"), ("move", "Verplaatsen (F4)"),
                              ("unsubscribe", "Uitschrijven (F5)"), ("re_enrol", "Opnieuw inschrijven (F7)")):  # fmt: skip
                yield Link(text, key=key, id=f"way-{key}", classes="way")
            yield Link("Resultaten", key="results", id="way-results", classes="way")
        yield Label("", id="pupil-reason", classes="note")
        with Horizontal(id="pupil-facts"):
            yield Label("", id="pupil-person", classes="facts")
            yield Label("", id="pupil-enrolment", classes="facts")
        yield Label("Groepen", classes="section")
        yield RecordList(GROUPS, empty="Deze leerling zit nog in geen groep.", id="pupil-groups")
        yield Label("Verzorgers", classes="section")
        yield RecordList(GUARDIANS, empty="Van deze leerling zijn geen verzorgers bekend.", id="pupil-guardians")

    def refresh_data(self) -> None:
        """Read again; a pupil that the user may not see (any more) leaves only the reason."""
        try:
            self._detail = pupils.detail(self.actor, self.key)
        except Refused as refusal:
            self._detail = None
            self.query_one("#pupil-name", Label).update(plain(refusal.sentence))
        self.set_class(self._detail is None, "-no-pupil")
        if self._detail is not None:
            self._show(self._detail)
        self.refresh_bindings()

    def _show(self, found: PupilDetail) -> None:
        pupil = found.pupil
        self.query_one("#pupil-name", Label).update(plain(self._full_name()))
        told = self.query_one("#pupil-told", Label)
        told.update(paragraphs("\n".join(self._told)))
        told.display = bool(self._told)
        self.query_one("#pupil-person", Label).update(_facts(
            ("Leerlingnummer", pupil.key),
            ("Roepnaam", pupil.first_name),
            ("Voorvoegsel", pupil.prefix),
            ("Achternaam", pupil.last_name),
            ("Voorletters", pupil.initials),
            ("Geboortedatum", clock.dutch_date(pupil.birth_date) if pupil.birth_date else ""),
            ("Geslacht", Gender(pupil.gender).label),
        ))  # fmt: skip
        gone = pupil.unsubscribed_on
        self.query_one("#pupil-enrolment", Label).update(_facts(
            ("Status", found.status.label),
            ("Ingeschreven per", clock.dutch_date(pupil.enrolled_from)),
            ("Uitgeschreven per", clock.dutch_date(gone) if gone else ""),
            ("Reden", pupil.unsubscribe_reason),
            ("Groep", found.base_group.name if found.base_group else "geen"),
            ("Leerjaar", pupil.year_group),
            ("Toetsresultaten", str(found.results)),
        ))  # fmt: skip
        self._show_ways(found)
        self._show_rows("#pupil-groups", found.groups)
        self._show_rows("#pupil-guardians", found.guardians)

    def _show_ways(self, found: PupilDetail) -> None:
        """The links that fit the pupil's state, dimmed where they are not allowed."""
        reason = self.actor.reason(Permission.EDIT_PUPILS)
        gone = found.pupil.unsubscribed_on is not None
        self.query_one("#pupil-reason", Label).update(plain(reason))
        self.query_one("#pupil-reason").display = bool(reason)
        self.query_one("#way-unsubscribe").display = not gone
        self.query_one("#way-re_enrol").display = gone
        for key in ("change", "unsubscribe", "re_enrol"):
            self._way(key).block(reason)
        self._way("move").block(reason or (GONE if gone else ""))
        self._way("results").block(self.actor.reason(Permission.VIEW_RESULTS))
        self._way("results").set_text(f"Resultaten ({found.results})")

    def _way(self, key: str) -> Link:
        return self.query_one(f"#way-{key}", Link)

    def _show_rows(self, selector: str, rows: tuple[object, ...]) -> None:
        listed = self.query_one(selector, RecordList)
        listed.styles.height = len(rows) + 1
        listed.can_focus = bool(rows)
        listed.show(Rows(rows))

    def _full_name(self) -> str:
        assert self._detail is not None
        pupil = self._detail.pupil
        return full_name(pupil.first_name, pupil.prefix, pupil.last_name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what fits the pupil's state stands in the footer and the palette."""
        if action in ("change", "move", "unsubscribe", "re_enrol"):
            if self._detail is None:
                return False
            gone = self._detail.pupil.unsubscribed_on is not None
            return {"unsubscribe": not gone, "re_enrol": gone}.get(action, True)
        return super().check_action(action, parameters)

    @on(Link.Chosen, ".way")
    async def _go(self, event: Link.Chosen) -> None:
        from screens.my_esis.pupil_line import PupilLineScreen

        event.stop()
        if event.link.reason:
            self.show_refusal(Refused(event.link.reason))
        elif event.link.key == "results" and self._detail:
            self.app.push_screen(PupilLineScreen(self._detail.pupil.id))
        else:
            await self.run_action(event.link.key)

    def action_change(self) -> None:
        """The form with names, birth date and gender."""
        from screens.pupils.changing import ChangeScreen

        if self._detail and routes.may_edit(self.esis):
            self.app.push_screen(ChangeScreen(self._detail), self._tell)

    def action_move(self) -> None:
        """The form with the groups; a pupil that left is refused by its page."""
        from screens.pupils.changing import MoveScreen

        if self._detail and self._way("move").reason:
            self.show_refusal(Refused(self._way("move").reason))
        elif self._detail:
            self.app.push_screen(MoveScreen(self._detail), self._tell)

    def action_unsubscribe(self) -> None:
        """The form with date and reason."""
        from screens.pupils.changing import UnsubscribeScreen

        if self._detail and routes.may_edit(self.esis):
            self.app.push_screen(UnsubscribeScreen(self._detail), self._tell)

    def action_re_enrol(self) -> None:
        """Ask first."""
        if self._detail and routes.may_edit(self.esis):
            question = Confirm(
                "Opnieuw inschrijven?",
                f"De uitschrijving van {self._full_name()} vervalt: de leerling is weer ingeschreven alsof er niets is gebeurd.",
                "Opnieuw inschrijven",
            )
            self.app.push_screen(question, self._re_enrol)

    def _re_enrol(self, answer: bool | None) -> None:
        if answer and self._detail:
            actor, pupil = self.actor, self._detail.pupil
            self.perform(lambda: enrolment.re_enrol(actor, pupil), self._re_enrolled)

    def _re_enrolled(self, outcome: Outcome) -> None:
        told = f"✓ {self._full_name()} is opnieuw ingeschreven. {routes.seen_elsewhere(self.actor)}"
        self._tell(routes.lines(told, outcome))

    def _tell(self, told: tuple[str, ...] | None) -> None:
        """What was just done, above the facts, until something else is done."""
        if told:
            self._told = told
            self.refresh_data()


def _facts(*pairs: tuple[str, str]):  # type: ignore[no-untyped-def]  # what Label.update takes
    return paragraphs("\n".join(f"{label:<18}{value or '-'}" for label, value in pairs))
