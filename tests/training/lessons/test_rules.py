"""What does not teach in the texts of a lesson is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.training.lessons import rules
from app.training.lessons.tasks import tasks_of
from app.training.scripts.document import parse_script

GOOD = """---
title: Proef
---
De school wil een koppeling.

1. Activeren

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
choose "Activeren" in "IEP LVS"
fill "Verificatiecode" "99QQ001234567890abcd"
choose "Gereed"
expect "Actief"
check coupling iep-lvs active
goal "De koppeling met IEP LVS staat aan."
hint "Kijk in het overzicht."
hint "Vul een code in en bewaar het formulier."
remark "U heeft geen code ingevuld. Dan komt er niets." when coupling iep-lvs paused
```
"""


def faults(old: str = "", new: str = "") -> list[tuple[int, str]]:
    text = GOOD.replace(old, new) if old else GOOD
    return [(one.line, one.sentence) for one in rules.faults(parse_script(text, Path("proef.draaiboek.md")))]


def test_a_lesson_that_teaches_has_none() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("Vul een code in", "Vul 99QQ001234567890abcd in", 17, "geeft het antwoord: 99QQ001234567890abcd"),
        ("Kijk in het overzicht.", "Dan staat er: 'Actief'.", 16, "zegt wat er dan staat"),
        ("Kijk in het overzicht.", "De koppeling IEP LVS is actief.", 16, "zegt wat er dan staat"),
        ("Kijk in het overzicht.", "Zoek 'Actief' op.", 16, "zegt wat er dan staat"),
        ("met IEP LVS staat aan", "staat bij Koppelingen", 15, "geeft de weg: 'Koppelingen'"),
        ("met IEP LVS staat aan", "werkt aan beide kanten", 15, "zegt al waar het aan ligt: 'beide kanten'"),
        ("met IEP LVS staat aan", "is klaar na Gereed", 15, "geeft de weg: 'Gereed'"),
        (
            "U heeft geen code ingevuld. Dan komt er niets.",
            "Dit is fout. Probeer opnieuw.",
            18,
            "niet dat iets fout is",
        ),
        ("U heeft geen code ingevuld. Dan komt er niets.", "U heeft geen code ingevuld.", 18, "waarom dat niet helpt"),
        ('het formulier."\n', 'het formulier."\nhint "En dan Gereed."\n', 18, "twee hints"),
    ],
)
def test_what_does_not_teach_is_named(old: str, new: str, line: int, told: str) -> None:
    ((found, sentence),) = faults(old, new)
    assert found == line
    assert told in sentence


def test_a_label_is_a_word_by_itself_and_the_name_of_a_program_is_none() -> None:
    tasks = tasks_of(parse_script(GOOD, Path("proef.draaiboek.md")))
    assert rules.leaks("De koppelingen zijn gereed, in ESIS en in IEP LVS.", tasks) == set()
    assert rules.leaks("Ga naar beheer > import-export-koppelingen > koppelingen.", tasks)
    assert rules.leaks("Beheer", tasks) == {"Beheer"}


def test_a_goal_may_name_what_the_story_names() -> None:
    text = GOOD.replace("met IEP LVS staat aan", "werkt aan beide kanten").replace("een koppeling.", "beide kanten.")
    assert rules.faults(parse_script(text, Path("proef.draaiboek.md"))) == []
