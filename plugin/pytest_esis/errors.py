"""What goes wrong when the program is driven, as exceptions."""

from __future__ import annotations

from typing import Any


class EsisError(Exception):
    """Something could not be done, was not as expected, or the program failed.

    `message` is the program's sentence, in Dutch; `code` its reason, one of those in docs/drive.md; `screen` the
    characters on the screen at that moment, empty where that has nothing to do with it; `nearest` what resembles a word or
    label that there is not; `line` the line, from 1, of those given to `do`, 0 if none.
    """

    def __init__(self, message: str, code: str = "", screen: str = "", nearest: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.code, self.screen, self.nearest, self.line = message, code, screen, nearest, line

    def __str__(self) -> str:
        """The message, and the screen."""
        place = f"Regel {self.line}: " if self.line > 1 else ""
        return f"{place}{self.message}" + (f"\n\nOp het scherm stond:\n\n{self.screen}" if self.screen else "")


class NotOnScreen(EsisError):
    """What is named or expected is not on the screen."""


class NotSo(EsisError):
    """A `check` line does not hold."""


class CannotDo(EsisError):
    """It cannot be done on the present screen."""


class Refused(EsisError):
    """A rule of ESIS says no."""


class TimedOut(EsisError):
    """It was not done in time; how far it came is unknown. Begin anew with `start`."""


class Stopped(EsisError):
    """The program on the screen was left, with Ctrl+Q for instance; `restart` opens it again."""


class WrongUse(EsisError):
    """A request that can never work: an unknown starting state, user or size, a line that is not one."""


class ProgramFault(EsisError):
    """An error of the program itself."""


class ProgramEnded(EsisError):
    """The process is not there (any more): it was not found, could not be started, or died.

    `status` is its exit status, negative for a signal, None if it never was; `stderr` is what it said, at most the last
    64 KB.
    """

    def __init__(self, message: str, status: int | None = None, stderr: str = "") -> None:
        super().__init__(f"{message}\n\n{stderr.strip()}" if stderr.strip() else message, "ended")
        self.status, self.stderr = status, stderr


_KINDS: dict[str, type[EsisError]] = {
    "not-on-screen": NotOnScreen,
    "not-so": NotSo,
    "cannot": CannotDo,
    "refused": Refused,
    "timed-out": TimedOut,
    "stopped": Stopped,
    "fault": ProgramFault,
}


def of_reply(error: dict[str, Any]) -> EsisError:
    """The exception for the `error` of a reply; a code that is not known here is wrong use."""
    code, line = str(error.get("code", "")), error.get("line")
    return _KINDS.get(code, WrongUse)(
        str(error.get("message", "")),
        code,
        str(error.get("screen", "")),
        str(error.get("nearest", "")),
        line if isinstance(line, int) else 0,
    )
