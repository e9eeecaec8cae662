"""Checks the gold itself: what code can check of it, it checks, so that people only argue about meaning.

Verbatim evidence, codes, dates against the calendar and against weekdays in the text, numbers against their words and
CODEBOOK's table of hedges, references.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from evals.gold import (
    FOLDER,
    SECTIONS,
    Gold,
    GoldDevelopment,
    GoldDiplomatic,
    GoldError,
    GoldFigure,
    GoldItem,
    GoldMilitary,
    GoldParty,
    GoldPosition,
    load,
)
from summarizer.errors import SummarizerError
from summarizer.language.analysis import Analysis, within
from summarizer.language.countries import by_alpha3
from summarizer.language.dates import DateKind, DateMention, agrees
from summarizer.language.edtf import bounds as edtf_bounds
from summarizer.language.quantities import bounds, find_quantities
from summarizer.schema.article import Edtf, Iso3
from summarizer.schema.codes import Hedge

LONGEST_EVIDENCE = 300
"""Characters (CODEBOOK.md, "Rules for every record": at most some 300)."""


def lint(folder: Path = FOLDER) -> list[str]:
    """What is wrong in the set, a line each, beginning with the file's name; empty where all is well."""
    problems: list[str] = []
    texts = {path.stem for path in (folder / "articles").glob("*.txt")}
    for path in sorted((folder / "gold").glob("*.yaml")):
        try:
            gold = load(path)
            text = folder / "articles" / f"{gold.article}.txt"
            texts.discard(gold.article)
            problems += [f"{path.name}: {problem}" for problem in _problems(gold, text)]
        except GoldError as error:
            problems.append(str(error))
    return problems + [f"{name}.txt: has no gold file" for name in sorted(texts)]


def _problems(gold: Gold, path: Path) -> Iterator[str]:
    from summarizer.reading.sources import read_article

    try:
        article = read_article(path)
    except SummarizerError as error:
        yield str(error)
        return
    analysis = Analysis(article)
    yield from _head(gold, analysis)
    yield from _ids(gold)
    for section in SECTIONS:
        for item in gold.items(section):
            yield from (f"{item.id}: {problem}" for problem in _item(gold, item, analysis))
    for words in gold.traps:
        if words not in article.text:
            yield f"traps: not in the article: {words!r}"


def _head(gold: Gold, analysis: Analysis) -> Iterator[str]:
    article = analysis.article
    if (article.published or None) != gold.published:
        yield f"published is {gold.published!r}; the file's head gives {article.published!r}"
    if article.language != gold.language:
        yield f"language is {gold.language!r}; it is detected as {article.language!r}"
    if gold.published_inferred is not None:
        yield from _date_problems(gold.published_inferred)


def _ids(gold: Gold) -> Iterator[str]:
    items = [item for section in SECTIONS for item in gold.items(section)]
    for one, other in combinations(items, 2):
        if one.id == other.id:
            yield f"{one.id}: two items have this id"


def _item(gold: Gold, item: GoldItem, analysis: Analysis) -> Iterator[str]:
    text = analysis.article.text
    for quote in item.evidence:
        if quote not in text:
            yield f"evidence is not in the article: {quote!r}"
        elif len(quote) > LONGEST_EVIDENCE:
            yield f"evidence has {len(quote)} characters, more than {LONGEST_EVIDENCE}"
    if isinstance(item, GoldParty):
        yield from _party(gold, item)
    elif isinstance(item, GoldPosition):
        yield from _position(gold, item, analysis)
    elif isinstance(item, GoldDevelopment):
        yield from _development(gold, item, analysis)
    elif isinstance(item, GoldFigure):
        yield from _figure(gold, item, analysis)


def _party(gold: Gold, item: GoldParty) -> Iterator[str]:
    for country in item.country:
        if country is not None and Iso3(country) not in by_alpha3():
            yield f"{country!r} is no ISO 3166-1 alpha-3 code"
    yield from _references(gold, "side", [side for side in item.side if side])


