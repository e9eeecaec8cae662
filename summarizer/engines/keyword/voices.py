"""Who says what: the speaker of a sentence as a draft has it, and the party for which a person speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.engines.keyword.parties import ARMED, PartyBook
from summarizer.engines.keyword.passages import Passage
from summarizer.grounding.folding import fold
from summarizer.language.analysis import Spanned
from summarizer.language.attribution import Attribution, SpeechKind, reported
from summarizer.language.cues import cues
from summarizer.language.folding import fold as fold_words
from summarizer.language.names import NameMention
from summarizer.language.parties import KnownParty
from summarizer.schema.codes import Assertion, PartyKind
from summarizer.schema.draft import DraftSpeaker

_TAIL = 30  # characters: an attribution this near to the sentence's end governs what stands before it
_SPECIFIC = {"group": 0, "organization": 0, "body": 0, "alliance": 1, "army": 1, "seat": 2, "capital": 2}
_NEAR = 2  # sentences back in which "the officer" may have been named
_HONORIFIC = 3  # letters: Mr, Mme, Dr tell no office


@dataclass(frozen=True, slots=True)
class Voice:
    """An attribution with the party that its speaker speaks for, and the speaker as drafted."""

    attribution: Attribution
    party: KnownParty | None
    speaker: DraftSpeaker | None


class Voices:
    """The voices of an article, sentence by sentence."""

    def __init__(self, passages: Sequence[Passage], book: PartyBook, text: str) -> None:
        """For whom a person speaks is remembered from where it is first told."""
        self._book, self._text = book, text
        self._parties: dict[str, KnownParty] = {}
        self._persons: dict[str, Attribution] = {}
        self._last: tuple[int, KnownParty | None] = (0, None)
        self._speaker: tuple[int, DraftSpeaker | None] = (0, None)
        self._voices: dict[int, list[Voice]] = {}
        for passage in passages:
            for one in passage.attributions:
                self._remember(passage, one)
        for passage in passages:
            self._voices[passage.sentence.number] = [self._voice(passage, one) for one in passage.attributions]

    def of(self, passage: Passage) -> list[Voice]:
        """The voices in a sentence."""
        return self._voices[passage.sentence.number]

    def governing(self, passage: Passage, span: Spanned) -> Voice | None:
        """The voice in which the words at `span` are said: the nearest that opens before them or closes the sentence."""
        fitting = [voice for voice in self.of(passage) if governs(passage, voice.attribution, span)]
        named = [voice for voice in fitting if voice.speaker is not None] or fitting
        return min(named, key=lambda voice: abs(voice.attribution.verb_start - span.start), default=None)

    def assertion(self, passage: Passage, span: Spanned, voice: Voice | None) -> Assertion:
        """How the words at `span` are said (CODEBOOK.md, "Attribution")."""
        if voice is None:
            clause = passage.clause(span.start, span.end)
            heard = reported(self._text, passage.language, *clause)
            return Assertion.REPORTED if heard else Assertion.FACT
        if voice.attribution.kind is SpeechKind.DENY:
            return Assertion.DENIED
        if voice.attribution.kind is SpeechKind.ACCUSE:
            return Assertion.ALLEGED
        interested = voice.party is not None and (voice.party.kind in ARMED or voice.party.kind is PartyKind.STATE)
        return Assertion.CLAIMED if interested else Assertion.REPORTED

    def _voice(self, passage: Passage, one: Attribution) -> Voice:
        party = self._party(passage, one)
        if one.speaker is not None:
            self._last = (passage.sentence.number, party)
        if one.speaker is None:
            return Voice(one, None, None)
        name = self._book.refer(party) if party else None
        person, title = self._full(one)
        if person is None and name is None and (one.pronoun or _is_the_body(passage, one)):
            return self._again(passage, one)
        title = title or (_bare(one.speaker, passage.language) if person is None and name is None else None)
        drafted = DraftSpeaker(name=person, title=title, party=name) if person or title or name else None
        self._speaker = (passage.sentence.number, drafted)
        return Voice(one, party, drafted)

    def _again(self, passage: Passage, one: Attribution) -> Voice:
        """`It said`, `the organisation said`: who spoke just before, where that was no person."""
        number, speaker = self._speaker
        near = passage.sentence.number - number <= _NEAR
        return Voice(one, None, speaker if near and speaker and speaker.name is None else None)

    def _remember(self, passage: Passage, one: Attribution) -> None:
        if not one.person:
            return
        surname = _surname(one.person)
        if party := self._named(passage, one) or self._beside(passage, one):
            self._parties.setdefault(surname, party)
        known = self._persons.get(surname)
        if known is None or len(one.person) > len(known.person or ""):
            self._persons[surname] = one

    def _full(self, one: Attribution) -> tuple[str | None, str | None]:
        """The person's name and office as they are told most fully: `Mr Guterres` was introduced before."""
        known = self._persons.get(_surname(one.person)) if one.person else None
        if known is None or one.person is None:
            return one.person, one.title
        own = one.title if one.title and len(one.title) > _HONORIFIC else None
        return known.person, own or known.title

    def _party(self, passage: Passage, one: Attribution) -> KnownParty | None:
        if one.person and (known := self._parties.get(_surname(one.person))):
            return known
        named = self._named(passage, one)
        if named is not None or one.speaker is None:
            return named
        number, last = self._last
        same = one.person is None and (one.pronoun or one.title is not None or _is_the_body(passage, one))
        near = passage.sentence.number - number <= _NEAR
        return last if same and near else None

    def _beside(self, passage: Passage, one: Attribution) -> KnownParty | None:
        """`The Russian side said that ..., according to general X`: X speaks for the Russian side."""
        others = (self._named(passage, other) for other in passage.attributions if other is not one)
        return next((party for party in others if party), None)

    def _named(self, passage: Passage, one: Attribution) -> KnownParty | None:
        """The party named in the speaker's own words; a body goes before the nationality beside it."""
        if one.speaker_start is None or one.speaker_end is None:
            return None
        start, end = one.speaker_start, one.speaker_end
        inside = [name for name in passage.names if name.party and start <= name.start < end]
        if one.person is None:
            inside = [name for name in inside if not _is_part_of_name(passage, name, end)]
        best: NameMention | None = min(inside, key=lambda name: _SPECIFIC.get(name.kind, 3), default=None)
        return best.party if best else self._only_army(passage, start, end)

    def _only_army(self, passage: Passage, start: int, end: int) -> KnownParty | None:
        """`The army`, where the article names only one."""
        listed = cues(passage.language, "names").get("army_words", ())
        army_words = {fold_words(word) for word in listed}
        says_army = any(word.key in army_words for word in passage.words if start <= word.start and word.end <= end)
        return self._book.only_army() if says_army else None


