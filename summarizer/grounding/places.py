"""Check 4, place: its name stands in the article; codes and coordinates come from the gazetteer."""

from __future__ import annotations

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.language.analysis import Analysis
from summarizer.language.countries import alpha3
from summarizer.language.gazetteer import GazetteerEntry, lookup, same_place
from summarizer.language.places import PlaceMention
from summarizer.schema.codes import Precision
from summarizer.schema.draft import DraftPlace

_WIDE = frozenset({Precision.REGION, Precision.LINE, Precision.SEA_OR_AIR})


def check_place(analysis: Analysis, name: str, drafted: DraftPlace, findings: Findings) -> None:
    """The words must stand in the article, and the standard name must be a name of what they name."""
    if not _stands(analysis, drafted.as_written):
        findings.wrong(
            "place",
            f"`{name}`: {drafted.as_written!r} does not stand in the article: copy its words for the place, or give null.",
        )
        return
    if _names_another(analysis, drafted):
        findings.wrong(
            "place", f"`{name}`: {drafted.name!r} is another place than {drafted.as_written!r}: correct the name."
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
    inside = [mention for mention in analysis.places if contains(words, fold(mention.as_written).text)]
    named = [mention for mention in inside if _same(analysis, mention, place)]
    return [mention.entry for mention in (named or inside[::-1])]


def _same(analysis: Analysis, mention: PlaceMention, place: DraftPlace) -> bool:
    return fold(mention.as_written).text == fold(place.name).text or same_place(
        mention.as_written, place.name, analysis.language, analysis.countries
    )


def _stands(analysis: Analysis, words: str) -> bool:
    return contains(fold(analysis.article.text).text, fold(words).text)


def _names_another(analysis: Analysis, place: DraftPlace) -> bool:
    """Whether the standard name is in the gazetteer and nothing in the words as written is a name of that place."""
    words, name = fold(place.as_written).text, fold(place.name).text
    if contains(words, name) or contains(name, words) or place.precision in _WIDE:
        return False
    if not lookup(place.name, analysis.language, analysis.countries):
        return False
    inside = [mention.as_written for mention in analysis.places if contains(words, fold(mention.as_written).text)]
    named = [place.as_written, *inside]
    known = [one for one in named if lookup(one, analysis.language, analysis.countries)]
    return bool(known) and not any(same_place(one, place.name, analysis.language, analysis.countries) for one in known)
