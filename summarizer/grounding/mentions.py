"""What the article names, in any language, whatever an engine made of it: places, parties and persons, numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from summarizer.grounding.folding import fold
from summarizer.language.analysis import Analysis
from summarizer.language.names import NameMention
from summarizer.language.quantities import QuantityKind, QuantityMention
from summarizer.schema.article import Sentence
from summarizer.schema.codes import Hedge
from summarizer.schema.summary import MentionedName, MentionedNumber, MentionedPlace, Mentions
from summarizer.schema.values import Quantity

T = TypeVar("T")

_CONTEXT = 60  # characters on each side of a number


def mentions(analysis: Analysis, language: str) -> Mentions:
    """Each place and name once, in the order of the text, with its sentences; every number that counts something.

    Names have their standard form in `language` where it is known. Nothing here was drafted or judged.
    """
    return Mentions(places=_places(analysis), names=_names(analysis, language), numbers=_numbers(analysis))


def _places(analysis: Analysis) -> list[MentionedPlace]:
    metonyms = {(name.start, name.end) for name in analysis.names if name.metonym}
    found: dict[object, MentionedPlace] = {}
    for mention in analysis.places:
        if (mention.start, mention.end) in metonyms:
            continue
        entry, number = mention.entry, _sentence(analysis.sentences, mention.start)
        key = (entry.geonames_id, entry.name, entry.country)
        place = found.get(key) or MentionedPlace(
            name=entry.name,
            as_written=[],
            country=entry.country,
            latitude=entry.latitude,
            longitude=entry.longitude,
            geonames_id=entry.geonames_id,
            sentences=[],
        )
        found[key] = place.model_copy(
            update={
                "as_written": _with(place.as_written, mention.as_written),
                "sentences": _with(place.sentences, number),
            }
        )
    return list(found.values())


def _names(analysis: Analysis, language: str) -> list[MentionedName]:
    found: dict[object, MentionedName] = {}
    for mention in analysis.names:
        if mention.kind == "demonym" or (mention.kind == "capital" and not mention.metonym):
            continue
        number = _sentence(analysis.sentences, mention.start)
        party = mention.party
        name = found.get(_key(mention)) or MentionedName(
            name=_standard(mention, language),
            as_written=[],
            kind=party.kind.value if party else mention.kind,
            country=party.country if party else None,
            sentences=[],
        )
        found[_key(mention)] = name.model_copy(
            update={
                "as_written": _with(name.as_written, mention.as_written),
                "sentences": _with(name.sentences, number),
            }
        )
    return list(found.values())


def _key(mention: NameMention) -> object:
    return mention.party.id if mention.party else fold(mention.as_written).text


def _standard(mention: NameMention, language: str) -> str:
    names = mention.party.names if mention.party else {}
    return names.get(language.split("-", maxsplit=1)[0].lower(), mention.as_written)


def _numbers(analysis: Analysis) -> list[MentionedNumber]:
    counts = [one for one in analysis.quantities if one.kind is QuantityKind.COUNT]
    return [
        _number(analysis, one) for one in counts if one.value is not None or one.hedge in (Hedge.RANGE, Hedge.VAGUE)
    ]


def _number(analysis: Analysis, one: QuantityMention) -> MentionedNumber:
    sentence = analysis.sentences[_sentence(analysis.sentences, one.start) - 1]
    low, high = max(sentence.start, one.start - _CONTEXT), min(sentence.end, one.end + _CONTEXT)
    text = analysis.article.text
    low = low if low == sentence.start else text.find(" ", low, one.start) + 1 or low
    high = high if high == sentence.end else max(text.rfind(" ", one.end, high), one.end)
    return MentionedNumber(
        quantity=Quantity(
            as_written=one.as_written, value=one.value, low=one.low, high=one.high, hedge=one.hedge, derived=one.derived
        ),
        sentence=sentence.number,
        start=one.start,
        end=one.end,
        context=text[low:high].strip(),
    )


def _sentence(sentences: Sequence[Sentence], start: int) -> int:
    return max(1, bisect_right(sentences, start, key=lambda one: one.start))


def _with(listed: list[T], one: T) -> list[T]:
    return listed if one in listed else [*listed, one]
