"""Attribution: who is said to say what kind of thing, from the verbs and prepositions of speech.

Precision comes first: a cue whose speaker cannot be told is kept only where it stands beside a quotation mark, a
colon or a "that". The words are data (`[attribution]`), the reading of speakers is in `speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.language import speakers
from summarizer.language.cues import cues as table
from summarizer.language.hearsay import reported
from summarizer.language.phrases import COMMAS, Scene, is_one
from summarizer.language.speakers import Speaker
from summarizer.language.speech import WITHOUT_OBJECT, SpeechKind, Unit, is_mark, lexicon, units_in
from summarizer.schema.article import Sentence

__all__ = ["Attribution", "SpeechKind", "find_attributions", "reported", "resolve_pronouns"]

_LOWER_WORD = re.compile(r"[^\W\d_]{3,40}")
_QUOTES = frozenset('"“”„«»‹›「」『』＂')
_GAP = 4
_LONGEST_INSERTION = 8


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of speech told by the article: the cue, and the words that name its speaker.

    `text[start:end]` spans cue and speaker, `text[verb_start:verb_end]` is `verb`, `text[speaker_start:speaker_end]`
    is `speaker` (None where it cannot be told). `person` and `title` are the name and the office inside. `pronoun`:
    the speaker is a pronoun, `plural` one of several speakers, which no single person can resolve.
    """

    start: int
    end: int
    verb_start: int
    verb_end: int
    verb: str
    kind: SpeechKind
    speaker_start: int | None
    speaker_end: int | None
    speaker: str | None
    person: str | None
    title: str | None
    pronoun: bool
    plural: bool = False


@dataclass(frozen=True, slots=True)
class _Cue:
    """A verb or preposition of speech: units `low` to `high` (exclusive).

    `inside` is a pronoun within (a-t-il dit); `beside` is the unit by which the subject stands where that is not
    the verb itself: German `hat` far from its participle.
    """

    low: int
    high: int
    kind: SpeechKind
    role: str
    inside: Speaker | None = None
    beside: int | None = None


def find_attributions(text: str, language: str, sentences: Sequence[Sentence]) -> list[Attribution]:
    """The attributions in `text`, in order of their cue. `language` is a BCP 47 tag; without data there are none."""
    words = lexicon(language)
    if not words.phrases:
        return []
    common = frozenset(w for w in _LOWER_WORD.findall(text) if w.islower())
    found: list[Attribution] = []
    for sentence in sentences:
        scene = Scene(text, units_in(text, sentence.start, sentence.end, words), words, common)
        found.extend(_in_sentence(scene))
    return found


def resolve_pronouns(attributions: Sequence[Attribution], language: str = "") -> list[Attribution]:
    """The same attributions; a pronoun of one speaker has the person and title of the nearest person named before.

    What stands for no person ("it") has none.
    """
    things = frozenset(table(language, "attribution").get("words", {}).get("thing", ()))
    resolved: list[Attribution] = []
    named: Attribution | None = None
    for one in attributions:
        is_thing = (one.speaker or "").casefold() in things
        if one.pronoun and not one.plural and not is_thing and one.person is None and named is not None:
            resolved.append(replace(one, person=named.person, title=named.title))
            continue
        if one.person is not None and not one.pronoun:
            named = one
        resolved.append(one)
    return resolved


def _in_sentence(scene: Scene) -> list[Attribution]:
    found: list[Attribution] = []
    last: Speaker | None = None
    for cue in _cues(scene):
        speaker = _speaker_of(scene, cue, last)
        if speaker is None and not _beside_speech(scene, cue):
            continue
        found.append(_attribution(scene, cue, speaker))
        last = speaker or last
    return found


def _cues(scene: Scene) -> list[_Cue]:
    cues: list[_Cue] = []
    at = 0
    while at < len(scene.units):
        cue = _cue_at(scene, at)
        if cue is not None:
            cues.append(cue)
        at = cue.high if cue is not None else at + 1
    return cues


def _cue_at(scene: Scene, at: int) -> _Cue | None:
    unit = scene.units[at]
    if unit.has("impersonal"):
        return _Cue(at, at + 1, unit.kinds["impersonal"], "impersonal")
    if unit.has("sources", "sources_after"):
        role = "source" if unit.has("sources") else "source_after"
        return _Cue(at, at + 1, SpeechKind.REPORT, role) if _is_source(scene, at) else None
    if unit.has("auxiliary") and (cue := _compound(scene, at)) is not None:
        return cue
    return None if _is_no_verb(scene, at) else _verb(scene, at)


