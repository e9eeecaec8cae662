"""A batch, put together: journal, configuration, engine, pace, budget, output; opened for one run and closed after it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.batch.budget import Budget
from summarizer.batch.configuration import configuration, fingerprint
from summarizer.batch.duplicates import Duplicates, Register
from summarizer.batch.exchanges import BatchTransport, Pricing
from summarizer.batch.journal import Journal, State
from summarizer.batch.output import Output
from summarizer.batch.pace import Pace
from summarizer.batch.readers import Growing, Here, Reader, batch_engine
from summarizer.batch.runner import Runner
from summarizer.batch.telemetry import Telemetry
from summarizer.engines.base import Engine
from summarizer.engines.llm.providers import DEFAULT_MODEL
from summarizer.errors import SettingsError
from summarizer.settings import Settings

_MOST_WORKERS = 8
"""Unless more are asked for: each holds the gazetteer and the word lists, some 300 MB."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is run. None: no limit, or found out.

    `concurrency`: calls under way at once, at most. `requests_per_minute`, `tokens_per_minute`: the most that is sent (None:
    what the endpoint's headers say). `max_cost` (US dollars), `max_tokens` (in and out): over all runs with one journal.
    `workers`: processes beside this one (0: none; None: one a core, eight at most, once there are more than a few articles).
    `patience`: seconds without an answer that the endpoint is waited for.
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

    def checked(self) -> Plan:
        """Itself. Raises SettingsError, naming what is out of range."""
        for name in ("concurrency", "requests_per_minute", "tokens_per_minute", "max_cost", "max_tokens", "patience"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise SettingsError(f"--{name.replace('_', '-')} {value} is not valid: it has to be above 0")
        if self.duplicates not in list(Duplicates):
            raise SettingsError(f"duplicates {self.duplicates!r} is not valid: off, exact or near")
        for name, path in (("-o", self.output), ("--journal", self.journal)):
            if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
                raise SettingsError(f"{name} {path}: {'is a folder' if path.is_dir() else 'its folder does not exist'}")
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
    transport: BatchTransport
    engine: Engine
    described: dict[str, str]
    reopened: int


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
            say=say,
        )
        budget = Budget(plan.max_cost, plan.max_tokens)
        transport = BatchTransport(
            journal,
            pace,
            budget,
            price=pricing(settings, plan),
            timeout=settings.timeout,
            connections=plan.concurrency,
            inner=_inner(settings),
            telemetry=Telemetry(settings.model or DEFAULT_MODEL),
        )
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
            )
            try:
                yield Session(journal, runner, pace, transport, engine, described, reopened)
            finally:
                await reader.close()
                await transport.close()
    finally:
        journal.close()


def _in_hand(plan: Plan, engine: Engine) -> int:
    """Articles begun and not finished: beside those whose call is under way, some that are being analysed or checked."""
    return plan.concurrency + plan.concurrency // 4 + 4 if engine.model else 4 * _cores()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _reader(settings: Settings, plan: Plan, transport: BatchTransport, engine: Engine) -> Reader:
    here, cores = Here(settings, engine), _cores()
    if plan.workers == 0 or (plan.workers is None and cores == 1):
        return here
    from summarizer.batch.workers import Workers

    if plan.workers is not None:
        return Workers(settings, transport, plan.workers)
    return Growing(here, lambda: Workers(settings, transport, min(cores, _MOST_WORKERS)))


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
    return lambda sent, cached, received: price(target, sent, cached, received)
