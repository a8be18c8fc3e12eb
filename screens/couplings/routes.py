"""The ways to the coupling screens: what the left block, the palette and lines of attention open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.access import Permission
from app.couplings import lifecycle
from app.couplings.catalogue import by_type
from app.diagnosis.findings import all_kinds
from app.refusals import Refused
from screens.shared.dialogs import Choose
from screens.shell.programs import preview_of

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

LEFT_TITLE = "Koppelingen beheren"
LEFT_ENTRIES = (
    ("overview", "Koppelingenoverzicht", "Overzicht"),
    ("activate", "Koppeling activeren", "Activeren"),
    ("end", "Koppeling beëindigen", "Beëindigen"),
    ("log", "Koppelingenlogboek", "Logboek"),
)
PATH: tuple[str, ...] = ("Beheer", "Koppelingen")
WHY = "Waarom komt het niet?"


def open_entry(app: EsisApp, key: str) -> None:
    """An entry of the left block; Esc comes back to the screen that shows it."""
    from screens.couplings.logbook import LogbookScreen
    from screens.couplings.overview import ActivateList, CouplingOverview, EndList

    screens = {"overview": CouplingOverview, "activate": ActivateList, "end": EndList, "log": LogbookScreen}
    app.push_screen(screens[key]())


def open_activation(app: EsisApp, type_name: str) -> None:
    """The activation form of a coupling; its page where it is live already; a sentence where it may not."""
    from screens.couplings.activation import ActivationScreen

    actor = app.actor
    if actor is None:
        return
    try:
        actor.require(Permission.MANAGE_COUPLINGS)
        kind = by_type(type_name)
        if lifecycle.live(actor.location, kind.type):
            open_coupling(app, kind.type)
            return
    except Refused as refusal:
        app.report_refusal(refusal)
        return
    app.switch_mode("esis")
    app.push_screen(ActivationScreen(kind))


def open_coupling(app: EsisApp, type_name: str) -> None:
    """The page of a live coupling."""
    from screens.couplings.detail import CouplingScreen

    app.switch_mode("esis")
    app.push_screen(CouplingScreen(by_type(type_name)))


def open_preview(app: EsisApp, type_name: str) -> None:
    """What the coming night will bring to the other end of a coupling, where that can be told."""
    if preview := preview_of(type_name):
        app.push_screen(preview())


def open_terms(app: EsisApp, type_name: str) -> None:
    """The terms of a coupling."""
    from screens.couplings.terms import TermsScreen

    app.push_screen(TermsScreen(by_type(type_name)))


def open_log(app: EsisApp, type_name: str = "") -> None:
    """The logbook, of one coupling or of all."""
    from screens.couplings.logbook import LogbookScreen

    _if_viewing(app, lambda: app.push_screen(LogbookScreen(type_name)))


def open_unmatched(app: EsisApp) -> None:
    """The results that found no pupil."""
    from screens.couplings.unmatched import UnmatchedScreen

    _if_viewing(app, lambda: app.push_screen(UnmatchedScreen()))


def open_contacts(app: EsisApp, type_name: str) -> None:
    """The contact details that a coupling asks for and that are not there."""
    from screens.couplings.contacts import ContactsScreen

    _if_viewing(app, lambda: app.push_screen(ContactsScreen(by_type(type_name))))


def open_deliveries(app: EsisApp, type_name: str) -> None:
    """What a supplier of results brought, to take back."""
    from screens.couplings.deliveries import DeliveriesScreen

    _if_viewing(app, lambda: app.push_screen(DeliveriesScreen(by_type(type_name))))


def open_why(app: EsisApp, kind: str) -> None:
    """Waarom komt het niet? of a coupling or transfer; of one to choose where nothing can be told of this one."""
    from screens.couplings.why import WhyScreen

    titles = dict(all_kinds())
    if kind in titles:
        _if_viewing(app, lambda: app.push_screen(WhyScreen(kind, titles[kind])))
    else:
        choose_why(app)


def choose_why(app: EsisApp) -> None:
    """The same, for one of a list."""

    def chosen(kind: str | None) -> None:
        if kind is not None:
            open_why(app, kind)

    _if_viewing(app, lambda: app.push_screen(Choose(WHY, all_kinds()), chosen))


def _if_viewing(app: EsisApp, go: Callable[[], object]) -> None:
    if app.actor is None:
        return
    try:
        app.actor.require(Permission.VIEW_COUPLINGS)
    except Refused as refusal:
        app.report_refusal(refusal)
        return
    app.switch_mode("esis")
    go()
