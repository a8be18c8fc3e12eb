"""Gynzy's night with another ESIS: the same two steps as with its own (`night.py`), each over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app import clock
from app.other_esis.setting import Elsewhere
from app.partners.gynzy import pulling
from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.night import PULL, PUSH, page
from app.partners.pupils_elsewhere import PupilsElsewhere
from app.partners.results_supplier import connecting, delivering
from app.partners.results_supplier.delivering_elsewhere import DeliveryElsewhere
from app.runs import Page, Skip
from models.partners.gynzy import GynzySchool
from models.run import Run


class NightElsewhere:
    """The errands of one run (`app.runs.Errands`); the cursor as in `night.py`."""

    def __init__(self, run: Run, there: Elsewhere) -> None:
        self._run, self._there = run, there
        self._pupils, self._delivery = PupilsElsewhere(there), DeliveryElsewhere(SUPPLIER, run, there)
        self._step, self._place = PULL, ""

    def asks(self, cursor: str) -> Callable[[], None] | None:
        """Pull everything once, then deliver. Raises `Skip` while Gynzy's side is not set up."""
        self._step, _, self._place = cursor.partition(":")
        if self._step == PUSH:
            return self._delivery.asks(self._place)
        school = self._school
        if school.connected_at is None:
            raise Skip(SUPPLIER.not_set_up)
        reference = connecting.school(school, self._run.slot.astimezone(clock.AMSTERDAM))
        return self._pupils.asks(self._there.authorisation(school.code), reference)

    def page(self) -> Page:
        """Apply the next pupils, or record what was delivered."""
        if self._step != PUSH:
            answer, following = self._pupils.page(self._place, self._run.slot)
            done = pulling.take(self._school, self._run.slot, answer)
            return replace(done, cursor=f"{PUSH}:" if following is None else f"{PULL}:{following}")
        done = self._delivery.page()
        if done.cursor is not None:
            return replace(done, cursor=f"{PUSH}:{done.cursor}")
        return replace(done, note=f"{pulling.note(self._school)} {done.note}".strip())

    @property
    def _school(self) -> GynzySchool:
        school: GynzySchool = SUPPLIER.account_at(self._run.location_id)
        return school


JOB = delivering.job(SUPPLIER, "Gynzy: leerlingen uit ESIS en resultaten naar ESIS", page, NightElsewhere)
