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
`stops`        phrases that hold a number word and are no number (`no one`, 万一)
`of`, `vague_determiners`, `infix_more` and the tables
`[numbers]` `[scales]` `[suffix_scales]` `[collectives]` `[vague]` `[ordinals]` `[fractions]` `[parts]` (worth = words),
`[dual]`, `[construct]`, `[[joiners]]`, `[hedges]`, `[ranges]`, `[shares]`, `[unit_compounds]`, `[zero]`, `[nouns]` and `[kinds]`.

`[construct]` holds `forms` that are a dual right before the noun they count, and else a scale word (مليونا شخص are two
million, مليونا ومئتا ألف one million and more): `never` words, and words with `endings`, are no such noun, but for `nouns`.
`[unit_compounds]`: a unit of time (`units`) right before `people`, or one `person`, is a word with it ("two night guards").
`[hedges]` has `alone`, hedges that stand next to no other ("handed over about 40"), and `verbs`, phrases whose last words
are no hedge ("turned over 40 prisoners").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from summarizer.language.cues import cues
from summarizer.language.folding import is_dense
from summarizer.language.quantity_phrases import Phrases, listed, phrases, pieces_of
from summarizer.language.quantity_tokens import Spelling
from summarizer.schema.codes import Hedge

# A compound of more letters is none: it bounds the work on a text without spaces.
LONGEST_COMPOUND = 128


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
    construct: bool = False
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
class Construct:
    """What tells a dual before its noun from a scale word."""

    nouns: Phrases[str]
    never: Phrases[str]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The words of "one in three"; all but `nouns` end right before the whole."""

    known: bool
    every: Phrases[str]
    between: Phrases[str]
    single: Phrases[str]
    of: Phrases[str]
    nouns: Phrases[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's table; every field is empty where the language says nothing."""

    spelling: Spelling
    units_first: bool
    positional: bool
    digits_times: int
    vigesimal: frozenset[int]
    decimal_mark: str
    words: Phrases[Word]
    stops: Phrases[str]  # what holds a number word and is no number: 万一, no one
    joiners: dict[str, Joiner]
    of: Phrases[str]
    suffix_scales: dict[str, int]
    morphemes: dict[str, Word] | None
    longest_morpheme: int
    ordinal_endings: tuple[str, ...]
    before: Phrases[Hedge]
    after: Phrases[Hedge]
    fillers: Phrases[str]
    alone: Phrases[str]  # hedges that stand next to no other: over
    no_hedges: Phrases[str]  # what ends in the words of a hedge and is none: handed over
    inverted: Phrases[str]
    openings: Phrases[tuple[Phrases[str], bool]]  # backwards: "between" -> its "and", and whether it tells a change
    infixes: Phrases[str]
    coordinators: Phrases[str]
    change_words: Phrases[str]
    zero: Phrases[tuple[int, int]]
    nothing: Phrases[str]
    nothing_between: Phrases[str]
    nothing_nouns: Phrases[str]
    vague_determiners: Phrases[str]
    construct: Construct
    shares: Shares
    units: Phrases[str]
    people: Phrases[str]  # after one of the units
    person: Phrases[str]
    nouns: dict[str, Phrases[str]]
    kinds: dict[str, Phrases[str]]


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language (BCP 47); where there is no data, digits, signs and CLDR's scale words."""
    table = cues(language, "quantities") or _cldr_table(language)
    spelling = _spelling(table)
    entries = _entries(table)
    words: Phrases[Word] = Phrases(spelling)
    for form, word in entries.items():
        words.add(form, word)
    hedges, ranges, zero, kinds = (table.get(name, {}) for name in ("hedges", "ranges", "zero", "kinds"))
    construct, shares, compounds = (table.get(name, {}) for name in ("construct", "shares", "unit_compounds"))
    morphemes = _morphemes(table, entries, spelling) if table.get("compounds") else None

    def plain(value: Any, *, backwards: bool = False) -> Phrases[str]:
        return phrases(value, spelling, backwards=backwards)

    return Lexicon(
        spelling=spelling,
        units_first=bool(table.get("units_first")),
        positional=bool(table.get("positional")),
        digits_times=table.get("digits_times", 1000),
        vigesimal=frozenset(table.get("vigesimal", ())),
        decimal_mark=_decimal_mark(language),
        words=words,
        stops=plain([table.get("stops", ""), kinds.get("percent_before", "")]),
        joiners={joiner.word: joiner for joiner in _joiners(table, spelling)},
        of=plain(table.get("of", "")),
        suffix_scales={
            key: int(worth)
            for worth, forms in table.get("suffix_scales", {"1000": "k"}).items()
            for key in _keys(forms, spelling)
        },
        morphemes=morphemes,
        longest_morpheme=max(map(len, morphemes or ("",))),
        ordinal_endings=tuple(_keys(table.get("ordinal_endings", ""), spelling)),
        before=_hedges(hedges.get("before", {}), _SIGNS_BEFORE, spelling, backwards=True),
        after=_hedges(hedges.get("after", {}), _SIGNS_AFTER, spelling, backwards=False),
        fillers=plain(hedges.get("fillers", ""), backwards=True),
        alone=plain(hedges.get("alone", ""), backwards=True),
        no_hedges=plain(hedges.get("verbs", ""), backwards=True),
        inverted=plain(hedges.get("inverted", ""), backwards=True),
        openings=_openings(ranges, spelling),
        infixes=plain([*listed(ranges.get("infix", "")), "-", "–"]),
        coordinators=plain([*listed(ranges.get("coordinators", "")), "،", "、", ";"]),
        change_words=plain(ranges.get("change_words", "")),
        zero=_zero(zero.get("phrases", []), spelling),
        nothing=plain(zero.get("determiners", "")),
        nothing_between=plain(zero.get("between", "")),
        nothing_nouns=plain(zero.get("nouns", "")),
        vague_determiners=plain(table.get("vague_determiners", ""), backwards=True),
        construct=Construct(
            plain(construct.get("nouns", "")),
            plain(construct.get("never", "")),
            tuple(_keys(construct.get("endings", ""), spelling)),
        ),
        shares=Shares(
            bool(shares),
            *(plain(shares.get(name, ""), backwards=True) for name in ("every", "between", "single", "of", "nouns")),
        ),
        units=plain(compounds.get("units", "")),
        people=plain(compounds.get("people", "")),
        person=plain(compounds.get("person", "")),
        nouns={name: plain(value, backwards=name.endswith("before")) for name, value in table.get("nouns", {}).items()},
        kinds={name: plain(value, backwards=name.endswith("before")) for name, value in kinds.items()}
        | {"months": _months(language, listed(kinds.get("months", "")), spelling, backwards=False)}
        | {"months_before": _months(language, listed(kinds.get("months", "")), spelling, backwards=True)},
    )


