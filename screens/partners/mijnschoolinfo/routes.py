"""The routes between Mijnschoolinfo's screens: its menu, and the tabs of School and Koppeling."""

from __future__ import annotations

from screens.partners.routes import HOME, SIGN_OUT, Routes

SCHOOL_TABS = (
    ("pupils", "Leerlingen"),
    ("guardians", "Verzorgers"),
    ("staff", "Medewerkers"),
    ("groups", "Groepen"),
    ("deleted", "Verwijderd"),
)
COUPLING_TABS = (
    ("coupling", "Koppeling ESIS"),
    ("tonight", "Vannacht"),
    ("deliveries", "Leveringen"),
    ("doubts", "Twijfellijst"),
    ("import", "Importeren"),
)
ROUTES = Routes(
    package="mijnschoolinfo",
    menu=(
        (HOME, "Start"),
        ("school", "School"),
        ("layout", "Klassen"),
        ("esis", "Koppeling"),
        (SIGN_OUT, "Afmelden"),
    ),
    tabs=(*SCHOOL_TABS, *COUPLING_TABS),
    screens={
        "school": "people:Pupils",
        "pupils": "people:Pupils",
        "guardians": "people:Guardians",
        "staff": "people:Staff",
        "groups": "groups:Groups",
        "deleted": "deleted:Deleted",
        "layout": "layout:Layout",
        "esis": "coupling:Coupling",
        "coupling": "coupling:Coupling",
        "tonight": "delivery_preview:DeliveryPreviewTab",
        "deliveries": "deliveries:Deliveries",
        "doubts": "doubts:Doubts",
        "import": "importing:Import",
    },
)
