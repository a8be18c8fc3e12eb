"""Every test of a LAS, and which rules they cover."""

from __future__ import annotations

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.rules import RULES
from app.uwlr.conformance import doors, faults, forms, pulls, pushes
from app.uwlr.conformance.model import Test

TESTS: tuple[Test, ...] = (
    *pulls.BOOK.tests,
    *doors.BOOK.tests,
    *faults.BOOK.tests,
    *forms.BOOK.tests,
    *pushes.BOOK.tests,
)
"""In the order in which they are done."""
BY_ID = {one.id: one for one in TESTS}
UNPROVOKED = {
    rules.STOPPED: "Alleen de school zelf kan een koppeling stoppen.",
    rules.SLOWED: "Wie dit uitlokt, sluit zichzelf een tijd buiten.",
    rules.IMPOSSIBLE_DATE: "Zo'n resultaat wacht bij ESIS op de lijst zonder leerling; wat hoort, zegt de standaard niet.",
    rules.NOT_NOW: "Of een dienst bereikbaar is, bepaalt wie belt niet.",
    rules.BROKEN: "Een fout van de dienst zelf is niet uit te lokken.",
    rules.DISTURBED: "Een storing zet wie de dienst heeft, niet wie belt.",
    rules.NOT_HTTP: "Wat geen HTTP is, is geen bericht: er is geen antwoord dat goed of fout is.",
    rules.NOT_SECURED: "Dat gaat over het adres, voor er een bericht is.",
    rules.HANDSHAKE: "Dat gaat over de verbinding, voor er een bericht is; zie LAS-KLANT-03.",
    rules.GONE: "Wie niet wacht, hoort niet wat er gezegd wordt.",
}
"""Rules that a caller cannot violate, or should not, and why."""


def coverage() -> dict[str, list[str]]:
    """Rule id -> the ids of its tests, in the order of the rules; without those that nobody can provoke."""
    found: dict[str, list[str]] = {one.id: [] for one in RULES.values() if one not in UNPROVOKED}
    for test in TESTS:
        for rule in test.rules:
            if rule.id in found:
                found[rule.id].append(test.id)
    return found


def uncovered() -> list[str]:
    """The rules without a test."""
    return [rule for rule, ids in coverage().items() if not ids]
