"""Military and diplomatic developments: a cue word, with the place, the day and the parties that stand nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from summarizer.engines.keyword.lexicon import Cue
from summarizer.engines.keyword.nearness import belongs, is_town, nearest_date, nearest_place, speech_clauses
from summarizer.engines.keyword.parties import PartyBook
from summarizer.engines.keyword.passages import Passage
from summarizer.engines.keyword.voices import Voice, Voices
from summarizer.language.analysis import Spanned
from summarizer.language.attribution import SpeechKind
from summarizer.language.edtf import known
from summarizer.language.names import NameMention
from summarizer.language.places import PlaceMention
from summarizer.language.tense import is_future
from summarizer.schema.article import Edtf
from summarizer.schema.codes import (
    DiplomaticKind,
    DiplomaticStage,
    MilitaryKind,
    MilitaryStage,
    PartyKind,
    Precision,
)
from summarizer.schema.draft import DraftDevelopment, DraftDiplomatic, DraftMilitary, DraftPlace, DraftWhen

D = TypeVar("D", bound=DraftDevelopment)

_TOLD = frozenset({SpeechKind.SAY, SpeechKind.REPORT, SpeechKind.ACCUSE, SpeechKind.CONDEMN, SpeechKind.DENY})
"""What is said to have happened; after a demand, an offer or a warning it has not."""
_OLD_DAYS = 30
_NEAR = 60  # characters before a cue in which a word may say that the event is not one ("an end to the fighting")
_SINCE = 30  # characters behind "since"
_ARMED_NAMES = frozenset({"army", "group"})
_SUBJECT = 20  # words before the cue in which its subject stands
_CLAIMED_TOWN = 20  # characters behind "captured" in which the town's name begins
_STRIKES = frozenset({MilitaryKind.AIR_OR_DRONE_STRIKE, MilitaryKind.SHELLING_OR_MISSILE})
_MAY_FAIL = frozenset(
    {
        DiplomaticKind.TALKS,
        DiplomaticKind.VISIT,
        DiplomaticKind.MEDIATION,
        DiplomaticKind.AGREEMENT,
        DiplomaticKind.CEASEFIRE_DECLARED,
        DiplomaticKind.HUMANITARIAN_CORRIDOR,
        DiplomaticKind.PRISONER_EXCHANGE,
        DiplomaticKind.RELEASE,
        DiplomaticKind.VOTE_OR_RESOLUTION,
        DiplomaticKind.MEETING,
    }
)
_TRUCES = frozenset(
    {DiplomaticKind.CEASEFIRE_DECLARED, DiplomaticKind.CEASEFIRE_OBSERVED, DiplomaticKind.CEASEFIRE_BROKEN}
)
_WITH_WHOM = frozenset(
    {
        DiplomaticKind.CALL,
        DiplomaticKind.SANCTIONS_IMPOSED,
        DiplomaticKind.SANCTIONS_EASED,
        DiplomaticKind.RECOGNITION,
        DiplomaticKind.EXPULSION,
        DiplomaticKind.RELATIONS_SEVERED,
        DiplomaticKind.VOTE_OR_RESOLUTION,
    }
)
"""The countries named are who it is about, not where it happens."""
_NO_FIGHT = frozenset(
    {
        MilitaryKind.DEPLOYMENT,
        MilitaryKind.EXERCISE,
        MilitaryKind.MOBILIZATION,
        MilitaryKind.ARMS_TRANSFER,
        MilitaryKind.WITHDRAWAL,
        MilitaryKind.ARRESTS,
        MilitaryKind.OTHER,
    }
)
"""What makes nobody a belligerent."""
_SAID_IS_DONE = frozenset(
    {
        MilitaryKind.TERRITORY_TAKEN,  # the day of the claim, where nothing else dates it
        MilitaryKind.WITHDRAWAL,
        MilitaryKind.MOBILIZATION,
        MilitaryKind.ARMS_TRANSFER,
        DiplomaticKind.AGREEMENT,
        DiplomaticKind.CEASEFIRE_DECLARED,
        DiplomaticKind.SANCTIONS_IMPOSED,
        DiplomaticKind.SANCTIONS_EASED,
        DiplomaticKind.RECOGNITION,
        DiplomaticKind.EXPULSION,
        DiplomaticKind.RELATIONS_SEVERED,
        DiplomaticKind.AID_PLEDGED,
        DiplomaticKind.RELEASE,
    }
)
"""What an announcement brings about: the day of the announcement is its day."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the developments of an article are drafted from."""

    passages: Sequence[Passage]
    book: PartyBook
    voices: Voices
    text: str
    published: Edtf | None


@dataclass(frozen=True, slots=True)
class _Event:
    """One cue with what belongs to it."""

    cue: Cue
    place: DraftPlace | None
    when: DraftWhen | None
    voice: Voice | None


