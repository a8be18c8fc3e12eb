"""The programs side by side: ESIS, and each partner's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from app.couplings.catalogue import place
from app.partners.registry import by_id, declared
from screens import partners
from screens.shell.tokens import Look

if TYPE_CHECKING:
    from app.partners.partner import Partner

ESIS = "esis"


@dataclass(frozen=True)
class PartnerProgram:
    """A partner's program, with its own users and data; `open` makes its first screen."""

    partner: Partner
    open: Callable[[], Screen[Any]]
    pages: Callable[[Screen[Any]], list[tuple[str, Callable[[], object]]]] = lambda _screen: []
    """What the palette finds in it from this screen: titles, and how to open them."""
    people: Callable[[Screen[Any], str, int], list[tuple[str, str, Callable[[], object]]]] | None = None
    """Whom a typed name names there, at most so many: names, what they are, and how to open them. Reads."""
    preview: type[Screen[Any]] | None = None
    """The ESIS screen that previews the coming night there; None if that cannot be predicted."""

    @property
    def id(self) -> str:
        """The partner's id."""
        return self.partner.id

    @property
    def title(self) -> str:
        """The partner's name."""
        return self.partner.name


@cache
def partner_programs() -> tuple[PartnerProgram, ...]:
    """What each partner's package in `screens.partners` declares as `PROGRAM`, in the order ESIS offers them."""
    found: list[PartnerProgram] = list(declared(partners, "PROGRAM", "program").values())
    return tuple(sorted(found, key=lambda program: place(program.id)))


@cache
def partner_looks() -> Mapping[str, Look]:
    """What each partner's package declares as `LOOK`, by id: all that the program needs of them to start."""
    return declared(partners, "LOOK", "look")


@cache
def partner_names() -> Mapping[str, str]:
    """The name of each partner that has a program, by id, in the order ESIS offers them; imports none of them."""
    return {partner: by_id(partner).name for partner in sorted(partner_looks(), key=place)}


def program_of(partner: str) -> PartnerProgram:
    """The program of a partner."""
    return next(program for program in partner_programs() if program.id == partner)


def preview_of(partner: str) -> type[Screen[Any]] | None:
    """The preview of a partner's coming night, if it has one."""
    return next((program.preview for program in partner_programs() if program.id == partner), None)
