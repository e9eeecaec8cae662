"""The same article from two wires: exactly, or nearly, in any script.

A text is its tokens (words; single characters of scripts that are written without spaces), lower-cased. Two texts are
exactly the same if their tokens are; nearly, if their runs of three tokens overlap by `THRESHOLD` (Jaccard, estimated by
MinHash: Broder 1997) and the later one holds no number that the earlier does not: a report whose toll was corrected, or
that has more to tell, is another report. Sketches live
in the journal, so memory does not grow with the articles, and candidates are found by bands of the sketch (locality
sensitive hashing, `_BANDS` of `_ROWS`: two texts that overlap by 0.8 share one with a probability of 0.998).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from summarizer.batch.journal import Journal
from summarizer.batch.records import Key, State, key_of
from summarizer.schema.article import Article

if TYPE_CHECKING:
    import numpy as np

THRESHOLD = 0.8
_BANDS, _ROWS = 21, 6
_FEWEST = 20
"""Runs of tokens: of a shorter text, only the exact same is the same."""

# Scripts without spaces: Han, kana, Thai, Lao, Burmese, Khmer.
_SPACELESS = r"\u3400-\u9fff\u3040-\u30ff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_TOKEN = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_EXACT = -1  # the band of the whole text


class Duplicates(StrEnum):
    """Which articles count as the same as one before."""

    OFF = "off"
    EXACT = "exact"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Same:
    """The earlier article, the SHA-256 of its text, and by how much the two overlap (1: token by token the same)."""

    key: Key
    sha256: str
    similarity: float


class Register:
    """Knows the articles of a batch by their text."""

    def __init__(self, journal: Journal, kind: Duplicates) -> None:
        self._journal = journal
        self._kind = kind

    def enter(self, key: Key, article: Article, comes_to_an_end: Callable[[Key], bool] = lambda _: True) -> Same | None:
        """The earlier article that this one repeats, if any; otherwise it is entered itself.

        One that failed is not counted: what repeats it is worth a try of its own. Nor is one that is pending, unless it
        `comes_to_an_end` in this run: whoever links to it waits for that, since it may fail.
        """
        if self._kind is Duplicates.OFF:
            return None
        tokens = [token.lower() for token in _TOKEN.findall(article.text)]
        exact = key_of(*tokens)
        near = _near(tokens) if self._kind is Duplicates.NEAR else None
        bands = [(_EXACT, bytes(exact)), *(near.bands if near else ())]
        sketch = near.data if near else b""

        def counts(other: Key) -> bool:
            state = self._journal.state(other) if other != key else None
            return state is State.DONE or (state is State.PENDING and comes_to_an_end(other))

        for other in self._journal.sketched(bands[:1]):
            if counts(other):
                return Same(other, self._journal.sketch(other)[1], 1.0)
        if near:
            found = [self._compared(near, other) for other in self._journal.sketched(bands[1:]) if counts(other)]
            best = max(found, key=lambda one: one.similarity, default=None)
            if best and best.similarity >= THRESHOLD:
                return best
        self._journal.keep_sketch(key, sketch, article.sha256, bands)
        return None

    def _compared(self, near: _Near, other: Key) -> Same:
        sketch, sha256 = self._journal.sketch(other)
        return Same(other, sha256, near.overlap(sketch))


@dataclass(frozen=True, slots=True)
class _Near:
    """The sketch of a text: its least hash values (`_BANDS` times `_ROWS`, 4 bytes each), then its numbers, as 4-byte hashes."""

    data: bytes

    @property
    def bands(self) -> list[tuple[int, bytes]]:
        size = 4 * _ROWS
        return [(number, self.data[number * size : (number + 1) * size]) for number in range(_BANDS)]

    def overlap(self, earlier: bytes) -> float:
        """The share of values that are the same; 0 where this text has a number that the earlier one has not."""
        import numpy as np

        values = 4 * _BANDS * _ROWS
        if len(earlier) < values or _numbers(self.data[values:]) - _numbers(earlier[values:]):
            return 0.0
        return float(np.mean(np.frombuffer(self.data[:values], "<u4") == np.frombuffer(earlier[:values], "<u4")))


def _numbers(data: bytes) -> set[bytes]:
    return {data[at : at + 4] for at in range(0, len(data), 4)}


def _near(tokens: Sequence[str]) -> _Near | None:
    import numpy as np

    runs = {" ".join(run) for run in zip(tokens, tokens[1:], tokens[2:], strict=False)}
    if len(runs) < _FEWEST:
        return None
    numbers = sorted({token for token in tokens if any(character.isdigit() for character in token)})
    hashes = np.array([zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs], dtype=np.uint64)
    factors, offsets = _hashing()
    values = ((factors[:, None] * hashes[None, :] + offsets[:, None]) >> np.uint64(32)).min(axis=1)
    return _Near(values.astype("<u4").tobytes() + b"".join(bytes(key_of(number))[:4] for number in numbers))


@cache
def _hashing() -> tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], np.ndarray[tuple[int], np.dtype[np.uint64]]]:
    """Multiply-shift hash functions, always the same ones: sketches are compared over restarts."""
    import numpy as np

    draw = np.random.default_rng(20260101)
    count = _BANDS * _ROWS
    factors = draw.integers(0, 2**63, count, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors, draw.integers(0, 2**63, count, dtype=np.uint64)
