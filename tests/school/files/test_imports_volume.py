"""Large imports: comparing blocks nobody, very many problems are counted, and pages are bounded."""

from __future__ import annotations

import pytest

from app.access import Actor, writing
from app.exchange import disk_backed_list, edexml_records
from app.exchange.edexml_records import Severity
from app.permissions import Permission
from app.refusals import Refused
from app.school.files import imports
from app.school.files.import_preview import Tally
from app.school.files.import_sheets import State
from app.school.files.imports import PreviewOutdated, apply, preview
from models.bulk import among
from models.school import Pupil
from tests.builders import make_actor, make_board
from tests.school.files.edex import edex, group, pupil

GROUPS = group("G5", "5", "5")


@pytest.fixture
def actor(db: str) -> Actor:
    """Someone at a location with pupil 1."""
    actor = make_actor(make_board())
    apply(actor, preview(actor, edex(pupil("1", group="G5"), groups=GROUPS)))
    return actor


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each comparison with what there is, whether it was made within a transaction that writes."""
    found, within = [], []
    compare, write = imports._planned, imports.writing  # type: ignore[attr-defined]

    class Watched:
        def __init__(self, *arguments: object) -> None:
            self.transaction = write(*arguments)  # type: ignore[arg-type]

        def __enter__(self) -> object:
            within.append(True)
            return self.transaction.__enter__()

        def __exit__(self, *raised: object) -> object:
            within.clear()
            return self.transaction.__exit__(*raised)  # type: ignore[arg-type]

    def watched(*arguments: object) -> object:
        found.append(bool(within))
        return compare(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "_planned", watched)
    monkeypatch.setattr(imports, "writing", Watched)
    return found


def test_nothing_is_compared_while_others_wait(actor: Actor, comparisons: list[bool]) -> None:
    apply(actor, preview(actor, edex(pupil("1", "Anne", group="G5"), groups=GROUPS)))
    assert comparisons == [False, False]


@pytest.mark.parametrize(("key", "outdated"), [("1", True), ("2", False)])
def test_a_change_just_before_the_transaction_is_seen(
    actor: Actor, comparisons: list[bool], monkeypatch: pytest.MonkeyPatch, key: str, outdated: bool
) -> None:
    apply(actor, preview(actor, edex(pupil("2", group="G5"), groups=GROUPS)))
    found = preview(actor, edex(pupil("1", "Anne", group="G5"), groups=GROUPS))
    transaction = imports.writing  # type: ignore[attr-defined]

    def change_first(*arguments: object) -> object:
        with writing(actor, Permission.EDIT_PUPILS):
            Pupil.update(first_name="Anneke").where(Pupil.key == key).execute()
        return transaction(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "writing", change_first)
    comparisons.clear()
    if outdated:
        with pytest.raises(PreviewOutdated) as refusal:
            apply(actor, found)
        assert refusal.value.preview.pupils.of(State.CHANGED)[0].differences[0].old == "Anneke"
    else:
        apply(actor, found)
    assert comparisons == [False, True]
    assert Pupil.get(Pupil.key == "1").first_name == ("Anneke" if outdated else "Anne")


def test_an_import_that_is_mostly_on_disk_does_the_same(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_backed_list, "CHUNK", 4)
    source = edex(*(pupil(str(number), group="G5") for number in range(1, 31)), groups=GROUPS)
    found = preview(actor, source)
    assert [item.key for item in found.pupils.items[5:8]] == ["7", "8", "9"]
    assert apply(actor, found).pupils == Tally(29, 0, 1)
    assert preview(actor, source).changes_nothing


def test_of_very_many_problems_the_rest_is_counted(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edexml_records, "MAX_KEPT", 3)
    wrong = [pupil(f"w{number}", f"Anna{number}", born="2020-04-15") for number in range(1_240)]
    found = preview(actor, edex(*(pupil(f"n{number}", "") for number in range(4)), *wrong))
    assert (len(found.errors), found.error_count, len(found.warnings), found.warning_count) == (3, 1_240, 3, 4)
    told = [(problem.severity, str(problem)) for problem in found.told if not problem.line]
    assert told == [(Severity.ERROR, "... en nog 1.237 fouten"), (Severity.WARNING, "... en nog 1 waarschuwing")]
    with pytest.raises(Refused, match="Het bestand heeft 1240 fouten"):
        apply(actor, found)


def test_one_condition_takes_very_many_values(actor: Actor) -> None:
    keys = [str(number) for number in range(100_000)]
    assert [row.key for row in Pupil.select().where(among(Pupil.key, keys))] == ["1"]
    assert Pupil.select().where(among(Pupil.id, [])).count() == 0
