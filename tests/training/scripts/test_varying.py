"""Variants of a draaiboek: the same seed always gives the same values, neighbours have others, and all holes are filled."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import PRACTICE_START
from app.training import situations
from app.training.lessons import catalogue
from app.training.lessons.course import Course
from app.training.scripts import varying
from app.training.scripts.document import Script, parse_script
from app.training.scripts.errors import InvalidScript, WrongLine
from app.training.scripts.sandbox import own_board
from app.training.scripts.seeds import seeds
from app.training.scripts.varying import Choice, Place
from fixtures import roster
from models.school import Group, Placement, Pupil
from tests.training.lesson_table import LESSONS
from tests.training.test_lesson_checks import Practice, look

FILE = Path("proef.draaiboek.md")
HERE = Place(PRACTICE_START, "00")
VARIED = [name for name in LESSONS if catalogue.find(name).varies]


def head(*lines: str) -> str:
    return "\n".join(["---", "title: Proef {groep}", "kind: demo", *lines, "---"])


def read(text: str, seed: int = 1) -> Script:
    return parse_script(text, FILE, seed)


def wrong(text: str) -> list[tuple[int, str]]:
    with pytest.raises(InvalidScript) as caught:
        read(text)
    return [(mistake.line, mistake.sentence) for mistake in caught.value.mistakes]


def never(line: int, sentence: str) -> None:
    raise AssertionError(f"{line}: {sentence}")


BODY = """
Groep {groep}.

## 1. Kies {groep}

Van {leerling.roepnaam}.

