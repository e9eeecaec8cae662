"""What plain code finds when it checks a drafted item against the article: the checks, section by section.

An article that holds text which speaks to a model (see `suspicion`) is judged without that text: what nothing else
supports is not published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.grounding.dates import check_date
from summarizer.grounding.findings import Findings
from summarizer.grounding.instructions import SUSPICIOUS, check_echo, check_passages, unsupported
from summarizer.grounding.names import Cast, cast_of, check_party, check_source, check_speaker
from summarizer.grounding.places import check_place
from summarizer.grounding.quantities import check_quantity
from summarizer.grounding.quotations import check_quotation
from summarizer.grounding.quotes import check_quotes
from summarizer.grounding.references import check_references
from summarizer.grounding.suspicion import Reporting, reporting
from summarizer.grounding.wording import check_wording
from summarizer.language.analysis import Analysis
from summarizer.schema.codes import Outcome, Verdict
from summarizer.schema.draft import (
    SECTIONS,
    Draft,
    DraftDevelopment,
    DraftFigure,
    DraftItem,
    DraftParty,
    DraftPlace,
    DraftPosition,
    DraftWhen,
)
from summarizer.schema.values import Check, Evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """A drafted item with what the checks found. It is published if `problems` is empty.

    `item` is as code corrected it, `drafted` as the engine gave it. `problems` are sentences for the model: each names
    what is wrong and what to change.
    """

    section: str
    item: DraftItem
    drafted: DraftItem
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...]
    problems: tuple[str, ...] = ()
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


def judge(analysis: Analysis, draft: Draft, whole: Draft | None = None) -> list[Judged]:
    """Every item of `draft`, checked, in the order of the sections and of the draft.

    `whole` is the draft that references point into, where `draft` holds only repaired items of it.
    """
    told = reporting(analysis)
    context = whole or draft
    cast = cast_of(context)
    figures = {figure.key: figure for figure in context.humanitarian_figures}
    return [
        _judge_item(_Bench(analysis, told, cast, figures), section, item)
        for section in SECTIONS
        for item in getattr(draft, section)
    ]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every item of a draft is judged by: the article, its reporting, and the rest of the draft."""

    analysis: Analysis
    told: Reporting
    cast: Cast
    figures: Mapping[str, DraftFigure]


def _judge_item(bench: _Bench, section: str, item: DraftItem) -> Judged:
    quoted, checks, problems = check_quotes(bench.analysis.article, bench.analysis.sentences, item.evidence)
    findings = Findings()
    findings.extend(checks, problems)
    evidence = check_passages(bench.told, quoted, findings)
    if evidence:  # without a passage there is nothing to compare with
        _check_content(bench.told.analysis, item, bench.cast, evidence, findings)
        check_echo(bench.told, item, findings)
        if bench.told.doubtful and findings.problems:
            _check_support(bench, item, quoted, findings)
        check_references(item, bench.figures, bench.cast, findings)
    corrected = item.model_copy(update=findings.changes)
    return Judged(section, corrected, item, evidence, tuple(findings.checks), tuple(findings.problems))


def _check_support(bench: _Bench, item: DraftItem, evidence: Sequence[Evidence], findings: Findings) -> None:
    """Say so where nothing but the suspicious text supports what is wrong without it."""
    if any(check.name == SUSPICIOUS and check.outcome is Outcome.FAILED for check in findings.checks):
        return
    believed = Findings()
    _check_content(bench.analysis, item, bench.cast, evidence, believed)
    if not believed.problems:
        unsupported(bench.told, findings)


def _check_content(
    analysis: Analysis, item: DraftItem, cast: Cast, evidence: Sequence[Evidence], findings: Findings
) -> None:
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, DraftWhen):
            check_date(analysis, name, value, evidence, findings)
        elif isinstance(value, DraftPlace):
            check_place(analysis, name, value, evidence, findings)
    if isinstance(item, DraftParty):
        check_party(analysis, item, evidence, findings)
    elif isinstance(item, DraftFigure):
        check_quantity(analysis, item.quantity, evidence, findings)
        check_source(analysis, item, cast, evidence, findings)
    elif isinstance(item, DraftDevelopment):
        check_source(analysis, item, cast, evidence, findings)
    elif isinstance(item, DraftPosition):
        check_speaker(analysis, item, cast, evidence, findings)
        if item.quotation is not None:
            check_quotation(analysis, item.quotation, evidence, findings)
    check_wording(analysis, item, evidence, findings)
