"""What stands at the head of a text about the text: front matter, `Title:` lines, an inline ` date 2022-03 `.

Only the head is looked at, and only known words count, so that an article that opens with "Moscow: ..."
keeps its first line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from summarizer.reading.dates import publication_date
from summarizer.reading.fields import HEADER_WORDS

_FIELDS = {unicodedata.normalize("NFC", word): name for name, words in HEADER_WORDS.items() for word in words.split()}
_LINE = re.compile(r"[ \t]*([^\W\d][\w ]{0,20}?)[ \t]*[:：][ \t]*(\S[^\n]*)")
_INLINE_DATE = re.compile(
    r"\s*(?:date|datum|fecha|data|дата|tarih|日期)[ \t]*[:：]?[ \t]*"
    r"(\d{4}-\d{2}(?:-\d{2})?)(?=[\s,;.|–—-])[ \t]*[,;.|–—-]?[ \t]*",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_HEAD = 20_000  # characters: no header is longer


@dataclass(frozen=True, slots=True)
class Header:
    """Metadata as written, by field name, and where the text begins (a character offset)."""

    fields: dict[str, str] = field(default_factory=dict)
    body_start: int = 0


def read_header(text: str) -> Header:
    """The header at the head of `text`; an empty one where there is none."""
    return _front_matter(text) or _lines(text) or _inline(text) or Header()


def _front_matter(text: str) -> Header | None:
    match = _FRONT_MATTER.match(text[:_HEAD])
    if not match:
        return None
    import yaml  # only where there is front matter

    try:
        values = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506  (BaseLoader builds strings only)
    except yaml.YAMLError:
        return None
    if not isinstance(values, dict):
        return None
    known = {
        name: value.strip()
        for key, value in values.items()
        if (name := _field_name(str(key))) and isinstance(value, str) and value.strip()
    }
    return Header(known, match.end()) if known else None


def _lines(text: str) -> Header | None:
    found: dict[str, str] = {}
    position = len(text) - len(text.lstrip())
    while match := _LINE.match(text, position, position + 2000):
        name = _field_name(match[1])
        if name is None or name in found:
            break
        found[name] = match[2].strip()
        position = _line_end(text, match.end())
    # One line that merely looks like a header ("Data: ...") may be the article's own first line.
    if not found or (len(found) == 1 and not _stands_alone(text, position, found)):
        return None
    return Header(found, position)


def _line_end(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r":
        position += 1
    return position + 1 if position < len(text) and text[position] == "\n" else position


def _stands_alone(text: str, position: int, found: dict[str, str]) -> bool:
    """A single line is a header if it is a date and nothing else, or another field with a blank line after it."""
    (name, value) = next(iter(found.items()))
    if name == "published":
        return publication_date(value) is not None
    return re.match(r"[ \t\r]*\n", text[position : position + 200]) is not None


def _inline(text: str) -> Header | None:
    match = _INLINE_DATE.match(text[:200])
    return Header({"published": match[1]}, match.end()) if match else None


def _field_name(word: str) -> str | None:
    return _FIELDS.get(unicodedata.normalize("NFC", word.strip().casefold()))
