"""Where in a text a name of a country, region, settlement or party stands: the longest known name at each word.

This is only the scan that `places` and `names` share. Nothing is judged here but capital letters: whether "Nice" is the
town, or "Moscow" the government, is for the two to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from summarizer.language.folding import (
    Word,
    base_forms,
    fold,
    inflects,
    is_dense,
    joined,
    opens_sentence,
    word_set,
    words,
)
from summarizer.language.gazetteer import listed_settlements, region_names, settlements
from summarizer.language.parties import Phrase, Phrases, fits, phrases
from summarizer.language.persons import PersonSpan, person_spans
from summarizer.language.settlements import large_index

_MOST_WORDS = 12
_MOST_SETTLEMENT_WORDS = 5
_MOST_INFLECTED_WORDS = 4
_MOST_FORMS = 96
_HEAD = 4  # letters that the cases of a word have in common, at the least
_LONGEST_DENSE = 20
_TITLE_LINE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """A known name: `text[start:end]`, words `first` to `last` (exclusive); `key` is the folded name in the index."""

    start: int
    end: int
    first: int
    last: int
    key: str
    phrases: tuple[Phrase, ...]  # parties and countries of this name, in order of preference
    region: str | None
    settlement: bool  # the gazetteer has a settlement of this name
    cut: str  # a preposition glued to the front (Arabic), which the span leaves out

    @property
    def country(self) -> str | None:
        """The country that it names as a country."""
        return next((phrase.party for phrase in self.phrases if phrase.kind == "country"), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read for names."""

    text: str
    language: str
    words: list[Word]
    persons: list[PersonSpan]
    spots: list[Spot]
    in_person: frozenset[int]  # numbers of the words that belong to a person's name
    in_title: frozenset[int]  # numbers of the words in lines where capitals say nothing
    starts: dict[int, Spot]  # the spots by the offset that they begin at
    owners: dict[int, Spot]  # the spots by the numbers of their words
    surnames: frozenset[str]  # the last words of the persons' names, folded

    def opens(self, i: int) -> bool:
        """Whether word i opens a sentence."""
        return opens_sentence(self.text, self.words[i - 1] if i else None, self.words[i])


@lru_cache(maxsize=4)
def read(text: str, language: str) -> Reading:
    """The words, persons and known names of a text."""
    found = words(text)
    persons = person_spans(text, found, language)
    in_person = frozenset(i for span in persons for i in range(span.first, span.last))
    spots = list(_spots(text, found, language, in_person))
    starts = {spot.start: spot for spot in spots}
    owners = {i: spot for spot in spots for i in range(spot.first, spot.last)}
    in_title = frozenset(_title_words(text, found))
    surnames = frozenset(found[span.last - 1].key for span in persons)
    return Reading(text, language, found, persons, spots, in_person, in_title, starts, owners, surnames)


def _spots(text: str, found: list[Word], language: str, in_person: frozenset[int]) -> Iterator[Spot]:
    index = phrases(language)
    i = 0
    while i < len(found):
        if found[i].dense:
            yield from _dense_spots(found[i], i, index, language)
            i += 1
            continue
        spot = _spot_at(text, found, i, index, language=language, person=i in in_person)
        later = _longer_inside(text, found, spot, index, language) if spot is not None else None
        if later is not None:
            spot = later
        if spot is not None:
            yield spot
        i = spot.last if spot is not None else i + 1


def _longer_inside(text: str, found: list[Word], spot: Spot, index: Phrases, language: str) -> Spot | None:
    """A name that begins inside another and ends behind it: 'the West' gives way to 'West Bank'."""
    for i in range(spot.first + 1, spot.last):
        other = _spot_at(text, found, i, index, language=language, person=False)
        if other is not None and other.last > spot.last and (other.phrases or other.region is not None):
            return other
    return None


def _spot_at(text: str, found: list[Word], i: int, index: Phrases, *, language: str, person: bool) -> Spot | None:
    """The longest name that begins at word i; as written before any dictionary form."""
    run = [found[i]]
    most = _MOST_WORDS if index.opens(found[i].key) else _MOST_SETTLEMENT_WORDS
    for word in found[i + 1 : i + most]:
        if word.dense or not joined(text, run[-1], word):
            break
        run.append(word)
    regions, world, listed = region_names(language), large_index(found[i].key), listed_settlements(language)
    for count in range(len(run), 0, -1):
        part = run[:count]
        settles = not person and _may_be_settlement(part)
        for key, cut in _keys(
            part, language, inflected=count == 1 or settles or part[0].key[:_HEAD] in _heads(language)
        ):
            settled = settles and len(key) > 1 and (key in world or key in listed)
            if settled or index.get(key) or key in regions:
                spot = _known(part, i, key, cut, settled=settled, language=language)
                if spot is not None:
                    return _as_country(spot, part, i, language) or _as_larger(spot, part, language)
    return _region_adjective(found, i, language)


def _as_country(spot: Spot, part: list[Word], i: int, language: str) -> Spot | None:
    """With a capital, "Polski" is Poland's genitive rather than "Polish", where the language's endings allow both."""
    if len(part) > 1 or not part[0].capitalised or not spot.phrases or spot.phrases[0].kind != "demonym":
        return None
    for key, _ in base_forms(part[0].key, language):
        other = _known(part, i, key, 0, settled=False, language=language)
        if other is not None and other.country == spot.phrases[0].party:
            return other
    return None


