"""The line below a field: its error, or else its help."""

from __future__ import annotations

from textual.content import Content

from screens.shared.label import WRONG
from screens.shared.lined import Lined
from screens.shared.program import in_keys
from screens.shared.text import hanging, wrapped


class Under(Lined):
    """Below a field: what is wrong, behind its mark and with a hanging indent, or else the help."""

    DEFAULT_CLASSES = "under"

    def __init__(self, help: str, *, id: str) -> None:
        super().__init__(id=id)
        self._told = "", help

    def tell(self, sentence: str, help: str) -> None:
        """Show this, unless it is shown already."""
        if self._told != (sentence, help):
            self._told = sentence, help
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """As many as it takes."""
        sentence, help = self._told
        return hanging(Content(f"{WRONG} "), sentence, width) if sentence else wrapped(in_keys(self, help), width)
