"""What is accepted, stored, repeated and chosen, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.commands import playing
from app.training.scripts import goldens, last_failed
from app.training.scripts.document import Script
from app.training.scripts.shots import Shot
from tests.commands import fake_plays
from tests.commands.fake_plays import script_of
from tests.commands.junit import junit
from tests.commands.plays.conftest import Play


def changed(folder: Path, work: Callable[[], object]) -> set[str]:
    """The golden screens of which a file is another now."""

    def read() -> dict[str, bytes]:
        found = (path for path in folder.rglob("*.golden/*") if path.name != goldens.LIST)
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}

    before = read()
    work()
    after = read()
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def pair(name: str) -> set[str]:
    return {f"{name}.txt", f"{name}.svg"}


def test_what_is_accepted_is_stored_whole_and_the_rest_stays_and_still_differs(files: Path, play: Play) -> None:
    found = changed(files, lambda: play("map", "--accept", "een/begin, slot"))
    assert found == pair("een.golden/begin") | pair("een.golden/slot")
    assert play("map", "--accept", "een/midden") == 1
    assert changed(files, lambda: play("map", "--accept", "eind")) == pair("een.golden/eind"), (
        "no line makes it any more"
    )
    assert changed(files, lambda: play("map", "--accept", "twee/*")) == pair("twee.golden/begin") | pair(
        "twee.golden/midden"
    )
    assert play("map") == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("begn", "Er is geen plaatje 'begn'. Bedoelt u 'begin'?"),
        ("een/slott", "Er is geen plaatje 'een/slott'. Bedoelt u 'een/slot'?"),
        ("begin", "'begin' staat in meer dan een draaiboek. Schrijf een/begin of twee/begin."),
        (",", "Noem bij --accept de namen van plaatjes, zoals overzicht of iep-lvs/overzicht."),
        ("een/begin,qqqq", "Er is geen plaatje 'qqqq'. Er zijn: begin, eind, midden, slot, begin, midden."),
    ],
)
def test_a_name_that_is_unknown_or_of_two_is_told_before_anything_is_played(
    files: Path, play: Play, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = fake_plays.played
    assert changed(files, lambda: play("map", "--accept", name)) == set()
    assert capsys.readouterr().err.endswith(f"{sentence}\n")
    assert fake_plays.played == before


def test_a_review_decides_and_what_is_left_has_status_1(
    files: Path, play: Play, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play("map", "--review") == 1
    assert "Zonder terminal kan het met --accept" in capsys.readouterr().err
    seen: list[list[str]] = []

    def decide(differing: Any) -> Any:
        from app.commands.results import accept

        seen.append([one.full_name for one in differing])
        accept(differing[:1])
        accept(differing[-1:])
        return differing[1:-1]

    monkeypatch.setattr("app.commands.reviewing.at_the_terminal", lambda _theme: decide)
    status: list[int] = []
    found = changed(files, lambda: status.append(play("map", "--review")))
    assert (found, status) == (pair("een.golden/begin") | pair("twee.golden/midden"), [1])
    assert seen == [["een/begin", "een/midden", "een/slot", "een/eind", "twee/begin", "twee/midden"]]
    assert "'begin' verschilt" in capsys.readouterr().err


def test_what_a_review_accepted_has_not_failed(files: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def decide(differing: Any) -> Any:
        return [one for one in differing if one.full_name == "een/begin"]

    monkeypatch.setattr("app.commands.reviewing.at_the_terminal", lambda _theme: decide)
    assert play("map", "--review", "--junit", "uit.xml", "--trace", "fail") == 1
    assert [one.get("failures") for one in junit(Path("uit.xml")).iter("testsuite")] == ["1", "0"]
    assert [last_failed.has_failed(files / f"{name}.draaiboek.md") for name in ("een", "twee")] == [True, False]
    monkeypatch.setattr("app.commands.reviewing.at_the_terminal", lambda _theme: lambda _differing: [])
    assert play("map", "--review", "--trace", "fail") == 0
    assert not last_failed.has_failed(files / "een.draaiboek.md")


def test_up_to_a_line_only_what_was_played_is_compared_and_stored(files: Path, play: Play) -> None:
    een = files / "een.draaiboek.md"
    assert changed(files, lambda: play(f"{een}:9", "--update")) == pair("een.golden/begin"), "of the first step"
    assert play(f"{een}:9") == 0
    assert play("map", "--only", "een/1") == 0
    assert play("map", "--only", "een") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["map", "--only", "eeen"], "Geen draaiboek heet 'eeen'."),
        (["map", "--only", "een/9"], "Geen stap heet '9'."),
        (["map", "--shard", "3/2"], "'3/2' is geen deel."),
        (["map", "--accept", "begn"], "Er is geen plaatje 'begn'."),
        (["map/een.draaiboek.md:0"], "regels tellen vanaf 1."),
        (["map/een.draaiboek.md:99"], "'map/een.draaiboek.md:99': er zijn "),
        (["weg"], "weg is er niet."),
        (["map/een.golden"], "In map/een.golden staat geen bestand"),
    ],
)
def test_a_command_that_asks_for_what_is_not_there_is_used_wrongly(
    files: Path, play: Play, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = fake_plays.played
    assert play(*words) == 2
    assert sentence in capsys.readouterr().err
    assert fake_plays.played == before


def test_what_is_stored_and_what_is_cleared_away_are_told_apart(
    files: Path, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> str:
        capsys.readouterr()
        play(*words)
        return capsys.readouterr().err

    assert "een.draaiboek.md: bewaard: begin; opgeruimd: eind\n" in said("map", "--accept", "een/begin,eind")
    (files / "een.draaiboek.md").write_text(script_of("shot begin"))
    assert "; 1 van 1 gouden scherm bewaard, 1 opgeruimd" in said("map/een.draaiboek.md", "--update")


def test_each_is_named_with_its_folder_and_the_end_says_how_many_are_in_order(
    tmp_path: Path, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, line in (("a", "shot een"), ("b", 'expect "er niet"')):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "proef.draaiboek.md").write_text(script_of(line))
    assert play("a", "b") == 1
    said = capsys.readouterr().err
    assert said.startswith(f"{Path('a', 'proef.draaiboek.md')}: in orde")
    assert said.endswith(f"1 van 2 draaiboeken is in orde. Niet: {Path('b', 'proef.draaiboek.md')}.\n")
    (tmp_path / "b" / "proef.draaiboek.md").write_text(script_of("shot een"))
    assert play("a", "b") == 0
    assert capsys.readouterr().err.endswith("Alle 2 draaiboeken zijn in orde.\n")


def test_each_is_played_again_and_what_is_not_the_same_is_told_with_its_byte(
    tmp_path: Path, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "proef.draaiboek.md"
    path.write_text(script_of('type "vast"\nshot vast'))
    assert play(str(path), "--update", "--repeat", "3") == 0
    before = fake_plays.played
    assert play(str(path), "--repeat", "20") == 0
    assert fake_plays.played - before == 20
    assert "20 keer gelijk" in capsys.readouterr().err
    path.write_text(script_of('type "vast"\nshot vast', "press tab\nshot los"))
    assert play(str(path), "--repeat", "2", "--json") == 1
    out, err = capsys.readouterr()
    assert "'los' is bij keer 2 van 2 niet gelijk aan keer 1: los.txt vanaf byte" in err
    found = [json.loads(line) for line in out.splitlines()]
    assert [one["event"] for one in found].count("started") == 1
    assert any(one["event"] == "failed" and one["step"] == 2 and one["line"] == 16 for one in found)


def test_what_failed_the_last_time_is_played_again_until_it_passes(
    files: Path, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play("map", "--last-failed") == 0
    assert "er is niets over te doen" in capsys.readouterr().err
    assert play("map") == 1
    assert play("map/twee.draaiboek.md", "--update") == 0
    capsys.readouterr()
    before = fake_plays.played
    assert play("map", "--last-failed") == 1
    assert fake_plays.played - before == 1
    assert "twee" not in capsys.readouterr().err
    assert play("map", "--last-failed", "--update") == 0
    assert play("map", "--last-failed") == 0
    (files / "twee.draaiboek.md").write_text("geen draaiboek")
    assert play("map") == 1
    assert last_failed.has_failed(files / "twee.draaiboek.md")


def test_a_fault_of_the_program_is_of_a_draaiboek_and_hides_nothing_found_before(
    files: Path, play: Play, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(script: Script, *given: Any, **how: Any) -> list[Shot]:
        if script.name == "twee":
            raise KeyError
        return fake_plays.play_through(script, *given, **how)

    monkeypatch.setattr(playing, "play_through", breaks)
    assert play("map") == 3
    said = capsys.readouterr().err
    assert "'begin' verschilt" in said
    assert "map/twee.draaiboek.md: hier ging het programma zelf stuk.\n" in said
    assert last_failed.has_failed(files / "twee.draaiboek.md")
