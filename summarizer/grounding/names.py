"""Check 4, name: a party, or a known other name of it, stands in the article; so does whoever is said to say something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.grounding.persons import person_in, unreadable
from summarizer.language.analysis import Analysis, within
from summarizer.language.attribution import Attribution
from summarizer.language.names import same_party
from summarizer.schema.draft import Draft, DraftDevelopment, DraftFigure, DraftParty, DraftPosition, DraftSpeaker
from summarizer.schema.values import Evidence

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _STEM = 4, 6  # characters: shorter words are articles; a stem carries the word
_LONG_NAME = 60  # characters
_MARK = re.compile(r"[^\w\s'’-]")
_LOOK_BACK = 8  # sentences before: how far a pronoun ("according to him") may look for its name


@dataclass(frozen=True)
class Cast:
    """Who appears in a draft: its parties, and every person named as a speaker."""

    parties: tuple[DraftParty, ...]
    persons: tuple[str, ...]
    spokesmen: frozenset[tuple[str, str]] = frozenset()  # persons with the parties for which they speak

    def spoken_for(self, person: str) -> set[str]:
        """The names of the parties for which a person speaks."""
        return {known.name for name, party in self.spokesmen if name == person and (known := self.party(party))}

    def party(self, name: str) -> DraftParty | None:
        """The party of this name, or with this among its other names."""
        wanted = fold(name).text
        return self._named.get(wanted) or self._aliased.get(wanted)

    @cached_property
    def _named(self) -> dict[str, DraftParty]:
        return {fold(party.name).text: party for party in reversed(self.parties)}  # the first of a name counts

    @cached_property
    def _aliased(self) -> dict[str, DraftParty]:
        return {fold(other).text: party for party in reversed(self.parties) for other in party.other_names}


def cast_of(draft: Draft) -> Cast:
    """The cast of a draft."""
    speakers: list[DraftSpeaker | None] = [position.speaker for position in draft.positions]
    speakers += [figure.asserted_by for figure in draft.humanitarian_figures]
    speakers += [event.asserted_by for event in (*draft.military_developments, *draft.diplomatic_developments)]
    persons = dict.fromkeys(speaker.name for speaker in speakers if speaker and speaker.name)
    spokesmen = {(one.name, one.party) for one in speakers if one and one.name and one.party}
    return Cast(tuple(draft.parties), tuple(persons), frozenset(spokesmen))


def check_party(analysis: Analysis, party: DraftParty, evidence: Sequence[Evidence], findings: Findings) -> None:
    """Some name of the party stands in the article; names that stand nowhere are left out."""
    standing = [name for name in party.other_names if _in_article(analysis, name)]
    office = any(_shares_words(passage.quote, party.name) for passage in evidence)
    if not standing and not office and not _party_named(analysis, party.name):
        findings.wrong(
            "name",
            f"neither {party.name!r} nor any of its other names stands in the article: give the names as the article writes them in `other_names`, or leave the party out.",
        )
        return
    if missing := [name for name in party.other_names if name not in standing]:
        findings.changes["other_names"] = standing
        findings.repaired("name", f"not in the article, left out of the other names: {', '.join(missing)}")
    else:
        findings.passed("name")


def check_speaker(
    analysis: Analysis, position: DraftPosition, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    """The speaker of a position."""
    if position.speaker is not None:
        _check_voice(analysis, "speaker", position.speaker, cast, evidence, findings)


def check_source(
    analysis: Analysis,
    item: DraftFigure | DraftDevelopment,
    cast: Cast,
    evidence: Sequence[Evidence],
    findings: Findings,
) -> None:
    """Who a figure or a development is asserted by."""
    if item.asserted_by is not None:
        _check_voice(analysis, "asserted_by", item.asserted_by, cast, evidence, findings)


def _check_voice(
    analysis: Analysis, field: str, voice: DraftSpeaker, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    if voice.name:
        _check_person(analysis, field, voice, cast, evidence, findings)
    elif voice.party:
        _check_body(analysis, field, voice, cast, evidence, findings)


def _check_person(
    analysis: Analysis, field: str, voice: DraftSpeaker, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    name = voice.name or ""
    if not person_in(analysis.article.text, name):
        if unreadable(analysis.article.text, name):
            findings.doubted("name", f"`{field}`: {name!r} is in another script than the article: not verified")
            return
        findings.wrong(
            "name",
            f"`{field}`: {name!r} does not stand in the article: give the name as the article writes it, or null.",
        )
        return
    numbers = [passage.sentence for passage in evidence]
    others = [one for one in cast.persons if not _same_person(one, name)]
    if any(person_in(text, name) for text in _texts(analysis, numbers)):
        quoted = any(person_in(passage.quote, name) for passage in evidence)
        _settle(field, name, None if quoted else _person_quoted(analysis, others, evidence), findings)
        return
    other = _heard_instead(analysis, numbers, voice, cast, others)
    nearest = other or _nearest_before(analysis, min(numbers, default=1), (*cast.persons, *analysis.speakers))
    if other is None and nearest is not None and _same_person(nearest, name):
        findings.passed("name", f"{name}, named before")
    else:
        who = f"; {nearest} is named {'in them' if other else 'nearest before it'}" if nearest else ""
        findings.wrong(
            "name",
            f"`{field}`: nothing in or just before the quoted sentences names {name}{who}: correct who says it, quote the sentence that names them, or give null.",
        )


def _check_body(
    analysis: Analysis, field: str, voice: DraftSpeaker, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    party = voice.party or ""
    names = _names_of(party, cast)
    numbers = [passage.sentence for passage in evidence]
    first = min(numbers, default=1)
    if any(_any_named(analysis, number, names) for number in numbers):
        findings.passed("name", party)
    elif any(_any_named(analysis, number, names) for number in range(max(1, first - _LOOK_BACK), first)):
        other = _heard_instead(analysis, numbers, voice, cast, _strangers_to(party, cast))
        _settle(field, party, other, findings, before=True)
    elif any(_in_article(analysis, name) for name in names) or _party_named(analysis, party):
        findings.wrong(
            "name",
            f"`{field}`: nothing in or just before the quoted sentences names {party}: correct who says it, or quote the sentence that does.",
        )
    else:
        findings.wrong(
            "name", f"`{field}`: {party!r} does not stand in the article: correct who says it, or give null."
        )


def _settle(field: str, name: str, other: str | None, findings: Findings, *, before: bool = False) -> None:
    if other is not None:
        findings.wrong(
            "name",
            f"`{field}`: in the quoted passage it is {other} that says it, not {name}: correct who says it, or quote the passage that shows it.",
        )
    else:
        findings.passed("name", f"{name}, named before" if before else name)


def _heard_instead(
    analysis: Analysis, numbers: Iterable[int], voice: DraftSpeaker, cast: Cast, others: Sequence[str]
) -> str | None:
    """Who else is heard in these sentences, which do not name the voice: whom an attribution there has as its speaker, or
    one of the persons `others`, unless a pronoun or an office there may stand for the voice."""
    numbers = list(numbers)
    own = cast.party(voice.party) if voice.party else None
    heard = _attributed(analysis, numbers)
    voices = [_words_of(analysis, one) for one in heard if one.speaker and not one.pronoun and not one.title]
    party = next((one for one in cast.parties if one is not own and _speaks(one, voices, analysis.language)), None)
    if party is not None:
        return party.name
    firm = [one for one in heard if one.speaker and not one.pronoun and (one.person or _full_name(analysis, one))]
    foreign = [one.person or _words_of(analysis, one) for one in firm if _is_foreign(one, voice, own, cast)]
    if foreign or any(one not in firm for one in heard):
        return next(iter(foreign), None)
    texts = _texts(analysis, numbers)
    return next((other for other in others if any(person_in(text, other) for text in texts)), None)


def _full_name(analysis: Analysis, heard: Attribution) -> bool:
    """Whether the speaker's words, or what stands in apposition to them, are a full name: two capitalised words."""
    parts = f"{heard.speaker}{_rest(analysis, heard)}".split(",")
    after = parts[1].split()[:2] if len(parts) > 1 else []
    words = parts[0].split()
    return any(a[0].isupper() and b[0].isupper() for a, b in (*pairwise(words), *pairwise(after)))