def _verb(scene: Scene, at: int) -> _Cue | None:
    """A verb of speech that needs no auxiliary."""
    unit = scene.units[at]
    kind = _separated(scene, at) if unit.has("separable") else None
    if kind is not None:
        return _Cue(at, at + 1, kind, "verb")
    if unit.has("verbs"):
        high, inside = _inverted(scene, at + 1)
        return _Cue(at, high, unit.kinds["verbs"], "verb", inside)
    return _Cue(at, at + 1, unit.kinds["gerunds"], "gerund") if unit.has("gerunds") else None


def _is_source(scene: Scene, at: int) -> bool:
    """`segundo`, `secondo`, `laut` are other words too: after a determiner, or before nothing that can speak."""
    return at == 0 or not scene.units[at - 1].has("determiner", "quantifier", "negation")


def _is_no_verb(scene: Scene, at: int) -> bool:
    unit = scene.units[at]
    if unit.capital and not unit.first and not _after_mark(scene, at):
        return True
    bare = unit.key.count(" ") < 2  # 警告 may be a noun, 警告称 is none
    if scene.lexicon.object_follows and bare and unit.kinds.get("verbs", SpeechKind.SAY) not in WITHOUT_OBJECT:
        last = at + 1 == len(scene.units) or is_mark(scene.units[at + 1])
        if last:
            return True
    near = at
    while near > 0 and scene.units[near - 1].has("adverb") and at - near < _GAP:
        near -= 1
    if near == 0:
        return False
    previous = scene.units[near - 1]
    return previous.has("passive", "negation", "first_person") or (
        previous.has("determiner") and not previous.has("pronoun", "clitic") and not scene.lexicon.caseless
    )


def _after_mark(scene: Scene, at: int) -> bool:
    return at > 0 and is_mark(scene.units[at - 1])


def _inverted(scene: Scene, at: int) -> tuple[int, Speaker | None]:
    """Past an inverted pronoun: `-t-il`, `-elle`."""
    units = scene.units
    end = at
    while end < len(units) and end - at < 3 and (units[end].key in {"-", "‑"} or units[end].key == "t"):
        end += 1
    if end == at or end >= len(units) or not units[end].has("pronoun", "plural_pronoun"):
        return at, None
    return end + 1, speakers.after(scene, end, strict=False, firm=False)


def _compound(scene: Scene, at: int) -> _Cue | None:
    """An auxiliary and its participle: `a (aussitôt) déclaré`, `a-t-il dit`, `hat am Montag erklärt`."""
    if _is_negated(scene, at):
        return None
    units = scene.units
    end, inside = _inverted(scene, at + 1)
    for gap in range(_GAP + 1):
        place = end + gap
        if place >= len(units):
            break
        unit = units[place]
        if unit.has("participles"):
            return _Cue(at, place + 1, unit.kinds["participles"], "verb", inside)
        if not unit.has("adverb", "time", "clitic"):
            break
    return _bracketed(scene, at) or _interrupted(scene, at, end)


def _interrupted(scene: Scene, at: int, comma: int) -> _Cue | None:
    """Words between commas part the auxiliary from its participle: `a, de son côté, déclaré`, `has, she said, warned`."""
    if comma >= len(scene.units) or not is_one(scene.units[comma], COMMAS):
        return None
    for close in range(comma + 2, min(len(scene.units) - 1, comma + 2 + _LONGEST_INSERTION)):
        unit = scene.units[close]
        if is_one(unit, COMMAS):
            after = scene.units[close + 1]
            return _Cue(at, close + 2, after.kinds["participles"], "verb") if after.has("participles") else None
        if is_mark(unit) or unit.has("verbs", "auxiliary", "that"):
            return None
    return None


def _bracketed(scene: Scene, at: int) -> _Cue | None:
    """German's bracket: the subject stands beside the auxiliary, the participle ends the clause."""
    if scene.lexicon.order != "bracket":
        return None
    for place in range(at + 1, min(len(scene.units), at + 16)):
        unit = scene.units[place]
        if is_mark(unit) and not unit.glued:
            break
        ends = place + 1 == len(scene.units) or is_mark(scene.units[place + 1])
        if unit.has("participles") and ends:
            return _Cue(place, place + 1, unit.kinds["participles"], "verb", beside=at)
        if is_mark(unit) or unit.has("negation"):
            break
    return None


