"""`esis uwlr elsewhere`: set, shown and cleared by commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Esis

ROOT = "http://127.0.0.1:9/b/daar-1/UWLR"
PUPILS, RESULTS = f"{ROOT}/UwlrLeerlinggegevens2.2.svc", f"{ROOT}/UwlrLeerresultaten2.2.svc"


def shown(esis: Esis) -> dict[str, dict[str, str]]:
    return {row["partner"]: row for row in esis("uwlr", "elsewhere", "show", "--json").data}


def test_the_address_that_the_web_service_prints_is_enough(esis: Esis) -> None:
    said = esis("uwlr", "elsewhere", "set", "iep-lvs", "--url", PUPILS)
    assert said.status == 0
    assert "esis partner iep-lvs connect" in said.err
    found = shown(esis)
    assert (found["iep-lvs"]["pupils"], found["iep-lvs"]["results"]) == (PUPILS, RESULTS)
    assert (found["iep-lvs"]["klantcode"], found["iep-lvs"]["klantnaam"]) == ("iep-lvs", "Bureau ICE")
    assert found["gynzy"]["pupils"] == ""
    assert PUPILS in esis("coupling", "why", "iep-lvs").out
    assert esis("uwlr", "elsewhere", "clear", "iep-lvs").status == 0
    assert shown(esis)["iep-lvs"]["pupils"] == ""


def test_the_json_of_the_web_service_says_the_rest_and_no_key_is_shown(esis: Esis, tmp_path: Path) -> None:
    file = tmp_path / "ws.json"
    said = {"klantcode": "eigen", "klantnaam": "Eigen", "autorisatiesleutel": "99QQ00geheimgeheim"}
    file.write_text(json.dumps({"pupils": PUPILS, "results": RESULTS, **said}), "utf-8")
    for partner in ("iep-lvs", "basispoort"):
        assert esis("uwlr", "elsewhere", "set", partner, "--from", str(file)).status == 0
    told = esis("uwlr", "elsewhere", "show", "--json")
    assert {row["klantcode"] for row in told.data} == {"eigen", ""}
    assert "geheim" not in told.out


def test_mijnschoolinfo_goes_by_contacts(esis: Esis) -> None:
    said = esis("uwlr", "elsewhere", "set", "mijnschoolinfo", "--url", PUPILS)
    assert said.status == 1
    assert "dat kent UWLR niet" in said.err
    assert "basispoort, gynzy, iep-lvs" in said.err
