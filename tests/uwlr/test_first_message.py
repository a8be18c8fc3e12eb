"""From nothing to a first message by a script: the service is started, waited for, and called by a printed client."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.commands.conftest import ended, started


def printed(out: IO[str]) -> Any:
    """The JSON object that a program prints at the start, while it goes on."""
    lines: list[str] = []
    for line in out:
        lines.append(line)
        if line.rstrip() == "}":
            return json.loads("".join(lines))
    raise AssertionError(f"it ended, having said {lines}")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    program = started(f"sqlite:///{tmp_path / 'leeg.db'}", "webservice", "--practice", "--port", "0")
    yield program
    program.terminate()
    ended(program)


def test_a_first_message_by_a_script(service: subprocess.Popen[str], tmp_path: Path) -> None:
    assert service.stdout is not None
    given = printed(service.stdout)
    root = given["pupils"].partition("/b/")[0]
    with urllib.request.urlopen(f"{root}/gereed?wacht=10", timeout=20) as answer:
        assert json.load(answer) == {"gereed": True}
    (tmp_path / "ws.json").write_text(json.dumps(given))
    client = started("sqlite://", "uwlr", "example", "--lang", "python", "--from", str(tmp_path / "ws.json"))
    (tmp_path / "haal.py").write_text(ended(client).out)
    done = subprocess.run(
        [sys.executable, "-S", str(tmp_path / "haal.py")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "221 leerlingen\n"), done.stderr
