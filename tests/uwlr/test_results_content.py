"""Results that a supplier's own software brings are stored, listed and logged as if they came by night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from lxml import etree

from app import clock
from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.exchange.uwlr import ResultData, ResultsRequest, SchoolReference
from app.exchange.uwlr_xml.types import REFERENCE_SCORES
from app.school.assessment import assessments, dashboard
from app.school.assessment.dashboard import PartScore
from app.training.supplier_practice import SUPPLIER
from app.uwlr.journal import Outcome
from app.webservice.results import push_results
from models.assessment import Delivery, Result, UnmatchedResult
from models.school import Placement, Pupil
from tests.uwlr.conftest import School
from tests.uwlr.messages import PUPIL, SCORE, TEST, Letter, assessment, norm, oso, part_of, result, sitting
from tests.uwlr.official import content, errors, found

CREATED = datetime(2020, 4, 14, 9, tzinfo=clock.AMSTERDAM)
OTHER = (
    '<anderresultaat xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:v="urn:voorbeeld" xsi:type="v:Eigen">\n'
    "<andere_score>61</andere_score>\n</anderresultaat>"
)
FULL_TEST = f"""<toets>
<toetscode vocabulaire="urn:toetsen" vocabulairelocatie="urn:toetsen.xml">rekenen-6</toetscode>
<versie>2</versie>
<toetsnaam>Rekenen 6</toetsnaam>
<leerjaar>6</leerjaar>
<vakgebied>rekenen</vakgebied>
<toetsnormering vocabulaire="urn:normen">
<toetscategorie>lvs</toetscategorie>
<toetsniveau>1F</toetsniveau>
<wegingsfactor>1.5</wegingsfactor>
<norm>
<term>III</term>
<omschrijving>gemiddeld</omschrijving>
<beginnormwaarde>0</beginnormwaarde>
<eindnormwaarde>120</eindnormwaarde>
<normkleur>
<rood_code>0</rood_code>
<groen_code>255</groen_code>
<blauw_code>0</blauw_code>
<transparantie>0.5</transparantie>
</normkleur>
<schoolcijfer_vanaf>1</schoolcijfer_vanaf>
<schoolcijfer_totenmet>10.00</schoolcijfer_totenmet>
</norm>
</toetsnormering>
<toetshierarchie>
<ingang niveau="1">Methode</ingang>
<ingang niveau="2">Groep 6</ingang>
</toetshierarchie>
<toetsonderdelen>
{part_of(1, "getallen", norm(0, 100))}
{part_of(2, "verbanden", norm(0, 100))}
</toetsonderdelen>
</toets>"""
EVERYTHING = sitting(
    PUPIL,
    result("geheel", oso("57.5", "III", "1F"), "rekenen-6"),
    result("getallen", "<score>80</score>", "rekenen-6", "getallen"),
    result("verbanden", "<score>0</score>", "rekenen-6", "verbanden"),
    result("anders", OTHER, "lezen-6"),
)


def of_everything(school: School) -> list[ResultData]:
    """The same as data, as a night brings it."""
    whole = ResultData("geheel", school.pupil, "", "rekenen-6", date(2020, 1, 21), 58, "", "III", "1F")
    parts = [
        replace(whole, key=part, part=part, score=score, level="", reference_level="")
        for part, score in (("getallen", 80), ("verbanden", 0))
    ]
    return [whole, *parts, replace(parts[0], key="anders", assessment="lezen-6", part="", score=61)]


def stored(school: School) -> list[ResultData]:
    """What is in ESIS, by key."""
    rows = Result.select().where(Result.location == school.practice.location).order_by(Result.id)
    names = ("assessment", "date", "score", "part", "level", "reference_level")
    return [
        ResultData(row.supplier_key, row.pupil.key, "", **{name: getattr(row, name) for name in names}) for row in rows
    ]


def by_night(school: School, results: list[ResultData]) -> ResultsRequest:
    reference = SchoolReference("99QQ", "00", school.practice.school_year)
    return ResultsRequest(school.practice.authorisation, reference, CREATED, tuple(results))


def test_every_kind_of_score_and_part_is_stored_as_by_night(school_on_both: School, standards: Path) -> None:
    school = school_on_both
    letter = school.letter.but(sittings=EVERYTHING, tests=f"{FULL_TEST}\n{TEST}")
    told = school.written(school.call(letter.push))
    assert (told["outcome"], told["remarks"]) == (Outcome.ACCEPTED, []), told["told"]
    assert sorted(stored(school), key=lambda one: one.key) == sorted(of_everything(school), key=lambda one: one.key)
    receipt = push_results(school.board_id, by_night(school, of_everything(school)))
    assert (receipt.received, receipt.unchanged) == (4, 4)
    (delivery,) = Delivery.select().where(Delivery.location == school.practice.location)
    assert (delivery.supplier, delivery.sent_at, delivery.stored) == (SUPPLIER.coupling, CREATED, 4)


def test_the_message_with_everything_is_valid_but_for_the_own_kind_of_result(school: School, standards: Path) -> None:
    text = school.letter.but(sittings=EVERYTHING.replace(OTHER, SCORE), tests=f"{FULL_TEST}\n{TEST}").push
    assert errors(standards, content(text.encode())) == []


def test_it_is_in_my_group_and_in_the_logbook(school_on_both: School) -> None:
    school = school_on_both
    school.call(school.letter.but(sittings=EVERYTHING, tests=f"{FULL_TEST}\n{TEST}").push)
    pupil = Pupil.get(Pupil.location == school.practice.location, Pupil.key == school.pupil)
    placed = Placement.select().where(Placement.pupil == pupil)
    group = next(row.group for row in placed if row.group.kind == "basis" and row.group.school_year == "2019-2020")
    (row,) = [one for one in dashboard.group_overview(school.director(), group.id).rows if one.pupil_id == pupil.id]
    maths = row.cells["rekenen"].latest
    assert (maths.score, maths.level, maths.reference_level, maths.date) == (58, "III", "1F", date(2020, 1, 21))
    line = next(
        one for one in dashboard.pupil_line(school.director(), pupil.id).subjects if one.subject.id == "rekenen"
    )
    assert line.parts == (PartScore("Getallen", 80), PartScore("Verbanden", 0))
    entry = logbook.newest_of(school.practice.location, SUPPLIER.coupling, LogKind.EXCHANGE)
    assert entry is not None
    assert entry.message == "Oefenleverancier bracht resultaten. 4 ontvangen: 4 nieuw."
    assert (entry.source, entry.user, "4 nieuw" in logbook.counts_of(entry)) == ("webservice", "", True)


def test_the_same_message_twice_changes_nothing_and_another_score_corrects(school: School) -> None:
    for _ in range(2):
        told = school.written(school.call(school.letter.push))
    assert told["told"] == "Resultaten: 1 ontvangen: 1 ongewijzigd."
    before = stored(school)
    school.call(school.letter.but(sittings=sitting(PUPIL, result("R1", "<score>60</score>"))).push)
    assert stored(school) == [replace(before[0], score=60)]


@pytest.mark.parametrize("wrong", [1, 250, 251, 600])
def test_one_bad_result_among_many_leaves_nothing(school: School, wrong: int) -> None:
    results = [result(f"R{number}", f"<score>{number % 100}</score>") for number in range(1, 601)]
    results[wrong - 1] = result("FOUT", "<score>5000</score>")
    half = [sitting(PUPIL, *results[:300]), sitting("onbekend", *results[300:])]
    letter = school.letter.but(sittings="\n".join(half))
    told = school.written(school.call(letter.push))
    assert (told["rule"], told["found"]) == ("INHOUD-08", "****")  # a score is a pupil's
    assert told["line"] == letter.push.split("\n").index("<score>5000</score>") + 1
    assert (Result.select().count(), UnmatchedResult.select().count(), Delivery.select().count()) == (0, 0, 0)


def test_results_of_somebody_unknown_wait_on_the_list(school: School) -> None:
    told = school.written(school.call(school.letter.but(sittings=sitting("9999", result("R1"))).push))
    assert told["outcome"] == Outcome.ACCEPTED
    assert told["told"] == "Resultaten: 1 ontvangen: 1 niet gekoppeld."
    assert (school.waiting_for_a_pupil(), stored(school)) == (["9999"], [])


def test_a_known_eckid_with_another_number_waits_with_a_proposal(school: School) -> None:
    eckid = Pupil.get(Pupil.location == school.practice.location, Pupil.key == school.pupil).eckid
    school.call(school.letter.but(sittings=sitting("anders genummerd", result("R1"), eckid=eckid)).push)
    (waiting,) = UnmatchedResult.select()
    assert (stored(school), waiting.pupil_key, waiting.pupil_eckid) == ([], "anders genummerd", eckid)
    assert waiting.reason.startswith(f"Misschien leerling {school.pupil} (")


Case = tuple[str, Callable[[Letter], Letter], str, str]
REFUSED: dict[str, Case] = {
    "an unknown test": (
        "INHOUD-05",
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R", test="spelling-6")), tests=assessment("spelling-6")
        ),
        "Client.VocabulaireTermOngeldig",
        "",
    ),
    "the eindtoets": (
        "INHOUD-05",
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R", test="eindtoets")), tests=assessment("eindtoets")
        ),
        "Client.VocabulaireTermOngeldig",
        "",
    ),
    "a part that ESIS does not know": (
        "INHOUD-05",
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R", test="rekenen-6", part="getalen")),
            tests=assessment("rekenen-6", parts=part_of(1, "getalen")),
        ),
        "Client.VocabulaireTermOngeldig",
        "Bedoelt u getallen?",
    ),
    "a part that its test does not have": (
        "INHOUD-04",
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R", test="rekenen-6", part="getallen")),
            tests=assessment("rekenen-6", parts=part_of(1, "getalen")),
        ),
        "Client.VocabulaireTermOngeldig",
        "Bedoelt u getalen?",
    ),
    "a percentage over 100": (
        "INHOUD-08",
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R", "<score>101</score>", "rekenen-6", "getallen")),
            tests=assessment("rekenen-6", parts=part_of(1, "getallen")),
        ),
        "Client.ScoreOngeldig",
        "",
    ),
    "outside the norm of a part": (
        "INHOUD-06",
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R", "<score>50</score>", "rekenen-6", "getallen")),
            tests=assessment("rekenen-6", norm(0, 120), part_of(1, "getallen", norm(60, 100))),
        ),
        "Client.ScoreOngeldig",
        "",
    ),
    "an andere_score that is no number": (
        "INHOUD-08",
        lambda letter: letter.but(sittings=sitting(PUPIL, result("R", OTHER.replace("61", "goed")))),
        "Client.ScoreOngeldig",
        "",
    ),
    "a term that is not in the list of OSO": (
        "INHOUD-09",
        lambda letter: letter.but(sittings=sitting(PUPIL, result("R", oso().replace("Landelijk", "Landelyk")))),
        "Client.EldResultaatOngeldig",
        "Bedoelt u Landelijk?",
    ),
    "an osoresultaat without a score": (
        "INHOUD-09",
        lambda letter: letter.but(sittings=sitting(PUPIL, result("R", "<osoresultaat/>"))),
        "Client.EldResultaatOngeldig",
        "",
    ),
}


@pytest.mark.parametrize(("rule", "edit", "code", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_no_schema_can_check_is_refused(
    kept: School, rule: str, edit: Callable[[Letter], Letter], code: str, hint: str
) -> None:
    told = kept.written(kept.call(edit(kept.letter).push))
    assert (told["rule"], told["fault"]) == (rule, code), told["told"]
    assert told["nearest"] == hint or not hint
    assert stored(kept) == []


def test_a_test_that_is_off_is_refused_with_where_to_switch_it_on(school: School) -> None:
    assessments.set_active(school.director(), "lezen-6", on=False)
    told = school.written(school.call(school.letter.push))
    assert told["rule"] == "INHOUD-05"
    assert "Toetsen activeren" in told["nearest"]


def test_an_oso_score_may_be_the_number_of_right_answers(school: School) -> None:
    value = oso("12").replace("vaardigheidsscore", "aantalgoed")
    school.call(school.letter.but(sittings=sitting(PUPIL, result("R1", value))).push)
    assert [one.score for one in stored(school)] == [12]


def test_the_confirmation_is_empty_and_valid(kept: School, standards: Path) -> None:
    answered = kept.call(kept.letter.but(sittings=sitting("9999", result("R1"))).push)
    answer = content(answered.body.read())
    assert errors(standards, answer) == []
    assert (etree.QName(answer).localname, len(answer), found(answer, "school")) == (
        "leerresultaten_bevestiging",
        0,
        [],
    )


@pytest.mark.parametrize(
    ("score", "level"),
    [("<score>58</score>", "II"), ("<score>12</score>", ""), (oso("58", "IV"), "IV")],
)
def test_the_norm_in_which_a_score_falls_gives_the_level_if_nothing_else_does(
    school: School, score: str, level: str
) -> None:
    norms = f"{norm(0, 50, 'Onvoldoende')}\n{norm(51, 120, 'II')}"
    letter = school.letter.but(
        sittings=sitting(PUPIL, result("R", score, "rekenen-6")), tests=assessment("rekenen-6", norms)
    )
    assert school.written(school.call(letter.push))["outcome"] == Outcome.ACCEPTED
    assert [one.level for one in stored(school)] == [level]


def test_a_term_that_is_not_in_an_oso_list_is_refused_with_the_list(school: School) -> None:
    letter = school.letter.but(sittings=sitting(PUPIL, result("R", oso().replace(">IV<", ">I-V<"))))
    told = school.written(school.call(letter.push))
    assert told["expected"] == f"een term van de OSO-lijst codereferentiescore: {', '.join(REFERENCE_SCORES)}"
