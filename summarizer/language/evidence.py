"""What the words around a settlement's name say: that something is located there, or that it is a person's name.

The prepositions and nouns of place are the language's data (`[places]`); scripts without spaces look at the characters
beside the name instead of the words.
"""

from __future__ import annotations

from summarizer.language.cues import cues
from summarizer.language.folding import Word, adjacent, joined, word_set
from summarizer.language.persons import given_names
from summarizer.language.spots import Reading, Spot
from summarizer.schema.article import Iso3

RIVERS = frozenset({"NER", "COG", "COD", "JOR", "SEN", "GMB", "PRY", "URY"})
"""Countries that bear a river's name."""
_RIVER_REACH = 4
# fmt: off
_ARTICLES = frozenset({
    "ad", "al", "an", "ar", "as", "ash", "at", "az", "ech", "ed", "el", "en", "er", "es", "esh", "et", "ez", "ul",
})
# fmt: on
LIST_GAP = 12  # characters between two members of a list, at most


def is_located(reading: Reading, spot: Spot) -> bool:
    """Whether the words around say that this is where something is: 'in X', 'the city of X', 'X region', "X'de"."""
    found, language = reading.words, reading.language
    strict = word_set(language, "places", "strict_locatives")
    nouns = word_set(language, "places", "place_nouns")
    if found[spot.first].dense:
        return _dense_located(reading, spot, strict, nouns)
    glued = "".join(cues(language, "places").get("place_prefixes", []))
    if spot.cut and spot.cut[-1] in glued:
        return True
    return _located_before(reading, spot, strict, nouns) or _located_after(reading, spot, nouns)


def _located_before(reading: Reading, spot: Spot, strict: frozenset[str], nouns: frozenset[str]) -> bool:
    found, i = reading.words, spot.first
    if not i or reading.opens(i) or not joined(reading.text, found[i - 1], found[i]):
        return False
    if is_compound(reading, spot):
        return False
    one, two = found[i - 1].key, found[i - 2].key if i > 1 else ""
    if one in strict or one in nouns or f"{two} {one}" in strict:
        return True
    return two in nouns and one in word_set(reading.language, "places", "locatives")


def is_compound(reading: Reading, spot: Spot) -> bool:
    """'Puerto Jordán', 'Norte de Santander': a noun of place with a capital makes one longer name of both."""
    found, i, language = reading.words, spot.first, reading.language
    if not i or reading.opens(i) or cues(language, "places").get("capitalised_nouns", False):
        return False
    linked = i > 1 and found[i - 1].key in word_set(language, "places", "locatives") and not reading.opens(i - 1)
    head = i - 2 if linked else i - 1
    noun = found[head].cased and found[head].capitalised and not reading.opens(head)
    return noun and found[head].key in word_set(language, "places", "place_nouns")


def goes_on(reading: Reading, spot: Spot) -> bool:
    """'Busra al-Sham': with an Arabic article after it, this is the beginning of a longer name."""
    found, i = reading.words, spot.last
    if i + 1 >= len(found) or found[i].key not in _ARTICLES or not adjacent(reading.text, found[i - 1], found[i]):
        return False
    return found[i + 1].capitalised and reading.text[found[i].end : found[i + 1].start] in {"-", "‑", " "}


def is_river(reading: Reading, spot: Spot) -> bool:
    """'the banks of the Niger', 'the Jordan River', 'rive gauche du Niger': a river of that name."""
    rivers = word_set(reading.language, "places", "rivers")
    found, text = reading.words, reading.text
    if not rivers:
        return False
    if spot.last < len(found) and found[spot.last].key in rivers:
        return adjacent(text, found[spot.last - 1], found[spot.last])
    links = word_set(reading.language, "places", "river_links")
    for i in range(spot.first - 1, max(-1, spot.first - 1 - _RIVER_REACH), -1):
        if not joined(text, found[i], found[i + 1]):
            return False
        if found[i].key in rivers:
            return True
        if found[i].key not in links:
            return False
    return False