def _is_foreign(heard: Attribution, voice: DraftSpeaker, own: DraftParty | None, cast: Cast) -> bool:
    """Whether an attribution's speaker is neither the person drafted nor, for a body, whoever is drafted or known to speak for
    it."""
    if voice.name:
        return heard.person is None or not person_in(heard.person, voice.name)
    if voice.title and _is_described(heard.speaker or "", voice.title):
        return False
    known = [person for person in cast.persons if person_in(heard.speaker or "", person)]
    return not any(own is not None and own.name in cast.spoken_for(person) for person in known)


def _is_described(speaker: str, title: str) -> bool:
    """Whether the words for an unnamed speaker are those heard ("revenue officials"), or begin them."""
    words, said = fold(title).text, fold(speaker).text
    return contains(said, words) or contains(words, said)


def _strangers_to(party: str, cast: Cast) -> list[str]:
    """The persons of the cast who are not known to speak for this party."""
    known = cast.party(party)
    return [one for one in cast.persons if known is None or known.name not in cast.spoken_for(one)]


def _person_quoted(analysis: Analysis, persons: Iterable[str], evidence: Sequence[Evidence]) -> str | None:
    """Which other person the evidence has: one who speaks there, or one of `persons`."""
    spans = [(passage.start, passage.end) for passage in evidence]
    speakers = [one.person for one in within(analysis.attributions, spans) if one.person and not one.pronoun]
    persons = (*speakers, *persons)
    return next((name for name in persons if any(person_in(passage.quote, name) for passage in evidence)), None)


