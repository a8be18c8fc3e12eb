"""Why a message is refused: the standard's fault table in its order, and the rule and line of every mutant."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from app import faults
from app.couplings import lifecycle
from app.exchange.uwlr_xml.rules import RULES, FaultCode
from app.training.supplier_practice import SUPPLIER
from app.uwlr.handling import Manner
from app.uwlr.journal import Outcome
from models.assessment import Result, UnmatchedResult
from models.coupling import LogEntry
from models.school import Pupil
from tests.uwlr.conftest import School
from tests.uwlr.messages import PUPIL, Letter, oso, result, sitting
from tests.uwlr.mutants import BASES, KEY, MUTANTS, Mutant, base_of
from tests.uwlr.official import fault


@pytest.mark.parametrize("base", BASES)
def test_what_the_mutants_are_made_of_is_good(school: School, base: str) -> None:
    told = school.written(school.call(base_of(school.letter, base), manner=Manner(strict=True)))
    assert (told["outcome"], told["remarks"]) == (Outcome.ACCEPTED, []), told["told"]


def test_there_are_enough_mutants() -> None:
    assert len({mutant.text(LETTER) for mutant in MUTANTS}) == len(MUTANTS) >= 60


LETTER = Letter(SimpleNamespace(key=KEY, client_code=SUPPLIER.code, client_name=SUPPLIER.name))  # type: ignore[arg-type]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_the_rule_and_the_line_are_told_and_no_key(kept: School, mutant: Mutant) -> None:
    before = Result.select().count() + UnmatchedResult.select().count()
    answered = kept.call(mutant.text(kept.letter), manner=Manner(bodies=True))
    told = kept.written(answered)
    wanted = mutant.line(kept.letter) or told["line"]
    assert (told["rule"], told["line"]) == (mutant.rule, wanted), told["told"]
    raw = answered.body.read()
    code, text = fault(raw)
    assert (told["outcome"], code) == (Outcome.REFUSED, RULES[mutant.rule].code)
    assert text.endswith(f"[{mutant.rule}: {RULES[mutant.rule].asks}]")
    assert not text.startswith(RULES[mutant.rule].asks), "what is wrong comes first"
    if told["line"]:
        assert f"regel {told['line']}, kolom {told['column']}" in text
    everything = json.dumps(told, ensure_ascii=False) + raw.decode() + "".join(row.message for row in LogEntry.select())
    for secret in (KEY, KEY[::-1], KEY[6:], f"{KEY[:-1]}1", KEY[:-4]):
        assert secret not in everything
    assert Result.select().count() + UnmatchedResult.select().count() == before


Edit = Callable[[Letter], Letter]


def _header(**changes: str) -> Edit:
    return lambda letter: letter.but(
        authorisation=type(letter.authorisation)(**({**letter.authorisation.__dict__, **changes}))  # type: ignore[arg-type]
    )


TABLE: dict[str, tuple[FaultCode, Edit]] = {
    "an incomplete header": (FaultCode.AUTHORISATION, _header(key="")),
    "no klantcode": (FaultCode.AUTHORISATION, _header(client_code="")),
    "no klantnaam": (FaultCode.AUTHORISATION, _header(client_name="")),
    "a wrong schooljaar": (FaultCode.MESSAGE, lambda letter: letter.but(year="2019")),
    "a wrong brincode": (FaultCode.MESSAGE, lambda letter: letter.but(brin="999")),
    "a wrong dependancecode": (FaultCode.MESSAGE, lambda letter: letter.but(location="A")),
    "a wrong date": (
        FaultCode.MESSAGE,
        lambda letter: letter.but(
            more="<laatstontvangengegevens>2020-13-01T00:00:00</laatstontvangengegevens>\n",
            created="2020-13-01T00:00:00",
        ),
    ),
    "a wrong xsdversie": (FaultCode.VERSION, lambda letter: letter.but(version="1.0")),
    "a wrong klantcode": (FaultCode.CLIENT, _header(client_code="iemand")),
    "a wrong klantnaam": (FaultCode.CLIENT, _header(client_name="Iemand")),
    "a wrong key": (FaultCode.AUTHORISATION, _header(key="99QQ00eenanderesleutel")),
    "an unknown brin": (FaultCode.AUTHORISATION, lambda letter: letter.but(brin="01AA")),
    "another dependance": (FaultCode.AUTHORISATION, lambda letter: letter.but(location="01")),
}


@pytest.mark.parametrize("which", ["pull", "push"])
@pytest.mark.parametrize(("code", "edit"), TABLE.values(), ids=TABLE)
def test_each_row_of_the_fault_table(kept: School, which: str, code: FaultCode, edit: Edit) -> None:
    answered = kept.call(getattr(edit(kept.letter), which))
    assert (answered.status, fault(answered.body.read())[0]) == (500, code)


@pytest.mark.parametrize("which", ["pull", "push"])
def test_truncated_xml(kept: School, which: str) -> None:
    text = getattr(kept.letter, which)
    for end in range(10, len(text) - 3, 97):
        assert fault(kept.call(text[:end]).body.read())[0] == FaultCode.MESSAGE


OF_RESULTS: dict[str, tuple[FaultCode, Edit]] = {
    "an unknown test": (
        FaultCode.TERM,
        lambda letter: letter.but(
            sittings=sitting(PUPIL, result("R1", test="x")), tests=letter.tests.replace("lezen-6", "x")
        ),
    ),
    "a score outside the norm": (
        FaultCode.SCORE,
        lambda letter: letter.but(sittings=letter.sittings.replace(">57<", ">999<")),
    ),
    "a norm that cannot be": (
        FaultCode.NORM,
        lambda letter: letter.but(
            tests=MUTANTS_NORM.text(LETTER).partition("<toetsen>\n")[2].partition("\n</toetsen>")[0]
        ),
    ),
    "an osoresultaat without a score": (
        FaultCode.ELD,
        lambda letter: letter.but(sittings=sitting(PUPIL, result("R1", "<osoresultaat/>"))),
    ),
}
MUTANTS_NORM = next(one for one in MUTANTS if one.rule == "INHOUD-07")


@pytest.mark.parametrize(("code", "edit"), OF_RESULTS.values(), ids=OF_RESULTS)
def test_each_row_of_the_faults_of_results(kept: School, code: FaultCode, edit: Edit) -> None:
    assert fault(kept.call(edit(kept.letter).push).body.read())[0] == code


def test_a_correction_that_cannot_be_this_pupils_is_of_the_pupil(school: School) -> None:
    school.call(school.letter.push)
    Pupil.update(unsubscribed_on="2020-03-01").where(Pupil.key == school.pupil).execute()
    later = school.letter.but(sittings=sitting(PUPIL, result("R1", date="2020-04-01")))
    answered = school.call(later.push)
    told = school.written(answered)
    assert (told["fault"], told["rule"]) == (FaultCode.PUPIL, "INHOUD-10")
    assert told["line"] == later.push.split("\n").index("<afnamedatum>2020-04-01</afnamedatum>") + 1
    assert "uitgeschreven" in told["nearest"]


def test_a_stopped_coupling_and_a_disturbance_are_for_later(school: School) -> None:
    faults.mark(school.board_id, SUPPLIER.coupling, "unreachable", on=True)
    unreachable = school.written(school.call(school.letter.pull))
    assert (unreachable["outcome"], unreachable["fault"]) == (Outcome.FAILED, FaultCode.NOT_NOW)
    faults.mark(school.board_id, SUPPLIER.coupling, "unreachable", on=False)
    lifecycle.pause(school.director(), SUPPLIER.coupling)
    stopped = school.written(school.call(school.letter.pull))
    assert (stopped["outcome"], stopped["fault"], stopped["rule"]) == (Outcome.REFUSED, FaultCode.NOT_NOW, "SLEUTEL-03")


STEPS: tuple[tuple[str, Edit], ...] = (
    ("AUT-02", _header(client_name="")),
    ("MSG-07", lambda letter: letter.but(year="ooit")),
    ("KLANT-01", _header(client_code="iemand")),
    ("SLEUTEL-01", _header(key="99QQ00eenanderesleutel")),
    ("INHOUD-03", lambda letter: letter.but(sittings=sitting(PUPIL, result("R1", test="nergens")))),
)
"""The checks in the standard's order."""


