"""The parties and persons that a text names: states, capitals and seats that stand for them, nationalities, armies,
alliances, organizations, armed groups, and persons by title or given name.

`same_party` compares two names across languages. A state and its army are two parties; a state, its government, its
capital and "the Russian side" are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from summarizer.language.countries import alpha3
from summarizer.language.cues import known_languages
from summarizer.language.evidence import is_located
from summarizer.language.folding import Word, base_forms, fold, joined, word_set, words
from summarizer.language.gazetteer import capitals, entries
from summarizer.language.parties import (
    KnownParty,
    MentionKind,
    Phrase,
    all_phrases,
    extra_seats,
    fits,
    known_party,
    phrases,
)
from summarizer.language.spots import Reading, Spot, read

_ARMY = "-army"
_MOST_ARMY_WORDS = 4
_SOFT = frozenset(" '’\n\u00a0")  # what may part the words of one clause
_AFTER = 3  # how far behind a capital the verb of saying may stand


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a text: `text[start:end] == as_written`.

    `metonym`: a capital or seat stands for its government here (always so for a seat, by the words around for a
    capital). `title`: what stood before a person's name.
    """

    start: int
    end: int
    as_written: str
    party: KnownParty | None
    kind: MentionKind
    metonym: bool = False
    title: str | None = None


def find_names(text: str, language: str) -> list[NameMention]:
    """The parties and persons named in a text, in order; mentions do not overlap."""
    reading = read(text, language)
    mentions: list[NameMention] = []
    covered: set[int] = set()
    for army in _armies(reading):
        mentions.append(army)
        covered.update(range(army.start, army.end))
    previous: NameMention | None = None
    for spot in reading.spots:
        if covered.isdisjoint(range(spot.start, spot.end)):
            mention = _of_spot(reading, spot, previous)
            if mention is not None:
                mentions.append(mention)
                previous = mention
    mentions += _persons(reading)
    return sorted(mentions, key=lambda mention: mention.start)


def standard_name(name: str, language: str, out_language: str) -> str | None:
    """The standard name in another language of the party that a name means; None where the name is not known."""
    party = _party_of(name, language)
    return party.names.get(out_language.split("-", maxsplit=1)[0].lower()) if party is not None else None


def same_party(a: str, b: str, language: str) -> bool:
    """Whether two names mean one party: "Moscou", "la partie russe" and "Russia" do; "l'armée russe" is another."""
    if fold(a) == fold(b):
        return True
    of_a, of_b = _analysis(a, language), _analysis(b, language)
    if of_a[0] is None and of_b[0] is None:
        return bool(of_a[1]) and of_a[1] == of_b[1]
    return of_a == of_b


def _party_of(name: str, language: str) -> KnownParty | None:
    party, rest = _analysis(name, language)
    return known_party(party) if party is not None and not rest else None


@lru_cache(maxsize=8192)
def _analysis(name: str, language: str) -> tuple[str | None, frozenset[str]]:
    """The party that a name given alone means, and its words that say something more ('defence', 'ministry')."""
    if code := alpha3(name.strip(), language) if len(name.strip()) in {2, 3} and name.strip().isupper() else None:
        found = all_phrases().get(fold(name))
        if not any(fits(phrase, words(name), language) for phrase in found if phrase.kind != "country"):
            return code, frozenset()
    for each in (language, *(other for other in known_languages() if other != language)):
        party, rest = _analysed(name, each)
        if party is not None:
            return party, rest
    return None, _rest(words(name), [], language)


def _analysed(name: str, language: str) -> tuple[str | None, frozenset[str]]:
    small = word_set(language, "names", "side_words")
    parts = words(name)
    while parts and parts[0].key in small and len(parts) > 1:
        whole = phrases(language).get(" ".join(word.key for word in parts))
        if whole:
            return whole[0].party, frozenset()
        parts = parts[1:]
    if not parts:
        return None, frozenset()
    start = parts[0].start
    mentions = [m for m in find_names(name[start:], language) if m.party is not None]
    if not mentions:
        return None, frozenset()
    best = next((mention for mention in mentions if mention.kind == "army"), mentions[0])
    others = {mention.party.id for mention in mentions if mention.party is not None} - {
        best.party.id if best.party else ""
    }
    rest = _rest(parts, [replace(m, start=m.start + start, end=m.end + start) for m in mentions], language)
    return (best.party.id if best.party else None), rest | others


