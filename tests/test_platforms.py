"""Only one module and the driver depend on Linux or macOS, and they handle Windows separately."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import mypy
import pytest

from app import platform_parts

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app", "screens", "models", "fixtures")
MAY = {"app/platform_parts.py", "screens/shell/linux_terminal.py"}
STUBS = Path(mypy.__file__).with_name("typeshed") / "stdlib"
"""What Python has on which system, as the type checker knows it."""
OTHERS = {"textual.drivers.linux_driver", "textual.drivers.linux_inline_driver", "select", "readline"}
"""Modules of others that Windows cannot import, or that do something else there."""
RAISE = {"add_signal_handler", "remove_signal_handler", "connect_read_pipe"}
"""Methods of an event loop that Windows has and that only raise there."""


@cache
def names_of(module: str, platform: str) -> frozenset[str]:
    """What a module of Python offers on a system; nothing for another's module."""
    found = (path for path in (STUBS / f"{module}.pyi", STUBS / module / "__init__.pyi") if path.exists())
    return frozenset(
        name for path in found for name in _names(ast.parse(path.read_text(encoding="utf-8")).body, platform)
    )


def _names(body: list[ast.stmt], platform: str) -> Iterator[str]:
    system = SimpleNamespace(platform=platform, version_info=sys.version_info)
    for one in body:
        match one:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.ImportFrom(names=names):
                yield from (alias.asname for alias in names if alias.asname)
            case ast.If(test=test):
                yield from _names(one.body if eval(ast.unparse(test), {"sys": system}) else one.orelse, platform)


def names_elsewhere(module: str) -> frozenset[str]:
    """The names of a module that Windows does not have."""
    return names_of(module, "linux") - names_of(module, "win32")


def is_elsewhere(module: str) -> bool:
    """Whether Windows does not have the module: all that it offers is of others."""
    public = {name for name in names_of(module, "win32") if not name.startswith("_")}
    return module in OTHERS or (not public and bool(names_elsewhere(module)))


def needs(source: str) -> list[str]:
    """What a module names that Windows does not have, each with its line."""
    found, nodes = [], list(ast.walk(ast.parse(source)))
    modules: dict[str, str] = {}
    for one in nodes:
        match one:
            case ast.Import(names=names):
                modules |= {alias.asname or alias.name: alias.name for alias in names}
                found += [f"{one.lineno}: {alias.name}" for alias in names if is_elsewhere(alias.name)]
            case ast.ImportFrom(module=str(module), names=names):
                gone = names_elsewhere(module)
                found += [f"{one.lineno}: {module}"] if is_elsewhere(module) else []
                found += [f"{one.lineno}: {module}.{alias.name}" for alias in names if alias.name in gone]
    for one in nodes:
        match one:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in modules:
                if attribute in names_elsewhere(modules[name]):
                    found.append(f"{one.lineno}: {name}.{attribute}")
            case ast.Attribute(attr=attribute) if attribute in RAISE:
                found.append(f"{one.lineno}: .{attribute}")
    return found


def test_no_other_module_names_what_windows_does_not_have() -> None:
    modules = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    needed = {path.relative_to(ROOT).as_posix(): needs(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: lines for name, lines in needed.items() if lines and name not in MAY} == {}
    assert {name for name, lines in needed.items() if lines} >= MAY, "an exception that is none"


@pytest.mark.parametrize(
    "line",
    [
        "import fcntl",
        "from termios import TIOCSWINSZ",
        "import pwd, os",
        "import resource",
        "import pty",
        "from signal import SIGHUP",
        "import signal as s\ns.SIGALRM",
        "import signal\nsignal.setitimer",
        "import os\nos.fork()",
        "import os\nos.geteuid()",
        "import os\nos.O_NOFOLLOW",
        "import os\nos.pwrite",
        "import os\nos.uname()",
        "import time\ntime.tzset()",
        "from textual.drivers.linux_driver import LinuxDriver",
        "loop.remove_signal_handler(2)",
    ],
)
def test_what_windows_does_not_have_is_known(line: str) -> None:
    assert needs(line)
    assert (
        needs("import os, signal, time\nos.open, os.getpid, os.O_CREAT, signal.SIGTERM, time.sleep, os.O_BINARY") == []
    )


def test_a_lock_is_for_one_and_goes_with_the_file(tmp_path: Path) -> None:
    with (tmp_path / "slot").open("w") as one, (tmp_path / "slot").open("w") as other:
        assert platform_parts.lock(one.fileno(), wait=False)
        assert not platform_parts.lock(other.fileno(), wait=False)
        one.close()
        assert platform_parts.lock(other.fileno())
