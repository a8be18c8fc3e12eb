"""Where a line of attention or a cause leads: the screen that solves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.access import Permission
from app.refusals import Refused
from fixtures import menu
from screens.couplings import routes

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp


def open_target(app: EsisApp, target: str) -> None:
    """Open what a notice or a cause points to.

    A menu item's id, `unmatched`, `school-time`, or one of these with a name after a colon: `partner` (a program, or
    `PROGRAM/SCREEN`), `log`, `coupling`, `contacts`, `deliveries`, `why` (a type), `user`, `group` (a number).
    """
    kind, _, name = target.partition(":")
    if kind in _WAYS:
        try:
            _WAYS[kind](app, name)
        except Refused as refusal:
            app.report_refusal(refusal)
    else:
        app.open_item(menu.item_by_id(target))


def _partner(app: EsisApp, name: str) -> None:
    from screens.partners.arriving import open_page

    program, _, page = name.partition("/")
    open_page(app, program, page)


def _user(app: EsisApp, number: str) -> None:
    from app.access import find_user
    from models.board import User
    from screens.organisation.user_page import UserPage

    actor = _allowed(app, Permission.MANAGE_USERS)
    app.push_screen(UserPage(find_user(actor.board, User.get_by_id(int(number)).name)))


def _group(app: EsisApp, number: str) -> None:
    from app.school import groups
    from screens.organisation.groups import GroupFormScreen

    app.push_screen(GroupFormScreen(groups.get(_allowed(app, Permission.MANAGE_GROUPS), int(number))))


def _allowed(app: EsisApp, permission: Permission):  # type: ignore[no-untyped-def]
    assert app.actor is not None
    app.actor.require(permission)
    return app.actor


_WAYS: dict[str, Callable[[EsisApp, str], object]] = {
    "partner": _partner,
    "log": routes.open_log,
    "unmatched": lambda app, _name: routes.open_unmatched(app),
    "school-time": lambda app, _name: app.action_school_time(),
    "coupling": routes.open_activation,
    "contacts": routes.open_contacts,
    "deliveries": routes.open_deliveries,
    "why": routes.open_why,
    "user": _user,
    "group": _group,
}
