"""Waarom komt het niet? A coupling's or transfer's two sides, each cause and its fix (sources.md#mijnschoolinfo)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app.diagnosis.findings import Diagnosis, Finding, all_kinds, diagnose
from app.targets import Why
from screens.couplings.page import CouplingsPage
from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.label import Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs, plain

FEW = 6
"""This many causes fit on any screen, with what to do right below them."""
NOTHING = "Er is niets gevonden, ook niets om af te wachten."


class WhyScreen(CouplingsPage):
    """The causes of one coupling or transfer; Enter opens the screen that fixes the one under the cursor."""

    HELP = (
        "ESIS vergelijkt beide kanten van de koppeling: hoe het hier staat, hoe het bij de partner staat, of de "
        "verificatiecodes gelijk zijn en hoe de laatste keer ging. De codes zelf worden niet getoond.\n\n"
        "Een regel met ! is een oorzaak die iemand moet herstellen. Een regel met • komt of gaat vanzelf, of mag zo blijven. "
        "Onder de lijst staat wat u doet. Enter opent het scherm waar dat kan, ook bij de partner; bent u daar nog niet "
        "aangemeld, dan komt u er na het aanmelden.\n\n"
        "Kom hier daarna terug (F6 gaat naar ESIS): wat hersteld is, staat er niet meer. ! kiest een andere koppeling of "
        "overdracht."
    )
    BINDINGS = [
        keys.WHY(
            "other",
            "Andere koppeling",
            id="why.other",
            tooltip="Zoekt het uit voor een andere koppeling of overdracht.",
        ),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: Why) -> WhyScreen | None:
        """For a coupling or transfer; if the type is not known, let the user choose one."""
        titles = dict(all_kinds())
        if target.type in titles:
            return cls(target.type, titles[target.type])

        def chosen(kind: str | None) -> None:
            if kind is not None:
                program.go(Why(kind))

        program.push_screen(Choose(Why.TITLE, all_kinds()), chosen)
        return None

    def __init__(self, kind: str, title: str) -> None:
        super().__init__()
        self.kind = kind
        self.PATH = (*self.PATH, title, Why.TITLE)
        self._title = title

    def body(self) -> ComposeResult:
        """The facts, the outcome, the causes, and what to do."""
        yield Label(plain(f"{Why.TITLE} {self._title}"), classes="title")
        yield Label("", id="why-facts", classes="paragraph")
        yield Label("", id="why-outcome", classes="paragraph")
        yield RecordList(
            [
                Column("", lambda row: "!" if row.wrong else "•", 1, order=lambda row: not row.wrong),
                Column("Oorzaak", lambda row: row.problem, order=True),
            ],
            empty=NOTHING,
            id="why",
        )
        yield Label("", id="why-problem")
        yield Label("", id="why-remedy")

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#why").focus()

    def read(self) -> Diagnosis:
        """Look at both sides."""
        return diagnose(self.actor, self.kind)

    def show(self, found: Diagnosis) -> None:
        """Show what was found."""
        lines = [f"{label:<20}{value}" for label, value in found.facts]
        self.query_one("#why-facts", Label).update(paragraphs("\n".join(lines)))
        outcome = self.query_one("#why-outcome", Label)
        outcome.update(plain(f"{'×' if found.wrong else '✓'} {found.conclusion}"))
        outcome.set_class(bool(found.wrong), "attention")
        listed = self.query_one("#why", RecordList)
        listed.styles.height = len(found.findings) + 1 if len(found.findings) <= FEW else "1fr"
        listed.show(Rows(list(found.findings)))
        self._tell(listed.row)

    @on(RecordList.Highlighted, "#why")
    def _step(self, event: RecordList.Highlighted) -> None:
        self._tell(event.row)

    def _tell(self, row: Finding | None) -> None:
        where = f" ({row.where})" if row and row.where else ""
        self.query_one("#why-problem", Label).update(plain(row.problem if row else ""))
        self.query_one("#why-remedy", Label).update(plain(f"Wat te doen: {row.remedy}{where}" if row else ""))

    @on(RecordList.Chosen, "#why")
    def _mend(self, event: RecordList.Chosen) -> None:
        self.esis.go(event.row.target)

    def action_other(self) -> None:
        """Another coupling or transfer."""
        self.esis.go(Why())
