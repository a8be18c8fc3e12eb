"""What each partner system has of a pupil, as it holds it itself: for the pupil's page in ESIS (tab Koppelingen).

A partner's module that keeps pupils exports `holding(location_id, key)`; nothing here needs an edit for a new one.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass

from app import partners
from models.board import Location
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


def holdings(location: Location, key: str) -> list[PupilAtPartner]:
    """What every partner has of the pupil with this leerlingnummer, in the order of their names."""
    names = sorted(found.name for found in pkgutil.iter_modules(partners.__path__))
    modules = [importlib.import_module(f"{partners.__name__}.{name}") for name in names]
    return [module.holding(location.id, key) for module in modules if hasattr(module, "holding")]


def of(system: str, pupil: PupilValues | None, groups: dict[str, str], note: str = "") -> PupilAtPartner:
    """A holding from a partner's row; `groups` names its groups by key."""
    if pupil is None:
        return PupilAtPartner(system, note=note)
    name = " ".join(part for part in (pupil.first_name, pupil.prefix, pupil.last_name) if part)
    return PupilAtPartner(system, True, name, groups.get(str(pupil.group_key), ""), note)
