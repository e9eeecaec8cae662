"""Parties that news on conflicts names, and every phrase that names one in a language.

A party's names stand in the languages' data (`[names]`); states and their armies are made from CLDR's country names and
the data's nationality words. `phrases` is the index that `names` and `places` search a text with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from summarizer.language.countries import by_alpha3, country_name, written_country_names
from summarizer.language.cues import cues, known_languages
from summarizer.language.folding import Word, fold, is_dense
from summarizer.schema.article import Iso3
from summarizer.schema.codes import PartyKind

MentionKind = Literal[
    "country", "capital", "seat", "demonym", "army", "alliance", "organization", "group", "body", "person", "other"
]
_MENTION_KINDS: dict[str, MentionKind] = {
    PartyKind.ALLIANCE: "alliance",
    PartyKind.INTERNATIONAL_ORGANIZATION: "organization",
    PartyKind.NGO: "organization",
    PartyKind.ARMED_FORCES: "army",
    PartyKind.GOVERNMENT_BODY: "body",
    PartyKind.REBEL_GROUP: "group",
    PartyKind.MILITIA: "group",
    PartyKind.SEPARATIST_ENTITY: "group",
    PartyKind.PRIVATE_MILITARY_COMPANY: "group",
}
_ACRONYM = 6
_ARMY = "-army"


class StandardNames(Mapping[str, str]):
    """A party's standard name by language (ISO 639-1); a language's file is read when its name is asked for."""

    def __init__(self, name_in: Callable[[str], str | None]) -> None:
        """`name_in` gives the name in a language, or None."""
        self._name_in = name_in

    def __getitem__(self, language: str) -> str:
        """The name in `language`. Raises KeyError where there is none."""
        name = self._name_in(language) if language in known_languages() else None
        if name is None:
            raise KeyError(language)
        return name

    def __iter__(self) -> Iterator[str]:
        """The languages in which there is a name."""
        return (language for language in known_languages() if self._name_in(language) is not None)

    def __len__(self) -> int:
        """How many languages have a name."""
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party: `UKR`, `UKR-army`, `nato`; its standard names. `humanitarian`: it protects, counts or helps people."""

    id: str
    kind: PartyKind
    country: Iso3 | None
    names: Mapping[str, str] = field(hash=False, compare=False, repr=False)
    humanitarian: bool = False


class Phrase(NamedTuple):
    """One way to write a party's name: the words as the data has them, what kind of mention it is, and of whom."""

    written: str
    kind: MentionKind
    party: str


class Phrases:
    """Folded phrases -> `Phrase`s, searched longest first."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Later phrases with the same key are added, not put in place of the earlier ones."""
        self._by_key: dict[str, list[Phrase]] = {}
        self._first: set[str] = set()
        for phrase in phrases:
            key = fold(phrase.written)
            if not key:
                continue
            listed = self._by_key.setdefault(key, [])
            self._first.add(key.split(" ", 1)[0])
            if phrase not in listed:
                listed.append(phrase)

    def get(self, key: str) -> list[Phrase]:
        """The phrases with this folded form."""
        return self._by_key.get(key, [])

    def opens(self, first: str) -> bool:
        """Whether a phrase begins with this folded word."""
        return first in self._first

    def keys(self) -> Iterable[str]:
        """All folded forms."""
        return self._by_key.keys()


@cache
def known_party(party: str) -> KnownParty | None:
    """A party by its id: a country's alpha-3 code, that and `-army`, or an id of the data."""
    country = Iso3(party.removesuffix(_ARMY))
    if country in by_alpha3():
        if party.endswith(_ARMY):
            names = StandardNames(lambda language: _army_name(language, country))
            return KnownParty(party, PartyKind.ARMED_FORCES, country, names)
        return KnownParty(
            party, PartyKind.STATE, country, StandardNames(lambda language: _state_name(language, country))
        )
    record = _records().get(party)
    if record is None:
        return None
    own: Any = record.get("country")
    names = StandardNames(lambda language: _listed_name(language, party))
    helps = bool(record.get("humanitarian"))
    return KnownParty(party, PartyKind(record["kind"]), Iso3(own) if own else None, names, helps)


def _listed_name(language: str, party: str) -> str | None:
    """The first of the names that a language's data lists."""
    listed = cues(language, "names").get("parties", {}).get(party)
    return listed[0] if listed else None


def _state_name(language: str, country: Iso3) -> str | None:
    return country_name(country, language)


