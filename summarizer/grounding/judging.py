"""What plain code finds when it checks a drafted item against the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summarizer.grounding.alignment import align
from summarizer.schema.article import Article, Sentence
from summarizer.schema.codes import Match, Outcome, Verdict
from summarizer.schema.draft import SECTIONS, Draft, DraftEvidence, DraftItem
from summarizer.schema.values import Check, Evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """A drafted item with what the checks found. It is published if `problems` is empty.

    `problems` are sentences for the model: each names what is wrong and what to change.
    """

    section: str
    item: DraftItem
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...]
    problems: tuple[str, ...] = field(default=())
    repaired: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What names the item within a draft."""
        return self.section, self.item.key

    def as_repaired(self) -> Judged:
        """The same, marked as corrected by a repair call."""
        return replace(self, repaired=True)

    @property
    def verdict(self) -> Verdict:
        """Supported if nothing failed; what failed in part shows in `checks`."""
        failed = any(check.outcome is Outcome.FAILED for check in self.checks)
        return Verdict.PARTLY_SUPPORTED if failed else Verdict.SUPPORTED


def judge(article: Article, sentences: Sequence[Sentence], draft: Draft) -> list[Judged]:
    """Every item of `draft`, checked, in the order of the sections and of the draft."""
    return [judge_item(article, sentences, section, item) for section in SECTIONS for item in getattr(draft, section)]


def judge_item(article: Article, sentences: Sequence[Sentence], section: str, item: DraftItem) -> Judged:
    """One item, checked."""
    evidence, checks, problems = check_quotes(article, sentences, item.evidence)
    return Judged(section, item, evidence, checks, problems)


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
