"""Phrases of a language, found in a list of tokens: forwards from a token, or backwards up to one.

A phrase in the data is words as they are written; `*` after a word stands for any ending, ` | ` never occurs
(phrases are separated by commas), and a comma itself is never part of a phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from summarizer.language.quantity_tokens import Sort, Spelling, Token, tokenize

T = TypeVar("T")


@dataclass(slots=True)
class _Node(Generic[T]):
    words: dict[str, _Node[T]] = field(default_factory=dict)
    stems: dict[str, _Node[T]] = field(default_factory=dict)
    payload: T | None = None


class Phrases(Generic[T]):
    """A set of phrases, each with a payload; the longest one at a place wins."""

    def __init__(self, spelling: Spelling, *, backwards: bool = False) -> None:
        """An empty set; `backwards` phrases end at the token that they are matched at."""
        self._root: _Node[T] = _Node()
        self._initials: set[str] = set()  # first letters of the stems that a phrase may begin with
        self._spelling = spelling
        self._step = -1 if backwards else 1

    def add(self, phrase: str, payload: T) -> None:
        """Add one phrase; the first payload given to it stays."""
        pieces = list(pieces_of(phrase, self._spelling))
        node = self._root
        for key, is_stem in pieces[:: self._step][:1]:
            self._initials.update(key[:1] if is_stem else ())
        for key, is_stem in pieces[:: self._step]:
            branch = node.stems if is_stem else node.words
            node = branch.setdefault(key, _Node())
        if pieces and node.payload is None:
            node.payload = payload

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, T] | None:
        """The longest phrase from token `at` onwards (or backwards): how many tokens it takes, and its payload."""
        if not 0 <= at < len(tokens):
            return None
        key = tokens[at].key
        if key not in self._root.words and key[:1] not in self._initials:
            return None  # as nearly everywhere
        best: tuple[int, T] | None = None
        nodes, length = [self._root], 0
        while 0 <= at < len(tokens):
            token = tokens[at]
            nodes = [following for node in nodes for following in _follow(node, token)]
            if not nodes:
                break
            length += 1
            for node in nodes:
                if node.payload is not None:
                    best = (length, node.payload)
            # An empty line ends every phrase.
            at += self._step
            if 0 <= at < len(tokens) and (tokens[at] if self._step > 0 else token).broken:
                break
        return best


def _follow(node: _Node[T], token: Token) -> Iterator[_Node[T]]:
    if token.sort is Sort.NUMBER:
        return
    exact = node.words.get(token.key)
    if exact is not None:
        yield exact
    for stem, following in node.stems.items():
        if token.key.startswith(stem):
            yield following


def pieces_of(phrase: str, spelling: Spelling) -> Iterator[tuple[str, bool]]:
    """The keys of a phrase as it stands in the data, each with whether any ending may follow."""
    tokens = tokenize(phrase, spelling)
    for index, token in enumerate(tokens):
        if token.key == "*":
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        yield token.key, following is not None and following.key == "*" and following.glued


def listed(value: str | Iterable[str]) -> list[str]:
    """The phrases of a data entry: a text with commas between, or a list of such texts."""
    texts = [value] if isinstance(value, str) else list(value)
    return [phrase.strip() for text in texts for phrase in text.split(",") if phrase.strip()]


def phrases(value: str | Iterable[str], spelling: Spelling, *, backwards: bool = False) -> Phrases[str]:
    """The phrases of a data entry, each its own payload."""
    found: Phrases[str] = Phrases(spelling, backwards=backwards)
    for phrase in listed(value):
        found.add(phrase, phrase)
    return found