def _same_person(one: str, other: str) -> bool:
    return person_in(one, other) or person_in(other, one)


def _names_of(party: str, cast: Cast) -> list[str]:
    known = cast.party(party)
    return [party, *(known.other_names if known else ()), *((known.name,) if known else ())]


def _attributed(analysis: Analysis, numbers: Iterable[int]) -> list[Attribution]:
    spans = [(one.start, one.end) for number in numbers if (one := analysis.sentence(number))]
    return within(analysis.attributions, spans)


def _speaks(party: DraftParty, voices: Iterable[str], language: str) -> bool:
    """Whether one of the voices, as an attribution has its speaker's words, is the party."""
    names = [party.name, *party.other_names]
    return any(_names_party(voice, names, language) for voice in voices)


def _words_of(analysis: Analysis, heard: Attribution) -> str:
    """The speaker's words with what follows them up to a mark: a body's name may go on ("pour les migrations")."""
    return f"{heard.speaker}{_MARK.split(_rest(analysis, heard))[0]}"


def _rest(analysis: Analysis, heard: Attribution) -> str:
    end = heard.speaker_end or 0
    return analysis.article.text[end : end + _LONG_NAME]


def _names_party(words: str, names: Iterable[str], language: str) -> bool:
    folded = fold(words).text
    return any(contains(folded, fold(name).text) or same_party(words, name, language) for name in names)


def _any_named(analysis: Analysis, number: int, names: Sequence[str]) -> bool:
    sentence = analysis.sentence(number)
    if sentence is None:
        return False
    text = fold(sentence.text).text
    if any(contains(text, fold(name).text) for name in names):
        return True
    inside = within(analysis.names, [(sentence.start, sentence.end)])
    return any(same_party(mention.as_written, name, analysis.language) for mention in inside for name in names)


def _party_named(analysis: Analysis, name: str) -> bool:
    """Whether the article has the party under this name or a known other one."""
    if _in_article(analysis, name):
        return True
    return any(same_party(written, name, analysis.language) for written in analysis.distinct_names)


def _shares_words(text: str, name: str) -> bool:
    """Whether half of the name's words, or words of their stem, stand in `text`: a body named through its head's office
    ("the High Commissioner for Refugees")."""
    words = [word for word in _WORD.findall(fold(name).text) if len(word) >= _SHORTEST]
    present = _WORD.findall(fold(text).text)
    shared = sum(any(other.startswith(word[:_STEM]) for other in present) for word in words)
    return len(words) > 1 and shared * 2 >= len(words)


def _in_article(analysis: Analysis, words: str) -> bool:
    return contains(fold(analysis.article.text).text, fold(words).text)


def _nearest_before(analysis: Analysis, number: int, persons: Iterable[str]) -> str | None:
    """The person named last before sentence `number`, within reach."""
    known = list(dict.fromkeys(persons))
    for earlier in range(number - 1, max(0, number - 1 - _LOOK_BACK), -1):
        sentence = analysis.sentence(earlier)
        named = [name for name in known if sentence and person_in(sentence.text, name)]
        if named:
            return max(named, key=len)
    return None


def _texts(analysis: Analysis, numbers: Iterable[int]) -> list[str]:
    return [sentence.text for number in numbers if (sentence := analysis.sentence(number))]
