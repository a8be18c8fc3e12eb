"""Export of a location, or of chosen groups, as EDEXML 2.1, such that an import of the same location reads it back.

The groups are those of the location's working school year; instruction and other groups are included only when "In
koppelingen beschikbaar" (standards/README.md 6.3). Pupils are those enrolled today and, on request, those who left this
school year, in the standard's form: jaargroep H with an uitstroomdatum. Everything is in a fixed order, by key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from app import clock
from app.access import Actor
from app.exchange import edexml_writer
from app.exchange.edexml_records import EdexSchool
from app.exchange.whole_file import whole_file
from app.permissions import Permission
from app.refusals import Refused
from app.school.files.export_contents import Contents, Progress, travels
from app.school.groups import visible
from models.base import reading
from models.school import Group


@dataclass(frozen=True)
class EdexmlExport:
    """What was written."""

    brin6: str
    school_year: str
    groups: int
    pupils: int
    left: int
    """How many of the pupils had left."""
    staff: int
    warnings: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The outcome in Dutch, one sentence per kind."""
        left = f" (van wie {self.left} vertrokken)" if self.left else ""
        return (
            f"Vestiging {self.brin6}, schooljaar {self.school_year}. Groepen: {self.groups}. Leerlingen: "
            f"{self.pupils}{left}. Medewerkers: {self.staff}."
        )


def exportable(actor: Actor) -> list[Group]:
    """The groups that can be chosen, in order. Raises `NotAllowed`."""
    actor.require(Permission.EXPORT)
    return [group for group in visible(actor) if travels(group)]


def edexml_to_file(
    actor: Actor,
    path: Path,
    chosen: Sequence[Group] = (),
    *,
    leavers: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> EdexmlExport:
    """Write the file completely, or not at all. Raises like `edexml` and `whole_file`."""
    actor.require(Permission.EXPORT)
    with whole_file(path, overwrite) as file:
        return edexml(actor, file, chosen, leavers=leavers, progress=progress)


def edexml(
    actor: Actor,
    file: IO[bytes],
    chosen: Sequence[Group] = (),
    *,
    leavers: bool = False,
    progress: Progress | None = None,
) -> EdexmlExport:
    """Write the location to an open file, or only these groups with their pupils and staff.

    Raises `NotAllowed`, or `Refused` when there is nobody to write or a chosen group is not exchanged.
    """
    actor.require(Permission.EXPORT)
    with reading():
        now = clock.school_now(actor.board)
        contents = Contents(actor, chosen, now.date(), leavers)
        pupils = contents.pupils(progress or (lambda _: None))
        first = next(pupils, None)
        if first is None:
            raise Refused(_nobody(actor, chosen))
        location = actor.location
        school = EdexSchool(0, contents.year, location.school.brin, location.number, "")
        staff = contents.staff()
        edexml_writer.write(file, school, now, contents.group_records(), chain((first,), pupils), staff)
    return EdexmlExport(
        location.brin6,
        contents.year,
        len(contents.groups),
        contents.written,
        contents.left,
        len(staff),
        tuple(contents.warnings),
    )


def _nobody(actor: Actor, chosen: Sequence[Group]) -> str:
    where = f"In {', '.join(group.name for group in chosen)}" if chosen else f"Op vestiging {actor.location.brin6}"
    return f"{where} zit vandaag geen leerling, en een EDEXML-bestand zonder leerlingen bestaat niet. Er is niets geschreven."
