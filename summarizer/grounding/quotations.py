"""Check 6, direct quotation: it stands between quotation marks in the article, unaltered."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import Folded, fold
from summarizer.language.analysis import Analysis, nearest_first, within
from summarizer.language.quotations import QuotationMention
from summarizer.schema.values import Evidence

_MARKS = "\"'`´‘’‚‛“”„‟«»‹›「」『』〝〞＂＇"


def check_quotation(analysis: Analysis, drafted: str, evidence: Sequence[Evidence], findings: Findings) -> None:
    """Find the drafted words inside quotation marks, near the evidence; the article's own characters are published."""
    words = fold(drafted.strip().strip(_MARKS).strip())
    if not words.text:
        findings.changes["quotation"] = None
        findings.repaired("quotation", "an empty quotation was left out")
        return
    standing = words.text in fold(analysis.article.text).text
    ordered = nearest_first(analysis.quotations, [passage.start for passage in evidence]) if standing else ()
    holding = next((mention for mention in ordered if _inside(analysis, mention, words)), None)
    found = _inside(analysis, holding, words) if holding else _joined(analysis, words)
    if holding is not None and _is_elsewhere(analysis, holding, evidence):
        findings.wrong(
            "quotation",
            f"the quotation {drafted!r} stands in another place than the evidence, and may be somebody else's: quote the passage that shows who said it, or correct the quotation.",
        )
        return
    if found is None:
        where = (
            "stands in the article, but not between quotation marks" if standing else "does not stand in the article"
        )
        findings.wrong(
            "quotation",
            f"the quotation {drafted!r} {where}: copy the words between the quotation marks unaltered, or give null.",
        )
        return
    findings.changes["quotation"] = found
    findings.passed("quotation")


def _inside(analysis: Analysis, mention: QuotationMention, words: Folded) -> str | None:
    inner = fold(mention.text)
    at = inner.text.find(words.text)
    if at == -1:
        return None
    start, end = inner.span(at, at + len(words.text))
    if _cuts_word(mention.text, start, end):
        return None
    return analysis.article.text[mention.inner_start + start : mention.inner_start + end]


def _is_elsewhere(analysis: Analysis, mention: QuotationMention, evidence: Sequence[Evidence]) -> bool:
    """Whether the quotation stands in no sentence of the evidence, nor next to one in a sentence that is all quotation:
    such a sentence has its speaker beside it."""
    own = within(analysis.sentences, [(mention.start, mention.end)])
    quoted = [passage.sentence for passage in evidence]
    distance = min((abs(one.number - number) for one in own for number in quoted), default=0)
    text = analysis.article.text
    outside = "".join(text[one.start : mention.start] + text[mention.end : one.end] for one in own)
    return distance > 1 or (distance == 1 and any(character.isalnum() for character in outside))


def _joined(analysis: Analysis, words: Folded) -> str | None:
    """A quotation that its reporting clause interrupts ("We," he said, "will stay") may be drafted in one piece."""
    mentions = [mention for mention in analysis.quotations if mention.depth == 0]
    for first in range(len(mentions)):
        text, parts = "", []
        for mention in mentions[first : first + 4]:
            parts.append(mention.text.strip())
            text = f"{text} {fold(mention.text).text}".strip()
            if len(parts) > 1 and text == words.text:
                return " […] ".join(parts)
    return None


def _cuts_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum() and text[start].isascii()
    return before or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and text[end].isascii())
