"""A finding in words: what is wrong first, the rule last, and a hint that can be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.namespaces import AUTHORISATION
from app.exchange.uwlr_xml.rules import Finding
from tests.uwlr.conftest import School
from tests.uwlr.messages import Letter


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (
            Finding(rules.ORDER, 3, 5, "/a", "<b>", "eerst <c>", "Bedoelt u <c>?"),
            "Gevonden: <b>; verwacht: eerst <c>. Bedoelt u <c>? (regel 3, kolom 5, /a) [MSG-04: ",
        ),
        (Finding(rules.ORDER, found="<b>"), "Gevonden: <b>. [MSG-04: "),
        (Finding(rules.ORDER, expected="<b>"), "Gevonden: (niets); verwacht: <b>. [MSG-04: "),
        (Finding(rules.ORDER, nearest="Dit kan niet"), "Dit kan niet. [MSG-04: "),
        (Finding(rules.ORDER), "Hieraan is niet voldaan. [MSG-04: "),
    ],
)
def test_what_is_wrong_comes_first(finding: Finding, told: str) -> None:
    assert finding.sentence == f"{told}{rules.ORDER.asks}]"


Edit = Callable[[Letter], str]
HINTS: dict[str, tuple[str, Edit]] = {
    "an empty namespace on a child": (
        'Haal xmlns="" weg bij <schooljaar>, of geef hem het voorvoegsel van <leerlinggegevens_verzoek>',
        lambda letter: letter.pull.replace("<schooljaar>", '<schooljaar xmlns="">'),
    ),
    "autorisatie without a namespace": (
        f'De namespace ontbreekt: zet xmlns="{AUTHORISATION}" op <autorisatie>',
        lambda letter: letter.pull.replace(f' xmlns="{AUTHORISATION}"', ""),
    ),
}


@pytest.mark.parametrize("case", HINTS)
def test_a_namespace_that_is_not_there_is_put_where_it_belongs(school: School, case: str) -> None:
    hint, edit = HINTS[case]
    told = school.written(school.call(edit(school.letter)))
    assert hint in (told["nearest"] or told["remarks"][0]["told"])
