"""All settings in one place: a flag overrides an `ESIS_*` variable, which overrides the settings file, then the
default.

The file is `settings.toml` in the user's configuration folder (or `ESIS_SETTINGS`); unknown names and wrong types are
refused with the file's name, so that a typing error is never silently ignored.
"""

from __future__ import annotations

import ipaddress
import math
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

from app.files.named import is_there
from app.files.regular import Unreadable, read_text

LONGEST = 1_000_000
"""Bytes; a longer file is not a settings file."""


class InvalidSettings(Exception):
    """The settings file or a variable is wrong; the message says where, and what is expected."""


@dataclass(frozen=True)
class Settings:
    """What the program needs to know before it opens anything."""

    database_url: str = ""
    """`sqlite:///FILE` or `postgresql://...`; empty: a file in the user's data folder."""
    theme: str = ""
    """A theme's name; empty: the user's own choice, else the default."""
    lease_seconds: float = 10.0
    """Wall time a worker may be silent before another takes its run."""
    idle_seconds: float = 60.0
    """Wall time without work after which a worker that was started for a program exits."""
    keymap: dict[str, str] = field(default_factory=dict)
    """Action id -> keys, comma separated."""
    lessons: str = ""
    """A folder with lessons of one's own (`*.draaiboek.md`); empty: none."""
    source: str = ""
    """The file the settings came from, for messages."""


_MOST = 10**9
"""Seconds; Python refuses to print a number of thousands of digits."""


def default_database_url() -> str:
    """`oefenbestuur.db` in the user's data folder."""
    return f"sqlite:///{platformdirs.user_data_path('esis') / 'oefenbestuur.db'}"


def settings_file() -> Path:
    """Where the settings file is, whether it exists or not."""
    named = os.environ.get("ESIS_SETTINGS")
    return Path(named) if named else platformdirs.user_config_path("esis") / "settings.toml"


def load(database_url: str | None = None, lessons: str | None = None) -> Settings:
    """Load the settings in force. Raises `InvalidSettings` for a file that cannot be read or holds something
    unknown.
    """
    values: dict[str, object] = {}
    path = settings_file()
    if is_there(path):
        values.update(_read(path))
    for item in fields(Settings):
        text = os.environ.get(f"ESIS_{item.name.upper()}")
        if text and item.name not in ("keymap", "source"):
            values[item.name] = (
                _as_seconds(f"ESIS_{item.name.upper()}", text) if item.name.endswith("_seconds") else text
            )
    if database_url:
        values["database_url"] = database_url
    if lessons:
        values["lessons"] = lessons
    values.setdefault("database_url", default_database_url())
    return Settings(**values)  # type: ignore[arg-type]


def without_file(database_url: str | None = None) -> Settings:
    """The fallback when `load` refuses: the defaults, for the database that was named."""
    url = database_url or os.environ.get("ESIS_DATABASE_URL") or default_database_url()
    return Settings(url, source=str(settings_file()) if is_there(settings_file()) else "")


VISITOR = "ESIS_VISITOR"
"""The browser's address, passed by `esis serve` to the program behind a page. Not a setting, so no file can set it."""
HERE = "local"
"""The address of everyone at a terminal: all terminals count as one."""


def visitor() -> str:
    """The address of the user of this process, in the form of `network_of`."""
    return network_of(os.environ.get(VISITOR, ""))


def network_of(text: str) -> str:
    """The network that an address counts as: for IPv6 its /64, in which anyone has addresses to spare."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text[:64] or HERE
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _read(path: Path) -> dict[str, object]:
    try:
        content = tomllib.loads(read_text(path, LONGEST))
    except Unreadable as error:
        raise InvalidSettings(f"{path} is niet te lezen: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettings(f"{path} is niet te lezen{_place(error)}.") from error
    except RecursionError:
        raise InvalidSettings(f"{path} is niet te lezen: er staan te veel haken in elkaar.") from None
    except ValueError:
        raise InvalidSettings(f"{path} is niet te lezen: er staat een getal in dat te groot is.") from None
    known = {item.name: item.type for item in fields(Settings) if item.name != "source"}
    for name, value in content.items():
        if name not in known:
            raise InvalidSettings(f"{path}: '{name}' is geen instelling; er zijn: {', '.join(sorted(known))}")
        wanted: type | tuple[type, ...] = str
        if name.endswith("_seconds"):
            wanted = (int, float)
        elif name == "keymap":
            wanted = dict
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise InvalidSettings(f"{path}: '{name}' heeft een waarde van de verkeerde soort")
        if isinstance(value, int | float):
            if not -_MOST < value < _MOST:  # also rejects nan
                raise InvalidSettings(f"{path}: '{name}' moet een aantal seconden onder {_MOST} zijn")
            _as_seconds(f"{path}: '{name}'", str(value))
        if isinstance(value, dict):
            _check_keys(path, value)
    return {**content, "source": str(path)}


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where the file stops being valid TOML; the parser's reason is in English only."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    return f": op regel {found[1]}, teken {found[2]}, staat iets dat daar niet kan" if found else ": het eind ontbreekt"


def _check_keys(path: Path, keymap: dict[str, object]) -> None:
    for action, keys in keymap.items():
        if not isinstance(keys, str):
            raise InvalidSettings(
                f"{path}: bij '{action}' in [keymap] hoort een toets tussen aanhalingstekens, zoals \"f2\""
            )
        if not all(_names_a_key(key.strip()) for key in keys.split(",")):
            raise InvalidSettings(
                f"{path}: bij '{action}' in [keymap] ontbreekt een toets: er staat '{keys}'. Schrijf \"f2\", of "
                '"f2,ctrl+s" voor twee toetsen; de komma zelf heet "comma"'
            )


def _names_a_key(key: str) -> bool:
    return key == "+" or all(part.strip() for part in key.split("+"))


def _as_seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise InvalidSettings(f"{name} moet een aantal seconden groter dan 0 zijn, niet '{text}'")
    return seconds
