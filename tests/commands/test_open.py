"""`esis open`: the program at a place, written as the breadcrumb of its screen."""

from __future__ import annotations

from typing import Any

import pytest

from app.targets import CouplingPage, Target
from tests.commands.conftest import Esis

SEED = "Beheer > Import-Export-Koppelingen > Koppelingen > IEP LVS"


@pytest.mark.parametrize("place", ["Beheer > Koppelingen > IEP LVS", SEED])
@pytest.mark.parametrize(("options", "user"), [((), "rovict"), (("--user", "leerkracht6"), "leerkracht6")])
def test_the_program_opens_signed_in_at_that_place(
    esis: Esis, monkeypatch: pytest.MonkeyPatch, place: str, options: tuple[str, ...], user: str
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("app.commands.program.require_terminal", lambda _why: None)
    monkeypatch.setattr("app.commands.program.keep_open", lambda *given: opened.extend(given))
    said = esis(*options, "open", place)
    assert (said.status, said.out, said.err) == (0, "", "")
    _settings, _board, who, _location, way = opened
    assert who.name == user
    went: list[Target] = []
    way(type("Program", (), {"go": lambda _self, target: went.append(target)})())
    assert went == [CouplingPage("iep-lvs")]


def test_what_is_no_place_is_refused_with_the_nearest(esis: Esis) -> None:
    said = esis("open", "Beheer > Koppelingen > IEP")
    assert (said.status, said.out) == (1, "")
    assert "'Beheer > Koppelingen > IEP' staat niet in het menu. Bedoelt u" in said.err


def test_without_a_terminal_it_says_so(esis: Esis) -> None:
    assert "heeft een terminal nodig" in esis("open", "Koppelingen").err
