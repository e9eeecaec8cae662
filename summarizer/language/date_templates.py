"""Templates of dates, compiled to one regular expression for each shape and language.

A template is a folded regular expression in which `(` never captures, a blank is any white space but a paragraph
break, `<` and `>` enclose the words that are the date, and a placeholder names a word list:

    {d} day   {m} {mm} {ma} month   {w} {ww} {wa} weekday   {y} year   {mn} {dn} digits   {n} number
    {u} unit of time   {nu} number and unit in one word   {o} ordinal number

{mm} and {ww} leave out names that mean something else too, {ma} and {wa} take abbreviations as well. A `2` after the
name makes it the second of its kind. CLDR's own patterns are templates too, so that a language needs no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from summarizer.language.cues import cues
from summarizer.language.date_folding import plain
from summarizer.language.date_words import SOLAR, date_words, fallback, written_dense

_BLANK = r"(?:[ ]{1,3}|[ ]?\n[ ]?)"
_TOKEN = re.compile(r"\{(\w+?)(2?)\}|\(\?<?[=!]|\(\?:|\[\^?[^\]]*\]|\(|<|>| |\\.|.", re.DOTALL)
_CLDR_FIELD = re.compile(r"'([^']*)'|([a-zA-Z])\2*|([^a-zA-Z']+)")
_NEVER = "(?!)"

_GENERIC: Mapping[str, tuple[str, ...]] = {
    "range": (
        r"({wa},? )?{d}\.?( {ma}(,? {y})?)? ?- ?({wa2},? )?{d2}\.? {ma2}(,? {y2})?",
        r"{ma} {d} ?- ?{d2},? {y2}",
    ),
    "date": (r"({wa},? )?{d}\.? {ma}(,? {y})?", r"({wa},? )?{ma} {d},? {y}"),
    "month": ("{m} {y}",),
    "year": ("{y} ?- ?{y2}",),
    "weekday": ("{ww}",),
}
SHAPES = [
    "range",
    "night",
    "night_into",
    "night_from",
    "date",
    "ordinal",
    "weekday_day",
    "day_last",
    "day_next",
    "day",
    "month",
    "month_last",
    "month_next",
    "year",
    "weekday",
    "weekday_last",
    "weekday_next",
]
"""The shapes with a template list of their own in `[dates.templates]`."""


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One compiled shape. `parts[t]` are the placeholders of its template number t; `spanned` have `<` and `>`."""

    pattern: re.Pattern[str]
    keys: tuple[str, ...]
    parts: tuple[tuple[tuple[str, str], ...], ...]
    spanned: frozenset[int]

    def matches(self, text: str) -> Iterator[tuple[Span, Span, str, dict[str, Span]]]:
        """For each match: its span, that of the date in it, the template's key, the spans of its parts."""
        for match in self.pattern.finditer(text):
            name = match.lastgroup or ""
            number = int(name[1:])
            inner = f"s{number}" if number in self.spanned else name
            spans = {part: match.span(group) for part, group in self.parts[number] if match.start(group) >= 0}
            yield match.span(name), match.span(inner), self.keys[number], spans


