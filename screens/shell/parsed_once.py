"""The style sheets, each parsed once for a set of colours: a third of the time to the first paint went into repeating it."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class ParsedOnce(Stylesheet):
    """Textual's own parses every sheet anew whenever a screen comes into view that has not seen the last change of theme,
    and forgets what it had; this one parses what is new only, until the colours change.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forget what was parsed only if it would come out differently."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what was not parsed with these variables; an error leaves the rules as they were."""
        self.parse()
