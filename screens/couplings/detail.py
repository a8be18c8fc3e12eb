"""The page of a live coupling: its code, its consent, the next step, and how to change, stop, resume or end it."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button

from app.couplings import lifecycle
from app.couplings.catalogue import CouplingType, all_types, by_type
from app.couplings.lifecycle import CodeChange
from app.permissions import Permission
from app.targets import Activation, CouplingPage, Log, Preview, Target, Why
from models.coupling import Coupling
from screens.couplings.code_form import code_form
from screens.couplings.deliveries import DeliveriesScreen
from screens.couplings.detail_block import exchanges
from screens.couplings.page import CopiesCode
from screens.couplings.page_lines import Shown, lines_of, shown_of
from screens.couplings.questions import PauseQuestion, end_question
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.dialogs import Choose
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link, WordLink
from screens.shared.program import EsisProgram
from screens.shared.sizes import is_narrow
from screens.shared.text import plain, wrapped


class Ways(ArrowKeys):
    """What is to be seen besides."""


class CouplingScreen(CopiesCode):
    """One live coupling."""

    WHICH = "koppeling"
    HELP = (
        "Hier staat hoe het met de koppeling is. De verificatiecode kopieert u met F8; plak hem bij de andere kant met "
        "Ctrl+V.\n\n"
        "Wijzig de code (F7 gaat erheen) en druk op F2. Maakt u het veld leeg, dan stopt de uitwisseling tijdelijk; vult u "
        "het weer in, dan gaat zij verder. Beëindigen is definitief: wie daarna weer wil koppelen, activeert opnieuw en gaat "
        "opnieuw akkoord. Ontvangen resultaten blijven altijd staan.\n\n"
        "Komt er niets, of iets anders dan u verwacht? ! vergelijkt buiten het veld beide kanten en zegt waarom.\n\n"
        "Bij een resultatenkoppeling noemt A de leveringen: daar draait u er een terug (Terugdraaien)."
    )
    BINDINGS = [
        keys.CHANGE(
            "change", "Code wijzigen", id="coupling.change", tooltip="Gaat naar het veld van de verificatiecode."
        ),
        keys.COPY(
            "copy_code",
            "Code kopiëren",
            id="coupling.copy",
            tooltip="Kopieert de verificatiecode, om hem bij de andere kant te plakken met Ctrl+V.",
        ),
        keys.no_key(
            "deliveries",
            "Leveringen",
            id="coupling.deliveries",
            tooltip="Toont welke resultaten wanneer kwamen, en draait een levering terug.",
        ),
        keys.no_key(
            "preview",
            "Vannacht",
            id="coupling.preview",
            tooltip="Toont wat de komende levering brengt, voordat het gebeurt.",
        ),
        keys.WHY(
            "why",
            "Waarom?",
            id="coupling.why",
            tooltip="Vergelijkt beide kanten, en zegt wat er mis is en waar u het herstelt.",
        ),
        keys.LOGBOOK("logbook", id="coupling.log", show=False, tooltip="Toont wat er met de koppeling gebeurde."),
        keys.no_key("pause", "Tijdelijk stoppen", id="coupling.pause", tooltip="Stopt de uitwisseling, na een vraag."),
        keys.REMOVE("end", "Koppeling beëindigen", id="coupling.end", tooltip="Beëindigt de koppeling, na een vraag."),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: CouplingPage) -> CouplingScreen | Activation:
        """The page of this type of coupling, or the activation form if it is not live. Raises `NotFound`."""
        kind = by_type(target.type)
        assert program.actor is not None
        return cls(kind) if lifecycle.live(program.actor.location, kind.type) else Activation(kind.type)

    @classmethod
    def choose_which(cls, program: EsisProgram, then: Callable[[Target], None]) -> bool:
        """Choose one of the couplings that are activated; nothing to choose if there is none."""
        assert program.actor is not None
        here = program.actor.location
        options = [(kind.type, kind.row) for kind in all_types() if lifecycle.live(here, kind.type)]
        if not options:
            return False
        program.push_screen(
            Choose("Welke koppeling?", options), lambda type: then(CouplingPage(type)) if type is not None else None
        )
        return True

    def __init__(self, kind: CouplingType, *, just_activated: bool = False, ending: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.PATH = (*self.PATH, kind.row)
        self.of_record = kind.row
        self.just_activated = just_activated
        self.ending = ending
        self._code = ""
        """The code as last read."""

    def body(self) -> ComposeResult:
        """How it stands beside its exchanges, the next step, where to look further, and the form for the code."""
        with Horizontal(id="coupling-top"):
            yield Block(f"Koppeling {self.kind.row}", id="coupling-facts", opens=False)
            yield Block("Uitwisselingen", id="coupling-exchanges", opens=False)
        yield Label("", id="banner", classes="told")
        yield Label("", id="next-step", classes="told")
        with Ways():
            if self.kind.brings_results:
                yield WordLink("Leveringen bekijken en terugdraaien", key="deliveries", id="deliveries-link")
            yield WordLink(Why.TITLE, key="why", id="why-link")
            if self.esis.has(Preview(self.kind.type)):
                yield WordLink("Wat gebeurt er vannacht", key="preview", id="preview-link")
        if self.actor.may(Permission.MANAGE_COUPLINGS):
            yield code_form(self._check, short=is_narrow(self))
        else:
            yield Label(plain(self.actor.reason(Permission.MANAGE_COUPLINGS)), classes="note")

    def _check(self, code: str) -> None:
        lifecycle.check_code(self.actor, code, besides=lifecycle.live(self.actor.location, self.kind.type))

    def focus_start(self) -> None:
        """Ask to end it if that was chosen; after an activation focus what copies the code, or its field if it is empty.

        Else the first link, not the field: the letters that the page names would be typed into the code.
        """
        wanted = "#end" if self.ending else "#copy" if self.just_activated else ""
        if wanted and self.query(wanted) and not self.query_one(wanted).disabled:
            self.query_one(wanted).focus()
            if self.ending:
                self.action_end()
        elif self.just_activated and self.query(Form):
            self.action_change()
        else:
            super().focus_start()

    def read(self) -> Shown | None:
        """How the coupling is; None if it is not live (any more)."""
        return shown_of(self.actor, self.kind)

    def show(self, found: Shown | None) -> None:
        """Show it."""
        for part in self.query("Form, Ways, #coupling-exchanges"):
            part.set_class(found is None, "-gone")
        block = self.query_one("#coupling-facts", Block)
        if found is None:
            self._tell("#banner", "")
            self._tell("#next-step", "")
            block.tell(lambda width: wrapped("Deze koppeling is hier niet (meer) geactiveerd.", width))
            return
        size = {"low": self.has_class("-low"), "narrow": self.has_class("-narrow"), "may": bool(self.query(Form))}
        block.tell(lambda width: list(lines_of(found, width, in_keys=self.esis.in_keys, **size)))
        runs = self.query_one("#coupling-exchanges", Block)
        runs.tell(lambda width: exchanges(found.row, width, runs.content_size.height))
        self._tell("#banner", self._banner(found.coupling))
        self._tell("#next-step", found.next_step and f"! Volgende stap: {found.next_step}")
        self._code = found.code
        self.refresh_bindings()
        if self.query("#pause"):
            for name in ("#pause", "#copy"):
                self.query_one(name, Button).disabled = found.coupling.code is None
            self._take_over(found.coupling.code or "")

    def _tell(self, selector: str, sentence: str) -> None:
        self.query_one(selector, Label).update(plain(sentence))
        self.query_one(selector).display = bool(sentence)

    def _take_over(self, code: str) -> None:
        """Show the code if someone else changed it, unless something is being typed here."""
        form = self.query_one(Form)
        if not form.changed and form.values["code"] != code:
            form.set_value("code", code)
            form.keep()

    def unsay(self) -> None:
        """Once seen, it is no news any more."""
        self.just_activated = False

    def _banner(self, coupling: Coupling) -> str:
        if not self.just_activated:
            return ""
        if coupling.code is None:
            return "✓ De koppeling is geactiveerd, maar zonder verificatiecode staat de uitwisseling stil."
        return "✓ De koppeling is geactiveerd."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer deliveries only for a supplier of results, and a preview only if there is one."""
        if action == "preview":
            return self.esis.has(Preview(self.kind.type))
        if action == "change":
            return any(not form.has_class("-gone") for form in self.query(Form))
        if action == "copy_code":
            return bool(self._code)
        if action in ("pause", "end"):
            return any(
                not (button.disabled or button.query_ancestor(Form).has_class("-gone"))
                for button in self.query(f"#{action}")
            )
        return self.kind.brings_results if action == "deliveries" else super().check_action(action, parameters)

    def action_change(self) -> None:
        """Go to the field of the code."""
        self.query_one(Form).focus_field("code")

    def action_why(self) -> None:
        """Show what is wrong, and where to fix it."""
        self.esis.go(Why(self.kind.type))

    def action_logbook(self) -> None:
        """What happened with this coupling."""
        self.esis.go(Log(self.kind.type))

    def action_preview(self) -> None:
        """Show what the coming night brings."""
        self.esis.go(Preview(self.kind.type))

    def action_deliveries(self) -> None:
        """Show what came when."""
        self.app.push_screen(DeliveriesScreen(self.kind))

    @on(Link.Chosen, "#deliveries-link, #why-link, #preview-link")
    async def _go(self, event: Link.Chosen) -> None:
        event.stop()
        await self.run_action(event.link.key)

    def copied(self) -> CouplingType:
        """The coupling of the page."""
        return self.kind

    @on(Form.Submitted)
    def _change(self, event: Form.Submitted) -> None:
        actor, kind, code = self.actor, self.kind, event.values["code"]
        if not code and self._code:
            self.action_pause()
            return
        self.perform(lambda: lifecycle.change_code(actor, kind.type, code), self._changed)

    def _changed(self, change: CodeChange) -> None:
        form = self.query_one(Form)
        form.set_value("code", change.coupling.code or "")
        form.keep()
        self.just_activated = False
        self._tell("#banner", "")
        form.focus_field("code")
        self.say(change.told)

    @on(Button.Pressed, "#copy")
    def _copy(self) -> None:
        self.action_copy_code()

    @on(Button.Pressed, "#pause")
    def action_pause(self) -> None:
        """Ask, then stop for now."""
        self.app.push_screen(PauseQuestion(self.action_copy_code), self._pause)

    def _pause(self, answer: bool | None) -> None:
        actor, kind = self.actor, self.kind
        if answer:
            self.perform(lambda: lifecycle.pause(actor, kind.type), self._changed)
        else:
            self.query_one(Form).set_value("code", self._code)

    @on(Button.Pressed, "#end")
    def action_end(self) -> None:
        """Ask, then end it."""
        self.app.push_screen(end_question(self.kind, stopped=not self._code), self._end)

    def _end(self, answer: bool | None) -> None:
        actor, kind = self.actor, self.kind
        if answer:
            self.perform(lambda: lifecycle.end(actor, kind.type), self._ended)

    def _ended(self, _coupling: Coupling) -> None:
        self.query_one(Form).keep()
        self.say(f"De koppeling {self.kind.row} is beëindigd.")
        self.app.pop_screen()
