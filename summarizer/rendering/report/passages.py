"""The article cut into paragraphs, and each of these where the evidence of items begins and ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.language.sentences import split_sentences
from summarizer.rendering.report.words import visible
from summarizer.schema.article import Article
from summarizer.schema.summary import ArticleInfo


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of evidence: its characters in the article, its sentence, and the anchor of the item resting on it."""

    start: int
    end: int
    sentence: int
    item: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same items rest, by their anchors."""

    text: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Overlapping evidence as one link. `sentence` is None where the passage before stands in the same one."""

    anchor: str
    sentence: int | None
    pieces: tuple[Piece, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Anchors of all items resting on it, in the order of the text."""
        return tuple(dict.fromkeys(item for piece in self.pieces for item in piece.items))


Part = str | Passage


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The article's paragraphs, and where each mark was put: the anchor of its passage."""

    paragraphs: list[list[Part]]
    anchors: dict[Mark, str]


def marked(article: ArticleInfo, marks: Sequence[Mark]) -> MarkedText:
    """The article's text with `marks` in it; a mark outside of the text is left out."""
    text = visible(article.text)
    valid = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, m.end))
    found = MarkedText([], {})
    numbers, shown = itertools.count(1), 0
    position = 0
    for start, end in _paragraphs(text, article.language):
        while position < len(valid) and valid[position].end <= start:
            position += 1
        here = list(itertools.takewhile(lambda m, end=end: m.start < end, valid[position:]))  # type: ignore[misc]
        parts: list[Part] = []
        at = start
        for cluster in _clusters([m for m in here if m.end > start]):
            first, last = max(cluster[0].start, start), min(max(m.end for m in cluster), end)
            anchor = f"passage-{next(numbers)}"
            parts.append(text[at:first])
            number = cluster[0].sentence
            parts.append(Passage(anchor, number if number != shown else None, _pieces(text, cluster, first, last)))
            shown, at = number, last
            for mark in cluster:
                found.anchors.setdefault(mark, anchor)
        found.paragraphs.append([part for part in (*parts, text[at:end]) if part])
    return found


def _paragraphs(text: str, language: str) -> list[tuple[int, int]]:
    """The bounds of each paragraph, as the sentence splitter sees them."""
    sentences = split_sentences(Article(text=text, language=language))
    groups = [list(group) for _, group in itertools.groupby(sentences, key=lambda one: one.paragraph)]
    return [(group[0].start, group[-1].end) for group in groups]


def _clusters(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Sorted marks, those that overlap together."""
    cluster: list[Mark] = []
    end = 0
    for mark in marks:
        if cluster and mark.start >= end:
            yield cluster
            cluster = []
        cluster.append(mark)
        end = max(end, mark.end) if len(cluster) > 1 else mark.end
    if cluster:
        yield cluster


def _pieces(text: str, cluster: Sequence[Mark], first: int, last: int) -> tuple[Piece, ...]:
    cuts = sorted({first, last, *(at for mark in cluster for at in (mark.start, mark.end) if first < at < last)})
    return tuple(
        Piece(text[start:end], tuple(dict.fromkeys(m.item for m in cluster if m.start <= start and end <= m.end)))
        for start, end in itertools.pairwise(cuts)
    )
