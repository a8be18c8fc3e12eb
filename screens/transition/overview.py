"""Jaarovergang: what it is, its progress, the report of the last one, and the next actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, ProgressBar

from app import clock
from app.couplings.catalogue import title
from app.permissions import Permission
from app.school.transition import planning
from app.school.transition.obstacles import obstacle
from app.school.transition.situations import Situation, Stage, situation
from app.targets import TransitionStep
from app.workers import nights
from models.transition import YearTransition
from screens.shared import keys
from screens.shared.block import Block, Drawing
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Confirm
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import hanging, paragraphs, plain, wrapped
from screens.transition.steps import STEPS, steps_line

BUTTONS = (
    ("begin", "Voorstel maken"),
    ("go_on", "Verder met het voorstel"),
    ("look", "Voorstel bekijken"),
    ("withdraw", "Bevestiging intrekken"),
    ("take_back", "Terugdraaien"),
)
VARIANTS = {"withdraw": "default", "take_back": "error"}
PLAN = (
    ("1 Groepen", "welke groepen er komen en welke eindigen"),
    ("2 Leerlingen", "waar elke leerling naartoe gaat: een groep verder, blijven zitten, van school"),
    ("3 Leerkrachten", "wie voor welke groep staat"),
    ("4 Bevestigen", "de optelsom; pas hier gebeurt er iets, op 1 augustus of daarna meteen"),
)
EXPLANATION = (
    "De jaarovergang zet iedereen in het nieuwe schooljaar: leerlingen gaan een groep verder, blijven zitten of gaan van "
    "school, groepen eindigen en worden gemaakt, leerkrachten krijgen hun groep. U ziet eerst alles, in vier stappen, en kunt "
    "elke regel wijzigen. Er gebeurt niets zolang u niet bevestigt."
)


@dataclass(frozen=True)
class Known:
    """What the first page shows."""

    situation: Situation | None
    """None for who may not see all pupils."""
    reason: str
    """Why the user may not run it."""
    later: str = ""
    """When partners hear of it, as a sentence."""

    @property
    def ways(self) -> set[str]:
        """What can be done now."""
        known = self.situation
        if known is None:
            return set()
        if self.reason:
            return {"look"} if known.transition else set()
        back = {"take_back"} if known.last is not None else set()
        return {
            Stage.NONE: {"begin"} | back,
            Stage.DRAFT: {"go_on"} | back,
            Stage.PLANNED: {"look", "withdraw"},
            Stage.RUNNING: set(),
            Stage.FAILED: {"go_on"} | back,
        }[known.stage]


class TransitionOverview(EsisScreen):
    """The first page of the Jaarovergang."""

    _found = Known(None, "")

    ITEM = "jaarovergang"
    HELP = (
        f"{EXPLANATION}\n\nBevestigt u voor 1 augustus, dan wordt de jaarovergang die dag uitgevoerd; daarna gebeurt het "
        "meteen. Een geplande jaarovergang kunt u intrekken.\n\nTerugdraaien kan tot de eerste wijziging erna, of tot een "
        "gekoppeld systeem de nieuwe groepen heeft gehad. Het voorstel blijft bewaard; u kunt weggaan en later verdergaan."
    )
    BINDINGS = [
        keys.DONE(
            "forward",
            "Verder",
            id="transition.forward",
            tooltip="Maakt het voorstel, of gaat ermee verder.",
        ),
        keys.REMOVE(
            "withdraw",
            "Intrekken",
            id="transition.withdraw",
            tooltip="Trekt de bevestiging van een geplande jaarovergang in.",
        ),
        keys.ROLL_BACK(
            "take_back",
            "Terugdraaien",
            id="transition.take-back",
            tooltip="Draait de laatste jaarovergang terug, na een vraag.",
        ),
    ]

    def body(self) -> ComposeResult:
        """The steps, what it is, state with progress and buttons, and the report of the last one."""
        yield Drawing(id="transition-steps")
        with Panel("Jaarovergang", id="transition-panel"):
            yield Label(EXPLANATION, id="transition-what", classes="paragraph")
            yield Label("", id="transition-state", classes="paragraph")
            yield ProgressBar(total=1000, show_eta=False, id="transition-bar")
            yield Label("", id="transition-reason", classes="paragraph attention")
            with Buttons():
                for key, text in BUTTONS:
                    yield push_button(text, id=key, variant=VARIANTS.get(key, "primary"))
        yield Block("Verslag", id="transition-report", opens=False)
        yield Block("Wat er gebeurt", id="transition-plan", opens=False)

    def focus_start(self) -> None:
        """On the first available button."""
        if self.focused is None:
            first = next((button for button in self.query(Button) if button.display and not button.disabled), None)
            if first is not None:
                first.focus()
            else:
                self.focus_tabs()

    def read(self) -> Known:
        """Where the transition stands, and what can be done now."""
        reasons = self.actor.reasons((Permission.VIEW_ALL_PUPILS, Permission.RUN_TRANSITION))
        reason = reasons.get(Permission.RUN_TRANSITION, "")
        if Permission.VIEW_ALL_PUPILS in reasons:
            return Known(None, reason)
        known = situation(self.actor)
        at = max(clock.school_now(self.actor.board), known.begins)
        return Known(known, reason, nights.told_later(self.actor.location, at))

    def show(self, found: Known) -> None:
        """Show it."""
        self._found, known, reason = found, found.situation, found.reason
        if known is None:
            self._tell("Jaarovergang", "", None, reason)
            return
        heading = f"Jaarovergang van {known.from_year} naar {known.to_year}"
        self._tell(heading, self.esis.in_keys(_state(known, not reason, found.later)), known, reason)
        bar = self.query_one(ProgressBar)
        bar.display = known.stage == Stage.RUNNING
        bar.update(progress=round(known.done * 1000))

    def _tell(self, heading: str, state: str, known: Situation | None, reason: str) -> None:
        self.query_one("#transition-panel", Panel).border_title = plain(heading)
        self.query_one("#transition-steps", Drawing).tell(lambda _width: [steps_line(_at(known))] if known else [])
        self.query_one(ProgressBar).display = False
        for name, text in (("#transition-state", state), ("#transition-reason", reason)):
            label = self.query_one(name, Label)
            label.update(paragraphs(text))
            label.display = bool(text)
        report = self.query_one("#transition-report", Block)
        report.tell(lambda width: _report(known, width) if known else [])
        report.display = known is not None and known.last is not None
        plan = self.query_one("#transition-plan", Block)
        plan.tell(lambda width: [line for step in PLAN for line in _labelled(*step, width)])
        plan.display = known is not None and not report.display
        self.refresh_bindings()
        ways = self._found.ways
        gone = self.focused is not None and self.focused.id not in ways and isinstance(self.focused, Button)
        for button in self.query(Button):
            button.display = button.id in ways
        if gone or (self.settled and self.focused is None):
            self.set_focus(None)
            self.focus_start()

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        way = str(event.button.id)
        await self.run_action("forward" if way in ("begin", "go_on", "look") else way)

    def action_forward(self) -> None:
        """Create or update the draft, and go to the first step; or only look."""
        actor, known, ways = self.actor, self._found.situation, self._found.ways
        if "look" in ways:
            self.esis.go(TransitionStep("groups"))
        elif ways & {"begin", "go_on"}:
            self.query_one("#transition-state", Label).update("Bezig met het voorstel…")
            self.perform(lambda: planning.propose(actor), self._proposed)
        elif known is not None and known.stage == Stage.NONE:
            self.say(self._found.reason, severity="error")

    def _proposed(self, proposal: planning.Proposal) -> None:
        if proposal.told:
            self.say(proposal.told, severity="warning")
        if self.is_current:
            self.esis.go(TransitionStep("groups"))

    def action_withdraw(self) -> None:
        """Ask, then withdraw the confirmation."""
        if "withdraw" not in self._found.ways:
            return
        actor = self.actor
        question = Confirm(
            "Bevestiging intrekken?",
            "De geplande jaarovergang gaat niet door. Het voorstel blijft bewaard; u kunt het "
            "wijzigen en opnieuw bevestigen.",
            "Intrekken",
        )
        self._ask(question, lambda: planning.withdraw(actor), "De bevestiging is ingetrokken.")

    def action_take_back(self) -> None:
        """Ask, then roll back to the old year."""
        known = self._found.situation
        if "take_back" in self._found.ways and known is not None and (last := known.last) is not None:
            self.look_up(lambda: obstacle(last, title), lambda why: self._ask_back(last, why))

    def _ask_back(self, last: YearTransition, why_not: str) -> None:
        if why_not:
            self.say(f"Terugdraaien kan niet meer. {why_not}", severity="error")
            return
        actor = self.actor
        question = Confirm(
            "Jaarovergang terugdraaien?",
            f"Het wordt weer schooljaar {last.from_year}, precies zoals het was: de groepen van "
            f"{last.to_year} verdwijnen en wie van school ging is er weer.",
            "Terugdraaien",
            danger=True,
        )
        self._ask(question, lambda: planning.undo(actor, title), f"Het is weer schooljaar {last.from_year}.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now."""
        if action == "forward":
            return bool({"begin", "go_on", "look"} & self._found.ways)
        return (
            action in self._found.ways
            if action in ("withdraw", "take_back")
            else super().check_action(action, parameters)
        )

    def _ask(self, question: Confirm, work: Callable[[], YearTransition], told: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(work, lambda _done: self.say(told))

        self.app.push_screen(question, answered)


def _state(known: Situation, may: bool, later: str) -> str:
    confirmed = _by(known.transition) if known.transition else ""
    making = (
        f" Met F2 maakt u het: elke leerling van {known.from_year} met de bestemming, elke groep en elke leerkracht."
    )
    going_on = " Met F2 gaat u ermee verder; is de administratie intussen veranderd, dan wordt het bijgewerkt."
    return {
        Stage.NONE: "Er is nog geen voorstel." + making * may,
        Stage.DRAFT: "Het voorstel is gemaakt en nog niet bevestigd." + going_on * may,
        Stage.PLANNED: f"{confirmed}Gepland voor {clock.dutch_moment(known.begins)}. "
        f"Zet de schooltijd vooruit (F9) om het te zien gebeuren. {later} {known.error}",
        Stage.RUNNING: f"{confirmed}De jaarovergang is bezig.",
        Stage.FAILED: f"De jaarovergang is niet gelukt; het oude schooljaar loopt door. {known.error}"
        + " Ga verder met het voorstel en bevestig het opnieuw." * may,
    }[known.stage].strip()


def _by(transition: YearTransition) -> str:
    if transition.confirmed_at is None:
        return ""
    return f"Bevestigd door {transition.confirmed_by} op {clock.dutch_moment(transition.confirmed_at)}. "


def _at(known: Situation) -> int:
    """The step where one is: none yet, the first, or past the last."""
    return {Stage.NONE: -1, Stage.DRAFT: 0, Stage.FAILED: 0}.get(known.stage, len(STEPS))


def _report(known: Situation, width: int) -> list[Content]:
    if known.last is None:
        return []
    at = clock.dutch_moment(known.last.applied_at)
    told = (
        f"De jaarovergang naar {known.last.to_year} is uitgevoerd op {at}, bevestigd door {known.last.confirmed_by}.\n"
        f"{known.report.sentence()}"
    )
    return wrapped(told, width)


def _labelled(label: str, text: str, width: int) -> list[Content]:
    return hanging(plain(f"{label:<{LABEL}}").stylize("bold $ink"), text, width)


LABEL = 17
"""Cells of a step's name."""
