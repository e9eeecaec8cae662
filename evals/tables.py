"""The tables that a run prints: rates with intervals, fields, traps, languages, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.table import Table

from evals import statistics
from evals.gold import SECTIONS
from evals.running import EvalRun
from evals.scores import ArticleScore, by_tag, field_accuracy, hallucinated, rates, total
from evals.statistics import Interval
from summarizer.engines.keyword.engine import KEYWORD


def print_run(run: EvalRun, console: Console, sections: Sequence[str] = SECTIONS) -> None:
    """Everything about a run, one half after the other where both were run."""
    for split in ("dev", "test"):
        half = [one for one in run.scores if one.split == split]
        if half:
            console.print(
                rates_table(f"{run.engine}, {split} ({len(half)} article{'s' * (len(half) != 1)})", half, sections)
            )
            console.print(support_line(half))
    console.print(fields_table(run.scores, sections))
    console.print(groups_table("language", run.scores, lambda one: one.language, sections))
    if tags := by_tag(run.scores):
        console.print(tags_table(tags))
    for one in run.errors:
        console.print(f"[red]no summary of {one.article}:[/red] {one.error}", highlight=False)
    for line in recordings_lines(run):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def recordings_lines(run: EvalRun) -> list[str]:
    """Who answered, from how many recordings; each request without one, and the recordings that nothing asked for."""
    if run.engine == KEYWORD:
        return []
    lines = [f"answers recorded from {run.answered_by or run.engine}: {len(run.used)} used, {len(run.missing)} missing"]
    lines += [f"  missing: {article}: {name}" for article, name in run.missing]
    if run.stale:
        lines.append(f"  stale, asked for by nothing: {', '.join(run.stale)}")
    return lines


def rates_table(title: str, scores: Sequence[ArticleScore], sections: Sequence[str]) -> Table:
    """Precision, recall and F1 of each section and over all, lenient and strict, with intervals over articles."""
    made = Table(
        title=title,
        title_justify="left",
        box=None,
        header_style="dim",
        title_style="bold",
        pad_edge=False,
        padding=(0, 1),
    )
    for name in ("section", "precision", "recall", "F1", "strict F1"):
        made.add_column(name, justify="left" if name == "section" else "right", no_wrap=True)
    made.add_column("core", justify="right", no_wrap=True)
    for section in (*sections, "all"):
        chosen = sections if section == "all" else (section,)
        counts = [total([one], chosen) for one in scores]
        lenient, strict = statistics.table(counts), statistics.table(counts, "strict_")
        made.add_row(
            section,
            _brief(statistics.interval(lenient, statistics.precision)),
            _brief(statistics.interval(lenient, statistics.recall)),
            _brief(statistics.interval(lenient, statistics.f1)),
            _brief(statistics.interval(strict, statistics.f1)),
            str(int(lenient[:, 0].sum() + lenient[:, 2].sum())),
            style="bold" if section == "all" else None,
        )
    return made


def _brief(interval: Interval) -> str:
    """The same without leading zeros: four of them fit into a terminal of 80 columns."""
    return shown(interval).replace("0.", ".").replace(", ", " ")


def shown(interval: Interval) -> str:
    """`0.82 [0.74, 0.89]`, or `n/a` where there is nothing to divide by."""
    if interval.value is None:
        return "n/a"
    if interval.low is None or interval.high is None:
        return f"{interval.value:.2f}"
    return f"{interval.value:.2f} [{interval.low:.2f}, {interval.high:.2f}]"


def support_line(scores: Sequence[ArticleScore]) -> str:
    """What was supported, unsupported, withheld, false on the empty articles, and what it cost."""
    published = sum(one.published for one in scores)
    supported = sum(one.supported for one in scores)
    extra, given = hallucinated(scores)
    empty = [one for one in scores if one.empty]
    false = sum(len(section.extra) for one in empty for section in one.sections.values())
    aside, right = sum(one.set_aside for one in scores), sum(len(one.set_aside_right) for one in scores)
    days = [one.inferred_day for one in scores if one.inferred_day is not None]
    prices = [one.cost for one in scores]
    cost = "not known" if None in prices else f"${sum(price or 0 for price in prices):.2f}"
    parts = [
        f"supported by every check {supported} of {published}",
        f"not in the gold {extra} of {given}",
        f"false items on {len(empty)} empty articles {false}",
        f"set aside {aside}, of these right {right}",
        f"publication day inferred {sum(days)} of {len(days)}" if days else "",
        f"calls {sum(one.calls for one in scores)}, tokens {sum(one.tokens for one in scores):,}, cost {cost}, "
        f"{sum(one.seconds for one in scores):.1f} s",
    ]
    return "  " + "; ".join(part for part in parts if part) + "\n"


def fields_table(scores: Sequence[ArticleScore], sections: Sequence[str]) -> Table:
    """Of matched items, how many have each field right."""
    made = Table(
        title="fields of matched items", title_justify="left", box=None, header_style="dim", title_style="bold"
    )
    made.add_column("section")
    made.add_column("right of those that the gold gives")
    for section in sections:
        accuracy = field_accuracy(scores, section)
        made.add_row(
            section, ", ".join(f"{name} {right}/{of}" for name, (right, of) in accuracy.items()) or "nothing matched"
        )
    return made


def groups_table(
    name: str, scores: Sequence[ArticleScore], key: Callable[[ArticleScore], str], sections: Sequence[str]
) -> Table:
    """F1 by group of articles."""
    made = Table(title=f"by {name}", title_justify="left", box=None, header_style="dim", title_style="bold")
    for column in (name, "articles", "F1", "strict F1"):
        made.add_column(column, justify="left" if column == name else "right")
    groups: dict[str, list[ArticleScore]] = {}
    for one in scores:
        groups.setdefault(key(one), []).append(one)
    for group, members in sorted(groups.items()):
        counts = total(members, sections)
        made.add_row(group, str(len(members)), _rate(rates(counts)[2]), _rate(rates(counts, "strict_")[2]))
    return made


def tags_table(tags: dict[str, tuple[int, int]]) -> Table:
    """Core items by trap: how many were given strictly right."""
    made = Table(
        title="by trap (core items, strictly right)",
        title_justify="left",
        box=None,
        show_header=False,
        title_style="bold",
    )
    listed = [f"{tag} {right}/{of}" for tag, (right, of) in tags.items()]
    for start in range(0, len(listed), 4):
        made.add_row(*listed[start : start + 4])
    return made


def _rate(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"


def overall(scores: Iterable[ArticleScore], sections: Sequence[str] = SECTIONS, prefix: str = "") -> float | None:
    """F1 over the sections together, lenient or (`prefix` "strict_") strict: what gates compare."""
    return rates(total(scores, sections), prefix)[2]
