"""Who speaks: the noun phrase beside a verb of speech.

Nothing here parses. A phrase is accepted only where a pronoun, a name, a known office or body, or a determiner says
that it can be a speaker; where words could belong elsewhere there is no speaker rather than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.language.officeholders import person_in, title_in
from summarizer.language.phrases import (
    COMMAS,
    HEADS,
    LONGEST,
    Scene,
    is_adjunct,
    is_firm,
    is_glue,
    is_one,
    may_speak,
    phrase_end,
    skip,
    skip_back,
)
from summarizer.language.speech import WITHOUT_OBJECT, is_mark

_QUOTES = frozenset('"“”„«»‹›「」『』‘`＂')
_LONGEST_APPOSITION = 14
_LONGEST_CLAUSE = 120
_LONGEST_RELATIVE = 40


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words that name a speaker, as units `low` to `high` (exclusive) of the sentence, and what they hold."""

    start: int
    end: int
    person: str | None
    title: str | None
    pronoun: bool
    plural: bool


def after(scene: Scene, at: int, *, strict: bool, firm: bool) -> Speaker | None:
    """The speaker whose words begin at unit `at`; `strict`: the clause must end with them.

    `firm`: a determiner alone does not make a speaker, for the words may be an object (`a annoncé un bilan`).
    """
    at = skip(scene, at)
    if at >= len(scene.units):
        return None
    if (pronoun := _pronoun(scene, at, at + 1)) is not None and not _possesses(scene, at):
        return pronoun
    if scene.units[at].has("within") and at + 1 < len(scene.units) and _is_body(scene, at + 1):
        at += 1  # сообщили в Генштабе
    end = phrase_end(scene, at)
    if end <= at or not may_speak(scene, at, end) or (firm and not is_firm(scene, at, end)):
        return None
    if strict and end < len(scene.units) and not is_mark(scene.units[end]) and not is_adjunct(scene.units[end]):
        return None
    return _speaker(scene, at, _with_apposition(scene, at, end))


def _is_body(scene: Scene, at: int) -> bool:
    unit = scene.units[at]
    return unit.has("body") or (unit.acronym and not unit.has("place"))


def _possesses(scene: Scene, at: int) -> bool:
    """Whether the pronoun at `at` belongs to the office after it: `ihr Sprecher`."""
    following = scene.units[at + 1] if at + 1 < len(scene.units) else None
    return scene.units[at].has("determiner") and following is not None and following.has(*HEADS)


def before(scene: Scene, at: int) -> Speaker | None:
    """The speaker whose words end right before unit `at`, with nothing but adverbs between."""
    high = skip_back(scene, at)
    high = _skip_brackets(scene, high)
    low = _clause_start(scene, high)
    if low == high:
        return _before_comma(scene, high) if high == at else None
    return None if _is_object(scene, low) else _whole(scene, low, high)


def _skip_brackets(scene: Scene, at: int) -> int:
    """Before the brackets that end at unit `at`: `L'Organisation mondiale de la santé (OMS) a annoncé`."""
    if at == 0 or scene.units[at - 1].key not in {")", "）"}:
        return at
    for low in range(at - 2, max(0, at - 14), -1):
        if scene.units[low].key in {"(", "（"}:
            return low
    return at


def _is_object(scene: Scene, low: int) -> bool:
    """Whether the words from `low` on follow a verb that has an object: they are not the next verb's subject."""
    kind = scene.units[low - 1].kinds.get("verbs") if low else None
    return kind is not None and kind not in WITHOUT_OBJECT


def leading(scene: Scene, at: int) -> Speaker | None:
    """The speaker at the head of the sentence or of the clause that leads to unit `at` (verb-final languages)."""
    low = at
    while low > 0 and at - low < _LONGEST_CLAUSE and not is_one(scene.units[low - 1], _QUOTES | frozenset(";:。；：")):
        low -= 1
    for start in (low, 0):
        first = skip(scene, start)
        if first < at and (pronoun := _pronoun(scene, first, first + 1)) is not None:
            return pronoun
        end = phrase_end(scene, first, limit=at)
        if first < end <= at and may_speak(scene, first, end):
            return _speaker(scene, first, _with_apposition(scene, first, end, limit=at))
    return None


def before_postposition(scene: Scene, at: int) -> Speaker | None:
    """The speaker before a postposition (Turkish `göre`, German `zufolge`): all words back to the clause's start."""
    low = max(_clause_start(scene, at), at - 10)
    low = skip(scene, low)
    if low >= at:
        return None
    if (pronoun := _pronoun(scene, low, at)) is not None:
        return pronoun
    return _speaker(scene, low, at) if may_speak(scene, low, at) else None


def _whole(scene: Scene, low: int, high: int) -> Speaker | None:
    """The clause `low:high` as one noun phrase, or the last one in it after an opening adjunct."""
    low = skip(scene, low)
    if low < high and (pronoun := _pronoun(scene, low, high)) is not None:
        return pronoun
    if low + 1 < high and scene.units[low].has("within") and scene.units[low + 1].has("body"):
        low += 1  # в Генштабе сообщили
    end = phrase_end(scene, low, limit=high)
    complete = end == high or (end < high and scene.units[end].has("stop", "relative", "sources"))
    if low < end and complete and may_speak(scene, low, end):
        return _speaker(scene, low, end)
    for start in range(high - 1, low, -1):
        unit = scene.units[start]
        if unit.has("pronoun", "plural_pronoun"):
            return _pronoun(scene, start, high)
        if unit.has("determiner") and not unit.has("link") and not scene.units[start - 1].has("stop", "link"):
            whole = phrase_end(scene, start, limit=high) == high and scene.units[low].has("stop", "time")
            return _speaker(scene, start, high) if whole and may_speak(scene, start, high) else None
    return None


