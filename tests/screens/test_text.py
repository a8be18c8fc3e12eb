"""Text on the screen: where a path is wrapped."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from screens.shared.text import at_slashes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Bewaard als /home/anna/Downloads/koppelingenlogboek-2.csv",
            ["Bewaard als /home/anna/Downloads/", "koppelingenlogboek-2.csv"],
        ),
        (
            "/een-lange-naam-voor-een-map/nog-een-lange-naam/lijst.csv",
            ["/een-lange-naam-voor-een-map/", "nog-een-lange-naam/lijst.csv"],
        ),
        ("Bewaard als /tmp/x.csv", ["Bewaard als /tmp/x.csv"]),
        (
            "Gewone woorden en/of zinnen die langer zijn dan een regel, blijven.",
            ["Gewone woorden en/of zinnen die langer zijn dan een regel, blijven."],
        ),
    ],
)
def test_a_path_is_broken_at_its_slashes(text: str, shown: list[str]) -> None:
    assert at_slashes(text, 37).split("\n") == shown
    assert all(cell_len(line) <= 37 for line in shown if "/" in line and line != text)
