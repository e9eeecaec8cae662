"""Check 4, place: its name stands in the article; codes and coordinates come from the gazetteer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import product

from rapidfuzz import fuzz

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.grounding.locating import WIDE, locate, mentions_in
from summarizer.language.analysis import Analysis, within
from summarizer.language.countries import alpha3
from summarizer.language.folding import fold as folded
from summarizer.language.folding import word_set
from summarizer.language.gazetteer import GazetteerEntry, lookup, same_place
from summarizer.schema.codes import Precision
from summarizer.schema.draft import DraftPlace
from summarizer.schema.values import Evidence

_WORD = re.compile(r"\w{3,}")
_BROAD = WIDE | {Precision.COUNTRY}
_LOOK_BACK = 8  # sentences before: how far "the city" may look for its name
_ARTICLE, _SHORTEST_HEAD = 3, 5  # characters: the longest article, the shortest noun at the end of a compound
_SIMILAR = 65.0  # rapidfuzz's ratio of two words: spellings and case endings of one name stay above


def check_place(
    analysis: Analysis, name: str, drafted: DraftPlace, evidence: Sequence[Evidence], findings: Findings
) -> None:
    """The words must stand in the evidence's sentences or be the place named last before them, and the standard name must
    be a name of what they name. Words that stand further back are doubted, elsewhere they are wrong."""
    if not _stands(analysis, drafted.as_written):
        findings.wrong(
            "place",
            f"`{name}`: {drafted.as_written!r} does not stand in the article: copy its words for the place, or give null.",
        )
        return
    near = _is_country(analysis, drafted) or _stands_near(analysis, drafted.as_written, evidence)
    if not near and not _stands_before(analysis, drafted.as_written, evidence):
        findings.wrong(
            "place",
            f"`{name}`: neither the quoted sentences nor those before them name {drafted.as_written!r}: correct the place, or quote the sentence that names it.",
        )
        return
    if _names_another(analysis, drafted):
        findings.wrong(
            "place", f"`{name}`: {drafted.name!r} is another place than {drafted.as_written!r}: correct the name."
        )
        return
    if _is_unlike(analysis, drafted) or _is_distant(analysis, drafted, evidence):
        if not (_is_nameless(drafted.as_written, analysis.language) and _is_named_before(analysis, drafted, evidence)):
            findings.changes[name] = drafted.model_copy(update={"name": drafted.as_written})
        findings.doubted(
            "place", f"`{name}`: the program cannot confirm that {drafted.as_written!r} is {drafted.name!r}"
        )
    elif not near:
        findings.doubted(
            "place",
            f"`{name}`: {drafted.as_written!r} is named further back, and other places since; quote the sentence that names it",
        )
    else:
        _check_country(analysis, name, drafted, findings)


def _check_country(analysis: Analysis, name: str, drafted: DraftPlace, findings: Findings) -> None:
    """The country is the gazetteer's where it knows the place."""
    entry = locate(analysis, drafted)
    drafted_country = alpha3(drafted.country) if drafted.country else None
    if entry is not None and entry.country and drafted_country and entry.country != drafted_country:
        findings.changes[name] = drafted.model_copy(update={"country": entry.country})
        findings.repaired(
            "place", f"`{name}`: {entry.name} is in {entry.country} by the gazetteer; drafted as {drafted.country}"
        )
    else:
        findings.passed("place", f"{drafted.as_written}" + ("" if entry else ": not in the gazetteer"))


def _stands(analysis: Analysis, words: str) -> bool:
    article = analysis.article
    return any(contains(fold(text).text, fold(words).text) for text in (article.text, article.title or ""))


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


