"""`esis play --trace`: which draaiboeken get a page, where it comes, and what is not overwritten."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.commands import playing
from app.refusals import Refused
from app.training.scripts.document import Script
from app.training.scripts.errors import Mistake, PlayFailed
from app.training.scripts.shots import Shot
from app.training.tracing.page import MARK
from tests.training.tracing.reading import data_of

TEXT = "---\ntitle: Proef\nrole: rovict\nkind: demo\n---\n1. Openen\n\n```esis\nopen Leerlingen\nshot lijst\n```\n"


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Callable[[Script, Any], None]:
    """A draaiboek with 'fout' in its name fails at its last line; with 'stuk' the program does."""

    def play(script: Script, *_given: object, begun: object, trace: Any) -> list[Shot]:
        for command in script.steps[1].commands:
            wrong = "Dat staat er niet." if "fout" in script.name and command.word == "shot" else ""
            if trace is not None:
                trace.before(script.steps[1], command)
            if "stuk" in script.name:
                raise ZeroDivisionError
            if trace is not None:
                trace.after(script.steps[1], command, wrong)
            if wrong:
                raise PlayFailed(Mistake(str(script.path), command.line, wrong), "[ scherm ]", "<svg/>")
        return [Shot("lijst", 1, "nu\n", "<svg/>")] if "plaatje" in script.name else []

    monkeypatch.setattr(playing, "play_through", play)
    return play


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, played: object) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("goed", "fout", "map/goed", "map/ander"):
        path = tmp_path / "boeken" / f"{name}.draaiboek.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return tmp_path


def pages(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html") if "verschillen" not in path.name)


def test_only_what_fails_gets_a_page_or_everything_as_it_lies(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["play", "boeken", "--trace", "fail", "--json"]) == 1
    out, said = capsys.readouterr()
    where = f"Het verloop staat in {Path('verloop', 'fout.html')}."
    assert where in said
    failed = [one for one in map(json.loads, out.splitlines()) if one["event"] == "failed"]
    assert [one["message"] for one in failed] == [f"Dat staat er niet. {where}"]
    assert pages(folder) == [str(Path("verloop", "fout.html"))]
    assert run(["play", "boeken", "--trace", "on", "--trace-dir", "hier"]) == 1
    assert pages(folder / "hier") == ["ander.html", "fout.html", "goed.html", str(Path("map", "goed.html"))]
    assert f"goed.draaiboek.md: in orde, zonder plaatjes. Het verloop staat in {Path('hier', 'goed.html')}." in (
        capsys.readouterr().err
    )


def test_a_page_of_before_is_replaced_and_nothing_else_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["play", "boeken/goed.draaiboek.md", "--trace", "on"]) == 0
    page = folder / "verloop" / "goed.html"
    assert run(["play", "boeken/goed.draaiboek.md", "--trace", "on"]) == 0
    assert MARK in page.read_text(encoding="utf-8")
    page.write_text("van mij", encoding="utf-8")
    capsys.readouterr()
    assert run(["play", "boeken/goed.draaiboek.md", "--trace", "on"]) == 1
    said = capsys.readouterr().err
    assert "goed.html bestaat al. Vervangen?" in said
    assert "in orde" not in said, "told before anything is played"
    assert page.read_text(encoding="utf-8") == "van mij"
    assert run(["play", "boeken/goed.draaiboek.md", "--trace", "on", "--yes"]) == 0
    assert MARK in page.read_text(encoding="utf-8")


def test_a_page_of_another_play_meanwhile_is_replaced_and_nothing_else_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usual, page = playing.play_through, folder / "verloop" / "goed.html"
    page.parent.mkdir()

    def play(*given: Any, **named: Any) -> list[Shot]:
        page.write_text(before)
        return usual(*given, **named)

    monkeypatch.setattr(playing, "play_through", play)
    for before, told in ((f"<meta {MARK}>", "Het verloop staat in"), ("van mij", "bestaat al")):
        page.unlink(missing_ok=True)
        assert run(["play", "boeken/goed.draaiboek.md", "--trace", "on"]) == 0
        assert told in capsys.readouterr().err
        assert (page.read_text() == before) == (before == "van mij")


def test_a_place_where_nothing_can_be_written_is_told_first_and_later_hides_no_failure(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "vol").write_text("een bestand", encoding="utf-8")
    assert run(["play", "boeken/fout.draaiboek.md", "--trace", "fail", "--trace-dir", "vol"]) == 1
    assert "De map vol" in capsys.readouterr().err

    def full(*_given: object, **_named: object) -> None:
        raise Refused("De schijf is vol.")

    monkeypatch.setattr("app.exchange.whole_file.put", full)
    assert run(["play", "boeken/fout.draaiboek.md", "--trace", "fail"]) == 1
    assert "fout.draaiboek.md:10: Dat staat er niet." in (said := capsys.readouterr().err)
    assert "De schijf is vol." in said


def test_a_screen_that_differs_is_a_failure_at_its_line(folder: Path) -> None:
    file = folder / "plaatje.draaiboek.md"
    file.write_text(TEXT, encoding="utf-8")
    golden = folder / "plaatje.golden"
    golden.mkdir()
    (golden / "esis.lijst").write_text("lijst.txt\n", encoding="utf-8")
    (golden / "lijst.txt").write_text("toen\n", encoding="utf-8")
    assert run(["play", str(file), "--trace", "fail"]) == 1
    acts = data_of((folder / "verloop" / "plaatje.html").read_text(encoding="utf-8"))["acts"]
    assert [(act["line"], act["wrong"].partition(" v")[0]) for act in acts] == [(9, ""), (10, "'lijst'")]


def test_when_the_program_itself_goes_wrong_there_is_a_page_of_what_led_to_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "stuk.draaiboek.md"
    file.write_text(TEXT, encoding="utf-8")
    assert run(["play", str(file), "--trace", "fail"]) == 3
    assert "Het verloop staat in" in capsys.readouterr().err
    (act,) = data_of((folder / "verloop" / "stuk.html").read_text(encoding="utf-8"))["acts"]
    assert act["wrong"] == "Het programma ging hier stuk (ZeroDivisionError)."


def test_a_draaiboek_elsewhere_is_traced_in_the_folder_and_may_be_named_twice(folder: Path) -> None:
    (folder / "daar").mkdir()
    os.chdir(folder / "daar")
    assert run(["play", "../boeken/map/ander.draaiboek.md", "../boeken/map/ander.draaiboek.md", "--trace", "on"]) == 0
    assert pages(folder) == [str(Path("daar", "verloop", "ander.html"))]


@pytest.mark.parametrize("more", [["--trace", "on", "--demo"], ["--trace-dir", "x"], ["--trace", "altijd"]])
def test_what_does_not_go_together_is_wrong_usage(folder: Path, more: list[str]) -> None:
    assert run(["play", "boeken/goed.draaiboek.md", *more]) == 2
    assert pages(folder) == []
    assert os.listdir(folder) == ["boeken"]
