"""The tables of docs/draaiboeken.md match the code."""

from __future__ import annotations

from pathlib import Path

from app.training.scripts import checks, document, documentation, grammar


def test_the_page_of_draaiboeken_is_up_to_date() -> None:
    text = documentation.FILE.read_text(encoding="utf-8")
    command = "uv run python -m app.training.scripts.documentation"
    assert text == documentation.written(text), f"run: {command}"
    assert command in text.splitlines()[0]


def test_every_table_is_on_the_page_and_every_form_and_check_in_a_table() -> None:
    text = documentation.FILE.read_text(encoding="utf-8")
    assert all(f"<!-- tabel: {name} -->" in text for name in documentation.TABLES)
    assert all(f"`{form.written}`" in text for forms in grammar.FORMS.values() for form in forms)
    assert all(f"`check {kind.written}`" in text for kind in checks.kinds())


def test_the_first_draaiboek_of_somebody_who_tests_is_eight_lines_and_the_page_names_the_line_of_its_picture() -> None:
    text = documentation.FILE.with_name("uitests.md").read_text(encoding="utf-8")
    example = text.split("````markdown\n")[1].split("````")[0]
    (step,) = document.parse_script(example, Path("mijn.draaiboek.md")).steps[1:]
    assert len(step.commands) == 8
    line = next(one.line for one in step.commands if one.word == "shot")
    assert f"mijn.draaiboek.md:{line}: 'zonder-code' verschilt vanaf regel 8 van het scherm" in text
    assert f"esis play mijn.draaiboek.md:{line} " in text


def test_the_example_on_the_page_can_be_read() -> None:
    example = documentation.FILE.read_text(encoding="utf-8").split("````markdown\n")[1].split("````")[0]
    script = document.parse_script(example, Path("voorbeeld.draaiboek.md"))
    assert len(script.steps) == 3
    assert script.shots == ["overzicht"]
