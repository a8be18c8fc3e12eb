"""Resultaten uitsluiten: excluding a group's results from every count, with a reason, or counting them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.counted import counted, plural
from app.school.assessment import exclusions
from app.school.assessment.catalogue import Assessment
from app.school.assessment.exclusions import ResultLine
from app.targets import PupilLine
from models.school import Group
from screens.assessments.group_screen import ALL, ChoiceBar, Groups, GroupScreen
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Choose, Confirm
from screens.shared.figures import level_part
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

NOTHING = (
    "De leerlingen van deze groep hebben nog geen resultaten{}. Kies met G een andere groep, of met F een andere toets."
)


@dataclass(frozen=True)
class Results:
    """What the screen shows: the groups, and the assessments and results of the chosen one."""

    groups: Groups
    assessments: Sequence[Assessment] = ()
    rows: Sequence[ResultLine] = ()


class ExcludingScreen(GroupScreen):
    """The results of a group's pupils, and whether each counts."""

    ITEM = "resultaten-uitsluiten"
    HELP = (
        "De resultaten van de leerlingen van een groep, de nieuwste bovenaan. Met G kiest u de groep, met F de toets. "
        "Spatie kruist een resultaat aan (* alles); zonder kruisjes gaat het om de regel waar u op staat. "
        "Enter opent de leerling.\n\n"
        "F2 sluit uit: kies een reden, en het resultaat telt nergens meer mee, ook niet als de leverancier het nog eens "
        "levert. Het blijft zichtbaar, met wie, wanneer en waarom. T laat het weer meetellen.\n\n"
        "De redenen staan bij Beheer > Inrichten > Hulptabellen."
    )
    BINDINGS = [
        keys.FILTER(
            "choose_assessment", "Toets kiezen", id="excluding.assessment", tooltip="Toont één toets, of alle."
        ),
        keys.DONE(
            "exclude",
            "Uitsluiten",
            id="excluding.exclude",
            tooltip="Sluit uit wat is aangekruist, of de regel waar u op staat.",
        ),
        keys.ROLL_BACK(
            "take_back",
            "Weer meetellen",
            id="excluding.back",
            tooltip="Laat weer meetellen wat is aangekruist, of de regel waar u op staat.",
        ),
    ]
    OF_ROW = ("exclude", "take_back")
    assessment_id = ""
    assessments: Sequence[Assessment] = ()

    def body(self) -> ComposeResult:
        """The choices, the list and the buttons."""
        yield ChoiceBar("group", "assessment")
        yield RecordList(
            [
                Column("Leerling", lambda row: row.pupil, 20, order=True),
                Column("Toets", lambda row: row.assessment, order=True),
                Column(
                    "Datum",
                    lambda row: clock.dutch_date(row.judged.result.date),
                    10,
                    order=lambda row: row.judged.result.date,
                ),
                Column("Score", lambda row: row.text, 5, right=True, order=True),
                Column(
                    "Niveau",
                    lambda row: row.judged.result.level,
                    6,
                    order=True,
                    parts=lambda row: [level_part(row.judged.result.level)],
                ),
                Column(
                    "Telt",
                    lambda row: "ja" if row.judged.counts else "nee",
                    4,
                    order=True,
                    style=lambda row: "" if row.judged.counts else "bold warn",
                ),
                Column("Waarom niet", lambda row: row.judged.why, 20, from_width=100, order=True),
            ],
            empty="",
            id="excluding",
            marking=True,
            title="Resultaten",
        )
        yield Label("", id="excluding-why")
        with Buttons():
            yield push_button("Uitsluiten", id="exclude", variant="primary")
            yield push_button("Weer laten meetellen", id="take_back")

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#excluding").focus()

    def load_groups(self) -> Sequence[Group]:
        """The location's groups."""
        return exclusions.choices(self.actor)

    def read(self) -> Results:
        """The groups, and the results of the chosen one."""
        only, groups = self.assessment_id, self.read_groups()
        if groups.chosen is None:
            return Results(groups)
        assessments = exclusions.assessments_of(self.actor, groups.chosen)
        return Results(groups, assessments, exclusions.listed(self.actor, groups.chosen, only))

    def show(self, found: Results) -> None:
        """Show them."""
        self.show_groups(found.groups)
        self.assessments, rows = found.assessments, found.rows
        listed = self.query_one("#excluding", RecordList)
        nothing = NOTHING.format(" voor deze toets" if self.assessment_id else "")
        listed.empty = found.groups.why_nothing if self.group_id is None else nothing
        name = next((item.name for item in self.assessments if item.id == self.assessment_id), "alle toetsen")
        self.query_one(ChoiceBar).tell("assessment", f"Toets: {name} ▼")
        for button in self.query(Button):
            button.disabled = not rows
        # Drop the tick if someone changed the result meanwhile: the user ticked the old one.
        listed.marked = {row.id: row for row in rows if row == listed.marked.get(row.id)}
        listed.show(Rows(rows))

    @on(RecordList.Chosen, "#excluding")
    def _open(self, event: RecordList.Chosen) -> None:
        self.esis.go(PupilLine(event.row.judged.result.pupil_id))

    @on(RecordList.Highlighted, "#excluding")
    def _moved(self, event: RecordList.Highlighted) -> None:
        self.query_one("#excluding-why", Label).update(plain(event.row.judged.standing if event.row else ""))

    def use_group(self, group_id: int | None) -> None:
        """Show another group, with nothing ticked."""
        self.assessment_id = ""
        self.query_one("#excluding", RecordList).unmark()
        super().use_group(group_id)

    def action_choose_assessment(self) -> None:
        """Choose an assessment with results, or all."""
        options = [(ALL, "Alle toetsen"), *((item.id, item.name) for item in self.assessments)]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.assessment_id = "" if key == ALL else key
                self.query_one("#excluding", RecordList).unmark()
                self.refresh_data()

        self.app.push_screen(Choose("Toets kiezen", options), chosen)

    @property
    def _chosen(self) -> list[ResultLine]:
        listed = self.query_one("#excluding", RecordList)
        return list(listed.marked.values()) or ([listed.row] if listed.row is not None else [])

    def action_exclude(self) -> None:
        """Ask for the reason, then exclude."""
        ids = [row.id for row in self._chosen]
        if not ids:
            return
        actor = self.actor
        title = f"Waarom {_results(len(ids))} uitsluiten?"

        def chosen(reason: str | None) -> None:
            if reason is not None:
                self._do(lambda: exclusions.exclude(actor, ids, reason), "uitgesloten")

        # Reasons are data, and option keys must not clash, so a number stands for each reason.
        reasons = exclusions.reasons(actor)
        options = [(str(number), reason) for number, reason in enumerate(reasons)]
        self.app.push_screen(Choose(title, options), lambda key: chosen(None if key is None else reasons[int(key)]))

    def action_take_back(self) -> None:
        """Ask, then let the results count again."""
        ids = [row.id for row in self._chosen if row.judged.excluded is not None]
        if not ids:
            self.say("Wat u koos, is niet uitgesloten.")
            return
        actor = self.actor
        question = Confirm(
            "Weer laten meetellen?",
            f"{_results(len(ids)).capitalize()}: de uitsluiting vervalt.",
            "Weer laten meetellen",
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self._do(lambda: exclusions.take_back(actor, ids), "niet meer uitgesloten")

        self.app.push_screen(question, answered)

    def _do(self, work: Callable[[], int], done: str) -> None:
        def told(number: int) -> None:
            self.query_one("#excluding", RecordList).unmark()
            self.say(f"{_results(number).capitalize()} {plural(number, 'is', 'zijn')} {done}.")

        self.perform(work, told)

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))


def _results(number: int) -> str:
    return counted(number, "resultaat", "resultaten")
