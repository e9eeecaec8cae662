"""Positions: an act of speech whose verb, or whose words, say what stance is taken."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.engines.keyword.parties import PartyBook
from summarizer.engines.keyword.passages import Passage
from summarizer.engines.keyword.voices import Voice, Voices, governs
from summarizer.language.attribution import SpeechKind
from summarizer.schema.codes import PositionKind
from summarizer.schema.draft import DraftPosition

_KINDS = {
    SpeechKind.ACCUSE: PositionKind.ACCUSATION,
    SpeechKind.DENY: PositionKind.DENIAL,
    SpeechKind.DEMAND: PositionKind.DEMAND,
    SpeechKind.CALL: PositionKind.CALL,
    SpeechKind.WARN: PositionKind.WARNING,
    SpeechKind.THREATEN: PositionKind.THREAT,
    SpeechKind.CONDEMN: PositionKind.CONDEMNATION,
    SpeechKind.REFUSE: PositionKind.REFUSAL,
    SpeechKind.OFFER: PositionKind.OFFER,
    SpeechKind.ACCEPT: PositionKind.ACCEPTANCE,
    SpeechKind.COMMIT: PositionKind.COMMITMENT,
    SpeechKind.CONCERN: PositionKind.CONCERN,
    SpeechKind.SUPPORT: PositionKind.SUPPORT,
    SpeechKind.JUSTIFY: PositionKind.JUSTIFICATION,
}
_OBJECT = 25  # characters behind a verb in which its object begins
_ADDRESSED = frozenset(
    {
        PositionKind.DEMAND,
        PositionKind.CALL,
        PositionKind.ACCUSATION,
        PositionKind.CONDEMNATION,
        PositionKind.WARNING,
        PositionKind.THREAT,
        PositionKind.SUPPORT,
    }
)


def draft_positions(passages: Sequence[Passage], voices: Voices, book: PartyBook) -> list[DraftPosition]:
    """The positions of the article: one for each kind of stance and each speaker in a sentence."""
    found: list[DraftPosition] = []
    for passage in passages:
        if passage.heading:
            continue
        taken: set[tuple[PositionKind, str]] = set()
        for voice in voices.of(passage):
            kind = _kind(passage, voice)
            if kind is None or voice.party is None:
                continue
            holder = book.refer(voice.party)
            if (kind, holder) not in taken:
                taken.add((kind, holder))
                speaker = _best_speaker(voices.of(passage), voice)
                found.append(_draft(passage, voice, speaker, kind, holder, book, f"s{len(found) + 1}"))
    return found


def _kind(passage: Passage, voice: Voice) -> PositionKind | None:
    """The stance that the verb names; else the one that the words said name; None where neither does."""
    named = _KINDS.get(voice.attribution.kind)
    if named is PositionKind.REFUSAL and _of_charges(passage, voice):
        return PositionKind.DENIAL
    if named is not None:
        return named
    speaker = (voice.attribution.speaker_start or 0, voice.attribution.speaker_end or 0)
    said = [cue for cue in passage.cues("positions") if not speaker[0] <= cue.start < speaker[1]]
    quoted = [cue for cue in said if any(one.start <= cue.start < one.end for one in passage.quotations)]
    chosen = (quoted or said)[:1]
    return PositionKind(chosen[0].code) if chosen else None


def _of_charges(passage: Passage, voice: Voice) -> bool:
    """Whether what is rejected is an accusation."""
    end = voice.attribution.verb_end
    return any(end <= cue.start <= end + _OBJECT for cue in passage.cues("charges"))


def _best_speaker(voices: Sequence[Voice], voice: Voice) -> Voice:
    """Of several voices for one party in a sentence, the one that names a person."""
    same = [one for one in voices if one.party == voice.party and one.attribution.person]
    return voice if voice.attribution.person or not same else same[0]


def _draft(
    passage: Passage, voice: Voice, speaker: Voice, kind: PositionKind, holder: str, book: PartyBook, key: str
) -> DraftPosition:
    attribution = voice.attribution
    person = speaker.speaker if speaker.speaker and (speaker.speaker.name or speaker.speaker.title) else None
    return DraftPosition(
        key=key,
        evidence=[passage.evidence(attribution.verb_start, attribution.verb_end)],
        holder=holder,
        speaker=person,
        kind=kind,
        statement=_without_marks(passage),
        quotation=_quotation(passage, voice),
        addressees=_addressees(passage, voice, book) if kind in _ADDRESSED else [],
        when=None,
    )


def _without_marks(passage: Passage) -> str:
    """The sentence without its quotation marks: a statement is no quotation."""
    text, base = passage.sentence.text, passage.sentence.start
    marks: set[int] = set()
    for one in passage.quotations:
        marks.update(range(one.start - base, one.inner_start - base), range(one.inner_end - base, one.end - base))
    return " ".join("".join(character for at, character in enumerate(text) if at not in marks).split())


def _quotation(passage: Passage, voice: Voice) -> str | None:
    """The longest quotation in the sentence that is said in this voice."""
    low, high = passage.sentence.start, passage.sentence.end
    inside = [one for one in passage.quotations if low <= one.start and one.end <= high and one.depth == 0]
    said = [one.text for one in inside if governs(passage, voice.attribution, one)]
    return max(said, key=len, default=None)


def _addressees(passage: Passage, voice: Voice, book: PartyBook) -> list[str]:
    """The parties named behind the verb, outside quotations."""
    end = voice.attribution.verb_end
    named = [
        name
        for name in passage.names
        if name.party
        and name.party != voice.party
        and name.start >= end
        and name.kind not in ("demonym", "person")
        and (name.kind != "capital" or name.metonym)
        and not passage.in_quotation(name)
    ]
    return list(dict.fromkeys(book.refer(name.party) for name in named if name.party))
