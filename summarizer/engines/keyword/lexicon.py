"""Cue words of events, figures and stances, from the `[events]` table of each language's data file.

An entry is one or several words, compared folded (case and accents do not count); `*` stands for any ending. In scripts
without spaces it is found wherever it stands. A language without a table has no cues: nothing is guessed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.language.cues import cues
from summarizer.language.folding import Word, fold, words

_SHORTEST_REST = 3  # letters that must stay when a prefix is taken off


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

    def fits(self, keys: Sequence[str]) -> bool:
        return len(keys) >= len(self.pieces) and all(map(_fits, self.pieces, keys))


def _pieces(entry: str) -> Iterator[str]:
    """The words of an entry, folded as those of a text are; `*` stays at the end of its word."""
    for part in entry.split():
        keys = [word.key for word in words(part.rstrip("*"))]
        yield from keys[:-1]
        if keys:
            yield keys[-1] + "*" * part.endswith("*")


def _fits(piece: str, key: str) -> bool:
    return key.startswith(piece[:-1]) if piece.endswith("*") else key == piece


class CueTable:
    """The cues of one table of one language."""

    def __init__(self, entries: Mapping[str, Iterable[str]], prefixes: Sequence[str] = ()) -> None:
        """`prefixes` are what a language writes in one word with the next (Arabic `و`, `ال`)."""
        self._whole: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._dense: list[tuple[str, str]] = []
        self._prefixes = tuple(sorted(prefixes, key=len, reverse=True))
        for code, written in entries.items():
            for one in written:
                pieces = tuple(_pieces(one))
                if not pieces:
                    continue
                index = self._stems if pieces[0].endswith("*") else self._whole
                index.setdefault(pieces[0].rstrip("*"), []).append(_Entry(code, pieces))
                if len(pieces) == 1:
                    self._dense.append((pieces[0].rstrip("*"), code))
        self._dense.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: Sequence[Word]) -> list[Cue]:
        """The cues among the words of a text, in order; of two that overlap the longer one, of two alike the first in the table."""
        found: list[Cue] = []
        at = 0
        while at < len(text):
            if text[at].dense:
                found.extend(self._inside(text[at]))
                at += 1
                continue
            entry = self._longest(text, at)
            if entry is None:
                at += 1
                continue
            last = at + len(entry.pieces) - 1
            found.append(Cue(entry.code, text[at].start, text[last].end))
            at = last + 1
        return found

    def _longest(self, text: Sequence[Word], at: int) -> _Entry | None:
        rest = [word.key for word in text[at + 1 : at + 6]]
        fitting = [entry for key in self._forms(text[at].key) for entry in self._beginning(key, rest)]
        return max(fitting, key=lambda entry: len(entry.pieces), default=None)

    def _forms(self, key: str) -> Iterator[str]:
        yield key
        for prefix in self._prefixes:
            if key.startswith(prefix) and len(key) - len(prefix) >= _SHORTEST_REST:
                yield key[len(prefix) :]

    def _beginning(self, key: str, rest: Sequence[str]) -> Iterator[_Entry]:
        entries = list(self._whole.get(key, ()))
        for length in range(len(key), 0, -1):
            entries += self._stems.get(key[:length], ())
        return (entry for entry in entries if entry.fits((key, *rest)))

    def _inside(self, word: Word) -> Iterator[Cue]:
        taken: set[int] = set()
        cues_in: list[Cue] = []
        for piece, code in self._dense:
            at = word.key.find(piece)
            while at != -1:
                span = range(at, at + len(piece))
                if taken.isdisjoint(span):
                    taken.update(span)
                    cues_in.append(Cue(code, word.start + at, min(word.start + at + len(piece), word.end)))
                at = word.key.find(piece, at + 1)
        return iter(sorted(cues_in, key=lambda cue: cue.start))


@cache
def cue_table(language: str, name: str) -> CueTable:
    """The table `[events.<name>]`, or the plain list `name` of `[events]` as a table of one code.

    `breaks` are the words that open a clause, which `[dates.tense]` has.
    """
    events = cues(language, "events")
    if name == "breaks":
        return CueTable({name: cues(language, "dates").get("tense", {}).get("breaks", ())})
    entries = events.get(name, {})
    prefixes = [fold(one) for one in events.get("prefixes", ())]
    return CueTable(entries if isinstance(entries, dict) else {name: entries}, prefixes)


def has_cues(language: str) -> bool:
    """Whether there are cue words for this language."""
    return bool(cues(language, "events"))
