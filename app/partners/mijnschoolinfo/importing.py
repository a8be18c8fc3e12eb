"""Working before the coupling: importing an EDEXML file or a list of e-mail addresses (sources.md#mijnschoolinfo, S).

Existing records stay as they are; what the file adds belongs to Mijnschoolinfo until a first ESIS delivery recognises
it. If a line may be of an existing person, nothing is imported until somebody has decided (`arriving.py`). Once the
coupling is on, nothing can be imported any more.
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
"""File name endings of a list of e-mail addresses."""
NEW_DATA = "nieuwe gegevens invoeren doet u"


def import_file(school: MsiSchool, path: Path, choices: Choices = MappingProxyType({})) -> Imported:
    """Import an EDEXML file or a list of e-mail addresses (`LISTS`) in one transaction.

    Nothing is imported when it raises: `EsisLeads` once the coupling is on, `Refused` for a file of another kind or
    with errors, `Undecided` with the questions about possible duplicates, until `choices` answers them all.
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
