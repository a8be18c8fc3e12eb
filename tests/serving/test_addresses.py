"""A board's address: readable, unique, and found by its number."""

from __future__ import annotations

import pytest

from app.serving import addresses
from models.board import Board
from tests.builders import make_board


@pytest.mark.parametrize(
    ("name", "slug"), [("Klas 3", "klas-3"), ("  Café 'De Brug' ", "cafe-de-brug"), ("漢字", ""), ("<b>&/..", "b")]
)
def test_a_board_is_found_by_its_address_and_by_no_other(sqlite: str, name: str, slug: str) -> None:
    board = make_board()
    Board.update(name=name).where(Board.id == board.id).execute()
    place = addresses.place_of(Board.get_by_id(board.id))
    assert place.slug == f"{slug}-{board.id}".lstrip("-")
    assert addresses.find(place.slug) == place
    for other in (f"x{place.slug}", f"{board.id + 1}", "", "0", "-1", "9" * 30, slug, f"{place.slug}\n"):
        assert addresses.find(other) is None


def test_two_boards_with_names_alike_have_two_addresses(sqlite: str) -> None:
    first, second = make_board(), make_board()
    Board.update(name="Klas 3").where(Board.id == first.id).execute()
    Board.update(name="Klas  3").where(Board.id == second.id).execute()
    assert len({place.slug for place in addresses.all_places(10)}) == 2


def test_on_a_network_a_board_whose_password_everybody_knows_is_not_there(sqlite: str) -> None:
    known, own, real = make_board(), make_board(), make_board()
    Board.update(password_hash="x").where(Board.id == own.id).execute()
    Board.update(practice=False).where(Board.id == real.id).execute()
    assert [place.board_id for place in addresses.all_places(10, guarded=True)] == [own.id, real.id]
    assert addresses.find(addresses.slug_of(known), guarded=True) is None
    assert addresses.find(addresses.slug_of(own), guarded=True) == addresses.place_of(own)
