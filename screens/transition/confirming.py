"""Step 4 of the Jaarovergang: the totals, when it will happen, and the button that confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button

from app import clock
from app.counted import counted
from app.school.transition import listing, planning
from app.school.transition.report import Report, totals
from app.school.transition.rules import What
from app.school.transition.situations import Situation
from app.workers import engine, nights
from models.transition import YearTransition
from screens.shared import keys, signs
from screens.shared.block import Block
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Confirm
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import paragraphs, plain
from screens.transition.step import Step

WORDS = (
    (What.UP, "Over naar een volgende groep"),
    (What.STAYS, "Blijven zitten"),
    (What.NEW, "Nieuw op school"),
    (What.SECONDARY, "Naar het voortgezet onderwijs"),
    (What.LEAVES, "Van school"),
    (What.NONE, "Nog geen groep"),
)
WIDTH = 44


def counts_of(report: Report, odd: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """The counts, by what they are about; `odd` of those moving on do not go to the next year group."""
    pupils = [(text, report.count(what)) for what, text in WORDS]
    if odd:
        pupils[:1] = [(WORDS[0][1], report.count(What.UP) - odd), ("▲ Leerjaar terug, of een overgeslagen", odd)]
    groups = [
        ("Groepen die worden gemaakt", report.groups_made),
        ("Groepen van dit jaar die eindigen", report.groups_ended),
        ("Leerkrachten met een groep", report.teachers),
    ]
    return [("Leerlingen", pupils), ("Groepen en leerkrachten", groups)]


def in_lines(counts: Sequence[tuple[str, int]], width: int) -> list[Content]:
    """The counts, one per line, each with its number at the end."""
    room = min(width, WIDTH + 6)
    return [
        signs.beside(plain(text).stylize("$label"), Content(str(number)).stylize("bold $ink"), room)
        for text, number in counts
    ]


def warnings_of(without: int, odd: int) -> list[str]:
    """What to check first; nothing is refused."""
    told = []
    if without:
        told.append(f"Let op: {counted(without, 'leerling', 'leerlingen')} hebben nog geen groep. Kies die in stap 2.")
    if odd:
        who = counted(odd, "leerling", "leerlingen")
        told.append(f"Let op: bij {who} gaat het leerjaar terug, of wordt er een overgeslagen. Zie ▲ in stap 2.")
    return told


def when(known: Situation, at_once: bool, later: str) -> str:
    """When it will happen, as sentences, and when others hear of it (`later`)."""
    return f"{_when(known, at_once)} {later}".strip()


def _when(known: Situation, at_once: bool) -> str:
    if at_once:
        return "Het is 1 augustus of later: na Bevestigen gebeurt het meteen, in een keer of helemaal niet."
    return (
        f"Na Bevestigen staat de jaarovergang gepland voor {clock.dutch_moment(known.begins)}. Tot dan kunt u de "
        "bevestiging intrekken; wie intussen komt, gaat of van groep verandert, volgt vanzelf."
    )


@dataclass(frozen=True)
class Counted:
    """What the last step shows."""

    title: str
    report: Report
    odd: int
    """How many of those moving on do not go to the next year group."""
    why_fixed: str
    """Why it cannot be confirmed."""
    when: str
    """When it will happen, as a sentence."""


class ConfirmStep(Step):
    """The last step."""

    _counted: Counted | None = None

    KEY = "confirm"
    BELOW = ("Bevestigen",)
    HELP = (
        "De optelsom van het voorstel. Er is nog niets gebeurd: pas na Bevestigen (F2) wordt de jaarovergang gepland, of vanaf "
        "1 augustus meteen uitgevoerd. Alles gebeurt in een keer of helemaal niet.\n\n"
        "Daarna kunt u hem terugdraaien tot de eerste wijziging, of tot een gekoppeld systeem de nieuwe groepen heeft gehad."
    )
    BINDINGS = [
        keys.DONE(
            "confirm",
            "Bevestigen",
            id="transition.confirm",
            tooltip="Vraagt nog een keer, en plant de jaarovergang of voert hem uit.",
        ),
    ]

    def step(self) -> ComposeResult:
        """Totals, when, the button."""
        with Horizontal(id="confirm-totals"):
            yield Block("Leerlingen", id="confirm-pupils", opens=False)
            yield Block("Groepen en leerkrachten", id="confirm-groups", opens=False)
        with Panel("", id="confirm-panel"):
            yield Label("", id="confirm-warning", classes="paragraph attention")
            yield Label("", id="confirm-when", classes="paragraph")
            with Buttons():
                yield push_button("Bevestigen", id="confirm", variant="primary")
                yield push_button("Terug naar de leerlingen", id="back-to-pupils")

    def focus_start(self) -> None:
        """On the button, or on the other one if it is disabled."""
        button = self.query_one("#confirm", Button)
        (self.query_one("#back-to-pupils") if button.disabled else button).focus()

    def read(self) -> Counted:
        """The totals, and whether it can be confirmed."""
        known = self.known()
        now = clock.school_now(self.actor.board)
        at_once = now >= known.begins
        later = nights.told_later(self.actor.location, max(now, known.begins))
        report = totals(known.transition) if known.transition else Report()
        odd = listing.count_odd(self.actor, known.transition) if known.transition else 0
        title = f"Jaarovergang van {known.from_year} naar {known.to_year}"
        return Counted(title, report, odd, self.why_fixed, when(known, at_once, later))

    def show(self, found: Counted) -> None:
        """Show them."""
        self._counted = found
        self.query_one("#confirm-panel", Panel).border_title = plain(found.title)
        for block, (_, counts) in zip(
            ("#confirm-pupils", "#confirm-groups"), counts_of(found.report, found.odd), strict=True
        ):
            self.query_one(block, Block).tell(partial(in_lines, counts))
        warnings = warnings_of(found.report.count(What.NONE), found.odd)
        warning = self.query_one("#confirm-warning", Label)
        warning.update(paragraphs("\n".join(warnings)))
        warning.display = bool(warnings)
        self.query_one("#confirm-when", Label).update(plain(found.why_fixed or found.when))
        self.query_one("#confirm", Button).disabled = bool(found.why_fixed)

    @on(Button.Pressed, "#confirm")
    def action_confirm(self) -> None:
        """Ask for confirmation."""
        if (found := self._counted) is None:
            return
        if found.why_fixed:
            self.say(found.why_fixed, severity="error")
        else:
            question = Confirm("Jaarovergang bevestigen?", f"{found.report.sentence()} {found.when}", "Bevestigen")
            self.app.push_screen(question, lambda yes: self._confirm() if yes else None)

    def _confirm(self) -> None:
        actor, on_work = self.actor, self.esis.on_work

        def work() -> YearTransition:
            confirmed = planning.confirm(actor)
            engine.send_walk(actor.board.id)
            on_work()
            return confirmed

        self.perform(work, self._confirmed)

    def _confirmed(self, confirmed: YearTransition) -> None:
        self.say(f"De jaarovergang naar {confirmed.to_year} is bevestigd.")
        self.action_back()

    @on(Button.Pressed, "#back-to-pupils")
    def _to_pupils(self) -> None:
        self.action_to_step(1)