def _located_after(reading: Reading, spot: Spot, nouns: frozenset[str]) -> bool:
    if spot.last >= len(reading.words):
        return False
    last, after = reading.words[spot.last - 1], reading.words[spot.last]
    if adjacent(reading.text, last, after) and after.key in nouns:
        return True
    glued = reading.text[last.end : after.start] in {"'", "’"}
    return glued and after.key in word_set(reading.language, "places", "place_suffixes")


def is_weakly_located(reading: Reading, spot: Spot) -> bool:
    """After a word that may say where, and may not ('de' in 'huir de Tibú', but also in 'el plan de Petro')."""
    i = spot.first
    if not i or reading.opens(i) or not joined(reading.text, reading.words[i - 1], reading.words[i]):
        return False
    if reading.words[i - 1].key not in word_set(reading.language, "places", "locatives"):
        return False
    return reading.words[spot.last - 1].key not in reading.surnames


def _dense_located(reading: Reading, spot: Spot, strict: frozenset[str], nouns: frozenset[str]) -> bool:
    before = reading.text[max(0, spot.start - 4) : spot.start]
    after = reading.text[spot.end : spot.end + 4]
    return before.endswith((*strict, *nouns)) or after.startswith(tuple(nouns))


def is_common(key: str, language: str) -> bool:
    """Whether a folded word is a common word of the language, or a noun of place."""
    return key in word_set(language, "places", "common_words") or key in word_set(language, "places", "place_nouns")


def in_list(reading: Reading, spot: Spot, end: int | None) -> bool:
    """'in Bucha, Irpin and Hostomel': what is true of a settlement, which ends at `end`, is true of the next."""
    if end is None or not end < spot.start <= end + LIST_GAP:
        return False
    gap = reading.text[end : spot.start]
    bare = gap.strip(" ,،、;\u00a0\n").casefold()
    return "." not in gap and (not bare or bare in word_set(reading.language, "places", "list_words"))


def country_beside(reading: Reading, spot: Spot) -> Iso3 | None:
    """The country in 'Tripoli, Lebanon' and 'Tripoli (Lebanon)'."""
    if reading.text[spot.end : spot.end + 2] not in {", ", " (", "، ", "（"} or reading.words[spot.first].dense:
        return None
    beside = reading.starts.get(spot.end + 2)
    return Iso3(beside.country) if beside is not None and beside.country is not None else None


def is_person_like(reading: Reading, spot: Spot, located: bool) -> bool:
    """Whether its capitalised neighbours make it part of a person's or an unknown longer name."""
    text, found, i = reading.text, reading.words, spot.first
    if i in reading.in_person:
        return True
    nouns_have_capitals = bool(cues(reading.language, "places").get("capitalised_nouns", False))
    if spot.key in given_names() and not nouns_have_capitals and spot.last < len(found):
        last, after = found[spot.last - 1], found[spot.last]
        if after.capitalised and adjacent(text, last, after):
            return True
    if located or not i or reading.opens(i) or nouns_have_capitals:
        return False
    before = found[i - 1]
    return before.capitalised and adjacent(text, before, found[i]) and not _is_plain(reading, before, i - 1)


def _is_plain(reading: Reading, word: Word, i: int) -> bool:
    """Whether a capitalised word before a place is no name of a person: a title-less word that is known otherwise."""
    language = reading.language
    if any(
        word.key in word_set(language, "places", name)
        for name in ("place_nouns", "locatives", "common_words", "list_words")
    ):
        return True
    return i in reading.owners or (reading.opens(i) and word.key not in given_names())


def is_shouted(reading: Reading, spot: Spot) -> bool:
    """Whether the words around are in capitals too, so that a word in capitals need not be an acronym."""
    near = reading.words[max(0, spot.first - 2) : spot.first] + reading.words[spot.last : spot.last + 2]
    return any(word.all_caps and len(word.text) > 3 for word in near)


def speaks(reading: Reading, spot: Spot) -> bool:
    """Whether a verb of saying follows at once: a surname rather than a town."""
    if spot.last >= len(reading.words):
        return False
    verbs = tuple(word_set(reading.language, "names", "state_cues_after"))
    return bool(verbs) and reading.words[spot.last].key.startswith(verbs)
