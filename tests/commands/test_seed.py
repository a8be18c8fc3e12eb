"""Command lines that others' scripts depend on, from a reset to results; on both databases."""

from __future__ import annotations

from datetime import datetime

from app.commands.coupling import LABELS
from tests.commands.conftest import Esis

CODE = "99QQ00abcdefghijklmn"
COUNTS = {"received", "stored", "replaced", "unchanged", "unmatched", "refused"}


def done(esis: Esis, *arguments: str) -> str:
    """Runs a command that must succeed; its stdout."""
    said = esis(*arguments)
    assert said.status == 0, said.err
    return said.out


def test_from_a_reset_to_the_results_and_the_end(esis_on_both: Esis) -> None:
    esis = esis_on_both
    assert done(esis, "reset") == ""
    assert {row["state"] for row in esis("coupling", "list", "--json").data} == {"available"}
    assert esis("result", "list", "--json").data == []
    assert done(esis, "clock", "show") == "2020-04-14T09:00:00+02:00\n"
    told = esis("coupling", "activate", "iep-lvs", "--name", "A. de Vries", "--agree", "--code", CODE)
    assert (told.status, told.out) == (0, "")
    assert "Testbericht versturen en koppeling inschakelen" in told.err
    told = esis("partner", "iep-lvs", "connect", "--code", CODE)
    assert "vanaf dit moment worden de resultaten elke nacht doorgestuurd" in told.err
    done(esis, "partner", "iep-lvs", "sit", "rekenen-6", "--group", "6")
    told = esis("clock", "advance", "--until", "morning")
    assert (told.status, told.out) == (0, "")
    assert "wo 15-4-2020 08:00" in told.err
    assert done(esis, "clock", "show") == "2020-04-15T08:00:00+02:00\n"
    runs = esis("run", "list", "--json").data
    assert {run["state"] for run in runs} == {"succeeded"}
    newest = runs[0]
    assert (newest["coupling"], newest["slot"]) == ("iep-lvs", "2020-04-15T04:00:00+02:00")
    results = esis("result", "list", "--json").data
    assert newest["counts"]["stored"] == newest["counts"]["received"] == len(results) > 1000
    of_group = esis("result", "list", "--group", "6", "--json").data
    assert {row["key"] for row in of_group} < {row["key"] for row in results}
    assert any(row["assessment"] == "rekenen-6" and row["date"] == "2020-04-14" for row in of_group)
    done(esis, "coupling", "pause", "iep-lvs")
    done(esis, "coupling", "code", "iep-lvs", "99qq00" + CODE[6:])
    done(esis, "clock", "advance", "--to", "2020-04-16T08:00")
    assert esis("run", "list", "--json").data[0]["state"] == "succeeded"
    done(esis, "coupling", "end", "iep-lvs", "--yes")
    kinds = [line["kind"] for line in esis("coupling", "log", "iep-lvs", "--json").data]
    assert kinds == ["einde", "uitwisseling", "hervatting", "stop", "uitwisseling", "testbericht", "activering"]
    assert len(esis("result", "list", "--json").data) == len(results)
    done(esis, "reset")
    assert esis("result", "list", "--json").data == esis("coupling", "log", "--json").data == []
    assert done(esis, "clock", "show") == "2020-04-14T09:00:00+02:00\n"


