"""Every entrance applies the same checks: e-mail addresses, birth dates, results from before the birth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.exchange.dult import write_dult
from app.exchange.email_list import HEADER
from app.partners.basispoort import staff as basispoort_staff
from app.partners.basispoort import upload
from app.partners.basispoort.account import school_of
from app.partners.basispoort.staff import StaffRole
from app.partners.mijnschoolinfo import editing, importing
from app.partners.mijnschoolinfo.editing import PupilForm as MsiForm
from app.partners.partner import Colleague
from app.refusals import Refused
from app.school.files import dult, dult_matching, eindtoets, scol
from app.school.files.imports import preview
from app.school.files.result_files import ResultsPreview
from app.school.people import enrolment
from app.school.people.guardians import GuardianForm
from app.training.boards import open_partner_accounts
from models.assessment import Result, UnmatchedResult
from models.partners.basispoort import BasispoortSchool
from models.partners.mijnschoolinfo import MsiPupil
from models.school import Pupil
from tests.builders import make_actor, make_board
from tests.partners.mijnschoolinfo.worlds import uncoupled
from tests.school.assessment.deliveries import receive, result, school_with_pupil
from tests.school.files import dult_files
from tests.school.files.edex import edex, group, pupil, teacher
from tests.school.files.result_files import eindtoets_file, school, scol_file
from tests.school.people.enrolments import ANNA
from tests.school.people.enrolments import school as people

pytestmark = pytest.mark.usefixtures("sqlite")


def _form(_folder: Path, born: date) -> str:
    actor, (six,) = people("6")
    return _refused(lambda: enrolment.enrol(actor, replace(ANNA, birth_date=born), six))


def _edexml(_folder: Path, born: date) -> str:
    found = preview(make_actor(make_board()), edex(pupil("1", born=born.isoformat())))
    return " ".join(map(str, found.errors))


def _upload(folder: Path, born: date) -> str:
    location = make_actor(make_board()).location
    open_partner_accounts(location)
    BasispoortSchool.update(automatic=False).execute()
    return _refused(lambda: upload.upload(school_of(location), _file(folder, "leerlingen.xml", born)))


def _msi_edexml(folder: Path, born: date) -> str:
    return _refused(lambda: importing.import_file(uncoupled().school, _file(folder, "leerlingen.xml", born)))


def _msi_list(folder: Path, born: date) -> str:
    return _refused(lambda: importing.import_file(uncoupled().school, _list(folder, born=born.isoformat())))


def _msi_form(_folder: Path, born: date) -> str:
    return _refused(lambda: editing.add_pupil(uncoupled().school, MsiForm("Kim", "Bos", birth_date=born)))


def _msi_change(_folder: Path, born: date) -> str:
    account = uncoupled().school
    child = editing.add_pupil(account, MsiForm("Kim", "Bos"))
    return _refused(lambda: editing.change(account, "pupil", child.id, {"birth_date": born}))


def _scol(_folder: Path, born: date) -> str:
    return _errors(scol.preview(school("scol"), scol_file(("1042", "Totaal", "60"), born=_typed(born))))


def _eindtoets(_folder: Path, born: date) -> str:
    return _errors(eindtoets.preview(school("iep-eindtoets"), eindtoets_file("2001", geboortedatum=_typed(born))))


def _dult(_folder: Path, born: date) -> str:
    return _errors(dult.preview(school(), write_dult([dult_files.row(born=born)])))


ENTRANCES = (_form, _edexml, _upload, _msi_edexml, _msi_list, _msi_form, _msi_change, _scol, _eindtoets, _dult)


def _refused(action: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        action()
    return refusal.value.sentence


def _errors(found: ResultsPreview | dult.DultPreview) -> str:
    return " ".join(map(str, found.errors))


def _typed(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _file(folder: Path, name: str, born: date, email: str = "") -> Path:
    file = folder / name
    staff = teacher("M1", email=email) if email else ""
    file.write_bytes(edex(pupil("1", born=born.isoformat()), groups=group("G5", "5"), staff=staff))
    return file


def _list(folder: Path, born: str = "", email: str = "ouder@voorbeeld.nl") -> Path:
    file = folder / "adressen.csv"
    file.write_text("\n".join((";".join(HEADER), f"1;Kim;;Bos;{born};Ouder;{email}")), encoding="utf-8")
    return file


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_birth_date_in_the_future_comes_in_nowhere(entrance: Callable[[Path, date], str], tmp_path: Path) -> None:
    assert "De geboortedatum 1-1-2030 ligt in de toekomst." in entrance(tmp_path, date(2030, 1, 1))
    assert not MsiPupil.select().where(MsiPupil.birth_date == date(2030, 1, 1)).exists()


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_birth_date_of_a_past_age_comes_in_nowhere(entrance: Callable[[Path, date], str], tmp_path: Path) -> None:
    told = entrance(tmp_path, date(1210, 1, 1))
    assert "Schrijf het jaar met vier cijfers." in told or "dat is geen datum" in told


@pytest.mark.parametrize("email", ["geen.adres", "a@b", "a b@voorbeeld.nl"])
def test_what_is_no_address_comes_in_nowhere(email: str, tmp_path: Path) -> None:
    born = date(2010, 1, 1)
    world = uncoupled()
    assert email in _refused(lambda: GuardianForm("Ouder", email).checked())
    assert email in _refused(lambda: importing.import_file(world.school, _list(tmp_path, email=email)))
    child = editing.add_pupil(world.school, MsiForm("Kim", "Bos"))
    assert email in _refused(lambda: editing.add_guardian(world.school, "Ouder", email, "", [child.id]))
    file = _file(tmp_path, "leerlingen.xml", born, email)
    assert email in _refused(lambda: importing.import_file(world.school, file))
    assert email in " ".join(str(one) for one in preview(world.actor, file).errors)
    location = make_actor(make_board()).location
    open_partner_accounts(location)
    account = school_of(location)
    person = Colleague("Tim", "", "Wit", email)
    assert email in _refused(lambda: basispoort_staff.add(account, person, StaffRole.TEACHER))


def test_a_file_with_a_result_of_before_the_birth_is_refused() -> None:
    before = "De leerling is geboren op 1-1-2010; dit resultaat is van 3-2-2009."
    assert before in _errors(scol.preview(school("scol"), scol_file(("1042", "Totaal", "60"), day="3-2-2009")))
    assert before in _errors(eindtoets.preview(school("iep-eindtoets"), eindtoets_file("2001", datum="3-2-2009")))
    assert before in _errors(dult.preview(school(), write_dult([dult_files.row(day=date(2009, 2, 3))])))


def test_a_file_that_knows_another_birth_date_cannot_bring_one_either() -> None:
    """The birth date in the file is not the one in ESIS; agreeing with the match is refused."""
    actor = school()
    Pupil.update(birth_date=date(2011, 1, 1)).where(Pupil.key == "1042").execute()
    file = dult_files.receive(actor, dult_files.row(day=date(2010, 2, 3)), dult_files.row(assessment=dult_files.MATHS))
    row = dult_files.pupil_in(actor, file, "1042")
    dult_matching.match(actor, row.id, "1042")
    assert "geboren op 1-1-2011" in _refused(lambda: dult_matching.agree(actor, row.id))


def test_a_delivered_result_of_before_the_birth_waits_on_the_list_with_the_reason() -> None:
    _board, location, _pupil = school_with_pupil()
    assert receive(location, result(date=date(2009, 12, 31))).unmatched == 1
    assert not Result.select().exists()
    reason = UnmatchedResult.get().reason
    assert reason == "De leerling is geboren op 1-1-2010; dit resultaat is van 31-12-2009."
    assert receive(location, result("R2", date=date(2010, 1, 1))).stored == 1
