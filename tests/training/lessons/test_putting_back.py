"""The board of a lesson is put back to before the program showed how, while others have it open."""

from __future__ import annotations

from app.couplings import lifecycle
from app.training.lessons.putting_back import WholeFile
from models.base import connected
from models.schema import connect
from tests.couplings.worlds import CODE, small_school


def test_everything_is_as_it_was_also_for_who_has_it_open(sqlite: str) -> None:
    actor = small_school()[0]
    with connected():
        other = connect(sqlite)
        count = "SELECT count(*) FROM coupling"
        assert other.execute_sql(count).fetchone()[0] == 0
        put_back = WholeFile().save()
        lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
        assert other.execute_sql(count).fetchone()[0] == 1
        put_back()
        assert lifecycle.live(actor.location, "iep-lvs") is None
        assert other.execute_sql(count).fetchone()[0] == 0
        lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
        assert other.execute_sql(count).fetchone()[0] == 1
        other.close()
