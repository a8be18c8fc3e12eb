"""Going somewhere by name: to a program, or to a screen of the one in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.refusals import Refused
from app.training.scripts.errors import CannotDo
from screens.driving.named import fold
from screens.navigation import written
from screens.shell.programs import ESIS, partner_names

if TYPE_CHECKING:
    from screens.driving.screen_driver import ScreenDriver
    from screens.shell.esis import EsisApp

NOBODY = "er is nog niemand aangemeld. Vul Gebruiker en Wachtwoord in, en kies Aanmelden."
IN_ESIS = "'{}' is een scherm van ESIS: typ eerst `naar ESIS`."


async def go(app: EsisApp, driver: ScreenDriver, to: str) -> None:
    """Raises `CannotDo`."""
    if fold(to) in map(fold, ("ESIS", *partner_names().values())):
        await driver.go_to(to)
    elif app.current_mode == ESIS:
        if app.actor is None:
            raise CannotDo(NOBODY)
        await driver.open(to)
    else:
        await _open_here(driver, to)


async def _open_here(driver: ScreenDriver, to: str) -> None:
    """A page of the partner's program; one that only ESIS has is said to be there."""
    try:
        await driver.open(to)
    except CannotDo:
        if _of_esis(to):
            raise CannotDo(IN_ESIS.format(to)) from None
        raise


def _of_esis(to: str) -> bool:
    try:
        place = written.find(to)
    except Refused:
        return False
    return place.steps[0] not in partner_names().values()
