"""The person and the office inside a speaker's words."""

from __future__ import annotations

from itertools import pairwise

from summarizer.language.phrases import DEFINITE, HEADS, Scene, is_glue
from summarizer.language.speech import is_mark


def person_in(scene: Scene, low: int, high: int, *, titled: bool) -> tuple[int, int] | None:
    """The units that name a person in the phrase, or None."""
    if scene.lexicon.caseless:
        return _caseless_person(scene, low, high)
    runs = _name_runs(scene, low, high)
    office = next((i for i in range(low, high) if scene.units[i].has("title")), None)
    names = []
    for first, end in runs:
        previous = scene.units[first - 1] if first > low else None
        start = _past_place(scene, first, end, office)
        tied = previous is not None and previous.has("determiner", "link", "quantifier") and not previous.has(*HEADS)
        if (tied and start == first) or (previous is not None and previous.has("body") and office is None):
            continue
        if _is_person(scene, start, end, titled=titled and (office is None or office < start or end == office)):
            names.append((start, end))
    full = (one for one in names if one[1] - one[0] > 1)  # a single word between may be a place: Харківської ОВА
    return next(full, names[-1] if names else None)


def title_in(scene: Scene, low: int, high: int, person: tuple[int, int] | None) -> str | None:
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
    if is_glue(scene, at):
        return begun
    following = scene.units[at + 1] if at + 1 < high else None
    if unit.has("particle") and following is not None:
        return following.capital or (is_mark(following) and at + 2 < high and scene.units[at + 2].capital)
    if is_mark(unit) or not unit.capital or unit.acronym:
        return False
    if unit.has("time", *HEADS, "place", "quantifier", "demonym", "conjunction"):
        return False
    return not unit.has("determiner", "link") or (begun and not unit.first)


def _caseless_person(scene: Scene, low: int, high: int) -> tuple[int, int] | None:
    """Scripts without capitals: the words that are left when offices, bodies, places and their adjectives are taken."""
    units = scene.units
    heads = [at for at in range(low, high) if units[at].has(*HEADS)]
    taken = [
        at for at in range(low, high) if units[at].has(*HEADS, "link", "place", "determiner", "quantifier", "demonym")
    ]
    start = low
    for at, following in pairwise([*taken, high]):
        if following - at > 1:
            start = at + 1
    if not taken:
        start = low
    elif taken[-1] < high - 1:
        start = taken[-1] + 1
    elif heads and taken[0] > low and not units[low].has(*HEADS):
        return (low, taken[0]) if taken[0] - low <= 6 and units[taken[0]].has("title") else None
    else:
        return None
    while start < high and heads and units[start].key.startswith(DEFINITE):
        start += 1  # الروسي: an adjective of the office, not a name
    if start >= high or (heads and not any(units[at].has("title") for at in heads)):
        return None
    spaceless = all(len(unit.key) == 1 for unit in units[start:high])
    return (start, high) if high - start <= (14 if spaceless else 4) else None
