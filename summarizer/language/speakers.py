"""Who speaks: the noun phrase beside a verb of speech, and the person and the office named in it.

Nothing here parses. A phrase is accepted only where a pronoun, a name, a known office or body, or a determiner says
that it can be a speaker; where words could belong elsewhere there is no speaker rather than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from summarizer.language.speech import WITHOUT_OBJECT, Lexicon, Unit, is_mark

_GLUE = frozenset("-'’ʼ‑·.")
_QUOTES = frozenset('"“”„«»‹›「」『』‘`＂')
_COMMAS = frozenset(",،，、")
_ENDS = ("stop", "time", "that", "relative", "auxiliary", "negation", "verbs", "sources", "sources_after", "impersonal")
_HEADS = ("title", "body")
_DEFINITE = ("ال", "لل")
"""The Arabic article, alone and after the preposition l-: the one mark of definiteness without capitals."""
_LONGEST = 24
_LONGEST_APPOSITION = 14


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words that name a speaker, as units `low` to `high` (exclusive) of the sentence, and what they hold."""

    start: int
    end: int
    person: str | None
    title: str | None
    pronoun: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence under reading. `common` holds the words that the article also writes in lower case."""

    text: str
    units: list[Unit]
    lexicon: Lexicon
    common: frozenset[str]


def after(scene: Scene, at: int, *, strict: bool, firm: bool) -> Speaker | None:
    """The speaker whose words begin at unit `at`; `strict`: the clause must end with them.

    `firm`: a determiner alone does not make a speaker, for the words may be an object (`a annoncé un bilan`).
    """
    at = _skip(scene, at)
    if at >= len(scene.units):
        return None
    if (pronoun := _pronoun(scene, at, at + 1)) is not None:
        return pronoun
    end = phrase_end(scene, at)
    if end <= at or not _may_speak(scene, at, end) or (firm and not _is_firm(scene, at, end)):
        return None
    if strict and end < len(scene.units) and not is_mark(scene.units[end]) and not _adjunct(scene.units[end]):
        return None
    return _speaker(scene, at, _with_apposition(scene, at, end))


def before(scene: Scene, at: int) -> Speaker | None:
    """The speaker whose words end right before unit `at`, with nothing but adverbs between."""
    high = _skip_back(scene, at)
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


def _is_firm(scene: Scene, low: int, high: int) -> bool:
    """Whether the phrase holds a name, an office, a body or a place."""
    if scene.lexicon.caseless:
        return True
    inside = scene.units[low:high]
    return any(unit.has(*_HEADS, "place") or unit.acronym or unit.capital for unit in inside if not is_mark(unit))


def _is_object(scene: Scene, low: int) -> bool:
    """Whether the words from `low` on follow a verb that has an object: they are not the next verb's subject."""
    kind = scene.units[low - 1].kinds.get("verbs") if low else None
    return kind is not None and kind not in WITHOUT_OBJECT


def leading(scene: Scene, at: int) -> Speaker | None:
    """The speaker at the head of the sentence or of the clause that leads to unit `at` (verb-final languages)."""
    low = at
    while low > 0 and not _is(scene.units[low - 1], _QUOTES | frozenset(";:。；：")):
        low -= 1
    for start in (low, 0):
        first = _skip(scene, start)
        if first < at and (pronoun := _pronoun(scene, first, first + 1)) is not None:
            return pronoun
        end = phrase_end(scene, first, limit=at)
        if first < end <= at and _may_speak(scene, first, end):
            return _speaker(scene, first, _with_apposition(scene, first, end, limit=at))
    return None


def before_postposition(scene: Scene, at: int) -> Speaker | None:
    """The speaker before a postposition (Turkish `göre`, German `zufolge`): all words back to the clause's start."""
    low = max(_clause_start(scene, at), at - 10)
    low = _skip(scene, low)
    if low >= at:
        return None
    if (pronoun := _pronoun(scene, low, at)) is not None:
        return pronoun
    return _speaker(scene, low, at) if _may_speak(scene, low, at) else None


