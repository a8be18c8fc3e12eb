"""Measures and prints one table: `python -m benchmarks [--quick] [NAME ...]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from benchmarks import (
    administration,
    classroom,
    commands,
    contacts,
    fuzz,
    identities,
    importing,
    lessons,
    nights,
    screens,
    scripts,
    serving,
    webservice,
)
from benchmarks.measuring import QUICK, Row, Scale, table
from benchmarks.stage import Stage, build_stage

BENCHMARKS: dict[str, Callable[[Stage, Scale], list[Row]]] = {
    "start": screens.start,
    "keys": screens.keys,
    "list": screens.long_list,
    "command": commands.command,
    "screenshot": commands.screenshot,
    "busy": nights.busy,
    "walk": nights.walk,
    "bulk": nights.bulk,
    "lists": administration.lists,
    "import": importing.imports,
    "export": administration.export,
    "transition": administration.transition,
    "contacts": contacts.contacts,
    "serve": serving.serve,
    "class": classroom.classroom,
    "scripts": scripts.scripts,
    "identities": identities.identities,
    "fuzz": fuzz.fuzz,
    "webservice": webservice.webservice,
    "lessons": lessons.lessons,
}


def main(arguments: list[str]) -> None:
    """Run the given benchmarks, or all by default, and print the table; a missed goal is no failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=", ".join((*BENCHMARKS, *webservice.PARTS, *lessons.PARTS))
    )
    parser.add_argument("--quick", action="store_true", help="only see that everything runs")
    parser.add_argument("--soak", type=float, default=0, metavar="SECONDS", help="webservice: many clients for so long")
    given = parser.parse_args(arguments)
    scale = replace(QUICK if given.quick else Scale(), soak=given.soak)
    known = {**BENCHMARKS, **webservice.PARTS, **lessons.PARTS}
    if unknown := set(given.names) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    rows: list[Row] = []
    with build_stage() as stage:
        for name in given.names or BENCHMARKS:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            rows += known[name](stage, scale)
    print(table(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