def _army_name(language: str, country: Iso3) -> str | None:
    data = cues(language, "names")
    template: str = data.get("army_name", "")
    demonym: list[str] = data.get("demonyms", {}).get(country, [])
    if "{demonym}" in template and demonym:
        return template.format(demonym=demonym[0].removesuffix("*"))
    name = country_name(country, language)
    return template.format(country=name) if "{country}" in template and name else None


@cache
def phrases(language: str) -> Phrases:
    """Every phrase that names a party in a language; English names where a language has no data of its own."""
    return Phrases(_phrases(language if cues(language, "names") else "en", language))


@cache
def all_phrases() -> Phrases:
    """The phrases of all languages together, for a name whose language is not known."""
    return Phrases(phrase for language in known_languages() for phrase in _phrases(language, language))


def _phrases(names_from: str, language: str) -> Iterator[Phrase]:
    data = cues(names_from, "names")
    for name, iso3 in written_country_names(language):
        yield Phrase(name, "country", iso3)
    for party, written in data.get("parties", {}).items():
        kind = _MENTION_KINDS.get(_records()[party]["kind"], "other")
        yield from (Phrase(name, kind, party) for name in written)
    for iso3, written in data.get("armies", {}).items():
        yield from (Phrase(name, "army", iso3 + _ARMY) for name in written)
    for party, written in data.get("offices", {}).items():  # a body named through the office of its head
        yield from (Phrase(name, "organization", party) for name in written)
    for iso3, written in data.get("seats", {}).items():
        yield from (Phrase(name, "seat", iso3) for name in written)
    for iso3, written in data.get("demonyms", {}).items():
        yield from (Phrase(form, "demonym", iso3) for form in demonym_forms(tuple(written), language))
    yield from _dense_armies(data, language)


def demonym_forms(written: tuple[str, ...], language: str) -> list[str]:
    """Nationality words with all their endings: `russ*` with the language's `demonym_endings`."""
    endings: list[str] = cues(language, "names").get("demonym_endings", [""])
    forms: dict[str, None] = {}
    for word in written:
        stem = word.removesuffix("*")
        found = [stem + ending for ending in endings] if word.endswith("*") else [stem]
        forms.update(dict.fromkeys(form for form in found if len(form) > 1))
    return list(forms)


def _dense_armies(data: dict[str, Any], language: str) -> Iterator[Phrase]:
    """In scripts without spaces a nationality and an army word are one run: 俄 + 军, 俄罗斯 + 军队."""
    words = [word for word in data.get("army_words", []) if is_dense(word[0])]
    if not words:
        return
    stems = [(stem.removesuffix("*"), iso3) for iso3, listed in data.get("demonyms", {}).items() for stem in listed]
    stems += [(name, str(iso3)) for name, iso3 in written_country_names(language) if is_dense(name[0])]
    for stem, iso3 in stems:
        yield from (Phrase(stem + word, "army", iso3 + _ARMY) for word in words)


def fits(phrase: Phrase, part: list[Word], language: str) -> bool:
    """Whether a text's words have the capitals that a phrase must have to be that name ('US' is not 'us')."""
    if not part[0].cased:
        return True
    letters = [character for character in phrase.written if character.isalpha()]
    acronym = len(letters) <= _ACRONYM and len(letters) > 1 and all(letter.isupper() for letter in letters)
    if acronym:
        # Papers that write Otan and Unicef as words give them a capital; 'Who' and 'Us' stay words.
        as_word = len(part) == 1 and len(letters) > 3 and part[0].capitalised
        return as_word or all(word.text.isupper() or word.text.isdigit() for word in part)
    if phrase.kind == "demonym":
        spelled = _accented(phrase.written) == _accented(" ".join(word.text for word in part)) or part[0].all_caps
        capital = cues(language, "names").get("capitalised_demonyms", False)
        return spelled and (part[0].capitalised or not capital)
    if not any(letter.isupper() for letter in letters):
        return True
    return any(word.capitalised for word in part)


def _accented(text: str) -> str:
    """A nationality word with its accents (but not its joints) kept: 'servia' is not 'sérvia'."""
    return "".join(character for character in text.casefold() if character.isalpha())


@cache
def extra_seats() -> dict[int, str]:
    """Cities that stand for a party without being a capital in GeoNames: their ids -> the party's id."""
    raw = (files("summarizer.language") / "data" / "world" / "seats.toml").read_text(encoding="utf-8")
    return {number: party for party, numbers in tomllib.loads(raw).items() for number in numbers}


@cache
def _records() -> dict[str, dict[str, str]]:
    raw = (files("summarizer.language") / "data" / "world" / "parties.toml").read_text(encoding="utf-8")
    records: dict[str, dict[str, str]] = tomllib.loads(raw)
    return records