```esis
choose "Groep {groep}" in "{leerling.lijst}"
expect /^{groep}/
{extra}
hint "Zoek {leerling}."
check pupil {leerling.nummer} named {leerling} at esis
remark "Dit is {leerling}." when pupil {leerling.nummer} unsubscribed
shot groep-{groep}
```
"""
HEAD = head(
    "vary: leerling from girls of 6",
    "vary:",
    "  | groep | extra |",
    "  | --- | --- |",
    '  | 6 (a) | press "f2" |',
    "  | 7 | |",
)


def test_holes_are_filled_in_titles_prose_and_every_kind_of_line() -> None:
    one, two = read(HEAD + BODY), read(HEAD + BODY, 2)
    assert one.title == "Proef 6 (a)"
    assert (one.steps[0].text, one.steps[1].title, one.steps[1].text) == ("Groep 6 (a).", "Kies 6 (a)", "Van Yara.")
    assert [command.given for command in one.steps[1].commands] == [
        ("Groep 6 (a)", "Altena, Yara"),
        (r"^6\ \(a\)",),
        ('"f2"',),
        ("Zoek Yara Altena.",),
        ("pupil 1111 named Yara_Altena at esis",),
        ("Dit is Yara Altena.", "pupil 1111 unsubscribed"),
        ("groep-6-a",),
    ]
    assert [command.word for command in two.steps[1].commands][:3] == ["choose", "expect", "hint"]
    assert two.steps[1].commands[0].given == ("Groep 7", "Beekhuis, Amira")
    assert (one.variants, one.varies, one.variant, two.variant) == (3, True, "", " (variant 2)")


def test_values_that_belong_together_may_be_lines_of_their_own() -> None:
    text = head("vary:", "  groep = 6 | 7", "  code = a\\|b | c", "vary: los = {groep}x | {groep}y")
    assert read(f"{text}\nx\n").values == {"groep": "6", "code": "a|b", "los": "6x"}
    assert read(f"{text}\nx\n", 2).values == {"groep": "7", "code": "c", "los": "7y"}


@pytest.mark.parametrize(
    ("lines", "line", "part"),
    [
        (["vary: groep"], 4, "Zo wordt 'vary' niet geschreven"),
        (["vary:"], 4, "Zo wordt 'vary' niet geschreven"),
        (["vary: 6 = 7 | 8"], 4, "Zo wordt 'vary' niet geschreven"),
        (["vary: groep = 6", "vary: groep = 7"], 5, "'groep' is al eerder bepaald"),
        (["vary: groep = {gorep}"], 4, "Er is geen 'vary' met 'gorep'"),
        (["vary: groep = 6", "vary: x from girls of 66"], 5, "Groep '66' is er niet"),
        (["vary: groep = 6", "vary: x from meisjes of 6"], 5, "'meisjes' is niets om uit te kiezen"),
        (["vary: groep = 6", "vary: x from girls of 6 not y"], 5, "'y' is geen leerling"),
        (["vary: groep = 6", "vary: x from codes of magister"], 5, "magister"),
        (["vary:", "  | groep | x |", "  | 6 |"], 5, "heeft 1 waarden voor 2 namen"),
        (["vary:", "  groep = 6 | 7", "  x = 1"], 5, "niet evenveel waarden"),
        (["vary:", "  | groep |"], 5, "geen rijen"),
        (["vary: groep = 6", "board: pupil-left leerling=7"], 5, "is 'leerling' niet te kiezen; wel: pupil"),
        (["vary: groep = 6", "board: pupil-left {naam}"], 5, "Er is geen 'vary' met 'naam'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(lines: list[str], line: int, part: str) -> None:
    found = wrong(head(*lines) + "\nx\n")
    assert any(at == line and part in sentence for at, sentence in found), found


def test_a_hole_without_a_value_is_told_where_it_stands() -> None:
    text = head("vary: groep = 6") + '\n\n## 1. Stap\n\nVan {gorep}.\n\n```esis\nchoose "{x}"\n```\n'
    assert [(at, "geen 'vary' met" in said) for at, said in wrong(text)] == [(7, True), (12, True)]


def test_braces_are_braces_where_nothing_varies() -> None:
    text = HEAD.split("vary")[0].replace(" {groep}", "") + '---\n\n{x}\n\n```esis\nchoose "{x} van Dongen"\n```\n'
    assert read(text).steps[0].commands[0].given == ("{x} van Dongen",)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_every_combination_comes_by_and_the_first_seed_is_the_first_of_each(sizes: list[int]) -> None:
    choices = [Choice(1, (f"n{place}",), tuple((str(row),) for row in range(size))) for place, size in enumerate(sizes)]
    count = varying.combinations(choices)
    rows = [tuple(varying.values_for(choices, seed, HERE, never).values()) for seed in range(1, count + 1)]
    assert len(set(rows)) == count
    assert set(rows[0]) == {"0"}


@given(st.integers(1, 10**6 - 20))
def test_twenty_neighbours_each_have_another_pupil_code_and_group(first: int) -> None:
    choices = [
        varying.choice("groep = 6 | 7 | 5", 1),
        varying.choice("leerling from pupils of {groep}", 2),
        varying.choice("code from codes of iep-lvs", 3),
    ]
    found = [varying.values_for(choices, seed, HERE, never) for seed in range(first, first + 20)]
    assert found == [varying.values_for(choices, seed, HERE, never) for seed in range(first, first + 20)]
    assert all(one["groep"] != other["groep"] for one, other in pairwise(found))
    assert len({one["code"] for one in found}) == 20
    assert len({one["leerling.nummer"] for one in found}) > 15
    assert all(20 <= len(one["code"]) <= 50 and one["code"].startswith("99QQ00") for one in found)


@given(st.text(max_size=12))
def test_no_text_of_seeds_stops_anything(text: str) -> None:
    try:
        found = seeds(text)
    except WrongLine:
        return
    assert found
    assert all(1 <= one <= varying.MOST for one in found)


def test_seeds_are_written_as_numbers_and_ranges() -> None:
    assert seeds("1-3, 7,2") == [1, 2, 3, 7]


def test_the_roster_is_who_is_on_the_board(practice_sqlite: str) -> None:
    assert practice_sqlite
    rows = Placement.select(Placement, Pupil, Group).join(Pupil).switch(Placement).join(Group)
    there = {
        (row.pupil.key, row.pupil.first_name, row.pupil.last_name, row.group.name, row.pupil.gender == 2)
        for row in rows.where(Group.kind == "basis", Pupil.unsubscribed_on.is_null())
    }
    told = roster.pupils(PRACTICE_START)
    assert {(one.key, one.name.first, one.name.last, one.group, one.is_girl) for one in told} == there


def test_a_situation_says_what_may_be_chosen_and_keeps_it_in_its_name() -> None:
    chosen = situations.find("renumbered number=976543 pupil=1077")
    assert chosen.name == "renumbered pupil=1077 number=976543"
    assert situations.find(chosen.name).name == chosen.name
    with pytest.raises(situations.Refused, match="geen keuze bij een beginstand"):
        situations.find("renumbered 976543")


@pytest.mark.parametrize("name", VARIED)
def test_the_solution_of_the_first_seed_does_not_finish_another(name: str) -> None:
    script = catalogue.find(name, seed=2)
    with own_board(script.board, script.start) as made:
        board, course = Practice(*made), Course(script)
        course.begin(board.actor())
        for doing in LESSONS[name]:
            try:
                doing.right(board.actor())
            except Exception:  # what the other variant has is not here
                break
            look(course, board)
        assert not course.finished


def test_most_lessons_vary() -> None:
    assert len(VARIED) >= 10


def test_values_that_hold_each_other_twice_end_with_a_sentence() -> None:
    told: list[str] = []
    lines = ["a0 = xxxxxxxxxx", *(f"a{number} = {{a{number - 1}}}{{a{number - 1}}}" for number in range(1, 40))]
    choices = [varying.choice(line, place) for place, line in enumerate(lines)]
    place = varying.Place(PRACTICE_START, "00")
    found = varying.values_for(choices, 1, place, lambda _line, sentence: told.append(sentence))
    assert max(map(len, found.values())) <= varying.LONGEST
    assert told[0] == "De waarde van 'a7' wordt langer dan 1000 tekens."
