"""A refusal: a rule says no. It carries the Dutch sentence that screens and commands show, and nothing changed."""

from __future__ import annotations


class Refused(Exception):
    """A rule refuses; `sentence` says what and what to do, `field` names the form field at fault if there is one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFound(Refused):
    """What was named does not exist here."""


def missing(label: str) -> str:
    """What a form, a command and a file say of a field that is empty and may not be."""
    return f"{label} is verplicht. Vul dit veld in."
