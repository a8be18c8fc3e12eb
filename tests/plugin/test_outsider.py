"""A stranger's project with ten draaiboeken and ten tests in Python, in fresh environments, from green to green.

It takes minutes, so it runs when asked: `OUTSIDER=1 uv run pytest -n0 tests/plugin/test_outsider.py`. What it does is shown
by cheaper tests, a part each.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.junit import junit
from tests.plugin.conftest import Environment

pytestmark = pytest.mark.skipif("OUTSIDER" not in os.environ, reason="runs with OUTSIDER=1, in minutes")
PLACES = (
    "Leerlingenadministratie",
    "Mijn groep",
    "Koppelingen",
    "Koppelingenlogboek",
    "Toetsen activeren",
    "Relaties",
    "Medewerkers",
    "Exportdefinities",
    "Toetsdefinities",
)
SCRIPT = """---
title: {place}
role: rovict
kind: demo
---

## 1. Open

```esis
open {place}
expect "{place}"
shot scherm
```
"""
ACTIVATE = """---
title: Activeren zonder code
role: rovict
kind: demo
---
```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
choose "Activeren" in "IEP LVS"
fill "Uw naam" "R. de Vries"
tick "Voor akkoord"
choose "Gereed"
check coupling iep-lvs paused
shot zonder-code
```
"""
TESTS = (
    "import pytest\nfrom pytest_esis import Esis\n\n\n"
    + "@pytest.mark.parametrize('place', {places!r})\ndef test_it_opens(esis: Esis, place: str) -> None:\n"
    "    esis.open(place)\n    esis.expect(place)\n\n\n"
    "def test_a_coupling_waits_for_its_code(esis: Esis) -> None:\n"
    '    esis.do(\'open Koppelingen\\nchoose "Activeren" in "IEP LVS"\\nfill "Uw naam" "R. de Vries"\')\n'
    "    esis.tick('Voor akkoord')\n    esis.choose('Gereed')\n    assert esis.check('coupling iep-lvs paused')\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for number, place in enumerate(PLACES):
        (folder / f"plek-{number}.draaiboek.md").write_text(SCRIPT.format(place=place))
    (folder / "activeren.draaiboek.md").write_text(ACTIVATE)
    (folder / "test_schermen.py").write_text(TESTS.format(places=PLACES))
    return folder


def test_from_green_to_green(project: Path, python: Environment, esis: Environment) -> None:
    path = os.pathsep.join(map(str, (python.bin, esis.bin, os.environ["PATH"])))

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ESIS", "PYTHON"))}
        env = {**kept, "PATH": path, **more}
        return subprocess.run(words, cwd=project, env=env, capture_output=True, text=True, check=False)

    def play(*options: str, **more: str) -> subprocess.CompletedProcess[str]:
        return run("esis", "play", *options, **more)

    def changed() -> set[str]:
        now = {str(file): file.read_bytes() for file in project.rglob("*.golden/*")}
        found = {Path(name).parent.stem for name, content in now.items() if before.get(name) != content}
        before.update(now)
        return found

    before: dict[str, bytes] = {}
    done = play(".", "--update")
    assert done.returncode == 0, done.stderr
    assert len(changed()) == len(PLACES) + 1

    done = run("pytest", "-q", "-p", "no:xdist", "-p", "no:asyncio", "-p", "no:cacheprovider")
    assert "20 passed" in done.stdout, done.stdout + done.stderr

    for more in (
        {"TZ": "Asia/Tokyo"},
        {"LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "7", "COLUMNS": "40"},
    ):
        assert play(".", **more).returncode == 0
    assert play("activeren.draaiboek.md", "--repeat", "20").returncode == 0

    script = project / "activeren.draaiboek.md"
    for line in _acts(script.read_text()):
        script.write_text(ACTIVATE.replace(line, re.sub('"[^"]*"', '"Wat er niet is"', line, count=1)))
        done = play("activeren.draaiboek.md", "--trace", "fail", "--yes", "--json")
        failed = next(event for event in map(json.loads, done.stdout.splitlines()) if event["event"] == "failed")
        assert failed["line"] == ACTIVATE.splitlines().index(line) + 1, (line, failed)
        assert "http" not in _addresses(project / "verloop" / "activeren.html")
    script.write_text(ACTIVATE)

    names = ("plek-0", "plek-1", "plek-2", "plek-3", "activeren")
    for name in names:
        golden = project / f"{name}.golden" / f"{'zonder-code' if name == 'activeren' else 'scherm'}.txt"
        golden.write_text(golden.read_text().replace("e", "a", 1))
    changed()
    done = play(".", "--accept", "plek-0/scherm,plek-2/*", "--yes", "--junit", "uitslag.xml")
    assert (done.returncode, changed()) == (1, {"plek-0", "plek-2"})
    junit(project / "uitslag.xml")
    assert play("--last-failed", ".", "--accept", "plek-1/scherm,plek-3/*,activeren/*", "--yes").returncode == 0
    assert changed() == {"plek-1", "plek-3", "activeren"}

    shards = [set(_played(play(".", "--shard", f"{part}/3", "--json").stdout)) for part in (1, 2, 3)]
    assert sum(map(len, shards)) == len(set.union(*shards)) == len(PLACES) + 1


def _acts(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("choose", "fill", "tick"))]


def _played(lines: str) -> Iterator[str]:
    return (event["file"] for event in map(json.loads, lines.splitlines()) if event["event"] == "passed")


def _addresses(page: Path) -> str:
    return " ".join(re.findall(r'(?:src|href)="([^"]*)"', page.read_text(encoding="utf-8")))
