"""The themes: dark, light and one that reads well with 16 colours; and the partners' own colours in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace

from textual.theme import Theme

DEFAULT = "esis-donker"
OWN_COLOURS = {
    "partner": "#8e2f6b",
    "partner-text": "#ffffff",
    "brand": "#0b5c94",
    "brand-text": "#ffffff",
}

_DARK = Theme(
    name="esis-donker",
    dark=True,
    primary="#4aa3df",
    secondary="#7fb3d5",
    accent="#f5b041",
    foreground="#e8edf2",
    background="#101820",
    surface="#16212c",
    panel="#243444",
    warning="#f5b041",
    error="#ff7b72",
    success="#7ccf8a",
    variables={
        "block-cursor-background": "#4aa3df",
        "block-cursor-foreground": "#08131c",
        "footer-key-foreground": "#f5b041",
        "input-cursor-background": "#f5b041",
        "input-cursor-foreground": "#101820",
        "partner": "#b5488a",
        "partner-text": "#ffffff",
        "brand": "#1d5c8a",
        "brand-text": "#ffffff",
    },
)
_LIGHT = Theme(
    name="esis-licht",
    dark=False,
    primary="#0b5c94",
    secondary="#31688a",
    accent="#a04a00",
    foreground="#16212c",
    background="#f4f6f8",
    surface="#ffffff",
    panel="#d9e2ea",
    warning="#8a5a00",
    error="#b3261e",
    success="#1e6b34",
    variables={
        "block-cursor-background": "#0b5c94",
        "block-cursor-foreground": "#ffffff",
        "footer-key-foreground": "#a04a00",
        "input-cursor-background": "#0b5c94",
        "input-cursor-foreground": "#ffffff",
        "partner": "#8e2f6b",
        "partner-text": "#ffffff",
        "brand": "#0b5c94",
        "brand-text": "#ffffff",
    },
)
_SIXTEEN = Theme(
    name="esis-16",
    dark=True,
    primary="#00ffff",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000080",
    warning="#ffff00",
    error="#ff6060",
    success="#00ff00",
    text_alpha=1.0,
    luminosity_spread=0.0,
    variables={
        "block-cursor-background": "#00ffff",
        "block-cursor-foreground": "#000000",
        "footer-key-foreground": "#ffff00",
        "input-cursor-background": "#ffff00",
        "input-cursor-foreground": "#000000",
        "text-muted": "#c0c0c0",
        "partner": "#800080",
        "partner-text": "#ffffff",
        "brand": "#000080",
        "brand-text": "#ffffff",
    },
)

_ALL = (_DARK, _LIGHT, _SIXTEEN)
TITLES = {"esis-donker": "Donker", "esis-licht": "Licht", "esis-16": "Zestien kleuren (oude terminals)"}


@dataclass(frozen=True)
class Colour:
    """A colour in each theme, as a background for white text."""

    dark: str
    light: str
    sixteen: str


def looks(partners: Mapping[str, Colour]) -> tuple[Theme, ...]:
    """Every theme, with the colours of the partners that have one, by id."""
    return tuple(replace(look, variables=look.variables | _variables(partners, look)) for look in _ALL)


def own_colours(partners: Mapping[str, Colour]) -> dict[str, str]:
    """Our own colours, for themes that do not name them."""
    return OWN_COLOURS | _variables(partners, _LIGHT)


def style(partners: Iterable[str]) -> str:
    """The style sheet that gives those partners' programs their colours."""
    return "\n".join(map(_style, partners))


def _style(partner: str) -> str:
    mine = f".partner-screen.{partner}"  # two classes: overrides the style sheet's rules for all partners
    return (
        f"{mine} .partner-bar, {mine} .partner-tab.-here, {mine} Button.-primary {{ background: $partner-{partner}; }}\n"
        f"{mine} .partner-tab:focus {{ background: $block-cursor-background; }}"
    )


def _variables(partners: Mapping[str, Colour], look: Theme) -> dict[str, str]:
    place = _ALL.index(look)
    return {f"partner-{partner}": astuple(colour)[place] for partner, colour in partners.items()}
