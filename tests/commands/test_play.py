"""`esis play`: as a check with golden screens, as text and as JSON, and as a recorded demo."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pyte
import pytest

from app.cli import run
from app.commands import playing
from app.training.lessons import catalogue
from app.training.scripts import goldens
from app.training.scripts.shots import Shot

pytestmark = pytest.mark.usefixtures("economical")
TEXT = """---
title: Proef
role: rovict
kind: demo
---
1. Openen

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
shot overzicht
```
"""
WIDE = (120, 36)


def events(told: str) -> list[dict[str, Any]]:
    """What `--json` says, in the keys of the contract."""
    found = [json.loads(line) for line in told.splitlines()]
    keys = {"event", "file", "line", "step", "message", "expected", "seen", "picture", "golden", "seconds"}
    assert all(set(one) <= keys and None not in one.values() for one in found)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "proef.draaiboek.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_golden_screens_are_kept_then_compared_and_what_differs_is_a_page(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "verschil.html"
    assert run(["play", str(file), "--report", str(report), "--json"]) == 0
    told = capsys.readouterr()
    assert "Bewaar het gouden scherm met --update, en bekijk het." in told.err
    began, _, step, first, passed, done = events(told.out)
    assert (began["event"], began["file"], began["message"]) == ("started", str(file), "Proef")
    assert (step["event"], step["step"], step["line"]) == ("step", 1, 6)
    assert (first["event"], first["line"], first["step"]) == ("skipped", 10, 1)
    assert first["golden"] == str(tmp_path / "proef.golden" / "overzicht.txt")
    assert "Koppelingen" in first["seen"]
    assert (passed["event"], passed["golden"], done["event"]) == ("passed", str(tmp_path / "proef.golden"), "done")
    assert not report.exists(), "the first time there is nothing to compare"
    assert run(["play", str(tmp_path), "--update"]) == 0
    assert run(["play", str(file)]) == 0
    assert "1 gouden scherm gelijk" in capsys.readouterr().err
    assert run(["play", str(file), "--size", "80x24", "--report", str(report)]) == 1
    assert "'overzicht' is bewaard in 120x36 tekens en nu 80x24. Speel met de maat 120x36." in capsys.readouterr().err
    kept = tmp_path / "proef.golden" / "overzicht.txt"
    kept.write_text(kept.read_text(encoding="utf-8").replace("IEP LVS", "IEP  LV", 1), encoding="utf-8")
    assert run(["play", str(file), "--report", str(report)]) == 1
    assert f"{file}:10: 'overzicht' verschilt vanaf regel" in capsys.readouterr().err
    assert "<h2>proef.draaiboek.md: overzicht</h2>" in report.read_text(encoding="utf-8")


def test_what_was_shot_before_a_line_failed_is_compared_and_the_moment_has_a_picture(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "proef.golden").mkdir()
    (tmp_path / "proef.golden" / goldens.LIST).write_text("overzicht.txt\nlater.txt\n", encoding="utf-8")
    for name in ("overzicht", "later"):
        (tmp_path / "proef.golden" / f"{name}.txt").write_text("anders", encoding="utf-8")
    report = tmp_path / "verschil.html"
    lines = 'shot overzicht\nexpect? "Nergens" within 0.1 seconds\nchoose "Aktiveren"'
    file.write_text(TEXT.replace("shot overzicht", lines), encoding="utf-8")
    assert run(["play", str(file), "--report", str(report), "--json"]) == 1
    out, said = capsys.readouterr()
    assert "'Aktiveren' staat niet op het scherm" in said
    assert said.count("Op het scherm stond:") == 2
    noted, failed, differs, done = (one for one in events(out) if one["event"] not in ("started", "step"))
    assert (noted["line"], noted["message"].split(".")[0]) == (11, "'Nergens' staat niet op het scherm")
    assert noted["message"].endswith("Er is 0.1 seconde op gewacht.")
    assert (failed["file"], failed["line"], failed["step"]) == (str(file), 12, 1)
    assert (failed["message"].split(".")[0], "Koppelingen" in failed["seen"]) == (
        "'Aktiveren' staat niet op het scherm",
        True,
    )
    assert (differs["line"], differs["expected"], "Koppelingen" in differs["seen"]) == (10, "anders", True)
    assert (done["event"], done["picture"]) == ("done", str(report))
    assert "'overzicht' verschilt" in said
    assert "'later'" not in said, "who did not get there made no picture"
    page = report.read_text(encoding="utf-8")
    assert page.index("proef.draaiboek.md: overzicht") < page.index("proef.draaiboek.md, regel 12")
    assert "proef.draaiboek.md, regel 11" in page
    assert page.count("<img") == 3


def test_nothing_is_played_where_one_is_written_wrong(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fout.draaiboek.md").write_text(TEXT.replace("shot overzicht", "fault iep-lvs vuur"), encoding="utf-8")
    assert run(["play", str(file), str(tmp_path / "fout.draaiboek.md"), "--json"]) == 1
    out, said = capsys.readouterr()
    (failed,) = events(out)
    assert (failed["event"], failed["line"]) == ("failed", 10)
    assert "fout.draaiboek.md:10: 'vuur' is geen storing. Er zijn: unreachable" in said
    assert "in orde" not in said


def test_those_that_come_with_the_program_have_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert playing.files([Path("iep-lvs")]) == [catalogue.find("iep-lvs").path]
    assert len(playing.files([Path("meegeleverd")])) >= len(catalogue.lessons())
    assert run(["play", "iep-lv"]) == 2
    assert "iep-lv is er niet. Bedoelt u iep-lvs?" in capsys.readouterr().err


def test_who_is_not_there_is_told_at_the_line_that_names_them(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT.replace("role: rovict", "role: niemand\nlocation: 88ZZ00"), encoding="utf-8")
    assert run(["play", str(file)]) == 1
    said = capsys.readouterr().err
    assert f"{file}:3: Bovenaan: Gebruiker 'niemand'" in said
    assert f"{file}:4: Bovenaan: " in said


@pytest.mark.parametrize("way", ["demo", "manual"])
def test_a_demo_and_the_manual_are_in_the_theme_of_the_settings_or_another(
    file: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def theme_given(*_arguments: object, theme: str = "", **_options: object) -> list[Shot]:
        given.append(theme or getattr(_arguments[-1], "theme", str(_arguments[-1])))
        return [Shot("overzicht", 1, "", f"{goldens.PICTURE}/>")]

    monkeypatch.setattr("app.commands.demo.show", theme_given)
    monkeypatch.setattr(playing, "play_through", theme_given)
    monkeypatch.setenv("ESIS_THEME", "esis-licht")
    arguments = ["play", str(file), *(["--demo"] if way == "demo" else ["--manual", str(tmp_path / "map")])]
    assert [run(arguments), run([*arguments, "--theme", "16"])] == [0, 0]
    assert given == ["esis-licht", "esis-16"]
    if way == "demo":
        assert [run([*arguments, "--presenter"]), run([*arguments, "--presenter", "--theme", "16"])] == [0, 0]
        assert given[2:] == ["esis-licht", "esis-16"], "light on a beamer, unless asked otherwise"
    assert run(["play", str(file), "--theme", "licht"]) == 2
    script = catalogue.find("rondleiding")
    with playing.board_for(script, None, "esis-licht") as (settings, board):
        assert playing.make_app(script, settings, board).theme == "esis-licht"


def test_what_is_wrong_in_a_file_or_on_the_screen_has_status_1_and_its_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file.write_text(TEXT.replace("shot overzicht", 'choose "Aktiveren"'), encoding="utf-8")
    assert run(["play", str(file)]) == 1
    said = capsys.readouterr().err
    assert f"{file}:10: 'Aktiveren' staat niet op het scherm. Bedoelt u 'Activeren'?" in said
    assert "Op het scherm stond:" in said
    file.write_text(TEXT.replace("open Beheer", "opne Beheer"), encoding="utf-8")
    assert run(["play", str(file)]) == 1
    assert f"{file}:9: 'opne' is geen woord" in capsys.readouterr().err
    assert run(["play", str(tmp_path / "leeg")]) == 2
    assert run(["play", str(file), "--demo", "--check"]) == 2
    assert run(["play", str(file), "--demo", "--json"]) == 2
    assert run(["play", str(file), "--presenter"]) == 2


def test_a_demo_and_a_lesson_need_a_terminal(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["play", str(file), "--demo"]) == 1
    assert "terminal nodig" in capsys.readouterr().err


def final_screen(cast: Path) -> list[str]:
    """The contents of the terminal at the end of a recording, before the program restores it."""
    header, *events = [json.loads(line) for line in cast.read_text(encoding="utf-8").splitlines()]
    assert (header["version"], header["width"], header["height"]) == (2, *WIDE)
    assert [event[0] for event in events] == sorted(event[0] for event in events)
    shown = "".join(event[2] for event in events if event[1] == "o").partition("\x1b[?1049l")[0]
    screen = pyte.Screen(*WIDE)
    pyte.Stream(screen).feed(shown)
    return [line.rstrip() for line in screen.display]


def test_a_recording_ends_with_the_screen_of_the_test_has_its_steps_as_chapters_and_is_the_same_each_time(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every word without a terminal: `screens/presenting/test_demo`."""
    cast = tmp_path / "demo.cast"
    assert run(["play", str(file), "--update"]) == 0
    assert run(["play", str(file), "--record", str(cast)]) == 0
    assert "Stap 1 van 1 wordt opgenomen." in capsys.readouterr().err
    expected = (goldens.folder_of(file) / "overzicht.txt").read_text(encoding="utf-8").splitlines()
    assert final_screen(cast)[: len(expected)] == expected
    events = [json.loads(line) for line in cast.read_text(encoding="utf-8").splitlines()[1:]]
    assert [event[2] for event in events if event[1] == "m"] == ["Proef", "1. Openen"]
    assert events[-1][0] > 5, "seconds of the demo, not of making it"
    seen = "".join(event[2] for event in events if event[1] == "o")
    assert "Stap 1 van 1: Openen" in seen
    assert not [word for word in ("Spatie", "Overnemen", "Stoppen", "speelt") if word in seen], (
        "nobody can press a film"
    )
    first = cast.read_bytes()
    assert run(["play", str(file), "--record", str(cast), "--yes"]) == 0
    assert cast.read_bytes() == first


@pytest.mark.parametrize(
    ("status", "said"), [(0, "Opgenomen in"), (1, "ffmpeg kon de film niet maken: Unknown encoder")]
)
def test_a_film_is_made_of_the_pictures_by_ffmpeg(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: int,
    said: str,
) -> None:
    encoder, film = tmp_path / "ffmpeg", tmp_path / "demo.mp4"
    encoder.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        f"if {status}: sys.exit('Unknown encoder')\n"
        "listed = pathlib.Path(sys.argv[sys.argv.index('-i') + 1])\n"
        "names = [line[6:-1] for line in listed.read_text().splitlines() if line.startswith('file')]\n"
        "assert all(listed.with_name(name).read_bytes().startswith(b'\\x89PNG') for name in names)\n"
        "pathlib.Path(sys.argv[-1]).write_text(listed.read_text())\n"
    )
    encoder.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["play", str(file), "--record", str(film), "--size", "40x12"]) == status
    assert said in capsys.readouterr().err
    assert film.exists() == (status == 0), "no half a film"
    if not status:
        lines = film.read_text().splitlines()
        seconds = [float(line.split()[1]) for line in lines if line.startswith("duration")]
        assert sum(seconds) > 5
        assert min(seconds) > 0


def test_without_ffmpeg_it_says_what_to_install_before_anything_is_played(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["play", str(file), "--record", str(tmp_path / "demo.gif")]) == 1
    assert "winget install ffmpeg" in capsys.readouterr().err
    assert run(["play", str(file), "--record", str(tmp_path / "demo.avi")]) == 1
    assert "eindigt niet op .cast, .mp4 of .gif" in capsys.readouterr().err


def test_a_recording_that_fails_leaves_no_half_file(file: Path, tmp_path: Path) -> None:
    file.write_text(TEXT.replace("shot overzicht", 'choose "Aktiveren"'), encoding="utf-8")
    assert run(["play", str(file), "--record", str(tmp_path / "demo.cast"), "--speed", "100"]) == 1
    assert sorted(tmp_path.iterdir()) == [file]
