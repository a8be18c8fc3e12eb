"""The themes: dark, light and one that reads well with 16 colours; and each partner's look in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from textual.theme import Theme

from screens.shell.tokens import TOKENS, Look, made_readable, partner_tokens

DEFAULT = "esis-donker"
TITLES = {"esis-donker": "Donker", "esis-licht": "Licht", "esis-16": "Zestien kleuren (oude terminals)"}


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


def style(partner: str) -> str:
    """The style sheet that gives a partner's program its look: the shared parts in its tokens; two classes, so that this
    wins over the parts' own rules.
    """
    return "\n".join(
        f".partner-screen.{partner} {rule}".replace(" &", "").replace("$my", f"$partner-{partner}")
        for rule in (*_RULES, *_edges())
    )


_FILLED = "border-title-color: $my-on-focus; border-title-background: $my-focus; border-subtitle-color: $my-key;"
_RULES = (
    "& { background: $my-bg; }",
    "&.-dialog { background: $my-bg 86%; }",
    ".partner-bar { background: $my-bar; }",
    "#crumbs { background: $my-raised; }",
    "KeyBar { background: $my-raised; }",
    "KeyBar .key-bar--key { color: $my-key; }",
    "RecordList { background: $my-bg; }",
    "RecordList.-titled { border: round $my-line; border-title-background: $my-bg; border-subtitle-background: $my-bg; }",
    "RecordList.-titled:focus { border: heavy $my-focus; border-title-color: $my-on-focus;"
    " border-title-background: $my-focus; border-subtitle-color: $my-key; }",
    "RecordList .records--cursor { background: $my-focus; color: $my-on-focus; }",
    "RecordList .records--here { background: $my-here; }",
    "RecordList .records--hover { background: $my-raised; }",
    "RecordList .records--mark { color: $my-focus; }",
    "RecordList .records--key { color: $my-key; }",
    "#crumbs .key-name { color: $my-key; }",
    "Panel { border: solid $my-line; background: $my-bg; border-title-background: $my-bg; }",
    f"Panel:focus-within {{ border: heavy $my-focus; {_FILLED} }}",
    f".dialog {{ border: heavy $my-focus; background: $my-surface; {_FILLED} }}",
    ".dialog.-danger { border: heavy $danger; border-title-color: $on-danger; border-title-background: $danger; }",
    f".drawer {{ border: heavy $my-focus; background: $my-surface; {_FILLED} }}",
    "Link:focus { background: $my-focus; color: $my-on-focus; }",
    "Facts .facts--link { color: $my-key; }",
    "Facts .facts--key { color: $my-key; }",
    "Facts .facts--cursor { background: $my-focus; color: $my-on-focus; }",
    "Drawn .drawn--now { color: $my-focus; }",
    "Drawn .drawn--key { color: $my-key; }",
    "Drawn .drawn--here { background: $my-here; }",
    "Choice SelectCurrent .arrow { color: $my-key; }",
    "PushButton.-primary { color: $my-key; }",
    "PushButton:focus { background: $my-focus; color: $my-on-focus; }",
    "PushButton.-error:focus { background: $danger; color: $on-danger; }",
    "PushButton.-warning:focus { background: $danger; color: $on-danger; }",
    "TextLine > .input--cursor { background: $my-focus; color: $my-on-focus; }",
    "TextLine:focus { border-left: outer $my-focus; border-right: outer $my-focus; }",
)
_EDGES = {
    "FieldRow TextLine:focus": ("heavy", "outer", "focus"),
    ".dialog TextLine:focus": ("heavy", "outer", "focus"),
    "TextArea:focus": ("heavy", "outer", "focus"),
    "Choice:focus > SelectCurrent": ("heavy", "outer", "focus"),
    "PushButton.-primary": ("solid", "vkey", "key"),
    "PushButton:focus": ("heavy", "", "focus"),
    "PushButton.-error:focus": ("heavy", "outer", "focus"),
    "PushButton.-warning:focus": ("heavy", "outer", "focus"),
}
"""By part: its edge, its side edges where it is one line high, and their token."""


def _edges() -> Iterator[str]:
    for part, (edge, side, token) in _EDGES.items():
        yield f"{part} {{ border: {edge} $my-{token}; }}"
        sides = f"border-left: {side} $my-{token}; border-right: {side} $my-{token};" if side else ""
        yield from (f"{low} {part} {{ border: none; {sides} }}" for low in ("&.-low", ".-low"))


def _variables(partners: Mapping[str, Look], place: int) -> dict[str, str]:
    return {
        f"partner-{partner}-{name}": value
        for partner, look in partners.items()
        for name, value in partner_tokens(look, place).items()
    }