def draft_military(scene: Scene) -> list[DraftMilitary]:
    """The military developments, the same one told twice drafted once."""
    found: list[DraftMilitary] = []
    town: PlaceMention | None = None
    for passage in scene.passages:
        for event in _events(scene, passage, "military", town):
            actors = _actors(passage, event.cue)
            initiators = _names(scene, actors)
            if not (event.place or event.when or initiators):
                continue
            if event.cue.code not in _NO_FIGHT:
                _enter_war(scene, passage, event, actors)
            found.append(
                DraftMilitary(
                    **_common(scene, passage, event, f"m{len(found) + 1}"),
                    kind=MilitaryKind(event.cue.code),
                    stage=MilitaryStage(_stage(scene, passage, event)),
                    initiators=initiators,
                    targets=[],
                    figures=[],
                )
            )
        town = next((one for one in reversed(passage.places) if is_town(passage, one)), town)
    return _told_once(found)


def draft_diplomatic(scene: Scene) -> list[DraftDiplomatic]:
    """The diplomatic developments, the same one told twice drafted once."""
    found: list[DraftDiplomatic] = []
    for passage in scene.passages:
        for event in _events(scene, passage, "diplomatic", None):
            participants = _participants(scene, passage, event.cue)
            if not (event.when or (event.place and participants)):
                continue
            found.append(
                DraftDiplomatic(
                    **_common(scene, passage, event, f"d{len(found) + 1}"),
                    kind=DiplomaticKind(event.cue.code),
                    stage=DiplomaticStage(_stage(scene, passage, event)),
                    participants=participants,
                    mediators=[],
                )
            )
    return _told_once(found)


def _events(scene: Scene, passage: Passage, table: str, town: PlaceMention | None) -> list[_Event]:
    if passage.heading:
        return []
    kinds: dict[object, Cue] = {}
    for cue in _event_cues(passage, table):
        if _happens(scene, passage, cue):
            # "Talks mediated by X", "a meeting on the resolution": of one clause, the first is what it is about
            kinds.setdefault(passage.clause(cue.start, cue.end) if table == "diplomatic" else cue.code, cue)
    rivals = _rivals(passage)
    return [
        _Event(
            cue,
            _place_of(passage, cue, rivals, town),
            nearest_date(passage, cue, rivals, said=cue.code not in _SAID_IS_DONE),
            scene.voices.governing(passage, cue),
        )
        for cue in kinds.values()
    ]


def _event_cues(passage: Passage, table: str) -> Sequence[Cue]:
    """The cues of the table; to the military ones is added `captured` before a town's name, while in a clause that
    tells of interception the missiles and drones are those intercepted."""
    cues = passage.cues(table)
    if table != "military":
        return cues
    towns = [place.start for place in passage.places if is_town(passage, place)]
    taken = [
        Cue(MilitaryKind.TERRITORY_TAKEN, cue.start, cue.end)
        for cue in passage.cues("takes")
        if any(0 < town - cue.end <= _CLAIMED_TOWN for town in towns) and passage.between(cue.end, cue.end + 1) == " "
    ]
    caught = [cue for cue in cues if cue.code == MilitaryKind.INTERCEPTION]
    kept = [one for one in cues if one.code not in _STRIKES or not any(passage.same_clause(one, c) for c in caught)]
    return sorted([*kept, *taken], key=lambda cue: cue.start)


def _place_of(passage: Passage, cue: Cue, rivals: Sequence[Spanned], town: PlaceMention | None) -> DraftPlace | None:
    """The nearest place that is not part of who says it, nor the country with which something is done."""
    told = [(one.start, one.end) for one in passage.attributions if one.speaker is not None]
    told += speech_clauses(passage, cue)
    if cue.code in _TRUCES:
        told.append((passage.sentence.start, cue.start))  # "the truce agreed in Geneva" holds elsewhere
    if cue.code == DiplomaticKind.RELEASE and _with(passage, cue, MilitaryKind.ABDUCTION):
        return None  # "abducted in Goma in May, they were freed": where is not told
    place = nearest_place(passage, cue, rivals, town, told)
    if place is not None and cue.code in _WITH_WHOM and place.precision is Precision.COUNTRY:
        return None
    return place


def _with(passage: Passage, cue: Cue, kind: MilitaryKind) -> bool:
    return any(one.code == kind and passage.same_clause(one, cue) for one in passage.cues("military"))


def _rivals(passage: Passage) -> list[Cue]:
    """Every cue of an event in the sentence: a place, a day or a party belongs to the nearest of them."""
    return [*passage.cues("military"), *passage.cues("diplomatic")]


def _happens(scene: Scene, passage: Passage, cue: Cue) -> bool:
    """Whether the cue tells an event: not inside a quotation, not wished for, ended or feared."""
    if passage.in_quotation(cue):
        return False
    ahead = passage.between(max(passage.sentence.start, cue.start - _NEAR), cue.start)
    undone = [one for one in passage.cues("undone") if one.end <= cue.start <= one.end + 24]
    if undone and not any(mark in ahead[-(cue.start - undone[-1].start) :] for mark in ",;:"):
        return False
    if any(one.end <= cue.start <= one.end + _SINCE for one in passage.cues("since")):
        return False  # "since the invasion began" dates something else
    voice = scene.voices.governing(passage, cue)
    return voice is None or voice.attribution.kind in _TOLD


