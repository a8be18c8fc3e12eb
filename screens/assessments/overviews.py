"""Toetsoverzichten: a group's assessments in a period, and the spread of one drawn beside the previous period's."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app.access import Actor
from app.school.assessment import assessment_overviews as overviews
from app.school.assessment.assessment_overviews import Line, Overview, Period
from app.school.assessment.catalogue import Subject
from models.school import Group
from screens.assessments.drawing import decimal, growth_token, signed, spread_chart, spread_parts, spread_text
from screens.assessments.group_screen import ALL, ChoiceBar, Groups, GroupScreen
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.dialogs import Choose
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

NOTHING = "In {} zijn er voor {} geen resultaten{}. Kies met G een andere groep, met F een ander vak of met A een andere periode."


class OverviewsScreen(GroupScreen):
    """One group, or all groups, in a period."""

    ITEM = "toetsoverzichten"
    HELP = (
        "Per toets het aantal leerlingen, de gemiddelde score, de groei sinds de vorige periode en de verdeling over de "
        "niveaus (of, zonder niveaus, over vijf even grote stukken van de schaal). Met ↑ en ↓ kiest u een toets; eronder is "
        "de verdeling getekend, met die van dezelfde leerlingen in de vorige periode ernaast.\n\n"
        "G kiest de groep, F het vak, A de periode (Enter: alleen het vak waar u op staat, nog eens: alle); , en . gaan naar "
        "de vorige en de volgende groep. E bewaart de tabel als CSV-bestand. Directie en intern begeleider kunnen alle "
        "groepen samen kiezen.\n\n"
        "Een schooljaar heeft twee perioden: midden (tot en met 31 maart) en eind (daarna). Het gaat om de leerlingen die nu "
        "in de groep zitten, ook in eerdere perioden. Groei is het gemiddelde verschil van wie in beide perioden een score "
        "heeft. Wat is uitgesloten of niet meetelt, is weggelaten; onderaan staat hoeveel."
    )
    BINDINGS = [
        keys.no_key("choose_period", "Periode kiezen", id="overviews.period", tooltip="Kiest een andere periode."),
        keys.FILTER("choose_subject", "Vak kiezen", id="overviews.subject", tooltip="Toont één vak, of alle."),
    ]
    period: Period | None = None
    subject_id = ""
    subjects: Sequence[Subject] = ()

    def body(self) -> ComposeResult:
        """The choices, the table, the drawing, and what was left out."""
        yield ChoiceBar("group", "period", "subject")
        yield RecordList(
            [
                Column("Toets", lambda line: line.assessment.name, order=True),
                Column("Aantal", lambda line: str(line.pupils), 6, right=True, order=lambda line: line.pupils),
                Column("Gemiddeld", lambda line: decimal(line.mean), 9, right=True, order=lambda line: line.mean or 0),
                Column(
                    "Groei",
                    lambda line: signed(line.growth),
                    6,
                    right=True,
                    order=lambda line: line.growth or 0,
                    style=growth_token,
                ),
                Column(
                    "Verdeling",
                    lambda line: spread_text(line.spread),
                    29,
                    order=True,
                    parts=lambda line: spread_parts(line.spread),
                ),
            ],
            empty="De resultaten worden gelezen…",
            id="overview",
            title="Toetsen",
        )
        yield Block("Verdeling", id="spread", opens=False)
        yield Label("", id="overview-left-out", classes="help")

    def focus_start(self) -> None:
        """Focus the table."""
        self.query_one("#overview").focus()

    def load_groups(self) -> Sequence[Group]:
        """The user's own groups, or all."""
        return overviews.group_choices(self.actor)

    def with_all(self) -> bool:
        """Allowed if the user may see every pupil."""
        return overviews.may_see_all(self.actor)

    def read(self) -> tuple[Groups, Overview | None]:
        """The groups, and the overview of the chosen one."""
        period, subject_id, groups = self.period, self.subject_id, self.read_groups()
        return groups, _read(self.actor, groups.chosen, period, subject_id) if groups.groups else None

    def show(self, read: tuple[Groups, Overview | None]) -> None:
        """Show it."""
        groups, found = read
        self.show_groups(groups)
        listed = self.query_one("#overview", RecordList)
        bar = self.query_one(ChoiceBar)
        bar.tell("period", f"Periode: {found.period.name if found else '–'} ▼")
        self.subjects = found.subjects if found else ()
        self.period = found.period if found else None
        subject = next((one.name for one in self.subjects if one.id == self.subject_id), "alle vakken")
        bar.tell("subject", f"Vak: {subject} ▼")
        listed.empty = self._nothing(found)
        listed.show(Rows(found.lines if found else ()))
        listed.styles.max_height = max(5, listed.row_count + 3)
        self.query_one("#overview-left-out", Label).update(plain(_left_out(found) if found else ""))
        self._draw(listed.row)
        self.refresh_bindings()  # the list's actions were checked while it was empty

    def _nothing(self, found: Overview | None) -> str:
        if found is None:
            return self._why_nothing
        who = "alle groepen" if self.group_id is None else f"groep {self.group_name}"
        return NOTHING.format(found.period.name, who, " voor dit vak" if self.subject_id else "")

    @on(RecordList.Highlighted, "#overview")
    def _moved(self, event: RecordList.Highlighted) -> None:
        self._draw(event.row)

    def _draw(self, line: Line | None) -> None:
        """The spread of the assessment under the cursor."""
        drawn, period = self.query_one("#spread", Block), self.period
        drawn.display = line is not None and period is not None
        if line is not None and period is not None:
            drawn.border_title = plain(f"Verdeling {line.assessment.name}")
            drawn.tell(lambda width: spread_chart(line, period, width))

    @on(RecordList.Chosen, "#overview")
    def _only_this_subject(self, event: RecordList.Chosen) -> None:
        """Show only this subject, or all of them on the next Enter."""
        self.subject_id = "" if self.subject_id else event.row.assessment.subject.id
        self.refresh_data()

    def action_choose_period(self) -> None:
        """Choose a period, from now back to these pupils' first result."""
        if not self.groups:
            self.say(self._why_nothing)
            return
        actor, group_id = self.actor, self.group_id
        self.look_up(lambda: overviews.periods(actor, group_id), self._ask_period)

    def _ask_period(self, periods: Sequence[Period]) -> None:
        def chosen(key: str | None) -> None:
            if key is not None:
                self.period = periods[int(key)]
                self.refresh_data()

        options = [(str(number), period.name) for number, period in enumerate(periods)]
        self.app.push_screen(Choose("Periode kiezen", options), chosen)

    def action_choose_subject(self) -> None:
        """Choose a subject with results, or all."""

        def chosen(key: str | None) -> None:
            if key is not None:
                self.subject_id = "" if key == ALL else key
                self.refresh_data()

        options = [(ALL, "Alle vakken"), *((subject.id, subject.name) for subject in self.subjects)]
        self.app.push_screen(Choose("Vak kiezen", options, now=self.subject_id or ALL), chosen)


def _read(actor: Actor, group_id: int | None, period: Period | None, subject_id: str) -> Overview:
    """Read a period; if none is given, the current one, or the previous while the current one is empty."""
    if period is not None:
        return overviews.overview(actor, group_id, period, subject_id)
    there = overviews.periods(actor, group_id)
    found = overviews.overview(actor, group_id, there[0], subject_id)
    return overviews.overview(actor, group_id, there[1], subject_id) if len(there) > 1 and not found.lines else found


def _left_out(found: Overview) -> str:
    """How many results were left out, and why."""
    parts = []
    if found.excluded:
        parts.append(f"{found.excluded} uitgesloten")
    if found.not_counting:
        parts.append(f"{found.not_counting} niet meegeteld (ingevoerd naast een levering, of opnieuw afgenomen)")
    return f"Weggelaten: {' en '.join(parts)}." if parts else "Er is niets weggelaten."
