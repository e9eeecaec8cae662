"""Check 2 again, for an item's own words: every figure in a paraphrase can be read from the article.

A description, statement or gist sentence is the engine's wording, in a language of its choice, so its evidence does not
prove each of its words. What plain code can compare in any language is its numerals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

from summarizer.grounding.findings import Findings
from summarizer.language.analysis import Analysis, within
from summarizer.language.edtf import known
from summarizer.language.quantities import QuantityMention, find_quantities
from summarizer.language.quantity_lexicon import knows_hedges
from summarizer.schema.article import Edtf
from summarizer.schema.draft import DraftDevelopment, DraftGist, DraftItem, DraftPosition, DraftWhen
from summarizer.schema.values import Evidence

# Digits with the separators of any country: a space only before a group of three.
_NUMERAL = re.compile("\\d+(?:[.,'’٬٫]\\d+|[ \u00a0\u2009\u202f]\\d{3}(?!\\d))*")
_SHOWN = 6  # numerals that a message names, at most
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"[A-ZА-Я]-?$")  # "M23" and "S-300" are names

_KNOWN: WeakKeyDictionary[Analysis, set[int]] = WeakKeyDictionary()
"""What each article states, as long as somebody works on it."""


def check_wording(analysis: Analysis, item: DraftItem, evidence: Sequence[Evidence], findings: Findings) -> None:
    """The numerals of the item's paraphrase, if it has one: wrong where the article has no such number, doubted where only
    other sentences of it have, or where the language's number words are not known."""
    field = _field(item)
    numerals = list(_numerals(getattr(item, field), analysis.language)) if field else []
    if not numerals:
        return
    near = _stated_in(analysis, evidence, getattr(item, "when", None))
    away = [(numeral, readings) for numeral, readings in numerals if not readings & near]
    strange = dict.fromkeys(numeral for numeral, readings in away if not readings & _stated(analysis))
    if strange:
        problem = f"`{field}` states {', '.join([*strange][:_SHOWN])}, which stands nowhere in the article: keep to its numbers."
        (findings.wrong if knows_hedges(analysis.language) else findings.doubted)("quantity", problem)
    elif away:
        shown = ", ".join([*dict.fromkeys(numeral for numeral, _ in away)][:_SHOWN])
        findings.doubted("quantity", f"`{field}` states {shown}, which stands in other sentences than those quoted")


def paraphrase_of(item: DraftItem) -> str:
    """The item's own words: its description, statement or sentence; none for the others."""
    field = _field(item)
    return getattr(item, field) if field else ""


def _field(item: DraftItem) -> str | None:
    if isinstance(item, DraftDevelopment):
        return "description"
    if isinstance(item, DraftPosition):
        return "statement"
    return "text" if isinstance(item, DraftGist) else None


def _numerals(text: str, language: str) -> Iterator[tuple[str, set[int]]]:
    """Each numeral with all that it may mean: its digits as they stand, and with the scale words of either language."""
    found = list(_NUMERAL.finditer(text))
    if not found:
        return
    readings = [find_quantities(text, one) for one in dict.fromkeys((language, "en"))]
    for one in found:
        if _NAME.search(text, max(0, one.start() - 2), one.start()):
            continue
        values = {_digits(one.group())}
        for mentions in readings:
            for mention in within(mentions, [one.span()]):
                values |= {value for value in (mention.value, mention.low, mention.high) if value is not None}
        yield one.group(), values


def _stated(analysis: Analysis) -> set[int]:
    """Every number that the article's words, digits and dates state."""
    if analysis not in _KNOWN:
        article = analysis.article
        title = article.title or ""
        whole = "\n".join((title, article.source or "", article.text))
        mentions = (*analysis.quantities, *find_quantities(title, analysis.language))
        dates = (analysis.published, *(mention.date for mention in analysis.dates))
        _KNOWN[analysis] = _numbers(whole, mentions, dates)
    return _KNOWN[analysis]


def _stated_in(analysis: Analysis, evidence: Sequence[Evidence], when: DraftWhen | None) -> set[int]:
    """The same of the sentences quoted, with the days of publication and of the item itself."""
    sentences = [one for passage in evidence if (one := analysis.sentence(passage.sentence))]
    spans = [(one.start, one.end) for one in sentences]
    days = (analysis.published, *(one.date for one in within(analysis.dates, spans)))
    own = (Edtf(when.date),) if when and when.date else ()
    return _numbers("\n".join(one.text for one in sentences), within(analysis.quantities, spans), (*days, *own))


def _numbers(text: str, mentions: Iterable[QuantityMention], dates: Iterable[Edtf | None]) -> set[int]:
    stated = {_digits(one.group()) for one in _NUMERAL.finditer(text)}
    stated |= {
        value for mention in mentions for value in (mention.value, mention.low, mention.high) if value is not None
    }
    return stated.union(*map(_parts, dates))


def _parts(date: Edtf | None) -> Iterator[int]:
    bounds = known(date)
    for day in (bounds.start, bounds.end) if bounds else ():
        yield from (day.year, day.month, day.day)


def _digits(numeral: str) -> int:
    return int("".join(str(unicodedata.digit(digit)) for digit in _DIGIT.findall(numeral))[:400])
