"""The clients that `esis uwlr example` prints pull the pupils, in each language that has an interpreter here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.access import actor_for, find_user
from app.refusals import Refused
from app.uwlr.examples import LANGUAGES, OF_PUSH, Values, example, values_of
from app.uwlr.journal import Outcome
from app.webservice import suppliers
from app.webservice.suppliers import SupplierForm
from models.assessment import Result
from tests.uwlr.conftest import Server

AWKWARD = SupplierForm('o\'brien-&-"zn"', 'O\'Brien & "Zonen" \\ $HOME %s {é} ’t <x>', "iep-lvs")
RUN: dict[str, tuple[str, str, list[str]]] = {
    "curl": ("curl", "haal.sh", ["sh"]),
    "php": ("php", "haal.php", ["php"]),
    "node": ("node", "haal.mjs", ["node"]),
    "python": (sys.executable, "haal.py", [sys.executable, "-S"]),
    "java": ("java", "Haal.java", ["java", "-XX:TieredStopAtLevel=1"]),
    "csharp": ("dotnet", "", []),
    "powershell": ("pwsh", "haal.ps1", ["pwsh", "-NoProfile", "-File"]),
}
"""Language -> what must be there, the file, and how it is started; a project of C# would need packages."""


def can_run(language: str) -> str:
    """Why it cannot be run here; empty if it can."""
    program, name, start = RUN[language]
    if shutil.which(program) is None or not name:
        return f"no {program} here" if name else "C# needs a project and its packages"
    if language == "php":
        told = subprocess.run([*start, "-m"], capture_output=True, text=True, check=False).stdout
        return "" if "soap" in told.split() else "the PHP here has no SoapClient"
    return ""


@pytest.fixture(scope="module")
def values(server: Server) -> Values:
    """Of a supplier whose name has everything that a language gives a meaning."""
    board = server.school.practice.board
    suppliers.add(actor_for(find_user(board, "trainer"), server.school.practice.location), AWKWARD)
    told = Values(**values_of(json.dumps(server.given)))
    return replace(told, klantcode=AWKWARD.code, klantnaam=AWKWARD.name)


def started(language: str, values: Values, folder: Path, push: bool = False) -> subprocess.CompletedProcess[str]:
    """The client, run from a file of its own."""
    _, name, start = RUN[language]
    (folder / name).write_text(example(language, values, push), encoding="utf-8")
    own = {**os.environ, "LC_ALL": "C.UTF-8", "JAVA_TOOL_OPTIONS": ""}
    return subprocess.run(
        [*start, name], cwd=folder, capture_output=True, text=True, timeout=60, check=False, env=own, encoding="utf-8"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_pulls_the_pupils_by_the_letter_of_the_standard(
    server: Server, values: Values, language: str, tmp_path: Path
) -> None:
    if why := can_run(language):
        pytest.skip(why)
    done = started(language, values, tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{len(server.school.enrolled())} leerlingen\n"), done.stderr
    last = server.last()
    assert (last["outcome"], last["remarks"], last["supplier"]) == (Outcome.ACCEPTED, [], AWKWARD.code)


@pytest.mark.parametrize("language", OF_PUSH)
def test_it_brings_a_result_with_its_level(server: Server, values: Values, language: str, tmp_path: Path) -> None:
    if why := can_run(language):
        pytest.skip(why)
    done = started(language, values, tmp_path, push=True)
    assert (done.returncode, done.stdout) == (0, "1 resultaat ontvangen\n"), done.stderr
    last = server.last()
    assert (last["outcome"], last["remarks"], last["operation"]) == (Outcome.ACCEPTED, [], "BrengLeerresultaten")
    (row,) = Result.select().where(Result.supplier_key.startswith("rekenen-6-"))
    assert (row.score, row.level, row.reference_level) == (61, "III", "1F")


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "java"])
def test_it_tells_why_it_is_refused(server: Server, values: Values, language: str, tmp_path: Path) -> None:
    if why := can_run(language):
        pytest.skip(why)
    done = started(language, replace(values, autorisatiesleutel="99QQ00nietdejuiste"), tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Client.AutorisatieOngeldig" in done.stderr
    assert "SLEUTEL-01" in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_filled_in(values: Values, language: str) -> None:
    text = example(language, replace(values, klantnaam="Oefenleverancier", klantcode="een-code"))
    assert re.findall(r"__[A-Z_]+__", text) == []
    for value in (values.pupils, values.autorisatiesleutel, "een-code", "Oefenleverancier", "99QQ", "2019-2020"):
        assert value in text


def test_a_value_of_two_lines_is_refused(values: Values) -> None:
    with pytest.raises(Refused, match="klantnaam"):
        example("curl", replace(values, klantnaam="een\ntwee"))


@pytest.mark.parametrize("text", ["", "geen json", "[]", "{}", '{"pupils": 3}'])
def test_what_the_service_did_not_print_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        values_of(text)
