"""Waarom komt het niet? A coupling's or transfer's two sides, each cause and its fix (sources.md#mijnschoolinfo)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from app.diagnosis import advice
from app.diagnosis.findings import Diagnosis, Finding, all_kinds, explain
from app.targets import Why
from screens.couplings.detail_block import labelled
from screens.couplings.page import CouplingsPage
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.dialogs import Choose
from screens.shared.label import Label
from screens.shared.program import EsisProgram, InKeys
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain, wrapped

LABEL = 20
"""Cells of a label."""
NOTHING = "Er is niets gevonden, ook niets om af te wachten."


def _sign(row: Finding) -> str:
    return "!" if row.wrong else "•"


def _colour(row: Finding) -> str:
    return "bold warn" if row.wrong else "hint"


def _remedy(row: Finding, width: int, in_keys: InKeys) -> list[Content]:
    """The cause in full, what to do about it, and where."""
    lines = [line.stylize("bold $ink") for line in wrapped(row.problem, width)]
    lines += wrapped(in_keys(f"Wat te doen: {row.remedy}"), width)
    if row.where:
        lines += [Content.assemble(("Enter ", "bold $key"), line) for line in wrapped(row.where, width - 6)[:1]]
    return lines


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
        """For a coupling or transfer; if the type is not known, let the user choose one. Raises `InExam`."""
        advice.require(program.board)
        titles = dict(all_kinds())
        if target.type in titles:
            return cls(target.type, titles[target.type])

        def chosen(kind: str | None) -> None:
            if kind is not None:
                program.go(Why(kind))

        program.push_screen(Choose(Why.TITLE, all_kinds()), chosen)
        return None

    SCOPED_CSS = False
    CSS = """
    WhyScreen #why-outcome { width: 1fr; margin: 0 0 1 0; padding: 0 1; color: $ok; background: $ok-bg;
                             border-left: inner $ok; border-right: inner $ok-bg; }
    WhyScreen #why-outcome.-wrong { color: $warn; background: $warn-bg; border-left: inner $warn; border-right: inner $warn-bg; }
    WhyScreen #why { height: 1fr; min-height: 4; }
    WhyScreen #why-remedy { height: 1fr; min-height: 5; }
    WhyScreen.-low #why-remedy { height: auto; }
    """

    def __init__(self, kind: str, title: str) -> None:
        super().__init__()
        self.kind = kind
        self.PATH = (*self.PATH, title, Why.TITLE)
        self._title = title

    def body(self) -> ComposeResult:
        """The facts, the outcome, the causes, and what to do."""
        yield Block(f"{Why.TITLE} {self._title}", id="why-facts", opens=False)
        yield Label("", id="why-outcome")
        yield RecordList(
            [
                Column(
                    "",
                    _sign,
                    1,
                    order=lambda row: not row.wrong,
                    style=_colour,
                    aloud=lambda row: "let op" if row.wrong else "",
                ),
                Column("Oorzaak", lambda row: row.problem, order=True),
            ],
            empty=NOTHING,
            id="why",
            title="Gevonden",
        )
        yield Block("Wat te doen", id="why-remedy", opens=False)

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#why").focus()

    def read(self) -> Diagnosis:
        """Look at both sides."""
        return explain(self.actor, self.kind)

    def show(self, found: Diagnosis) -> None:
        """Show what was found."""
        facts = self.query_one("#why-facts", Block)
        facts.tell(lambda width: [line for row in found.facts for line in labelled(*row, width, LABEL)])
        outcome = self.query_one("#why-outcome", Label)
        outcome.update(plain(f"{'!' if found.wrong else '✓'} {found.conclusion}"))
        outcome.set_class(bool(found.wrong), "-wrong")
        listed = self.query_one("#why", RecordList)
        listed.styles.max_height = max(2, len(found.findings)) + 3
        listed.show(Rows(list(found.findings)))
        self._tell(listed.row)

    @on(RecordList.Highlighted, "#why")
    def _step(self, event: RecordList.Highlighted) -> None:
        self._tell(event.row)

    def _tell(self, row: Finding | None) -> None:
        block = self.query_one("#why-remedy", Block)
        block.display = row is not None
        if row is not None:
            block.tell(lambda width: _remedy(row, width, self.esis.in_keys))

    @on(RecordList.Chosen, "#why")
    def _mend(self, event: RecordList.Chosen) -> None:
        self.esis.go(event.row.target)

    def action_other(self) -> None:
        """Another coupling or transfer."""
        self.esis.go(Why())