def _is_the_body(passage: Passage, one: Attribution) -> bool:
    """`The organisation`, which the article has named before."""
    start, end = one.speaker_start, one.speaker_end
    return start is not None and any(cue.start <= start and cue.end == end for cue in passage.cues("the_body"))


def _bare(speaker: str, language: str) -> str:
    """The words that name a speaker, without the article that opens them."""
    first, mark, rest = re.match(r"(\w*)(['’]|\s+|)(.*)", speaker, re.DOTALL).groups()  # type: ignore[union-attr]
    articles = cues(language, "attribution").get("words", {}).get("determiner", ())
    return rest if mark and rest and fold_words(first) in {fold_words(word) for word in articles} else speaker


def _is_part_of_name(passage: Passage, name: NameMention, end: int) -> bool:
    """Whether a country's name is the beginning of another's: `the Sudan Doctors Network`."""
    if name.kind != "country":
        return False
    behind = next((word for word in passage.words if word.start >= name.end), None)
    return behind is not None and behind.end <= end and behind.start == name.end + 1 and behind.capitalised


def governs(passage: Passage, one: Attribution, span: Spanned) -> bool:
    """Whether the words at `span` are said by the speaker: they follow the verb, or it closes the sentence."""
    speaker = (one.speaker_start, one.speaker_end)
    if speaker[0] is not None and speaker[1] is not None and speaker[0] <= span.start and span.end <= speaker[1]:
        return False
    if passage.bracket(span) != passage.bracket(one):
        return False  # an aside in brackets is the article's own
    if span.start >= one.verb_end:
        return True
    return passage.sentence.end - one.end <= _TAIL


def _surname(person: str) -> str:
    words = fold(person).text.split()
    return words[-1] if words else ""
