"""What a partner holds for a pupil (`Partner.holding`), for the pupil's page in ESIS (tab Koppelingen)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.exchange.names import full_name
from models.shared import PupilValues


@dataclass(frozen=True)
class PupilAtPartner:
    """A pupil as a partner has it; `known` is False if it has none with this leerlingnummer."""

    system: str
    known: bool = False
    name: str = ""
    group: str = ""
    note: str = ""
    """Further remarks, as a sentence."""
    deleted: bool = False
    """Whether somebody removed the pupil there, which the partner remembers."""
    at: datetime | None = None
    """When it last took pupils over, if it ever did."""


def of(
    system: str, pupil: PupilValues | None, groups: dict[str, str], note: str = "", at: datetime | None = None
) -> PupilAtPartner:
    """Build a holding from a partner's row; `groups` maps group keys to names."""
    if pupil is None:
        return PupilAtPartner(system, note=note, at=at)
    name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
    return PupilAtPartner(system, True, name, groups.get(str(pupil.group_key), ""), note, at=at)
