"""Mijnschoolinfo's own data: from ESIS or created there, and who changed it (sources.md#mijnschoolinfo).

`esis_id` is ESIS's permanent number of a record; a record created in Mijnschoolinfo has none. A record that was deleted
here while ESIS still has it stays as a marker (`deleted_at`), so that it does not come back by itself.
"""

from __future__ import annotations

from peewee import SQL, BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from app.exchange.email import folded_address
from models.base import BaseModel, Folded, KeptText, MomentField, ShortText
from models.board import Location
from models.columns import Email, FirstName, FullName, GroupName, LastName, OrganisationName, Phone, Prefix

ESIS, OWN = "esis", "own"
"""The origin of a record."""


class MsiSchool(BaseModel):
    """A location's account, with Mijnschoolinfo's side of the coupling."""

    location = ForeignKeyField(Location, unique=True, on_delete="CASCADE")
    location_id: int
    name = OrganisationName()
    brin6 = ShortText(max_length=6)
    code = ShortText(max_length=64, default="")
    connected_at = MomentField(null=True)
    """Since when ESIS knows the code and only ESIS may add people; NULL: not coupled."""
    delivered_to = MomentField(null=True)
    """The cut-off (17:00) of the last delivery; NULL before the first one."""
    school_year = ShortText(max_length=9, default="")
    """Of the last delivery: a different one means that the year transition was carried out in ESIS."""
    last_test = TextField(default="")
    """The result of the last test message, as a sentence."""
    check_layout = BooleanField(default=False)
    """The klassenindeling is from before the year transition and has not been checked since."""


class MsiRecord(BaseModel):
    """What every record has: its origin, since when, and who changed it here."""

    esis_id = IntegerField(null=True)
    origin = ShortText(max_length=4, default=OWN)
    since = DateField()
    changed_by = ShortText(max_length=20, default="")
    """`verzorger` or `beheerder`; empty if nobody has changed it here."""
    changed_at = MomentField(null=True)
    deleted_at = MomentField(null=True)


class MsiGroup(MsiRecord):
    """A group, from ESIS or created here."""

    school = ForeignKeyField(MsiSchool, backref="groups", on_delete="CASCADE")
    school_id: int
    key = ShortText(max_length=256, default="")
    name = GroupName(verbose_name="Naam van de groep")
    basis = BooleanField(default=False)
    """Whether it is a basisgroep of ESIS: a pupil is in at most one of these."""
    school_year = ShortText(max_length=9, default="")
    sort_name = Folded("name", max_length=100)

    class Meta:
        indexes = ((("school", "esis_id"), True), (("school", "name"), False))
        constraints = [SQL("CHECK ((origin = 'esis') = (esis_id IS NOT NULL))")]


class MsiPupil(MsiRecord):
    """A pupil."""

    school = ForeignKeyField(MsiSchool, backref="pupils", on_delete="CASCADE")
    school_id: int
    key = ShortText(max_length=256, default="", verbose_name="Leerlingnummer")
    """If known."""
    first_name = FirstName()
    prefix = Prefix(verbose_name="Tussenvoegsel")
    last_name = LastName()
    birth_date = DateField(null=True, verbose_name="Geboortedatum")
    sort_name = Folded("last_name", "first_name", "prefix")

    class Meta:
        indexes = (
            (("school", "esis_id"), True),
            (("school", "key"), False),
            (("school", "birth_date"), False),
            (("school", "sort_name", "id"), False),
        )
        constraints = [SQL("CHECK ((origin = 'esis') = (esis_id IS NOT NULL))")]


class MsiGuardian(MsiRecord):
    """A guardian; without a well-formed e-mail address she or he cannot sign in."""

    school = ForeignKeyField(MsiSchool, backref="guardians", on_delete="CASCADE")
    school_id: int
    name = FullName()
    email = Email()
    phone = Phone(verbose_name="Telefoonnummer")
    sort_name = Folded("name")
    email_folded = Folded("email", max_length=256, by=folded_address)
    left_child = BooleanField(default=False)
    """During the delivery after a year transition: one of her or his children was removed in it."""

    class Meta:
        indexes = (
            (("school", "esis_id"), True),
            (("school", "email_folded"), False),
            (("school", "sort_name", "id"), False),
            (("school", "left_child"), False),
        )
        constraints = [SQL("CHECK ((origin = 'esis') = (esis_id IS NOT NULL))")]


class MsiStaff(MsiRecord):
    """A staff member; a guardian who is also staff is two records."""

    school = ForeignKeyField(MsiSchool, backref="staff", on_delete="CASCADE")
    school_id: int
    key = ShortText(max_length=256, default="")
    first_name = FirstName(default="")
    prefix = Prefix()
    last_name = LastName()
    email = Email()
    sort_name = Folded("last_name", "first_name", "prefix")

    class Meta:
        indexes = ((("school", "esis_id"), True), (("school", "key"), False), (("school", "sort_name", "id"), False))
        constraints = [SQL("CHECK ((origin = 'esis') = (esis_id IS NOT NULL))")]


