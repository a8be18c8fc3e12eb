"""`esis play --lint`: every defect of a lesson is named with its line, and those that come with the program have none.

All are read in several variants, and some that use every word are played in their second one; all of them are with
`LINTED=all uv run pytest tests/commands/test_lint.py`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.commands import lint
from app.training.lessons import catalogue, linting
from app.training.lessons.linting import Finding
from app.training.scripts.document import parse_script, read
from tests.commands.conftest import Esis
from tests.screens.presenting.watching import covering, words

SIZE = (120, 36)
LESSONS = [script.name for script in catalogue.lessons()]
PLAYED = (
    LESSONS
    if os.environ.get("LINTED") == "all"
    else covering({script.name: words(script) for script in catalogue.lessons()})
)
LONG = "Dit is een heel lange titel die niemand naast een scherm wil lezen, omdat er nog een scherm naast staat"
DEFECTS = f"""---
title: Een les met fouten
role: rovict
board: half-done
---

## 1. Open de koppelingen

Klik op Beheer.

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
check coupling iep-lvs active
```

## 2. {LONG}

{"Lang verhaal. " * 80}

```esis
choose "IEP LVS"
expect "Verificatiecode"
remark "Dat is fout." when coupling iep-lvs ended
remark "U heeft de andere kant nog niet ingesteld; vul daar de code in." when partner iep-lvs waiting
remark "U heeft de resultaten van een onbekende leerling ontvangen, en dat kan niet." when results iep-lvs of 1
```

## 3. Kijk naar de koppeling

```esis
press tab
expect "Verificatiecode"
```

## 4. Stop de koppeling

Dit is half-done.

```esis
fill "Verificatiecode" "99QQ00geheim1234567890"
choose "Code opslaan"
check code iep-lvs 99QQ00geheim1234567890
check coupling iep-lvs active
hint "Vul 99QQ00geheim1234567890 in."
hint "Zorg hiervoor: De koppeling IEP LVS is actief."
```
"""


def line_of(text: str, part: str, nth: int = 0) -> int:
    return [place for place, line in enumerate(text.splitlines(), 1) if part in line][nth]


def planted() -> list[tuple[int, str]]:
    """The line of each defect, and what is said of it."""

    def at(part: str, nth: int = 0) -> int:
        return line_of(DEFECTS, part, nth)

    return [
        (1, "Er staat niet voor wie"),
        (at("## 1."), "Er is geen doel"),
        (at("## 1."), "Er staat 'Klik'"),
        (at("check coupling"), "klopt al aan het begin van de les"),
        (at("## 2."), "De titel telt"),
        (at("## 2."), "De tekst van de stap telt"),
        (at("Dat is fout."), "zegt niet dat iets fout is"),
        (at("partner iep-lvs waiting"), "waarom dat niet helpt"),
        (at("iep-lvs of 1"), "waarom dat niet helpt"),
        (at("partner iep-lvs waiting"), "is al zo aan het begin"),
        (at("iep-lvs of 1"), "niet uit te lokken"),
        (at('expect "Verificatiecode"', 1), "klopt al voordat die stap begint"),
        (at("## 4."), "Er staat 'half-done'"),
        (at("hint", 0), "Deze hint geeft het antwoord: 99QQ00geheim"),
        (at("hint", 1), "Deze hint zegt wat er dan staat"),
    ]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "fout.draaiboek.md"
    path.write_text(DEFECTS, encoding="utf-8")
    return path


def test_every_planted_defect_is_named_with_its_line_and_nothing_else_is(broken: Path) -> None:
    found = lint.of_file(broken, SIZE)
    wanted = planted()
    assert len(wanted) > 12
    for line, part in wanted:
        assert [one for one in found if one.line == line and part in one.what], (line, part, list(map(str, found)))
    stray = [one for one in found if not any(one.line == line and part in one.what for line, part in wanted)]
    assert [one for one in stray if "klopt al" not in one.what and "geeft het antwoord" not in one.what] == []
    assert all(str(one).startswith(f"{broken}:{one.line}: ") and one.why and one.todo for one in found)


def test_a_solution_that_stops_is_named_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "vast.draaiboek.md"
    path.write_text(
        "---\ntitle: Vast\naudience: Directie\nrole: rovict\n---\n\nVerhaal.\n\n## 1. Kies\n\nTekst.\n\n```esis\n"
        'choose "Dit is er niet"\ncheck coupling iep-lvs active\n```\n',
        encoding="utf-8",
    )
    (found,) = lint.of_file(path, SIZE)
    assert (found.line, "loopt de oplossing vast" in found.what) == (14, True)


