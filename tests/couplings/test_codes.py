"""The rule of the verification code, against an independent formulation, and its messages."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.couplings.codes import InvalidVerificationCode, masked, normalise

HERE = "99QQ01"
PLAIN = string.ascii_letters + string.digits
brin6s = st.from_regex(r"[0-9]{2}[A-Z]{2}[0-9]{2}", fullmatch=True, alphabet=st.characters(max_codepoint=127))
tails = st.text(st.sampled_from(PLAIN), min_size=14, max_size=44)


def allowed(code: str, brin6: str) -> bool:
    """The rule of sources.md#code, in one expression."""
    prefix = re.escape(brin6[:2]) + "".join(f"[{c}{c.lower()}]" for c in brin6[2:4]) + re.escape(brin6[4:])
    return re.fullmatch(f"{prefix}[0-9A-Za-z]{{14,44}}", code, re.ASCII) is not None


def accepted(code: str, brin6: str) -> bool:
    try:
        normalise(code, brin6)
    except InvalidVerificationCode:
        return False
    return True


def mixed_case(text: str, draw: st.DrawFn) -> str:
    return "".join(draw(st.sampled_from([letter, letter.lower()])) for letter in text)


@st.composite
def near_codes(draw: st.DrawFn) -> tuple[str, str]:
    """A location and a code that is right, or has one or two things wrong with it."""
    brin6 = draw(brin6s)
    prefix = draw(st.one_of(st.just(mixed_case(brin6, draw)), brin6s, st.text(max_size=8)))
    code = prefix + draw(st.one_of(tails, st.text(st.sampled_from(PLAIN), max_size=60)))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(code)))
        code = code[:place] + draw(st.text(max_size=2)) + code[place:]
    return code, brin6


@given(near_codes())
@example(("99QQ01" + "٣" * 14, HERE))
@example(("99QQ01" + "é" * 14, HERE))
@example(("99qq01" + "ſ" * 14, HERE))
@example(("99QQ01" + "a" * 14 + "\n", HERE))
@example(("９９QQ01" + "a" * 14, HERE))
def test_a_code_is_accepted_exactly_when_the_rule_says_so(found: tuple[str, str]) -> None:
    code, brin6 = found
    assert accepted(code, brin6) == allowed(code, brin6)


@given(st.data(), brin6s, tails)
def test_the_brin_part_is_kept_in_upper_case_and_the_rest_as_typed(data: st.DataObject, brin6: str, tail: str) -> None:
    typed = "".join(data.draw(st.sampled_from([letter, letter.lower()])) for letter in brin6)
    assert normalise(typed + tail, brin6) == brin6 + tail


@given(st.data(), brin6s, tails)
def test_a_masked_code_shows_the_brin_part_and_the_length_only(data: st.DataObject, brin6: str, tail: str) -> None:
    shown = masked(brin6 + tail)
    assert (shown[:6], set(shown[6:]), len(shown)) == (brin6, {"*"}, len(brin6 + tail))
    assert masked(None) == ""


@pytest.mark.parametrize("length", [20, 50])
def test_the_shortest_and_the_longest_are_accepted(length: int) -> None:
    assert accepted(HERE + "a" * (length - 6), HERE)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("99QQ00" + "a" * 14, ["begint met 99QQ00", "vestigingsnummer 00", "nummer 01", "begint met 99QQ01"]),
        ("99ZZ01" + "a" * 14, ["begint met 99ZZ01", "brin- en vestigingsnummer", "99QQ01"]),
        ("99QQ01" + "a" * 13, ["19 tekens", "minimaal 20", "maximaal 50"]),
        ("99QQ01" + "a" * 45, ["51 tekens", "minimaal 20", "maximaal 50"]),
        ("99QQ01abcdefg hijklmn", ["spatie op plaats 14", "alleen letters en cijfers"]),
        (" 99QQ01abcdefghijklmn", ["spatie op plaats 1."]),
        ("99QQ01abcdefghijklmn ", ["spatie aan het eind"]),
        ("99QQ01abcdefghijklmn\t", ["spatie aan het eind"]),
        ("99QQ01-abcdefghijklmn", ["streepje (-) op plaats 7"]),
        ("99QQ01abc–defghijklmn", ["streepje (–) op plaats 10"]),
        ("99QQO1abcdefghijklmn", ["plaats 5", "de letter O", "het cijfer 0 (nul)", "99QQ01"]),
        ("99qqo1abcdefghijklmn", ["plaats 5", "de letter O", "het cijfer 0 (nul)"]),
        ("99QQ01abcdefghijklm٣", ["plaats 20", "٣", "lijkt een cijfer", "0 tot en met 9"]),
        ("99QQ01abcdefghijklm²", ["plaats 20", "²", "lijkt een cijfer"]),
        ("99QQ01abcdefghijklmé", ["plaats 20", "de letter é", "a-z en A-Z"]),
        ("99QQ01abcdefghijklmа", ["plaats 20", "de letter а"]),
        ("99QQ01abcdefghijklm!", ["plaats 20", "het teken !"]),
        ("99QQ01abcdefghijklm\x00", ["plaats 20", "U+0000"]),
        ("99QQ01abcdefghijklm[/]", ["plaats 20", "het teken ["]),
        ("99Q", ["begin", "99QQ01", "minimaal 20", "u typte '99Q'"]),
        ("welkom01welkom01welkom", ["begint met welkom", "99QQ01"]),
    ],
)
def test_each_violation_has_its_own_sentence(code: str, said: list[str]) -> None:
    with pytest.raises(InvalidVerificationCode) as caught:
        normalise(code, HERE)
    assert caught.value.field == "code"
    assert [part for part in said if part not in caught.value.sentence] == [], caught.value.sentence


def test_a_zero_for_the_letter_o_of_a_brin_has_its_sentence_too() -> None:
    with pytest.raises(InvalidVerificationCode, match=r"plaats 3 staat het cijfer 0 \(nul\); daar hoort de letter O"):
        normalise("990Q01abcdefghijklmn", "99OQ01")
