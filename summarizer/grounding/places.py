"""Check 4, place: its name stands in the article; codes and coordinates come from the gazetteer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import product

from rapidfuzz import fuzz

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.language.analysis import Analysis, within
from summarizer.language.countries import alpha3
from summarizer.language.gazetteer import GazetteerEntry, lookup, same_place
from summarizer.language.places import PlaceMention
from summarizer.schema.codes import Precision
from summarizer.schema.draft import DraftPlace
from summarizer.schema.values import Evidence

_WORD = re.compile(r"\w{3,}")
_WIDE = frozenset({Precision.REGION, Precision.LINE, Precision.SEA_OR_AIR})


_BROAD = _WIDE | {Precision.COUNTRY}
_LOOK_BACK = 8  # sentences before: how far "the city" may look for its name
_SIMILAR = 65.0  # rapidfuzz's ratio of two words: spellings and case endings of one name stay above


def check_place(
    analysis: Analysis, name: str, drafted: DraftPlace, evidence: Sequence[Evidence], findings: Findings
) -> None:
    """The words must stand in the evidence's sentences or be the place named last before them, and the standard name must
    be a name of what they name."""
    if not _stands(analysis, drafted.as_written):
        findings.wrong(
            "place",
            f"`{name}`: {drafted.as_written!r} does not stand in the article: copy its words for the place, or give null.",
        )
        return
    if not _is_country(analysis, drafted) and not _stands_near(analysis, drafted.as_written, evidence):
        findings.wrong(
            "place",
            f"`{name}`: the quoted sentences do not name {drafted.as_written!r}, nor is it the place named last before them: correct the place, or quote the sentence that names it.",
        )
        return
    if _names_another(analysis, drafted):
        findings.wrong(
            "place", f"`{name}`: {drafted.name!r} is another place than {drafted.as_written!r}: correct the name."
        )
        return
    if _is_unlike(analysis, drafted) or _is_distant(analysis, drafted, evidence):
        findings.changes[name] = drafted.model_copy(update={"name": drafted.as_written})
        findings.doubted(
            "place", f"`{name}`: the program cannot confirm that {drafted.as_written!r} is {drafted.name!r}"
        )
        return
    entry = locate(analysis, drafted)
    drafted_country = alpha3(drafted.country) if drafted.country else None
    if entry is not None and entry.country and drafted_country and entry.country != drafted_country:
        findings.changes[name] = drafted.model_copy(update={"country": entry.country})
        findings.repaired(
            "place", f"`{name}`: {entry.name} is in {entry.country} by the gazetteer; drafted as {drafted.country}"
        )
    else:
        findings.passed("place", f"{drafted.as_written}" + ("" if entry else ": not in the gazetteer"))


def locate(analysis: Analysis, place: DraftPlace) -> GazetteerEntry | None:
    """The gazetteer's entry for a drafted place: settlements and countries, not the lines and regions between them.

    Of places of the same name, the one in the drafted country goes first, then those in the countries that the article is about.
    """
    if place.precision in _WIDE:
        return None
    own = alpha3(place.country) if place.country else None
    about = [country for country in (own, *analysis.countries) if country]
    candidates = _mentioned(analysis, place)
    for words in (place.as_written, place.name):
        candidates += lookup(words, analysis.language, about)[:5]
    wanted = [one for one in candidates if (one.kind == "country") == (place.precision is Precision.COUNTRY)]
    return next((one for one in wanted if own and one.country == own), wanted[0] if wanted else None)


def _mentioned(analysis: Analysis, place: DraftPlace) -> list[GazetteerEntry]:
    """The places that the analysis reads inside the drafted words; what they name comes last in most languages."""
    words = fold(place.as_written).text
    inside = _inside(analysis.distinct_places, words)
    named = [mention for mention in inside if _same(analysis, mention, place)]
    return [mention.entry for mention in named or (_inside(analysis.last_places, words)[::-1] if inside else [])]


def _inside(places: Sequence[PlaceMention], words: str) -> list[PlaceMention]:
    return [mention for mention in places if contains(words, fold(mention.as_written).text)]


def _same(analysis: Analysis, mention: PlaceMention, place: DraftPlace) -> bool:
    return fold(mention.as_written).text == fold(place.name).text or same_place(
        mention.as_written, place.name, analysis.language, analysis.countries
    )


def _stands(analysis: Analysis, words: str) -> bool:
    return contains(fold(analysis.article.text).text, fold(words).text)


def _is_country(analysis: Analysis, place: DraftPlace) -> bool:
    """Whether a country is meant, and named: it is named once, and holds throughout an article."""
    own = alpha3(place.country) if place.country else None
    named = lookup(place.as_written, analysis.language, [own] if own else [])
    return place.precision is Precision.COUNTRY and any(one.kind == "country" for one in named)


def _stands_near(analysis: Analysis, words: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the words stand in a sentence of the evidence, or before it with no other town named since."""
    needle = fold(words).text
    numbers = [passage.sentence for passage in evidence]
    if any(_in_sentence(analysis, number, needle) for number in numbers):
        return True
    first = min(numbers, default=1)
    for number in (*sorted(numbers, reverse=True), *range(first - 1, max(0, first - 1 - _LOOK_BACK), -1)):
        if _in_sentence(analysis, number, needle):
            return True
        if _has_town(analysis, number):
            return False
    return False


