"""Quantities: every number of a sentence, read in each language from its own table of cases.

A file `quantities/<language>.txt` holds sentences, each followed by indented lines for its numbers in order:
`words [number] words = hedge value kind`. Without brackets all of it is the number; the hedge is exact and the
kind count unless they are named; `null` is a number without a whole value; `nothing` says that there is none.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarizer.language.quantities import QuantityKind, QuantityMention, bounds, find_quantities
from summarizer.schema.codes import Hedge

CASES = Path(__file__).parent / "quantities"
Reading = tuple[str, str, int | None, int | None, int | None, Hedge, bool, QuantityKind]


def expected(line: str) -> Reading:
    words, _, meaning = line.strip().rpartition(" = ")
    marked = re.fullmatch(r"(.*?)\[(.+?)\](.*)", words)
    number = marked.group(2) if marked else words
    hedge, kind, value, low, high = Hedge.EXACT, QuantityKind.COUNT, None, None, None
    for part in meaning.split():
        if part in set(Hedge):
            hedge = Hedge(part)
        elif part in set(QuantityKind):
            kind = QuantityKind(part)
        elif ".." in part:
            low, high = (int(end) for end in part.split(".."))
        elif part != "null":
            value = int(part)
    match hedge:
        case Hedge.AT_LEAST | Hedge.MORE_THAN:
            low = value
        case Hedge.AT_MOST | Hedge.LESS_THAN | Hedge.NEARLY:
            high = value
        case Hedge.VAGUE:
            value, low = None, value
    written = words.replace("[", "").replace("]", "") if marked else words
    return written, number, value, low, high, hedge, hedge is Hedge.VAGUE, kind


def reading(text: str, mention: QuantityMention) -> Reading:
    assert text[mention.start : mention.end] == mention.as_written
    number = text[mention.number_start : mention.number_end]
    return (
        mention.as_written,
        number,
        mention.value,
        mention.low,
        mention.high,
        mention.hedge,
        mention.derived,
        mention.kind,
    )


def cases() -> list[tuple[str, str, list[Reading]]]:
    found: list[tuple[str, str, list[Reading]]] = []
    for file in sorted(CASES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                found.append((file.stem, line, []))
            elif line.strip() != "nothing":
                found[-1][2].append(expected(line))
    return found


@pytest.mark.parametrize(("language", "text", "readings"), cases())
def test_numbers_of_a_sentence(language: str, text: str, readings: list[Reading]) -> None:
    assert [reading(text, mention) for mention in find_quantities(text, language)] == readings


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "ru", "uk", "ar"])
def test_large_languages_have_forty_cases(language: str) -> None:
    assert sum(case[0] == language for case in cases()) >= 40


@pytest.mark.parametrize(
    ("hedge", "bounded"),
    [
        (Hedge.EXACT, (5, None, None)),
        (Hedge.AT_LEAST, (5, 5, None)),
        (Hedge.MORE_THAN, (5, 5, None)),
        (Hedge.AT_MOST, (5, None, 5)),
        (Hedge.LESS_THAN, (5, None, 5)),
        (Hedge.ABOUT, (5, None, None)),
        (Hedge.NEARLY, (5, None, 5)),
    ],
)
def test_bounds_follow_the_codebook(hedge: Hedge, bounded: tuple[int | None, ...]) -> None:
    assert bounds(hedge, 5, None, None) == bounded


def test_bounds_of_a_range_and_of_a_vague_word() -> None:
    assert bounds(Hedge.RANGE, None, 30, 40) == (None, 30, 40)
    assert bounds(Hedge.VAGUE, None, 12, None) == (None, 12, None)
