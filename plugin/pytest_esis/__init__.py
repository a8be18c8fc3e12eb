"""A pytest plugin for draaiboeken of ESIS in de terminal (`*.draaiboek.md`): each is a test, played by the esis program."""

from __future__ import annotations

from pytest_esis.plugin import SUFFIX, ScriptItem
from pytest_esis.running import Event, Play, Runner

__all__ = ["SUFFIX", "Event", "Play", "Runner", "ScriptItem"]
