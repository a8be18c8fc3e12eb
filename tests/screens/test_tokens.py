"""The tokens: each pair that stands together can be read, levels differ for every eye, in each theme and each program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from screens.shell import themes
from screens.shell.programs import partner_looks
from screens.shell.tokens import EDGES, GROUNDS, READABLE, TEXTS, TOKENS, VISIBLE, contrast, partner_tokens

ON_THEIR_OWN = [("on-focus", "focus"), ("on-danger", "danger"), ("on-brand", "brand"), ("brand-key", "brand")]
ON_THEIR_OWN += [
    ("on-brand-chip", "brand-chip"),
    ("ink", "here"),
    ("label", "here"),
    ("ink", "field"),
    ("hint", "field"),
]
ON_THEIR_OWN += [(tone, f"{tone}-bg") for tone in ("ok", "warn", "bad", "calm")]
ON_THEIR_OWN += [("on-level", f"l{number}") for number in range(1, 6)]
SEEN = [(edge, ground) for edge in EDGES for ground in ("bg", "surface")]
PLACES = range(3)


def tokens(place: int) -> dict[str, str]:
    return {name: values[place] for name, values in TOKENS.items()}


def too_low(token: Mapping[str, str], pairs: list[tuple[str, str]], least: float) -> list[str]:
    found = ((one, other, contrast(Color.parse(token[one]), Color.parse(token[other]))) for one, other in pairs)
    return [f"{one} on {other}: {ratio:.2f}" for one, other, ratio in found if ratio < least]


def texts() -> list[tuple[str, str]]:
    return [*((text, ground) for text in TEXTS for ground in GROUNDS), *ON_THEIR_OWN]


@pytest.mark.parametrize("place", PLACES)
def test_every_text_can_be_read_and_every_edge_seen(place: int) -> None:
    assert too_low(tokens(place), texts(), READABLE) == []
    assert too_low(tokens(place), SEEN, VISIBLE) == []


@pytest.mark.parametrize("place", PLACES)
def test_every_partner_can_be_read_in_its_own_hue(place: int) -> None:
    for look in partner_looks().values():
        own = tokens(place) | partner_tokens(look, place)
        pairs = [*((text, ground) for text in TEXTS for ground in GROUNDS), ("on-focus", "focus"), ("ink", "here")]
        assert (
            too_low(own, [*pairs, ("on-brand", "bar"), ("brand-key", "bar"), ("bar", "brand-chip")], READABLE) == []
        ), look
        assert too_low(own, SEEN, VISIBLE) == [], look


def test_textuals_own_themes_can_be_read_too() -> None:
    own = ("on-brand", "brand-key", "on-brand-chip", "on-level", "label")  # these stand on grounds that stay ours
    pairs = [pair for pair in texts() if pair[0] not in own]
    for name, theme in BUILTIN_THEMES.items():
        given = themes.tokens_of(theme, partner_looks())
        assert too_low(given, pairs, READABLE) == [], name
        assert too_low(given, SEEN, VISIBLE) == [], name


# ---- levels, for eyes that see fewer colours (Machado, Oliveira and Fernandes 2009, severity 1)

EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
APART = 10.0
"""The least difference (CIE76) between two levels."""


def linear(colour: Color) -> list[float]:
    shares = [part / 255 for part in colour.rgb]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in rows]
    x, y, z = (
        cube ** (1 / 3) if cube > 0.008856 else 7.787 * cube + 16 / 116
        for cube in (max(0.0, part) / white for part, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: Color, eye: str) -> tuple[float, float, float]:
    light = linear(colour)
    return lab([sum(weight * part for weight, part in zip(row, light, strict=True)) for row in EYES[eye]])


def differences(place: int, eye: str) -> Iterator[tuple[str, str, float]]:
    levels = {f"l{number}": seen(Color.parse(TOKENS[f"l{number}"][place]), eye) for number in range(1, 6)}
    for one, other in combinations(levels, 2):
        parts = zip(levels[one], levels[other], strict=True)
        yield one, other, sum((a - b) ** 2 for a, b in parts) ** 0.5


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("eye", EYES)
def test_levels_differ_for_every_eye(place: int, eye: str) -> None:
    assert [one for one in differences(place, eye) if one[2] < APART] == []
