"""The catalogue of couplings, and the terms of each."""

from __future__ import annotations

from app.couplings.catalogue import all_types, by_type, title


def test_the_catalogue_has_the_three_types_of_the_contract(sqlite: str) -> None:
    assert [(kind.type, kind.row, kind.heading, kind.name) for kind in all_types()] == [
        ("iep-lvs", "IEP LVS", "Resultatenkoppeling", "Bureau ICE"),
        ("gynzy", "Gynzy resultatenkoppeling", "Resultatenkoppeling", "Gynzy"),
        ("mijnschoolinfo", "Mijnschoolinfo", "Oudercommunicatie", "Mijnschoolinfo"),
    ]
    assert (title("basispoort"), title("jaarovergang"), title("anders")) == (
        "ESIS naar Basispoort",
        "Jaarovergang",
        "anders",
    )


def test_the_terms_are_a_practice_text_with_what_is_exchanged_and_the_price() -> None:
    for kind in all_types():
        for part in (kind.name, kind.price, kind.terms_version, kind.exchanges, "oefen"):
            assert part in kind.terms, part
        assert "{" not in kind.terms


def test_a_type_is_found_however_it_is_typed() -> None:
    assert by_type("IEP-LVS ").type == "iep-lvs"
