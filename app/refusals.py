"""A refusal: a rule says no. It carries the Dutch sentence that screens and commands show, and nothing changed."""

from __future__ import annotations

from datetime import timedelta


class Refused(Exception):
    """A rule refuses; `sentence` says what and what to do, `field` names the form field at fault if there is one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFound(Refused):
    """What was named does not exist here."""


class Wrong(Refused):
    """A password or a code is not the right one: a try that counts, and nothing to keep in the field."""


class Wait(Refused):
    """Not yet: only after the time that is `left`, which `told` says anew while it passes."""

    def __init__(self, left: timedelta, field: str = "") -> None:
        super().__init__(self.told(left), field)
        self.left = left

    def told(self, left: timedelta) -> str:
        """The sentence while there is this much left, or nothing any more."""
        raise NotImplementedError


def missing(label: str) -> str:
    """What a form, a command and a file say of a field that is empty and may not be."""
    return f"{label} is verplicht. Vul dit veld in."