def test_what_is_wrong_in_an_included_file_is_named_there(tmp_path: Path) -> None:
    head = "---\ntitle: Delen\naudience: Directie\n---\n\nVerhaal.\n\n## 1. Doe\n\nTekst.\n\n"
    (tmp_path / "deel.md").write_text(
        'Een deel.\n\n```esis\nremark "Dat is fout." when coupling iep-lvs ended\nhint "Zorg hiervoor: dan staat er iets."\n'
        "check coupling iep-lvs active\n```\n",
        encoding="utf-8",
    )
    path = tmp_path / "les.draaiboek.md"
    path.write_text(f'{head}```esis\ninclude "deel.md"\n```\n', encoding="utf-8")
    found = linting.written(read(path))
    (remark,) = [one for one in found if "iets fout is" in one.what]
    assert (Path(remark.file).name, remark.line) == ("deel.md", 4)
    assert "leert er niets van" in remark.why


def test_findings_are_told_as_lines_or_json_and_the_status_says_that_there_are_any(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "geen.draaiboek.md"
    path.write_text("---\ntitle: Geen\nkind: demo\n---\n```esis\nopen X\n```\n", encoding="utf-8")
    told = esis("play", str(path), "--lint")
    assert (told.status, "Dit is geen les." in told.out) == (1, True)
    listed = json.loads(esis("play", str(path), "--lint", "--json").out)
    assert {"file", "line", "what", "why", "todo", "seed"} == set(listed[0])
    path.write_text("geen draaiboek", encoding="utf-8")
    assert "Verbeter deze regel eerst" in esis("play", str(path), "--lint").out


@pytest.mark.parametrize("name", PLAYED)
def test_a_lesson_of_the_program_has_no_findings_in_its_second_variant(name: str) -> None:
    script = catalogue.find(name, seed=2)
    assert list(map(str, lint.of_variant(script, SIZE))) == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_of_the_program_is_written_well_in_the_first_variants(name: str) -> None:
    for seed in (1, 3, 4):
        assert list(map(str, linting.written(catalogue.find(name, seed)))) == []


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("l" * 101, "", "Zo kan een les niet heten"),
        ("iep-lvs", "", "Er is al een les die iep-lvs heet"),
        ("stuur", 'send file "bericht.xml"\n', "wat ernaast staat, gaat niet mee"),
    ],
    ids=lambda value: str(value)[:9],
)
def test_why_a_lesson_cannot_be_begun_is_named(tmp_path: Path, name: str, line: str, told: str) -> None:
    path = tmp_path / f"{name}.draaiboek.md"
    path.write_text(
        f"---\ntitle: L\n---\n1. A\n\n```esis\n{line}check coupling iep-lvs active\n```\n", encoding="utf-8"
    )
    assert [one for one in lint._not_begun(read(path)) if told in one.what]


def test_a_provoke_block_is_for_the_linter_only() -> None:
    text = '---\ntitle: P\n---\n\nVerhaal.\n\n## 1. Doe\n\n```esis provoke\npress f1\n```\n\n```esis\nexpect "x"\n```\n'
    step = parse_script(text, Path("p.draaiboek.md")).steps[1]
    assert [row.word for row in step.commands] == ["expect"]
    assert [row.word for part in step.parts for row in part.provokes] == ["press"]


def test_a_finding_of_another_variant_says_which() -> None:
    assert "(variant 3)" in str(Finding("a", 1, "Wat.", "Waarom.", "Doe.", 3))
