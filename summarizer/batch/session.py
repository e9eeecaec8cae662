"""A batch, put together: journal, configuration, engine, pace, budget, output; opened for one run and closed after it."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from summarizer.batch.budget import Budget
from summarizer.batch.collecting import Collecting, CollectingTransport
from summarizer.batch.configuration import configuration, fingerprint
from summarizer.batch.duplicates import Duplicates, Register
from summarizer.batch.exchanges import BatchTransport, Pricing, Totals
from summarizer.batch.journal import Journal
from summarizer.batch.output import Output
from summarizer.batch.pace import Pace
from summarizer.batch.readers import Growing, Here, Reader, batch_engine
from summarizer.batch.records import State
from summarizer.batch.requestfiles import RequestFiles
from summarizer.batch.results import discounted
from summarizer.batch.rounds import Rounds
from summarizer.batch.runner import Outcome, Runner
from summarizer.batch.submissions import Submissions
from summarizer.batch.telemetry import Telemetry
from summarizer.engines.base import Engine, Listener
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.errors import SettingsError
from summarizer.reading.entries import Unread
from summarizer.schema.article import Article
from summarizer.settings import Settings

_MOST_WORKERS = 8
"""Unless more are asked for: each holds the gazetteer and the word lists, some 300 MB."""


class Via(StrEnum):
    """How requests reach the model."""

    CALLS = "calls"  # one by one, answered at once
    OPENAI_BATCH = "openai-batch"  # in files, answered within a day, at half the price


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is run. None: no limit, or found out.

    `concurrency`: calls under way at once, at most. `requests_per_minute`, `tokens_per_minute`: the most that is sent (None:
    what the endpoint's headers say). `max_cost` (US dollars), `max_tokens` (in and out): over all runs with one journal.
    `workers`: processes beside this one (0: none; None: one a core, eight at most, once there are more than a few articles).
    `patience`: seconds without an answer that the endpoint is waited for. `via`: single calls, or the provider's batches,
    which are looked at every `poll` seconds.
    """

    journal: Path | None = None
    output: Path | None = None
    concurrency: int = 16
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    max_cost: float | None = None
    max_tokens: int | None = None
    workers: int | None = None
    retry_failed: bool = False
    duplicates: Duplicates | str = Duplicates.OFF
    patience: float = 600.0
    repeat_known: bool = False
    via: Via | str = Via.CALLS
    poll: float = 60.0

    @property
    def files(self) -> list[Path]:
        """What the batch itself writes."""
        journal = [Path(f"{self.journal}{end}") for end in ("", "-wal", "-shm", ".requests")] if self.journal else []
        return [*journal, *([self.output] if self.output else [])]

    def checked(self, *, dry_run: bool = False) -> Plan:
        """Itself. Raises SettingsError, naming what is out of range. A dry run keeps nothing, so it needs no journal."""
        for name in (
            "concurrency",
            "requests_per_minute",
            "tokens_per_minute",
            "max_cost",
            "max_tokens",
            "patience",
            "poll",
        ):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise SettingsError(f"--{name.replace('_', '-')} {value} is not valid: it has to be above 0")
        if self.via not in list(Via):
            raise SettingsError(f"via {self.via!r} is not valid: calls or openai-batch")
        if self.via == Via.OPENAI_BATCH and (self.requests_per_minute or self.tokens_per_minute):
            limit = "--requests-per-minute" if self.requests_per_minute else "--tokens-per-minute"
            raise SettingsError(f"{limit} is for single calls: with --via openai-batch the provider sets the pace")
        if self.via == Via.OPENAI_BATCH and self.journal is None and not dry_run:
            raise SettingsError("--via openai-batch wants a journal: its batches outlive the command")
        if self.duplicates not in list(Duplicates):
            raise SettingsError(f"duplicates {self.duplicates!r} is not valid: off, exact or near")
        for name, path in (("-o", self.output), ("--journal", self.journal)):
            if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
                raise SettingsError(f"{name} {path}: {'is a folder' if path.is_dir() else 'its folder does not exist'}")
        if self.output is not None and (
            str(self.output) == "-" or (self.output.exists() and not self.output.is_file())
        ):
            raise SettingsError(f"-o {self.output}: the rows go into a file that can be gone on with; name a file")
        if self.output is not None and self.journal is None:
            raise SettingsError("an output wants a journal, so that it can be gone on with")
        if self.workers is not None and self.workers < 0:
            raise SettingsError(f"--workers {self.workers} is not valid: it has to be 0 or more")
        return self


