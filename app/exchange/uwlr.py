"""The messages of UWLR 2.2 as plain data: what a supplier requests or delivers, and what the LAS answers.

Formats follow the UWLR 2.2 schemas (Leerlinggegevens, Leerresultaten, Autorisatie); names are ours. XML comes with the
SOAP server; inside the program the same messages are these objects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

PAGE = 100
"""Records in one message, and in one transaction of a night. The practice school has more of everything that is
exchanged, so an exchange that breaks off half-way can be seen there (ours; at most 250, or screens wait:
architecture.md).
"""


@dataclass(frozen=True)
class Authorisation:
    """The `autorisatie` header: autorisatiesleutel, klantcode and klantnaam, each 1-64 characters."""

    key: str
    client_code: str
    client_name: str


@dataclass(frozen=True)
class SchoolReference:
    """The school of a message: brincode `99QQ`, dependancecode `00` and schooljaar `2019-2020`."""

    brin: str
    location: str
    school_year: str

    @property
    def brin6(self) -> str:
        """BRIN and location number combined."""
        return f"{self.brin}{self.location}"


@dataclass(frozen=True)
class GroupData:
    """A `groep` (year group `0`-`8` or `C` for a combination) or, composite, a `samengestelde_groep`."""

    key: str
    name: str
    year_group: str = ""
    composite: bool = False


@dataclass(frozen=True)
class PupilData:
    """A `leerling`; missing texts are empty."""

    key: str
    eckid: str
    first_name: str
    prefix: str
    last_name: str
    birth_date: date | None
    year_group: str
    group_key: str = ""
    composite_keys: tuple[str, ...] = ()
    id: int = 0
    """The sender's own lasting number, which is not sent."""
    gender: int = 0
    """0 unknown, 1 boy, 2 girl, 9 not specified."""
    initials: str = ""
    enrolled_from: date | None = None


@dataclass(frozen=True)
class TeacherData:
    """A `leerkracht`, with the keys of the groups that are sent and that the teacher has."""

    key: str
    eckid: str
    first_name: str
    prefix: str
    last_name: str
    email: str
    group_keys: tuple[str, ...] = ()
    composite_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class PupilAnswer:
    """`leerlinggegevens_antwoord`: one page of the school's groups and pupils of the requested school year.

    UWLR sends everything in one message. To match that, the first page lists the keys of all pupils, and each page
    where to continue: a position of the sender's own, unaffected by a change of leerlingnummer.
    """

    school: SchoolReference
    created_at: datetime
    groups: tuple[GroupData, ...] = ()
    pupils: tuple[PupilData, ...] = ()
    teachers: tuple[TeacherData, ...] = ()
    """Only with the first page, and only if asked for."""
    location: str = ""
    """The name of the location."""
    keys: frozenset[str] | None = None
    """The leerlingnummers of all pupils; only with the first page."""
    last: int | None = None
    """The position to continue after; None if this was the last page."""
    resets: int = 0
    """How often the board was reset: what is of another number is another school's."""


@dataclass(frozen=True)
class ResultData:
    """A `resultaat` of one pupil: `score` is the ontwikkelscore (vaardigheidsscore), for a part the percentage right.

    `level` is the I-V score (referentiescore IV, Landelijk), `reference_level` the reference level; both may be empty.
    """

    key: str
    pupil_key: str
    pupil_eckid: str
    assessment: str
    date: date
    score: int
    part: str = ""
    level: str = ""
    reference_level: str = ""


@dataclass(frozen=True)
class ResultsRequest:
    """`leerresultaten_verzoek`: results with their school; without results it is a test message (ours)."""

    authorisation: Authorisation
    school: SchoolReference
    created_at: datetime
    results: tuple[ResultData, ...] = ()
    goes_on: bool = False
    """Whether it continues a delivery that an earlier message started."""


@dataclass(frozen=True)
class ResultsReceipt:
    """What ESIS did with each result. UWLR's own confirmation is empty; this is ours, inside the program."""

    received: int
    stored: int = 0
    replaced: int = 0
    unchanged: int = 0
    unmatched: int = 0
    refused: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    """Key -> why it is refused, as a Dutch sentence; the supplier stores it. Its assessment is off or not accepted, or
    it corrects a stored result into what cannot be that pupil's.
    """
