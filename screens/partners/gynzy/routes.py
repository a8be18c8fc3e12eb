"""The routes between Gynzy's screens."""

from __future__ import annotations

from screens.partners.routes import HOME, SIGN_OUT, Routes

ROUTES = Routes(
    package="gynzy",
    menu=(
        (HOME, "Start"),
        ("worlds", "Werelden"),
        ("pupils", "Leerlingen"),
        ("settings", "Instellingen"),
        (SIGN_OUT, "Afmelden"),
    ),
    screens={
        "worlds": "worlds:Worlds",
        "pupils": "pupils:Pupils",
        "groups": "groups:Groups",
        "settings": "settings:Settings",
    },
)