def _rest(parts: Sequence[Word], mentions: Sequence[NameMention], language: str) -> frozenset[str]:
    """The folded words that no mention covers and that mean more than 'the', 'side', 'government'."""
    small = word_set(language, "names", "side_words") | word_set(language, "names", "army_links")
    left: set[str] = set()
    for word in parts:
        covered = any(mention.start < word.end and word.start < mention.end for mention in mentions)
        if word.dense:
            text = word.text
            for mention in mentions:
                text = text.replace(mention.as_written, " ")
            for drop in sorted(small, key=len, reverse=True):
                text = text.replace(drop, " ")
            left.update(text.split())
        elif not covered and word.key not in small:
            left.add(word.key)
    return frozenset(left)


def _of_spot(reading: Reading, spot: Spot, previous: NameMention | None) -> NameMention | None:
    in_person = all(i in reading.in_person for i in range(spot.first, spot.last))
    if in_person:
        return None
    if spot.phrases:
        phrase = spot.phrases[0]
        if phrase.kind == "demonym" and spot.settlement and not _is_adjective_like(reading, phrase):
            return None
        return _mention(
            reading, spot.start, spot.end, party=phrase.party, kind=phrase.kind, metonym=phrase.kind == "seat"
        )
    country = _capital(reading, spot) if spot.settlement else None
    if country is None or _is_common(reading, spot):
        return None
    metonym = _is_metonym(reading, spot, previous)
    return _mention(reading, spot.start, spot.end, party=country, kind="capital", metonym=metonym)


def _is_adjective_like(reading: Reading, phrase: Phrase) -> bool:
    return len(phrase.written) > 2 or not reading.text.isascii()


def _is_common(reading: Reading, spot: Spot) -> bool:
    return spot.last == spot.first + 1 and spot.key in word_set(reading.language, "places", "common_words")


def _mention(
    reading: Reading, start: int, end: int, *, party: str, kind: MentionKind, metonym: bool = False
) -> NameMention:
    return NameMention(start, end, reading.text[start:end], known_party(party), kind, metonym)


def _capital(reading: Reading, spot: Spot) -> str | None:
    """The party that the government in this city is, where the name's most likely city is a capital."""
    found = [entry for entry in entries(spot.key, reading.language) if entry.kind == "settlement"]
    number = found[0].geonames_id if found else None
    return (extra_seats().get(number) or capitals().get(number)) if number is not None else None


def _is_metonym(reading: Reading, spot: Spot, previous: NameMention | None) -> bool:
    """Whether a capital stands for its government: not after 'in', but before 'said' and in 'between X and Y'."""
    if reading.words[spot.first].dense:
        return _dense_metonym(reading, spot, previous)
    if is_located(reading, spot):
        return False
    text, found = reading.text, reading.words
    before = word_set(reading.language, "names", "state_cues_before")
    links = word_set(reading.language, "places", "list_words")
    i = spot.first
    if i and joined(text, found[i - 1], found[i]):
        one = found[i - 1].key
        two = f"{found[i - 2].key} {one}" if i > 1 else one
        bare = {form for form, cut in base_forms(one, reading.language) if cut}  # 'and' may be glued to the verb
        if one in links or (spot.cut and spot.cut in links):
            between = {"", found[i - 1].text, spot.cut}
            aside = previous is not None and text[previous.end : spot.start].strip() in between
            return aside and previous is not None and _is_side(previous)
        if one in before or two in before or bare & before:
            return True
    return _then_acts(reading, spot)


def _is_side(mention: NameMention) -> bool:
    return mention.metonym or mention.kind in {"country", "seat", "alliance"}


