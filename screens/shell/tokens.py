"""The tokens: every colour that a screen may use, with its value in the dark, the light and the sixteen-colour theme.

A partner's program has the same tokens in a hue of its own (`partner_tokens`), named after the partner. What each is
for the documentation tells; a test computes the contrast of each pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from textual.color import Color

BLACK, WHITE, BRIGHT_WHITE, GREY = "#000000", "#c0c0c0", "#ffffff", "#808080"
BLUE, CYAN, YELLOW, GREEN, RED = "#000080", "#00ffff", "#ffff00", "#00ff00", "#ff0000"

TOKENS: Mapping[str, tuple[str, str, str]] = {
    "bg": ("#0e161f", "#fbfcfe", BLACK),
    "surface": ("#152130", "#ffffff", BLACK),
    "raised": ("#1b2735", "#dfe7f0", BLACK),
    "field": ("#1f2d3d", "#eef3f8", BLUE),
    "line": ("#3a4c61", "#b3c0cd", GREY),
    "edge": ("#71869f", "#6a7c8f", WHITE),
    "ink": ("#eaf0f7", "#12202e", BRIGHT_WHITE),
    "label": ("#b4c2d2", "#3b4d60", WHITE),
    "hint": ("#93a5b9", "#52637a", WHITE),
    "focus": ("#5cb8ff", "#0a5cab", CYAN),
    "on-focus": ("#06121e", "#ffffff", BLACK),
    "here": ("#17344f", "#d3e6fa", BLUE),
    "key": ("#8accff", "#0a5499", CYAN),
    "ok": ("#7fd99a", "#146236", GREEN),
    "ok-bg": ("#14301f", "#d8f1e0", BLACK),
    "warn": ("#ffc861", "#7d4700", YELLOW),
    "warn-bg": ("#3a2a0b", "#ffe8bd", BLACK),
    "bad": ("#ff948a", "#ab2018", "#ff6060"),
    "bad-bg": ("#401a18", "#fde0dc", BLACK),
    "danger": ("#ff8378", "#b3261e", "#ff6060"),
    "on-danger": ("#1f0503", "#ffffff", BLACK),
    "calm": ("#b4c2d2", "#3b4d60", WHITE),
    "calm-bg": ("#223041", "#e3e9f0", BLACK),
    "brand": ("#123e68", "#0b3f73", BLUE),
    "on-brand": ("#dcebfa", "#eaf3fc", BRIGHT_WHITE),
    "brand-chip": ("#eaf4ff", "#ffffff", BRIGHT_WHITE),
    "on-brand-chip": ("#123e68", "#0b3f73", BLUE),
    "brand-key": ("#8fd2ff", "#a8dcff", BRIGHT_WHITE),
    "l1": ("#1c62ad", "#9fc8f5", BLUE),
    "l2": ("#264a70", "#cae1fb", BLUE),
    "l3": ("#39434f", "#e3e7ec", BLACK),
    "l4": ("#66452a", "#fbdcbd", "#800000"),
    "l5": ("#9a4a10", "#f5b27a", "#800000"),
    "on-level": ("#ffffff", "#12202e", BRIGHT_WHITE),
    "grow": ("#6db9ff", "#0a5cab", CYAN),
    "fall": ("#ffab66", "#9c4100", YELLOW),
}
"""Name: value in the dark theme, in the light one, in sixteen colours."""

READABLE, VISIBLE = 4.5, 3.0
"""The contrast that WCAG 2.1 AA asks of text, and of what else must be seen: edges, and the focus."""
GROUNDS = ("bg", "surface", "raised")
TEXTS = ("ink", "label", "hint", "key", "ok", "warn", "bad", "calm", "grow", "fall")
"""What may stand on each of the grounds."""
EDGES = ("edge", "focus", "danger")


@dataclass(frozen=True)
class Look:
    """A partner's own look: a hue in degrees (0 red, 120 green, 240 blue), and its name among sixteen colours."""

    hue: int
    sixteen: str = "#800080"
    sixteen_bright: str = "#ff00ff"


_DARK = {
    "bar": (0.65, 0.29),
    "bg": (0.24, 0.07),
    "surface": (0.22, 0.10),
    "raised": (0.20, 0.16),
    "line": (0.21, 0.30),
    "here": (0.56, 0.19),
    "focus": (0.87, 0.77),
    "on-focus": (0.79, 0.075),
    "key": (1.0, 0.85),
}
_LIGHT = {
    "bar": (0.68, 0.32),
    "bg": (0.38, 0.95),
    "surface": (0.0, 1.0),
    "raised": (0.39, 0.91),
    "line": (0.27, 0.76),
    "here": (0.65, 0.90),
    "focus": (0.70, 0.36),
    "on-focus": (0.0, 1.0),
    "key": (0.71, 0.33),
}
"""Saturation and lightness of each token in a partner's hue."""
_ON = {
    "bar": (TOKENS["brand-key"][0], TOKENS["brand-key"][1]),
    "focus": ("#1f0503", "#ffffff"),
    "key": ("raised", "raised"),
}
"""What stands on a token or under it, in the dark and the light theme: the token gives way until that can be read."""


@cache
def partner_tokens(look: Look, place: int) -> dict[str, str]:
    """A partner's tokens in the theme at this place: 0 dark, 1 light, 2 sixteen colours."""
    if place == 2:
        bar, bright = look.sixteen, look.sixteen_bright
        black = dict.fromkeys(("bg", "surface", "raised", "on-focus"), BLACK)
        return black | {"bar": bar, "line": GREY, "here": BLUE, "focus": bright, "key": bright}
    table = (_DARK, _LIGHT)[place]
    made = {name: Color.from_hsl(look.hue / 360, *table[name]) for name in table}
    for name, beside in _ON.items():
        other = made.get(beside[place]) or Color.parse(beside[place])
        made[name] = _readable(made[name], other)
    return {name: colour.hex.lower() for name, colour in made.items()}


def made_readable(token: Mapping[str, str]) -> dict[str, str]:
    """These tokens, with texts and edges that give way until they can be read or seen on every ground."""
    made = {name: Color.parse(value) for name, value in token.items()}
    for tone in ("ok", "warn", "bad", "calm"):
        made[f"{tone}-bg"] = made["bg"].blend(made[tone], 0.12)
    made["here"] = made["bg"].blend(made["focus"], 0.2)
    for names, least in ((TEXTS, READABLE), (EDGES, VISIBLE)):
        for name in names:
            own = (f"{name}-bg",) if f"{name}-bg" in made else ("field", "here") if name in ("ink", "hint") else ()
            for ground in (*GROUNDS, *own):
                made[name] = _readable(made[name], made[ground], least)
    for name in ("focus", "danger"):
        made[f"on-{name}"] = max(map(Color.parse, (BLACK, BRIGHT_WHITE)), key=partial(contrast, made[name]))
    return {name: colour.hex.lower() for name, colour in made.items()}


def _readable(colour: Color, other: Color, least: float = READABLE) -> Color:
    """The colour, lighter or darker in small steps until it can be read beside the other."""
    lighter = luminance(colour) > luminance(other)
    while contrast(colour, other) < least and colour.rgb not in ((0, 0, 0), (255, 255, 255)):
        colour = colour.lighten(0.01) if lighter else colour.darken(0.01)
    return colour


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2.1 defines it: 0 black, 1 white."""
    shares = (part / 255 for part in colour.rgb)
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2.1 defines it: 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
