"""What a person sees of a batch: a display on a terminal, a line now and then elsewhere, or lines of JSON; always on stderr."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from summarizer.batch.exchanges import Totals
from summarizer.batch.runner import Tally

_WINDOW = 60.0
"""Seconds over which the rate is measured."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How the batch stands. `total` is None where it is not known how many articles there are; times are in seconds. `limits`
    are those in force, set or learned: how many `requests` or `tokens` in how many seconds."""

    tally: Tally
    totals: Totals
    seconds: float
    rate: float
    under_way: int
    throttled: int
    broken: int
    total: int | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def left(self) -> float | None:
        """Seconds to the end, at this rate."""
        if self.total is None or self.rate <= 0:
            return None
        return max(0, self.total - self.tally.finished - self.tally.known - self.tally.repeated) / self.rate

    @property
    def cached(self) -> float | None:
        """The share of input tokens that the provider's prefix cache served."""
        usage = self.totals.usage
        return usage.cached / usage.input if usage.input else None

    def values(self) -> dict[str, Any]:
        """Everything, for JSON."""
        tally, usage = self.tally, self.totals.usage
        return {
            "done": tally.done,
            "failed": tally.failed,
            "linked": tally.linked,
            "known": tally.known,
            "repeated": tally.repeated,
            "total": self.total,
            "seconds": round(self.seconds, 1),
            "articles_per_second": round(self.rate, 3),
            "seconds_left": None if self.left is None else round(self.left),
            "calls_under_way": self.under_way,
            "requests": self.totals.requests,
            "answered_from_journal": self.totals.from_journal,
            "limited": self.throttled,
            "limits": {unit: {"limit": limit, "seconds": period} for unit, (limit, period) in self.limits.items()},
            "broken": self.broken,
            "input_tokens": usage.input,
            "cached_share": None if self.cached is None else round(self.cached, 4),
            "output_tokens": usage.output,
            "cost": None if usage.unpriced else round(usage.cost, 6),
        }