def _position(gold: Gold, item: GoldPosition, analysis: Analysis) -> Iterator[str]:
    text = analysis.article.text
    yield from _references(gold, "holder", item.holder)
    yield from _references(gold, "addressees", item.addressees)
    for speaker in item.speaker:
        if speaker and speaker not in text:
            yield f"the speaker {speaker!r} is not in the article"
    quoted = [one.text for one in analysis.quotations]
    for quotation in item.quotation:
        if quotation and not any(quotation in one or one in quotation for one in quoted):
            yield f"the quotation stands between no quotation marks: {quotation!r}"
    yield from _dates(item.day, item, analysis)


def _development(gold: Gold, item: GoldDevelopment, analysis: Analysis) -> Iterator[str]:
    named = []
    if isinstance(item, GoldMilitary):
        named = [*item.initiators, *item.targets]
    elif isinstance(item, GoldDiplomatic):
        named = [*item.participants, *item.mediators]
    yield from _references(gold, "parties", named)
    yield from _said_by(gold, item.by, analysis)
    yield from _dates(item.day, item, analysis)


def _figure(gold: Gold, item: GoldFigure, analysis: Analysis) -> Iterator[str]:
    if not any(item.as_written in quote for quote in item.evidence):
        yield f"as_written {item.as_written!r} stands in no evidence"
    value, low, high = bounds(item.hedge[0], item.value, item.low, item.high)
    if item.hedge[0] not in (Hedge.RANGE, Hedge.VAGUE):
        for name, own, due in (("low", item.low, low), ("high", item.high, high)):
            if item.says(name) and own != due:
                yield f"{name} is {own}; the hedge {item.hedge[0].value} gives {due}"
    if value is None and item.hedge[0] not in (Hedge.RANGE, Hedge.VAGUE):
        yield f"the hedge {item.hedge[0].value} needs a value"
    read = find_quantities(item.as_written, analysis.language)
    numbers = {number for one in read for number in (one.value, one.low, one.high)}
    if read and not {item.value, item.low, item.high} - {None} <= numbers:
        yield f"{item.as_written!r} reads as {sorted(n for n in numbers if n is not None)}, not {item.value, item.low, item.high}"
    for whole in item.subset_of:
        other = gold.by_id.get(whole or "")
        if whole is not None and (not isinstance(other, GoldFigure) or other is item):
            yield f"subset_of {whole!r} is no other figure"
    yield from _said_by(gold, item.by, analysis)
    yield from _dates(item.day, item, analysis)


def _references(gold: Gold, name: str, ids: list[str]) -> Iterator[str]:
    for one in ids:
        if not isinstance(gold.by_id.get(one), GoldParty):
            yield f"{name}: {one!r} is the id of no party"


def _said_by(gold: Gold, sources: list[str | None], analysis: Analysis) -> Iterator[str]:
    for one in sources:
        if one and not isinstance(gold.by_id.get(one), GoldParty) and one not in analysis.article.text:
            yield f"by: {one!r} is neither a party's id nor in the article"


def _dates(days: list[str | None], item: GoldItem, analysis: Analysis) -> Iterator[str]:
    spans = [(at, at + len(quote)) for quote in item.evidence if (at := analysis.article.text.find(quote)) >= 0]
    said = within(analysis.dates, spans)
    for day in days:
        if day is None:
            continue
        problems = list(_date_problems(day))
        yield from problems
        if not problems and said and len(days) == 1 and not any(agrees(Edtf(day), _as_said(one)) for one in said):
            words = ", ".join(f"{one.as_written!r} ({one.date})" for one in said)
            yield f"day {day} agrees with none of the dates in its evidence: {words}"


def _as_said(mention: DateMention) -> DateMention:
    """A day and month without a year may be of any year that the article has told before: that is for readers."""
    return replace(mention, date=None) if mention.kind is DateKind.PARTIAL else mention


def _date_problems(day: str) -> Iterator[str]:
    try:
        edtf_bounds(day)
    except ValueError as error:
        yield str(error)