@pytest.mark.parametrize("first", range(len(STEPS)), ids=[rule for rule, _ in STEPS])
def test_the_first_step_that_fails_gives_the_fault(kept: School, first: int) -> None:
    letter = kept.letter
    for _, edit in reversed(STEPS[first:]):
        letter = edit(letter)
    told = kept.written(kept.call(letter.push))
    assert told["rule"] == STEPS[first][0]


def test_what_would_fail_next_is_told_too(kept: School) -> None:
    (_, fields), (_, client), (_, content) = STEPS[1], STEPS[2], STEPS[4]
    told = kept.written(kept.call(content(client(fields(kept.letter))).push))
    assert told["rule"] == "MSG-07"
    assert [one["rule"] for one in told["later"]] == ["INHOUD-03", "KLANT-01"]


def test_the_nearest_good_value_is_told(kept: School) -> None:
    def nearest(letter: Letter, which: str = "pull") -> str:
        return str(kept.written(kept.call(getattr(letter, which)))["nearest"])

    letter = kept.letter
    assert nearest(_header(key=KEY.replace("sleutel", "Sleutel"))(letter)) == "Hij verschilt vanaf teken 12"
    assert (
        nearest(_header(client_code="oefenlevrancier")(letter))
        == "De klantnaam is bekend, de klantcode hoort er niet bij"
    )
    assert nearest(letter.but(version="2.2.1")) == "Bedoelt u 2.2?"
    assert (
        nearest(letter.but(sittings=letter.sittings.replace("toetscode", "toetscod")), "push")
        == "Bedoelt u <toetscode>?"
    )
    typo = letter.but(
        sittings=letter.sittings.replace("lezen-6", "lesen-6"), tests=letter.tests.replace("lezen-6", "lesen-6")
    )
    assert nearest(typo, "push") == "Bedoelt u lezen-6?"


