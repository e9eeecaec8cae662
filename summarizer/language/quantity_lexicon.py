"""What a language's `[quantities]` table says, made ready for look-up, once a language.

Keys of the table (all optional):
`accents`      true where accents tell words apart (Turkish `on` ten, `ön` front)
`compounds`    true where numbers are written in one word (`einundzwanzig`, `ventitremila`)
`units_first`  true where the unit stands before the ten (`fünfundzwanzig`, خمسة وعشرون)
`positional`   true where digits in words stand side by side (二〇二二), and `三四` is three or four
`digits_times` the smallest scale word that digits may stand before (1000; 10 where one writes 3百)
`vigesimal`    numbers to which up to nineteen is added (`quatre-vingt-dix`)
`particles`    what is written together with a number word or a hedge (و in وعشرون)
`several`      words that make a vague number of a scale word (`plusieurs centaines`)
`determiners`  what stands for one before a scale word (`a hundred`)
`ones`, `weak` number words that count only before a noun of `[nouns]`: `one` and `any`
`of`, `vague_determiners`, `infix_more` and the tables
`[numbers]` `[scales]` `[suffix_scales]` `[collectives]` `[vague]` `[ordinals]` `[fractions]` `[parts]` `[dual]` (worth = words),
`[[joiners]]`, `[hedges]`, `[ranges]`, `[zero]`, `[nouns]` and `[kinds]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any

from babel import Locale

from summarizer.language.cues import cues
from summarizer.language.quantity_phrases import Phrases, listed, phrases, pieces_of
from summarizer.schema.codes import Hedge

# A compound of more letters is none: it bounds the work on a text without spaces.
LONGEST_COMPOUND = 64


@dataclass(frozen=True, slots=True)
class Word:
    """The parts that a number word can play, each with what it is worth there."""

    add: int | None = None
    times: int | None = None
    about: int | None = None  # a collective: dozen, centaine
    vague: int | None = None
    ordinal: int | None = None
    before_scale: Fraction | None = None  # half (a million), полтора
    after_scale: Fraction | None = None  # (two million) and a half
    several: bool = False
    determiner: bool = False
    fraction: bool = False  # thirds, quarters: the number before it is no count
    infix_more: bool = False
    one: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Joiner:
    """A word inside a number (`and`, `et`, و) and what may stand around it."""

    word: str
    places: tuple[int, int]
    adds: tuple[int, ...]  # empty: any
    digits: bool  # whether digits may follow: "۲ هزار و ۵۰۰"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's table; every field is empty where the language says nothing."""

    accents: bool
    units_first: bool
    positional: bool
    digits_times: int
    vigesimal: frozenset[int]
    decimal_mark: str
    particles: tuple[str, ...]
    words: Phrases[Word]
    joiners: dict[str, Joiner]
    of: Phrases[str]
    suffix_scales: dict[str, int]
    morphemes: dict[str, Word] | None
    longest_morpheme: int
    ordinal_endings: tuple[str, ...]
    before: Phrases[Hedge]
    after: Phrases[Hedge]
    fillers: Phrases[str]
    inverted: Phrases[str]
    openings: Phrases[tuple[Phrases[str], bool]]  # backwards: "between" -> its "and", and whether it tells a change
    infixes: Phrases[str]
    change_words: Phrases[str]
    zero: Phrases[tuple[int, int]]
    nothing: Phrases[str]
    nothing_between: Phrases[str]
    nothing_nouns: Phrases[str]
    vague_determiners: Phrases[str]
    nouns: dict[str, Phrases[str]]
    kinds: dict[str, Phrases[str]]
    percent: Phrases[str]  # percent_before, read forwards
    split_keys: frozenset[str] = field(default_factory=frozenset)

    def particle(self, key: str) -> int:
        """How many letters of `key` are a particle before a number word or a hedge, or 0."""
        if key in self.split_keys:
            return 0
        for particle in self.particles:
            if key.startswith(particle) and key[len(particle) :] in self.split_keys:
                return len(particle)
        return 0


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language (BCP 47), empty but for digits and signs where there is no data."""
    table = cues(language, "quantities")
    accents = bool(table.get("accents"))
    words, entries = _words(table, accents)
    hedges, ranges, zero = table.get("hedges", {}), table.get("ranges", {}), table.get("zero", {})
    morphemes = _morphemes(table, entries, accents) if table.get("compounds") else None
    particles = tuple(sorted(listed(table.get("particles", "")), key=len, reverse=True))

    def plain(value: Any, *, backwards: bool = False) -> Phrases[str]:
        return phrases(value, accents=accents, backwards=backwards)

    kinds = table.get("kinds", {})
    return Lexicon(
        accents=accents,
        units_first=bool(table.get("units_first")),
        positional=bool(table.get("positional")),
        digits_times=table.get("digits_times", 1000),
        vigesimal=frozenset(table.get("vigesimal", ())),
        decimal_mark=_decimal_mark(language),
        particles=particles,
        words=words,
        joiners={joiner.word: joiner for joiner in _joiners(table, accents)},
        of=plain(table.get("of", "")),
        suffix_scales={
            key: int(worth)
            for worth, forms in table.get("suffix_scales", {"1000": "k"}).items()
            for key in _keys(forms, accents)
        },
        morphemes=morphemes,
        longest_morpheme=max(map(len, morphemes or {"": None})),
        ordinal_endings=tuple(_keys(table.get("ordinal_endings", ""), accents)),
        before=_hedges(hedges.get("before", {}), _SIGNS_BEFORE, accents, backwards=True),
        after=_hedges(hedges.get("after", {}), _SIGNS_AFTER, accents, backwards=False),
        fillers=plain(hedges.get("fillers", ""), backwards=True),
        inverted=plain(hedges.get("inverted", ""), backwards=True),
        openings=_openings(ranges, accents),
        infixes=plain([*listed(ranges.get("infix", "")), "-", "–"]),
        change_words=plain(ranges.get("change_words", "")),
        zero=_zero(zero.get("phrases", []), accents),
        nothing=plain(zero.get("determiners", "")),
        nothing_between=plain(zero.get("between", "")),
        nothing_nouns=plain(zero.get("nouns", "")),
        vague_determiners=plain(table.get("vague_determiners", ""), backwards=True),
        nouns={
            name: plain(value, backwards=name.endswith("before")) for name, value in table.get("nouns", {}).items()
        },
        percent=plain(kinds.get("percent_before", "")),
        kinds={name: plain(value, backwards=name.endswith("before")) for name, value in kinds.items()}
        | {"months": _months(language, listed(kinds.get("months", "")), accents, backwards=False)}
        | {"months_before": _months(language, listed(kinds.get("months", "")), accents, backwards=True)},
        split_keys=_split_keys(entries, hedges, accents) if particles else frozenset(),
    )


_SIGNS_BEFORE = {
    Hedge.ABOUT: "~, ≈, ≃, ∼, ±",
    Hedge.MORE_THAN: ">, +",
    Hedge.LESS_THAN: "<",
    Hedge.AT_LEAST: "≥, ⩾",
    Hedge.AT_MOST: "≤, ⩽",
}
_SIGNS_AFTER = {Hedge.AT_LEAST: "+"}


def _keys(forms: str, accents: bool) -> list[str]:
    return ["".join(key for key, _ in pieces_of(form, accents=accents)) for form in listed(forms)]


def _words(table: dict[str, Any], accents: bool) -> tuple[Phrases[Word], dict[str, Word]]:
    entries: dict[str, Word] = {}

    def note(forms: Any, **parts: Any) -> None:
        for form in listed(forms):
            entries[form] = replace(entries.get(form, Word()), **parts)

    roles = (("numbers", "add"), ("scales", "times"), ("collectives", "about"), ("vague", "vague"), ("ordinals", "ordinal"))
    for name, role in roles:
        for worth, forms in table.get(name, {}).items():
            note(forms, **{role: int(worth)})
    for worth, forms in table.get("fractions", {}).get("before", {}).items():
        note(forms, before_scale=Fraction(worth))
    for worth, forms in table.get("fractions", {}).get("after", {}).items():
        note(forms, after_scale=Fraction(worth))
    note(table.get("fractions", {}).get("parts", ""), fraction=True)
    note(_duals(table.get("dual", {})), add=2)
    flags = (("several", "several"), ("determiners", "determiner"), ("infix_more", "infix_more"), ("ones", "one"), ("weak", "weak"))
    for name, flag in flags:
        note(table.get(name, ""), **{flag: True})
    found: Phrases[Word] = Phrases(accents=accents)
    for form, word in entries.items():
        found.add(form, word)
    return found, entries


def _duals(dual: dict[str, Any]) -> list[str]:
    """Nouns whose ending says two (شخصان), from stems and endings."""
    pairs = (("stems", "endings"), ("stems_short", "endings_short"))
    return [
        stem + ending
        for stems, endings in pairs
        for stem in listed(dual.get(stems, ""))
        for ending in listed(dual.get(endings, ""))
    ]


def _joiners(table: dict[str, Any], accents: bool) -> Iterator[Joiner]:
    for entry in table.get("joiners", []):
        low, high = entry.get("places", [1, 10**15])
        for key in _keys(entry["word"], accents):
            yield Joiner(key, (low, high), tuple(entry.get("adds", ())), bool(entry.get("digits")))


def _morphemes(table: dict[str, Any], entries: dict[str, Word], accents: bool) -> dict[str, Word]:
    """The words that a compound can consist of, by key; `parts` are those that occur nowhere else."""
    found: dict[str, Word] = {}
    for form, word in entries.items():
        pieces = list(pieces_of(form, accents=accents))
        if len(pieces) == 1 and (word.add, word.times, word.ordinal) != (None, None, None):
            found.setdefault(pieces[0][0], replace(word, weak=False, one=False))
    for worth, forms in table.get("parts", {}).items():
        for key in _keys(forms, accents):
            found.setdefault(key, Word(after_scale=Fraction(worth)) if Fraction(worth) < 1 else Word(add=int(worth)))
    for entry in table.get("joiners", []):
        for key in _keys(entry["word"], accents):
            found.setdefault(key, Word())
    return found


def _hedges(
    table: dict[str, Any], signs: dict[Hedge, str], accents: bool, *, backwards: bool
) -> Phrases[Hedge]:
    found: Phrases[Hedge] = Phrases(accents=accents, backwards=backwards)
    for name, forms in table.items():
        for form in listed(forms):
            found.add(form, Hedge(name))
    for hedge, forms in signs.items():
        for form in listed(forms):
            found.add(form, hedge)
    return found


def _openings(ranges: dict[str, Any], accents: bool) -> Phrases[tuple[Phrases[str], bool]]:
    found: Phrases[tuple[Phrases[str], bool]] = Phrases(accents=accents, backwards=True)
    pairs = [(pair, False) for pair in ranges.get("between", [])] + [(pair, True) for pair in ranges.get("change", [])]
    for (opening, closing), change in pairs:
        payload = (phrases(closing, accents=accents), change)
        for form in listed(opening):
            found.add(form, payload)
    return found


def _zero(entries: list[str], accents: bool) -> Phrases[tuple[int, int]]:
    """Phrases that say none, with the tokens of the word for none, which stands in brackets in the data."""
    found: Phrases[tuple[int, int]] = Phrases(accents=accents)
    for entry in listed(entries):
        marked = re.fullmatch(r"(.*?)\[(.+?)\](.*)", entry)
        head, core, tail = marked.groups() if marked else ("", entry, "")
        first = sum(1 for _ in pieces_of(head, accents=accents))
        length = sum(1 for _ in pieces_of(core, accents=accents))
        found.add(head + core + tail, (first, first + length))
    return found


def _split_keys(entries: dict[str, Word], hedges: dict[str, Any], accents: bool) -> frozenset[str]:
    """The first words of number words and hedges: a particle may be written together with these."""
    forms = list(entries)
    for side in ("before", "after"):
        for value in hedges.get(side, {}).values():
            forms.extend(listed(value))
    return frozenset(key for form in forms for key, _ in list(pieces_of(form, accents=accents))[:1] if len(key) > 1)


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.split("-")[0].lower())
    except (ValueError, TypeError, LookupError):
        return None
    except Exception:  # babel raises UnknownLocaleError, which derives from Exception alone
        return None


def _decimal_mark(language: str) -> str:
    locale = _locale(language)
    symbols = locale.number_symbols.get("latn", {}) if locale else {}
    return str(symbols.get("decimal", "."))


def _months(language: str, more: list[str], accents: bool, *, backwards: bool) -> Phrases[str]:
    """Month names from CLDR, standing alone and in dates, long and short, and the data's own."""
    found: Phrases[str] = Phrases(accents=accents, backwards=backwards)
    locale = _locale(language)
    names = [
        str(name)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in (locale.months[context][width].values() if locale else ())
    ]
    for name in [*names, *(n.rstrip(".") for n in names), *more]:
        if sum(map(str.isalpha, name)) >= 3:
            found.add(name, name)
    return found
