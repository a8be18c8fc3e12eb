"""An existing file is replaced only on request, and a draaiboek never by its own output."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from app.training import classes, sheet
from models.board import Board
from tests.commands.conftest import Esis

pytestmark = pytest.mark.usefixtures("economical")
TEXT = "---\ntitle: Proef\nkind: demo\n---\n```esis\nshot een\n```\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A draaiboek without a golden screen."""
    path = tmp_path / "proef.draaiboek.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


WAYS = {
    "screenshot": ("x.txt", "screenshot", "Startpagina", "--out", "{}"),
    "csv": ("x.csv", "lesson", "status", "--csv", "{}"),
    "sheet": ("x.md", "board", "create", "--count", "1", "--sheet", "{}", "--address", "<script>"),
    "export": ("x.xml", "export", "edexml", "{}"),
}
SHARED = ("screenshot",)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_there_is_replaced_with_yes_only_and_a_fifo_never(esis: Esis, tmp_path: Path, way: str) -> None:
    name, *words = WAYS[way]
    path = tmp_path / name
    arguments = [word.format(path) for word in words]
    path.write_text("van mij")
    said = esis(*arguments)
    assert (said.status, "--yes" in said.err, path.read_text()) == (1, True, "van mij"), said.err
    assert Board.select().count() == 1, "no board was made of which nobody has the password"
    said = esis(*arguments, "--yes")
    assert (said.status, "van mij" in path.read_text()) == (0, False), said.err
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == (0o044 if way in SHARED else 0)
    path.unlink()
    os.mkfifo(path)
    said = esis(*arguments, "--yes")
    assert (said.status, "is een FIFO en wordt niet vervangen" in said.err) == (1, True), said.err
    assert path.is_fifo()


def test_who_is_asked_may_say_no(esis: Esis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text("van mij")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    for answer, status in (("nee", 1), ("j", 0)):
        monkeypatch.setattr(sys.stdin, "readline", lambda answer=answer: f"{answer}\n", raising=False)
        said = esis("lesson", "status", "--csv", str(path))
        assert (said.status, "bestaat al. Vervangen? [j/n]" in said.err) == (status, True)
        assert (path.read_text() == "van mij") is bool(status)


def test_a_report_replaces_a_report_and_nothing_else(esis: Esis, tmp_path: Path, script: Path) -> None:
    report = tmp_path / "verslag.html"
    esis("play", str(script), "--update")
    (tmp_path / "proef.golden" / "een.txt").write_text("anders")
    for _ in range(2):
        assert "staat in" in esis("play", str(script), "--report", str(report)).err
    assert stat.S_IMODE(report.stat().st_mode) & 0o044
    report.write_text("van mij")
    assert "Voeg --yes toe" in esis("play", str(script), "--report", str(report)).err
    assert report.read_text() == "van mij"
    (tmp_path / "ander.md").hardlink_to(script)
    for option in ("--report", "--record"):
        for name in ("ander.md", script.name):
            said = esis("play", str(script), option, str(tmp_path / name), "--yes")
            assert (said.status, "is het draaiboek zelf" in said.err) == (1, True)
    assert script.read_text(encoding="utf-8") == TEXT


def test_nothing_on_a_sheet_is_more_than_text() -> None:
    made = [classes.Made("Klas_01", "geheim", (("ib", "*baas* | <b>"),), "/b/klas-1")]
    page = sheet.as_markdown(made, "https://a/<script>alert(1)</script>[x](y)")
    assert "<" not in page
    assert "\\[x\\]" in page
    assert "\\*baas\\* \\| &lt;b&gt; |" in page
    assert "<script>" not in sheet.as_html(made, "<script>")
