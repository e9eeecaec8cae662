"""`summarizer batch`: one batch from the command line, with its display, its signals and its exit code."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from summarizer.batch.feeding import READING
from summarizer.batch.progress import Display, Moment, Rate, complain, display_for, logged
from summarizer.batch.records import State
from summarizer.batch.runner import Outcome
from summarizer.batch.session import Plan, Session, opened
from summarizer.batch.sources import article_count, batch_articles
from summarizer.errors import Interrupted, SummarizerError
from summarizer.settings import Settings

PART_FAILED = 3
"""The exit code where some articles failed."""


def run_batch(
    settings: Settings, sources: Sequence[str | Path], plan: Plan, *, log_format: str = "text", quiet: bool = False
) -> int:
    """Run a batch and give back its exit code. Raises SummarizerError, after the display has ended."""
    gc.set_threshold(200_000)  # as in cli.py: a million objects that stay
    with contextlib.suppress(ImportError):
        import instructor  # noqa: F401 - slow to import: before the clock starts
    try:
        with logged(log_format):
            return asyncio.run(_run(settings, sources, plan, display_for(log_format, quiet=quiet)))
    except Interrupted as error:
        if Path("-") in sources and any(thread.name == READING for thread in threading.enumerate()):
            # A thread that still reads standard input: Python would abort over it.
            complain(str(error), log_format)
            os._exit(error.exit_code)
        raise


async def _run(settings: Settings, sources: Sequence[str | Path], plan: Plan, display: Display) -> int:
    reasons: Counter[str] = Counter()
    async with opened(settings, plan, display.say) as session:
        _tell_before(session, plan, display)
        articles = batch_articles(sources, settings, plan.files)
        ticking = asyncio.create_task(_tick(session, partial(article_count, sources, plan.files), display, reasons))
        stopped: SummarizerError | None = None
        try:
            with _signals(session, display):
                async for outcome in session.outcomes(articles):
                    if outcome.state is State.FAILED:
                        reasons[_kind(outcome)] += 1
        except SummarizerError as error:
            stopped = error
        finally:  # whatever ended it: a terminal gets its cursor back
            ticking.cancel()
            await asyncio.gather(ticking, return_exceptions=True)
            display.end(_moment(session, Rate(), None, reasons))
        if stopped is not None:
            raise stopped
        tally = session.runner.tally
        return PART_FAILED if tally.failed or tally.known_failed else 0


def _tell_before(session: Session, plan: Plan, display: Display) -> None:
    done = session.journal.count(State.DONE)
    if done:
        display.say(f"{done:,} articles are done already; going on")
    if session.reopened:
        display.say(f"{session.reopened:,} failed articles are tried again")
    if not done and (others := session.journal.others()):
        made = others[-1].get("model") or others[-1].get("engine")
        display.say(
            f"{plan.journal} holds results of another configuration ({made}); they stay in it, and this one starts anew"
        )


def _kind(outcome: Outcome) -> str:
    import json

    return str(json.loads(outcome.line)["error"]["kind"])


@contextlib.contextmanager
def _signals(session: Session, display: Display) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM, or a closed terminal) ends the batch in order; the second one at once."""
    loop, task, asked = asyncio.get_running_loop(), asyncio.current_task(), [0]

    def ask() -> None:
        asked[0] += 1
        if asked[0] > 1 and task is not None:
            task.cancel()
            return
        session.runner.stop(Interrupted("stopped; what is done is kept, and the same command goes on where it was"))
        waiting = session.under_way
        if waiting and session.rounds is not None:
            display.say(f"stopping; {waiting:,} requests are under way, and what is submitted goes on at the provider")
        elif waiting:
            display.say(f"stopping; {waiting} calls under way are waited for (again: not)")

    names = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    added = []
    for number in names:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows; not in the main thread
            loop.add_signal_handler(number, ask)
            added.append(number)
    try:
        yield
    except asyncio.CancelledError:
        if asked[0] > 1:
            raise Interrupted(
                "stopped at once; what is done is kept, and the same command goes on where it was"
            ) from None
        raise
    finally:
        for number in added:
            loop.remove_signal_handler(number)


async def _tick(session: Session, counted: Callable[[], int | None], display: Display, reasons: Counter[str]) -> None:
    total: list[int | None] = [None]

    def count() -> None:
        total[0] = counted()

    threading.Thread(target=count, name="counting", daemon=True).start()
    rate = Rate()
    while True:
        await asyncio.sleep(display.every)
        display.show(_moment(session, rate, total[0], reasons))


def _moment(session: Session, rate: Rate, total: int | None, reasons: Counter[str]) -> Moment:
    tally, pace = session.runner.tally, session.pace
    seconds = time.monotonic() - tally.started
    passed = tally.finished + tally.known + tally.repeated
    return Moment(
        tally=tally,
        totals=session.totals,
        seconds=seconds,
        rate=rate.at(seconds, tally.finished),
        under_way=session.under_way,
        throttled=pace.throttled,
        broken=pace.failed,
        total=total if total is None or passed <= total else None,  # a file of addresses was counted as one, say
        reasons=reasons,
        limits=pace.limits(),
    )
