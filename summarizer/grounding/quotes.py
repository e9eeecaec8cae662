"""Check 1, quote: the quote stands in the sentence named, or elsewhere in the article."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.alignment import align
from summarizer.schema.article import Article, Sentence
from summarizer.schema.codes import Match, Outcome
from summarizer.schema.draft import DraftEvidence
from summarizer.schema.values import Check, Evidence


def check_quotes(
    article: Article, sentences: Sequence[Sentence], drafted: Sequence[DraftEvidence]
) -> tuple[tuple[Evidence, ...], tuple[Check, ...], tuple[str, ...]]:
    """The passages found, a check for each, and what is wrong if none stands in the article.

    Evidence that is not found is left out of an item that has other evidence, and shows as a failed check.
    """
    found: list[Evidence] = []
    checks: list[Check] = []
    problems: list[str] = []
    for quoted in drafted:
        aligned = align(quoted.quote, quoted.sentence, sentences)
        if aligned is None:
            checks.append(
                Check(name="quote", outcome=Outcome.FAILED, detail=f"not in the article: {_short(quoted.quote)!r}")
            )
            problems.append(_missing(quoted, len(sentences)))
            continue
        passage = Evidence(
            sentence=aligned.sentence.number,
            quote=article.text[aligned.start : aligned.end],
            start=aligned.start,
            end=aligned.end,
            match=aligned.match,
        )
        if passage not in found:
            found.append(passage)
        checks.append(_quote_check(quoted, passage))
    if not drafted:
        checks.append(Check(name="quote", outcome=Outcome.FAILED, detail="no evidence was given"))
        problems.append("evidence is empty: quote the passage that this record rests on, or leave the record out.")
    return tuple(found), tuple(checks), () if found else tuple(problems)


def _quote_check(quoted: DraftEvidence, passage: Evidence) -> Check:
    notes = []
    if passage.sentence != quoted.sentence:
        notes.append(f"stands in sentence {passage.sentence}, not {quoted.sentence}")
    if passage.match is Match.FUZZY:
        notes.append(f"drafted as {_short(quoted.quote)!r}")
    outcome = Outcome.REPAIRED if notes else Outcome.PASSED
    return Check(name="quote", outcome=outcome, detail="; ".join(notes) or None)


def _missing(quoted: DraftEvidence, count: int) -> str:
    if not 1 <= quoted.sentence <= count:
        return f"sentence {quoted.sentence} does not exist (the article has 1 to {count}), and {quoted.quote!r} stands nowhere."
    return (
        f"the quote {quoted.quote!r} stands neither in sentence {quoted.sentence} nor elsewhere: "
        "copy the passage character for character, or leave the record out."
    )


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
