"""Cue words of events, figures and stances, from the `[events]` table of each language's data file.

An entry is one or several words, compared folded (case and accents do not count); `*` stands for any ending. In scripts
without spaces it is found wherever it stands. `signed … agreement` allows for words between; `nahm … ein|` wants the last
one at the end of its clause. The entries of the code `ignore` ("hunger strike") are no cues, nor is what they contain.
A language without a table has no cues: nothing is guessed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.language.cues import cues
from summarizer.language.folding import Word, fold
from summarizer.language.folding import words as words_of

_SHORTEST_REST = 3  # letters that must stay when a prefix is taken off
_GAP = 6  # words that `…` stands for at most
_BRACKET = 14  # the same, where the last word must end a clause
_REMEMBERED = 20_000  # words of a table
IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in the text: `code` is what it stands for, `start`:`end` its characters."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    pieces: tuple[str, ...]
    tail: tuple[str, ...] = ()  # the words after a gap
    closing: frozenset[str] | None = (
        None  # where the tail must end a clause: words before which one ends without a mark
    )

    def fits(self, words: Sequence[Word], at: int, first: str) -> bool:
        """Whether the entry stands at `words[at]`, which is read as `first`."""
        end = at + len(self.pieces)
        keys = [first, *(word.key for word in words[at + 1 : end])]
        if len(keys) < len(self.pieces) or not all(map(_fits, self.pieces, keys)):
            return False
        return not self.tail or self._closes(words, end)

    def _closes(self, words: Sequence[Word], end: int) -> bool:
        reach = _GAP if self.closing is None else _BRACKET
        for low in range(end, min(len(words) - len(self.tail), end + reach) + 1):
            high = low + len(self.tail)
            if all(_fits(piece, word.key) for piece, word in zip(self.tail, words[low:high], strict=True)):
                return self.closing is None or _ends_clause(words, high, self.closing)
        return False


def _ends_clause(words: Sequence[Word], high: int, conjunctions: frozenset[str]) -> bool:
    """Whether a mark, the end or a conjunction follows `words[high - 1]`."""
    if high >= len(words):
        return True
    return words[high].start > words[high - 1].end + 1 or words[high].key in conjunctions


def _pieces(entry: str) -> Iterator[str]:
    """The words of an entry, folded as those of a text are; `*` stays at the end of its word."""
    for part in entry.split():
        keys = [word.key for word in words_of(part.rstrip("*"))]
        yield from keys[:-1]
        if keys:
            yield keys[-1] + "*" * part.endswith("*")


def _fits(piece: str, key: str) -> bool:
    return key.startswith(piece[:-1]) if piece.endswith("*") else key == piece


class CueTable:
    """The cues of one table of one language."""

    def __init__(
        self, entries: Mapping[str, Iterable[str]], prefixes: Sequence[str] = (), conjunctions: Iterable[str] = ()
    ) -> None:
        """`prefixes` are what a language writes in one word with the next (Arabic `و`, `ال`); `conjunctions` the words
        before which a clause ends without a mark."""
        ends = frozenset(fold(one) for one in conjunctions)
        self._whole: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._dense: list[tuple[str, str]] = []
        self._prefixes = tuple(sorted(prefixes, key=len, reverse=True))
        for code, written in entries.items():
            for one in written:
                head, _, rest = one.partition("…")
                pieces, tail = tuple(_pieces(head)), tuple(_pieces(rest.rstrip("|")))
                if not pieces:
                    continue
                index = self._stems if pieces[0].endswith("*") else self._whole
                entry = _Entry(code, pieces, tail, ends if one.endswith("|") else None)
                index.setdefault(pieces[0].rstrip("*"), []).append(entry)
                if len(pieces) == 1 and not tail:
                    self._dense.append((pieces[0].rstrip("*"), code))
        self._dense.sort(key=lambda pair: -len(pair[0]))
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}, reverse=True))
        self._beginnings: dict[str, tuple[tuple[str, tuple[_Entry, ...]], ...]] = {}

    def find(self, words: Sequence[Word]) -> list[Cue]:
        """The cues among `words`, in order; of two that overlap the longer one, of two alike the first in the table."""
        found: list[Cue] = []
        at = 0
        while at < len(words):
            if words[at].dense:
                found.extend(self._inside(words[at]))
                at += 1
                continue
            entry = self._longest(words, at)
            if entry is None:
                at += 1
                continue
            last = at + len(entry.pieces) - 1
            if entry.code != IGNORE:
                found.append(Cue(entry.code, words[at].start, words[last].end))
            at = last + 1
        return found

    def _longest(self, words: Sequence[Word], at: int) -> _Entry | None:
        beginnings = self._beginning(words[at].key)
        if not beginnings:
            return None
        fitting = [entry for key, entries in beginnings for entry in entries if entry.fits(words, at, key)]
        return max(fitting, key=lambda entry: len(entry.pieces) + len(entry.tail), default=None)

    def _beginning(self, key: str) -> tuple[tuple[str, tuple[_Entry, ...]], ...]:
        """The entries that may begin with a word, under each way to read it; most words begin none."""
        known = self._beginnings.get(key)
        if known is None:
            known = tuple((form, entries) for form in self._forms(key) if (entries := self._entries(form)))
            if len(self._beginnings) < _REMEMBERED:
                self._beginnings[key] = known
        return known

    def _entries(self, form: str) -> tuple[_Entry, ...]:
        entries = list(self._whole.get(form, ()))
        for length in self._lengths:
            if length <= len(form):
                entries += self._stems.get(form[:length], ())
        return tuple(entries)

    def _forms(self, key: str) -> Iterator[str]:
        yield key
        for prefix in self._prefixes:
            if key.startswith(prefix) and len(key) - len(prefix) >= _SHORTEST_REST:
                yield key[len(prefix) :]

    def _inside(self, word: Word) -> Iterator[Cue]:
        taken: set[int] = set()
        cues_in: list[Cue] = []
        for piece, code in self._dense:
            at = word.key.find(piece)
            while at != -1:
                span = range(at, at + len(piece))
                if taken.isdisjoint(span):
                    taken.update(span)
                    if code == IGNORE:
                        at = word.key.find(piece, at + 1)
                        continue
                    cues_in.append(Cue(code, word.start + at, min(word.start + at + len(piece), word.end)))
                at = word.key.find(piece, at + 1)
        return iter(sorted(cues_in, key=lambda cue: cue.start))


@cache
def cue_table(language: str, name: str) -> CueTable:
    """The table `[events.<name>]`, or the plain list `name` of `[events]` as a table of one code."""
    events = cues(language, "events")
    entries = events.get(name, {})
    prefixes = [fold(one) for one in events.get("prefixes", ())]
    conjunctions = events.get("clause_ends", ())
    return CueTable(entries if isinstance(entries, dict) else {name: entries}, prefixes, conjunctions)


def has_cues(language: str) -> bool:
    """Whether there are cue words for this language."""
    return bool(cues(language, "events"))
