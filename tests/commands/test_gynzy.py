"""Gynzy on the command line: connect, methods, sit, and a delivery that is rolled back and sent again."""

from __future__ import annotations

from models.assessment import ActiveAssessment
from models.partners.gynzy import GynzySchool
from tests.commands.conftest import Esis
from tests.commands.test_seed import CODE, done


def test_connected_sat_taken_back_and_sent_again(esis: Esis) -> None:
    assert "niet geactiveerd" in esis("partner", "gynzy", "connect", "--code", CODE).err
    done(esis, "coupling", "activate", "gynzy", "--name", "A. de Vries", "--agree", "--code", CODE)
    done(esis, "partner", "gynzy", "connect", "--code", CODE)
    done(esis, "clock", "advance", "--until", "morning")
    groups = esis("partner", "gynzy", "show", "groups", "--json").data
    assert {row["origin"] for row in groups} == {"esis", "own"}
    done(esis, "partner", "gynzy", "method", "on", "rekenen")
    assert [row["id"] for row in esis("partner", "gynzy", "methods", "--json").data if row["on"]] == ["rekenen"]
    done(esis, "partner", "gynzy", "practise", "rekenen", "--group", "6")
    done(esis, "partner", "gynzy", "sit", "rekenen", "--group", "6")
    ActiveAssessment.create(location=GynzySchool.get(GynzySchool.code == CODE).location, assessment="gynzy-rekenen-6")
    done(esis, "clock", "advance", "--until", "morning")
    number = len(esis("result", "list", "--json").data)
    assert number > 0
    refused = esis("coupling", "rollback", "gynzy")
    assert (refused.status, "--yes" in refused.err) == (1, True)
    run = next(row for row in esis("run", "list", "--json").data if row["coupling"] == "gynzy")
    done(esis, "coupling", "rollback", "gynzy", "--run", str(run["id"]), "--yes")
    assert esis("result", "list", "--json").data == []
    done(esis, "partner", "gynzy", "resend")
    done(esis, "clock", "advance", "--until", "morning")
    assert len(esis("result", "list", "--json").data) == number


def test_a_hand_made_account_is_merged(esis: Esis) -> None:
    done(esis, "coupling", "activate", "gynzy", "--name", "A. de Vries", "--agree", "--code", CODE)
    done(esis, "partner", "gynzy", "connect", "--code", CODE)
    done(esis, "clock", "advance", "--until", "morning")
    pupils = esis("partner", "gynzy", "show", "pupils", "--json").data
    own = next(row for row in pupils if row["origin"] == "own")
    target = next(row for row in pupils if row["origin"] == "esis" and row["name"] == own["name"])
    done(esis, "partner", "gynzy", "merge", "--from", own["key"], "--to", target["key"])
    after = {row["key"]: row for row in esis("partner", "gynzy", "show", "pupils", "--json").data}
    assert (after[own["key"]]["active"], after[target["key"]]["exercises"]) == (False, own["exercises"])