def knows_hedges(language: str) -> bool:
    """Whether the words of hedges are known: where they are not, a bare number may have one that is not read."""
    return bool(cues(language, "quantities").get("hedges"))


def _cldr_table(language: str) -> dict[str, Any]:
    """Scale words from CLDR's compact numbers ("0 miljoner", "0만"): a table for a language without data."""
    locale = _locale(language)
    formats = dict(locale.compact_decimal_formats) if locale else {}
    scales: dict[str, list[str]] = {}
    for width in ("short", "long"):
        for patterns in dict(formats.get(width, {})).values():
            for magnitude, pattern in patterns.items():
                shape = _COMPACT.fullmatch(pattern.pattern.split(";")[0])
                if shape and (width == "long" or not shape[2].isascii()) and any(map(str.isalpha, shape[2])):
                    worth = int(magnitude) // 10 ** (len(shape[1]) - 1)
                    scales.setdefault(str(worth), []).append(shape[2].replace("'", "").rstrip("."))
    dense = any(is_dense(word[0]) for words in scales.values() for word in words)
    table: dict[str, Any] = {"scales": {worth: ", ".join(dict.fromkeys(words)) for worth, words in scales.items()}}
    return table | ({"positional": True, "digits_times": 10} if dense else {})


_COMPACT = re.compile(r"[\u200e\u200f\u061c]*(0+)[\s\u00a0]*([^0#,;]+)")
_SIGNS_BEFORE = {
    Hedge.ABOUT: "~, ≈, ≃, ∼, ±",
    Hedge.MORE_THAN: ">, +",
    Hedge.LESS_THAN: "<",
    Hedge.AT_LEAST: "≥, ⩾",
    Hedge.AT_MOST: "≤, ⩽",
}
_SIGNS_AFTER = {Hedge.AT_LEAST: "+"}


def _keys(forms: str, spelling: Spelling) -> list[str]:
    return ["".join(key for key, _ in pieces_of(form, spelling)) for form in listed(forms)]


def _entries(table: dict[str, Any]) -> dict[str, Word]:
    """Each number word, as it stands in the data, with all the parts that it can play."""
    entries: dict[str, Word] = {}

    def note(forms: Any, **parts: Any) -> None:
        for form in listed(forms):
            entries[form] = replace(entries.get(form, Word()), **parts)

    roles = (
        ("numbers", "add"),
        ("scales", "times"),
        ("collectives", "about"),
        ("vague", "vague"),
        ("ordinals", "ordinal"),
    )
    for name, role in roles:
        for worth, forms in table.get(name, {}).items():
            note(forms, **{role: int(worth)})
    for worth, forms in table.get("fractions", {}).get("before", {}).items():
        note(forms, before_scale=Fraction(worth))
    for worth, forms in table.get("fractions", {}).get("after", {}).items():
        note(forms, after_scale=Fraction(worth))
    note(table.get("fractions", {}).get("parts", ""), fraction=True)
    note(_duals(table.get("dual", {})), add=2)
    note(table.get("construct", {}).get("forms", ""), construct=True)
    flags = (
        ("several", "several"),
        ("determiners", "determiner"),
        ("infix_more", "infix_more"),
        ("ones", "one"),
        ("weak", "weak"),
    )
    for name, flag in flags:
        note(table.get(name, ""), **{flag: True})
    return entries


