"""How much of what is made wrong in true drafts grounding catches: `python -m benchmarks.catch_rate`.

Each row is a check: the mutants that it should catch, those that it caught, and on how many of the true items that it
looked at it raised a false alarm. The mutants are those of `tests.mutants`, each language's and all together.
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from tests.mutants.catching import CHECKS, Tally, tallies


def main() -> None:
    """Print a table for each article and one for all."""
    console = Console()
    found = tallies()
    for label, tally in found.items():
        console.print(_table(label, tally))
    console.print(_table("all articles", _total(list(found.values()))))


def _total(found: list[Tally]) -> Tally:
    total = Tally()
    for tally in found:
        for name in ("made", "caught", "items", "alarms"):
            getattr(total, name).update(getattr(tally, name))
    return total


def _table(title: str, tally: Tally) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("check")
    for column in ("mutants", "caught", "rate", "true items", "false alarms"):
        table.add_column(column, justify="right")
    for check in CHECKS:
        counts = (tally.made[check], tally.caught[check], tally.items[check], tally.alarms[check])
        table.add_row(check, *_cells(*counts), end_section=check == CHECKS[-1])
    sums = (sum(tally.made.values()), sum(tally.caught.values()), sum(tally.items.values()), sum(tally.alarms.values()))
    table.add_row("all", *_cells(*sums))
    return table


def _cells(made: int, caught: int, items: int, alarms: int) -> tuple[str, ...]:
    return str(made), str(caught), f"{caught / made:.1%}" if made else "-", str(items), str(alarms)


if __name__ == "__main__":
    main()
