"""The style sheet of the partners' programs: square edges and underlined tabs in all of them, and each its own hue."""

from __future__ import annotations

from collections.abc import Iterator

_SQUARE = {
    "FieldRow TextLine": ("vkey", "edge"),
    "FilterLine TextLine": ("vkey", "edge"),
    "FieldRow TextArea": ("vkey", "edge"),
    "FieldRow Tick": ("", "edge"),
    "Choice > SelectCurrent": ("vkey", "edge"),
    "FieldRow.-wrong TextLine": ("vkey", "bad"),
    "FieldRow.-wrong TextArea": ("vkey", "bad"),
    "FieldRow.-wrong Tick": ("", "bad"),
    "FieldRow.-wrong SelectCurrent": ("vkey", "bad"),
    ".dialog TextLine": ("vkey", "edge"),
    "PushButton": ("vkey", "edge"),
    "PushButton.-warning": ("vkey", "danger"),
    "PushButton.-error": ("vkey", "danger"),
}
"""By part that is round in ESIS: its side edges where it is one line high, and their token."""


def _squares() -> Iterator[str]:
    for part, (side, token) in _SQUARE.items():
        yield f".partner-screen {part} {{ border: solid ${token}; }}"
        yield from _low(".partner-screen", part, side, f"${token}")
    yield ".partner-screen PushButton:disabled { border: blank $line; }"
    yield from _low(".partner-screen", "PushButton:disabled", "", "")


def _low(program: str, part: str, side: str, token: str) -> Iterator[str]:
    """The same where the screen, or the form, is low."""
    sides = f"border-left: {side} {token}; border-right: {side} {token};" if side else ""
    yield from (f"{program}{low} {part} {{ border: none; {sides} }}" for low in (".-low", " .-low"))


def style(partner: str) -> str:
    """The style sheet that gives a partner's program its look: square edges, then its own hue."""
    return "\n".join((*_squares(), _style(partner)))


def _style(partner: str) -> str:
    """The shared parts in a partner's tokens; two classes, so that this wins over the parts' own rules."""
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
    "RecordList.-titled { border: solid $my-line; border-title-background: $my-bg; border-subtitle-background: $my-bg; }",
    f"RecordList.-titled:focus {{ border: heavy $my-focus; {_FILLED} }}",
    "Block { border: solid $my-line; background: $my-bg; border-title-background: $my-bg;"
    " border-subtitle-background: $my-bg; }",
    "RecordList .records--cursor { background: $my-focus; color: $my-on-focus; }",
    "RecordList .records--here { background: $my-here; }",
    "RecordList .records--hover { background: $my-raised; }",
    "RecordList .records--mark { color: $my-focus; }",
    "RecordList .records--key { color: $my-key; }",
    "#crumbs .key-name { color: $my-key; }",
    "FilterLine .key-name { color: $my-key; }",
    "Panel { border: solid $my-line; background: $my-bg; border-title-background: $my-bg; }",
    f"Panel:focus-within {{ border: heavy $my-focus; {_FILLED} }}",
    f".dialog {{ border: heavy $my-focus; background: $my-surface; {_FILLED} }}",
    ".dialog.-danger { border: heavy $danger; border-title-color: $on-danger; border-title-background: $danger; }",
    f".drawer {{ border: heavy $my-focus; background: $my-surface; {_FILLED} }}",
    "Link:focus { background: $my-focus; color: $my-on-focus; }",
    ".partner-bar .program { color: $my-bar; }",
    *(
        f"{part} {{ scrollbar-color: $my-line; scrollbar-color-hover: $my-focus; scrollbar-color-active: $my-focus;"
        " scrollbar-background: $my-bg; scrollbar-background-hover: $my-bg; scrollbar-background-active: $my-bg; }"
        for part in ("RecordList", "VerticalScroll", "OptionList", "TextArea", ".fields")
    ),
    ".partner-bar Link:focus { background: $brand-key; color: $my-bar; }",
    "OptionList > .option-list--option-highlighted { color: $ink; background: $my-here; }",
    "OptionList:focus > .option-list--option-highlighted { color: $my-on-focus; background: $my-focus; }",
    "Answers > .answers--here { color: $my-focus; }",
    "Answers > .answers--key { color: $my-key; }",
    "Tabs .tabs--here { color: $my-key; }",
    "Tabs .tabs--cursor { background: $my-focus; color: $my-on-focus; }",
    "Tabs .tabs--line { color: $my-line; }",
    ".partner-accounts .way--about { color: $my-key; text-style: underline; }",
    "Way:focus .way--about { color: $my-on-focus; }",
    "Facts .facts--link { color: $my-key; }",
    "Facts .facts--key { color: $my-key; }",
    "Facts .facts--cursor { background: $my-focus; color: $my-on-focus; }",
    "Drawn .drawn--now { color: $my-focus; }",
    "Drawn .drawn--key { color: $my-key; }",
    "Drawn .drawn--line { color: $my-line; }",
    "Drawn .drawn--here { background: $my-here; }",
    "Choice SelectCurrent .arrow { color: $my-key; }",
    "PushButton.-primary { color: $my-key; }",
    "PushButton:focus { background: $my-focus; color: $my-on-focus; }",
    "PushButton.-error:focus { background: $danger; color: $on-danger; }",
    "PushButton.-warning:focus { background: $danger; color: $on-danger; }",
    "TextLine > .input--cursor { background: $my-focus; color: $my-on-focus; }",
    "&.-low FieldRow TextLine { background: $my-raised; }",
    ".-low FieldRow TextLine { background: $my-raised; }",
    "&.-low FieldRow SelectCurrent { background: $my-raised; }",
    ".-low FieldRow SelectCurrent { background: $my-raised; }",
    "&.-low Choice:focus > SelectCurrent { background: $my-focus; }",
    ".-low Choice:focus > SelectCurrent { background: $my-focus; }",
    "&.-low FilterLine TextLine { background: $my-raised; }",
    "&.-low FilterLine TextLine:focus { background: $my-here; }",
    "&.-low FieldRow TextLine:focus { background: $my-here; }",
    ".-low FieldRow TextLine:focus { background: $my-here; }",
    "&.-low .dialog TextLine { background: $my-raised; }",
    "&.-low .dialog TextLine:focus { background: $my-here; }",
    "&.-low PushButton { background: $my-raised; }",
    ".-low PushButton { background: $my-raised; }",
    "&.-low PushButton:focus { background: $my-focus; }",
    ".-low PushButton:focus { background: $my-focus; }",
    "TextLine:focus { border-left: outer $my-focus; border-right: outer $my-focus; }",
)
_EDGES = {
    "FieldRow TextLine:focus": ("heavy", "outer", "focus"),
    "FilterLine TextLine:focus": ("heavy", "outer", "focus"),
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
        yield f"& {part} {{ border: {edge} $my-{token}; }}"
        yield from _low("&", part, side, f"$my-{token}")
