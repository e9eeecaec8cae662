"""Words that bid a model or a tool to do something: forms of address, overrides ("ignore your instructions"), orders.

The words are data (`language/data/world/bidding.toml`), of all languages at once: an instruction may stand in another
language than its article. What counts is that somebody is spoken to. An article that tells of such an attack ("posts that
tell chatbots to ignore their instructions") speaks to nobody, so an order counts only where one can stand: at the
beginning of a clause, or at its end in languages whose verb comes last.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from summarizer.grounding.folding import fold
from summarizer.language.folding import is_dense

_HEAD = 4  # letters by which a word is looked up before its phrases are compared
_WORD = re.compile(r"\w+")
_CLAUSE_START = re.compile(r"(?:^|[:;,.!?¡¿\"“”„«»(\[{<>|*#=~/•·—–]|-|(?<!\w)'|[：；，。！？、（「『【])\s*$")
_CLAUSE_END = re.compile(r"\s*(?:$|[:;,.!?…\"“”«»')\]}>|*#=~/—–-]|[：；，。！？、）」』】।۔؛،؟])")
_CALLED = re.compile(r"\s*(?:[:,;!>\]]|-|[：，！])")
_COLON = re.compile("[:：]")
_AFTER_ADDRESS = 40  # characters between the words of an address and the tool
_OVERRIDE_REACH = 45  # characters between an override's verb and what is to be ignored
_AFTER_TOOL = 25  # characters between a tool's name and the order to it ("AI models must report")


class Bid(StrEnum):
    """What a sentence does with a model or tool."""

    ADDRESS = "speaks to a model or tool"
    OVERRIDE = "tells a model to drop its instructions"
    ORDER = "says what is to be answered"
    NAMED = "names a model or tool"


@dataclass(frozen=True, slots=True)
class Found:
    """A bid in a sentence; `start` is an offset into the folded sentence."""

    bid: Bid
    start: int


@dataclass(frozen=True, slots=True)
class Language:
    """One language's patterns over folded text; None where it has no such words."""

    heads: frozenset[str]
    dense: tuple[str, ...]
    verb_last: bool
    ignore: re.Pattern[str] | None
    what: re.Pattern[str] | None
    say: re.Pattern[str] | None
    tools: re.Pattern[str] | None
    helpers: re.Pattern[str] | None
    address: re.Pattern[str] | None
    task: re.Pattern[str] | None
    headings: re.Pattern[str] | None
    leads: re.Pattern[str] | None
    musts: re.Pattern[str] | None


def bids(text: str, languages: Iterable[Language]) -> list[Found]:
    """What the folded sentence `text` does by the words of these languages, in the order of the text."""
    found = [one for language in languages for one in _bids(text, language)]
    return sorted(found, key=lambda one: one.start)


def languages_in(text: str) -> Iterator[Language]:
    """The languages whose words for tools or instructions may stand in the folded `text`: quickly told, mostly none."""
    heads = {word[:_HEAD] for word in _WORD.findall(text)}
    unspaced = any(map(is_dense, text))
    for language in _languages():
        if not language.heads.isdisjoint(heads) or (unspaced and any(word in text for word in language.dense)):
            yield language


def _bids(text: str, language: Language) -> Iterator[Found]:
    tools = list(_spans(language.tools, text))
    addressed = _addressed(text, language, tools)
    yield from (Found(Bid.NAMED, start) for start, _ in tools)
    yield from (Found(Bid.ADDRESS, start) for start in addressed)
    for start, end in _spans(language.ignore, text):
        if _is_order(text, start, end, language, tools, addressed) and _has_object(text, start, end, language):
            yield Found(Bid.OVERRIDE, start)
    for start, end in _spans(language.say, text):
        if _is_order(text, start, end, language, tools, addressed):
            yield Found(Bid.ORDER, start)
            if any(0 <= start - after <= _AFTER_TOOL and _opens(text, at, language) for at, after in tools):
                yield Found(Bid.ADDRESS, start)


