"""Vestiging kiezen: another location, from those where the user has a role."""

from __future__ import annotations

from app import access
from screens.navigation.going import Navigation
from screens.shared.dialogs import Choose, unless_changed
from screens.shell.programs import ESIS


def choose_location(app: Navigation) -> None:
    """Ask which; what was typed and not saved is asked about first."""
    if app.actor is None:
        return
    locations = {str(row.id): row for row in access.locations_of(app.actor.user)}
    if len(locations) < 2:
        app.notify("U heeft een rol op één vestiging.", markup=False)
        return

    def go(chosen: str | None) -> None:
        if chosen is not None and app.actor is not None:
            there = next(row for row in access.locations_of(app.actor.user) if str(row.id) == chosen)
            unless_changed(app.changed_in(ESIS), app.push_screen, lambda: app.use_location(there))

    options = [(key, f"{row.brin6}  {row.school.name}, {row.name}") for key, row in locations.items()]
    app.push_screen(Choose("Vestiging kiezen", options), go)
