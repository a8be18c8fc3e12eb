"""Charts drawn with characters: bars, growth and the line over time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.my_esis.grid import Fit, fit
from screens.shared.figures import LEVELS, Point, bar, chart, growth_bar, growth_text, spread_strip


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, "    "), (0.01, "╸   "), (0.5, "━━  "), (0.6, "━━╸ "), (1, "━━━━"), (3, "━━━━")]
)
def test_a_bar_fills_its_share_and_never_more_than_its_width(share: float, drawn: str) -> None:
    assert bar(share, 4) == drawn


@pytest.mark.parametrize(
    ("growth", "text", "drawn"),
    [(9, "▲ 9", "██▎ "), (12, "▲12", "███ "), (0, "= 0", "    "), (-3, "▼ 3", "▊   "), (None, "  –", "    ")],
)
def test_growth_and_decline_differ_in_more_than_colour(growth: int | None, text: str, drawn: str) -> None:
    assert growth_text(growth) == text
    assert growth_bar(growth, 4) == drawn


def test_the_narrowest_bar_shows_each_point_of_growth_apart() -> None:
    assert len({growth_bar(growth, 2) for growth in range(1, 17)}) == 16


points = st.lists(
    st.builds(
        lambda days, score: Point(date(2014, 1, 20) + timedelta(days=days), score, f"{score} III"),
        st.integers(0, 3000),
        st.integers(0, 120),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda point: point.day,
)


@given(points=points, width=st.integers(24, 200), height=st.integers(5, 40))
def test_a_chart_fits_its_box_and_holds_the_latest_point(points: list[Point], width: int, height: int) -> None:
    points.sort(key=lambda point: point.day)
    lines = chart(points, width, height)
    assert len(lines) == height
    assert {len(line) for line in lines} == {width}
    assert any("●" in line for line in lines)
    latest = points[-1].day
    assert f"{latest.day}-{latest.month}-{latest.year}" in lines[-1]


def test_a_chart_rises_with_the_score_and_runs_with_the_days() -> None:
    first, second = Point(date(2019, 1, 22), 44, "44 III"), Point(date(2020, 2, 4), 54, "54 II")
    lines = chart([first, second], 60, 12)
    low = next(index for index, line in enumerate(lines) if "44 III" in line)
    high = next(index for index, line in enumerate(lines) if "54 II" in line)
    assert high < low
    assert lines[low].index("44 III") < lines[high].index("54 II")
    assert lines[-1].index("22-1-2019") < lines[-1].index("4-2-2020")


def test_without_room_or_points_nothing_is_drawn() -> None:
    assert chart([], 80, 20) == []
    assert chart([Point(date(2020, 1, 1), 50, "50")], 20, 20) == []


def test_what_fits_beside_the_names() -> None:
    assert fit(95, 4) == Fit(4, 3, reference=True)
    assert fit(77, 4) == Fit(4, 0, reference=True)
    assert fit(57, 4) == Fit(4, 0, reference=False)
    assert fit(55, 4) == Fit(3, 0, reference=False)
    assert fit(10, 4) == Fit(1, 0, reference=False)


@given(
    spread=st.dictionaries(st.sampled_from([*LEVELS, "2F"]), st.integers(0, 40)),
    width=st.integers(len("".join(LEVELS)), 80),
)
def test_a_strip_is_as_wide_as_asked_and_names_every_level_that_somebody_has(
    spread: dict[str, int], width: int
) -> None:
    there = [level for level in LEVELS if spread.get(level)]
    strip = spread_strip(spread, width)
    assert strip.cell_length == (width if there else 0)
    assert [strip.plain[span.start : span.end].strip() for span in strip.spans] == there


def test_a_strip_shows_shares_of_the_pupils() -> None:
    strip = spread_strip({"I": 5, "II": 5, "IV": 10}, 40)
    assert strip.plain == "I".center(10) + "II".center(10) + "IV".center(20)
