"""The routes between Basispoort's screens: its menu and what is under Beheer."""

from __future__ import annotations

from screens.partners.routes import HOME, SIGN_OUT, Routes

ROUTES = Routes(
    package="basispoort",
    menu=(
        (HOME, "Start"),
        ("pupils", "Leerlingen"),
        ("groups", "Groepen"),
        ("management", "Beheer"),
        (SIGN_OUT, "Afmelden"),
    ),
    more=(
        ("publishers", "Uitgeverijen"),
        ("las", "Koppeling LAS"),
        ("upload", "Bestand inlezen"),
        ("staff", "Medewerkers"),
    ),
    screens={
        "pupils": "rosters:Pupils",
        "groups": "rosters:Groups",
        "management": "management:Management",
        "publishers": "publishers:Publishers",
        "las": "las:LasCoupling",
        "upload": "upload:Upload",
        "staff": "staff:Staff",
        "person": "person:NewPerson",
    },
)
