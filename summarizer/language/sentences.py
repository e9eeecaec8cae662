"""Sentences with their offsets: sentencex, and what headings and titles need beside it."""

from __future__ import annotations

import re

from summarizer.schema.article import Article, Sentence, SentenceNumber

_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+|\f|\u2029")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*)+|MM\.\s*")  # "M. ", "J. ", "U.S. ": cut off from the name that follows
_LONE = re.compile(r"[\ud800-\udfff]")  # halves of surrogate pairs, which no compiled module takes
_INITIALS_END = 40  # characters: no run of initials is longer
_WINDOW = 10_000  # characters: sentencex takes quadratic time over some long paragraphs, so it gets them piece by piece
_MAX = 1000  # characters: a "sentence" longer than this (no punctuation at all) is no use as evidence


def split_sentences(article: Article) -> list[Sentence]:
    """The article's sentences in reading order; together they cover all of its text but white space."""
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(article.text), start=1):
        for first, last in _spans(article.text, start, end, article.language or "en"):
            number = SentenceNumber(len(sentences) + 1)
            sentences.append(Sentence(number, first, last, article.text[first:last], paragraph))
    return sentences


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Blocks between blank lines; in a block that is not hard-wrapped, each line is a paragraph."""
    blocks, position = [], 0
    for gap in _BLANK_LINE.finditer(text):
        blocks.append((position, gap.start()))
        position = gap.end()
    blocks.append((position, len(text)))
    spans: list[tuple[int, int]] = []
    for start, end in blocks:
        spans.extend([(start, end)] if _hard_wrapped(text[start:end]) else _lines(text, start, end))
    return [span for start, end in spans if (span := _trim(text, start, end))]


def _hard_wrapped(block: str) -> bool:
    """Lines broken at a fixed width: all but the last are of nearly the same length, and none is long."""
    lines = block.split("\n")
    if len(lines) < 3:
        return False
    lengths = [len(line.rstrip()) for line in lines[:-1]]
    longest = max(lengths)
    return 40 <= longest <= 110 and min(lengths) >= longest * 0.7


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, position = [], start
    while (newline := text.find("\n", position, end)) != -1:
        spans.append((position, newline))
        position = newline + 1
    return [*spans, (position, end)]


def _spans(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # a compiled module, only when reading

    code = language.split("-", maxsplit=1)[0]
    bounds: list[tuple[int, int]] = []
    while start < end:
        window = _LONE.sub("\ufffd", text[start : min(end, start + _WINDOW)])
        found = [
            (start + one["start_index"], start + one["end_index"]) for one in get_sentence_boundaries(code, window)
        ]
        whole = start + len(window) == end or len(found) < 2
        bounds += found if whole else found[:-1]  # the last one of a window may go on in the next
        start = start + len(window) if whole else found[-1][0]
    joined: list[tuple[int, int]] = []
    for first, last in bounds:
        if joined and _are_initials(text, *joined[-1]):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    pieces = [piece for span in joined for piece in _chopped(text, *span)]
    return [span for first, last in pieces if (span := _trim(text, first, last))]


def _are_initials(text: str, start: int, end: int) -> bool:
    return end - start <= _INITIALS_END and _INITIALS.fullmatch(text[start:end].strip()) is not None


def _chopped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _MAX:
        space = text.rfind(" ", start + _MAX // 2, start + _MAX)
        cut = space + 1 if space != -1 else start + _MAX
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
