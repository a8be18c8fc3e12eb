"""Results on paper: certificates of who did a lesson, and the sheet of a class, made from runs of lessons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from app import clock
from app.counted import counted
from app.documents.certificate import Certificate, Done, certificates
from app.documents.paper import not_shown
from app.documents.results_sheet import Outcome, ResultsSheet, results_sheet
from app.exchange.names import folded
from app.refusals import Refused
from app.training.lessons.counting import help_and_mistakes
from app.training.reports.happened import EXAM, Run, open_time
from app.training.reports.stuck import minutes
from app.training.reports.titles import lesson_of


def certificates_of(runs: Sequence[Run], lesson: str = "") -> bytes:
    """A certificate as PDF for each learner with a lesson done: for this lesson, or for all of them together.

    An exam counts once it was passed. Raises `Refused` where nobody has one.
    """
    of_person: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in best_runs(runs):
        if counts(run) and lesson in ("", run.progress.lesson):
            of_person[_person(run)].append(run)
    if not of_person:
        nobody = f"Nog niemand heeft de les {lesson} af" if lesson else "Er is nog niemand met een voltooide oefening"
        raise Refused(f"{nobody}. Een certificaat is voor wie een les af heeft; een examen moet gehaald zijn.")
    made = [_certificate(these) for these in of_person.values()]
    return certificates(sorted(made, key=lambda one: (not one.name, folded(one.name))))


def sheet_of(runs: Sequence[Run], title: str = "Resultaten van de oefeningen") -> bytes:
    """The results as PDF: everybody's best run of each lesson. Raises `Refused` where nothing was done."""
    best = best_runs(runs)
    if not best:
        raise Refused("Er is nog geen oefening gedaan, dus er zijn geen resultaten.")
    lessons = sorted({run.progress.lesson for run in best})
    people: dict[tuple[str, str], dict[int, Outcome]] = defaultdict(dict)
    names: dict[tuple[str, str], str] = {}
    titles: dict[str, str] = {}
    for run in best:
        titles[run.progress.lesson] = lesson_of(run.progress)[0]
        names[_person(run)] = run.called
        people[_person(run)][lessons.index(run.progress.lesson)] = _outcome(run)
    last = max(run.progress.finished_at or run.progress.seen_at for run in best)
    about = (
        f"{counted(len(people), 'cursist', 'cursisten')}, van ieder de beste keer. Stand van {clock.long_date(last)}."
    )
    ordered = sorted(people, key=lambda one: (folded(names[one]), one))
    return results_sheet(
        ResultsSheet(
            title, about, tuple(titles[name] for name in lessons), tuple((names[one], people[one]) for one in ordered)
        )
    )


def unknown_signs(runs: Sequence[Run]) -> str:
    """The characters of learners' names that no font of ours has; on paper they are question marks."""
    return not_shown(run.learner for run in runs)


def best_runs(runs: Sequence[Run]) -> list[Run]:
    """Everybody's best run of each lesson: done (an exam: passed), then farthest, then with the least trouble."""
    found: dict[tuple[tuple[str, str], str], Run] = {}
    for run in runs:
        key = (_person(run), run.progress.lesson)
        if key not in found or _order(run) < _order(found[key]):
            found[key] = run
    return list(found.values())


def counts(run: Run) -> bool:
    """Whether it is worth a certificate: finished, and an exam passed."""
    row = run.progress
    return row.finished_at is not None and (row.mode != EXAM or row.passed is not False)


def _person(run: Run) -> tuple[str, str]:
    """Who did it: on a board of one learner whoever sits there, else its user."""
    return run.slug, "" if run.own else run.progress.learner


def _order(run: Run) -> tuple[bool, bool, int, int, datetime]:
    row = run.progress
    return (
        not counts(run),
        row.mode != EXAM,
        -row.step,
        row.mistakes - row.mended + row.hints + row.helped,
        row.started_at,
    )


def _certificate(runs: Sequence[Run]) -> Certificate:
    ordered = sorted(runs, key=_ended)
    name = ordered[-1].learner if ordered[-1].own or ordered[-1].learner else ordered[-1].progress.learner
    return Certificate(name, tuple(map(_done, ordered)), clock.long_date(_ended(ordered[-1])))


def _ended(run: Run) -> datetime:
    ended: datetime = run.progress.finished_at or run.progress.seen_at
    return ended


def taken(run: Run) -> int:
    """Minutes that it was open, rounded."""
    row = run.progress
    time = timedelta(seconds=row.seconds) if row.seconds else open_time(run.events, row.started_at, _ended(run))
    return round(minutes(time))


def _done(run: Run) -> Done:
    row = run.progress
    day = clock.dutch_date(_ended(run).astimezone(clock.AMSTERDAM).date())
    result = f"geslaagd{_points(run)}" if row.mode == EXAM else f"voltooid op {day}"
    told = [f"{counted(row.steps, 'opdracht', 'opdrachten')} in {counted(taken(run), 'minuut', 'minuten')}"]
    if row.mode == EXAM:
        told.insert(0, f"examen op {day}")
    told.append(help_and_mistakes(row.hints, row.mistakes))
    if row.mended:
        told.append(f"{row.mended} hersteld")
    if row.helped:
        told.append("met hulp")
    return Done(lesson_of(row)[0], result, day, ", ".join(told))


def _points(run: Run) -> str:
    row = run.progress
    return (
        ""
        if row.points is None or not row.points_of
        else f", {row.points} van {counted(row.points_of, 'punt', 'punten')}"
    )


def _outcome(run: Run) -> Outcome:
    row, more = run.progress, f"{taken(run)} min."
    if row.finished_at is None:
        return Outcome(f"{row.step} van {row.steps}" + (", gestopt" if run.given_up_at else ""), more)
    if row.mode == EXAM:
        points = "" if row.points is None else f"{row.points}/{row.points_of}, "
        good = row.passed is not False
        return Outcome("✓ geslaagd" if good else "× gezakt", f"{points}{more}", good)
    helped = ", met hulp" if row.helped else f", {counted(row.hints, 'hint', 'hints')}"
    return Outcome("✓ klaar", f"{more}{helped}", True)
