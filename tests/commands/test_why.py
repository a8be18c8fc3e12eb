"""`esis coupling why`: status 0 if nobody has to fix anything, else 1 with the causes on stderr."""

from __future__ import annotations

from tests.commands.conftest import Esis

CODE = "99QQ001234567890abcd"


def test_why_nothing_comes_by_a_coupling(esis: Esis) -> None:
    said = esis("coupling", "why", "iep-lvs")
    assert (said.status, "1 oorzaak gevonden.\n! De koppeling IEP LVS is in ESIS niet geactiveerd." in said.err) == (
        1,
        True,
    )
    assert "Bij IEP LVS         nog niet ingesteld" in said.out
    esis("coupling", "activate", "iep-lvs", "--name", "R. Victor", "--agree", "--code", CODE)
    told = esis("coupling", "why", "iep-lvs", "--json")
    assert told.status == 1
    assert told.data["causes"][0]["target"] == "partner:iep-lvs/coupling"
    assert CODE not in told.out + told.err


def test_what_comes_by_itself_is_told_and_is_not_wrong(esis: Esis) -> None:
    said = esis("coupling", "why", "basispoort")
    assert said.status == 0
    assert "Niets gevonden dat iemand moet herstellen. De volgende uitwisseling is wo 15-4-2020 01:30." in said.err
    assert "- De groepen Plusgroep rekenen, Schoolkoor gaan niet mee" in said.err
    assert esis("coupling", "why", "magister").status == 1
    assert esis("--user", "zonderrol", "coupling", "why", "iep-lvs").status == 1