class Rate:
    """Articles a second, over the last minute."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque([(0.0, 0)])

    def at(self, seconds: float, finished: int) -> float:
        """The rate after so many seconds and articles."""
        self._seen.append((seconds, finished))
        while len(self._seen) > 2 and self._seen[1][0] < seconds - _WINDOW:
            self._seen.popleft()
        since, before = self._seen[0]
        return (finished - before) / (seconds - since) if seconds > since else 0.0


class Display(Protocol):
    """Shows a batch. `every` is how often it wants to, in seconds."""

    every: float

    def say(self, text: str) -> None:
        """Something that a person should know."""

    def show(self, moment: Moment) -> None:
        """How it stands."""

    def end(self, moment: Moment) -> None:
        """It is over."""


class Lines:
    """A line of text now and then."""

    every = 30.0

    def say(self, text: str) -> None:
        """See Display."""
        tell(f"summarizer: {text}")

    def show(self, moment: Moment) -> None:
        """See Display."""
        tell(f"summarizer: {_line(moment)}")

    def end(self, moment: Moment) -> None:
        """See Display."""
        for line in report(moment):
            tell(line)


class JsonLines:
    """One JSON object a line, for machines."""

    every = 10.0

    def say(self, text: str) -> None:
        """See Display."""
        tell_event("note", {"text": text})

    def show(self, moment: Moment) -> None:
        """See Display."""
        tell_event("progress", moment.values())

    def end(self, moment: Moment) -> None:
        """See Display."""
        tell_event("end", {**moment.values(), "reasons": dict(moment.reasons)})


class Quiet:
    """Only what went wrong."""

    every = 3600.0

    def say(self, text: str) -> None:
        """See Display."""

    def show(self, moment: Moment) -> None:
        """See Display."""

    def end(self, moment: Moment) -> None:
        """See Display."""


class Terminal:
    """A line that is drawn again and again, with a bar where the number of articles is known. One that was closed is no
    reason to stop: the signal of it is."""

    every = 0.5

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        self._console = Console(stderr=True)
        columns = (SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}"))
        self._progress = Progress(*columns, console=self._console, transient=True)
        self._task = self._progress.add_task("reading", total=None)

    def say(self, text: str) -> None:
        """See Display."""
        with contextlib.suppress(OSError, ValueError):
            self._console.print(f"summarizer: {text}", markup=False, highlight=False)

    def show(self, moment: Moment) -> None:
        """See Display."""
        passed = moment.tally.finished + moment.tally.known + moment.tally.repeated
        with contextlib.suppress(OSError, ValueError):
            if not self._progress.live.is_started:
                self._progress.start()
            self._progress.update(self._task, total=moment.total, completed=passed, description=_line(moment))

    def end(self, moment: Moment) -> None:
        """See Display."""
        with contextlib.suppress(OSError, ValueError):
            self._progress.stop()
            for line in report(moment):
                self._console.print(line, markup=False, highlight=False)


def display_for(log_format: str, *, quiet: bool) -> Display:
    """The display that fits: `log_format` is `text` or `json`."""
    if quiet:
        return Quiet()
    if log_format == "json":
        return JsonLines()
    return Terminal() if sys.stderr.isatty() else Lines()


def report(moment: Moment) -> list[str]:
    """The end of a batch in a few lines."""
    tally, totals, usage = moment.tally, moment.totals, moment.totals.usage
    counts = [f"{tally.done:,} done", f"{tally.failed:,} failed"]
    counts += [f"{tally.linked:,} the same as another"] * bool(tally.linked)
    counts += [f"{tally.known:,} known from before" + _of_these_failed(tally)] * bool(tally.known)
    counts += [f"{tally.repeated:,} given twice"] * bool(tally.repeated)
    rate = f", {_rate(tally.finished / max(moment.seconds, 1e-9))}" if tally.finished else ""
    lines = [f"{', '.join(counts)}; {_duration(moment.seconds)}{rate}"]
    if totals.requests or totals.from_journal:
        details = [f"{totals.from_journal:,} more answered from the journal"] * bool(totals.from_journal)
        details += [f"{moment.throttled:,} limited (429)"] * bool(moment.throttled)
        details += [f"{moment.broken:,} broken"] * bool(moment.broken)
        calls = f"{totals.requests:,} calls" + (f" ({', '.join(details)})" if details else "")
        lines.append(f"{calls}; {_tokens(moment)}; {_cost(usage.cost, usage.unpriced)}")
    if moment.reasons:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in Counter(moment.reasons).most_common(5))
        lines.append(f"failed: {kinds}; the reasons are in the output, and --retry-failed tries again")
    return lines


def _of_these_failed(tally: Tally) -> str:
    return f" ({tally.known_failed:,} of them failed)" if tally.known_failed else ""


def _line(moment: Moment) -> str:
    tally, usage = moment.tally, moment.totals.usage
    passed = tally.finished + tally.known + tally.repeated
    parts = [f"{passed:,} of {moment.total:,}" if moment.total is not None else f"{passed:,} articles"]
    parts += [f"{tally.failed:,} failed"] * bool(tally.failed)
    parts.append(_rate(moment.rate))
    if moment.left is not None:
        parts.append(f"{_duration(moment.left)} left")
    if moment.totals.requests or moment.under_way:
        parts += [f"{moment.under_way:,} calls under way", _tokens(moment), _cost(usage.cost, usage.unpriced)]
    parts += [f"{moment.throttled:,} limited"] * bool(moment.throttled)
    return ", ".join(parts)


def _tokens(moment: Moment) -> str:
    usage = moment.totals.usage
    cached = f" ({moment.cached:.0%} cached)" if moment.cached is not None else ""
    return f"{_short(usage.input)} tokens in{cached}, {_short(usage.output)} out"


def _short(number: int) -> str:
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.1f}{letter}"
    return str(number)


def _cost(cost: float, unpriced: int) -> str:
    return "price not known" if unpriced else f"${cost:.2f}" if cost >= 1 or cost == 0 else f"${cost:.4f}"


def _rate(rate: float) -> str:
    return f"{rate:.1f} articles/s" if rate >= 1 or rate == 0 else f"{rate * 60:.1f} articles/min"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 7200 else f"{whole / 3600:.1f} h"


@contextlib.contextmanager
def logged(log_format: str) -> Iterator[None]:
    """While this lasts, what Python itself would print on stderr (warnings, faults that are logged) is in the log's format."""
    if log_format != "json":
        yield
        return
    before, logging.lastResort = logging.lastResort, _JsonHandler(logging.WARNING)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        logging.lastResort = before


class _JsonHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler."""
        tell_event("log", {"level": record.levelname.lower(), "text": self.format(record)})


def tell_event(event: str, values: Mapping[str, Any]) -> None:
    """Print one object of the JSON log on stderr."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    tell(json.dumps({"time": now, "event": event, **values}, ensure_ascii=False))


def complain(text: str, log_format: str) -> None:
    """Print on stderr, in the log's format, what ended the command."""
    if log_format == "json":
        tell_event("error", {"text": text})
    else:
        tell(f"summarizer: {text}")


def tell(text: str) -> None:
    """Print on stderr. A terminal that was closed is no reason to stop."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201