def _whole(scene: Scene, low: int, high: int) -> Speaker | None:
    """The clause `low:high` as one noun phrase, or the last one in it after an opening adjunct."""
    low = _skip(scene, low)
    if low < high and (pronoun := _pronoun(scene, low, high)) is not None:
        return pronoun
    if low + 1 < high and scene.units[low].has("within") and scene.units[low + 1].has("body"):
        low += 1  # в Генштабе сообщили
    end = phrase_end(scene, low, limit=high)
    complete = end == high or (end < high and scene.units[end].has("stop", "relative", "sources"))
    if low < end and complete and _may_speak(scene, low, end):
        return _speaker(scene, low, end)
    for start in range(high - 1, low, -1):
        unit = scene.units[start]
        if unit.has("pronoun", "plural_pronoun"):
            return _pronoun(scene, start, high)
        if unit.has("determiner") and not unit.has("link") and not scene.units[start - 1].has("stop", "link"):
            whole = phrase_end(scene, start, limit=high) == high and scene.units[low].has("stop", "time")
            return _speaker(scene, start, high) if whole and _may_speak(scene, start, high) else None
    return None


def _before_comma(scene: Scene, at: int) -> Speaker | None:
    """`X, the minister, said`: the comma before the verb closes what stands between commas."""
    if at == 0 or not _is(scene.units[at - 1], _COMMAS):
        return None
    inner = _clause_start(scene, at - 1)
    if inner < 2 or not _is(scene.units[inner - 1], _COMMAS) or at - inner > _LONGEST_APPOSITION:
        return None
    low = _clause_start(scene, inner - 1)
    name = _whole(scene, low, inner - 1) if low < inner - 1 else None
    if name is None or name.pronoun or name.end != scene.units[inner - 2].end:
        return None
    start = _skip(scene, low)
    if phrase_end(scene, inner, limit=at - 1) == at - 1 and _apposes(scene, (start, inner - 1), (inner, at - 1)):
        return _speaker(scene, start, at - 1)
    return name if name.person or name.title or _is_firm(scene, start, inner - 1) else None


def _clause_start(scene: Scene, high: int) -> int:
    low = high
    while low > 0 and high - low < _LONGEST:
        unit = scene.units[low - 1]
        if (is_mark(unit) and not _is_glue(scene, low - 1)) or unit.has("that"):
            break
        if unit.has("verbs", "sources_after") and not unit.has("link", "determiner", *_HEADS):
            break
        low -= 1
    while low < high and scene.units[low].has("conjunction", "like"):
        low += 1
    return low


def _skip(scene: Scene, at: int) -> int:
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


def _skip_back(scene: Scene, at: int) -> int:
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
    top = min(len(scene.units) if limit is None else limit, at + _LONGEST)
    end, named, known, lower, joined = at, False, False, 0, False
    while end < top:
        unit = scene.units[end]
        if _is_glue(scene, end):
            end += 1
            continue
        if is_mark(unit) or _ends(unit) or _has_case(scene, end) or _is_day(scene, end):
            break
        if end > at and _begins_another(scene, end):
            break
        if unit.has("conjunction"):
            if not _joins(scene, end, top) or end == at:
                break
        elif unit.has("link", "determiner", "quantifier", *_HEADS, "place", "particle") or _named(scene, unit):
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
            if known and not scene.lexicon.caseless and scene.units[at].has("place") and not (next_named or _head_follows(scene, end, top)):
                break
            known = False
        end += 1
    while end > at and _dangles(scene, end - 1):
        end -= 1
    return end


def _head_follows(scene: Scene, at: int, top: int) -> bool:
    """Whether an office or a body stands right behind the lower-case word: `White House press secretary`."""
    return any(unit.has(*_HEADS) for unit in scene.units[at + 1 : min(top, at + 3)])


def _is_day(scene: Scene, at: int) -> bool:
    following = scene.units[at + 1] if at + 1 < len(scene.units) else None
    return scene.units[at].key.isdigit() and following is not None and following.has("time")


def _begins_another(scene: Scene, at: int) -> bool:
    """A determiner, or a place after a definite word or a place, that no preposition ties to what stands before."""
    unit, previous = scene.units[at], scene.units[at - 1]
    if unit.has("determiner") and not unit.has("link", "particle", *_HEADS):
        tied = is_mark(previous) or previous.has("link", "conjunction", "determiner", "quantifier", "particle")
        return not tied and not (unit.capital and not unit.first)
    definite = previous.has("place") or previous.key.startswith(_DEFINITE)
    if scene.lexicon.order == "after" and definite and not unit.labels and not unit.key.startswith(_DEFINITE):
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
    loose = unit.has("link", "determiner", "conjunction", "adverb") and not unit.has(*_HEADS, "place")
    return (loose and not (unit.acronym or (unit.capital and not unit.first))) or is_mark(unit)


def _ends(unit: Unit) -> bool:
    if not unit.has(*_ENDS) or unit.has("link", *_HEADS, "place"):
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
    return following.capital or following.has("determiner", *_HEADS, "place")


