"""Working before the coupling: an EDEXML file or a list of e-mail addresses brings people in
(sources.md#mijnschoolinfo, S).

What is here already is left as it is; what the file adds is one's own, until a first delivery of ESIS recognises it. Where a
line may be of somebody else nothing is taken over until somebody has said who it is (`arriving.py`). Once the coupling is on,
ESIS leads and nothing is imported any more.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from app.access import standing_still
from app.exchange import edexml
from app.exchange.delimited import UnreadableFile
from app.exchange.edexml_records import EdexFile, births
from app.exchange.email_list import EmailRow, read_emails
from app.exchange.xml import UnreadableXml
from app.partners.mijnschoolinfo import account, waiting
from app.partners.mijnschoolinfo.apply_import import FileTaking, Imported
from app.partners.mijnschoolinfo.arriving import Choices
from app.partners.mijnschoolinfo.editing import EsisLeads
from app.refusals import Refused
from models.base import database
from models.partners.mijnschoolinfo import (
    MsiSchool,
)

SHOWN = 5
LISTS = (".csv", ".xlsx")
"""How the name of a list of e-mail addresses ends."""
NEW_DATA = "nieuwe gegevens invoeren doet u"


def import_file(school: MsiSchool, path: Path, choices: Choices = MappingProxyType({})) -> Imported:
    """Take over an EDEXML file or a list of e-mail addresses (`LISTS`), in one go.

    Nothing is taken over when it raises: `EsisLeads` once the coupling is on, `Refused` for a file that is not one of these or
    has errors, `Undecided` with the questions about lines that may be of somebody else, until `choices` answers them all.
    """
    if account.leads(MsiSchool.get_by_id(school.id)):
        raise EsisLeads(NEW_DATA)
    is_list = path.suffix.lower() in LISTS
    rows, file = (_emails(path), None) if is_list else ([], _edexml(path))
    with standing_still(school.location.board_id) as now:
        if account.leads(MsiSchool.get_by_id(school.id)):
            raise EsisLeads(NEW_DATA)
        with database.atomic():
            _check([str(problem) for problem in births(file.pupils if file is not None else rows, now.date())])
            taking = FileTaking(school, now.date(), choices)
            done = taking.edexml(file) if file is not None else taking.emails(rows)
            waiting.end_decisions(school)
            return done


def _emails(path: Path) -> list[EmailRow]:
    try:
        table = read_emails(path)
    except UnreadableFile as wrong:
        raise Refused(str(wrong), field="file") from None
    _check([str(problem) for problem in table.problems])
    return table.records


def _edexml(path: Path) -> EdexFile:
    try:
        file = edexml.read_of_practice(path)
    except UnreadableXml as wrong:
        raise Refused(str(wrong), field="file") from None
    if file.problems.has_errors:
        _check([str(problem) for problem in file.problems if problem.severity == "fout"])
    return file


def _check(problems: list[str]) -> None:
    if problems:
        more = f" En nog {len(problems) - SHOWN}." if len(problems) > SHOWN else ""
        raise Refused(
            f"Het bestand heeft fouten; er is niets overgenomen. {' '.join(problems[:SHOWN])}{more}", field="file"
        )
