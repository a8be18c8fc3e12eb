"""What the tab Wijzigingen says about results that were typed in, changed, excluded and deleted."""

from __future__ import annotations

from datetime import date

from app.access import Role
from app.school.assessment import entering, entry_sheets, exclusions
from app.school.people import pupil_history
from models.assessment import Result
from tests.builders import make_actor
from tests.school.assessment.deliveries import school_with_pupil


def test_each_change_of_a_result_is_told_in_words(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group_id = make_actor(board), pupil.placements.get().group_id

    def type_in(text: str) -> None:
        shown = entry_sheets.sheet(actor, group_id, "rekenen-6", "getallen", date(2020, 1, 21))
        entering.save(actor, shown, {f"pupil-{pupil.id}": text}, shown.seen)

    type_in("57")
    type_in("60")
    exclusions.exclude(actor, [Result.get().id], "Anders")
    exclusions.take_back(actor, [Result.get().id])
    type_in("")
    about = "Resultaat Rekenen groep 6 (Getallen) van 21-1-2020: "
    told = [line.what for line in pupil_history.lines(actor, pupil)]
    assert told == [f"{about}60% verwijderd", f"{about}telt weer mee", f"{about}uitgesloten (Anders)",
                    f"{about}van 57% naar 60%", f"{about}57% ingevoerd"]  # fmt: skip
    without_results = make_actor(board, Role.ADMINISTRATIE)
    assert pupil_history.lines(without_results, pupil) == []
