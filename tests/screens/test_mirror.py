"""A screen of another program, where it is larger than the room there is."""

from __future__ import annotations

from textual.app import App, ComposeResult

from app.serving.desk.messages import Frame
from screens.shared.mirror import Mirror


class Small(App[None]):
    """Only a mirror."""

    def get_css_variables(self) -> dict[str, str]:
        """With the background of the program."""
        return {**super().get_css_variables(), "bg": "#000000"}

    def compose(self) -> ComposeResult:
        """All of the screen."""
        yield Mirror()


def frame(width: int, height: int, *focus: int) -> Frame:
    """A screen of which each row says its number."""
    rows = {row: ((f"rij {row + 1}".ljust(width), "", "", ""),) for row in range(height)}
    return Frame(width, height, rows, (focus[0], focus[1]), whole=True)


def shown(mirror: Mirror) -> list[str]:
    return [mirror.render_line(y).text.strip() for y in range(mirror.size.height)]


async def test_what_is_cut_is_told_and_the_top_stays() -> None:
    async with Small().run_test(size=(80, 30)) as pilot:
        mirror = pilot.app.query_one(Mirror)
        mirror.take(frame(80, 30, 0, 29))
        assert mirror.part == ""
        mirror.take(frame(80, 36, 0, 10))
        assert (mirror.part, shown(mirror)[0]) == ("rijen 1-30 van 36", "rij 1")
        mirror.take(frame(80, 36, 0, 34))
        assert mirror.part == "rijen 1-2 en 9-36 van 36"
        assert (shown(mirror)[:3], shown(mirror)[-1]) == (["rij 1", "rij 2", "rij 9"], "rij 36")
        mirror.take(frame(80, 36, 0, 10))
        assert mirror.part == "rijen 1-30 van 36", "back to the top as soon as it can be"


async def test_what_is_moved_by_hand_stays_while_the_other_one_is_in_view() -> None:
    async with Small().run_test(size=(80, 30)) as pilot:
        mirror = pilot.app.query_one(Mirror)
        mirror.take(frame(120, 30, 20, 10))
        assert mirror.part == "kolommen 1-80 van 120"
        mirror.move(8, 0)
        mirror.take(frame(120, 30, 21, 10))
        assert mirror.part == "kolommen 9-88 van 120"
        mirror.take(frame(120, 30, 110, 10))
        assert mirror.part == "kolommen 41-120 van 120"


async def test_a_changed_row_is_drawn_where_it_stands() -> None:
    async with Small().run_test(size=(80, 30)) as pilot:
        mirror = pilot.app.query_one(Mirror)
        mirror.take(frame(80, 36, 0, 34))
        mirror.take(Frame(80, 36, {1: (("pad", "", "", ""),), 20: (("midden", "", "", ""),)}, (0, 34)))
        assert (shown(mirror)[1], shown(mirror)[14]) == ("pad", "midden")
