"""Two runs on the same articles: what got better or worse, how surely, and which items changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from evals import statistics
from evals.gold import SECTIONS
from evals.running import EvalRun
from evals.scores import ArticleScore, total
from evals.statistics import Difference

SURE = 0.05
"""A difference whose chance is smaller is called one."""
_RATES = {"precision": statistics.precision, "recall": statistics.recall, "F1": statistics.f1}


@dataclass(frozen=True, slots=True)
class Change:
    """The difference in one rate of one section. `kind` is lenient or strict."""

    section: str
    rate: str
    kind: str
    difference: Difference

    def verdict(self) -> str:
        """For a person: `figures recall fell by 0.06 [0.02, 0.11]`."""
        one = self.difference
        name = f"{self.section} {'strict ' if self.kind == 'strict' else ''}{self.rate}"
        if one.value is None:
            return f"{name}: nothing to compare"
        if abs(one.value) < 1e-9:
            return f"{name} did not change"
        word = "rose" if one.value > 0 else "fell"
        if one.low is None or one.high is None:
            return f"{name} {word} by {abs(one.value):.2f}"
        low, high = sorted((one.low, one.high)) if one.value > 0 else sorted((-one.high, -one.low))
        sure = "" if one.p is not None and one.p < SURE else ", within what chance gives"
        return f"{name} {word} by {abs(one.value):.2f} [{low:.2f}, {high:.2f}]{sure}"


def common(a: EvalRun, b: EvalRun) -> tuple[list[ArticleScore], list[ArticleScore]]:
    """The scores of the articles that both runs have, in one order."""
    pairs = [(one, other) for one in a.scores if (other := b.named(one.article))]
    return [one for one, _ in pairs], [other for _, other in pairs]


def changes(a: EvalRun, b: EvalRun, sections: Sequence[str] = SECTIONS) -> list[Change]:
    """Every rate of every section and over all: B less A."""
    first, second = common(a, b)
    found = []
    for section in (*sections, "all"):
        chosen = sections if section == "all" else (section,)
        for kind, prefix in (("lenient", ""), ("strict", "strict_")):
            tables = [statistics.table([total([one], chosen) for one in half], prefix) for half in (first, second)]
            for name, rate in _RATES.items():
                found.append(Change(section, name, kind, statistics.difference(tables[0], tables[1], rate)))
    return found


def items_changed(a: EvalRun, b: EvalRun) -> list[str]:
    """Core gold items that one run gave and the other missed, and fields that changed, a line each."""
    lines = []
    for one, other in zip(*common(a, b), strict=True):
        for section in SECTIONS:
            lines += _section_changes(one, other, section)
    return lines


def _section_changes(one: ArticleScore, other: ArticleScore, section: str) -> list[str]:
    label = f"{one.article}: {section}"
    before = {pair.gold: pair for pair in one.sections[section].matched} if section in one.sections else {}
    after = {pair.gold: pair for pair in other.sections[section].matched} if section in other.sections else {}
    lines = [f"{label}: {name} is given now" for name in after if name not in before]
    lines += [f"{label}: {name} is missed now" for name in before if name not in after]
    for name in before.keys() & after.keys():
        old, new = before[name].fields, after[name].fields
        turned = [
            f"{field} {'right' if new[field] else 'wrong'}"
            for field in old
            if field in new and old[field] != new[field]
        ]
        if turned:
            lines.append(f"{label}: {name}: {', '.join(sorted(turned))} now")
    return sorted(lines)


def print_comparison(a: EvalRun, b: EvalRun, console: Console) -> None:
    """The differences, the verdicts of those that are sure, and the items that changed."""
    found = changes(a, b)
    made = Table(
        title=f"{b.engine} less {a.engine}", title_justify="left", box=None, header_style="dim", title_style="bold"
    )
    for column in ("section", "rate", "kind", "difference", "95 % interval", "p"):
        made.add_column(column)
    for one in found:
        if one.rate == "F1":
            made.add_row(one.section, one.rate, one.kind, *_cells(one.difference))
    console.print(made)
    sure = [one for one in found if one.difference.p is not None and one.difference.p < SURE and one.difference.value]
    for one in sure:
        console.print(one.verdict(), highlight=False)
    if not sure:
        console.print("No difference is larger than what chance gives.")
    if lines := items_changed(a, b):
        console.print("\n[bold]items that changed[/bold]")
        for line in lines:
            console.print(f"  {line}", highlight=False, markup=False)


def _cells(one: Difference) -> tuple[str, str, str]:
    if one.value is None:
        return "n/a", "", ""
    bounds = "" if one.low is None or one.high is None else f"[{one.low:+.3f}, {one.high:+.3f}]"
    return f"{one.value:+.3f}", bounds.replace("[", "\\["), "" if one.p is None else f"{one.p:.3f}"
