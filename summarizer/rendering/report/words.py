"""What the report says in other words than `wording`: numbers with their hedge, dates, languages, links; safe for HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from summarizer.language.detection import UNDETERMINED
from summarizer.language.edtf import known
from summarizer.rendering import wording
from summarizer.schema.codes import Hedge
from summarizer.schema.values import Quantity

_SEPARATORS = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HEDGES = {
    Hedge.AT_LEAST: "at least",
    Hedge.MORE_THAN: "more than",
    Hedge.AT_MOST: "at most",
    Hedge.LESS_THAN: "fewer than",
    Hedge.ABOUT: "about",
    Hedge.NEARLY: "nearly",
    Hedge.RANGE: "between",
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)", re.ASCII)
_DOUBTS = {"": "{}", "?": "{}, uncertain", "~": "about {}", "%": "about {}, uncertain"}


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity for the eye: its hedge in words, its digits, and what a reader should know of it."""

    hedge: str
    digits: str
    is_words: bool = False
    note: str = ""


def clean(text: str | None) -> str:
    """`text` on one line, without what could change the page around it."""
    return wording.clean(visible(" ".join((text or "").split())))


def visible(text: str) -> str:
    """`text` with each character that HTML or UTF-8 cannot hold replaced, by a space or U+FFFD: its length stays."""
    return _CONTROLS.sub("\ufffd", _SEPARATORS.sub(" ", text))


def number(quantity: Quantity) -> Number:
    """The quantity with its hedge. A vague one keeps its own words: no number was stated."""
    note = "computed, not stated" if quantity.derived and quantity.value is not None else ""
    if quantity.hedge is Hedge.RANGE and quantity.low is not None and quantity.high is not None:
        return Number("between", f"{quantity.low:,}\u2009–\u2009{quantity.high:,}", note=note)
    if quantity.value is None:
        ends = [f"{end:,}" for end in (quantity.low, quantity.high) if end is not None]
        bound = "no number stated" + (f"; by convention {' to '.join(ends)}" if ends else "")
        return Number("", clean(quantity.as_written), is_words=True, note=bound)
    return Number(_HEDGES.get(quantity.hedge, ""), f"{quantity.value:,}", note=note)


def day(edtf: str | None) -> str:
    """An EDTF date in words: `3 March 2022`, `1\u20132 March 2022`, `since 24 February 2022`; what is none, as it is."""
    text = clean(edtf)
    if not text or known(text) is None:
        return text
    if "/" not in text:
        return _point(text)
    first, last = text.split("/")
    if first in ("", ".."):
        return f"until {_point(last)}"
    return f"since {_point(first)}" if last in ("", "..") else _between(_point(first), _point(last))


def _point(text: str) -> str:
    match = _POINT.fullmatch(text)
    if match is None:
        return text  # unspecified digits (`202X`) say it best themselves
    year, month, date, doubt = match.groups()
    parts = [str(int(date)) if date else "", _MONTHS[int(month) - 1] if month else "", year]
    return _DOUBTS[doubt].format(" ".join(part for part in parts if part))


def _between(first: str, last: str) -> str:
    """`1 March 2022` and `2 March 2022` as `1–2 March 2022`: what both share at their end is said once."""
    one, other = first.split(), last.split()
    while len(one) > 1 and len(one) == len(other) and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    dash = "–" if len(one) == 1 and len(first.split()) == len(last.split()) else " – "
    return f"{' '.join(one)}{dash}{last}"


@cache
def direction(tag: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; `auto`, which lets the text decide, where CLDR does not know it."""
    locale = None if tag == UNDETERMINED else _locale(tag)
    return {"right-to-left": "rtl", "left-to-right": "ltr"}.get(locale.character_order, "auto") if locale else "auto"


@cache
def language_name(tag: str) -> str:
    """The English name of a language: `French`; the tag itself where CLDR has none."""
    locale = _locale(tag)
    name = locale.get_display_name("en") if locale else None
    return str(name) if name else clean(tag)


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        base = tag.split("-", maxsplit=1)[0]
        return _locale(base) if base != tag else None


def link(url: str | None) -> str | None:
    """`url` if a page may link to it: http or https, with a host, on one line. Else None."""
    if not url or re.search(r"[\s\x00-\x1f\x7f\ud800-\udfff]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
