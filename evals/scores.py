"""The score of one article, and what is summed from scores: plain numbers, ready for tables, files and resampling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from evals.fields import KEY_FIELDS, fields
from evals.gold import SECTIONS, Gold, GoldItem
from evals.matching import Pair, match
from evals.published import Published
from summarizer.schema.codes import Verdict
from summarizer.schema.summary import Summary


class Frozen(BaseModel):
    """Base of what is saved: frozen and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Matched(Frozen):
    """A gold item that was given: the two ids, how alike they are, which fields are right."""

    gold: str
    found: str
    optional: bool
    tags: list[str]
    similarity: float
    strict: bool
    fields: dict[str, bool]


class SectionScore(Frozen):
    """One section of one article. `missed` and `extra` are ids: core gold not given, items given that gold has not."""

    matched: list[Matched]
    missed: list[str]
    missed_tags: list[list[str]]
    extra: list[str]

    def counts(self) -> Counter[str]:
        """True and false positives and false negatives, lenient and strict; optional items count for nothing."""
        core = [one for one in self.matched if not one.optional]
        strict = sum(one.strict for one in core)
        extra, missed = len(self.extra), len(self.missed)
        return Counter(
            tp=len(core),
            fp=extra,
            fn=missed,
            strict_tp=strict,
            strict_fp=extra + len(core) - strict,
            strict_fn=missed + len(core) - strict,
        )


class ArticleScore(Frozen):
    """One article: its sections, support, what grounding withheld, what it cost.

    `error` where there was no summary; `missing` names the recordings that its requests would have needed.
    """

    article: str
    language: str
    conflict: str
    split: str
    tags: list[str]
    empty: bool
    error: str | None = None
    missing: list[str] = []
    sections: dict[str, SectionScore] = {}
    published: int = 0
    supported: int = 0
    set_aside: int = 0
    set_aside_right: list[str] = []
    inferred_day: bool | None = None
    calls: int = 0
    tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0
    summary: Summary | None = None


def score(gold: Gold, summary: Summary) -> ArticleScore:
    """The score of what was published for the article of `gold`."""
    published = Published(summary)
    pairs = {section: match(gold, section, published) for section in SECTIONS}
    items = [item for section in SECTIONS for item in published.items(section)]
    items += summary.gist
    run = summary.run
    tokens = (run.tokens.input or 0) + (run.tokens.output or 0)
    return ArticleScore(
        **_head(gold),
        sections={section: _section(gold, section, published, pairs[section]) for section in SECTIONS},
        published=len(items),
        supported=sum(item.verdict is Verdict.SUPPORTED for item in items),
        set_aside=len(summary.verification.set_aside),
        set_aside_right=_set_aside_right(gold, summary, pairs),
        inferred_day=_inferred(gold, summary),
        calls=run.calls,
        tokens=tokens,
        cost=run.cost,
        seconds=run.seconds,
        summary=summary,
    )


def failed(gold: Gold, error: str) -> ArticleScore:
    """The score where there is no summary: every core item is missed."""
    sections = {}
    for section in SECTIONS:
        core = [item for item in gold.items(section) if not item.optional]
        sections[section] = SectionScore(
            matched=[], missed=[item.id for item in core], missed_tags=[item.tags for item in core], extra=[]
        )
    return ArticleScore(**_head(gold), sections=sections, error=error)


def _head(gold: Gold) -> dict[str, Any]:
    empty = not any(gold.items(section) for section in SECTIONS)
    return {
        "article": gold.article,
        "language": gold.language,
        "conflict": gold.conflict,
        "split": gold.split,
        "tags": gold.tags,
        "empty": empty,
    }


def _section(gold: Gold, section: str, published: Published, pairs: Sequence[Pair]) -> SectionScore:
    taken = {pair.wanted.id for pair in pairs}
    given = {pair.found.id for pair in pairs}
    ids = {pair.found.id: pair.wanted.id for pair in pairs}
    missed = [item for item in gold.items(section) if not item.optional and item.id not in taken]
    return SectionScore(
        matched=[_matched(section, pair, fields(pair, gold, published, ids)) for pair in pairs],
        missed=[item.id for item in missed],
        missed_tags=[item.tags for item in missed],
        extra=[item.id for item in published.items(section) if item.id not in given],
    )


