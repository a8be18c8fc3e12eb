"""One-page EDEXML files, and choosing one by keyboard."""

from __future__ import annotations

from pathlib import Path

from tests.screens.driving import Driver


def write(folder: Path, name: str = "school.xml", brin: str = "99QQ", number: str = "00", extra: str = "") -> Path:
    """An EDEXML file with a group, a pupil and a teacher; `extra` are more pupils."""
    path = folder / name
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<EDEX>
<school><schooljaar>2019-2020</schooljaar><brincode>{brin}</brincode><dependancecode>{number}</dependancecode></school>
<groepen><groep key="IMP1"><naam>Vlinders</naam><jaargroep>4</jaargroep></groep></groepen>
<leerlingen>
<leerling key="90001"><achternaam>Boer [/]</achternaam><roepnaam>Jan</roepnaam><geboortedatum>2011-05-01</geboortedatum>
<geslacht>1</geslacht><jaargroep>4</jaargroep><groep key="IMP1"/></leerling>
{extra}
</leerlingen>
<leerkrachten><leerkracht key="T900"><achternaam>Juf</achternaam><roepnaam>Anna</roepnaam></leerkracht></leerkrachten>
</EDEX>
""",
        encoding="utf-8",
    )
    return path


async def choose(user: Driver, path: Path) -> None:
    await user.go_to("import")
    await user.type(str(path))
    await user.press("f2")
