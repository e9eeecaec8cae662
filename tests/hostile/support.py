"""Whether what is published stands in the article, found out by code of its own.

It shares nothing with the grounding but the readers of number words and dates: what it compares are characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from summarizer.language.dates import find_dates
from summarizer.language.edtf import known
from summarizer.language.quantities import find_quantities
from summarizer.schema.article import Edtf
from summarizer.schema.summary import HumanitarianFigure, Item, Summary
from summarizer.schema.values import When

_NUMERAL = re.compile(r"\d(?:[\d.,'’٬٫]|[ \u00a0\u2009\u202f](?=\d{3}(?!\d)))*")


def items_of(summary: Summary) -> list[Item]:
    """Everything that is published."""
    return [
        *summary.gist,
        *summary.parties,
        *summary.positions,
        *summary.military_developments,
        *summary.diplomatic_developments,
        *summary.humanitarian_figures,
    ]


def unsupported(summary: Summary) -> list[str]:
    """What is wrong, a line for each; empty where every passage, number, quotation and date can be read in the article."""
    stated = _all_numbers(summary)
    return [f"{item.id}: {wrong}" for item in items_of(summary) for wrong in _wrong(summary, stated, item)]


def _wrong(summary: Summary, stated: set[int], item: Item) -> Iterator[str]:
    text, language = summary.article.text, summary.article.language
    if not item.evidence:
        yield "no passage"
    for passage in item.evidence:
        if not passage.quote.strip() or text[passage.start : passage.end] != passage.quote:
            yield f"{passage.quote!r} does not stand at {passage.start}"
    passages = "\n".join(passage.quote for passage in item.evidence)
    if isinstance(item, HumanitarianFigure):
        yield from _wrong_number(item, passages, language)
    quotation = getattr(item, "quotation", None)
    if quotation is not None and _letters(quotation) not in _letters(text):
        yield f"{quotation!r} is not said in the article"
    for words in (getattr(item, field, None) for field in ("description", "statement", "text")):
        for number in _numbers(words or "", ["en", language, summary.language]):
            if number and not number & stated:
                yield f"{sorted(number)} in {words!r} stands nowhere in the article"
    for when in (getattr(item, field, None) for field in ("when", "since", "as_of")):
        if isinstance(when, When):
            yield from _wrong_date(when, summary)


def _wrong_number(figure: HumanitarianFigure, passages: str, language: str) -> Iterator[str]:
    quantity = figure.quantity
    stated = set().union(*_numbers(passages, [language]))
    values = {value for value in (quantity.value, quantity.low, quantity.high) if value is not None}
    words = {
        value for mention in find_quantities(passages, language) for value in (mention.low, mention.high, mention.value)
    }
    unread = values - stated - words
    doubted = any(check.name == "quantity" and check.outcome == "failed" for check in figure.checks)
    if unread and not (doubted and _letters(quantity.as_written) in _letters(passages)):
        yield f"{sorted(unread)} cannot be read in {passages!r}"


def _wrong_date(when: When, summary: Summary) -> Iterator[str]:
    text = summary.article.text
    if _letters(when.as_written) not in _letters(text):
        yield f"the time {when.as_written!r} does not stand in the article"
    bounds = known(Edtf(when.date)) if when.date else None
    if when.date and bounds is None:
        yield f"{when.date!r} is no date"
    digits = {int(number) for number in re.findall(r"\d+", _ascii(when.as_written))}
    if bounds and bounds.is_day and digits:
        parts = {bounds.start.day, bounds.start.month, bounds.start.year, bounds.start.year % 100}
        own = find_dates(when.as_written, summary.article.language, _published(summary))
        if not digits & parts and not any(mention.date == when.date for mention in own):
            yield f"{when.as_written!r} is not {when.date}"


def _published(summary: Summary) -> Edtf | None:
    day = summary.article.published_inferred or summary.article.published
    return Edtf(day) if day else None


def _numbers(text: str, languages: Iterable[str]) -> list[set[int]]:
    """Each numeral of `text` with what it may mean: its digits alone, or with the words of scale around it."""
    mentions = [mention for language in dict.fromkeys(languages) for mention in find_quantities(text, language)]
    found = []
    for numeral in _NUMERAL.finditer(text):
        if re.search(r"[A-Z]-?$", text[: numeral.start()][-2:]):
            continue  # a name: M23, S-300
        values = {int(re.sub(r"\D", "", _ascii(numeral.group())))}
        for mention in mentions:
            if mention.start < numeral.end() and numeral.start() < mention.end:
                values |= {value for value in (mention.value, mention.low, mention.high) if value is not None}
        found.append(values)
    return found


def _all_numbers(summary: Summary) -> set[int]:
    article = summary.article
    whole = f"{article.title or ''}\n{article.text}"
    stated = set().union(*_numbers(whole, [article.language]))
    stated |= {
        value for mention in find_quantities(whole, article.language) for value in (mention.value, mention.low) if value
    }
    dates = [mention.date for mention in find_dates(article.text, article.language, _published(summary))]
    for bounds in map(known, (*dates, _published(summary))):
        for day in (bounds.start, bounds.end) if bounds else ():
            stated |= {day.year, day.month, day.day}
    return stated


def _letters(text: str) -> str:
    """Letters and digits alone, lower case, without accents: what marks and spaces cannot change."""
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())


def _ascii(text: str) -> str:
    return "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in text)
