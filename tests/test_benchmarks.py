"""The benchmarks run and print their table; no test judges what they measure."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.measuring import Row, at


def test_prints_a_line_with_baseline_and_verdict_for_what_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick", "command"])
    lines = capsys.readouterr().out.splitlines()
    assert [cell.strip() for cell in lines[0].split("|")[1:-1]][-3:] == ["ratio", "goal", "verdict"]
    assert "esis coupling list" in lines[2]
    assert lines[2].count("|") == lines[0].count("|")


def test_names_what_there_is_when_asked_for_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
    told = capsys.readouterr().err
    assert all(name in told for name in BENCHMARKS)


@pytest.mark.parametrize(("ours", "verdict"), [([2.0, 2.0, 9.0], "met"), ([1.0, 4.0, 4.0], "MISSED")])
def test_judges_the_median_against_the_goal(ours: list[float], verdict: str) -> None:
    assert Row("start", ours, [1.0, 2.0, 3.0], goal=1.5).verdict == verdict


def test_does_not_judge_what_has_no_goal() -> None:
    assert Row("memory", [2.0], [1.0]).verdict == "-"
    assert Row("walk", [2.0]).ratio is None


def test_the_slowest_of_a_hundred_is_not_the_slowest_of_all() -> None:
    assert at([float(number) for number in range(200)], 0.99) == 198.0
