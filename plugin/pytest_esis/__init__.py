"""ESIS in de terminal from tests: its draaiboeken (`*.draaiboek.md`) are tests of pytest, and `Esis` drives it from Python.

Either way the program is a process of its own, so it and your project never share an environment.
"""

from __future__ import annotations

from pytest_esis.driving import AsyncEsis, Esis
from pytest_esis.errors import (
    CannotDo,
    EsisError,
    NotOnScreen,
    NotSo,
    ProgramEnded,
    ProgramFault,
    Refused,
    Stopped,
    TimedOut,
    WrongUse,
)
from pytest_esis.plugin import SUFFIX, ScriptItem
from pytest_esis.running import Event, Play, Runner
from pytest_esis.seen import Cell, Cells, Checked, Choice, Field, Focus, Names, Run, Screen, Shot, Style

__all__ = [
    "SUFFIX",
    "AsyncEsis",
    "CannotDo",
    "Cell",
    "Cells",
    "Checked",
    "Choice",
    "Esis",
    "EsisError",
    "Event",
    "Field",
    "Focus",
    "Names",
    "NotOnScreen",
    "NotSo",
    "Play",
    "ProgramEnded",
    "ProgramFault",
    "Refused",
    "Run",
    "Runner",
    "Screen",
    "ScriptItem",
    "Shot",
    "Stopped",
    "Style",
    "TimedOut",
    "WrongUse",
]
