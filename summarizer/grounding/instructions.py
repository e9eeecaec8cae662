"""Check 7, suspicious_passage: no item rests on text that speaks to a model or tool, in its evidence or in its wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import fold
from summarizer.grounding.suspicion import Reporting, Stretch
from summarizer.grounding.wording import paraphrase_of
from summarizer.schema.draft import DraftItem
from summarizer.schema.values import Evidence

SUSPICIOUS = "suspicious_passage"
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5  # letters
_QUOTED = 90  # characters of a passage that a warning quotes
_ECHOES = 2  # words that a paraphrase may share with suspicious text and with nothing else


def check_passages(told: Reporting, evidence: Sequence[Evidence], findings: Findings) -> tuple[Evidence, ...]:
    """The passages that are reporting; none where the item has no other support, which is a problem."""
    suspects = {passage: found for passage in evidence if (found := told.suspects(passage.start, passage.end))}
    kept = tuple(passage for passage in evidence if passage not in suspects)
    if suspects and not kept:
        passage, stretch = next(iter(suspects.items()))
        findings.wrong(
            SUSPICIOUS,
            f"its only support, in sentence {passage.sentence}, is not the article's reporting ({stretch.why}): "
            "quote the reporting that says it, or leave the record out.",
        )
        return ()
    for passage, stretch in suspects.items():
        findings.repaired(SUSPICIOUS, f"left out of the evidence: sentence {passage.sentence} ({stretch.why})")
    for passage in kept:
        if touched := told.touches(passage.start, passage.end):
            findings.repaired(SUSPICIOUS, f"a part of sentence {passage.sentence} was not counted ({touched.why})")
    return kept


def unsupported(told: Reporting, findings: Findings) -> None:
    """What the checks found wrong would stand if the suspicious text were believed."""
    why = "; ".join(dict.fromkeys(one.why for one in told.stretches)) or "the title speaks to a model or tool"
    findings.wrong(
        SUSPICIOUS,
        f"only text that is not the article's reporting ({why}) supports it: quote the reporting, or leave the record out.",
    )


def check_echo(told: Reporting, item: DraftItem, findings: Findings) -> None:
    """A paraphrase that has words which stand in suspicious text and nowhere else is a doubt. Its meaning no code can
    check."""
    text = paraphrase_of(item)
    if text and (echoes := _echoes(told, text)):
        findings.doubted(
            SUSPICIOUS,
            f"the paraphrase has words of text that is no reporting, and of nothing else: {', '.join(echoes)}",
        )


def suspicions(told: Reporting) -> Iterator[str]:
    """Sentences for the user: what in this article speaks to a model, or is hidden from readers; with its first words, by
    which a reader finds it."""
    by_why: dict[str, list[Stretch]] = {}
    for one in told.stretches:
        by_why.setdefault(one.why, []).append(one)
    for why, stretches in by_why.items():
        numbers = sorted({s.number for one in stretches for s in told.analysis.sentences_in(one.start, one.end)})
        where = f"sentence{'s' * (len(numbers) > 1)} {_listed(numbers)}" if numbers else "a part of the text"
        yield (
            f"{where}{_opening(told, stretches[0])}: not counted as reporting ({why}); "
            "what nothing else in the article supports is set aside"
        )
    if told.titled:
        yield "the title is not counted as reporting (it speaks to a model or tool)"


def _opening(told: Reporting, stretch: Stretch) -> str:
    """The first words of a stretch, in brackets; nothing where they cannot be seen."""
    before = [one.end - one.start + 1 for one in told.stretches if one.start < stretch.start]
    text = told.suspicious_text[sum(before) : sum(before) + stretch.end - stretch.start]
    seen = " ".join("".join(filter(_is_seen, text[:_QUOTED])).split())
    return f" (“{seen}{'…' * (len(text) > _QUOTED)}”)" if seen else ""


def _is_seen(character: str) -> bool:
    return character.isprintable() or character.isspace()


def _listed(numbers: Sequence[int], most: int = 8) -> str:
    shown = ", ".join(map(str, numbers[:most]))
    return f"{shown} and {len(numbers) - most} more" if len(numbers) > most else shown


def _echoes(told: Reporting, text: str) -> list[str]:
    """The paraphrase's words whose stem stands in suspicious text and nowhere in the reporting, where they are many."""
    if not told.doubtful:
        return []
    said = fold(told.analysis.article.text).text
    suspect = fold(told.suspicious_text).text
    words = dict.fromkeys(_WORD.findall(fold(text).text))
    found = [word for word in words if word[:_STEM] in suspect and word[:_STEM] not in said]
    return found if len(found) >= _ECHOES else []
