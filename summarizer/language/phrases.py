"""Noun phrases of a sentence that may name a speaker: where one ends, and whether its words can speak."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.language.speech import Lexicon, Unit, is_mark

COMMAS = frozenset(",،，、")
HEADS = ("title", "body")
DEFINITE = ("ال", "لل")
"""The Arabic article, alone and after the preposition l-: the one mark of definiteness without capitals."""
LONGEST = 24
"""In units: no noun phrase is read further."""

_GLUE = frozenset("-'’ʼ‑·.")
_ENDS = ("stop", "time", "that", "relative", "auxiliary", "negation", "verbs", "sources", "sources_after", "impersonal")


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence under reading. `common` holds the words that the article also writes in lower case."""

    text: str
    units: list[Unit]
    lexicon: Lexicon
    common: frozenset[str]


def skip(scene: Scene, at: int) -> int:
    """Past adverbs and times that stand before a noun phrase."""
    start = at
    while at < len(scene.units) and at - start < 8:
        unit = scene.units[at]
        following = scene.units[at + 1] if at + 1 < len(scene.units) else None
        dated = unit.has("stop", "determiner", "link") and following is not None and following.has("time")
        numbered = unit.key.isdigit() and at > start
        if unit.has("time", "adverb", "conjunction") or dated or numbered:
            at += 1
        else:
            break
    return at


def skip_back(scene: Scene, at: int) -> int:
    """Before the adverbs, times and auxiliaries that stand between a subject and its verb."""
    start = at
    while at > 0 and start - at < 8:
        unit = scene.units[at - 1]
        dated = at < start and scene.units[at].has("time") and unit.has("stop", "determiner", "link")
        if unit.has("adverb", "time", "clitic", "auxiliary") or dated or (unit.key in _GLUE and at < start):
            at -= 1
        else:
            break
    return at


def phrase_end(scene: Scene, at: int, limit: int | None = None) -> int:
    """Where the noun phrase that begins at unit `at` ends (exclusive); `at` itself where none begins."""
    top = min(len(scene.units) if limit is None else limit, at + LONGEST)
    end, named, known, lower, joined = at, False, False, 0, False
    while end < top:
        unit = scene.units[end]
        if is_glue(scene, end):
            end += 1
            continue
        if is_mark(unit) or _ends(unit) or _has_case(scene, end) or _is_day(scene, end):
            break
        if end > at and _begins_another(scene, end):
            break
        if unit.has("conjunction"):
            if not _joins(scene, end, top) or end == at:
                break
        elif unit.has("link", "determiner", "quantifier", *HEADS, "place", "particle") or _named(scene, unit):
            named = named or _is_name(scene, unit)
            known = unit.has("place")
            joined = unit.has("link", "determiner") or (joined and _named(scene, unit))
        else:
            lower += 1
            next_named = end + 1 < top and _named(scene, scene.units[end + 1])
            chained = next_named and (joined or scene.lexicon.inflected)
            if lower > (14 if scene.lexicon.caseless else 6):
                break
            if named and not scene.lexicon.caseless and not chained:
                break
            if (
                known
                and not scene.lexicon.caseless
                and scene.units[at].has("place")
                and not (next_named or _head_follows(scene, end, top))
            ):
                break
            known = False
        end += 1
    while end > at and _dangles(scene, end - 1):
        end -= 1
    return end


def _head_follows(scene: Scene, at: int, top: int) -> bool:
    """Whether an office or a body stands right behind the lower-case word: `White House press secretary`."""
    return any(unit.has(*HEADS) for unit in scene.units[at + 1 : min(top, at + 3)])


def _is_day(scene: Scene, at: int) -> bool:
    following = scene.units[at + 1] if at + 1 < len(scene.units) else None
    return scene.units[at].key.isdigit() and following is not None and following.has("time")


