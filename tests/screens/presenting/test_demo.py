"""A demo plays the draaiboek in the program, with captions; the presenter pauses, moves and takes over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from app.commands.playing import board_for, make_app
from app.training.pictures import settle, text_of
from app.training.scripts.document import Script, parse_script, read
from app.training.scripts.grammar import FORMS
from app.training.scripts.masking import SIGN
from screens.presenting.captions import ENDED
from screens.presenting.demo import Back, DemoApp
from screens.presenting.panel import PresentationPanel
from tests.playing import played
from tests.screens.driving import WIDE
from tests.screens.presenting.watching import panel, until

TEXT = """---
title: Een korte demo
role: rovict
kind: demo
---
1. Openen

Onder **Beheer** staan de koppelingen.

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
```

2. Activeren

```esis
choose "Activeren" in "IEP LVS"
fill "Uw naam" "R. de Vries"
shot eind
```
"""
EVERY_WORD = """---
title: Alles wat een draaiboek kan
role: rovict
kind: demo
---
1. Aanmelden

Met een storing, die ook weer weggaat.

```esis
fault iep-lvs unreachable
fault iep-lvs unreachable off
send pull
check message refused KLANT-01
sign out
sign in as rovict
expect "Welkom"
go to IEP LVS
go to ESIS
advance to 14-4-2020 10:00
check time 2020-04-14T10:00
```

2. Activeren

```esis
goal "De koppeling staat aan."
hint "Onder Beheer."
points 2
remark "Zonder code staat alles stil." when coupling iep-lvs paused
open Beheer > Import-Export-Koppelingen > Koppelingen
choose "Activeren" in "IEP LVS"
fill "Uw naam" "R. de Vries"
tick "Voor akkoord"
untick "Voor akkoord"
press escape
choose "Weggooien"
```

3. Kiezen

```esis
include "demo.md"
```

4. Invullen

| veld | waarde |
| --- | --- |
| Achternaam | Jansen |
| Roepnaam | Sam |

```esis
for each
fill "{veld}" "{waarde}"
expect focus "{veld}"
```

5. Klaar

```esis
type "my"
expect? colour link on "Gereed" within 1 second
check? time 2020-04-14T10:00
select "Geslacht" "Meisje"
scroll to "Gereed"
mask "Sammy"
shot eind
```
"""
"""Each word of the language once."""
INCLUDED = """
```esis
open Leerlingenadministratie
press f4
```
"""
pytestmark = pytest.mark.usefixtures("economical")


def script(text: str = TEXT) -> Script:
    return parse_script(text, Path("demo.draaiboek.md"))


@asynccontextmanager
async def showing(played: Script, **how: object) -> AsyncIterator[DemoApp]:
    """The demo without a terminal, begun; ended at the end."""
    with board_for(played, None) as (settings, board):
        app = make_app(played, settings, board, DemoApp)
        assert isinstance(app, DemoApp)
        app.present(played, **how)  # type: ignore[arg-type]
        async with app.run_test(size=WIDE, notifications=True) as pilot:
            await settle(app, pilot)
            playing = asyncio.create_task(app.play(pilot))
            yield app
            app.exit()
            await playing


async def last_screen(app: DemoApp) -> str:
    """What it shows at its end, without the panel that says so."""
    await until(lambda: app.failed or ENDED in panel(app), seconds=300)
    assert app.failed is None
    app.tell(None)
    await until(lambda: not app.screen.query(PresentationPanel))
    await settle(app, Pilot(app))
    return text_of(app)


def test_the_long_one_has_every_word() -> None:
    assert {line.split()[0] for line in EVERY_WORD.splitlines() if line} >= set(FORMS)


async def test_its_last_screen_is_that_of_the_test(tmp_path: Path) -> None:
    """In a terminal too, with the panel below what it shows: `test_play` records one."""
    path = tmp_path / "demo.draaiboek.md"
    path.write_text(EVERY_WORD, encoding="utf-8")
    path.with_name("demo.md").write_text(INCLUDED, encoding="utf-8")
    async with showing(read(path), speed=100) as app:
        last = await last_screen(app)
    (shot,) = await asyncio.to_thread(played, path, WIDE)
    assert "Sammy" in last
    assert last.replace("Sammy", SIGN * 5) == shot.text, "only a picture is masked"


async def test_what_the_panel_or_a_small_terminal_hides_does_not_stop_it() -> None:
    found = script(TEXT.replace("open Beheer", 'expect "Dit staat eronder" within 0.1 seconds\nopen Beheer'))
    async with showing(found, speed=100) as app:
        assert "Uw naam" in await last_screen(app)


async def test_the_presenter_pauses_goes_on_and_takes_over() -> None:
    async with showing(script()) as app:
        await until(lambda: "Stap 1 van 2: Openen" in panel(app))
        assert "Onder Beheer staan de koppelingen." in panel(app)
        app.post_message(_key("space"))
        await until(lambda: "(pauze)" in panel(app))
        app.post_message(_key("right"))
        await until(lambda: "Stap 2 van 2: Activeren" in panel(app))
        app.post_message(_key("ctrl+t"))
        await until(lambda: "U heeft het programma" in panel(app))
        screen = app.screen
        app.post_message(_key("ctrl+p"))
        await until(lambda: app.screen is not screen)
        app.post_message(_key("escape"))
        await until(lambda: app.screen is screen)
        app.post_message(_key("ctrl+t"))
        await until(lambda: "U heeft het programma" not in panel(app))


async def test_back_ends_it_with_the_step_to_begin_at_again() -> None:
    async with showing(script(), begin=2, speed=100) as app:
        await until(lambda: "Stap 2" in panel(app))
        app.post_message(_key("left"))
        await until(lambda: app.return_value is not None)
        assert app.return_value == Back(1)


async def test_after_the_end_it_goes_back_to_any_step() -> None:
    async with showing(script(), speed=100) as app:
        await until(lambda: ENDED in panel(app))
        await press(app, "l", "1", "enter")
        await until(lambda: app.return_value is not None)
        assert app.return_value == Back(1)


async def test_for_a_presenter_each_page_and_step_waits_for_a_key() -> None:
    async with showing(script(), speed=100, by_step=True) as app:
        await until(lambda: "Deze terminal is 120 x 36 tekens" in panel(app))
        for key, title in (("pagedown", "Stap 1 van 2: Openen"), ("space", "Stap 2 van 2: Activeren")):
            await press(app, key)
            await until(lambda title=title: title in panel(app) and app._asks)  # type: ignore[misc]
            assert "speelt" not in panel(app)
        assert app.screen.PATH[-1] == "Koppelingen"  # type: ignore[attr-defined]
        await press(app, "p")  # from here on by itself
        await until(lambda: ENDED in panel(app))
        assert not app.by_step


async def test_a_later_step_is_reached_behind_a_cover() -> None:
    async with showing(script(), by_step=True) as app:
        await until(lambda: app._asks)
        await press(app, "l", "2")
        assert "▶ 2. Activeren" in [str(line) for line in app._subtitle().more]
        await press(app, "enter")
        await until(lambda: app.covered)
        assert app._cover.told in ("", "Stap 1 van 1 wordt overgedaan.")
        await until(lambda: "Stap 2 van 2" in panel(app) and app._asks)
        assert not app.covered


async def test_the_list_of_steps_leaves_all_as_it_was() -> None:
    async with showing(script()) as app:
        await until(lambda: "Stap 1" in panel(app) or "Een korte demo" in panel(app))
        await press(app, "space", "l")
        assert "Naar welke stap?" in app._subtitle().title
        await press(app, "escape")
        assert "(pauze)" in app._subtitle().text


async def test_the_colours_stay_when_somebody_signs_in() -> None:
    async with showing(script(TEXT.replace("role: rovict\n", "")), by_step=True) as app:
        await until(lambda: app._asks)
        before = app.theme
        await press(app, "k")
        assert app.theme != before
        assert app.settings.theme == app.theme


async def test_a_line_that_cannot_be_done_stops_it_and_says_which() -> None:
    wrong = script(TEXT.replace('"Activeren"', '"Aktiveren"'))
    async with showing(wrong, speed=100) as app:
        await until(lambda: app.failed)
        await until(lambda: "kan niet verder" in panel(app))
        assert "demo.draaiboek.md:17" in panel(app)
        assert "Bedoelt u 'Activeren'?" in panel(app)


async def press(app: DemoApp, *names: str) -> None:
    """The presenter's keys, each done."""
    for name in names:
        await app.on_event(_key(name))


def _key(name: str) -> Key:
    return Key(name, None)