def _separated(scene: Scene, at: int) -> SpeechKind | None:
    known: frozenset[tuple[str, str]] = scene.lexicon.particles.get(scene.units[at].key, frozenset())
    particles = dict(known)
    for unit in scene.units[at + 1 : at + 40]:
        if unit.key in particles:
            return SpeechKind(particles[unit.key])
    return None


def _is_negated(scene: Scene, at: int) -> bool:
    return at > 0 and scene.units[at - 1].has("negation", "first_person")


def _speaker_of(scene: Scene, cue: _Cue, last: Speaker | None) -> Speaker | None:
    if cue.role == "source":
        return speakers.after(scene, cue.high, strict=False, firm=False)
    if cue.role == "source_after":
        return speakers.before_postposition(scene, cue.low)
    if cue.role == "verb" and cue.inside is None:
        found = next((one for one in _places(scene, cue) if one is not None), None)
        return found or (last if _shares_subject(scene, cue.low) else None)
    return last if cue.role == "gerund" else cue.inside


def _places(scene: Scene, cue: _Cue) -> list[Speaker | None]:
    """The speaker before and after the verb, in the order in which the language looks for it."""
    low, high = (cue.low, cue.high) if cue.beside is None else (cue.beside, cue.beside + 1)
    free = low == 0 or is_mark(scene.units[low - 1])
    ahead = speakers.before(scene, low)
    order, quoted = scene.lexicon.order, _after_quote(scene, low)
    behind = None
    if order in {"after", "bracket"} or (order == "free" and ahead is None and cue.kind in WITHOUT_OBJECT):
        behind = speakers.after(scene, high, strict=False, firm=not quoted)
    elif free and (quoted or (cue.kind in WITHOUT_OBJECT and order != "lead")):
        behind = speakers.after(scene, high, strict=not quoted, firm=not quoted)
    if order == "after":
        return [behind, ahead]
    if order == "lead":
        return [ahead if ahead and not free else None, behind, speakers.leading(scene, cue.low)]
    closes_apposition = free and ahead is not None and not quoted
    return [behind, ahead] if free and not closes_apposition else [ahead, behind]


def _after_quote(scene: Scene, at: int) -> bool:
    near = scene.units[max(0, at - 2) : at]
    return any(unit.key in _QUOTES for unit in near)


def _shares_subject(scene: Scene, at: int) -> bool:
    """`He condemned the strike and said ...`: a verb right after "and" has the subject of the verb before."""
    low = at
    while low > 0 and scene.units[low - 1].has("adverb", "clitic"):
        low -= 1
    return low > 0 and scene.units[low - 1].has("conjunction")


def _beside_speech(scene: Scene, cue: _Cue) -> bool:
    if cue.role in {"source", "source_after", "gerund"}:
        return False
    if cue.role == "impersonal":
        return True
    following = scene.units[cue.high] if cue.high < len(scene.units) else None
    if following is not None and (following.has("that") or following.key in _QUOTES or following.key in {":", "："}):
        return cue.kind is SpeechKind.SAY or following.has("that")
    return cue.kind is SpeechKind.SAY and _after_quote(scene, cue.low)


def _attribution(scene: Scene, cue: _Cue, speaker: Speaker | None) -> Attribution:
    first, last = scene.units[cue.low], _last(scene, cue)
    start, end = first.start, last.end
    return Attribution(
        start=min(start, speaker.start) if speaker else start,
        end=max(end, speaker.end) if speaker else end,
        verb_start=start,
        verb_end=end,
        verb=scene.text[start:end],
        kind=cue.kind,
        speaker_start=speaker.start if speaker else None,
        speaker_end=speaker.end if speaker else None,
        speaker=scene.text[speaker.start : speaker.end] if speaker else None,
        person=speaker.person if speaker else None,
        title=speaker.title if speaker else None,
        pronoun=speaker.pronoun if speaker else False,
        plural=speaker.plural if speaker else False,
    )


def _last(scene: Scene, cue: _Cue) -> Unit:
    return scene.units[cue.high - 1]
