"""A school's own data: staff, groups, pupils, guardians, placements and messages."""

from __future__ import annotations

from peewee import SQL, BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from app.exchange import lengths
from app.exchange.email import folded_address
from models.base import BaseModel, Folded, KeptText, MomentField, ShortText, TrackedModel
from models.board import Board, Location
from models.columns import Email, FirstName, FullName, GroupName, LastName, Phone, Prefix


class StaffMember(TrackedModel):
    """A member of staff (medewerker) at a location."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, backref="staff", on_delete="CASCADE")
    location_id: int
    key = ShortText(max_length=256, verbose_name="Sleutel")
    eckid = ShortText(max_length=256, default="", verbose_name="ECK iD")
    first_name = FirstName(default="")
    prefix = Prefix()
    last_name = LastName(default="")
    email = Email()
    active = BooleanField(default=True, verbose_name="Actief")
    sort_name = Folded("last_name", "first_name", "prefix")

    class Meta:
        indexes = ((("location", "key"), True), (("location", "sort_name", "id"), False))


class Group(TrackedModel):
    """A group of one school year at a location."""

    location = ForeignKeyField(Location, backref="groups", on_delete="CASCADE")
    location_id: int
    key = ShortText(max_length=256)
    """The key by which other systems know the group; never reused."""
    name = GroupName()
    kind = ShortText(max_length=10, default="basis", verbose_name="Soort")
    """`basis`, `instructie` or `overig`."""
    school_year = ShortText(max_length=9, verbose_name="Schooljaar")
    year_groups = ShortText(max_length=40, default="", verbose_name="Leerjaren")
    """Year groups in order, comma separated: `5` or `5,6`."""
    available_to_couplings = BooleanField(default=True, verbose_name="In koppelingen beschikbaar")
    """Ignored for a basisgroep, which is always available."""

    class Meta:
        table_name = "school_group"
        indexes = ((("location", "school_year", "name"), True), (("location", "key"), True))
        constraints = [SQL("CHECK (kind IN ('basis', 'instructie', 'overig'))")]


class GroupTeacher(TrackedModel):
    """A staff member teaches a group."""

    group = ForeignKeyField(Group, backref="teachers", on_delete="CASCADE")
    group_id: int
    staff = ForeignKeyField(StaffMember, backref="groups", on_delete="CASCADE")
    staff_id: int

    class Meta:
        indexes = ((("group", "staff"), True),)


class Pupil(TrackedModel):
    """A pupil (leerling) enrolled at a location from a date, and until a date if that is known."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, backref="pupils", on_delete="CASCADE", verbose_name="Vestiging")
    location_id: int
    key = ShortText(max_length=256, verbose_name="Leerlingnummer")
    """The leerlingnummer: unique in the board and never reused. It changes only by renumbering; the ECK iD stays."""
    eckid = ShortText(max_length=256, default="", verbose_name="ECK iD")
    first_name = FirstName()
    prefix = Prefix()
    last_name = LastName()
    initials = KeptText(max_length=lengths.INITIALS, default="", verbose_name="Voorletters")
    birth_date = DateField(null=True, verbose_name="Geboortedatum")
    gender = IntegerField(default=0, verbose_name="Geslacht")
    """0 unknown, 1 boy, 2 girl, 9 not specified (UWLR 2.2)."""
    year_group = ShortText(max_length=2, default="", verbose_name="Leerjaar")
    enrolled_from = DateField(verbose_name="Ingeschreven per")
    unsubscribed_on = DateField(null=True, verbose_name="Uitgeschreven per")
    """The first day the pupil is no longer at the school."""
    unsubscribe_reason = ShortText(max_length=100, default="", verbose_name="Reden van uitschrijving")
    starts_in = GroupName(default="", verbose_name="Begint in groep", constraints=[SQL("DEFAULT ''")])
    """The basisgroep (by name) in which a later arrival starts, in a school year that has no groups yet."""
    sort_name = Folded("last_name", "first_name", "prefix")
    """Used to sort and search lists, and to find likely duplicates."""

    class Meta:
        indexes = (
            (("location", "key"), True),
            (("board", "key"), True),
            # Ends in the columns that lists filter by, so that counting, searching and skipping never leave the index.
            (("location", "sort_name", "id", "enrolled_from", "unsubscribed_on", "key"), False),
            (("location", "eckid"), False),
            (("location", "birth_date", "id"), False),
            (("location", "enrolled_from"), False),
        )
        constraints = [SQL("CHECK (gender IN (0, 1, 2, 9))")]


class FormerKey(BaseModel):
    """A leerlingnummer that a pupil of the board had before being renumbered; never given out again."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    key = ShortText(max_length=256)
    pupil = ForeignKeyField(Pupil, null=True, on_delete="SET NULL")
    """The pupil who had it; none once that pupil is deleted."""
    pupil_id: int | None

    class Meta:
        indexes = ((("board", "key"), True),)


class Placement(TrackedModel):
    """A pupil is in a group; at most one basisgroep per school year."""

    pupil = ForeignKeyField(Pupil, backref="placements", on_delete="CASCADE")
    pupil_id: int
    group = ForeignKeyField(Group, backref="placements", on_delete="CASCADE")
    group_id: int
    school_year = ShortText(max_length=9)
    kind = ShortText(max_length=10)

    class Meta:
        indexes = ((("pupil", "group"), True),)


Placement.add_index(
    Placement.index(
        Placement.pupil,
        Placement.school_year,
        unique=True,
        where=(Placement.kind == "basis"),
        name="placement_one_basis_group_a_year",
    )
)


class Guardian(TrackedModel):
    """A guardian (verzorger) with contact details (bereikbaarheid)."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    name = FullName()
    email = Email(verbose_name="E-mail")
    phone = Phone()
    sort_name = Folded("name")
    email_folded = Folded("email", max_length=256, by=folded_address)

    class Meta:
        indexes = ((("board", "email_folded"), False), (("board", "sort_name", "id"), False))


class PupilGuardian(TrackedModel):
    """A guardian cares for a pupil."""

    pupil = ForeignKeyField(Pupil, backref="guardians", on_delete="CASCADE")
    pupil_id: int
    guardian = ForeignKeyField(Guardian, backref="pupils", on_delete="CASCADE")
    guardian_id: int
    relation = ShortText(max_length=30, default="", verbose_name="Relatie")

    class Meta:
        indexes = ((("pupil", "guardian"), True),)


class Message(BaseModel):
    """A message of the school on its Startpagina (Berichten onderhouden)."""

    location = ForeignKeyField(Location, backref="messages", on_delete="CASCADE")
    location_id: int
    title = ShortText(max_length=80, verbose_name="Titel")
    text = TextField(default="", verbose_name="Bericht")
    author = ShortText(max_length=50)
    written_at = MomentField()
    visible_until = DateField(null=True, verbose_name="Zichtbaar tot en met")
