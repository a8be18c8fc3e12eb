"""Pictures of screens: opens a screen without a terminal, presses keys, and renders the result as SVG, PNG or text.

The same bytes on every run and machine (PNG: for the same renderer): no network, no system fonts, no clock but the
school's. Textual's SVG references a web font; here it names only an installed one, and PNG uses the font that comes
with the program.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from app.refusals import Refused

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot
    from textual.strip import Strip

SMALLEST, LARGEST = (40, 12), (400, 200)
_WEB = re.compile(r',\s*url\("https?://[^)]*\)\s*format\("[^"]*"\)|<!--.*?-->')
"""The parts of Textual's SVG that reference the web: its font, and a comment about its maker."""
_NAME = re.compile(r"\bterminal-\d{5,}")
_MODIFIED = re.compile(r"(?:(?:ctrl|shift|alt|meta|super)\+){1,5}(\S+)")
_LIKE_KEY = re.compile(r"f\d+|(?:(?:ctrl|control|shift|alt|meta|super|cmd)[+-]){1,5}\S*")
_NAMED = {
    "pgup": "pageup",
    "pgdn": "pagedown",
    "esc": "escape",
    "spatie": "space",
    "return": "enter",
    "shift+tab": "shift+tab",
}
_KEYS = {
    "tab",
    "enter",
    "escape",
    "space",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "delete",
    "insert",
    "backspace",
    "question_mark",
    *(f"f{number}" for number in range(1, 25)),
}


_SPELLED = sorted(key for key in {*_KEYS, *_NAMED} if len(key) > 3 and key.isalpha())
NEARLY = 0.85
"""The similarity of a text to a key name above which it is more likely a typo than a word."""
_NO_KEY = "'{}' is geen toets. Schrijf bijvoorbeeld F2, tab, enter, escape of ctrl+p;"
LONGEST_REPAINT = 0.5
"""Seconds after which a screen is considered gone."""
LONGEST_RESIZE = 60.0
"""Seconds after which a resize is considered failed."""
CALM = 3
"""Rounds in which every message is handled and nothing changes any more."""
HELD = 0.005
"""Seconds between two looks whether a program may lay itself out again: Textual holds that for 50 ms where another mode comes."""
LOOKS = 2
"""Consecutive equal screens before the screen is considered settled."""


def parse_size(text: str) -> tuple[int, int]:
    """Columns and rows from a size such as `120x36`. Raises `Refused`."""
    found = re.fullmatch(r"(\d+)x(\d+)", text.strip().lower())
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(low <= value <= high for low, value, high in zip(SMALLEST, size, LARGEST, strict=True)):
        raise Refused(
            f"'{text}' is geen maat. Schrijf breedte x hoogte in tekens, van 40x12 tot 400x200, zoals 120x36."
        )
    return size


def keys_of(presses: Sequence[str]) -> list[str]:
    """Textual's key names for `tab,F2,Ctrl+P`; other texts are typed letter by letter.

    Raises `Refused` for a text that looks like a key but is not: `F99`, `ctrl+hoera`, `entr`.
    """
    found: list[str] = []
    for press in presses:
        for part in press.split(","):
            if (name := _key(part)) is not None:
                found.append(name)
            elif _meant_as_key(part):
                raise Refused(_NO_KEY.format(part) + " wat geen toets is, wordt getypt.")
            else:
                found += ["space" if character == " " else character for character in part]
    return found


def check_keys(presses: Sequence[str], otherwise: str = "typen is `type`.") -> None:
    """Raise `Refused` for a name of several letters that is not a key, which `keys_of` would type; `otherwise` says how a
    text is typed.
    """
    for part in (part for press in presses for part in press.split(",")):
        if len(part) > 1 and _key(part) is None:
            raise Refused(f"{_NO_KEY.format(part)} {otherwise}")


def _key(part: str) -> str | None:
    """Textual's name of a key; None if it is not one."""
    name = _NAMED.get(part.lower(), part.lower())
    modified = _MODIFIED.fullmatch(name)
    return name if name in _KEYS or (modified and (len(modified[1]) == 1 or modified[1] in _KEYS)) else None


