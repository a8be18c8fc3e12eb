"""A signal during an event loop of its own."""

from __future__ import annotations

import asyncio
import signal

import pytest

from app import ending


@pytest.mark.parametrize("then", [None, RuntimeError(), asyncio.CancelledError()], ids=["goes on", "fails", "stops"])
def test_whatever_work_does_when_it_is_broken_off_the_signal_ends_it(then: BaseException | None) -> None:
    async def work() -> str:
        ending._signalled(signal.SIGTERM, None)
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            if then is not None:
                raise then from None
        return "done"

    with pytest.raises(ending.Ended) as ended:
        ending.run(work())
    assert ended.value.number == signal.SIGTERM


def test_without_a_signal_what_comes_of_it_comes_back() -> None:
    async def work() -> str:
        return "done"

    async def fails() -> None:
        raise ZeroDivisionError

    assert ending.run(work()) == "done"
    with pytest.raises(ZeroDivisionError):
        ending.run(fails())


def test_a_task_that_passes_over_its_end_is_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ending, "AGAIN", 0.05, raising=False)
    cancelled = []

    async def stubborn() -> None:
        while len(cancelled) < 2:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                cancelled.append("passed over")
        raise ZeroDivisionError

    async def work() -> None:
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        ending._signalled(signal.SIGINT, None)
        await asyncio.sleep(60)
        assert task

    with pytest.raises(ending.Ended):
        ending.run(work())
    assert len(cancelled) == 2
    assert caplog.records == []
    assert capsys.readouterr().err == ""
