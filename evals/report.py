"""The HTML report of a run: one file, no network, no script; everything from outside is escaped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from evals import statistics
from evals.gold import SECTIONS, Gold, GoldItem
from evals.published import Published
from evals.running import EvalRun
from evals.scores import ArticleScore, SectionScore, field_accuracy, hallucinated, rates, total
from evals.tables import shown, support_line
from summarizer.schema.summary import Item, Summary

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article's text, and whether gold and published evidence rest on it."""

    text: str
    gold: bool
    found: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A gold item beside the published one; one of the two may be missing."""

    kind: str  # right, partly, optional, missed, extra
    wanted: str
    found: str
    wrong: tuple[str, ...] = ()


def report(run: EvalRun, golds: Sequence[Gold]) -> str:
    """The report as HTML. `golds` are those of the run's articles."""
    by_name = {gold.article: gold for gold in golds}
    scores = [one for one in run.scores if one.article in by_name]
    return _template().render(
        run=run,
        sections=SECTIONS,
        halves=[_half(split, scores) for split in ("dev", "test") if any(one.split == split for one in scores)],
        fields={section: _fields(scores, section) for section in SECTIONS},
        matrix=[(one, [_cell(one, section) for section in SECTIONS]) for one in scores],
        articles=[_article(by_name[one.article], one) for one in scores],
    )


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("report.html.jinja")


def _half(split: str, scores: Sequence[ArticleScore]) -> dict[str, Any]:
    half = [one for one in scores if one.split == split]
    rows = []
    for section in (*SECTIONS, "all"):
        chosen = SECTIONS if section == "all" else (section,)
        counts = [total([one], chosen) for one in half]
        lenient, strict = statistics.table(counts), statistics.table(counts, "strict_")
        intervals = [
            statistics.interval(lenient, rate) for rate in (statistics.precision, statistics.recall, statistics.f1)
        ]
        intervals.append(statistics.interval(strict, statistics.f1))
        rows.append((section, [shown(one) for one in intervals]))
    return {
        "split": split,
        "count": len(half),
        "rows": rows,
        "support": support_line(half),
        "false": hallucinated(half),
    }


def _fields(scores: Sequence[ArticleScore], section: str) -> list[tuple[str, int, int]]:
    return [(name, right, of) for name, (right, of) in field_accuracy(scores, section).items()]


def _cell(one: ArticleScore, section: str) -> dict[str, Any]:
    counts = one.sections[section].counts()
    value = rates(counts)[2]
    return {
        "text": "" if value is None else f"{value:.2f}",
        "shade": None if value is None else round(value * 100),
        "title": f"given {counts['tp']}, missed {counts['fn']}, not in the gold {counts['fp']}",
    }


def _article(gold: Gold, one: ArticleScore) -> dict[str, Any]:
    if one.summary is None:
        return {"score": one, "dir": "auto", "pieces": [], "sections": [], "aside": []}
    published = Published(one.summary)
    return {
        "score": one,
        "dir": "rtl" if gold.language in _RIGHT_TO_LEFT else "ltr",
        "pieces": list(_pieces(gold, published)),
        "sections": [(section, list(_rows(gold, published, section, one.sections[section]))) for section in SECTIONS],
        "aside": one.summary.verification.set_aside,
    }


def _pieces(gold: Gold, published: Published) -> Iterator[Piece]:
    """The text cut where evidence begins or ends."""
    text = published.summary.article.text
    items = [item for section in SECTIONS for item in gold.items(section)]
    wanted = [span for item in items for quote in item.evidence for span in published.spans(quote)]
    given = [item for section in SECTIONS for item in published.items(section)]
    found = [(one.start, one.end) for item in given for one in item.evidence]
    cuts = sorted({0, len(text), *(at for span in (*wanted, *found) for at in span)})
    for start, end in itertools.pairwise(cuts):
        covered = [any(low <= start and end <= high for low, high in spans) for spans in (wanted, found)]
        yield Piece(text[start:end], *covered)


def _rows(gold: Gold, published: Published, section: str, scored: SectionScore) -> Iterator[Row]:
    given = {item.id: item for item in published.items(section)}
    for pair in scored.matched:
        wrong = tuple(name for name, right in pair.fields.items() if not right)
        kind = "optional" if pair.optional else "partly" if wrong else "right"
        yield Row(kind, describe_gold(gold.by_id[pair.gold]), describe(published.summary, given[pair.found]), wrong)
    for name in scored.missed:
        yield Row("missed", describe_gold(gold.by_id[name]), "")
    for name in scored.extra:
        yield Row("extra", "", describe(published.summary, given[name]))


def describe_gold(item: GoldItem) -> str:
    """A gold item in a line: its codes, numbers, names."""
    data = item.model_dump(mode="json", exclude={"id", "evidence", "tags", "note", "optional"}, exclude_unset=True)
    return " · ".join(f"{name} {_value(value)}" for name, value in data.items() if value not in (None, [], ""))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join("none" if one is None else str(one) for one in value)
    if isinstance(value, dict):
        return _value(value.get("names", []))
    return str(value)


def describe(summary: Summary, item: Item) -> str:
    """A published item in a line."""
    data = item.model_dump(mode="json", exclude={"id", "evidence", "checks", "verdict"})
    return " · ".join(f"{name} {_short(value)}" for name, value in data.items() if value not in (None, [], ""))


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_short(one) for one in value)
    if isinstance(value, dict):
        for name in ("as_written", "name", "date"):
            if value.get(name):
                rest = value.get("date") or value.get("country") or value.get("hedge") or ""
                return f"{value[name]} {rest}".strip() if rest != value[name] else str(value[name])
        return ", ".join(_short(one) for one in value.values() if one)
    return str(value)
