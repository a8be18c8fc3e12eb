"""What a play leaves for people and a CI: JUnit, pictures of what failed, and how it is asked wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import run
from tests.commands import fake_plays
from tests.commands.fake_plays import script_of
from tests.commands.junit import junit
from tests.commands.plays.conftest import Play


def test_the_results_are_valid_junit_with_file_line_and_screen(files: Path, play: Play, tmp_path: Path) -> None:
    (files / "twee.draaiboek.md").write_text(
        script_of('type "was\x01"\nshot begin', 'shot midden\nexpect "er"', "shot na")
    )
    report = tmp_path / "uit" / "slag.xml"
    assert play("map", "--junit", str(report)) == 1
    root = junit(report)
    assert {name: root.get(name) for name in ("tests", "failures", "skipped")} == {
        "tests": "7",
        "failures": "6",
        "skipped": "1",
    }
    een, twee = root
    assert [case.get("name") for case in een.findall("testcase")] == [
        "1. Stap 1",
        "2. Stap 2",
        "3. Stap 3",
        "gouden schermen",
    ]
    assert een.find("properties/property[@name='maat']").get("value") == "120x36"
    first, failed, after = twee.findall("testcase")
    assert (failed.get("file"), failed.get("line"), failed.get("classname")) == ("map/twee.draaiboek.md", "16", "twee")
    assert "map/twee.draaiboek.md:16: Dat staat er niet." in failed.find("failure").text
    assert "was�" in failed.find("system-out").text
    assert after.find("skipped").get("message") == "Zover kwam het niet."
    assert first.find("failure") is not None
    assert play("map", "--update", "--junit", str(report)) == 1, "stored, as far as it goes as it says"
    assert junit(report).get("failures") == "1"
    (files / "twee.draaiboek.md").unlink()
    assert play("map", "--junit", str(report)) == 0, "its own results are replaced"
    assert junit(report).get("failures") == "0"
    (files / "twee.draaiboek.md").write_text("geen draaiboek")
    assert play("map", "--junit", str(report)) == 1
    assert junit(report).find("testsuite/testcase/failure") is not None


def test_what_is_not_ours_is_not_replaced(files: Path, play: Play, tmp_path: Path) -> None:
    for option, name in (("--junit", "brief.xml"), ("--report", "brief.html")):
        (tmp_path / name).write_text("van mij")
        before = fake_plays.played
        assert play("map", option, name) == 1
        assert (tmp_path / name).read_text() == "van mij"
        assert play("map", option, "map/een.draaiboek.md") == 1
        assert fake_plays.played == before
    (tmp_path / "platen").mkdir()
    (tmp_path / "platen" / "een.begin.nu.txt").write_text("van mij")
    assert play("map", "--artifacts", "platen") == 1
    assert (tmp_path / "platen" / "een.begin.nu.txt").read_text() == "van mij"


def test_pictures_of_what_failed_are_there_as_text_svg_and_png_and_only_of_the_last_play(
    files: Path, play: Play, tmp_path: Path
) -> None:
    (files / "een.draaiboek.md").write_text(script_of('type "nu"\nshot begin', 'shot midden\nexpect "er"', "shot eind"))
    assert play("map", "--artifacts", "platen", "--only", "een") == 1
    found = {path.name for path in (tmp_path / "platen").iterdir()}
    kinds = ("txt", "svg", "png")
    pictures = ("begin.verwacht", "begin.nu", "midden.verwacht", "midden.nu", "regel-16")
    assert found == {*(f"een.{name}.{kind}" for name in pictures for kind in kinds), "esis.lijst", "verschillen.html"}
    assert (tmp_path / "platen" / "een.regel-16.png").read_bytes().startswith(b"\x89PNG")
    (files / "een.draaiboek.md").write_text(script_of('type "was"\nshot begin', 'shot midden\nexpect "er"'))
    assert play("map", "--artifacts", "platen", "--only", "een") == 1
    assert {path.name for path in (tmp_path / "platen").iterdir()} == {
        *(f"een.regel-16.{kind}" for kind in kinds),
        "esis.lijst",
        "verschillen.html",
    }


@pytest.mark.parametrize("name", ["één", ".draaiboek.md", "-", "één, [1]", "niet\udcff", "a@b\nc"])
def test_every_name_that_a_file_can_have_can_be_played_and_accepted(
    files: Path, play: Play, tmp_path: Path, name: str
) -> None:
    script = files / f"{name}.draaiboek.md"
    script.write_text(script_of('type "nu"\nshot begin'))
    options = ("--artifacts", "platen", "--junit", "uitslag.xml", "--trace", "on", "--yes")
    assert play(f"map/{script.name}", "--update", *options) == 0
    script.write_text(script_of('type "anders"\nshot begin'))
    for _ in range(2):
        assert play(f"map/{script.name}", *options) == 1
    assert len(list((tmp_path / "platen").glob("*.png"))) == 2
    assert play(f"map/{script.name}", "--accept", f"{name}/begin", *options) == 0


def test_a_name_that_no_file_can_have_is_told(files: Path, play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    assert files.is_dir()
    for name in ("x" * 300, f"{'x' * 300}:3", "map/een.draaiboek.md/x"):
        assert play(name) == 2
        assert "Traceback" not in capsys.readouterr().err


def test_each_time_that_a_line_failed_has_its_pictures(tmp_path: Path, play: Play) -> None:
    (tmp_path / "deel.md").write_text('```esis\nexpect "er"\n```\n')
    for name in ("een", "twee"):
        (tmp_path / f"{name}.draaiboek.md").write_text(script_of('include "deel.md"'))
    assert play(".", "--artifacts", "platen") == 1
    assert {path.stem for path in (tmp_path / "platen").glob("*.txt")} == {"deel-md.regel-2", "deel-md.regel-2-2"}


def test_pictures_of_a_name_without_plain_letters_are_ours_too(tmp_path: Path, play: Play) -> None:
    for name in ("écran", "№", "ECRAN", "ecran"):
        (tmp_path / f"{name}.draaiboek.md").write_text(script_of('expect "er"'))
    for _ in range(2):
        assert play(".", "--artifacts", "platen") == 1
        found = {path.name for path in (tmp_path / "platen").glob("*.txt")}
        assert len({name.casefold() for name in found}) == 4
        assert "draaiboek.regel-8.txt" in found


@pytest.mark.parametrize(
    "words",
    [
        ["--demo", "--accept", "x"],
        ["--manual", "m", "--shard", "1/2"],
        ["--review", "--json"],
        ["--update", "--accept", "x"],
        ["--review", "--update"],
        ["--repeat", "0"],
        ["--jobs", "0"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(files: Path, words: list[str]) -> None:
    assert run(["play", "map", *words]) == 2


def test_an_empty_part_says_so(files: Path, play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    assert play("map", "--shard", "3/3") == 0
    assert "Deel 3/3 heeft geen draaiboeken: er zijn er maar 2." in capsys.readouterr().err
    assert [play("map", "--shard", f"{part}/2", "--update") for part in (1, 2)] == [0, 0]
    assert play("map") == 0
