"""The hub of a class, without any process: who hears what, and what is given back when somebody goes."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.serving.desk.hub import GONE, NOBODY, TAKEN, UNKNOWN, Hub
from app.serving.desk.line import Line
from app.serving.desk.messages import Frame, Here, Message, Run
from tests.serving.members import KLAS, Program, learner, no_reason, trainer


@pytest.fixture
def hub() -> Hub:
    return Hub(no_reason)


async def test_the_desk_is_told_who_is_there_and_of_each_change(hub: Hub) -> None:
    first, desk = await learner(hub), await trainer(hub)
    [told] = desk.of("seats")
    assert told["whole"]
    assert {number: seat["user"] for number, seat in told["seats"].items()} == {str(first.number): "rovict"}
    await first.sit("rovict", hand=12.0)
    second = await learner(hub, "ib")
    assert [list(one["seats"]) for one in desk.of("seats")] == [[str(first.number)], [str(second.number)]]
    hub.leave(first.member)
    assert [one["gone"] for one in desk.of("seats")] == [[first.number]]
    await desk.say("desk", on=False)
    await second.sit("ib", hand=13.0)
    assert not desk.of("seats")


async def test_a_learner_may_ask_for_nothing_and_a_trainer_only_while_the_role_lasts(hub: Hub) -> None:
    one, other = await learner(hub), await learner(hub)
    for say in ("desk", "pause", "show"):
        await one.say(say, on=True)
    await one.say("text", text="hallo")
    await one.say("watch", to=other.number)
    assert [told["sentence"] for told in one.of("refused")] == ["Dat mag u niet."] * 5
    assert not other.heard
    await (liar := Program(hub)).sit("trainer", leads=True)
    await liar.say("pause", on=True)
    assert liar.of("refused")
    desk = await trainer(hub)
    await desk.sit("rovict")
    await desk.say("pause", on=True)
    assert desk.of("refused")
    assert not one.of("pause")


async def test_a_database_that_cannot_be_read_gives_no_rights() -> None:
    def fails(_board: int, _user: str) -> str:
        raise OSError

    desk = await trainer(Hub(fails))
    assert [told["sentence"] for told in desk.of("refused")] == [UNKNOWN]


async def test_messages_lessons_and_answers_go_to_one_or_to_all(hub: Hub) -> None:
    first, second, desk = await learner(hub), await learner(hub), await trainer(hub)
    await desk.say("text", to=first.number, text="Kom zo")
    assert first.of("text") == [{"say": "text", "text": "Kom zo", "by": "trainer"}]
    assert not second.heard
    await desk.say("text", text="x" * 9999)
    assert [len(one.of("text")[0]["text"]) for one in (first, second)] == [500, 500]
    await desk.say("begin", lesson="iep-lvs", title="IEP LVS", exam=False)
    assert all(one.of("begin") for one in (first, second))
    await desk.say("lower", to=second.number)
    await desk.say("extra", to=second.number, seconds=60)
    assert [one["say"] for one in second.of("lower", "extra")] == ["lower", "extra"]
    await desk.say("text", to=desk.number, text="aan mijzelf")
    await desk.say("text", to=999, text="aan niemand")
    assert [one["sentence"] for one in desk.of("refused")] == [GONE, GONE]


async def test_what_is_not_whole_is_not_heard(hub: Hub) -> None:
    one, desk = await learner(hub), await trainer(hub)
    for message in ({}, {"say": "text"}, {"say": "text", "text": 1}, {"say": "extra", "seconds": 5}, {"say": "oei"}):
        await hub.hear(desk.member, message)
    await hub.hear(one.member, {"say": "here", "user": 7, "step": "drie", "hand": 3, "place": "x" * 999})
    assert one.member.here == Here(hand=3.0, place="x" * 200)
    assert not one.heard


async def test_who_is_watched_sends_frames_to_who_watches_and_stops_when_nobody_does(hub: Hub) -> None:
    one, desk, colleague = await learner(hub), await trainer(hub), await trainer(hub)
    for each in (desk, colleague):
        await each.say("watch", to=one.number)
    assert [told["on"] for told in one.of("watch")] == [True, True]
    frame = Frame(80, 24, {0: (("Hallo", "", "", ""),)}, whole=True).message()
    await hub.hear(one.member, frame)
    assert [each.of("frame") for each in (desk, colleague)] == [[{**frame, "of": one.number}]] * 2
    await desk.say("watch", to=0)
    assert not one.of("watch")
    hub.leave(colleague.member)
    assert [told["on"] for told in one.of("watch")] == [False]


async def test_the_keys_of_who_took_over_arrive_in_order_and_nobody_elses(hub: Hub) -> None:
    one, desk, colleague = await learner(hub), await trainer(hub), await trainer(hub)
    await desk.say("take", on=True)
    assert [told["sentence"] for told in desk.of("refused")] == [NOBODY]
    for each in (desk, colleague):
        await each.say("watch", to=one.number)
        await each.say("take", on=True)
    assert [told["sentence"] for told in colleague.of("refused")] == [TAKEN]
    await colleague.say("keys", keys=[["x", "x"]])
    for number in range(50):
        await desk.say("keys", keys=[[str(number), None]])
    await desk.say("paste", text="geplakt")
    await desk.say("take", on=False)
    await desk.say("keys", keys=[["te laat", None]])
    heard = one.of("taken", "keys", "paste")
    assert [told.get("keys", [[told["say"]]])[0][0] for told in heard] == [
        "taken",
        *map(str, range(50)),
        "paste",
        "taken",
    ]
    assert [heard[0]["on"], heard[-1]["on"]] == [True, False]


@pytest.mark.parametrize("ends", ["closes", "looks away", "signs out", "closes the desk"])
async def test_however_a_trainer_goes_what_was_taken_is_given_back(hub: Hub, ends: str) -> None:
    one, desk = await learner(hub), await trainer(hub)
    await desk.say("watch", to=one.number)
    await desk.say("take", on=True)
    one.heard.clear()
    if ends == "closes":
        hub.leave(desk.member)
    elif ends == "looks away":
        await desk.say("watch", to=0)
    elif ends == "signs out":
        await desk.sit("")
    else:
        await desk.say("desk", on=False)
    assert [told["on"] for told in one.of("taken")] == [False]
    assert one.member.taken_by is None


async def test_who_was_taken_over_and_goes_is_let_go_of(hub: Hub) -> None:
    one, desk = await learner(hub), await trainer(hub)
    await desk.say("watch", to=one.number)
    await desk.say("take", on=True)
    hub.leave(one.member)
    assert [told["of"] for told in desk.of("gone")] == [one.number]
    await desk.say("take", on=True)
    assert desk.of("refused")


async def test_a_program_that_begins_again_on_its_page_is_told_how_it_stands(hub: Hub) -> None:
    one, desk = await learner(hub), await trainer(hub)
    await desk.say("watch", to=one.number)
    await desk.say("take", on=True)
    await desk.say("pause", on=True)
    one.heard.clear()
    await one.sit("rovict", again=True)
    assert {told["say"]: told["on"] for told in one.heard} == {"watch": True, "taken": True, "pause": True}


async def test_a_pause_holds_all_and_who_comes_later_and_ends_with_its_trainer(hub: Hub) -> None:
    one, desk, colleague = await learner(hub), await trainer(hub), await trainer(hub)
    await desk.say("pause", on=True)
    late = await learner(hub)
    assert [each.of("pause")[0]["on"] for each in (one, late)] == [True, True]
    assert not colleague.of("pause")
    hub.leave(desk.member)
    assert [each.of("pause")[0]["on"] for each in (one, late)] == [False, False]
    assert not colleague.of("seats")[-1]["paused"]
    await colleague.say("pause", on=True)
    one.heard.clear()
    await one.sit("trainer", leads=True)
    assert [told["on"] for told in one.of("pause")] == [False]


async def test_a_trainers_screen_goes_to_all_until_it_is_stopped(hub: Hub) -> None:
    one, desk = await learner(hub), await trainer(hub)
    await desk.say("show", on=True)
    assert [told["on"] for told in desk.of("watch")] == [True]
    late = await learner(hub)
    assert desk.of("watch"), "a whole frame for who came later"
    frame = Frame(80, 24, {}, whole=True).message()
    await hub.hear(desk.member, frame)
    assert [each.of("frame") for each in (one, late)] == [[frame], [frame]]
    colleague = await trainer(hub)
    await colleague.say("show", on=True)
    assert [told["on"] for told in desk.of("watch")] == [False]
    await hub.hear(desk.member, frame)
    assert not one.of("frame")
    await colleague.say("desk", on=False)
    assert hub.shown_by is colleague.member, "a trainer does other things while it is shown"
    await colleague.sit("")
    assert [told["on"] for told in one.of("shown")] == [False]


RUNS = st.lists(st.tuples(st.text(max_size=3), st.just(""), st.just(""), st.just("")), max_size=2).map(tuple)
ROWS: st.SearchStrategy[dict[int, tuple[Run, ...]]] = st.dictionaries(st.integers(0, 3), RUNS, max_size=4)
FRAMES = st.builds(Frame, st.sampled_from((10, 20)), st.just(4), ROWS, st.just((0, 0)), st.booleans())


@given(FRAMES, st.lists(FRAMES, max_size=4))
def test_frames_that_are_joined_show_what_they_show_one_by_one(first: Frame, more: list[Frame]) -> None:
    one_by_one = joined = Frame(10, 4, {}, whole=True).after(first).after(first)
    for frame in more:
        one_by_one = frame.after(one_by_one)
    if more:
        together = more[0]
        for frame in more[1:]:
            together = frame.after(together)
        joined = together.after(joined)
    assert joined.rows == one_by_one.rows
    assert Frame.read(joined.message()) == joined


async def test_a_program_that_does_not_listen_gets_one_frame_and_every_message(hub: Hub) -> None:
    gate, written = asyncio.Event(), list[Message]()

    async def write(message: Message) -> None:
        await gate.wait()
        written.append(message)

    line = Line(hub, KLAS, write, page=True)
    try:
        line.put({"say": "shown", "on": True})
        await asyncio.sleep(0)
        for number in range(40):
            line.put(Frame(10, 2, {0: ((str(number), "", "", ""),)}, whole=number == 0).message())
        line.put({"say": "text", "text": "hallo"})
        gate.set()
        async with asyncio.timeout(20):
            while len(written) < 3:
                await asyncio.sleep(0)
        assert [one["say"] for one in written] == ["shown", "frame", "text"]
        assert (frame := Frame.read(written[1])) is not None
        assert frame.whole
        assert frame.rows[0][0][0] == "39"
    finally:
        line.close()
