"""Where a line of attention leads: the screen that solves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fixtures import menu
from screens.programs import partner_programs

if TYPE_CHECKING:
    from screens.esis import EsisApp


def open_target(app: EsisApp, target: str) -> None:
    """Open what a notice points to: a menu item's id, `partner:TYPE`, `log:TYPE` or `unmatched`."""
    from screens.couplings.routes import open_log, open_unmatched

    kind, _, name = target.partition(":")
    if kind == "partner":
        if any(program.id == name for program in partner_programs()):
            app.go_to_program(name)
    elif kind == "log":
        open_log(app, name)
    elif target == "unmatched":
        open_unmatched(app)
    else:
        app.open_item(menu.item_by_id(target))
