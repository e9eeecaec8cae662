"""Check 7, suspicious_passage: no item rests on text that speaks to a model or tool, in its evidence or in its wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.grounding.suspicion import Reporting, Stretch
from summarizer.language.quantities import QuantityKind, find_quantities
from summarizer.schema.draft import DraftDevelopment, DraftGist, DraftItem, DraftPosition
from summarizer.schema.values import Evidence

SUSPICIOUS = "suspicious_passage"
_SMALL = 10  # smaller numbers are counted from names and lists, rather than stated
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5  # letters
_ECHOES = 2  # words that a paraphrase may share with suspicious text and with nothing else
_DIGITS = re.compile(r"\d+")


def check_passages(told: Reporting, evidence: Sequence[Evidence], findings: Findings) -> tuple[Evidence, ...]:
    """The passages that are reporting; all of them where none is, which cannot be published."""
    suspects = {passage: found for passage in evidence if (found := told.suspects(passage.start, passage.end))}
    kept = tuple(passage for passage in evidence if passage not in suspects)
    if suspects and not kept:
        passage, stretch = next(iter(suspects.items()))
        findings.wrong(
            SUSPICIOUS,
            f"its only support, in sentence {passage.sentence}, is not the article's reporting ({stretch.why}): "
            "quote the reporting that says it, or leave the record out.",
        )
        return tuple(evidence)
    for passage, stretch in suspects.items():
        findings.repaired(SUSPICIOUS, f"left out of the evidence: sentence {passage.sentence} ({stretch.why})")
    for passage in kept:
        if touched := told.touches(passage.start, passage.end):
            findings.repaired(SUSPICIOUS, f"a part of sentence {passage.sentence} was not counted ({touched.why})")
    return kept


def unsupported(told: Reporting, findings: Findings) -> None:
    """What the checks found wrong would stand if the suspicious text were believed."""
    why = "; ".join(dict.fromkeys(one.why for one in told.stretches))
    findings.wrong(
        SUSPICIOUS,
        f"only text that is not the article's reporting ({why}) supports it: quote the reporting, or leave the record out.",
    )


def check_paraphrase(told: Reporting, item: DraftItem, language: str, findings: Findings) -> None:
    """A paraphrase states no number that the reporting does not, and does not speak in the words of suspicious text.

    Its meaning is not checked: no code can. A number that stands nowhere is refused where the article holds suspicious
    text, and is a doubt elsewhere (it may be a sum).
    """
    text = _paraphrase(item)
    if not text:
        return
    foreign = [written for written, values in _numbers(told, text, language) if not _states(told, written, values)]
    if foreign and (told.stretches or told.titled):
        findings.wrong(
            SUSPICIOUS,
            f"the paraphrase says {', '.join(foreign)}, which the article's reporting does not state: say only what it states.",
        )
    elif foreign:
        findings.doubted("quantity", f"the paraphrase says {', '.join(foreign)}, which the article does not state")
    if echoes := _echoes(told, text):
        findings.doubted(
            SUSPICIOUS,
            f"the paraphrase has words of text that is no reporting, and of nothing else: {', '.join(echoes)}",
        )


def suspicions(told: Reporting) -> Iterator[str]:
    """Sentences for the user: what in this article speaks to a model, or is hidden from readers."""
    by_why: dict[str, list[Stretch]] = {}
    for one in told.stretches:
        by_why.setdefault(one.why, []).append(one)
    for why, stretches in by_why.items():
        numbers = sorted({s.number for one in stretches for s in told.analysis.sentences_in(one.start, one.end)})
        where = f"sentence {numbers[0]}" if len(numbers) == 1 else f"sentences {_listed(numbers)}"
        yield f"{where if numbers else 'the text'}: {why}; nothing is published on that word alone"
    if told.titled:
        yield "the title speaks to a model or tool"


def _listed(numbers: Sequence[int], most: int = 8) -> str:
    shown = ", ".join(map(str, numbers[:most]))
    return f"{shown} and {len(numbers) - most} more" if len(numbers) > most else shown


def _paraphrase(item: DraftItem) -> str:
    if isinstance(item, DraftGist):
        return item.text
    if isinstance(item, DraftDevelopment):
        return item.description
    return item.statement if isinstance(item, DraftPosition) else ""


def _numbers(told: Reporting, text: str, language: str) -> Iterator[tuple[str, set[int]]]:
    """The counts of a paraphrase, each with every value that it may have in its language or the article's."""
    read: dict[str, set[int]] = {}
    for each in dict.fromkeys((language, told.analysis.language)):
        for one in find_quantities(text, each):
            values = {value for value in (one.value, one.low, one.high) if value is not None}
            if one.kind is QuantityKind.COUNT and not one.derived and max(values, default=0) >= _SMALL:
                read.setdefault(text[one.number_start : one.number_end], set()).update(values)
    yield from read.items()


def _states(told: Reporting, written: str, values: set[int]) -> bool:
    known = told.analysis.values
    folded = fold(told.analysis.article.text).text
    return not values.isdisjoint(known) or contains(folded, fold(written).text)


def _echoes(told: Reporting, text: str) -> list[str]:
    """The paraphrase's words whose stem stands in suspicious text and nowhere in the reporting, where they are many."""
    if not told.stretches:
        return []
    said = fold(told.analysis.article.text).text
    suspect = fold(told.suspicious_text).text
    words = dict.fromkeys(_WORD.findall(fold(text).text))
    found = [word for word in words if word[:_STEM] in suspect and word[:_STEM] not in said]
    return found if len(found) >= _ECHOES else []
