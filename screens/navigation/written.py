"""How a place is written: as its breadcrumb, as in `Beheer > Koppelingen > IEP LVS`; for a partner its name first.

Steps may be left out if the meaning stays clear, such as the menu headings, which some breadcrumbs do not have
(sources.md#menu); capitals and accents make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import cast

from app.couplings.catalogue import all_types
from app.diagnosis.findings import all_kinds
from app.exchange.names import folded
from app.refusals import NotFound, Refused
from app.targets import (
    Activation,
    ActivationList,
    Contacts,
    CouplingPage,
    Deliveries,
    EndingList,
    Lessons,
    Log,
    MenuItem,
    MenuTab,
    PartnerPage,
    Parts,
    Preview,
    SchoolTime,
    Target,
    TrainerPage,
    TransitionStep,
    Unmatched,
    Why,
)
from fixtures import menu
from screens.navigation.places import PLACES, place_of
from screens.partners.page import PartnerPage as Page
from screens.partners.routes import SIGN_OUT
from screens.partners.sign_in import PartnerSignIn
from screens.partners.tabs import TabPage
from screens.shell.programs import PartnerProgram, partner_names, partner_programs

_EXAMPLE = "Beheer > Koppelingen > IEP LVS"


class AmbiguousPlace(Refused):
    """More than one place matches what was written."""


@dataclass(frozen=True)
class Named:
    """A place with all steps of its name; for a partner's page the first cannot be left out."""

    steps: tuple[str, ...]
    target: Target

    @property
    def path(self) -> str:
        """`Beheer > Import-Export-Koppelingen > Koppelingen > IEP LVS`."""
        return menu.SEPARATOR.join(self.steps)

    def fits(self, asked: tuple[str, ...]) -> bool:
        """Whether these folded steps can mean this place."""
        *before, last = map(folded, self.steps)
        if isinstance(self.target, PartnerPage) and asked[0] != (*before, last)[0]:
            return False
        if isinstance(self.target, TransitionStep) and before[-1] not in asked:
            return False  # "Leerlingen" by itself is no step of the year transition
        rest = iter((folded(menu.EVERYTHING), *before))
        return asked[-1] == last and all(step in rest for step in asked[:-1])


def find(text: str) -> Named:
    """Find the place written this way: the menu before places below an item, then the shortest.

    Raises `AmbiguousPlace` naming the candidates, or `NotFound` naming the nearest, if any is near.
    """
    asked = tuple(map(folded, text.split(">")))
    for known in (_at_the_top, _below):
        found = [one for one in known() if one.fits(asked)]
        found = [one for one in found if len(one.steps) == min(len(other.steps) for other in found)]
        if len(found) > 1:
            candidates = ", ".join(f"'{one.path}'" for one in found)
            raise AmbiguousPlace(f"'{text}' komt vaker voor in het menu. Kies uit: {candidates}.")
        if found:
            return found[0]
    nearest = _nearest(asked)
    hint = f"Bedoelt u '{nearest}'?" if nearest else f"Schrijf het pad boven een scherm, zoals '{_EXAMPLE}'."
    raise NotFound(f"'{text}' staat niet in het menu. {hint}")


def _nearest(asked: tuple[str, ...]) -> str | None:
    """The path of the place with the most of these steps; the last step that is like the name of a place decides."""
    places = [one for one in (*_at_the_top(), *_below()) if not isinstance(one.target, TransitionStep)]
    for last in reversed(asked):
        if titles := get_close_matches(last, [folded(one.steps[-1]) for one in places], n=1):
            alike = [one for one in places if folded(one.steps[-1]) == titles[0]]
            return max(alike, key=lambda one: len({*map(folded, one.steps)} & {*asked})).path
    return None


def page_kind(target: PartnerPage) -> type[Page]:
    """The class of a partner's page, or of the first one where it names the program's start."""
    program = next(one for one in partner_programs() if one.id == target.partner)
    home = cast("type[PartnerSignIn]", program.open).HOME
    return home.ROUTES.kind(target.page) if target.page in home.ROUTES.screens else home


def everything() -> tuple[Named, ...]:
    """Every place that has a name."""
    return (*_at_the_top(), *_below())


@cache
def _at_the_top() -> tuple[Named, ...]:
    """The items and tabs of the menu, the programs, and the school time."""
    items, (start, *tabs) = menu.items(), menu.menu().tabs
    assert start.title == items[0].title
    return (
        *(Named(item.steps, MenuItem(item.id)) for item in items),
        *(Named((tab.title,), MenuTab(tab.title)) for tab in tabs),
        *(Named((name,), PartnerPage(partner)) for partner, name in partner_names().items()),
        Named((SchoolTime.TITLE,), SchoolTime()),
    )


@cache
def _below() -> tuple[Named, ...]:
    """Places below those: couplings, other screens with a name of their own, and the partners' pages."""
    return (*_couplings(), *_screens(), *(page for program in partner_programs() for page in _pages(program)))


def _couplings() -> Iterator[Named]:
    above = menu.item_by_id("koppelingen").steps
    for kind in all_types():
        own = (*above, kind.row)
        yield Named(own, CouplingPage(kind.type))
        yield Named((*above, ActivationList.TITLE, kind.row), Activation(kind.type))
        if kind.needs_contacts:
            yield Named((*above, ActivationList.TITLE, Contacts.TITLE), Contacts(kind.type))
        if kind.brings_results:
            yield Named((*own, Deliveries.TITLE), Deliveries(kind.type))
        if place_of(Preview(kind.type)) is not None:
            yield Named((*own, Preview.TITLE), Preview(kind.type))
    for name, title in all_kinds():
        yield Named((*above, title, Why.TITLE), Why(name))
        yield Named((*above, Log.TITLE, title), Log(name))


def _screens() -> Iterator[Named]:
    """Single places that are no menu item; their name has the menu heading even if their breadcrumb does not."""
    ones = [target for target in PLACES if isinstance(target, TrainerPage | TransitionStep)]
    for target in (*ones, ActivationList(), EndingList(), Log(), Unmatched(), Lessons(), Parts()):
        place = place_of(target)
        assert place is not None
        above = menu.item_by_id(place.kind.ITEM).steps if place.kind.ITEM else place.kind.PATH[:-1]
        yield Named((*above, place.kind.PATH[-1]), target)


def _pages(program: PartnerProgram) -> Iterator[Named]:
    """Pages in the menu, tabs and palette of a partner's program."""
    routes = cast("type[PartnerSignIn]", program.open).HOME.ROUTES
    for key, title in (*routes.menu, *routes.tabs, *routes.more):
        if key != SIGN_OUT:
            above = _above(routes.kind(key), title) if key in routes.screens else ()
            yield Named((program.title, *above, title), PartnerPage(program.id, key))


def _above(kind: type[Page], title: str) -> tuple[str, ...]:
    """The steps before the title in a page's breadcrumb; none for a tab that is opened by another name."""
    path = (*kind.ABOVE, dict(kind.TABS or kind.ROUTES.tabs)[kind.TAB]) if issubclass(kind, TabPage) else kind.PATH
    return path[:-1] if path[-1] == title else ()