def test_a_guarded_service_says_nothing_of_where_a_key_differs(kept: School) -> None:
    wrong = _header(key=KEY.replace("sleutel", "Sleutel"))(kept.letter)
    told = kept.written(kept.call(wrong.pull, manner=Manner(guard=True)))
    assert (told["rule"], told["nearest"], told["found"]) == ("SLEUTEL-01", "", "een andere sleutel")


def test_a_refused_message_is_in_the_logbook_of_the_school(school: School) -> None:
    letter = school.letter.but(sittings=sitting(PUPIL, result("R1", oso(level="IV" * 12))))
    school.call(letter.push)
    (entry,) = LogEntry.select().where(LogEntry.kind == "weigering")
    assert (entry.coupling, entry.location_id) == (SUPPLIER.coupling, school.practice.location.id)
    assert "INHOUD-09" in entry.message


def test_so_is_a_wrong_key_and_a_reference_to_nothing(school: School) -> None:
    edits: list[Edit] = [_header(key="99QQ00eenanderesleutel"), dict(STEPS)["INHOUD-03"]]
    for edit in edits:
        school.call(edit(school.letter).push)
    school.call(school.letter.but(year="ooit").push)
    key, reference, year = LogEntry.select().where(LogEntry.kind == "weigering").order_by(LogEntry.id)
    assert "ESIS kent deze code niet" in key.message
    assert "INHOUD-03" in reference.message
    assert "eenanderesleutel" not in key.message
    assert "een schooljaar, als 2019-2020" in year.message