def _then_acts(reading: Reading, spot: Spot) -> bool:
    """Whether a verb of saying or acting follows, at most a word or two on, in the same clause."""
    stems = tuple(word_set(reading.language, "names", "state_cues_after"))
    long_stems = tuple(stem for stem in stems if len(stem) > 3)
    short = frozenset(stems)
    for j in range(spot.last, min(spot.last + _AFTER, len(reading.words))):
        before, word = reading.words[j - 1], reading.words[j]
        if not set(reading.text[before.end : word.start]) <= _SOFT:
            return False
        if (
            word.key in short
            or word.key.startswith(long_stems)
            or (j == spot.last and word.key.startswith(_verb_stems(stems)))
        ):
            return True
        if word.capitalised and word.cased:
            return False
    return False


def _verb_stems(stems: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem for stem in stems if len(stem) >= 3)


def _dense_metonym(reading: Reading, spot: Spot, previous: NameMention | None) -> bool:
    if is_located(reading, spot):
        return False
    after = reading.text[spot.end : spot.end + 6]
    before = reading.text[max(0, spot.start - 4) : spot.start]
    if after.startswith(tuple(word_set(reading.language, "names", "state_cues_after"))):
        return True
    if previous is not None and previous.end == spot.start - 1 and _is_side(previous):
        return True
    return before.endswith(tuple(word_set(reading.language, "names", "state_cues_before")))


def _armies(reading: Reading) -> Iterator[NameMention]:
    """A nationality or a country beside an army word: 'Russian forces', 'forces ukrainiennes', 'army of Ukraine'."""
    found = reading.words
    i = 0
    while i < len(found):
        count = _army_words(reading, i)
        span = _army_span(reading, i, count) if count else None
        if span is not None:
            first, last, country = span
            yield _mention(reading, found[first].start, found[last - 1].end, party=country + _ARMY, kind="army")
        i += count or 1


def _army_words(reading: Reading, i: int) -> int:
    """How many words from i on are an army word, the longest first."""
    army = word_set(reading.language, "names", "army_words")
    for count in range(min(_MOST_ARMY_WORDS, len(reading.words) - i), 0, -1):
        part = reading.words[i : i + count]
        if any(not joined(reading.text, a, b) for a, b in pairwise(part)):
            continue
        keys = " ".join(word.key for word in part)
        if keys in army or (count == 1 and any(form in army for form, _ in base_forms(keys, reading.language))):
            return count
    return 0


def _army_span(reading: Reading, i: int, count: int) -> tuple[int, int, str] | None:
    """(first word, one past the last, country) of an army's name around its army word."""
    before = reading.owners.get(i - 1)
    if before is not None and before.last == i and (country := _nationality(before)) and _beside(reading, i - 1, i):
        return before.first, i + count, country
    j = i + count
    links = word_set(reading.language, "names", "army_links")
    linked = False
    for _ in range(3):
        after = reading.owners.get(j)
        if after is not None and after.first == j and (country := _nationality(after)) and _beside(reading, j - 1, j):
            is_demonym = after.phrases[0].kind == "demonym"
            genitive = after.key != fold(reading.text[after.start : after.end])
            bare = linked or is_demonym or genitive or not links
            return (i, after.last, country) if bare else None
        if j >= len(reading.words) or reading.words[j].key not in links or not _beside(reading, j - 1, j):
            break
        linked, j = True, j + 1
    # "'s": the country may also stand before with a link between: "Ukraine's army", "Rusya'nın ordusu"
    owner = reading.owners.get(i - 2) if i > 1 and reading.words[i - 1].key in links else None
    if owner is None or not (_beside(reading, i - 2, i - 1) and _beside(reading, i - 1, i)):
        return None
    found = _nationality(owner)
    return (owner.first, i + count, found) if found else None


def _beside(reading: Reading, i: int, j: int) -> bool:
    return joined(reading.text, reading.words[i], reading.words[j])


def _nationality(spot: Spot) -> str | None:
    """The country of a spot that names a country or a nationality."""
    return next((phrase.party for phrase in spot.phrases if phrase.kind in {"demonym", "country"}), None)


def _persons(reading: Reading) -> Iterator[NameMention]:
    for span in reading.persons:
        start, end = reading.words[span.first].start, reading.words[span.last - 1].end
        yield NameMention(start, end, reading.text[start:end], None, "person", title=span.title)