@dataclass(frozen=True, slots=True)
class Session:
    """An open batch."""

    journal: Journal
    runner: Runner
    pace: Pace
    transport: BatchTransport | CollectingTransport
    rounds: Rounds | None
    engine: Engine
    described: dict[str, str]
    reopened: int

    @property
    def under_way(self) -> int:
        """Requests that are asked and not answered."""
        return self.rounds.desk.under_way if self.rounds else self.pace.under_way

    @property
    def totals(self) -> Totals:
        """What was answered in this run."""
        return self.rounds.desk.totals if self.rounds else self.transport.totals

    def outcomes(self, articles: Iterable[Article | Unread]) -> AsyncGenerator[Outcome, None]:
        """The outcomes, as they come. Raises what stopped the batch, after the last of them."""
        return (self.rounds or self.runner).outcomes(articles)


@asynccontextmanager
async def opened(settings: Settings, plan: Plan, say: Callable[[str], None] = lambda _: None) -> AsyncIterator[Session]:
    """A session. Raises SettingsError and JournalError before anything is paid for."""
    plan = plan.checked()
    journal = Journal(plan.journal)
    try:
        pace = Pace(
            most=plan.concurrency,
            requests=plan.requests_per_minute,
            tokens=plan.tokens_per_minute,
            patience=plan.patience,
            first_alone=settings.replay is None,
            say=say,
        )
        budget = Budget(plan.max_cost, plan.max_tokens)
        transport = _transport(settings, plan, journal, pace, budget)
        engine = batch_engine(settings, transport)
        described = configuration(settings, engine)
        journal.use(fingerprint(described), described)
        reopened = journal.reopen(State.FAILED) if plan.retry_failed else 0
        spent = journal.spent()
        budget.begin(spent.cost, spent.input + spent.output)
        reader = _reader(settings, plan, transport, engine)
        with Output(plan.output, journal) if plan.output else nullcontext() as output:
            runner = Runner(
                journal,
                reader,
                pace,
                budget,
                Register(journal, Duplicates(plan.duplicates)),
                in_hand=_in_hand(plan, engine),
                write=output.add if output else lambda _: None,
                repeat_known=plan.repeat_known,
                submissions=transport.submissions if isinstance(transport, CollectingTransport) else None,
            )
            rounds = _rounds(settings, plan, journal, runner, transport, say)
            try:
                yield Session(journal, runner, pace, transport, rounds, engine, described, reopened)
            finally:
                await reader.close()
                await transport.close()
                if rounds is not None:
                    await rounds.close()
    finally:
        journal.close()


def _transport(
    settings: Settings, plan: Plan, journal: Journal, pace: Pace, budget: Budget
) -> BatchTransport | CollectingTransport:
    price = pricing(settings, plan)
    if plan.via == Via.OPENAI_BATCH and plan.journal is not None:
        _check_batches(settings)
        submissions = Submissions(journal)
        files = RequestFiles(Path(f"{plan.journal}.requests"), submissions)
        return CollectingTransport(journal, submissions, files, budget, price)
    return BatchTransport(
        journal,
        pace,
        budget,
        price=price,
        policy=RetryPolicy(settings.attempts, settings.timeout, settings.deadline),
        connections=plan.concurrency,
        inner=_inner(settings),
        telemetry=Telemetry(*called(settings)),
    )