def _named(scene: Scene, unit: Unit) -> bool:
    return unit.capital and not scene.lexicon.caseless


def _is_name(scene: Scene, unit: Unit) -> bool:
    """Whether a lower-case word after it would belong to something else: names do not go on in lower case."""
    if not _named(scene, unit) or unit.has("determiner", "link", "quantifier"):
        return False
    return scene.lexicon.order in {"bracket", "lead"} or not unit.has(*_HEADS, "place")


def _adjunct(unit: Unit) -> bool:
    return unit.has("stop", "time", "that", "relative", "adverb", "conjunction")


def _may_speak(scene: Scene, low: int, high: int) -> bool:
    """Whether the phrase says of itself that it can be a speaker."""
    inside = [unit for unit in scene.units[low:high] if not is_mark(unit)]
    if not inside or (inside[0].has("first_person", "neuter") and len(inside) == 1):
        return False
    if any(unit.has(*_HEADS) or unit.acronym or (unit.has("place") and unit is inside[0]) for unit in inside):
        return True
    if scene.lexicon.caseless:
        return high - low <= 8 and not inside[0].has("link", "stop")
    if any(_named(scene, unit) and not unit.has("determiner", "quantifier", "link") for unit in inside):
        return True
    return len(inside) > 1 and inside[0].has("determiner", "quantifier")


def _pronoun(scene: Scene, at: int, high: int) -> Speaker | None:
    unit = scene.units[at]
    if high - at != 1 or not unit.has("pronoun", "plural_pronoun"):
        return None
    return Speaker(unit.start, unit.end, None, None, pronoun=True, plural=unit.has("plural_pronoun"))


def _with_apposition(scene: Scene, low: int, high: int, limit: int | None = None) -> int:
    """The end of the phrase with what stands beside it between commas: `X, the minister of Y`."""
    top = len(scene.units) if limit is None else limit
    if high >= top or not _is(scene.units[high], _COMMAS):
        return high
    start = high + 1
    if start < top and scene.units[start].has("conjunction", "relative", "that"):
        return high
    end = phrase_end(scene, start, limit=top)
    if end <= start or (end < top and not is_mark(scene.units[end]) and not _adjunct(scene.units[end])):
        return high
    return end if _apposes(scene, (low, high), (start, end)) else high


