"""Check 2, quantity: the value can be read from the evidence, with that hedge, as a count."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.language.analysis import Analysis, within
from summarizer.language.quantities import QuantityKind, QuantityMention, bounds
from summarizer.language.quantity_lexicon import knows_hedges
from summarizer.schema.codes import Hedge
from summarizer.schema.draft import DraftQuantity
from summarizer.schema.values import Evidence

# What the language's rules may take for one another is no ground to doubt a count of people.
_COUNTS = frozenset({QuantityKind.COUNT, QuantityKind.OTHER})


def check_quantity(
    analysis: Analysis, drafted: DraftQuantity, evidence: Sequence[Evidence], findings: Findings
) -> None:
    """Compare the drafted number with those that stand in the evidence; the words' own hedge and bounds are taken."""
    mentions = within(analysis.quantities, [(passage.start, passage.end) for passage in evidence])
    same = [mention for mention in _meant(analysis, mentions, drafted) if _same_number(mention, drafted)]
    counts = [mention for mention in same if mention.kind in _COUNTS]
    if counts:
        nearest = min(counts, key=lambda mention: _distance(mention, drafted))
        if knows_hedges(analysis.language) or nearest.hedge is not Hedge.EXACT:
            _take(nearest, drafted, findings)
        else:
            findings.passed("quantity", f"{nearest.as_written}; hedges are not read in this language")
    elif same and knows_hedges(analysis.language):
        findings.wrong(
            "quantity",
            f"{same[0].as_written!r} is no count of people but of kind {same[0].kind.value}: leave the record out.",
        )
    elif _unreadable(mentions, drafted, evidence) or _scaled(analysis, mentions, drafted):
        findings.changes["quantity"] = drafted.model_copy(
            update={"low": None, "high": None} if drafted.hedge is Hedge.VAGUE else {}
        )
        findings.doubted("quantity", f"the program cannot read the number in {drafted.as_written!r}")
    else:
        stated = ", ".join(repr(mention.as_written) for mention in mentions[:6]) or "no number"
        findings.wrong(
            "quantity",
            f"the evidence does not state {_said(drafted)}; it states {stated}: give the number that it states, or quote the passage that holds yours.",
        )


def check_subset(part: DraftQuantity, whole: DraftQuantity, findings: Findings) -> None:
    """A part is not larger than the number stated for its whole: who counts 50 soldiers says of all no "at least 40"."""
    smallest_part = part.value if part.value is not None else part.low
    largest_whole = whole.value if whole.value is not None else whole.high
    if smallest_part is not None and largest_whole is not None and smallest_part > largest_whole:
        findings.wrong("reference", f"{smallest_part} cannot be a part of {largest_whole}: correct `subset_of`.")


def _meant(
    analysis: Analysis, mentions: Sequence[QuantityMention], drafted: DraftQuantity
) -> Sequence[QuantityMention]:
    """The numbers that stand in the drafted words; where those hold none, any of the evidence.

    "17" drafted for "at least 46" is wrong, also where 17 stands beside it.
    """
    words, text = fold(drafted.as_written).text, analysis.article.text
    return [one for one in mentions if contains(words, fold(text[one.number_start : one.number_end]).text)] or mentions


def _same_number(mention: QuantityMention, drafted: DraftQuantity) -> bool:
    if mention.hedge is Hedge.RANGE:
        return (mention.low, mention.high) == (drafted.low, drafted.high)
    if mention.hedge is Hedge.VAGUE:
        written, words = fold(mention.as_written).text, fold(drafted.as_written).text
        return (
            drafted.value is None
            and drafted.hedge is not Hedge.RANGE
            and (contains(words, written) or contains(written, words))
        )
    return mention.value is not None and mention.value == drafted.value


def _take(mention: QuantityMention, drafted: DraftQuantity, findings: Findings) -> None:
    value, low, high = bounds(mention.hedge, mention.value, mention.low, mention.high)
    read = DraftQuantity(as_written=mention.as_written, value=value, low=low, high=high, hedge=mention.hedge)
    findings.changes["quantity"] = read
    if mention.hedge is drafted.hedge:
        findings.passed("quantity", mention.as_written)
    else:
        findings.repaired(
            "quantity",
            f"hedge {mention.hedge.value} restored from {mention.as_written!r}; drafted as {drafted.hedge.value}",
        )


def _distance(mention: QuantityMention, drafted: DraftQuantity) -> int:
    """Between equal numbers, the one whose words are those drafted."""
    return 0 if fold(mention.as_written).text == fold(drafted.as_written).text else 1


def _unreadable(mentions: Sequence[QuantityMention], drafted: DraftQuantity, evidence: Sequence[Evidence]) -> bool:
    """Whether the drafted words stand in the evidence and hold no number that the program can read."""
    words = fold(drafted.as_written).text
    if not words or any(character.isdigit() for character in words):
        return False
    inside = [mention for mention in mentions if contains(words, fold(mention.as_written).text)]
    return not inside and any(contains(fold(passage.quote).text, words) for passage in evidence)


def _scaled(analysis: Analysis, mentions: Sequence[QuantityMention], drafted: DraftQuantity) -> bool:
    """Whether the drafted words hold the value but for a scale word, in a language whose words are not known."""
    if knows_hedges(analysis.language) or not drafted.value:
        return False
    words, text = fold(drafted.as_written).text, analysis.article.text
    inside = [one.value for one in mentions if one.value and contains(words, fold(text[one.start : one.end]).text)]
    return any(drafted.value == value * 10**power for value in inside for power in range(2, 13))


def _said(drafted: DraftQuantity) -> str:
    if drafted.hedge is Hedge.RANGE:
        return f"the range {drafted.low} to {drafted.high}"
    return str(drafted.value) if drafted.value is not None else repr(drafted.as_written)
