"""The words around speech, as labels: which are verbs of speech, pronouns, titles, and where a noun phrase must end.

Every language's `[attribution]` table is compiled once into a lexicon. Its entries may be written short:
`заявил(|а|и)` stands for three forms, `министр*` for every word that begins so; a phrase may have several words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from summarizer.language.cues import cues


class SpeechKind(StrEnum):
    """What is done by speaking."""

    SAY = "say"
    ACCUSE = "accuse"
    DENY = "deny"
    DEMAND = "demand"
    CALL = "call"
    WARN = "warn"
    THREATEN = "threaten"
    CONDEMN = "condemn"
    REFUSE = "refuse"
    OFFER = "offer"
    ACCEPT = "accept"
    COMMIT = "commit"
    CONCERN = "concern"
    SUPPORT = "support"
    JUSTIFY = "justify"
    REPORT = "report"


WITHOUT_OBJECT = frozenset({SpeechKind.SAY, SpeechKind.REPORT})
"""After all other verbs of speech may stand an object, which is no speaker: `acusó a Rusia`, `condamne l'attaque`."""

_HAN = r"\u3040-\u30ff\u3400-\u9fff"
_JOINED = r"\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u200d"
_TOKEN = re.compile(rf"[{_HAN}]|(?:[^\W{_HAN}]|[{_JOINED}])+|[^\w\s]")
_DROPPED = {ord(c): None for c in "\u0640\u0670\u200c\u200d\u0301"} | dict.fromkeys(range(1611, 1632))
_FOLDED = str.maketrans("İёأإآٱىيكة’ʼʹ", "iеاااایی" + "که" + "'''")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_REMEMBERED = 20_000  # words of a language
_NONE: frozenset[str] = frozenset()
_VERB_TABLES = ("verbs", "participles", "gerunds", "impersonal", "separable")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or a known phrase of a sentence: `text[start:end]`, folded as `key`, with what the lexicon calls it.

    `kinds` maps a verb table's name to its kind; `glued` says that no space stands before it.
    """

    start: int
    end: int
    key: str
    labels: frozenset[str]
    kinds: dict[str, SpeechKind]
    capital: bool
    acronym: bool
    glued: bool
    first: bool

    def has(self, *labels: str) -> bool:
        """Whether the lexicon gives it any of `labels`."""
        return not self.labels.isdisjoint(labels)


@dataclass(slots=True)
class _Entry:
    labels: set[str] = field(default_factory=set)
    kinds: dict[str, SpeechKind] = field(default_factory=dict)


@dataclass(slots=True)
class Lexicon:
    """One language's words: phrases by their folded words, stems by their folded letters.

    `order` says where the subject stands: `before` the verb (English), `free`, `after` it (Arabic), `bracket` (German),
    or at the clause's head, the verb last: `lead` (Turkish, Persian, Chinese). `caseless`: no capitals tell names.
    `object_follows`: a verb of speech with nothing after it is a noun (Chinese). `place_and_name` tells a place in the
    genitive from the name after it (`мэр Харькова Игорь Терехов`).
    """

    phrases: dict[tuple[str, ...], _Entry] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    stems: dict[str, _Entry] = field(default_factory=dict)
    particles: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    caseless: bool = False
    order: str = "before"
    object_follows: bool = False
    inflected: bool = False
    place_and_name: re.Pattern[str] | None = None
    _single: dict[str, _Entry | None] = field(default_factory=dict)

    def add(self, written: str, label: str, kind: SpeechKind | None = None) -> None:
        """Take in one entry of the data, short forms spelled out."""
        for form in expand(written):
            stem = form.endswith("*")
            words = tuple(fold(found.group()) for found in _TOKEN.finditer(form.rstrip("*")))
            if not words:
                continue
            if stem and len(words) == 1:
                entry = self.stems.setdefault(words[0], _Entry())
            else:
                words = (*words[:-1], words[-1] + "*") if stem else words
                entry = self.phrases.setdefault(words, _Entry())
                self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))
            entry.labels.add(label)
            if kind is not None:
                entry.kinds.setdefault(label, kind)

    def word(self, key: str) -> _Entry | None:
        """What is known of one word."""
        if key not in self._single:
            if len(self._single) >= _REMEMBERED:
                return self.entry((key,))
            self._single[key] = self.entry((key,))
        return self._single[key]

    def entry(self, words: tuple[str, ...]) -> _Entry | None:
        """What is known of one word or phrase: as it stands and, for a word, by its longest known stem."""
        found = self.phrases.get(words)
        if found is not None:
            return found
        word = words[-1][:30]
        for length in range(len(word), 0, -1):
            stem = word[:length]
            found = self.stems.get(stem) if len(words) == 1 else self.phrases.get((*words[:-1], stem + "*"))
            if found is not None:
                return found
        return None


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as it is compared: lower case, one form for letters that are written in several ways."""
    return word.translate(_FOLDED).lower().translate(_DROPPED)


def expand(written: str) -> Iterator[str]:
    """`сказал(|а|и)` -> сказал, сказала, сказали; several brackets multiply."""
    found = _ALTERNATIVES.search(written)
    if found is None:
        yield written
        return
    for choice in found.group(1).split("|"):
        yield from expand(written[: found.start()] + choice + written[found.end() :])


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled `[attribution]` table of `language` (a BCP 47 tag); empty for a language without one."""
    return _compile(language.split("-", maxsplit=1)[0].split("_", maxsplit=1)[0].lower())


