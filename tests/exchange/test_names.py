"""The normal form of a name, and its comparison key."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.exchange.names import folded, kept

ODD = (
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\ufeff\u3164\ufe0f\u180e"
    "\u00a0\u2009\u0301\u0308\u0327"
)
letters = st.text("aéĲıİßøŁđ'’-–كمیक्षがが葛❤🔥 " + ODD) | st.text()
# What has no letter of its own that could be lost: a letter here is still there in what is kept.
SEEN = ("L", "N", "P", "S")


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("  Anna \t van\u00a0der\u2003Berg\n", "Anna van der Berg"),
        ("Zoe\u0308", "Zoë"),
        ("An\u00adna\u200b \u200eBe\u202erg\u202c\ufeff", "Anna Berg"),
        ("An\u200dna\u200c", "Anna"),
        ("e\u200d\u0301", "é"),
        ("\u2067\u200b\u2800\u3164", ""),
        ("می\u200cرزا", "می\u200cرزا"),
        ("می\u200c\u200c رزا\u200d", "می رزا"),
        ("می\u200c\u200dرزا", "می\u200cرزا"),
        ("श्री क्\u200dष", "श्री क्\u200dष"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("葛\U000e0100 a\ufe0f", "葛\U000e0100 a"),
        ("D'Arcy-O’Neill", "D'Arcy-O’Neill"),
        ("\x07Anna", "\x07Anna"),
    ],
)
def test_one_form(typed: str, form: str) -> None:
    assert kept(typed) == form


@pytest.mark.parametrize(
    "alike",
    [
        ("Émile", "émile", "EMILE", "E\u0301mile"),
        ("Işık", "ISIK", "isik", "İşik"),
        ("Sørensen", "SORENSEN", "sorensen"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("Groß", "GROSS", "gross"),
        ("Æsa Œuvre", "aesa oeuvre"),
        ("Ĳsbrand", "IJsbrand", "ijsbrand", "ĳsbrand"),
        ("d’Arcy", "d'Arcy", "d`Arcy", "d´Arcy", "D‘ARCY"),
        ("Anne–Fleur", "Anne-Fleur", "anne\u2011fleur", "Anne-\u00adFleur"),
        ("Berg  Anna", "berg\u00a0anna", " Berg An\u200bna "),
        ("Ｂｅｒｇ", "berg"),
        ("ﬁnn", "Finn"),
        ("می\u200cرزا", "میرزا"),
        ("Νίκος", "ΝΊΚΟΣ", "νικοσ"),
    ],
)
def test_alike_is_one(alike: tuple[str, ...]) -> None:
    assert len({folded(name) for name in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("か", "が"), ("क्त", "कत"), ("Berg", "Bergen"), ("Anne-Fleur", "Annefleur")]
)
def test_another_letter_is_another_name(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_parts_are_joined_and_empty_ones_left_out() -> None:
    assert folded("Berg", "", "Anna", " ") == "berg anna"
    assert folded() == folded("", " ") == ""


def test_dutch_order() -> None:
    names = ["Zwart", "Éder", "Eder-Smit", "Eerden", "IJsselmuiden", "Ikink", "Ĳff", "van Aa"]
    assert sorted(names, key=folded) == [
        "Éder",
        "Eder-Smit",
        "Eerden",
        "Ĳff",
        "IJsselmuiden",
        "Ikink",
        "van Aa",
        "Zwart",
    ]


def test_every_format_character_goes_or_belongs_to_a_script() -> None:
    belong = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
    hieroglyphs = {chr(code) for code in range(0x13430, 0x13440)}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) == "Cf" and character not in belong | hieroglyphs:
            assert kept(f"a{character}b") == "ab", hex(code)
        elif unicodedata.category(character) == "Zs":
            assert kept(f"a{character}{character}b{character}") == "a b"


@given(letters)
@example("a\u200b\u0301\u200d")
@example("\u0301\u034f\u094d\u200c\u0643")
@example("\u0628\u200d\u0301\u200d\u0628")
def test_keeping_twice_changes_nothing(text: str) -> None:
    assert kept(kept(text)) == kept(text)


@given(letters)
@example("´")
@example("ΐ\u0345")
@example("\u0b47\u0bbe\u1112\u1161")
def test_folding_sees_no_difference_in_what_is_kept(text: str) -> None:
    assert folded(kept(text)) == folded(text)
    assert folded(folded(text)) == folded(text)


@given(letters)
def test_what_is_seen_stays(text: str) -> None:
    fillers = "\u115f\u1160\u3164\uffa0\u2800"
    seen = [
        sign
        for sign in unicodedata.normalize("NFD", text)
        if unicodedata.category(sign)[0] in SEEN and sign not in fillers
    ]
    assert [sign for sign in unicodedata.normalize("NFD", kept(text)) if unicodedata.category(sign)[0] in SEEN] == seen


@given(letters, letters, letters)
def test_parts_fold_as_one(first: str, prefix: str, last: str) -> None:
    assert folded(last, first, prefix) == folded(folded(last), folded(first), folded(prefix))