def moment(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() is not None


def test_the_json_of_couplings_and_runs(esis: Esis) -> None:
    esis("coupling", "activate", "iep-lvs", "--name", "A. de Vries", "--agree", "--code", CODE)
    esis("partner", "iep-lvs", "connect", "--code", CODE)
    esis("clock", "advance", "--until", "morning")
    iep, gynzy, info = esis("coupling", "list", "--json").data
    assert iep == {
        "type": "iep-lvs",
        "name": "IEP LVS",
        "state": "active",
        "start_date": "2020-04-14",
        "code_masked": "99QQ00" + "*" * 14,
        "last_run": "2020-04-15T04:00:00+02:00",
    }
    assert (gynzy["type"], gynzy["last_run"], info["type"]) == ("gynzy", None, "mijnschoolinfo")
    for run in esis("run", "list", "--json").data:
        assert list(run) == ["id", "coupling", "slot", "state", "attempt", "counts", "error"]
        assert set(run["counts"]) == COUNTS
        assert run["counts"]["received"] == sum(run["counts"].values()) - run["counts"]["received"]
        assert moment(run["slot"])
    for line in esis("coupling", "log", "--json").data:
        assert list(line) == ["at", "coupling", "user", "kind", "message", "counts"]
        assert moment(line["at"])
        assert line["counts"] is None or set(line["counts"]) == COUNTS
    for result in esis("result", "list", "--json").data:
        assert set(result) == {
            "key",
            "supplier",
            "pupil",
            "assessment",
            "part",
            "date",
            "level",
            "score",
            "received_at",
        }
        assert moment(result["received_at"])


def test_show_gives_the_consent_and_the_code_to_the_two_roles_only(esis: Esis) -> None:
    assert set(esis("coupling", "show", "iep-lvs", "--json").data) == {
        "type",
        "name",
        "state",
        "start_date",
        "code_masked",
        "last_run",
    }
    esis("coupling", "activate", "iep-lvs", "--name", "A. de Vries", "--agree", "--code", CODE)
    shown = esis("coupling", "show", "iep-lvs", "--json").data
    assert (shown["code"], shown["consent_name"], shown["activated_by"]) == (CODE, "A. de Vries", "rovict")
    assert moment(shown["consent_at"])
    assert set(shown) == set(LABELS), "each has a name in Dutch, or people would not see it"
    as_ib = esis("--user", "ib", "coupling", "show", "iep-lvs")
    assert CODE[6:] not in as_ib.out + as_ib.err
    assert "99QQ00" + "*" * 14 in as_ib.out
    assert CODE[6:] not in esis("coupling", "list").out + esis("coupling", "log").out


def test_the_json_of_pupils_and_assessments(esis: Esis) -> None:
    pupils = esis("pupil", "list", "--json").data
    assert len(pupils) > 200
    for pupil in pupils:
        assert set(pupil) == {"key", "first_name", "prefix", "last_name", "birth_date", "group", "status"}
        assert pupil["status"] == "enrolled"
    assert {row["group"] for row in esis("pupil", "list", "--group", "6", "--json").data} == {"6"}
    assert len(esis("pupil", "list", "--status", "all", "--json").data) >= len(pupils)
    assessments = esis("partner", "iep-lvs", "assessments", "--json").data
    assert all(list(row) == ["id", "name", "groups"] for row in assessments)
    assert {"rekenen-6", "eindtoets-8"} <= {row["id"] for row in assessments}


def test_a_list_without_json_is_a_table_with_a_line_for_each(esis: Esis) -> None:
    assert len(esis("pupil", "list").out.splitlines()) == len(esis("pupil", "list", "--json").data) + 1
    assert esis("coupling", "list").out.splitlines()[0].split()[:3] == ["TYPE", "NAAM", "STATUS"]
    assert esis("run", "list").out.startswith("ID")
    assert esis("fault", "list").out.startswith("KOPPELING")


def test_a_teacher_lists_the_own_group_only(esis: Esis) -> None:
    own = esis("--user", "leerkracht6", "pupil", "list", "--json").data
    assert {row["group"] for row in own} == {"6"}
    assert len(own) < len(esis("pupil", "list", "--json").data)


def test_another_location_has_its_own_pupils_and_couplings(esis: Esis) -> None:
    there = {row["key"] for row in esis("--location", "99qq01", "pupil", "list", "--json").data}
    assert there
    assert there.isdisjoint(row["key"] for row in esis("pupil", "list", "--json").data)
    said = esis("--location", "99QQ01", "coupling", "activate", "iep-lvs", "--name", "A", "--agree", "--code", CODE)
    assert (said.status, "vestigingsnummer 00" in said.err) == (1, True)


def test_a_disturbance_is_the_trainers(esis: Esis) -> None:
    assert esis("fault", "on", "iep-lvs", "unreachable").status == 1
    assert esis("--user", "trainer", "fault", "on", "iep-lvs", "unreachable").status == 0
    assert esis("fault", "list", "--json").data == [{"partner": "iep-lvs", "kind": "unreachable"}]
    assert esis("fault", "list").out.splitlines()[1].split(maxsplit=2) == [
        "iep-lvs", "unreachable", "ESIS is onbereikbaar"]  # fmt: skip
    esis("coupling", "activate", "iep-lvs", "--name", "A", "--agree", "--code", CODE)
    said = esis("partner", "iep-lvs", "connect", "--code", CODE)
    assert (said.status, "niet bereikbaar" in said.err) == (1, True)
    assert esis("--user", "trainer", "fault", "off", "iep-lvs", "unreachable").status == 0
    assert esis("partner", "iep-lvs", "connect", "--code", CODE).status == 0
