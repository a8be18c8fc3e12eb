"""The start page of a partner's program: what asks for attention, how the coupling stands, what is here, and tonight."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from app import clock
from app.diagnosis import advice
from app.diagnosis.coupling_status import Badge
from app.workers import nights
from app.workers.nights import Moment
from app.workers.schedule import all_jobs
from screens.partners.page import PartnerPage, Way, Ways
from screens.partners.routes import SIGN_OUT
from screens.partners.tabs import TabPage
from screens.shared import keys, signs
from screens.shared.facts import Fact, Facts
from screens.shared.label import Label
from screens.shared.link import Link, Sentence
from screens.shared.panel import Panel
from screens.shared.spatial import is_displayed
from screens.shared.text import plain
from screens.shared.timeline import Happened, Timeline

WEEK, SHOWN = timedelta(days=7), 5
"""How far back exchanges are shown, and how many at most."""


@dataclass(frozen=True)
class Step:
    """What to do now, as a sentence, and the route to where; empty if nothing."""

    sentence: str = ""
    way: str = ""

    @property
    def urgent(self) -> bool:
        """Whether nothing goes on until it is done."""
        return self.sentence.startswith("! ")


@dataclass(frozen=True)
class Side:
    """How this side of the coupling stands: a sign, and a few words."""

    badge: Badge
    words: str

    def drawn(self, partner: str) -> Content:
        """Both halves, as the partner sees them, and how it stands."""
        sign, colour = signs.BADGES[self.badge]
        halves = signs.both_halves(self.badge, "ESIS", here=partner)
        return Content.assemble(halves, "   ", signs.badge(sign, self.words, colour))


@dataclass(frozen=True)
class Standing:
    """What the start page tells: the coupling and what is told of it, what the school has here, and what to do."""

    side: Side
    coupling: Sequence[tuple[str, str]] = ()
    here: Sequence[tuple[str, str]] = ()
    step: Step = Step()


@dataclass(frozen=True)
class Welcome:
    """What the start page shows."""

    school: str
    standing: Standing
    tonight: Sequence[Moment]
    past: Sequence[Moment]
    """What was exchanged, newest first."""


class PartnerHome(PartnerPage):
    """The first screen after signing in. Set `WAYS` (route key and title of each), and implement `standing`."""

    HERE = "home"
    PATH = ("Start",)
    WAYS: tuple[tuple[str, str], ...] = ()
    COUPLED = "Koppeling met ESIS"
    """What the coupling is called here."""
    SCOPED_CSS = False
    DEFAULT_CSS = """
    PartnerHome #home-welcome { width: 1fr; height: 1; text-style: bold; }
    PartnerHome #home-next { color: $label; width: 1fr; height: auto; padding: 0 1; }
    PartnerHome #home-next.-urgent { color: $warn; text-style: bold; }
    PartnerHome #home-row { height: auto; }
    PartnerHome #home-left { width: 1fr; height: auto; }
    PartnerHome #home-right { width: 50; height: auto; }
    PartnerHome.-wide #home-right { width: 70; }
    PartnerHome.-narrow #home-right { width: 1fr; }
    PartnerHome.-high #home-told { margin: 1 0 0 0; }
    PartnerHome.-narrow #home-left { width: 27; }
    PartnerHome #home-past.-empty { display: none; }
    PartnerHome.-narrow #home-tonight, PartnerHome.-low #home-past { display: none; }
    """
    BINDINGS = [
        keys.BACK(
            "back",
            "Terug",
            id="screen.back",
            show=False,
            tooltip="Dit is het begin van het programma; afmelden kan in het menu (F10).",
        ),
    ]

    def body(self) -> ComposeResult:
        """What asks for attention; the ways on and tonight; the coupling and what is here."""
        yield Label("", id="home-welcome")
        with Ways(id="home-ways"):
            with Panel("Vraagt aandacht", id="home-attention", classes="-list"):
                yield NextStep("", id="home-next")
            with Horizontal(id="home-row"):
                with Vertical(id="home-left"):
                    with Panel("Ga naar", classes="-list"):
                        for key, title in self.WAYS:
                            yield Way(title, key=key)
                    with Panel("Vannacht", told=self.esis.in_keys("F9 zet de schooltijd vooruit"), id="home-tonight"):
                        yield Timeline(id="home-moments")
                with Vertical(id="home-right"):
                    with Panel(self.COUPLED):
                        yield Label("", id="home-side")
                        yield Facts(id="home-told")
                    with Panel("Uw school hier"):
                        yield Facts(id="home-facts")
                    with Panel("Afgelopen nachten", id="home-past"):
                        yield Happened(id="home-happened")

    def read(self) -> Welcome:
        """The school's name, how it stands, and what comes tonight."""
        name, here, now = self.PARTNER.name, self.session.location, clock.school_now(self.esis.board)
        jobs = [job for job in all_jobs() if name in job.title]
        past = [moment for moment in nights.happened([here], now - WEEK, now) if name in moment.what]
        standing = self.standing()
        if not advice.is_given(self.esis.board):
            standing = replace(standing, step=Step())
        return Welcome(self.called()[0], standing, nights.tonight(here, now, jobs), past[: -SHOWN - 1 : -1])

    def show(self, found: Welcome) -> None:
        """Show it."""
        standing = found.standing
        self.query_one("#home-welcome", Label).update(plain(f"Welkom bij {self.PARTNER.name}, {found.school}"))
        self.query_one(NextStep).tell(standing.step)
        attention = self.query_one("#home-attention")
        attention.display = bool(standing.step.sentence)
        attention.border_title = "Vraagt aandacht" if standing.step.urgent else "Hoe het verder gaat"
        self.query_one("#home-side", Label).update(standing.side.drawn(self.PARTNER.name))
        for where, lines in (("told", standing.coupling), ("facts", standing.here)):
            self.query_one(f"#home-{where}", Facts).show(Fact(label, value) for label, value in lines)
        self.query_one(Timeline).show(found.tonight)
        self.query_one(Happened).show(found.past)
        self.query_one("#home-past").set_class(not found.past, "-empty")
        if self.settled:
            self.call_after_refresh(self._not_lost)

    def _not_lost(self) -> None:
        """What had the focus may be done, and gone."""
        here = self.focused
        if self.is_current and not (here and here.focusable and is_displayed(here)):
            self.set_focus(None)
            self.focus_start()

    @abstractmethod
    def standing(self) -> Standing:
        """How it stands."""

    def focus_start(self) -> None:
        """What asks for attention, if it leads somewhere; else the first way."""
        if self.focused is None:
            step = self.query_one(NextStep)
            (step if step.key else self.query(Way).first()).focus()

    @on(Link.Chosen, "#home-ways Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.key == SIGN_OUT:
            self.open_menu(SIGN_OUT)
            return
        self.ROUTES.open_entry(self, event.link.key)
        if isinstance(page := self.app.screen, TabPage):
            page.on_tabs = False

    def action_back(self) -> None:
        """Do nothing: there is nothing behind the start page."""


class NextStep(Sentence):
    """What to do now; Enter goes there."""

    def tell(self, step: Step) -> None:
        """Show it."""
        self.key = step.way
        self.can_focus = bool(step.way)
        self.set_class(step.urgent, "-urgent")
        self.set_text(step.sentence)
