"""Manual upload of an EDEXML file, which replaces Basispoort's groups and pupils (sources.md#basispoort).

Refused while the automatic coupling is on: mixing the two is a known problem (sources.md#known-problems c), since the
next night undoes the upload.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app import clock
from app.access import standing_still
from app.counted import counted
from app.exchange import edexml
from app.exchange.edexml_records import EdexFile, EdexGroup, EdexPupil, Severity, births
from app.exchange.uwlr import GroupData, PupilData
from app.exchange.xml import UnreadableXml
from app.partners import roster
from app.partners.basispoort import apply_delivery
from app.refusals import Refused
from app.runs import Counts
from models.partners.basispoort import BasispoortSchool

MIXED = (
    "De automatische koppeling met het LAS staat aan: de komende nacht zou ESIS dit bestand weer vervangen. Zet de "
    "automatische koppeling eerst uit, of laat het bestand achterwege."
)


@dataclass(frozen=True)
class Uploaded:
    """The result of an upload."""

    counts: Counts
    groups: int
    left: int

    @property
    def sentence(self) -> str:
        """The counts as shown on screen: in total, new or changed, and left."""
        pupils = counted(self.counts.received, "leerling", "leerlingen")
        found = f"{pupils} ({self.counts.stored} nieuw, {self.counts.replaced} gewijzigd)"
        gone = f" {roster.who_left(self.left)}" if self.left else ""
        groups = counted(self.groups, "groep", "groepen")
        return f"{found} in {groups} ingelezen.{gone}"


def upload(school: BasispoortSchool, path: Path) -> Uploaded:
    """Replace the current data with the contents of the file. Nothing changes if it is refused.

    Raises `Refused` while the automatic coupling is on, and for a file that is not valid EDEXML or is of another
    school.
    """
    if BasispoortSchool.get_by_id(school.id).automatic:
        raise Refused(MIXED)
    file = _read(path)
    with standing_still(school.location.board_id) as now:
        own = BasispoortSchool.get_by_id(school.id)
        if own.automatic:
            raise Refused(MIXED)
        _check_school(file, own, clock.school_year_of(now.date()))
        if wrong := next(births(file.pupils, now.date()), None):
            raise Refused(f"{path.name} is niet in orde; er is niets ingelezen. {wrong}", field="file")
        done = _take(own, file, now.date())
        own.uploaded_at, own.school_year = now, file.school.school_year if file.school else ""
        own.save(only=(BasispoortSchool.uploaded_at, BasispoortSchool.school_year))
    return done


def _take(school: BasispoortSchool, file: EdexFile, today: date) -> Uploaded:
    pupils = list(_pupils(file, today))
    apply_delivery.begin(school, [_group(group) for group in file.groups], {pupil.key for pupil in pupils})
    counts = apply_delivery.take_pupils(school, pupils)
    return Uploaded(counts, len(file.groups), apply_delivery.let_go(school))


def _read(path: Path) -> EdexFile:
    try:
        file = edexml.read_of_practice(path)
    except UnreadableXml as error:
        raise Refused(f"Er is niets ingelezen. {error}", field="file") from error
    errors = [problem for problem in file.problems if problem.severity is Severity.ERROR]
    if errors:
        more = f" En nog {len(errors) - 1}." if len(errors) > 1 else ""
        raise Refused(f"{path.name} is niet in orde; er is niets ingelezen. {errors[0]}{more}", field="file")
    return file


def _check_school(file: EdexFile, school: BasispoortSchool, school_year: str) -> None:
    named = file.school
    brin6 = f"{named.brin}{named.location}" if named else "geen school"
    if brin6 != school.brin6:
        raise Refused(
            f"Het bestand is van {brin6}, maar dit account is van {school.brin6}. Er is niets ingelezen.", field="file"
        )
    if named and named.school_year != school_year:
        raise Refused(f"Het bestand is van schooljaar {named.school_year}; nu is het {school_year}.", field="file")


def _group(group: EdexGroup) -> GroupData:
    return GroupData(group.key, group.name, "" if group.composite else group.year_group, group.composite)


def _pupils(file: EdexFile, today: date) -> Iterator[PupilData]:
    """The pupils enrolled today, without those who have left or start later."""
    for pupil in file.pupils:
        began, ended = pupil.enrolled_from, pupil.unsubscribed_on
        if (began is None or began <= today) and (ended is None or ended > today):
            yield _pupil(pupil)


def _pupil(pupil: EdexPupil) -> PupilData:
    return PupilData(
        key=pupil.key,
        eckid=pupil.eckid,
        first_name=pupil.first_name or pupil.given_names,
        prefix=pupil.prefix,
        last_name=pupil.last_name,
        birth_date=pupil.birth_date,
        year_group=pupil.year_group,
        group_key=pupil.group_keys[0] if pupil.group_keys else "",
        composite_keys=pupil.composite_keys,
    )