def _before_comma(scene: Scene, at: int) -> Speaker | None:
    """`X, the minister, said`: the comma before the verb closes what stands between commas."""
    if at == 0 or not is_one(scene.units[at - 1], COMMAS):
        return None
    return _before_relative(scene, at - 1) or _between_commas(scene, at)


def _between_commas(scene: Scene, at: int) -> Speaker | None:
    inner = _clause_start(scene, at - 1)
    if inner < 2 or not is_one(scene.units[inner - 1], COMMAS) or at - inner > _LONGEST_APPOSITION:
        return None
    low = _clause_start(scene, inner - 1)
    if _is_long_office(scene, low, inner - 1) and _apposes(scene, (low, inner - 1), (inner, at - 1)):
        return _speaker(scene, skip(scene, low), at - 1)
    name = _whole(scene, low, inner - 1) if low < inner - 1 else None
    if name is None or name.pronoun or name.end != scene.units[inner - 2].end:
        return None
    start = skip(scene, low)
    if phrase_end(scene, inner, limit=at - 1) == at - 1 and _apposes(scene, (start, inner - 1), (inner, at - 1)):
        return _speaker(scene, start, at - 1)
    return name if name.person or name.title or is_firm(scene, start, inner - 1) else None


def _is_long_office(scene: Scene, low: int, high: int) -> bool:
    """Whether `low:high` begins with an office, whose name goes on beyond the phrase: `the commissioner for X and Y`."""
    low = skip(scene, low)
    end = phrase_end(scene, low, limit=high)
    return low < end < high and may_speak(scene, low, end) and _office_end(scene, low, end, high + 1) == high


def _before_relative(scene: Scene, close: int) -> Speaker | None:
    """`X, who had come to Y, said`: what stands before the relative clause that the comma at `close` ends."""
    for comma in range(close - 2, max(0, close - _LONGEST_RELATIVE), -1):
        if is_one(scene.units[comma], COMMAS):
            if not scene.units[comma + 1].has("relative", "that"):
                return None
            low = _clause_start(scene, comma)
            name = _whole(scene, low, comma) if low < comma else None
            complete = name is not None and name.end == scene.units[comma - 1].end and not name.pronoun
            return name if complete and is_firm(scene, low, comma) else None
    return None


def _clause_start(scene: Scene, high: int) -> int:
    low = high
    while low > 0 and high - low < LONGEST:
        unit = scene.units[low - 1]
        if (is_mark(unit) and not is_glue(scene, low - 1)) or unit.has("that"):
            break
        if unit.has("verbs", "sources_after") and not unit.has("link", "determiner", *HEADS):
            break
        low -= 1
    while low < high and scene.units[low].has("conjunction", "like"):
        low += 1
    return low


def _pronoun(scene: Scene, at: int, high: int) -> Speaker | None:
    unit = scene.units[at]
    if high - at != 1 or not unit.has("pronoun", "plural_pronoun"):
        return None
    return Speaker(unit.start, unit.end, None, None, pronoun=True, plural=unit.has("plural_pronoun"))


def _with_apposition(scene: Scene, low: int, high: int, limit: int | None = None) -> int:
    """The end of the phrase with what stands beside it between commas: `X, the minister of Y`."""
    top = len(scene.units) if limit is None else limit
    if high >= top:
        return high
    close = high if is_one(scene.units[high], COMMAS) else _office_end(scene, low, high, top)
    if close is None:
        return high
    start = close + 1
    if start < top and scene.units[start].has("conjunction", "relative", "that"):
        return high
    end = phrase_end(scene, start, limit=top)
    if end <= start or (end < top and not is_mark(scene.units[end]) and not is_adjunct(scene.units[end])):
        return high
    return end if _apposes(scene, (low, close), (start, end)) else high


def _office_end(scene: Scene, low: int, high: int, top: int) -> int | None:
    """The comma after an office whose name goes on beyond the phrase: `the head of the centre for X and Y, N. N.`."""
    office = any(unit.has("title") for unit in scene.units[low:high])
    if scene.lexicon.caseless or not office or person_in(scene, low, high, titled=True) is not None:
        return None
    for at in range(high, min(top, high + _LONGEST_APPOSITION)):
        unit = scene.units[at]
        if is_one(unit, COMMAS):
            return at
        if (is_mark(unit) and not is_glue(scene, at)) or unit.has("verbs", "auxiliary", "that", "relative", "negation"):
            return None
    return None


def _apposes(scene: Scene, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """A name beside an office, or an office beside a name."""
    offices = [any(unit.has("title") for unit in scene.units[low:high]) for low, high in (one, other)]
    names = [person_in(scene, low, high, titled=True) is not None for low, high in (one, other)]
    name_first = names[0] and offices[1] and not (scene.lexicon.caseless and offices[0])
    return name_first or (offices[0] and names[1] and not offices[1] and not scene.lexicon.caseless)


def _speaker(scene: Scene, low: int, high: int) -> Speaker:
    text = scene.text
    comma = next((i for i in range(low, high) if is_one(scene.units[i], COMMAS)), None)
    parts = [(low, high)] if comma is None else [(low, comma), (comma + 1, high)]
    titled = any(unit.has("title") for unit in scene.units[low:high])
    person = title = None
    for start, end in parts:
        span = person_in(scene, start, end, titled=titled)
        if span is not None and person is None:
            person = span
    for start, end in parts:
        if title is None:
            title = title_in(scene, start, end, person)
    named = text[scene.units[person[0]].start : scene.units[person[1] - 1].end] if person else None
    return Speaker(scene.units[low].start, scene.units[high - 1].end, named, title, pronoun=False, plural=False)
