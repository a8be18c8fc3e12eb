"""What a partner has of a pupil, as it holds it itself (`Partner.holding`): for the pupil's page in ESIS (tab Koppelingen)."""

from __future__ import annotations

from dataclasses import dataclass

from models.shared import PupilValues


@dataclass(frozen=True)
class PupilAtPartner:
    """A pupil as a partner has it; `known` is False where it has none under this leerlingnummer."""

    system: str
    known: bool = False
    name: str = ""
    group: str = ""
    note: str = ""
    """What else there is to say, as a sentence."""
    deleted: bool = False
    """Somebody took the pupil away there, which it remembers."""


def of(system: str, pupil: PupilValues | None, groups: dict[str, str], note: str = "") -> PupilAtPartner:
    """A holding from a partner's row; `groups` names its groups by key."""
    if pupil is None:
        return PupilAtPartner(system, note=note)
    name = " ".join(part for part in (pupil.first_name, pupil.prefix, pupil.last_name) if part)
    return PupilAtPartner(system, True, name, groups.get(str(pupil.group_key), ""), note)
