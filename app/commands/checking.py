"""`esis play --check`: draaiboeken as tests, with golden screens and a page of differences."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import accepting, choosing
from app.commands.choosing import Chosen
from app.commands.options import When
from app.commands.output import tell
from app.commands.play_pool import How, play_all
from app.commands.result_files import ResultFiles
from app.commands.results import Decide, Results
from app.commands.tracing import FOLDER, Traces
from app.platform_parts import processors
from app.refusals import Refused
from app.training.scripts import events, last_failed
from app.training.scripts.document import read
from app.training.scripts.events import Say
from app.training.scripts.outcome import Told
from app.training.scripts.varying import DEFAULT

if TYPE_CHECKING:
    from app.commands.session import Session


@dataclass(frozen=True)
class Ways:
    """What is played of what is named, how, and what is made of it."""

    only: tuple[str, ...] = ()
    """Names, patterns or steps (`choosing.only`)."""
    seeds: tuple[int, ...] = (DEFAULT,)
    """Which variants of a draaiboek that varies."""
    failed_before: bool = False
    """Only what failed the last time."""
    shard: str = ""
    """`2/4`: the second of four parts."""
    repeat: int = 1
    """How many times each is played; all must be equal."""
    jobs: int = 0
    """In how many processes; 0: as many as there are processors."""
    junit: Path | None = None
    """Where the results come as JUnit XML."""
    artifacts: Path | None = None
    """The folder for pictures of what failed."""
    accept: tuple[str, ...] = ()
    """The names of pictures to store as golden screens."""
    decide: Decide | None = None
    """Lets somebody accept differences."""


PLAIN = Ways()


def check(
    here: Session | None,
    paths: Sequence[Path],
    size: str,
    *,
    update: bool,
    report: Path | None = None,
    yes: bool = False,
    say: Say = lambda _event: None,
    trace: When | None = None,
    trace_folder: Path | None = None,
    ways: Ways = PLAIN,
) -> None:
    """Play each draaiboek without a terminal, on its own board or on that of session `here`, and compare its pictures
    with the golden screens, or update them. Plays nothing when any is invalid. Events are also passed to `say`. Raises
    `Refused` with everything that failed; differences are also written as a page, and what happened in a draaiboek as
    one of its own (`trace`).
    """
    from app.training import pictures

    how = How(pictures.parse_size(size), traced=trace is not None)
    files = ResultFiles(report, ways.junit, ways.artifacts, size)
    named = _read_all(paths, say, files, ways.seeds)
    chosen = _narrowed(named, ways)
    files.look([one.script.path for one in chosen], yes, page=not update)
    traces = Traces(trace, trace_folder or FOLDER, [one.script for one in chosen], yes) if trace else None
    results = Results(
        chosen,
        say,
        traces,
        update=update,
        accepted=accepting.named(ways.accept, chosen) if ways.accept else frozenset(),
        decides=ways.decide is not None,
        times=ways.repeat,
    )
    scripts = [one.script for one in chosen for _ in range(ways.repeat)]
    with closing(play_all(scripts, here, how, ways.jobs or processors(), results.begun)) as plays:
        for place, outcome in enumerate(plays):
            results.take(place, outcome)
    results.end(files, ways.decide)


def _read_all(paths: Sequence[Path], say: Say, files: ResultFiles, seeds: Sequence[int]) -> list[Chosen]:
    """Read them all before playing any, each variant of one that varies. Raises `Refused` with all errors in them."""
    chosen: list[Chosen] = []
    wrong: list[Told] = []
    sentences: list[str] = []
    for one in choosing.named(paths):
        try:
            variants = [read(one.path, seeds[0])]
            variants += [read(one.path, seed) for seed in seeds[1:]] if variants[0].varies else []
            chosen += [choosing.up_to_line(variant, one.line) for variant in variants]
        except Refused as refusal:
            sentences.append(refusal.sentence)
            wrong.append(Told(one.path, events=list(events.of_refusal(one.path, refusal))))
            last_failed.note(one.path, True)
    for event in (event for one in wrong for event in one.events):
        say(event)
    if wrong:
        raise Refused("\n".join([*sentences, *files.write_junit(wrong, 0.0)]))
    return chosen


def _narrowed(chosen: list[Chosen], ways: Ways) -> list[Chosen]:
    """Those that are played. Raises `Refused` where an option names nothing."""
    chosen = choosing.only(chosen, ways.only)
    if ways.failed_before:
        chosen = choosing.failed_before(chosen, tell)
    if ways.shard:
        whole, chosen = len(chosen), choosing.shard(chosen, ways.shard)
        if whole and not chosen:
            tell(f"Deel {ways.shard} heeft geen draaiboeken: er zijn er maar {whole}.")
    return chosen