class MsiMembership(BaseModel):
    """A pupil is in a group."""

    group = ForeignKeyField(MsiGroup, backref="memberships", on_delete="CASCADE")
    group_id: int
    pupil = ForeignKeyField(MsiPupil, backref="memberships", on_delete="CASCADE", index=True)
    pupil_id: int

    class Meta:
        indexes = ((("group", "pupil"), True),)


class MsiLink(BaseModel):
    """A guardian cares for a pupil."""

    guardian = ForeignKeyField(MsiGuardian, backref="links", on_delete="CASCADE")
    guardian_id: int
    pupil = ForeignKeyField(MsiPupil, backref="links", on_delete="CASCADE", index=True)
    pupil_id: int
    origin = ShortText(max_length=4, default=OWN)

    class Meta:
        indexes = ((("guardian", "pupil"), True),)


class MsiTeaching(BaseModel):
    """A staff member teaches a group."""

    group = ForeignKeyField(MsiGroup, backref="teachers", on_delete="CASCADE")
    group_id: int
    staff = ForeignKeyField(MsiStaff, backref="groups", on_delete="CASCADE", index=True)
    staff_id: int

    class Meta:
        indexes = ((("group", "staff"), True),)


class MsiDoubt(BaseModel):
    """Somebody from ESIS who may be an existing person: not delivered until it is decided.

    It stores what ESIS reported, not the possible matches: those are looked up each time, so they cannot go stale.
    """

    school = ForeignKeyField(MsiSchool, on_delete="CASCADE")
    school_id: int
    kind = ShortText(max_length=10)
    """`leerling` or `verzorger`."""
    esis_id = IntegerField()
    name = KeptText(max_length=300)
    detail = ShortText(max_length=300, default="")
    """Birth date or e-mail address."""
    told = TextField(default="")
    """What ESIS last reported, as JSON (`app/partners/mijnschoolinfo/waiting.py`)."""
    at = MomentField(null=True)
    """The delivery that last reported it: somebody not reported in a later one is taken off the list."""
    held = BooleanField(default=False)
    """Set aside by a page of an unfinished delivery: no decision is needed yet."""
    decided = BooleanField(default=False)
    same_as = IntegerField(null=True)
    """Decided: the matching record; NULL for somebody else."""
    candidates = TextField(default="")
    """Decided to be somebody else: the ids of the possible matches then, comma separated."""

    class Meta:
        indexes = ((("school", "kind", "esis_id"), True),)


class MsiClass(BaseModel):
    """A class of the klassenindeling: created only here, never from ESIS."""

    school = ForeignKeyField(MsiSchool, backref="classes", on_delete="CASCADE")
    school_id: int
    name = GroupName()
    teacher = ForeignKeyField(MsiStaff, null=True, on_delete="SET NULL")
    teacher_id: int | None
    teacher_name = KeptText(max_length=300, default="")
    """The teacher's name when chosen: it stays if the record is deleted."""

    class Meta:
        indexes = ((("school", "name"), True),)


class MsiSeat(BaseModel):
    """A pupil's place in a class, by number from 1."""

    klass = ForeignKeyField(MsiClass, backref="seats", on_delete="CASCADE")
    klass_id: int
    pupil = ForeignKeyField(MsiPupil, null=True, on_delete="SET NULL", index=True)
    pupil_id: int | None
    name = KeptText(max_length=300)
    """The pupil's name when placed: it stays if the record is deleted."""
    position = IntegerField()

    class Meta:
        indexes = ((("klass", "position"), True),)


class MsiDelivery(BaseModel):
    """A delivery from ESIS."""

    school = ForeignKeyField(MsiSchool, backref="deliveries", on_delete="CASCADE")
    school_id: int
    at = MomentField()
    cut_off = MomentField()
    kind = ShortText(max_length=10)
    """`first`, `night` or `year`: the first one, a daily one, or the first after a year transition."""
    done = BooleanField(default=False)
    note = TextField(default="")

    class Meta:
        indexes = ((("school", "at"), True),)


class MsiLine(BaseModel):
    """One action of a delivery."""

    delivery = ForeignKeyField(MsiDelivery, backref="lines", on_delete="CASCADE", index=False)
    delivery_id: int
    kind = ShortText(max_length=10)
    """`groep`, `leerling`, `verzorger`, `medewerker`."""
    action = ShortText(max_length=12)
    """See `app.partners.mijnschoolinfo.lines.Action`."""
    name = ShortText(max_length=300)
    detail = ShortText(max_length=300, default="")

    class Meta:
        indexes = ((("delivery", "id"), False),)
