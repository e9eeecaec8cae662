"""Time is linear in the text, in every stage, for running text of every script and for the worst that we could think of.

Compared is the time of one text with that of another four times as long, in one process: four times the time is linear,
sixteen quadratic. `python -m benchmarks.scaling` measures longer ones.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from benchmarks.inputs import PATHOLOGIES, SCRIPTS, Input
from benchmarks.scaling import LIMIT, timed
from summarizer.errors import ReadingError
from summarizer.reading.sources import read_article

SHORT, LONG = 2_000, 8_000  # characters
FOURFOLD = LIMIT**2
MEASURABLE = 0.004  # seconds: what the short text takes at least, for the comparison's sake
REPEATS = 6  # a measurement that other processes disturbed is made again


@pytest.fixture(scope="module", autouse=True)
def _tables_are_loaded() -> Iterator[None]:
    """What is loaded once is neither measured nor looked through for garbage at each measurement."""
    for source in SCRIPTS:
        for _ in timed(source.make(500), source.language):
            pass
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("source", [*SCRIPTS, *PATHOLOGIES], ids=lambda source: source.name.replace(" ", "-"))
def test_time_is_linear_in_the_text(source: Input) -> None:
    short: dict[str, float] = {}
    long: dict[str, float] = {}
    slow: dict[str, float] = {}
    for _ in range(REPEATS):
        _keep_least(short, source, SHORT)
        _keep_least(long, source, LONG)
        slow = {
            stage: seconds / max(short[stage], MEASURABLE)
            for stage, seconds in long.items()
            if seconds > FOURFOLD * max(short[stage], MEASURABLE)
        }
        if not slow:
            return
    assert not slow, f"{source.name}: {slow}"


def _keep_least(times: dict[str, float], source: Input, length: int) -> None:
    for stage, seconds in timed(source.make(length), source.language):
        times[stage] = min(seconds, times.get(stage, seconds))


@pytest.mark.parametrize("piece", ["a", "战", "9", '"', "("])
def test_ten_megabytes_without_a_space_are_refused_or_read(piece: str) -> None:
    text = "Kyiv " + piece * (10_000_000 // len(piece.encode()))
    with pytest.raises(ReadingError, match="larger than 5,000,000 bytes"):
        read_article(text.encode())
    assert len(read_article(text.encode(), max_bytes=20_000_000).text) == len(text)
