"""Each of a pair goes on by what the other does, also at a task in which both have something to do."""

from __future__ import annotations

from pathlib import Path

from app.training.lessons import pairs
from app.training.lessons.course import Course
from app.training.scripts.document import parse_script
from app.training.scripts.expecting import Expected
from screens.presenting.together import ASK, Together
from tests.couplings.worlds import small_school

TEXT = """---
title: Samen
---
1. Code kopiëren en aanmelden

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
go to IEP LVS
sign in as schoolbeheerder
expect "Welkom bij IEP LVS"
```

2. Activeren

```esis
go to ESIS
open Beheer > Import-Export-Koppelingen > Koppelingen
check coupling iep-lvs active
```
"""
SCRIPT = parse_script(TEXT, Path("samen.draaiboek.md"))


def nothing(expected: Expected) -> bool:
    return not expected.there


def test_what_only_the_other_can_see_is_done_for_both(sqlite: str) -> None:
    actor = small_school()[0]
    esis, partner = (Course(SCRIPT, side=side) for side in (pairs.ESIS, pairs.PARTNER))
    for course in (esis, partner):
        course.begin(actor)
    assert not esis.waiting, "both have something to do"
    esis.look(actor, nothing)
    partner.look(actor, lambda _expected: True)
    assert (esis.done, partner.done) == (0, 1)
    esis.other = partner.done
    esis.look(actor, nothing)
    assert esis.done == 1
    assert not esis.waiting
    assert [one.kind for one in esis.happened] == ["given", "done", "given"]


LES = """---
title: Code
---
1. Kopieer de code

F8 kopieert haar.

```esis
press F8
```

2. Meld u aan

Kopieer de code in ESIS met F8. Meld u dan aan.

```esis
go to IEP LVS
sign in as schoolbeheerder
expect "Welkom bij IEP LVS"
```
"""


def test_each_is_told_of_the_steps_he_can_do_and_asks_the_other_for_the_code() -> None:
    script = parse_script(LES, Path("code.draaiboek.md"))
    together = Together(lambda: 0, "", "K7M4P")
    esis, partner = (Course(script, side=side) for side in (pairs.ESIS, pairs.PARTNER))
    assert partner.task is not None
    assert together.asked(esis, partner.task).title == "1. Kopieer de code"
    asked = together.asked(partner, partner.task)
    assert asked.title == "2. Meld u aan"
    assert together.told(asked.text, pairs.PARTNER) == f"{ASK} Meld u dan aan."
    assert "F8" in together.told(asked.text, pairs.ESIS)


def test_where_one_sits_has_the_name_of_the_program() -> None:
    assert [pairs.where(SCRIPT, side) for side in (pairs.ESIS, pairs.PARTNER)] == ["bij ESIS", "bij IEP LVS"]