def _in_sentence(analysis: Analysis, number: int, needle: str) -> bool:
    sentence = analysis.sentence(number)
    return sentence is not None and contains(fold(sentence.text).text, needle)


def _has_town(analysis: Analysis, number: int) -> bool:
    """Whether the sentence names a town, and not for the government that sits there."""
    sentence = analysis.sentence(number)
    spans = [(sentence.start, sentence.end)] if sentence else []
    seats = {name.start for name in within(analysis.names, spans) if name.metonym}
    return any(place.entry.kind != "country" and place.start not in seats for place in within(analysis.places, spans))


def _is_unlike(analysis: Analysis, place: DraftPlace) -> bool:
    """Whether name and words have a script in common but no spelling, and the gazetteer does not know them as one.

    Words without a name ("the city") cannot be compared, nor can a line or region with the names of its parts.
    """
    words, name = fold(place.as_written).text, fold(place.name).text
    if contains(words, name) or contains(name, words) or _scripts(words).isdisjoint(_scripts(name)):
        return False
    if _is_nameless(place.as_written):
        return False
    if place.precision in _BROAD and not any(
        one.kind != "country" for one in lookup(place.name, analysis.language, analysis.countries)
    ):
        return False
    inside = [one.as_written for one in _inside(analysis.distinct_places, words)]
    alike = (same_place(one, place.name, analysis.language, analysis.countries) for one in (place.as_written, *inside))
    return not _spelt_alike(words, name) and not any(alike)


def _is_distant(analysis: Analysis, place: DraftPlace, evidence: Sequence[Evidence]) -> bool:
    """Whether the words are no name ("the city"), and the town drafted for them is not the one named there or before."""
    about = analysis.countries
    if not _is_nameless(place.as_written) or not lookup(place.name, analysis.language, about):
        return False
    written = dict.fromkeys(one.as_written for one in analysis.distinct_places)
    named = [one for one in written if same_place(one, place.name, analysis.language, about)]
    return not any(_stands_near(analysis, one, evidence) for one in named)


def _is_nameless(words: str) -> bool:
    """Without a capital, in a script that has them."""
    return words == words.lower() != words.upper()


def _spelt_alike(words: str, name: str) -> bool:
    pairs = product(_WORD.findall(words), _WORD.findall(name))
    return any(fuzz.ratio(a, b) >= _SIMILAR for a, b in pairs)


def _scripts(words: str) -> set[str]:
    return {unicodedata.name(character, "?").split()[0] for character in words if character.isalpha()}


def _names_another(analysis: Analysis, place: DraftPlace) -> bool:
    """Whether the standard name is in the gazetteer and nothing in the words as written is a name of that place."""
    words, name = fold(place.as_written).text, fold(place.name).text
    if contains(words, name) or contains(name, words) or place.precision in _WIDE:
        return False
    if not lookup(place.name, analysis.language, analysis.countries):
        return False
    inside = [mention.as_written for mention in _inside(analysis.distinct_places, words)]
    named = [place.as_written, *inside]
    known = [one for one in named if lookup(one, analysis.language, analysis.countries)]
    return bool(known) and not any(same_place(one, place.name, analysis.language, analysis.countries) for one in known)
