"""What can be asked of the program, each once: a function that makes the request is a method of `Esis`, and awaitable of
`AsyncEsis`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import wraps
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Concatenate, Generic, Literal, ParamSpec, TypeVar, overload

from pytest_esis.seen import (
    Cells,
    Checked,
    Focus,
    Names,
    Screen,
    Shot,
    read_cells,
    read_checked,
    read_focus,
    read_names,
    read_screen,
    read_shots,
)

if TYPE_CHECKING:
    from pytest_esis.driving import AsyncEsis, Esis

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Request(Generic[T]):
    """A command, its arguments (None is not said), and what becomes of the result."""

    command: str
    given: Mapping[str, Any]
    read: Callable[[Mapping[str, Any]], T]


class Method(Generic[P, T]):
    """A request as a method: of `Esis` it gives the result, of `AsyncEsis` a coroutine of it."""

    def __init__(self, make: Callable[Concatenate[Any, P], Request[T]]) -> None:
        self._make = make

    @overload
    def __get__(self, on: None, kind: type) -> Callable[Concatenate[Any, P], Request[T]]: ...
    @overload
    def __get__(self, on: Esis, kind: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, on: AsyncEsis, kind: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, on: Esis | AsyncEsis | None, kind: type) -> Any:
        """The method, bound; of the class the function that makes the request, with its signature and documentation."""
        if on is None:
            return self._make

        @wraps(self._make)
        def ask(*given: P.args, **named: P.kwargs) -> Any:
            __tracebackhide__ = True
            return on.ask(self._make(on, *given, **named))

        return ask


def _nothing(_told: Mapping[str, Any]) -> None:
    """What is done has no result."""


def _act(command: str, **given: Any) -> Request[None]:
    return Request(command, given, _nothing)


class Asking:
    """Everything that can be asked. Texts are those of the screen: capitals, marks and the key shown after a label make no
    difference. Each act returns once it has had its effect, so there is nothing to wait for but what time brings.
    """

    # ---- begin and end

    @Method
    def start(
        self,
        board: str = "begin",
        *,
        at: str | None = None,
        user: str | None = None,
        location: str | None = None,
        size: str | None = None,
        theme: str | None = None,
        folder: str | PathLike[str] | None = None,
    ) -> Request[None]:
        """Open the program on a new practice board in a starting state (`esis reset --to` names them), or with `"here"` on
        that of its database. What was open is closed, and its board removed.

        `at` is the school time (`14-4-2020 09:00`), `user` who is signed in (`rovict`; empty for the sign-in screen),
        `location` its BRIN6, `size` columns x rows (`80x24`), `folder` where `send file` looks. Raises `WrongUse` for what
        there is not, before anything is closed.
        """
        named = {"at": at, "user": user, "location": location, "size": size, "theme": theme}
        return _act("start", board=board, folder=None if folder is None else fspath(folder), **named)

    @Method
    def reset(self) -> Request[None]:
        """The same beginning again, on a new board: what `start` was asked. Raises `WrongUse` before the first."""
        return _act("reset")

    @Method
    def restart(
        self, *, user: str | None = None, location: str | None = None, size: str | None = None, theme: str | None = None
    ) -> Request[None]:
        """Close the program and open it again on the same board as it is now, for another user for instance."""
        return _act("restart", user=user, location=location, size=size, theme=theme)

    @Method
    def stop(self) -> Request[None]:
        """Close the program and remove its board; the process waits for the next `start`."""
        return _act("stop")

    # ---- act

    @Method
    def do(self, lines: str) -> Request[tuple[Shot, ...]]:
        """Do one or more lines of a draaiboek, with all its words, and return the pictures of its `shot` lines.

        Raises what the first line that fails raises; its number is in `line`.
        """
        return Request("do", {"lines": lines}, read_shots)

    @Method
    def open(self, path: str) -> Request[None]:
        """Open a place by its breadcrumb or the end of it: `Beheer > Koppelingen`. Raises `CannotDo`."""
        return _act("open", path=path)

    @Method
    def choose(self, label: str, inside: str | None = None) -> Request[None]:
        """Choose a button, a line, a tab or an answer; `inside` the line of a list or the block with that text.

        Raises `NotOnScreen`; `nearest` is the label that resembles it most.
        """
        return _act("choose", label=label, **{"in": inside})

    @Method
    def fill(self, field: str, text: str) -> Request[None]:
        """Fill in a field; what was in it goes. Raises `NotOnScreen`."""
        return _act("fill", field=field, text=text)

    @Method
    def select(self, field: str, option: str) -> Request[None]:
        """Choose from a drop-down list. Raises `NotOnScreen`."""
        return _act("select", field=field, option=option)

    @Method
    def tick(self, field: str) -> Request[None]:
        """Tick a box, or a line of a list that can be ticked. Raises `NotOnScreen`."""
        return _act("tick", field=field)

    @Method
    def untick(self, field: str) -> Request[None]:
        """Take the tick away. Raises `NotOnScreen`."""
        return _act("untick", field=field)

    @Method
    def press(self, *keys: str) -> Request[None]:
        """Press keys one by one: `press("F2")`, `press("tab", "enter", "ctrl+p")`. Raises `WrongUse` for what is no key."""
        return _act("press", keys=list(keys))

    @Method
    def type(self, text: str) -> Request[None]:
        """Type at the cursor."""
        return _act("type", text=text)

    @Method
    def go_to(self, program: str) -> Request[None]:
        """Go to `ESIS` or to a partner's program, such as `IEP LVS`. Raises `WrongUse` for one that there is not."""
        return _act("go", program=program)

    @Method
    def sign_in(self, user: str) -> Request[None]:
        """Sign in on the sign-in screen in front, with the password of the practice board."""
        return _act("sign-in", user=user)

    @Method
    def sign_out(self) -> Request[None]:
        """Sign out of ESIS."""
        return _act("sign-out")

    @Method
    def advance(self, to: str = "morning") -> Request[None]:
        """Advance school time: to the next `morning` (8:00), to `17:00`, or to a moment (`1-8-2020 08:00`). What falls due
        meanwhile really happens.
        """
        return _act("advance", to=to)

    @Method
    def scroll_to(self, text: str) -> Request[None]:
        """Scroll until a text is in view. Raises `NotOnScreen`."""
        return _act("scroll", text=text)

    @Method
    def click(
        self, column: int, row: int, *, button: Literal["left", "right", "middle"] = "left", times: int = 1
    ) -> Request[None]:
        """Click a cell with the mouse, up to three times; the one at the top left is 0, 0. Raises `CannotDo` outside the
        screen.
        """
        return _act("click", column=column, row=row, button=button, times=times)

    @Method
    def resize(self, size: str) -> Request[None]:
        """Give the window another size, as in `80x24`. Raises `Refused` for one that cannot be."""
        return _act("resize", size=size)

    @Method
    def use_theme(self, theme: str) -> Request[None]:
        """Give the program another theme: `esis-donker`, `esis-licht`, `esis-16`."""
        return _act("theme", theme=theme)

    # ---- wait and look

    @Method
    def expect(
        self,
        text: str | None = None,
        *,
        pattern: str | None = None,
        inside: str | None = None,
        exact: bool = False,
        gone: bool = False,
        within: float = 5.0,
    ) -> Request[None]:
        """Wait until a text (or a pattern: a regular expression) is on the screen, or with `gone` no longer; at most
        `within` seconds.

        `inside` is the part of the screen: the line of a list, the field or the block with that text; `exact` wants the
        whole line, capitals included. Raises `NotOnScreen`.
        """
        given = {"text": text, "pattern": pattern, "in": inside, "exact": exact, "no": gone, "within": within}
        return Request("expect", given, _nothing)

    @Method
    def sees(
        self, text: str | None = None, *, pattern: str | None = None, inside: str | None = None, exact: bool = False
    ) -> Request[bool]:
        """Whether a text is on the screen now; as `expect`, without waiting."""
        given = {"text": text, "pattern": pattern, "in": inside, "exact": exact}
        return Request("sees", given, lambda told: bool(told["sees"]))

    @Method
    def check(self, check: str, *, within: float = 0.0) -> Request[Checked]:
        """Whether the board is in a state, in the words after `check` in a draaiboek: `coupling iep-lvs active`; with
        `within`, wait for it so many seconds at the most.

        The result is true or false, and has the sentence. Raises `WrongUse` for what is no check.
        """
        return Request("check", {"check": check, "within": within}, read_checked)

    @Method
    def screen(self) -> Request[Screen]:
        """The screen as text, and where in the program that is."""
        return Request("screen", {}, read_screen)

    @Method
    def cells(self) -> Request[Cells]:
        """The screen as cells: characters, colours, bold, dim, italic, underlined, reversed."""
        return Request("cells", {}, read_cells)

    @Method
    def focus(self) -> Request[Focus | None]:
        """What has the focus; None if nothing has."""
        return Request("focus", {}, read_focus)

    @Method
    def names(self) -> Request[Names]:
        """What can be chosen and filled in, by the names that `choose` and `fill` know."""
        return Request("names", {}, read_names)

    @Method
    def picture(self, kind: Literal["svg", "png", "txt"] = "svg", *, still: bool = True) -> Request[bytes]:
        """A picture of the screen: SVG and text are UTF-8. `still` removes passing messages first, so that the same screen
        gives the same bytes.
        """
        return Request("picture", {"kind": kind, "still": still}, _bytes)

    @Method
    def save(self, file: str | PathLike[str], *, replace: bool = False, still: bool = True) -> Request[None]:
        """Save a picture of the screen; the name ends in .svg, .png or .txt.

        Raises `Refused` where it cannot be written, or there is a file that may not be replaced.
        """
        return _act("picture", file=fspath(file), replace=replace, still=still)


def _bytes(told: Mapping[str, Any]) -> bytes:
    return base64.b64decode(told["base64"]) if "base64" in told else str(told["text"]).encode()