def _apposes(scene: Scene, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """A name beside an office, or an office beside a name."""
    offices = [any(unit.has("title") for unit in scene.units[low:high]) for low, high in (one, other)]
    names = [_person(scene, low, high, titled=True) is not None for low, high in (one, other)]
    name_first = names[0] and offices[1] and not (scene.lexicon.caseless and offices[0])
    return name_first or (offices[0] and names[1] and not offices[1] and not scene.lexicon.caseless)


def _speaker(scene: Scene, low: int, high: int) -> Speaker:
    text = scene.text
    comma = next((i for i in range(low, high) if _is(scene.units[i], _COMMAS)), None)
    parts = [(low, high)] if comma is None else [(low, comma), (comma + 1, high)]
    titled = any(unit.has("title") for unit in scene.units[low:high])
    person = title = None
    for start, end in parts:
        span = _person(scene, start, end, titled=titled)
        if span is not None and person is None:
            person = span
    for start, end in parts:
        if title is None:
            title = _title(scene, start, end, person)
    named = text[scene.units[person[0]].start : scene.units[person[1] - 1].end] if person else None
    return Speaker(scene.units[low].start, scene.units[high - 1].end, named, title, pronoun=False, plural=False)


def _title(scene: Scene, low: int, high: int, person: tuple[int, int] | None) -> str | None:
    """The words of office, without the person and the determiner."""
    pieces = [(low, high)]
    if person is not None and low <= person[0] < high:
        pieces = [(low, person[0]), (person[1], high)]
    for piece in pieces:
        start, end = piece
        if not any(unit.has("title") for unit in scene.units[start:end]):
            continue
        while start < end and (scene.units[start].has("determiner") or is_mark(scene.units[start])):
            start += 1
        while end > start and (is_mark(scene.units[end - 1]) or scene.units[end - 1].has("conjunction")):
            end -= 1
        if start < end:
            return scene.text[scene.units[start].start : scene.units[end - 1].end]
    return None


def _person(scene: Scene, low: int, high: int, *, titled: bool) -> tuple[int, int] | None:
    """The units that name a person in the phrase, or None."""
    if scene.lexicon.caseless:
        return _caseless_person(scene, low, high)
    runs = _name_runs(scene, low, high)
    office = next((i for i in range(low, high) if scene.units[i].has("title")), None)
    names = []
    for first, end in runs:
        previous = scene.units[first - 1] if first > low else None
        start = _past_place(scene, first, end, office)
        tied = previous is not None and previous.has("determiner", "link", "quantifier") and not previous.has(*_HEADS)
        if (tied and start == first) or (previous is not None and previous.has("body") and office is None):
            continue
        if _is_person(scene, start, end, titled=titled and (office is None or office < start or end == office)):
            names.append((start, end))
    full = (one for one in names if one[1] - one[0] > 1)  # a single word between may be a place: Харківської ОВА
    return next(full, names[-1] if names else None)


def _past_place(scene: Scene, start: int, end: int, office: int | None) -> int:
    """Past a place between office and name: `maire de Marioupol Vadym Boïtchenko`, `мэр Харькова Игорь Терехов`."""
    if office is None or office > start or end - start < 3:
        return start
    before_run = scene.units[start - 1]
    pattern = scene.lexicon.place_and_name
    two = f"{scene.units[start].key} {scene.units[start + 1].key}"
    inflected = pattern is not None and before_run.has("title") and pattern.fullmatch(two) is not None
    return start + 1 if inflected or before_run.has("link") else start


def _is_person(scene: Scene, start: int, end: int, *, titled: bool) -> bool:
    words = [unit for unit in scene.units[start:end] if not is_mark(unit) and not unit.has("particle")]
    if not words:
        return False
    if len(words) == 1 and words[0].first and not titled:
        return words[0].key not in scene.common
    return True


def _name_runs(scene: Scene, low: int, high: int) -> list[tuple[int, int]]:
    """Runs of capitalised words that are no office, body, country or acronym."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at in range(low, high + 1):
        unit = scene.units[at] if at < high else None
        inside = unit is not None and _in_name(scene, at, high, begun=start is not None)
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            end = at
            while end > start and (is_mark(scene.units[end - 1]) or not scene.units[end - 1].capital):
                end -= 1
            if end > start:
                runs.append((start, end))
            start = None
    return runs


def _in_name(scene: Scene, at: int, high: int, *, begun: bool) -> bool:
    unit = scene.units[at]
    if _is_glue(scene, at):
        return begun
    following = scene.units[at + 1] if at + 1 < high else None
    if unit.has("particle") and following is not None:
        return following.capital or (is_mark(following) and at + 2 < high and scene.units[at + 2].capital)
    if is_mark(unit) or not unit.capital or unit.acronym:
        return False
    if unit.has("time", *_HEADS, "place", "quantifier", "demonym", "conjunction"):
        return False
    return not unit.has("determiner", "link") or (begun and not unit.first)


def _caseless_person(scene: Scene, low: int, high: int) -> tuple[int, int] | None:
    """Scripts without capitals: the words that are left when offices, bodies, places and their adjectives are taken."""
    units = scene.units
    heads = [at for at in range(low, high) if units[at].has(*_HEADS)]
    taken = [
        at for at in range(low, high) if units[at].has(*_HEADS, "link", "place", "determiner", "quantifier", "demonym")
    ]
    start = low
    for at, following in pairwise([*taken, high]):
        if following - at > 1:
            start = at + 1
    if not taken:
        start = low
    elif taken[-1] < high - 1:
        start = taken[-1] + 1
    elif heads and taken[0] > low and not units[low].has(*_HEADS):
        return (low, taken[0]) if taken[0] - low <= 6 and units[taken[0]].has("title") else None
    else:
        return None
    while start < high and heads and units[start].key.startswith(_DEFINITE):
        start += 1  # الروسي: an adjective of the office, not a name
    if start >= high or (heads and not any(units[at].has("title") for at in heads)):
        return None
    spaceless = all(len(unit.key) == 1 for unit in units[start:high])
    return (start, high) if high - start <= (14 if spaceless else 4) else None


def _is_glue(scene: Scene, at: int) -> bool:
    """A hyphen or apostrophe inside a word, a stop after an initial or a shortened title."""
    unit = scene.units[at]
    if unit.key not in _GLUE or at == 0 or at + 1 >= len(scene.units):
        return False
    previous, following = scene.units[at - 1], scene.units[at + 1]
    if unit.key == ".":
        short = (len(previous.key) == 1 and previous.capital) or (len(previous.key) <= 5 and previous.has("title"))
        return unit.glued and short and following.capital
    return unit.glued and (following.glued or unit.key in "'’")


def _is(unit: Unit, marks: frozenset[str]) -> bool:
    return unit.key in marks
