"""A location's account at Gynzy, and the pupil accounts made by hand there before the coupling existed."""

from __future__ import annotations

from app import clock
from app.partners import accounts
from models.board import Location
from models.partners.gynzy import GynzyGroup, GynzyProgress, GynzyPupil, GynzySchool

ADMINISTRATOR = "beheerder"
ID = "gynzy"
OWN_GROUP = "Rekentoppers"
OWN_KEY = "eigen-"
"""Key prefix for records made by hand; ESIS's keys never start with it."""


def open_account(location: Location, password_hash: str) -> GynzySchool:
    """Open an account for a location, with its beheerder; groups and pupils arrive through the coupling."""
    accounts.open_user(location, ID, ADMINISTRATOR, password_hash)
    school: GynzySchool = GynzySchool.create(location=location, brin6=location.brin6)
    return school


def school_of(location: Location) -> GynzySchool:
    """The account of a location. Raises `NotFound` if there is none."""
    return accounts.account_of(GynzySchool, location, "Gynzy")


def add_own_pupils(school: GynzySchool, names: list[tuple[str, str, str]], year_group: str, exercises: int) -> None:
    """Create accounts by hand, from first name, prefix and last name, in one group that has practised rekenen."""
    year = clock.school_year_of(clock.school_today(school.location.board))
    group = GynzyGroup.create(
        school=school, key=f"{OWN_KEY}groep", name=OWN_GROUP, year_group=year_group, school_year=year, own=True
    )
    for number, (first_name, prefix, last_name) in enumerate(names, 1):
        pupil = GynzyPupil.create(
            school=school,
            key=f"{OWN_KEY}{number}",
            first_name=first_name,
            prefix=prefix,
            last_name=last_name,
            year_group=year_group,
            group_key=group.key,
            own=True,
        )
        GynzyProgress.create(pupil=pupil, method="gynzy-rekenen", exercises=exercises * number, skill=40 + number)