@cache
def _compile(language: str) -> Lexicon:
    table = cues(language, "attribution")
    pattern = table.get("place_and_name")
    made = Lexicon(
        caseless=table.get("caseless", False),
        order=table.get("subject", "before"),
        object_follows=table.get("object_follows", False),
        inflected=table.get("inflected", False),
        place_and_name=re.compile(pattern) if pattern else None,
    )
    if not table:
        return made
    for name in _VERB_TABLES:
        for kind, forms in table.get(name, {}).items():
            for form in forms:
                _add_verb(made, name, form, SpeechKind(kind))
    for label, forms in table.get("words", {}).items():
        for form in forms:
            made.add(form, label)
    for place in _country_names(language):
        _add_place(made, place, inflected=table.get("inflected", False))
    return made


def _add_verb(made: Lexicon, table: str, form: str, kind: SpeechKind) -> None:
    if table != "separable":
        made.add(form, table, kind)
        return
    verbs, _, particle = form.rpartition(" ")  # "teilt(|e|en) mit": the particle stands at the clause's end
    made.add(verbs, "separable", kind)
    for verb in expand(verbs):
        known: frozenset[tuple[str, str]] = made.particles.get(fold(verb), frozenset())
        made.particles[fold(verb)] = known | {(fold(one), kind.value) for one in expand(particle)}


def _add_place(made: Lexicon, name: str, *, inflected: bool) -> None:
    made.add(name.replace("(", " ").replace(")", " ").replace("*", ""), "place")
    if inflected and " " not in name and len(name) > 4:
        made.add(name[:-1] + "*", "place")


def _country_names(language: str) -> list[str]:
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return []
    return [name for code, name in territories.items() if len(code) == 2 and code.isalpha()]


def units_in(text: str, start: int, end: int, lexicon: Lexicon) -> list[Unit]:
    """`text[start:end]` cut into the lexicon's phrases (the longest first) and single words and marks."""
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text, start, end)]
    keys = [fold(text[low:high]) for low, high in tokens]
    units: list[Unit] = []
    at = 0
    while at < len(tokens):
        length, entry = _longest_entry(keys, at, lexicon)
        low, high = tokens[at][0], tokens[at + length - 1][1]
        word = text[low:high]
        units.append(
            Unit(
                start=low,
                end=high,
                key=" ".join(keys[at : at + length]),
                labels=frozenset(entry.labels) if entry else _NONE,
                kinds=entry.kinds if entry else {},
                capital=word[0].isupper(),
                acronym=length == 1 and len(word) > 1 and word.isupper() and word.isalpha(),
                glued=low > start and not text[low - 1].isspace(),
                first=at < 4 and not any(key[:1].isalnum() for key in keys[:at]),
            )
        )
        at += length
    return units


def _longest_entry(keys: list[str], at: int, lexicon: Lexicon) -> tuple[int, _Entry | None]:
    longest = min(lexicon.longest.get(keys[at], 1), len(keys) - at)
    for length in range(longest, 1, -1):
        entry = lexicon.entry(tuple(keys[at : at + length]))
        if entry is not None:
            return length, entry
    return 1, lexicon.word(keys[at])


def is_mark(unit: Unit) -> bool:
    """Whether it is punctuation."""
    character = unit.key[:1]
    return not character.isalnum() and not unicodedata.category(character or " ").startswith("M")