def _begins_another(scene: Scene, at: int) -> bool:
    """A determiner, or a place after a definite word or a place, that no preposition ties to what stands before."""
    unit, previous = scene.units[at], scene.units[at - 1]
    if unit.has("determiner") and not unit.has("link", "particle", *HEADS):
        tied = is_mark(previous) or previous.has("link", "conjunction", "determiner", "quantifier", "particle")
        return not tied and not (unit.capital and not unit.first)
    definite = previous.has("place") or previous.key.startswith(DEFINITE)
    if scene.lexicon.order == "after" and definite and not unit.labels and not unit.key.startswith(DEFINITE):
        return not _titled_before(scene, at)
    named = not previous.labels and at > 1 and not is_mark(previous)
    return scene.lexicon.caseless and len(unit.key) > 1 and unit.has("place") and (definite or named)


def _titled_before(scene: Scene, at: int) -> bool:
    low = max(0, at - 6)
    return any(unit.has("title") for unit in scene.units[low:at])


def _dangles(scene: Scene, at: int) -> bool:
    unit = scene.units[at]
    if unit.key == "." and at and len(scene.units[at - 1].key) <= 4:
        return True
    loose = unit.has("link", "determiner", "conjunction", "adverb") and not unit.has(*HEADS, "place")
    return (loose and not (unit.acronym or (unit.capital and not unit.first))) or is_mark(unit)


def _ends(unit: Unit) -> bool:
    if not unit.has(*_ENDS) or unit.has("link", *HEADS, "place"):
        return False
    return not (unit.capital and not unit.first and not unit.has("time", "stop", "that"))


def _has_case(scene: Scene, at: int) -> bool:
    """Whether an apostrophe and a case ending follow (Ankara'da), so that the word is no subject."""
    units = scene.units
    return at + 2 < len(units) and units[at + 1].key in _GLUE and units[at + 1].glued and units[at + 2].has("suffix")


def _joins(scene: Scene, at: int, top: int) -> bool:
    if at + 1 >= top:
        return False
    following = scene.units[at + 1]
    return following.capital or following.has("determiner", *HEADS, "place")


def _named(scene: Scene, unit: Unit) -> bool:
    return unit.capital and not scene.lexicon.caseless


def _is_name(scene: Scene, unit: Unit) -> bool:
    """Whether a lower-case word after it would belong to something else: names do not go on in lower case."""
    if not _named(scene, unit) or unit.has("determiner", "link", "quantifier"):
        return False
    return scene.lexicon.order in {"bracket", "lead"} or not unit.has(*HEADS, "place")


def is_adjunct(unit: Unit) -> bool:
    """Whether it begins an adverbial or a clause, so that a noun phrase before it is whole."""
    return unit.has("stop", "time", "that", "relative", "adverb", "conjunction")


def may_speak(scene: Scene, low: int, high: int) -> bool:
    """Whether the phrase says of itself that it can be a speaker."""
    inside = [unit for unit in scene.units[low:high] if not is_mark(unit)]
    if not inside or (inside[0].has("first_person", "neuter") and len(inside) == 1):
        return False
    if any(unit.has(*HEADS) or unit.acronym or (unit.has("place") and unit is inside[0]) for unit in inside):
        return True
    if scene.lexicon.caseless:
        return high - low <= 8 and not inside[0].has("link", "stop")
    if any(_named(scene, unit) and not unit.has("determiner", "quantifier", "link") for unit in inside):
        return True
    return len(inside) > 1 and inside[0].has("determiner", "quantifier")


def is_firm(scene: Scene, low: int, high: int) -> bool:
    """Whether the phrase holds a name, an office, a body or a place."""
    if scene.lexicon.caseless:
        return True
    inside = scene.units[low:high]
    return any(unit.has(*HEADS, "place") or unit.acronym or unit.capital for unit in inside if not is_mark(unit))


def is_glue(scene: Scene, at: int) -> bool:
    """A hyphen or apostrophe inside a word, a stop after an initial or a shortened title."""
    unit = scene.units[at]
    if unit.key not in _GLUE or at == 0 or at + 1 >= len(scene.units):
        return False
    previous, following = scene.units[at - 1], scene.units[at + 1]
    if unit.key == ".":
        short = (len(previous.key) == 1 and previous.capital) or (len(previous.key) <= 5 and previous.has("title"))
        return unit.glued and short and following.capital
    return unit.glued and (following.glued or unit.key in "'’")


def is_one(unit: Unit, marks: frozenset[str]) -> bool:
    """Whether it is one of `marks`."""
    return unit.key in marks