def _actors(passage: Passage, cue: Cue) -> list[NameMention]:
    """Who did it: the armed party, or the state as subject, named before the cue; both where two fight."""
    actors = [name for name in passage.names if _may_fight(passage, name)]
    before = [name for name in actors if name.end <= cue.start and _within(passage, name, cue)]
    clash = cue.code == MilitaryKind.ARMED_CLASH
    return [name for name in actors if name.kind in _ARMED_NAMES] if clash else before[-1:]


def _may_fight(passage: Passage, name: NameMention) -> bool:
    if name.party is None:
        return False
    if name.kind in _ARMED_NAMES or name.metonym or name.party.kind is PartyKind.ALLIANCE:
        return True
    return name.kind == "country" and _is_subject(passage, name)


def _is_subject(passage: Passage, name: NameMention) -> bool:
    """Whether a country opens its clause: `Russia has launched`, `mardi, la Russie a`; not `in Russia`."""
    low, _ = passage.clause(name.start, name.end)
    return len(passage.between(low, name.start).split()) <= 1


def _within(passage: Passage, name: NameMention, cue: Cue) -> bool:
    between = [word for word in passage.words if name.end <= word.start and word.end <= cue.start]
    return len(between) <= _SUBJECT


def _participants(scene: Scene, passage: Passage, cue: Cue) -> list[str]:
    located = {(place.start, place.end) for place in passage.places if place.entry.kind == "country"}
    lines = passage.cues("line")
    rivals = _rivals(passage)
    named = [
        name
        for name in passage.names
        if name.party is not None
        and name.kind not in ("demonym", "person")
        and (name.kind != "capital" or name.metonym)
        and belongs(passage, name, cue, rivals)
        and passage.bracket(name) == passage.bracket(cue)
        and not (lines and (name.start, name.end) in located and name.start > lines[0].start)
    ]
    bodies = [name for name in named if name.party and name.party.kind is not PartyKind.STATE]
    return _names(scene, bodies if cue.code == DiplomaticKind.MEETING and bodies else named)


def _names(scene: Scene, mentions: Sequence[NameMention]) -> list[str]:
    return list(dict.fromkeys(scene.book.refer(one.party) for one in mentions if one.party))


def _common(scene: Scene, passage: Passage, event: _Event, key: str) -> dict[str, Any]:
    voice = event.voice
    return {
        "key": key,
        "evidence": [passage.evidence(event.cue.start, event.cue.end)],
        "place": event.place,
        "when": event.when,
        "description": passage.sentence.text,
        "asserted_by": voice.speaker if voice else None,
        "assertion": scene.voices.assertion(passage, event.cue, voice),
    }


def _stage(scene: Scene, passage: Passage, event: _Event) -> str:
    day = known(Edtf(event.when.date)) if event.when and event.when.date else None
    published = known(scene.published) if scene.published else None
    if event.voice and event.voice.attribution.kind is SpeechKind.DENY:
        return "denied"
    if event.cue.code in _MAY_FAIL and _in_clause(passage, event.cue, "failed"):
        return "failed"
    if day and published and day.start > published.end:
        return "planned"
    if day and published and (published.start - day.end).days > _OLD_DAYS:
        return "historical"
    if day is None and is_future(scene.text, event.cue.start, event.cue.end, passage.language):
        return "planned"
    recent = day is None or published is None or day.end >= published.start
    return "ongoing" if recent and _in_clause(passage, event.cue, "ongoing") else "occurred"


def _in_clause(passage: Passage, cue: Cue, table: str) -> bool:
    """Whether a cue of another table stands in the cue's clause."""
    low, high = passage.clause(cue.start, cue.end)
    return any(low <= one.start < high for one in passage.cues(table))


def _enter_war(scene: Scene, passage: Passage, event: _Event, actors: Sequence[NameMention]) -> None:
    """Who fights, and where: it tells belligerents from others."""
    for name in actors:
        scene.book.fights(name)
    for place in passage.places:
        if event.place and place.as_written == event.place.as_written and place.entry.country:
            scene.book.at_war(place.entry.country)


def _told_once(found: Sequence[D]) -> list[D]:
    """Those of one kind, one day and no two places are one event, told again."""
    kept: list[D] = []
    for one in found:
        at = next((at for at, other in enumerate(kept) if _same_event(one, other)), None)
        if at is None:
            kept.append(one)
            continue
        first = kept[at]
        passages = [*first.evidence, *(passage for passage in one.evidence if passage not in first.evidence)]
        kept[at] = first.model_copy(update={"evidence": passages, "place": first.place or one.place})
    return kept


def _same_event(one: DraftDevelopment, other: DraftDevelopment) -> bool:
    if _kind(one) != _kind(other) or one.when is None or other.when is None or one.when.date != other.when.date:
        return False
    return one.place is None or other.place is None or one.place.name == other.place.name


def _kind(one: DraftDevelopment) -> object:
    return getattr(one, "kind", None)
