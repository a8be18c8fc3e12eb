"""The routes between IEP LVS's screens: its menu and the tabs of Beheer > School (sources.md#iep-lvs)."""

from __future__ import annotations

from screens.partners.routes import HOME, SIGN_OUT, Routes

ROUTES = Routes(
    package="iep_lvs",
    menu=(
        (HOME, "Start"),
        ("pupils", "Leerlingen"),
        ("assessments", "Toetsen"),
        ("management", "Beheer"),
        (SIGN_OUT, "Afmelden"),
    ),
    tabs=(
        ("details", "Details"),
        ("basispoort", "Basispoort"),
        ("coupling", "Resultaatkoppeling"),
        ("windows", "Vensters"),
    ),
    more=(("merging", "Leerlingen samenvoegen"), ("check", "Verbinding met Basispoort controleren")),
    screens={
        "pupils": "pupils:Pupils",
        "assessments": "assessments:Assessments",
        "management": "management:Management",
        "details": "details:Details",
        "basispoort": "basispoort:Basispoort",
        "coupling": "coupling:ResultsCoupling",
        "windows": "windows:Windows",
        "merging": "merging:Merging",
        "check": "check:Check",
    },
)
