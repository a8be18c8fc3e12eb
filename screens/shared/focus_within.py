"""What looks different while the focus is in it, restyled without all that stands in it."""

from __future__ import annotations

from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


class FocusWithin(Screen[ScreenResultType]):
    """A screen whose `:focus-within` rules are about the widget itself, such as the border of a panel.

    Textual restyles everything in the outermost widget with such a rule: on the menu a hundred links for each arrow key.
    What should look different inside gets a class instead, such as the label of a field.
    """

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """Restyle what the focus left or came into."""
        moved = [widget for widget in (focused, blurred) if widget is not None]
        within = {node for widget in moved for node in widget.ancestors_with_self if node._has_focus_within}
        if within:
            self.app.stylesheet.update_nodes(within, animate=True)
