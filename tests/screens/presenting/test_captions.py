"""What a demo is presented with: subtitles in pages, the list of steps, the pace, and the size of a beamer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from textual.color import Color

from screens.presenting import beamer, captions, pace, step_list
from screens.presenting.cover import BAR, Cover
from screens.presenting.panel import SLIM
from screens.presenting.step_list import SHOWN, StepList
from screens.presenting.subtitles import LINES, Subtitle, pages, room
from screens.shared.text import plain
from screens.shell.themes import looks
from screens.shell.tokens import GROUNDS, TEXTS, contrast

PROSE = st.lists(st.text("abcdé.!? -", min_size=1, max_size=90), max_size=12).map(" ".join)
PAGE = "Open Beheer en kies Koppelingen. Daar staat elke koppeling van deze vestiging, ook een die nog niet actief is."
MOVES = st.sampled_from(["up", "down", "pageup", "pagedown", "home", "end", *"0123456789"])


def playing(page: str = PAGE, *, all_keys: bool = False) -> Subtitle:
    return captions.playing("Stap 2 van 5: Openen", page, on=True, asks=False, by_step=False, all_keys=all_keys)


@given(PROSE, st.integers(20, 120), st.sampled_from([SLIM, LINES]))
def test_every_word_is_on_a_page_in_order_and_each_page_has_room(text: str, width: int, most: int) -> None:
    made = pages(text, width, most)
    assert "".join("".join(made).split()) == "".join(text.split())
    assert all(page and len(plain(page).wrap(width)) <= most for page in made)


def test_a_page_ends_where_a_sentence_does() -> None:
    assert pages("Een zin. Nog een zin! En een derde?", 20, 1) == ["Een zin.", "Nog een zin!", "En een derde?"]
    assert pages("", 20, 2) == []


def test_in_a_low_terminal_it_is_a_rule_and_two_lines() -> None:
    shown = playing()
    assert shown.slim(24)
    assert not shown.slim(36)
    rule, *text = [line.plain for line in shown.drawn(78, SLIM)]
    assert len(text) == 2
    assert rule.startswith("─ Stap 2 van 5: Openen ─")
    assert "Spatie Pauze   F1 Toetsen" in rule
    assert len(rule) == 78
    assert len(playing("Kort.").drawn(78, SLIM)) == 3, "the screen behind it does not move"


def test_the_keys_show_on_request_in_a_low_terminal_and_always_in_a_high_one() -> None:
    for lines in (playing(all_keys=True).drawn(78, SLIM), playing().drawn(116, 9)):
        told = " ".join(line.plain for line in lines)
        assert all(
            name in told for name in ("→ Volgende", "← Vorige", "L Stappen", "P Per stap", "Ctrl+T", "Ctrl+Q Stoppen")
        )
    assert len(playing().drawn(116, 9)) == 3


@given(st.integers(40, 200), st.booleans())
def test_a_pause_does_not_move_the_screen_behind_it(width: int, by_step: bool) -> None:
    """Nor does playing on by itself, whatever the keys are called meanwhile."""
    ways = [
        captions.playing("Stap 2 van 5", "Kort.", on=on, asks=asks, by_step=step, all_keys=True).drawn(width, 9)
        for on, asks in ((True, False), (False, False), (False, True))
        for step in (by_step, not by_step)
    ]
    assert len(set(map(len, ways))) == 1


def test_back_goes_to_the_step_before_and_never_out_of_the_first_one_that_plays() -> None:
    assert step_list.before(3, begun=True, over=False) == 2
    assert step_list.before(1, begun=True, over=False) == 1
    assert step_list.before(1, begun=False, over=False) == 0
    assert step_list.before(0, begun=False, over=False) == 0
    assert step_list.before(3, begun=True, over=True) == 3


def test_a_page_that_no_longer_fits_is_cut() -> None:
    lines = playing(PAGE * 3).drawn(60, SLIM)
    assert len(lines) == 3
    assert lines[-1].plain.endswith("…")


@given(st.integers(1, 200), st.lists(MOVES))
def test_the_list_stays_on_a_step_and_shows_it(steps: int, moves: list[str]) -> None:
    shown = StepList([f"Stap {number}" for number in range(steps)], 0)
    for move in moves:
        shown = shown.after(move)
        assert 0 <= shown.at < steps
        lines = [line.plain for line in shown.lines()]
        assert len(lines) == min(SHOWN, steps)
        chosen = f"▶ {shown.at}. Stap {shown.at}" if shown.at else "▶ Stap 0"
        assert [line for line in lines if line.startswith("▶")] == [chosen]


def test_a_number_of_two_digits_is_typed() -> None:
    shown = StepList(["x"] * 15, 0)
    assert shown.after("1").after("2").at == 12
    assert shown.after("9").after("1").at == 1, "there is no step 91"


def test_time_is_for_what_opens_and_for_the_night_and_none_for_typing_and_checks() -> None:
    assert pace.after_line("choose", opened=True) > 2 * pace.after_line("fill", opened=False) > 0
    assert pace.within_line("fill", 0.1, opened=False) == 0
    assert {pace.after_line(word, opened=True) for word in ("check", "expect", "shot", "mask", "remark")} == {0}
    assert pace.within_line("expect", 1.0, opened=True) == 0
    assert pace.within_line("advance", 5.0, opened=False) > pace.after_line("choose", opened=True)


@pytest.mark.parametrize(
    ("size", "wanted", "said"),
    [
        ((80, 24), None, "80 x 24 tekens: dat is op een beamer goed te lezen."),
        ((120, 36), None, "goed te lezen"),
        ((212, 55), None, "Maak de letters groter (Ctrl en +), tot ongeveer 100 x 30."),
        ((79, 24), None, "te klein"),
        ((100, 30), (100, 30), "goed te lezen"),
        ((212, 55), (100, 30), "niet 100 x 30: uw terminal doet dat niet vanzelf. Maak de letters groter"),
        ((90, 28), (100, 30), "Maak de letters kleiner"),
    ],
)
def test_it_says_how_large_the_terminal_is_and_what_to_do(
    size: tuple[int, int], wanted: tuple[int, int] | None, said: str
) -> None:
    told = beamer.advice(size, wanted)
    assert said in told
    assert len(plain(told).wrap(room(80, 24)[0])) <= SLIM


def test_on_a_beamer_every_text_stands_out_more_than_wcag_aa_asks() -> None:
    (theme,) = (one for one in looks({}) if one.name == beamer.THEME)
    token = {name: Color.parse(theme.variables[name]) for name in (*TEXTS, *GROUNDS)}
    assert min(contrast(token[text], token[ground]) for text in TEXTS for ground in GROUNDS) >= 4.8
    assert contrast(token["ink"], token["bg"]) >= 12


def test_the_cover_fills_the_terminal_and_says_how_far_it_is() -> None:
    cover = Cover((40, 10), "Stap 3 van 4 wordt overgedaan.", 0.5, "#ffffff", "#000000")
    drawn = cover.render_segments(Console())
    assert all(f"\x1b[{row};1H" in drawn for row in range(1, 11))
    assert "Een ogenblik..." in drawn
    assert "Stap 3 van 4" in drawn
    assert cover.bar.count("━") == BAR // 2
