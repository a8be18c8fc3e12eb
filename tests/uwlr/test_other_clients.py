"""PHP's SoapClient and node-soap drive both services, where they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from models.assessment import Result
from tests.uwlr.conftest import Server

CLIENTS = Path(__file__).with_name("clients")
HAS: dict[str, tuple[list[str], str, str]] = {
    "php": (["php", "-m"], "soap", "PHP with its SoapClient"),
    "node": (["node", "-p", "require.resolve('soap') && 'soap'"], "soap", "Node.js with node-soap"),
}
"""What to ask, what is then among the lines, and what is needed."""


@pytest.mark.parametrize(("program", "name"), [("php", "all.php"), ("node", "all.cjs")])
def test_it_pulls_pushes_and_reads_faults(server: Server, tmp_path: Path, program: str, name: str) -> None:
    ask, wanted, needed = HAS[program]
    there = shutil.which(program) and subprocess.run(ask, capture_output=True, text=True, check=False).stdout.split()
    if not there or wanted not in there:
        pytest.skip(f"needs {needed}")
    (tmp_path / "ws.json").write_text(json.dumps(server.given))
    done = subprocess.run(
        [program, str(CLIENTS / name), str(tmp_path / "ws.json"), server.school.pupil],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    pulled = [
        f"{len(server.school.enrolled())} leerlingen",
        "structuur",
        "geengegevens",
        "s:Client.AutorisatieOngeldig",
    ]
    assert done.stdout.splitlines() == [*pulled, *pulled, "gebracht"], done.stderr
    (row,) = Result.select().where(Result.supplier_key == program)
    assert (row.pupil.key, row.score) == (server.school.pupil, 57)
    assert server.last()["remarks"] == []