def _names(names: Iterable[str], full: Mapping[str, int] | None = None) -> str:
    """An alternation of names, the longest first; those that are not `full` names may end in a full stop."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    if not ordered:
        return _NEVER
    dots = ["" if full is None or name in full else r"\.?" for name in ordered]
    written = [re.escape(name).replace(r"\ ", _BLANK) + dot for name, dot in zip(ordered, dots, strict=True)]
    return f"(?:{'|'.join(written)})"


@cache
def _placeholders(language: str) -> dict[str, str]:
    words, table = date_words(language), cues(language, "dates")
    day_words = words.ordinals if table.get("day_words") else {}
    suffix = table.get("day_suffix", "")
    day = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d|[.,:]\d)"
    day = f"{day}(?:{plain(suffix)})?" if suffix else day
    solar = r"|1[34]\d\d" if any(month > SOLAR for month in words.months.values()) else ""
    certain_months = set(words.months) - words.ambiguous
    certain_weekdays = set(words.weekdays) - words.ambiguous
    return {
        "d": f"(?:{day}|{_names(one for one, value in day_words.items() if value <= 31)})",
        "dn": r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        "mn": r"(?<!\d)(?:0?[1-9]|1[0-2])(?!\d)",
        "m": _names(words.months),
        "mm": _names(certain_months),
        "ma": _names(words.short_months, words.months),
        "w": _names(words.weekdays),
        "ww": _names(certain_weekdays),
        "wa": _names(words.short_weekdays, words.weekdays),
        "y": rf"(?<!\d)(?:1[89]\d\d|20\d\d{solar})(?!\d|[.,]\d)",
        "n": rf"(?:(?<![\d.,])\d{{1,3}}(?!\d|[.,]\d)|{_names(words.numbers)})",
        "u": _names(words.units),
        "nu": _names(words.spans),
        "o": rf"(?:{_names(words.ordinals)}|(?<!\d)\d{{1,4}}(?:{plain(table.get('ordinal_suffix', '')) or _NEVER}))",
    }


def _compiled(template: str, number: int, names: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """The regular expression of one template, its parts, and whether it says which words are the date."""
    out: list[str] = []
    parts: list[tuple[str, str]] = []
    spanned = False
    for token in _TOKEN.finditer(plain(template)):
        piece, name, second = token.group(), token.group(1), token.group(2)
        if name:
            group = f"{name}{second}_{number}_{len(parts)}"
            parts.append((_part(name) + second, group))
            piece = f"(?P<{group}>{names[name]})"
        elif piece == "(":
            piece = "(?:"
        elif piece == " ":
            piece = _BLANK
        elif piece == "<":
            piece, spanned = f"(?P<s{number}>", True
        elif piece == ">":
            piece = ")"
        out.append(piece)
    return "".join(out), tuple(parts), spanned


def _part(placeholder: str) -> str:
    return placeholder if placeholder == "nu" else placeholder[0]


def _shape(templates: Iterable[tuple[str, str]], language: str) -> Shape | None:
    """The shape of `(key, template)` pairs, the earlier ones preferred; None where there are none."""
    chosen = list(dict.fromkeys(templates))
    if not chosen:
        return None
    names, table = _placeholders(language), cues(language, "dates")
    bodies, parts, spanned = [], [], set()
    for number, (_, template) in enumerate(chosen):
        body, places, has_span = _compiled(template, number, names)
        bodies.append(f"(?P<t{number}>{body})")
        parts.append(places)
        if has_span:
            spanned.add(number)
    spaceless = table.get("spaceless", not table and written_dense(date_words(language).weekdays))
    prefix = f"(?:{plain(table['prefixes'])})?" if "prefixes" in table else ""
    before, after = (r"(?<![\d.])", r"(?!\d)") if spaceless else (r"(?<!\w)(?<!\d[.,:/-])", r"(?!\w)")
    pattern = re.compile(f"{before}{prefix}(?:{'|'.join(bodies)}){after}")
    return Shape(pattern, tuple(one for one, _ in chosen), tuple(parts), frozenset(spanned))


def _from_cldr(pattern: str) -> str | None:
    """A CLDR date pattern as a template, or None where it holds other fields than day, month, weekday, year."""
    out = []
    numeric = False
    for match in _CLDR_FIELD.finditer(pattern):
        quoted, letter, other = match.groups()
        if quoted is not None or other:
            out.append(re.escape(plain(quoted or other)).replace(r"\ ", " "))
        elif letter in "Ec":
            out.append("{wa}")
        elif letter == "d":
            out.append("{d}")
        elif letter in "ML":
            numeric = len(match.group()) < 3
            out.append("{mn}" if numeric else "{ma}")
        elif letter == "y":
            out.append("{y}")
        else:
            return None
    template = "".join(out)
    return None if numeric and not re.search(r"\{mn\}[^\W\d_]", template) else template


def _cldr_templates(locales: Iterable[Locale]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"date": [], "month": []}
    for locale in locales:
        skeletons = [str(form) for name, form in locale.datetime_skeletons.items() if "M" in name]
        for pattern in [form.pattern for form in locale.date_formats.values()] + skeletons:
            template = _from_cldr(pattern)
            if not template or "{m" not in template:
                continue
            if "{d}" in template:
                found["date"].append(template)
            elif "{y}" in template and "{wa}" not in template:
                found["month"].append(template)
    by_length = {name: sorted(set(some), key=lambda one: (-one.count("{"), one)) for name, some in found.items()}
    return {name: [*some] for name, some in by_length.items()}


def _fallback_relative(language: str) -> dict[str, list[str]]:
    """dateparser's 'yesterday', 'last week', 'N days ago' as templates, for a language without a table."""
    info = fallback(language.split("-", maxsplit=1)[0].lower())
    found: dict[str, list[str]] = {}
    for meaning, entries in {**info.get("relative-type", {}), **info.get("relative-type-regex", {})}.items():
        match = re.fullmatch(r"(in )?(\d+|\\1) (day|week|month|year)( ago)?", meaning)
        if not match:
            continue
        sign, count, unit = ("+" if match[1] else "-"), match[2], match[3]
        name = f"{sign}n {unit}" if count == r"\1" else f"{unit} {sign}{count}"
        for entry in entries:
            template = re.sub(r"\(\\d[^)]*\)", "{n}", entry) if count == r"\1" else re.escape(entry).replace(r"\ ", " ")
            found.setdefault(name, []).append(template)
    return found


@cache
def shapes(language: str) -> tuple[tuple[str, Shape], ...]:
    """The shapes of `language`, the preferred first: `(name, shape)`."""
    table = cues(language, "dates")
    cldr = _cldr_templates(date_words(language).locales)
    templates = table.get("templates", {})
    found = []
    for name in SHAPES:
        own = templates.get(name, [])
        general = [] if name in table.get("own_only", ()) else [*_GENERIC.get(name, ()), *cldr.get(name, [])]
        shape = _shape([("", one) for one in [*own, *general]], language)
        found.append((name, shape))
    for name in ("relative", "anaphoric"):
        entries = table.get(name, {})
        if name == "relative" and not table:
            entries = _fallback_relative(language)
        listed = [(meaning, one) for meaning, some in entries.items() for one in some]
        found.append((name, _shape(sorted(listed, key=lambda pair: ("{nu}" not in pair[1], -len(pair[1]))), language)))
    return tuple((name, shape) for name, shape in found if shape)