def called(settings: Settings) -> tuple[str, str]:
    """Provider and model, for spans and metrics."""
    from summarizer.engines import falls_back
    from summarizer.engines.keyword.engine import KEYWORD
    from summarizer.engines.llm.providers import find_target

    if settings.model == KEYWORD or falls_back(settings):
        return KEYWORD, KEYWORD
    target = find_target(settings)
    return target.provider.name, target.model


def _check_batches(settings: Settings) -> None:
    from summarizer.engines import falls_back
    from summarizer.engines.keyword.engine import KEYWORD

    if settings.model == KEYWORD or falls_back(settings):
        raise SettingsError("--via openai-batch needs a model: give --model openai/..., and its key")
    for name in ("record", "replay", "cache"):
        if getattr(settings, name) is not None:
            raise SettingsError(f"--via openai-batch and --{name} exclude each other: the journal keeps the answers")


def _rounds(
    settings: Settings,
    plan: Plan,
    journal: Journal,
    runner: Runner,
    transport: BatchTransport | CollectingTransport,
    say: Listener,
) -> Rounds | None:
    if isinstance(transport, BatchTransport):
        submitted = Submissions(journal).take_back()
        if submitted:
            raise SettingsError(
                f"this journal has provider batches under way ({submitted}): go on with --via openai-batch until they are "
                "collected, so that nothing is paid twice; or give another --journal"
            )
        return None
    from summarizer.batch.desk import Desk
    from summarizer.batch.endpoint import BatchEndpoint
    from summarizer.engines.llm.providers import find_target

    if others := transport.submissions.others():
        say(
            f"{others} batches of another configuration are under way; the same command with its settings collects them"
        )
    transport.files.begin()
    target = find_target(settings)
    desk = Desk(
        transport.submissions,
        transport.files,
        BatchEndpoint(target, timeout=settings.timeout, patience=plan.patience, say=say),
        transport.budget,
        transport.price,
        poll=plan.poll,
        retry_unknown=plan.retry_failed,
        say=say,
    )
    return Rounds(runner, desk, transport)


def _in_hand(plan: Plan, engine: Engine) -> int:
    """Articles begun and not finished: beside those whose call is under way, some that are being analysed or checked."""
    return plan.concurrency + plan.concurrency // 4 + 4 if engine.model else 4 * _cores()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _reader(settings: Settings, plan: Plan, transport: BatchTransport | CollectingTransport, engine: Engine) -> Reader:
    here, cores = Here(settings, engine), _cores()
    reader: Reader = here
    if plan.workers != 0 and not (plan.workers is None and cores == 1):
        from summarizer.batch.workers import Workers

        if plan.workers is not None:
            reader = Workers(settings, transport, plan.workers)
        else:
            reader = Growing(here, lambda: Workers(settings, transport, min(cores, _MOST_WORKERS)))
    return Collecting(reader, transport.submissions) if isinstance(transport, CollectingTransport) else reader


def _inner(settings: Settings) -> Any:
    """The transport for real calls: recordings, where the settings ask for these; None for the client's own."""
    from summarizer.engines.llm.recordings import transport_for

    return transport_for(settings)


def pricing(settings: Settings, plan: Plan) -> Pricing:
    """The price of calls to the model in force. Raises SettingsError where --max-cost is asked for and it is not known."""
    from summarizer.engines import falls_back
    from summarizer.engines.keyword.engine import KEYWORD

    if settings.model == KEYWORD or falls_back(settings):
        return lambda sent, cached, received: 0.0
    from summarizer.engines.llm.pricing import price
    from summarizer.engines.llm.providers import find_target

    target = find_target(settings)
    if plan.max_cost is not None and price(target, 1, 0, 1) is None:
        raise SettingsError(f"--max-cost: the price of {target.name} is not known; limit its tokens with --max-tokens")
    listed = partial(price, target)
    return discounted(listed) if plan.via == Via.OPENAI_BATCH else listed
