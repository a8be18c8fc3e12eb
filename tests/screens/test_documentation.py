"""The documentation of keys is generated from the bindings, and docs/toetsen.md is up to date."""

from __future__ import annotations

from textual.binding import Binding

from screens.driving import documentation
from screens.my_esis.dashboard import DashboardScreen
from screens.shared.forms import Form


def test_the_page_of_keys_is_up_to_date() -> None:
    command = "uv run python -m screens.driving.documentation"
    assert documentation.FILE.read_text(encoding="utf-8") == documentation.keys_page(), f"run: {command}"
    assert command in documentation.keys_page().splitlines()[0]


def test_screens_and_what_they_are_built_from_are_all_found() -> None:
    assert {DashboardScreen, Form} <= set(documentation.widgets_with_keys())
    titles = [section.title for section in documentation.sections()]
    assert titles[0] == documentation.EVERYWHERE
    assert "Mijn Menu > Mijn ESIS > Mijn groep" in titles


def test_every_action_has_a_name_and_a_dutch_sentence() -> None:
    for kind in documentation.widgets_with_keys():
        for binding in vars(kind)["BINDINGS"]:
            assert isinstance(binding, Binding), kind
            assert binding.id, (kind, binding)
            assert binding.tooltip.endswith((".", "?")), (kind, binding)