def _matched(section: str, pair: Pair, right: dict[str, bool]) -> Matched:
    return Matched(
        gold=pair.wanted.id,
        found=pair.found.id,
        optional=pair.wanted.optional,
        tags=pair.wanted.tags,
        similarity=round(pair.similarity, 4),
        strict=all(right.get(name, True) for name in KEY_FIELDS[section]),
        fields=right,
    )


def _inferred(gold: Gold, summary: Summary) -> bool | None:
    if gold.published_inferred is None:
        return None if summary.article.published_inferred is None else False
    return summary.article.published_inferred == gold.published_inferred


def _set_aside_right(gold: Gold, summary: Summary, pairs: dict[str, list[Pair]]) -> list[str]:
    """Core gold that nothing published gives and that a set-aside item's evidence and code name: grounding's false alarm."""
    names = {
        "military_developments": "military",
        "diplomatic_developments": "diplomatic",
        "humanitarian_figures": "figures",
    }
    right = []
    for aside in summary.verification.set_aside:
        section = names.get(aside.section, aside.section)
        if section not in SECTIONS:
            continue
        taken = {pair.wanted.id for pair in pairs[section]}
        open_items = [item for item in gold.items(section) if not item.optional and item.id not in taken]
        right += [item.id for item in open_items if _drafts(aside.item, item)][:1]
    return right


def _drafts(drafted: dict[str, Any], item: GoldItem) -> bool:
    """Whether a drafted record is of the gold item's kind, and its evidence overlaps the gold's."""
    code = drafted.get("kind") or drafted.get("category")
    accepted = getattr(item, "kind", None) or getattr(item, "category", [])
    quotes = [str(one.get("quote", "")) for one in drafted.get("evidence", [])]
    return code in accepted and any(a and (a in b or b in a) for a in quotes for b in item.evidence)


# --- sums ---


def total(scores: Iterable[ArticleScore], sections: Sequence[str] = SECTIONS) -> Counter[str]:
    """The counts over articles and sections."""
    counts: Counter[str] = Counter()
    for one in scores:
        for section in sections:
            if section in one.sections:
                counts.update(one.sections[section].counts())
    return counts


def rates(counts: Counter[str], prefix: str = "") -> tuple[float | None, float | None, float | None]:
    """Precision, recall, F1; None where there is nothing to divide by: nothing given, nothing to give, or neither."""
    tp, fp, fn = (counts[prefix + name] for name in ("tp", "fp", "fn"))
    precision = tp / (tp + fp) if tp + fp else None
    recall = tp / (tp + fn) if tp + fn else None
    f1 = 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else None
    return precision, recall, f1


def field_accuracy(scores: Iterable[ArticleScore], section: str) -> dict[str, tuple[int, int]]:
    """For each field of a section's matched items: how many are right, of how many."""
    right: Counter[str] = Counter()
    scored: Counter[str] = Counter()
    for one in scores:
        for pair in one.sections[section].matched if section in one.sections else ():
            scored.update(pair.fields.keys())
            right.update(name for name, value in pair.fields.items() if value)
    return {name: (right[name], scored[name]) for name in scored}


def by_tag(scores: Iterable[ArticleScore]) -> dict[str, tuple[int, int]]:
    """For each trap tag of core items: how many were given strictly right, of how many."""
    right: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for one in scores:
        for section in one.sections.values():
            for pair in section.matched:
                if not pair.optional:
                    all_of.update(pair.tags)
                    right.update(pair.tags if pair.strict else ())
            for tags in section.missed_tags:
                all_of.update(tags)
    return {tag: (right[tag], all_of[tag]) for tag in sorted(all_of)}


def hallucinated(scores: Iterable[ArticleScore]) -> tuple[int, int]:
    """Published items that gold does not support, of all published items that gold could support."""
    extra = given = 0
    for one in scores:
        for section in one.sections.values():
            extra += len(section.extra)
            given += len(section.extra) + len(section.matched)
    return extra, given
