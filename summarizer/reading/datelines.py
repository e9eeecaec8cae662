"""The line of a page that says the day and little else: "13 February 2024, 10:15", "2024年02月13日 21:15 来源：例社"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from summarizer.reading.blocks import tag
from summarizer.reading.clutter import short_text
from summarizer.reading.dates import publication_date

_LONGEST = 80  # characters of such a line
_HEAD = 4  # paragraphs that may stand before a document's running text
_FIRST = 40  # elements after the headline that are looked at
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERED = re.compile(r"(?<!\d)(\d{4})\s?[年년./-]\s?(\d{1,2})\s?[月월./-]\s?(\d{1,2})(?!\d)")
_CLOCK = re.compile(r"[\s,|·-]+\d{1,2}[:.h]\d{2}\b.*$")
_SENTENCE = re.compile(r"[.!?。！？।]\s*$|[.!?]\s+\w{3,}\s+\w{3,}\s+\w{3,}|。")
_LABELS = 2  # words that may stand before the day


def dateline(root: etree._Element) -> str | None:
    """The day, as ISO 8601, of the first such line after the page's headline; None where there is none."""
    heading = next(root.iter("h1"), None)
    if heading is None:
        return None
    below = (element for element in heading.itersiblings() for element in element.iter())
    for number, element in enumerate(below):
        if number == _FIRST:
            break
        if tag(element) in ("p", "span", "div", "li", "b", "em", "i", "small", "time", "strong", "font"):
            text = short_text(element, _LONGEST)
            if text and (day := day_of(text)):
                return day
    return None


def first_day(blocks: Sequence[str]) -> str | None:
    """The day of the first such line at the head of a document that says nothing of itself: "By A. Writer, 13 February 2024"."""
    if is_chronology(blocks):
        return None
    lines = (line for block in blocks[:_HEAD] for line in block.splitlines())
    return next((day for line in lines if (day := day_of(line) or day_of(line.partition(", ")[2]))), None)


def is_chronology(blocks: Sequence[str]) -> bool:
    """Whether several paragraphs are days: then they are the headings of what follows, and none is the document's own."""
    days = (block for block in blocks[:_FIRST] if day_of(block))
    return next(days, None) is not None and next(days, None) is not None


@lru_cache(maxsize=256)
def day_of(line: str) -> str | None:
    """The day of a line that says it and little else; None for a sentence and for less than a day."""
    if len(line) > _LONGEST or not _YEAR.search(line) or _SENTENCE.search(line.rstrip()):
        return None
    if numbered := _NUMBERED.search(line):
        return publication_date("-".join(numbered.groups()))
    return next(
        (day for words in _readings(line) if (day := publication_date(words)) and len(day) == len("2024-02-13")), None
    )


def _readings(line: str) -> Iterator[str]:
    """The line without its clock, then without the label or the words before the day."""
    bare = _CLOCK.sub("", line).strip()
    yield bare
    label, colon, rest = bare.partition(":")
    if colon and not any(character.isdigit() for character in label):
        yield rest.strip()
        return
    words = bare.split()
    for count in range(1, min(_LABELS, len(words) - 3) + 1):
        if any(character.isdigit() for character in words[count - 1]):
            return
        yield " ".join(words[count:])
