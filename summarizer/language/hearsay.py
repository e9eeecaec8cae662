"""Hearsay: whether a clause says by its words or its mood that it passes on what is not verified."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.language.cues import cues
from summarizer.language.speech import expand, fold, lexicon, units_in

_GAP = 6


@dataclass(frozen=True, slots=True)
class _Mood:
    """A verb form of hearsay: one of `auxiliaries`, then a participle: near, or where `far` anywhere after."""

    auxiliaries: frozenset[str]
    participle: re.Pattern[str]
    exceptions: frozenset[str]
    unless: frozenset[str]
    far: bool


def reported(text: str, language: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` carries a marker of reported, alleged or unverified speech.

    Markers are words (`allegedly`, `якобы`, `به گفته`) and moods: the French, Spanish, Portuguese and Italian
    conditional of the past (`aurait tué`) outside a condition, the German reported subjunctive (`habe ... getötet`),
    the Turkish evidential at a clause's end. After CODEBOOK.md, `assertion`.
    """
    words = lexicon(language)
    if not words.phrases:
        return False
    start, end = max(0, start), min(len(text), end)
    units = units_in(text, start, end, words)
    if any(unit.has("hearsay", "impersonal", "sources_after") for unit in units):
        return True
    if any(unit.has("sources") and (at == 0 or not units[at - 1].has("determiner")) for at, unit in enumerate(units)):
        return True
    return _in_mood(text[start:end], language)


def _in_mood(clause: str, language: str) -> bool:
    moods, final, kept = _moods(language)
    keys = [fold(found.group()) for found in re.finditer(r"\w+|[.!?;:,]", clause)]
    present = frozenset(keys)
    if final is not None:
        for at, key in enumerate(keys):
            ends = at + 1 == len(keys) or keys[at + 1] in {".", "!", ";"}
            if ends and key not in kept and final.fullmatch(key):
                return True
    return any(_has(mood, keys) for mood in moods if mood.unless.isdisjoint(present))


def _has(mood: _Mood, keys: list[str]) -> bool:
    last = -1
    for at, key in enumerate(keys):
        if key in mood.auxiliaries:
            last = at
        elif last >= 0 and mood.participle.fullmatch(key) and key not in mood.exceptions:
            if mood.far or at - last <= _GAP:
                return True
        elif key in {".", "!", "?", ";"}:
            last = -1
    return False


@cache
def _moods(language: str) -> tuple[tuple[_Mood, ...], re.Pattern[str] | None, frozenset[str]]:
    table = cues(language, "attribution").get("moods", {})
    moods = tuple(
        _Mood(
            auxiliaries=_forms(one["auxiliaries"]),
            participle=re.compile(one["participle"]),
            exceptions=_forms(one.get("exceptions", [])),
            unless=_forms(one.get("unless", [])),
            far=one.get("far", False),
        )
        for one in table.get("compound", [])
    )
    final = table.get("final")
    return moods, re.compile(final) if final else None, _forms(table.get("final_exceptions", []))


def _forms(written: list[str]) -> frozenset[str]:
    return frozenset(fold(form) for entry in written for form in expand(entry))