def _meant_as_key(part: str) -> bool:
    """Whether it looks like a key, or resembles the name of one."""
    name = part.lower()
    return bool(_LIKE_KEY.fullmatch(name)) or bool(get_close_matches(name, _SPELLED, 1, NEARLY))


async def settle(app: Any, pilot: Pilot[Any]) -> None:
    """Wait until the screen has settled: background work done, messages handled."""
    from textual.worker import WorkerCancelled

    seen: list[tuple[object, ...]] = []
    # Not pilot.pause() without a time: that waits for an idle processor, which a busy machine never has.
    while len(seen) < CALM or any(one != seen[-1] for one in seen[-CALM:]):
        while app._batch_count and not app._exit:  # another program came in front: for a while nothing is laid out
            await asyncio.sleep(HELD)
        await app.keys_done()
        await pilot.pause(0)
        with suppress(WorkerCancelled):  # a use case removes its own screen before its thread has quite ended
            await app.workers.wait_for_complete()
        await _repainted(app.screen)
        await app.animator.wait_for_idle()  # scrolling without animation is an animation too, of one step
        # A removed animation ends the waiting for the others.
        busy = object() if any(not worker.is_finished for worker in app.workers) else None
        seen.append((app.screen, app.focused, busy, getattr(app.screen, "settled", True)))


async def still(app: Any, settled: Callable[[], Awaitable[None]]) -> None:
    """Wait until two checks find the same screen, without transient messages, so its picture is always the same."""
    quiet(app)
    before, same = "", 0
    while same < LOOKS:  # which keys work is updated after everything else
        await settled()
        now = text_of(app)
        before, same = now, same + 1 if now == before else 0


def quiet(app: Any) -> None:
    """Remove the messages, which expire in seconds or stay over the next screen, and stop the cursor blinking."""
    app.clear_notifications()
    steady(app)


def steady(app: Any) -> None:
    """Stop the cursor blinking: it is always to be seen."""
    from textual.widgets import Input, TextArea

    if isinstance(app.focused, Input | TextArea):
        app.focused.cursor_blink = False


async def _repainted(screen: Any) -> None:
    """Wait for callbacks after the next repaint, such as scrolling, unless the screen is going away."""
    reached = asyncio.Event()
    if screen.is_running and screen.call_after_refresh(reached.set):
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_REPAINT):
                await reached.wait()


async def resize(app: Any, pilot: Pilot[Any], size: tuple[int, int]) -> None:
    """Resize the program, and wait until it is redrawn.

    Raises what the program crashed on meanwhile, and `TimeoutError` if the redraw does not come.
    """
    from textual.events import Resize
    from textual.geometry import Size

    app._driver._size = wanted = Size(*size)
    app.post_message(Resize(wanted, wanted))
    async with asyncio.timeout(LONGEST_RESIZE):
        while app.screen._compositor.size != wanted:  # Textual waits a little, to draw once for several resizes
            if app._exception is not None:
                raise app._exception
            await asyncio.sleep(0.002)
    await settle(app, pilot)


def svg_of(app: App[Any]) -> str:
    """The current screen as SVG."""
    return _WEB.sub("", app.export_screenshot())


def drawn(svg: str) -> str:
    """What an SVG shows: without the name in it that Textual computes from what is not to be seen too."""
    return _NAME.sub("terminal", svg)


def strips_of(app: App[Any]) -> list[Strip]:
    """The current screen as strips, one per row, with windows drawn over what is behind them."""
    from textual._context import visible_screen_stack

    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def text_of(app: App[Any]) -> str:
    """The characters on the current screen, one line per row."""
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips_of(app))
    return "\n".join(lines).rstrip() + "\n"


def png_of(svg: str) -> bytes:
    """An SVG as PNG, at its own size."""
    import fontpkg_fira_code  # type: ignore[import-untyped]
    import resvg_py

    fonts = [str(path) for path in sorted((fontpkg_fira_code.ROOT / "files").glob("*.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=fonts,
            font_family="Fira Code",
            monospace_family="Fira Code",
        )
    )
