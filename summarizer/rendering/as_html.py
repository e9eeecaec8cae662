"""A summary as an HTML report: one file that works by itself, in any browser, without network and without script.

Template, style and script are files in `report/`; they are put into the page, and the page's content policy allows
these two texts alone, by their hashes: whatever the article or a model says can neither run nor load anything. All
text comes through Jinja's autoescaping; only the three files of our own go in as they are.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from summarizer.language.edtf import known
from summarizer.rendering import wording
from summarizer.rendering.report import outlines, words
from summarizer.rendering.report.atlas import draw, spots
from summarizer.rendering.report.entries import SECTIONS, Entries, Entry, Reference, entries
from summarizer.rendering.report.passages import MarkedText, marked
from summarizer.schema.codes import Assertion, Code, Hedge, Verdict
from summarizer.schema.summary import SetAside, Summary

_PACKAGE = "summarizer.rendering.report"
_TITLE_LENGTH = 90
_MAPS = ((720, 420, 13), (360, 330, 14))  # width, height, size of labels: for a wide column and for a phone


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """One date of the timeline with what is told of it; `entry` is None for an item that the page does not have."""

    date: str
    events: list[tuple[str, Entry | None]]
    is_publication: bool = False


@dataclass(frozen=True, slots=True)
class Doubted:
    """A set-aside item for the eye: its section, a line that says which it is, its fields as drafted, the reasons."""

    section: str
    title: str
    fields: list[tuple[str, str]]
    reasons: list[str]


def to_html(summary: Summary) -> str:
    """`summary` as one self-contained HTML page. The same summary gives the same page."""
    listed = entries(summary)
    text = marked(summary.article, [mark for entry in listed.all() for mark in entry.marks()])
    _refer(listed, text)
    places = spots(listed.all(), summary.mentions)
    style, script = _file("report.css"), _file("report.js")
    return _template().render(
        summary=summary,
        article=summary.article,
        entries=listed,
        sections=SECTIONS,
        text=text,
        title=_title(summary),
        untitled=not words.clean(summary.article.title),
        days=list(_days(summary, listed)),
        spots=places,
        maps=[found for size in _MAPS if (found := draw(places, summary.language, *size))],
        outlines_source=outlines.source(),
        nothing=_nothing(summary),
        set_aside=[_doubted(one) for one in summary.verification.set_aside],
        glossaries=[("Verdict", list(Verdict)), ("Who says so", list(Assertion)), ("Hedges", list(Hedge))],
        assertions=list(Assertion),
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def _nothing(summary: Summary) -> dict[str, str]:
    """What each section of the page says where it is empty."""
    said = {}
    for section, name in zip(SECTIONS, wording.SECTIONS.values(), strict=True):  # both are in the order of the page
        words_for_it = wording.nothing(summary, name)
        floor = " by the keyword engine" if words_for_it == "none found" else ""
        said[section] = f"{words_for_it.capitalize()}{floor}."
    return said


def _policy(style: str, script: str) -> str:
    """Nothing may load or run but the page's own style and script, known by their hashes."""
    rules = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",  # the page's icon
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",  # text from the page can never be made script
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _file(name: str) -> str:
    """A file of our own, which the template puts into the page as it is."""
    return (files(_PACKAGE) / name).read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(_PACKAGE, ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    own = ("clean", "number", "day", "direction", "language_name", "link")
    environment.filters |= {name: getattr(words, name) for name in own}
    environment.filters |= {name: getattr(wording, name) for name in ("words", "who", "speaker")}
    environment.filters["meaning"] = _meaning
    return environment.get_template("report.html.jinja")


def _meaning(code: Code) -> str:
    return code.meaning


def _refer(listed: Entries, text: MarkedText) -> None:
    """Give each entry its ways to the article: one for each sentence, to its first passage there."""
    for entry in listed.all():
        ways: dict[int, Reference] = {}
        for mark in sorted(entry.marks(), key=lambda mark: mark.start):
            if anchor := text.anchors.get(mark):
                ways.setdefault(mark.sentence, Reference(mark.sentence, anchor))
        entry.references = list(ways.values())


def _title(summary: Summary) -> str:
    """The article's title, or its first words where it has none."""
    if title := words.clean(summary.article.title):
        return title
    lines = (words.clean(line) for line in summary.article.text.splitlines())
    start = next((line for line in lines if line), "")
    if len(start) <= _TITLE_LENGTH:
        return start or "An empty article"
    cut = start[:_TITLE_LENGTH]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;: ") + "…"


def _days(summary: Summary, listed: Entries) -> Iterator[TimelineDay]:
    """The timeline by date, with the day of publication in its place."""
    published = summary.article.published_inferred or summary.article.published
    grouped = itertools.groupby(summary.timeline, key=lambda one: one.date)
    days = [TimelineDay(date, [(one.text, listed.by_id.get(one.item)) for one in group]) for date, group in grouped]
    bounds = known(published)
    if not days or bounds is None:
        yield from days
        return
    for day in days:
        if bounds and (own := known(day.date)) and own.start > bounds.end:
            yield TimelineDay(published or "", [], is_publication=True)
            bounds = None
        yield day
    if bounds:
        yield TimelineDay(published or "", [], is_publication=True)


def _doubted(aside: SetAside) -> Doubted:
    item, quantity = aside.item, aside.item.get("quantity")
    names = ("description", "statement", "text", "name")
    title = next((str(item[name]) for name in names if item.get(name)), "")
    if not title and isinstance(quantity, dict):
        title = f"{quantity.get('as_written') or ''} {wording.words(str(item.get('category') or ''))}".strip()
    fields = [(wording.words(name), _flat(value)) for name, value in item.items() if name not in ("key", "id")]
    shown = [(name, value) for name, value in fields if value and value != title]
    return Doubted(wording.words(aside.section), title, shown, list(aside.reasons))


def _flat(value: Any) -> str:
    """A drafted value on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{wording.words(name)}: {flat}" for name, one in value.items() if (flat := _flat(one)))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(flat for one in value if (flat := _flat(one)))
    return "" if value is None else str(value)