def _stands_before(analysis: Analysis, words: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the words stand in the title, in a sentence of the evidence or in one of those before."""
    needle = fold(words).text
    numbers = {passage.sentence for passage in evidence}
    first = min(numbers, default=1)
    reach = numbers | set(range(max(1, first - _LOOK_BACK), first))
    title = fold(analysis.article.title or "").text
    return contains(title, needle) or any(_in_sentence(analysis, number, needle) for number in reach)


def _is_named_before(analysis: Analysis, place: DraftPlace, evidence: Sequence[Evidence]) -> bool:
    """Whether the standard name, or another name of that place, stands there or before."""
    about = analysis.countries
    written = dict.fromkeys(one.as_written for one in analysis.distinct_places)
    named = (one for one in written if same_place(one, place.name, analysis.language, about))
    return any(_stands_before(analysis, words, evidence) for words in (place.name, *named))


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
    if _is_nameless(place.as_written, analysis.language):
        return False
    if place.precision in _BROAD and not any(
        one.kind != "country" for one in lookup(place.name, analysis.language, analysis.countries)
    ):
        return False
    inside = [one.as_written for one in mentions_in(analysis, place.as_written)]
    alike = (same_place(one, place.name, analysis.language, analysis.countries) for one in (place.as_written, *inside))
    return not _spelt_alike(words, name) and not any(alike)


def _is_distant(analysis: Analysis, place: DraftPlace, evidence: Sequence[Evidence]) -> bool:
    """Whether the words are no name ("the city"), and the town drafted for them is not the one named there or before."""
    about = analysis.countries
    if not _is_nameless(place.as_written, analysis.language) or not lookup(place.name, analysis.language, about):
        return False
    written = dict.fromkeys(one.as_written for one in analysis.distinct_places)
    named = [one for one in written if same_place(one, place.name, analysis.language, about)]
    return not any(_stands_near(analysis, one, evidence) for one in named)


def _is_nameless(words: str, language: str) -> bool:
    """Without a capital, in a script that has them; where all nouns have one, of nothing but nouns for places."""
    if words == words.lower() != words.upper():
        return True
    nouns = word_set(language, "places", "place_nouns")
    small = nouns | word_set(language, "places", "locatives") | word_set(language, "names", "side_words")
    parts = folded(words).split()
    return any(part in nouns or _ends_in_noun(part, nouns) for part in parts) and all(
        part in small or len(part) <= _ARTICLE or _ends_in_noun(part, nouns) for part in parts
    )


def _ends_in_noun(word: str, nouns: frozenset[str]) -> bool:
    """`Regionalhauptstadt`: compounds are written in one word."""
    return any(len(noun) >= _SHORTEST_HEAD and word.endswith(noun) for noun in nouns)


def _spelt_alike(words: str, name: str) -> bool:
    pairs = product(_WORD.findall(words), _WORD.findall(name))
    return any(fuzz.ratio(a, b) >= _SIMILAR for a, b in pairs)


def _scripts(words: str) -> set[str]:
    return {unicodedata.name(character, "?").split()[0] for character in words if character.isalpha()}


def _names_another(analysis: Analysis, place: DraftPlace) -> bool:
    """Whether the standard name is in the gazetteer and nothing in the words as written is a name of that place."""
    words, name = fold(place.as_written).text, fold(place.name).text
    if contains(words, name) or contains(name, words) or place.precision in WIDE:
        return False
    own = lookup(place.name, analysis.language, analysis.countries)
    if not own:
        return False
    inside = [mention.as_written for mention in mentions_in(analysis, place.as_written)]
    named = [place.as_written, *inside]
    known = [
        one
        for one in named
        if (found := lookup(one, analysis.language, analysis.countries)) and not _holds(found[0], own)
    ]
    return bool(known) and not any(same_place(one, place.name, analysis.language, analysis.countries) for one in known)


def _holds(whole: GazetteerEntry, places: Sequence[GazetteerEntry]) -> bool:
    """Whether it is a region or country, and one of the places a settlement in it: 'the capital of North Darfur'."""
    return whole.kind != "settlement" and any(
        one.kind == "settlement" and one.country == whole.country for one in places
    )
