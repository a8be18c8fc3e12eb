"""Steps that are played for each row of a table, and files that are included: the commands that come of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.scripts import composing, manual, tables
from app.training.scripts.document import Script, parse_script, read
from app.training.scripts.errors import InvalidScript, WrongLine

HEAD = "---\ntitle: Proef\nkind: demo\n---\n"
FILE = Path("proef.draaiboek.md")
TABLE = '| naam | groep |\n| --- | ---: |\n| Jörn van Dam | 6 |\n| Yara \\| `A "B"` | |\n'


def looped(*lines: str, table: str = TABLE, head: str = HEAD) -> Script:
    block = "\n".join(["for each", *lines])
    return parse_script(f"{head}1. Voor iedereen\n\n{table}\n```esis\n{block}\n```\n", FILE)


def wrong(head: str = HEAD, table: str = TABLE, lines: tuple[str, ...] = ("shot een",)) -> list[tuple[int, str]]:
    with pytest.raises(InvalidScript) as caught:
        looped(*lines, table=table, head=head)
    return [(one.line, one.sentence) for one in caught.value.mistakes]


def test_a_step_is_played_for_each_row_with_its_values_filled_in() -> None:
    found = looped(
        'fill "{naam}" "groep {groep}"',
        r"expect /^{naam} \d{2}$/",
        'type "{ongelijk"',
        "shot gezocht",
        "shot in-{naam}",
    )
    (_, step) = found.steps
    assert [command.given for command in step.commands] == [
        ("Jörn van Dam", "groep 6"),
        (r"^Jörn\ van\ Dam \d{2}$",),
        ("{ongelijk",),
        ("gezocht-jorn-van-dam",),
        ("in-jorn-van-dam",),
        ('Yara | A "B"', "groep "),
        (r'^Yara\ \|\ A\ "B" \d{2}$',),
        ("{ongelijk",),
        ("gezocht-yara-a-b",),
        ("in-yara-a-b",),
    ]
    assert [command.line for command in step.commands] == [*range(14, 19)] * 2
    assert step.commands[0].context == " (rij 1: Jörn van Dam, 6)"
    assert found.mistake(step.commands[5], "Mis.").sentence == 'Mis. (rij 2: Yara | A "B")'
    assert found.shots == ["gezocht-jorn-van-dam", "in-jorn-van-dam", "gezocht-yara-a-b", "in-yara-a-b"]


def test_the_manual_has_the_text_once_and_the_pictures_of_each_row() -> None:
    text = manual.markdown(looped("shot een"))
    assert text.count("| Jörn van Dam | 6 |") == 1
    assert text.index("een-jorn-van-dam.svg") < text.index("een-yara-a-b.svg")


def test_what_is_wrong_with_a_table_is_told_at_its_line_and_row() -> None:
    told = wrong(table="Geen tabel.\n")
    assert told[0][0] == 10
    assert "staat in deze stap geen tabel" in told[0][1]
    assert "niet elke kolom een naam van zichzelf" in wrong(table="| a | a |\n|---|---|\n| 1 | 2 |\n")[0][1]
    assert "geen rijen" in wrong(table="| a |\n|---|\n")[0][1]
    assert "201 rijen" in wrong(table="| a |\n|---|\n" + "| x |\n" * 201)[0][1]
    assert wrong(lines=('choose "{nam}"',)) == [
        (14, "De tabel heeft geen kolom 'nam'. Bedoelt u 'naam'? (rij 1: Jörn van Dam, 6)")
    ]
    assert wrong(lines=("check pupil {groep} enrolled",))[0][1].endswith('(rij 2: Yara | A "B")'), "the first row can"
    assert wrong(lines=("for each",))[0][1].startswith("'for each' is de eerste regel van een stap")
    same = "| naam |\n|---|\n| A |\n| a! |\n"
    assert "'een-a' is er al, in regel 14." in wrong(table=same)[0][1]


def test_a_lesson_has_no_table_to_go_through() -> None:
    told = wrong(head=HEAD.replace("demo", "lesson"), lines=('expect "{naam}"',))
    assert (13, True) in [(line, "Schrijf bovenaan kind: demo" in sentence) for line, sentence in told]


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def including(folder: Path, *lines: str, before: str = "") -> Path:
    block = "\n".join(lines)
    return file(folder, "proef.draaiboek.md", f"{HEAD}1. Stap\n\n{before}```esis\n{block}\n```\n")


def mistakes(path: Path) -> list[str]:
    with pytest.raises(InvalidScript) as caught:
        read(path)
    return [str(one).replace(str(path.parent), "MAP") for one in caught.value.mistakes]


def test_the_lines_of_an_included_file_come_in_its_place_with_their_own_place(tmp_path: Path) -> None:
    file(tmp_path, "delen/begin.md", '```esis\ninclude "meer/aan.md"\ntype "{naam}"\n```\n')
    file(tmp_path, "delen/meer/aan.md", "---\ntitle: Deel\n---\n1. Aan\n\nTekst.\n\n```esis\nsign in as rovict\n```\n")
    plain = including(tmp_path, "press f2", 'include "delen/begin.md"', "press f9")
    found = read(plain).steps[1].commands
    assert [command.given for command in found] == [("f2",), ("rovict",), ("{naam}",), ("f9",)]
    assert [(Path(command.file).name, command.line, command.at) for command in found] == [
        ("", 8, 8),
        ("aan.md", 9, 9),
        ("begin.md", 3, 9),
        ("", 10, 10),
    ]
    told = str(read(plain).mistake(found[1], "Mis."))
    assert told == f"{tmp_path / 'delen/meer/aan.md'}:9: Mis. (ingevoegd in regel 9 van proef.draaiboek.md)"
    rows = read(including(tmp_path, "for each", 'include "delen/begin.md"', before=f"{TABLE}\n")).steps[1].commands
    assert [command.given[0] for command in rows] == ["rovict", "Jörn van Dam", "rovict", 'Yara | A "B"']


def test_what_cannot_be_included_is_told_where_it_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "map"
    file(tmp_path, "buiten.md", "```esis\npress f2\n```\n")
    file(folder, "leeg.md", "Alleen tekst.\n```esis\n# niets\n```\n")
    file(folder, "fout.md", "1. A\n3. B\n\n```esis\nopne X\nshot een\n```\n")
    file(folder, "rond.md", '```esis\ninclude "om/rond.md"\n```\n')
    file(folder, "om/rond.md", '```esis\ninclude "../rond.md"\n```\n')
    for number in range(7):
        file(folder, f"diep{number}.md", f'```esis\ninclude "diep{number + 1}.md"\n```\n')
    (folder / "link.md").symlink_to(tmp_path / "buiten.md")
    names = ("../buiten.md", str(tmp_path / "buiten.md"), "C:\\buiten.md", "link.md", " ")
    told = mistakes(including(folder, *(f'include "{name}"'.replace("\\", "\\\\") for name in names)))
    assert len(told) == len(names)
    assert all("staat niet in de map van het draaiboek of daaronder." in one for one in told)
    assert mistakes(including(folder, 'include "weg.md"', 'include "leeg.md"')) == [
        "MAP/proef.draaiboek.md:8: 'MAP/weg.md' bestaat niet.",
        "MAP/proef.draaiboek.md:9: In MAP/leeg.md staat geen blok ```esis met een regel erin.",
    ]
    where = "(ingevoegd in regel 8 van proef.draaiboek.md)"
    assert mistakes(including(folder, 'include "rond.md"')) == [
        f"MAP/om/rond.md:2: '../rond.md' voegt zichzelf in: rond.md > rond.md > rond.md. {where}"
    ]
    assert "Meer dan 5 bestanden in elkaar" in mistakes(including(folder, 'include "diep0.md"'))[0]
    assert "voegt zichzelf in" in mistakes(including(folder, 'include "proef.draaiboek.md"'))[0]
    assert mistakes(including(folder, 'include "fout.md"', 'include "fout.md"')) == [
        "MAP/fout.md:2: Na stap 1 komt stap 2, niet 3.",
        f"MAP/fout.md:5: 'opne' is geen woord van een draaiboek. Bedoelt u 'open'? {where}",
        "MAP/fout.md:6: Het plaatje 'een' is er al, in regel 6 van MAP/fout.md. (ingevoegd in regel 9 van proef.draaiboek.md)",
    ]


def test_files_that_include_each_other_many_times_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "MOST", 500)
    for number in range(4):
        file(tmp_path, f"deel{number}.md", "```esis\n" + f'include "deel{number + 1}.md"\n' * 60 + "```\n")
    file(tmp_path, "deel4.md", "```esis\npress f2\n```\n")
    (told,) = mistakes(including(tmp_path, 'include "deel0.md"'))
    assert "Hier wordt het draaiboek langer dan 500 regels" in told


CELL = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\|`*_[]<>&!~"), min_size=1)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_a_table_that_is_written_is_read_back(cells: list[tuple[str, str]]) -> None:
    text = "Vooraf.\n\n| een | twee |\n|---|---|\n" + "".join(f"| {one} | {two} |\n" for one, two in cells)
    found = tables.rows([text, "Daarna."])
    assert [tuple(row.values.values()) for row in found] == cells
    assert all(tables.name_of(row.shot("x")) == row.shot("x") for row in found)


@given(st.text())
def test_no_text_at_all_stops_the_reader_of_tables(text: str) -> None:
    with suppress(WrongLine):
        assert tables.rows([text + "|\n|---|\n" + text])