def _as_larger(spot: Spot, part: list[Word], language: str) -> Spot:
    """Of the settlements whose name a word in another case may be, the largest."""
    written = " ".join(word.key for word in part)
    if spot.phrases or spot.region is not None or spot.key == written or len(part) > 1 or spot.cut:
        return spot
    forms = [key for key, cut in base_forms(written, language) if not cut and key in large_index(key)]
    return replace(spot, key=_largest(forms) or spot.key)


def _region_adjective(found: list[Word], i: int, language: str) -> Spot | None:
    """'Донецкой области': an adjective made from a settlement's name, before a noun of place."""
    word = found[i]
    if (
        not word.capitalised
        or i + 1 >= len(found)
        or found[i + 1].key not in word_set(language, "places", "place_nouns")
    ):
        return None
    forms = [key for key, _ in base_forms(word.key, language, "adjective_endings") if key in large_index(key)]
    key = _largest(forms)
    return Spot(word.start, word.end, i, i + 1, key, (), None, True, "") if key else None


def _largest(keys: list[str]) -> str | None:
    """Of the names that a word may be a form of, the one of the largest settlement."""
    return max(keys, key=lambda key: settlements(key, small=False)[0].population, default=None)


def _known(part: list[Word], i: int, key: str, cut: int, *, settled: bool, language: str) -> Spot | None:
    """The spot of an indexed key, if the words have the capitals that the name asks for."""
    named = tuple(phrase for phrase in phrases(language).get(key) if fits(phrase, part, language))
    region = region_names(language).get(key)
    if region is not None and part[0].cased and not any(word.capitalised for word in part):
        region = None
    if not named and region is None and not settled:
        return None
    start = part[0].start + cut
    return Spot(start, part[-1].end, i, i + len(part), key, named, region, settled, part[0].text[:cut])


def _may_be_settlement(part: list[Word]) -> bool:
    if len(part) > _MOST_SETTLEMENT_WORDS or part[0].text.isdigit():
        return False
    return not part[0].cased or (part[0].capitalised and (part[-1].capitalised or part[-1].text[0].isdigit()))


def _keys(part: list[Word], language: str, inflected: bool) -> Iterator[tuple[str, int]]:
    """The keys to look a run of words up by, and the letters cut off its front: as written, then dictionary forms."""
    yield " ".join(word.key for word in part), 0
    if not inflected or len(part) > _MOST_INFLECTED_WORDS or not inflects(language):
        return
    options = [((word.key, 0), *base_forms(word.key, language)) for word in part]
    forms: list[tuple[str, int]] = list(options[0])
    for option in options[1:]:
        forms = [(f"{form} {more}", cut) for form, cut in forms for more, glued in option if not glued][:_MOST_FORMS]
    yield from forms[1:]


@cache
def _heads(language: str) -> frozenset[str]:
    """The first words of names of several words, and what they may be in other cases."""
    names = [*phrases(language).keys(), *region_names(language)]
    return frozenset(name.split(" ", 1)[0][:_HEAD] for name in names if " " in name)


def _dense_spots(word: Word, i: int, index: Phrases, language: str) -> Iterator[Spot]:
    """Longest match within a run of a script without spaces; names of one character do not count."""
    run = "".join(_fold_character(character) for character in word.text)
    regions, listed = region_names(language), listed_settlements(language)
    settled = large_index("中")
    heads = _dense_heads(language)
    position = 0
    while position < len(run) - 1:
        step = 1
        if run[position : position + 2] in heads:
            for length in range(min(_LONGEST_DENSE, len(run) - position), 1, -1):
                key = run[position : position + length]
                named = tuple(index.get(key))
                region, settlement = regions.get(key), key in settled or key in listed
                if named or region is not None or settlement:
                    start = word.start + position
                    yield Spot(start, start + length, i, i + 1, key, named, region, settlement, "")
                    step = length
                    break
        position += step


@cache
def _dense_heads(language: str) -> frozenset[str]:
    """The first two characters of every name in a script without spaces: most positions need no further look."""
    keys = [
        *large_index("中").keys(),
        *region_names(language),
        *listed_settlements(language),
        *phrases(language).keys(),
    ]
    return frozenset(key[:2] for key in keys if len(key) > 1 and is_dense(key[0]))


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else character


def _title_words(text: str, found: list[Word]) -> Iterator[int]:
    """Words of lines in title case or in capitals only (headlines)."""
    line: list[int] = []
    for i, word in enumerate(found):
        if line and "\n" in text[found[i - 1].end : word.start]:
            yield from line if _is_title(found, line) else ()
            line = []
        line.append(i)
    yield from line if _is_title(found, line) else ()


def _is_title(found: list[Word], line: list[int]) -> bool:
    longer = [found[i] for i in line if len(found[i].text) > 3 and found[i].cased]
    return len(longer) >= _TITLE_LINE_WORDS and sum(word.capitalised for word in longer) >= 0.8 * len(longer)