def _duals(dual: dict[str, Any]) -> list[str]:
    """Nouns whose ending says two (شخصان), from stems and endings."""
    pairs = (("stems", "endings"), ("stems_short", "endings_short"))
    return [
        stem + ending
        for stems, endings in pairs
        for stem in listed(dual.get(stems, ""))
        for ending in listed(dual.get(endings, ""))
    ]


def _joiners(table: dict[str, Any], spelling: Spelling) -> Iterator[Joiner]:
    for entry in table.get("joiners", []):
        low, high = entry.get("places", [1, 10**15])
        for key in _keys(entry["word"], spelling):
            yield Joiner(key, (low, high), tuple(entry.get("adds", ())), bool(entry.get("digits")))


def _morphemes(table: dict[str, Any], entries: dict[str, Word], spelling: Spelling) -> dict[str, Word]:
    """The words that a compound can consist of, by key; `parts` are those that occur nowhere else."""
    found: dict[str, Word] = {}
    for form, word in entries.items():
        pieces = list(pieces_of(form, spelling))
        if len(pieces) == 1 and (word.add, word.times, word.ordinal) != (None, None, None):
            found.setdefault(pieces[0][0], replace(word, weak=False, one=False))
    for worth, forms in table.get("parts", {}).items():
        for key in _keys(forms, spelling):
            found.setdefault(key, Word(after_scale=Fraction(worth)) if Fraction(worth) < 1 else Word(add=int(worth)))
    for entry in table.get("joiners", []):
        for key in _keys(entry["word"], spelling):
            found.setdefault(key, Word())
    return found


def _hedges(table: dict[str, Any], signs: dict[Hedge, str], spelling: Spelling, *, backwards: bool) -> Phrases[Hedge]:
    found: Phrases[Hedge] = Phrases(spelling, backwards=backwards)
    for name, forms in table.items():
        for form in listed(forms):
            found.add(form, Hedge(name))
    for hedge, forms in signs.items():
        for form in listed(forms):
            found.add(form, hedge)
    return found


def _openings(ranges: dict[str, Any], spelling: Spelling) -> Phrases[tuple[Phrases[str], bool]]:
    found: Phrases[tuple[Phrases[str], bool]] = Phrases(spelling, backwards=True)
    pairs = [(pair, False) for pair in ranges.get("between", [])] + [(pair, True) for pair in ranges.get("change", [])]
    for (opening, closing), change in pairs:
        payload = (phrases(closing, spelling), change)
        for form in listed(opening):
            found.add(form, payload)
    return found


def _zero(entries: list[str], spelling: Spelling) -> Phrases[tuple[int, int]]:
    """Phrases that say none, with the tokens of the word for none, which stands in brackets in the data."""
    found: Phrases[tuple[int, int]] = Phrases(spelling)
    for entry in listed(entries):
        marked = re.fullmatch(r"(.*?)\[(.+?)\](.*)", entry)
        head, core, tail = marked.groups() if marked else ("", entry, "")
        first = sum(1 for _ in pieces_of(head, spelling))
        length = sum(1 for _ in pieces_of(core, spelling))
        found.add(head + core + tail, (first, first + length))
    return found


def _spelling(table: dict[str, Any]) -> Spelling:
    """Hosts of particles are the first words of number words, hedges, phrases for none, and cues before a number."""
    plain = Spelling(accents=bool(table.get("accents")))
    particles = tuple(sorted(map(plain.fold, listed(table.get("particles", ""))), key=len, reverse=True))
    if not particles:
        return plain
    forms = [form for form, word in _entries(table).items() if word != Word(several=True)]
    for side in ("before", "after"):
        for value in table.get("hedges", {}).get(side, {}).values():
            forms.extend(listed(value))
    kinds, nouns, zero = (table.get(name, {}) for name in ("kinds", "nouns", "zero"))
    for name, value in (*kinds.items(), *nouns.items()):
        forms.extend(listed(value) if name.endswith("before") else ())
    forms.extend(phrase.replace("[", "").replace("]", "") for phrase in listed(zero.get("phrases", "")))
    hosts = frozenset(key for form in forms for key, _ in list(pieces_of(form, plain))[:1] if len(key) > 1)
    return replace(plain, particles=particles, hosts=hosts)


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.split("-", maxsplit=1)[0].lower())
    except (ValueError, TypeError, UnknownLocaleError):
        return None


def _decimal_mark(language: str) -> str:
    locale = _locale(language)
    symbols = locale.number_symbols.get("latn", {}) if locale else {}
    return str(symbols.get("decimal", "."))


def _months(language: str, more: list[str], spelling: Spelling, *, backwards: bool) -> Phrases[str]:
    """Month names from CLDR, standing alone and in dates, long and short, and the data's own."""
    found: Phrases[str] = Phrases(spelling, backwards=backwards)
    locale = _locale(language)
    names = [
        str(name)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in (locale.months[context][width].values() if locale else ())
    ]
    for name in [*names, *(n.rstrip(".") for n in names), *(f"{n}." for n in names), *more]:
        if sum(map(str.isalpha, name)) >= 3:
            found.add(name, name)
    return found
