"""`esis webservice --self-signed` as a program, its certificates, and its faults by command."""

from __future__ import annotations

import http.client
import json
import ssl
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from app.uwlr.disturbing import KINDS
from tests.commands.conftest import Esis, started
from tests.uwlr.service import PATIENCE, pull


def told_by(process: subprocess.Popen[str]) -> dict[str, str]:
    """The JSON that it prints as soon as it serves."""
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or lines[-1] != "}\n":
        lines.append(process.stdout.readline())
        assert lines[-1], process.communicate(timeout=PATIENCE)[1]
    told: dict[str, str] = json.loads("".join(lines))
    return told


def test_a_supplier_calls_by_https_with_the_files_that_are_named_and_a_signal_ends_it(
    practice: str, tmp_path: Path
) -> None:
    process = started(
        practice,
        "webservice",
        "--practice",
        "--port",
        "0",
        "--self-signed",
        environment={"XDG_DATA_HOME": str(tmp_path)},
    )
    try:
        told = told_by(process)
        context = ssl.create_default_context(cafile=told["ca"])
        context.load_cert_chain(told["client_cert"], told["client_key"])
        place = urlsplit(told["pupils"])
        caller = http.client.HTTPSConnection(place.netloc, context=context, timeout=PATIENCE)
        who = {"code": told["klantcode"], "name": told["klantnaam"], "key": told["autorisatiesleutel"]}
        caller.request("POST", place.path, pull(**who), {"Content-Type": "text/xml"})
        assert caller.getresponse().status == 200
        caller.close()
        control = http.client.HTTPConnection(urlsplit(told["control"]).netloc, timeout=PATIENCE)
        control.request("GET", f"/boards/{told['board']}/journal", headers={"X-Sleutel": told["control_key"]})
        (row,) = json.loads(control.getresponse().read())
        assert (row["outcome"], row["supplier"]) == ("accepted", told["klantcode"])
        control.close()
        assert (Path(told["client_key"]).stat().st_mode & 0o777, place.scheme) == (0o600, "https")
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 143


def test_faults_are_set_listed_and_taken_away(esis: Esis) -> None:
    on = ("fault", "webservice", "on")
    first = esis(
        *on, "503", "--supplier", "iep-lvs", "--operation", "HaalLeerlinggegevens", "--nth", "3", "--json"
    ).data
    assert esis(*on, "slow", "--seconds", "5", "--chance", "50", "--seed", "7").status == 0
    listed = esis("fault", "webservice", "list", "--json").data
    assert listed[0] == first
    assert [(one["kind"], one["seconds"], one["chance"], one["calls"]) for one in listed] == [
        ("503", 0, 100, 0),
        ("slow", 5, 50, 0),
    ]
    assert "503" in esis("fault", "webservice", "list").out
    for wrong, status in (((*on, "brand"), 1), ((*on, "503", "--chance", "0"), 1), (("fault", "webservice", "off"), 2)):
        assert esis(*wrong).status == status
    assert esis("fault", "webservice", "off", str(first["number"])).status == 0
    assert "1 storing" in esis("fault", "webservice", "off", "--all").err
    assert esis("fault", "webservice", "list", "--json").data == []
    assert [one["kind"] for one in esis("fault", "webservice", "kinds", "--json").data] == list(KINDS)
    assert esis("--user", "rovict", *on, "503").status == 1, "only a trainer"
    assert esis("fault", "on", "iep-lvs", "slow", "--help").status == 0


def test_a_certificate_is_for_a_supplier_that_is_known(esis: Esis) -> None:
    files = esis("supplier", "certificate", "iep-lvs", "--json").data
    assert sorted(files) == ["ca", "client_cert", "client_key"]
    assert "client_key" in esis("supplier", "certificate", "iep-lvs").out
    assert "is er niet" in esis("supplier", "certificate", "niemand").err


def test_what_does_not_go_together_is_wrong_usage(esis: Esis) -> None:
    assert esis("webservice", "--host", "192.0.2.1").status == 2
    assert esis("webservice", "--control-port", "9999").status == 2


def test_bytes_that_are_no_text_are_told_and_no_crash(esis: Esis) -> None:
    odd, call = (
        "x\udcff",
        ("--klantnaam", "b", "--autorisatiesleutel", "c", "--brincode", "99QQ", "--schooljaar", "2019-2020"),
    )
    for arguments, words in (
        (("--board", odd, "uwlr", "list"), "bestaat niet"),
        (("--board", odd, "webservice", "--practice", "--port", "0"), "een teken dat niet kan"),
        (("--user", odd, "supplier", "add", "a", "b"), "bestaat niet"),
        (("supplier", "remove", odd), "is niet toegevoegd"),
        (("uwlr", "pull", "--url", "http://127.0.0.1:1/x", "--klantcode", odd, *call), "een teken"),
    ):
        said = esis(*arguments)
        assert said.status in (1, 2), arguments
        assert words in said.err, arguments
