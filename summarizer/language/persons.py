"""Names of persons, by what stands around them: a title before, or a given name first.

Only scripts that have capitals: elsewhere nothing marks where a person's name ends. This is no finder of all persons;
it tells which capitalised words are a person's, so that "Mayor Lincoln" and "Victoria Nuland" are no places.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from summarizer.language.cues import cues
from summarizer.language.folding import Word, adjacent, base_forms, fold, joined, word_set
from summarizer.language.parties import Phrases, fits, phrases

# fmt: off
_PARTICLES = frozenset({
    "af", "ag", "al", "abu", "ben", "bin", "bint", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "le", "ould", "san", "ter", "ul", "ur", "van", "von", "y", "zu",
})
# fmt: on
_HOPS = 4
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """Words `first` to `last` (exclusive) of a text that are one person's name; `title` where a title stood before."""

    first: int
    last: int
    title: str | None


def person_spans(text: str, found: list[Word], language: str) -> list[PersonSpan]:
    """The persons' names among the words of a text, in order; they do not overlap."""
    spans: list[PersonSpan] = []
    titles, index = _titles(language), phrases(language)
    i = 0
    while i < len(found):
        span = None
        if found[i].cased:
            title = _title_end(text, found, i, titles)
            if title > i:
                span = _after_title(text, found, i, title, language=language, index=index)
            elif found[i].capitalised and found[i].key in given_names():
                span = _from_given_name(text, found, i, language, index)
        if span is None:
            i += 1
            continue
        spans.append(span)
        i = span.last
    return spans


def _title_end(text: str, found: list[Word], i: int, titles: frozenset[str]) -> int:
    """One past the last word of the longest title that begins at word i, or i."""
    key, end = "", i
    for j in range(i, min(i + 5, len(found))):
        if j > i and not joined(text, found[j - 1], found[j]):
            break
        key = f"{key} {found[j].key}" if key else found[j].key
        if key in titles:
            end = j + 1
    return end


def _after_title(
    text: str, found: list[Word], start: int, i: int, *, language: str, index: Phrases
) -> PersonSpan | None:
    """The name after a title, over nationality words and 'of Ukraine': 'président ukrainien Volodymyr Zelensky'."""
    title = text[found[start].start : found[i - 1].end]
    links = word_set(language, "names", "army_links") | word_set(language, "names", "side_words")
    linked = False  # after "of" only a country may follow, not the name: "mayor of Bucha"
    for _ in range(_HOPS):
        if i >= len(found) or not _follows(text, found, i, language):
            return None
        known = _party_words(found, i, language, index)
        if known:
            i += known
        elif found[i].key in links:
            i, linked = i + 1, True
        elif found[i].capitalised and not linked:
            break
        else:
            return None
        linked = linked and not known
    else:
        return None
    if found[i].key in word_set(language, "names", "title_tails"):
        return None  # "General Staff", "Chief Minister"
    i = _skip_office(text, found, i, language)
    last = _name_end(text, found, i, language, index)
    return PersonSpan(i, last, title) if last > i else None


def _skip_office(text: str, found: list[Word], i: int, language: str) -> int:
    """Past what a title may be of, in a language without 'of': 'мер Харкова Ігор Терехов'."""
    if i + 1 >= len(found) or found[i].key in given_names() or not _follows(text, found, i + 1, language):
        return i
    return i + 1 if found[i + 1].capitalised and found[i + 1].key in given_names() else i


def _from_given_name(text: str, found: list[Word], i: int, language: str, index: Phrases) -> PersonSpan | None:
    if _party_words(found, i, language, index) > 1:
        return None
    last = _name_end(text, found, i, language, index)
    return PersonSpan(i, last, None) if last > i + 1 else None


def _name_end(text: str, found: list[Word], i: int, language: str, index: Phrases) -> int:
    """One past the last word of a name that begins at word i; a particle counts only before a capitalised word."""
    nouns = bool(cues(language, "places").get("capitalised_nouns", False))
    most = _MOST_WORDS if not nouns else 3 if found[i].key in given_names() else 2
    end, j = i, i
    while j < len(found) and j - i < most + 1 and end - i < most:
        if j > i and not _follows(text, found, j, language) and not _hyphenated(text, found, j):
            break
        word = found[j]
        if word.capitalised and not (
            j > i and word.key not in given_names() and _party_words(found, j, language, index)
        ):
            end = j + 1
        elif word.key not in _PARTICLES or j == i:
            break
        j += 1
    return end


def _follows(text: str, found: list[Word], i: int, language: str) -> bool:
    before = found[i - 1]
    shortened = text[before.end : found[i].start] == ". " and _is_short(before, language)
    return shortened or adjacent(text, before, found[i])


def _is_short(word: Word, language: str) -> bool:
    """Whether a full stop after a word may be that of an initial or of "Gen."."""
    return len(word.text) <= 2 or (len(word.text) <= 4 and word.key in _titles(language))


def _hyphenated(text: str, found: list[Word], i: int) -> bool:
    return text[found[i - 1].end : found[i].start] in {"-", "’", "'", "‑"}


def _party_words(found: list[Word], i: int, language: str, index: Phrases) -> int:
    """How many words from i on name a country, a nationality or an organization (at most three)."""
    for count in (3, 2, 1):
        part = found[i : i + count]
        key = " ".join(word.key for word in part)
        keys = [key, *(form for form, _ in base_forms(key, language))] if count == 1 else [key]
        if len(part) == count and any(fits(phrase, part, language) for each in keys for phrase in index.get(each)):
            return count
    return 0


@cache
def _titles(language: str) -> frozenset[str]:
    return word_set(language, "names", "titles") or word_set("en", "names", "titles")


@cache
def given_names() -> frozenset[str]:
    """Folded given names, of all scripts together."""
    raw = (files("summarizer.language") / "data" / "world" / "given_names.toml").read_text(encoding="utf-8")
    return frozenset(fold(name) for names in tomllib.loads(raw).values() for name in names.split())
