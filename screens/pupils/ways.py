"""What can be done with a pupil, as one bar above the tabs of the page."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.shared.link import KeyLink, OneStop

WAYS = (
    ("F7", "change", "Wijzigen"),
    ("V", "move", "Verplaatsen"),
    ("Del", "unsubscribe", "Uitschrijven"),
    ("", "re_enrol", "Opnieuw inschrijven"),
    ("", "results", "Resultaten"),
    ("", "delete", "Verwijderen"),
)
"""What can be done with a pupil: key, action, text."""


class PupilActions(OneStop):
    """The links to what can be done with the pupil."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    PupilActions { height: 1; layout: horizontal; margin: 1 0; padding: 0 1; }
    PupilActions .way { margin: 0 3 0 0; }
    PupilActions .way.-keyless { color: $key; }
    PupilActions #way-delete { color: $danger; }
    PupilActions .way.-blocked { color: $hint; }
    PupilActions .way:focus, PupilActions #way-delete:focus { color: $on-focus; }
    .-low PupilActions { margin: 0; }
    .-narrow PupilActions .way { margin: 0 2 0 0; }
    """

    def compose(self) -> ComposeResult:
        """A link for each."""
        for letter, key, text in WAYS:
            yield KeyLink(letter, text, key=key, id=f"way-{key}", classes="way" if letter else "way -keyless")
