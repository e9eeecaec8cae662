"""Check 4, name: a party, or a known other name of it, stands in the article; so does whoever is said to say something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.language.analysis import Analysis, within
from summarizer.language.names import same_party
from summarizer.schema.draft import Draft, DraftDevelopment, DraftFigure, DraftParty, DraftPosition, DraftSpeaker
from summarizer.schema.values import Evidence

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _STEM = 4, 6  # characters: shorter words are articles; a stem carries the word
_LOOK_BACK = 8  # sentences before: how far a pronoun ("according to him") may look for its name


@dataclass(frozen=True, slots=True)
class Cast:
    """Who appears in a draft: its parties, and every person named as a speaker."""

    parties: tuple[DraftParty, ...]
    persons: tuple[str, ...]

    def party(self, name: str) -> DraftParty | None:
        """The party of this name, or with this among its other names."""
        wanted = fold(name).text
        named = (party for party in self.parties if fold(party.name).text == wanted)
        aliased = (party for party in self.parties if any(fold(other).text == wanted for other in party.other_names))
        return next(named, None) or next(aliased, None)


def cast_of(draft: Draft) -> Cast:
    """The cast of a draft."""
    speakers: list[DraftSpeaker | None] = [position.speaker for position in draft.positions]
    speakers += [figure.asserted_by for figure in draft.humanitarian_figures]
    speakers += [event.asserted_by for event in (*draft.military_developments, *draft.diplomatic_developments)]
    persons = dict.fromkeys(speaker.name for speaker in speakers if speaker and speaker.name)
    return Cast(tuple(draft.parties), tuple(persons))


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
        _check_person(analysis, field, voice.name, cast, evidence, findings)
    elif voice.party:
        _check_body(analysis, field, voice.party, cast, evidence, findings)


def _check_person(
    analysis: Analysis, field: str, name: str, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    if not _person_in(analysis.article.text, name):
        findings.wrong(
            "name",
            f"`{field}`: {name!r} does not stand in the article: give the name as the article writes it, or null.",
        )
        return
    numbers = [passage.sentence for passage in evidence]
    if any(_person_in(text, name) for text in _texts(analysis, numbers)):
        findings.passed("name", name)
        return
    nearest = _nearest_before(analysis, min(numbers, default=1), (*cast.persons, *_persons(analysis)))
    if nearest is not None and (_person_in(nearest, name) or _person_in(name, nearest)):
        findings.passed("name", f"{name}, named before")
    else:
        who = f"; {nearest} is named nearest before it" if nearest else ""
        findings.wrong(
            "name",
            f"`{field}`: nothing in or just before the quoted sentences names {name}{who}: correct who says it, quote the sentence that names them, or give null.",
        )


def _check_body(
    analysis: Analysis, field: str, party: str, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    known = cast.party(party)
    names = [party, *(known.other_names if known else ()), *((known.name,) if known else ())]
    numbers = [passage.sentence for passage in evidence]
    first = min(numbers, default=1)
    if any(_any_named(analysis, number, names) for number in numbers):
        findings.passed("name", party)
    elif any(_any_named(analysis, number, names) for number in range(max(1, first - _LOOK_BACK), first)):
        other = next((one for one in cast.parties if one is not known and _speaks_in(analysis, numbers, one)), None)
        if other is not None:
            findings.wrong(
                "name",
                f"`{field}`: in the quoted sentences it is {other.name} that says it, not {party}: correct who says it.",
            )
        else:
            findings.passed("name", f"{party}, named before")
    elif any(_in_article(analysis, name) for name in names) or _party_named(analysis, party):
        findings.wrong(
            "name",
            f"`{field}`: nothing in or just before the quoted sentences names {party}: correct who says it, or quote the sentence that does.",
        )
    else:
        findings.wrong(
            "name", f"`{field}`: {party!r} does not stand in the article: correct who says it, or give null."
        )


def _speaks_in(analysis: Analysis, numbers: Iterable[int], party: DraftParty) -> bool:
    """Whether an attribution in these sentences has the party as its speaker."""
    spans = [(one.start, one.end) for number in numbers if (one := analysis.sentence(number))]
    names = [party.name, *party.other_names]
    voices = [one.speaker for one in within(analysis.attributions, spans) if one.speaker and not one.pronoun]
    return any(_names_party(voice, names, analysis.language) for voice in voices)


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
    return any(same_party(mention.as_written, name, analysis.language) for mention in analysis.names)


def _shares_words(text: str, name: str) -> bool:
    """Whether half of the name's words, or words of their stem, stand in `text`: a body named through its head's office
    ("the High Commissioner for Refugees")."""
    words = [word for word in _WORD.findall(fold(name).text) if len(word) >= _SHORTEST]
    present = _WORD.findall(fold(text).text)
    shared = sum(any(other.startswith(word[:_STEM]) for other in present) for word in words)
    return len(words) > 1 and shared * 2 >= len(words)


def _in_article(analysis: Analysis, words: str) -> bool:
    return contains(fold(analysis.article.text).text, fold(words).text)


def _person_in(text: str, name: str) -> bool:
    """Whether a person's name stands in `text`: all of it, or its last part alone (a surname, mostly)."""
    folded, parts = fold(text).text, fold(name).text.split()
    if not parts:
        return False
    return contains(folded, " ".join(parts)) or (len(parts) > 1 and contains(folded, parts[-1]) and len(parts[-1]) > 2)


def _nearest_before(analysis: Analysis, number: int, persons: Iterable[str]) -> str | None:
    """The person named last before sentence `number`, within reach."""
    known = list(dict.fromkeys(persons))
    for earlier in range(number - 1, max(0, number - 1 - _LOOK_BACK), -1):
        sentence = analysis.sentence(earlier)
        named = [name for name in known if sentence and _person_in(sentence.text, name)]
        if named:
            return max(named, key=len)
    return None


def _persons(analysis: Analysis) -> list[str]:
    return [one.person for one in analysis.attributions if one.person and not one.pronoun]


def _texts(analysis: Analysis, numbers: Iterable[int]) -> list[str]:
    return [sentence.text for number in numbers if (sentence := analysis.sentence(number))]
