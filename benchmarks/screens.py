"""The speed of the screens: the first paint, the paint after a key, a long list."""

from __future__ import annotations

from itertools import cycle, islice

from benchmarks.measuring import Row, Scale, in_turns
from benchmarks.stage import Stage, bare, esis, inside
from benchmarks.terminal import (
    DOWN,
    ENTER,
    ESCAPE,
    FIND,
    LEFT,
    MENU,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    UP,
    Terminal,
)

LAST_USER = "zonderrol"
"""The last line of the sign-in screen with content; both apps show it."""
WALKS = {
    "menu": (DOWN, DOWN, DOWN, RIGHT, DOWN, UP, LEFT, UP, DOWN, UP),
    "form": tuple("R. Ovict Adm"),
    "list": (DOWN, DOWN, PAGE_DOWN, UP, PAGE_DOWN, DOWN, PAGE_UP, PAGE_DOWN, UP, PAGE_UP),
}
GOALS = {"list": 1.15}
BARE_SHOWS = {"menu": "Onderdeel", "form": "Annuleren", "list": "Ingeschreven"}


def start(stage: Stage, scale: Scale) -> list[Row]:
    """From starting the process to the painted sign-in screen, and the memory used by then."""
    url = stage.copy("start")
    memory: dict[str, list[float]] = {"ours": [], "bare": []}

    def started(command: list[str], of: str) -> float:
        terminal = Terminal(command, stage.environment)
        painted = terminal.wait_for(LAST_USER)
        terminal.settle()
        memory[of].append(terminal.close())
        return painted

    ours, base = in_turns(scale.rounds, lambda: started(esis(url), "ours"), lambda: started(bare("sign-in"), "bare"))
    return [
        Row("start to first paint", ours, base, goal=1.5),
        Row("memory at the sign-in screen", memory["ours"], memory["bare"], "MB"),
    ]


def keys(stage: Stage, scale: Scale) -> list[Row]:
    """From a key to the complete paint: arrow keys in the menu, typing in the form, paging through the list."""
    url = stage.copy("keys")
    rows: list[Row] = []
    for name, walk in WALKS.items():
        ours, base = opened(stage, url, name), Terminal(bare(name), stage.environment)
        base.wait_for(BARE_SHOWS[name])
        base.settle()
        times, base_times = in_turns_keys(ours, base, walk, scale.keys)
        rows.append(Row(f"key to paint, {name}", times, base_times, goal=GOALS.get(name, 1.3)))
        rows.append(Row(f"key to paint, {name}, p99", times, base_times, goal=1.3, share=0.99))
        rows.append(Row(f"memory, {name}", [ours.close()], [base.close()], "MB"))
    return rows


def opened(stage: Stage, url: str, name: str, *options: str) -> Terminal:
    """The program in a terminal, on the starting screen of a walk."""
    terminal = Terminal([*esis(url), "--user", "rovict", *options], stage.environment)
    terminal.wait_for("Afmelden")
    terminal.settle()
    if name == "menu":
        for key in (MENU, RIGHT, ENTER):
            terminal.press(key)
            terminal.settle()
    elif name == "form":
        terminal.find("Koppeling activeren: IEP LVS", "Annuleren")
    else:
        terminal.find("Leerlingenadministratie", "Ingeschreven")
        terminal.press(DOWN)
    terminal.settle()
    return terminal


def in_turns_keys(ours: Terminal, base: Terminal, walk: tuple[str, ...], number: int) -> list[list[float]]:
    """The same walk in both programs, alternating every ten keys."""
    samples: list[list[float]] = [[], []]
    keys = list(islice(cycle(walk), number + len(walk)))
    for begin in range(0, len(keys), len(walk)):
        for terminal, found in ((ours, samples[0]), (base, samples[1])):
            painted = [terminal.painted_after(key) for key in keys[begin : begin + len(walk)]]
            if begin:  # The first round is a warm-up.
                found += [time for time in painted if time is not None]
    return samples


def long_list(stage: Stage, scale: Scale) -> list[Row]:
    """Leerlingenadministratie of a very large location, compared with one of a hundred pupils, each opened again."""
    url = stage.copy("list")
    numbers = {pupils: inside(stage, "large", url, str(pupils)) for pupils in (100, scale.pupils)}
    memory: dict[int, float] = {}
    terminals = {}
    for pupils, brin6 in numbers.items():
        terminals[pupils] = Terminal([*esis(url), "--user", "rovict", "--location", brin6], stage.environment)
        terminals[pupils].wait_for("Afmelden")

    def open_list(pupils: int) -> float:
        terminal = terminals[pupils]
        for keys in (FIND, "Leerlingenadministratie"):
            terminal.settle()
            terminal.press(keys)
        terminal.settle()
        terminal.press(ENTER)
        terminal.wait_for(f"{pupils} leerlingen")
        painted = terminal.wait_for("Ingeschreven")
        terminal.settle()
        terminal.press(ESCAPE)
        return painted

    small, large = in_turns(scale.rounds, lambda: open_list(100), lambda: open_list(scale.pupils))
    for pupils, terminal in terminals.items():
        terminal.settle()
        memory[pupils] = terminal.close()
    return [
        Row(f"list of {scale.pupils} pupils opens, beside 100", large, small, goal=1.3),
        Row(f"memory, list of {scale.pupils} beside 100", [memory[scale.pupils]], [memory[100]], "MB"),
    ]
