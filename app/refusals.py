"""Refusals: a rule says no. Each carries the Dutch sentence that screens and commands show, and nothing was changed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import timedelta


class Refused(Exception):
    """A rule refuses; `sentence` says what is wrong and what to do, `field` names the form field at fault, if any."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFound(Refused):
    """The thing that was named does not exist here."""


class Misused(Refused):
    """The command itself asks for what cannot be or is not there: used wrongly, which is no finding (status 2)."""


class Wrong(Refused):
    """A password or code is wrong: the try counts, and the form field is cleared."""


class Wait(Refused, ABC):
    """Too early: refused until the time `left` has passed; `told` gives the sentence as it counts down."""

    def __init__(self, left: timedelta, field: str = "") -> None:
        super().__init__(self.told(left), field)
        self.left = left

    @abstractmethod
    def told(self, left: timedelta) -> str:
        """The sentence for this much time left, or for none."""


def missing(label: str) -> str:
    """The sentence of forms, commands and files about a required field that is empty."""
    return f"{label} is verplicht. Vul dit veld in."
