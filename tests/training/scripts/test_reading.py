"""Reading a draaiboek: front matter, steps and lines; all errors are reported at once, each with its line."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import run
from app.refusals import Refused
from app.school.people import guardians
from app.training.scripts import checks
from app.training.scripts.document import Script, parse_script, read
from app.training.scripts.errors import InvalidScript, WrongLine
from app.training.scripts.expecting import PATIENCE, expected
from app.training.scripts.grammar import FORMS, SOFT, parse, ways
from screens.driving.named import fold

HEAD = "---\ntitle: Proef\nkind: demo\n---\n"
FILE = Path("proef.draaiboek.md")


def script(body: str, head: str = HEAD) -> Script:
    return parse_script(head + body, FILE)


def wrong(text: str) -> list[tuple[int, str]]:
    """The lines and sentences of what is wrong."""
    with pytest.raises(InvalidScript) as caught:
        parse_script(text, FILE)
    assert all(str(mistake).startswith(f"{FILE}:{mistake.line}: ") for mistake in caught.value.mistakes)
    return [(mistake.line, mistake.sentence) for mistake in caught.value.mistakes]


def test_steps_begin_at_numbers_in_headings_or_lists_and_keep_prose_and_commands_in_order() -> None:
    found = script(
        "Vooraf.\n\n```esis\nsign in as rovict\n```\n\n## 1. Openen\n\nTekst.\n\n```esis\nopen Beheer > Koppelingen\n"
        'shot een\n```\n\nMeer.\n\n2. Kies iets\n\n```esis\n# niets\nchoose "Activeren" in "IEP LVS"\n```\n'
    )
    assert [(step.number, step.title) for step in found.steps] == [(0, ""), (1, "Openen"), (2, "Kies iets")]
    assert [command.word for command in found.steps[0].commands] == ["sign"]
    assert [bool(part.prose) for part in found.steps[1].parts] == [True, False, True]
    assert found.steps[1].text == "Tekst.\n\nMeer."
    assert found.steps[2].commands[0].given == ("Activeren", "IEP LVS")
    assert found.shots == ["een"]


def test_other_fenced_blocks_are_prose() -> None:
    assert "```python" in script("1. Stap\n\n```python\nopen('x')\n```\n").steps[1].text


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("geen begin", 1, "begint met ---"),
        ("---\ntitle: A\n", 1, "de tweede ---"),
        ("---\ntitle: A\ntitel: B\n---\n", 3, "Bedoelt u 'title'?"),
        ("---\ntitle: A\ntitle: B\n---\n", 3, "staat er al, in regel 2"),
        ("---\nkind: demo\n---\n", 1, "ontbreekt 'title'"),
        ("---\ntitle: A\nstart: morgen\n---\n", 3, "geen moment"),
        ("---\ntitle: A\nboard: nergens\n---\n", 3, "Beginstand 'nergens' bestaat niet"),
        ("---\ntitle: A\ndifficulty: 9\n---\n", 3, "geen moeilijkheid"),
        (f"{HEAD}2. Stap\n", 5, "Na stap 0 komt stap 1, niet 2"),
        (f"{HEAD}```esis\nopen X\n", 5, "Dit blok eindigt niet"),
        (f"{HEAD}```esis\nopne X\n```\n", 6, "Bedoelt u 'open'?"),
        (f"{HEAD}```esis\nchoose Activeren\n```\n", 6, 'Schrijf `choose "LABEL"`'),
        (f'{HEAD}```esis\nfill "Naam\n```\n', 6, "aanhalingsteken"),
        (f"{HEAD}```esis\nshot A!\n```\n", 6, "geen naam van een plaatje"),
        (f"{HEAD}```esis\nshot een\nshot een\n```\n", 7, "is er al, in regel 6"),
        (f"{HEAD}```esis\ncheck copling iep-lvs active\n```\n", 6, "Bedoelt u 'coupling'?"),
        (f"{HEAD}```esis\ncheck coupling iep-lvs aan\n```\n", 6, "Kies uit: available, active"),
        (f"{HEAD}```esis\nexpect /(a/\n```\n", 6, "is geen patroon, bij teken 1"),
        (f"{HEAD}```esis\nexpect no /^$/\n```\n", 6, "past ook als er niets staat, en controleert dus niets"),
        (f'{HEAD}```esis\nexpect "x" in " "\n```\n', 6, "een lege tekst"),
        (f'{HEAD}```esis\nexpect nto "x"\n```\n', 6, "Zo wordt 'expect' niet geschreven. Bedoelt u 'not'?"),
        (f'{HEAD}```esis\nexpect? "x" wihtin 2 seconds\n```\n', 6, "Bedoelt u 'within'? Schrijf `expect? [not]"),
        (
            f'{HEAD}```esis\nexpect "x" within 3 uur\n```\n',
            6,
            'geschreven. Schrijf `expect [not] [exact] "TEXT" [in "PART"] [within NUMBER seconds]`.',
        ),
        (f"{HEAD}```esis\nexpect colour good\n```\n", 6, "geschreven. Schrijf `expect colour MEANING on"),
        (f"{HEAD}```esis\nexpect /x/ in 3\n```\n", 6, "geschreven. Schrijf `expect [not] /PATTERN/"),
        (f'{HEAD}```esis\nexpect "x" within 0 seconds\n```\n', 6, "Schrijf een getal van 0.1 tot 600"),
        (f'{HEAD}```esis\nexpect "x" within 1e3 seconds\n```\n', 6, "'1e3' is geen aantal seconden"),
        (f'{HEAD}```esis\nexpect colour paars on "x"\n```\n', 6, "Er zijn: error, warning, good"),
        (f'{HEAD}```esis\nexpect colour chosne on "x"\n```\n', 6, "Bedoelt u 'chosen'?"),
        (f'{HEAD}```esis\nexpect focus " "\n```\n', 6, "een lege tekst"),
        (f"{HEAD}```esis\ncheck? copling iep-lvs active\n```\n", 6, "Bedoelt u 'coupling'?"),
        (f'{HEAD}```esis\nmask " "\n```\n', 6, "Bij 'mask' staat een lege tekst"),
        (f"{HEAD}```esis\nmask /a*/\n```\n", 6, "past ook als er niets staat"),
        (f"{HEAD}```esis\nmask x\n```\n", 6, 'Schrijf `mask "TEXT"` of `mask /PATTERN/`'),
        (f"{HEAD}```esis\nfault iep-lvs vuur\n```\n", 6, "'vuur' is geen storing"),
        (f"{HEAD}```esis\nfault magister half off\n```\n", 6, "Koppeling 'magister' bestaat niet"),
        (f"{HEAD}```esis\nfault basispoort again\n```\n", 6, "kan niet bij Basispoort"),
        (f"{HEAD}```esis\ngo to IEP LSV\n```\n", 6, "Bedoelt u 'IEP LVS'?"),
        (f"{HEAD}```esis\nadvance to straks\n```\n", 6, "geen moment"),
        ("---\ntitle: A\n---\n1. Stap\n\nTekst.\n", 4, "De laatste stap van een les"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(text: str, line: int, part: str) -> None:
    found = wrong(text)
    assert any(at == line and part in sentence for at, sentence in found), found


def test_everything_wrong_is_told_at_once() -> None:
    assert len(wrong(f"{HEAD}```esis\nopne X\nkies Y\nshot !\n```\n3. Stap\n")) == 4


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "beeld.draaiboek.md").write_bytes(b"\xff\xfe\x00")
    for name in ("weg.draaiboek.md", "beeld.draaiboek.md"):
        with pytest.raises(Exception, match=r"bestaat niet|geen tekst in UTF-8"):
            read(tmp_path / name)


@given(st.text())
def test_no_text_at_all_stops_the_reader(text: str) -> None:
    with suppress(InvalidScript):
        assert parse_script(text, FILE).title


PARTS = [
    *FORMS,
    '"a b"',
    '"\\""',
    "in",
    "to",
    "as",
    "until",
    "no",
    "not",
    "exact",
    "focus",
    "colour",
    "error",
    "on",
    "within",
    "5",
    "seconds",
    "each",
    "{naam}",
    "/a b/",
    ">",
    "coupling",
    "iep-lvs",
    "x",
    '"',
]


@given(st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join))
def test_a_line_is_a_command_or_told_to_be_none(line: str) -> None:
    with suppress(WrongLine):
        command = parse(line, 3)
        assert command.word in FORMS.keys() - SOFT.keys()
        assert command.line == command.at == 3
        assert command.soft == (line.split()[0] in SOFT)


WAYS = [(form.written, number, way) for number, form in enumerate(FORMS["expect"]) for way in ways(form.written)]
QUOTED = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='"\\/“”„‟') | st.just(" "), min_size=1)


@given(st.sampled_from(WAYS), QUOTED, st.sampled_from(["no", "not"]), st.booleans())
def test_each_way_of_expecting_is_read_back(
    way: tuple[str, int, tuple[tuple[str, ...], frozenset[str]]], text: str, no: str, soft: bool
) -> None:
    _, number, (parts, said) = way
    values = {
        '"TEXT"': f'"{text}"',
        '"LABEL"': f'"{text}"',
        "/PATTERN/": f"/{text}/",
        "MEANING": "good",
        "NUMBER": "0,5",
    }
    line = " ".join(values.get(part, no if part == "not" else part) for part in parts)
    found = parse(line.replace("expect", "expect?" if soft else "expect", 1))
    assert (found.word, found.form, found.said, found.soft) == ("expect", number, said, soft)
    assert text in found.given
    with suppress(WrongLine):  # of blanks only, or not a pattern
        made = expected(found)
        assert made.seconds == (0.5 if "within" in said else PATIENCE)
        assert bool(made.within) == ("in" in said)
        assert text.strip() in made.told


def test_every_form_is_written_as_it_is_documented() -> None:
    filled = {"FIELD": "Veld", "LABEL": "Knop", "ROW": "Regel", "TEXT": "tekst", "OPTION": "keuze", "PART": "deel"}
    for word, number, written, said in [
        (word, number, " ".join(parts), said)
        for word, forms in FORMS.items()
        if word not in SOFT
        for number, form in enumerate(forms)
        for parts, said in ways(form.written)
    ]:
        line = written.replace("CHECK...", "time 2020-04-14T09:00").replace("...", "")
        for name, value in filled.items():
            line = line.replace(f'"{name}"', f'"{value}"')
        found = parse(line)
        assert (found.word, found.form, found.said) == (word, number, said), line


def test_every_kind_of_check_says_what_should_be_so() -> None:
    places = {
        "TYPE": "iep-lvs",
        "STATE": "active",
        "JOB": "iep-lvs",
        "RUNSTATE": "failed",
        "STATUS": "enrolled",
        "OUTCOME": "accepted",
        "RULE": "MSG-07",
        "MOMENT": "2020-04-14T09:00",
        "DAY": "14-4-2020",
        "PUBLISHER": "iep-lvs",
        "ROLE": "directie",
    }
    for kind in checks.kinds():
        written = " ".join(places.get(part, part.lower() if part.isupper() else part) for part in kind.written.split())
        check = checks.parse(written)
        assert check.kind is kind
        assert check.sentence.endswith(".")


def test_what_a_word_processor_makes_of_it_is_read() -> None:
    text = (
        f"\ufeff{HEAD}".replace("Proef", "“Proef”")
        + '```esis\nfill “Uw naam” „R. Victor”\nchoose\u00a0"A “b” c"\n```\n'
    )
    found = parse_script(text.removeprefix("\ufeff").replace("\n", "\r\n"), FILE)
    assert found.title == "Proef"
    assert [command.given for command in found.steps[0].commands] == [("Uw naam", "R. Victor"), ("A “b” c",)]
    assert wrong(f"{HEAD}```esis\nfill “Naam\n```\n")[0][1].startswith("Een tekst begint met een aanhalingsteken")


def refused_guardian(text: str) -> None:
    with pytest.raises(Refused, match="geen verzorger"):
        guardians.parse(text)


LONG = 60_000
"""Characters: what is quadratic takes ten seconds and more of so many."""


@pytest.mark.parametrize(
    "slow",
    [
        lambda blanks: wrong(f"---\ntitle: x{blanks}y\n{blanks}: z\na{blanks}b\n---\n"),
        lambda blanks: wrong(f"{HEAD}```esis\n{blanks}choose{blanks}x\n```\n```{blanks}`\n1.{blanks}\n## {blanks}1\n"),
        lambda blanks: wrong(f'{HEAD}```esis\nchoose “{blanks}\nchoose "{blanks}\npress {"ctrl+" * 9_999}\n```\n'),
        lambda blanks: fold(f"Activeren{blanks}("),
        lambda blanks: refused_guardian(f"Jan{blanks}> <x"),
        lambda blanks: run([blanks + "x" + blanks]),
    ],
)
def test_long_lines_are_read_at_once(slow: Callable[[str], object]) -> None:
    begin = time.process_time()
    slow(" " * LONG)
    assert time.process_time() - begin < 2
