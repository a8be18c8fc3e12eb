"""The themes: dark, light and one that reads well with 16 colours; and the colours of each partner in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.theme import Theme

from screens.shell.tokens import TOKENS, Look, made_readable, partner_tokens

DEFAULT = "esis-donker"
TITLES = {"esis-donker": "Donker", "esis-licht": "Licht", "esis-16": "Zestien kleuren (oude terminals)"}


def title_of(name: str) -> str:
    """What a theme is called: ours in Dutch, one of Textual's own by its name."""
    return TITLES.get(name, name.replace("-", " ").title())


def _theme(name: str, place: int) -> Theme:
    """A theme of ours: its tokens, and what Textual's own widgets use of them."""
    token = {key: values[place] for key, values in TOKENS.items()}
    plain = {"text_alpha": 1.0, "luminosity_spread": 0.0} if place == 2 else {}
    return Theme(
        name=name,
        dark=place != 1,
        primary=token["focus"],
        secondary=token["key"],
        accent=token["warn"],
        foreground=token["ink"],
        background=token["bg"],
        surface=token["surface"],
        panel=token["raised"],
        warning=token["warn"],
        error=token["bad"],
        success=token["ok"],
        variables=token
        | {
            "block-cursor-background": token["focus"],
            "block-cursor-foreground": token["on-focus"],
            "input-cursor-background": token["focus"],
            "input-cursor-foreground": token["on-focus"],
            "input-selection-background": token["here"],
            "scrollbar": token["line"],
            "scrollbar-hover": token["edge"],
            "scrollbar-active": token["focus"],
            "scrollbar-background": token["bg"],
            "scrollbar-background-hover": token["bg"],
            "scrollbar-background-active": token["bg"],
            "scrollbar-corner-color": token["bg"],
            "text-muted": token["hint"],
        },
        **plain,  # type: ignore[arg-type]  # two floats
    )


_ALL = tuple(_theme(name, place) for place, name in enumerate(TITLES))


def looks(partners: Mapping[str, Look]) -> tuple[Theme, ...]:
    """Every theme, with the looks of the partners, by id."""
    return tuple(
        replace(theme, variables=theme.variables | _variables(partners, place)) for place, theme in enumerate(_ALL)
    )


def tokens_of(theme: Theme, partners: Mapping[str, Look]) -> dict[str, str]:
    """Our tokens for a theme that does not name them: those of Textual itself, made from its colours."""
    made = theme.to_color_system().generate()
    place = 0 if theme.dark else 1
    given = {key: values[place] for key, values in TOKENS.items()}
    given |= {token: made[name] for token, name in _FROM_TEXTUAL.items() if made[name].startswith("#")}
    return made_readable(given) | _variables(partners, place)


_FROM_TEXTUAL = {
    "bg": "background",
    "surface": "surface",
    "raised": "panel",
    "field": "panel",
    "ink": "foreground",
    "focus": "primary",
    "key": "text-primary",
    "ok": "text-success",
    "warn": "text-warning",
    "bad": "text-error",
    "danger": "error",
}


def _variables(partners: Mapping[str, Look], place: int) -> dict[str, str]:
    return {
        f"partner-{partner}-{name}": value
        for partner, look in partners.items()
        for name, value in partner_tokens(look, place).items()
    }
