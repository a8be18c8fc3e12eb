"""Ours passes every test; a server that does one thing wrong fails exactly the tests that are about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.uwlr.conformance import report
from app.uwlr.conformance.catalogue import BY_ID, TESTS, UNPROVOKED, uncovered
from app.uwlr.conformance.model import Verdict
from app.uwlr.conformance.running import check
from tests.uwlr.conformance.mutants import MUTANTS, Mutant
from tests.uwlr.conformance.recording import MutantLine, World


def test_ours_passes_every_test(world: World) -> None:
    assert [one.id for one in world.run.of(Verdict.SKIPPED)] == ["LAS-KLANT-03"]  # it has no certificate
    assert [(one.id, one.seen.told) for one in world.run.of(Verdict.FAILED)] == []
    assert len(world.run.results) == len(TESTS)


def test_every_rule_that_can_be_provoked_has_a_test() -> None:
    assert uncovered() == []
    assert all(UNPROVOKED.values())
    assert len(BY_ID) == len(TESTS)


async def test_two_runs_are_equal_but_for_time(world: World) -> None:
    probe = replace(world.probe, line=MutantLine(world, lambda _world, _sent, got, _times: got), _kept={})
    again = await check(probe, push=True)
    told = [report.as_json(run)["tests"] for run in (world.run, again)]
    for one in (*told[0], *told[1]):
        del one["seconds"]
    assert told[0] == told[1]


def test_there_are_thirty_mutants_with_names_of_their_own() -> None:
    assert len({one.name for one in MUTANTS}) == len(MUTANTS) >= 30


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name.replace(" ", "-"))
async def test_a_mutant_fails_exactly_what_it_should(world: World, mutant: Mutant) -> None:
    """The tests that hear nothing else than from ours end as they did with ours: only the others are done."""
    ids = world.affected(mutant.change)
    probe = replace(world.probe, line=MutantLine(world, mutant.change), _kept={})
    run = await check(probe, [BY_ID[id] for id in ids], push=True)
    failed = {one.id: one.seen.told for one in run.of(Verdict.FAILED)}
    assert set(failed) == set(mutant.fails), failed