def _addressed(text: str, language: Language, tools: list[tuple[int, int]]) -> dict[int, int]:
    """The forms of address: where each begins, and where the name of who is spoken to ends."""
    headings = [
        (start, end)
        for start, end in _spans(language.headings, text)
        if _opens(text, start, language) and _COLON.search(text, end, end + _AFTER_TOOL)
    ]
    found = dict([*_spans(language.task, text), *headings])
    opening = [(start, end) for start, end in _spans(language.address, text) if _opens(text, start, language)]
    for start, end in tools:
        near = [at for at, after in opening if 0 <= start - after <= _AFTER_ADDRESS or 0 <= at - end <= 3]
        called = _CALLED.match(text, end) and _opens(text, start, language)
        if near or called:
            found[min([start, *near])] = end
    for start, end in _spans(language.helpers, text):
        near = [at for at, after in opening if 0 <= start - after <= _AFTER_ADDRESS]
        if _CALLED.match(text, end) and (near or _opens(text, start, language)):
            found[min([start, *near])] = end
    return found


def _is_order(
    text: str,
    start: int,
    end: int,
    language: Language,
    tools: Sequence[tuple[int, int]],
    addressed: dict[int, int],
) -> bool:
    if language.verb_last:
        return _CLAUSE_END.match(text, end) is not None or _follows(text, end, language)
    if _opens(text, start, language) or any(0 <= start - after <= 2 for after in addressed.values()):
        return True
    told = any(0 <= start - after <= _AFTER_TOOL and _opens(text, at, language) for at, after in tools)
    return told and _stands_before(text, start, language.musts)


def _opens(text: str, start: int, language: Language) -> bool:
    """Whether a clause begins here, or one of the words stands before that an order may follow ("please")."""
    before = text[max(0, start - 30) : start]
    if start == 0 or _CLAUSE_START.search(before):
        return True
    return _stands_before(text, start, language.leads)


def _stands_before(text: str, start: int, words: re.Pattern[str] | None) -> bool:
    before = text[max(0, start - 30) : start]
    return words is not None and any(not before[found.end() :].strip() for found in words.finditer(before))


def _follows(text: str, end: int, language: Language) -> bool:
    found = language.leads.search(text, end, end + 20) if language.leads else None
    return found is not None and not text[end : found.start()].strip()


def _has_object(text: str, start: int, end: int, language: Language) -> bool:
    low = start - _OVERRIDE_REACH if language.verb_last else start
    near = text[max(0, low) : end + _OVERRIDE_REACH]
    return language.what is not None and language.what.search(near) is not None


def _spans(pattern: re.Pattern[str] | None, text: str) -> Iterator[tuple[int, int]]:
    return ((found.start(), found.end()) for found in pattern.finditer(text)) if pattern else iter(())


@cache
def _languages() -> tuple[Language, ...]:
    raw = (files("summarizer.language") / "data" / "world" / "bidding.toml").read_text(encoding="utf-8")
    return tuple(_language(table) for table in tomllib.loads(raw).values())


def _language(table: dict[str, Any]) -> Language:
    lists = {name: [_folded(one) for one in table.get(name, ())] for name in _LISTS}
    anchors = [word for name in ("what", "tools", "helpers", "task", "headings") for word in lists[name]]
    return Language(
        heads=frozenset(max(_WORD.findall(word), key=len)[:_HEAD] for word in anchors if not _is_dense(word)),
        dense=tuple(word.rstrip("*") for word in anchors if _is_dense(word)),
        verb_last=table.get("verb_last", False),
        **{name: _pattern(words) for name, words in lists.items()},
    )


_LISTS = ("ignore", "what", "say", "tools", "helpers", "address", "task", "headings", "leads", "musts")


def _folded(phrase: str) -> str:
    return " ".join(fold(word.rstrip("*")).text + "*" * word.endswith("*") for word in phrase.split())


def _is_dense(phrase: str) -> bool:
    return any(map(is_dense, phrase))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the phrases, the longest first; whole words, but in scripts without spaces."""
    written = sorted(dict.fromkeys(phrases), key=lambda phrase: -len(phrase))
    parts = [_part(phrase) for phrase in written if phrase]
    return re.compile("|".join(parts)) if parts else None


def _part(phrase: str) -> str:
    words = r"[\s'-]+".join(re.escape(word.rstrip("*")) + r"\w*" * word.endswith("*") for word in phrase.split())
    if _is_dense(phrase):
        return words
    return rf"(?<!\w){words}(?!\w)"
