"""How a service answers: what it forgives, guards and keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.exchange.uwlr_xml.nodes import Limits
from app.uwlr.kept_answers import KeptAnswers


@dataclass(frozen=True)
class Manner:
    """How a service answers; the defaults are those of a practice board."""

    strict: bool = False
    """Refuse what is otherwise forgiven."""
    guard: bool = False
    """On practice boards too, slow down after wrong keys, and say nothing about where a key differs."""
    bodies: bool = False
    """Keep personal data in the journal."""
    limits: Limits = Limits()  # noqa: RUF009  # immutable
    kept: KeptAnswers | None = None
    """Answers to unchanged schools; None: each is made anew."""
    folder: Path | None = None
    """For answers that do not stay in memory; None: the temporary one."""
