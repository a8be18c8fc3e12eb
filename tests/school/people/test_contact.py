"""The required form of an e-mail address and a telephone number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Refused
from app.school.people.contact import Email, Phone
from models.school import Guardian

EMAIL, PHONE = Email(Guardian.email), Phone(Guardian.phone)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("geen", "bevat geen @"),
        ("a@b@school.nl", "meer dan één @"),
        ("@school.nl", "niets voor de @"),
        ("jan de@school.nl", "bevat een spatie"),
        ("jan@school", "geen goed domein"),
        ("jan@.nl", "geen goed domein"),
        ("jan@school.", "geen goed domein"),
        ("j" * Guardian.email.max_length + "@school.nl", "telt 266 tekens"),
        ("jan\x00@school.nl", "stuurteken"),
    ],
)
def test_an_address_that_cannot_be_is_refused_for_its_field(typed: str, part: str) -> None:
    with pytest.raises(Refused, match=part) as refusal:
        EMAIL.checked(typed)
    assert refusal.value.field == "email"


@pytest.mark.parametrize("typed", ["", "  ", "jan@school.nl", " jan@school.nl ", "jan+x'é@a.b.school.nl"])
def test_what_can_be_an_address_is_kept_without_blanks_around_it(typed: str) -> None:
    assert EMAIL.checked(typed) == typed.strip()


@given(st.text(max_size=300))
def test_whatever_is_typed_an_address_that_is_kept_has_one_at_sign_and_a_dot_after_it(typed: str) -> None:
    try:
        kept = EMAIL.checked(typed)
    except Refused:
        return
    assert kept == "" or (kept.count("@") == 1 and "." in kept.split("@")[1] and len(kept) <= Guardian.email.max_length)
    assert EMAIL.checked(kept) == kept


@pytest.mark.parametrize("typed", ["", "0612345678", "+31 (0)6-1234 5678", "013/123.45.67"])
def test_telephone_numbers_are_kept_as_typed(typed: str) -> None:
    assert PHONE.checked(typed) == typed


@pytest.mark.parametrize(
    ("typed", "part"),
    [("12345", "telt 5 cijfers"), ("1" * 16, "telt 16 cijfers"), ("bel oma", "iets anders"), ("٠٦١٢٣٤٥٦", "iets")],
)
def test_what_is_no_telephone_number_is_refused(typed: str, part: str) -> None:
    with pytest.raises(Refused, match=part) as refusal:
        PHONE.checked(typed)
    assert refusal.value.field == "phone"
