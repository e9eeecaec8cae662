"""A summary for a person at a terminal: sections, figures as a table, each item with its sentence number."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.rendering.wording import (
    SECTIONS,
    by_id,
    checked,
    clean,
    date,
    details,
    doubts,
    facts,
    label,
    names,
    nothing,
    number,
    run_line,
    said_by,
    sentences,
    speaker,
    where_and_when,
    who,
    words,
)
from summarizer.schema.codes import Measure
from summarizer.schema.summary import (
    Development,
    HumanitarianFigure,
    Item,
    Mentions,
    Party,
    Position,
    Summary,
)

_NARROWEST = 40
_SIDE = 15  # columns beside the text: a date, or the numbers of many sentences, wraps rather than takes the line


def to_terminal(summaries: Sequence[Summary], *, show_set_aside: bool = False) -> str:
    """What `print_summary` shows, as plain text of COLUMNS (default 100) columns; several one after another."""
    columns = os.environ.get("COLUMNS", "")
    width = max(int(columns) if columns.isdigit() else 100, _NARROWEST)
    buffer = io.StringIO()
    for summary in summaries:
        print_summary(summary, Console(file=buffer, width=width), show_set_aside=show_set_aside)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())


def print_summary(summary: Summary, console: Console, *, show_set_aside: bool = False) -> None:
    """Print `summary` on `console`; the set-aside items with their reasons only if asked for."""
    for part in _parts(summary, show_set_aside=show_set_aside):
        console.print(part)


def _parts(summary: Summary, *, show_set_aside: bool) -> Iterable[RenderableType]:
    yield _heading(summary)
    figures = by_id(summary.humanitarian_figures)
    bodies: dict[str, RenderableType] = {
        "gist": _gist(summary),
        "humanitarian_figures": _figures(summary.humanitarian_figures),
        "military_developments": _developments(summary.military_developments, figures),
        "diplomatic_developments": _developments(summary.diplomatic_developments, figures),
        "positions": _positions(summary.positions),
        "parties": _parties(summary.parties),
    }
    for title, section in SECTIONS.items():
        items: Sequence[Item] = getattr(summary, section)
        yield Rule(Text(f"{title} ({len(items)})", style="bold"), align="left", style="dim")
        yield Padding(bodies[section] if items else Text(nothing(summary, section), style="dim"), (0, 0, 1, 1))
    if summary.run.engine == "keyword":  # it drafts so little in some languages that what is named is worth showing
        yield Rule(Text("Named in the text", style="bold"), align="left", style="dim")
        yield Padding(_mentions(summary.mentions), (0, 0, 1, 1))
    listed = summary.verification.set_aside
    if show_set_aside and listed:
        yield Rule(Text(f"Set aside ({len(listed)})", style="bold yellow"), align="left", style="dim")
        yield Padding(_set_aside(summary), (0, 0, 1, 1))
    yield _footer(summary, hint=bool(listed) and not show_set_aside)


def _heading(summary: Summary) -> RenderableType:
    lines = [Text(clean(summary.article.title), style="bold")] if summary.article.title else []
    lines.append(Text(" · ".join(facts(summary.article, summary.language)), style="dim"))
    return Padding(Group(*lines), (1, 0, 1, 1))


def _gist(summary: Summary) -> RenderableType:
    grid = _grid(ratios=(1, None))
    for sentence in summary.gist:
        grid.add_row(_with_doubts(Text(clean(sentence.text)), sentence), _sentences(sentence))
    return grid


def _figures(figures: Sequence[HumanitarianFigure]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    table.add_column("number", justify="right", max_width=16)
    table.add_column("who", ratio=3)
    table.add_column("where, when", ratio=4)
    table.add_column("said by", ratio=3)
    table.add_column("in", justify="right", max_width=_SIDE)
    numbers = {figure.id: number(figure.quantity) for figure in figures}
    for figure in figures:
        said = said_by(figure.asserted_by, figure.assertion, brief=True)
        table.add_row(
            Text(number(figure.quantity), style="bold"),
            _with_doubts(_who(figure, numbers), figure),
            Text(where_and_when(figure), style="dim"),
            Text(said, style="magenta") if said else Text("the article", style="dim"),
            _sentences(figure),
        )
    return table


def _who(figure: HumanitarianFigure, numbers: Mapping[str, str]) -> Text:
    text = Text(who(figure))
    if figure.side:
        text.append(f", {clean(figure.side.name)}")
    if figure.subset_of:
        text.append(f" (of the {numbers.get(figure.subset_of, figure.subset_of)})", style="dim")
    if figure.measure is not Measure.NEW:
        text.append(f", {words(figure.measure)}", style="dim")
    return text


def _developments(items: Sequence[Development], figures: Mapping[str, HumanitarianFigure]) -> RenderableType:
    grid = _grid(ratios=(None, 1, None))
    for item in items:
        body = Text(clean(item.description))
        body.append("\n" + " · ".join(details(item, figures)), style="dim")
        said = said_by(item.asserted_by, item.assertion)
        if said:
            body.append(" · ", style="dim").append(said, style="magenta")
        grid.add_row(Text(date(item.when), style="cyan"), _with_doubts(body, item), _sentences(item))
    return grid


def _positions(positions: Sequence[Position]) -> RenderableType:
    grid = _grid(ratios=(None, 1, None))
    for position in positions:
        body = Text(clean(position.holder.name), style="bold")
        if position.speaker and (position.speaker.name or position.speaker.title):
            body.append(f" ({speaker(position.speaker)})", style="not bold dim")
        towards = [f"to {names(position.addressees)}"] if position.addressees else []
        aside = [part for part in (*towards, date(position.when)) if part]
        if aside:
            body.append(f", {', '.join(aside)}", style="not bold dim")
        body.append(": ", style="not bold").append(clean(position.statement), style="not bold")
        if position.quotation:
            body.append(f"\n“{clean(position.quotation)}”", style="not bold italic")
        grid.add_row(Text(words(position.kind), style="cyan"), _with_doubts(body, position), _sentences(position))
    return grid


def _parties(parties: Sequence[Party]) -> RenderableType:
    grid = _grid(ratios=(1, 1, None))
    for party in parties:
        name = Text(clean(party.name), style="bold")
        if party.country:
            name.append(f" {party.country}", style="not bold dim")
        about = [words(party.kind), words(party.role)]
        if party.side:
            about.append(f"side of {clean(party.side.name)}")
        grid.add_row(_with_doubts(name, party), Text(", ".join(about), style="dim"), _sentences(party))
    return grid


def _mentions(named: Mentions) -> RenderableType:
    grid = _grid(ratios=(None, 1))
    places = [f"{place.name} {place.country or ''}".strip() for place in named.places]
    numbers = [one.quantity.as_written for one in named.numbers]
    for title, listed in (("places", places), ("names", [one.name for one in named.names]), ("numbers", numbers)):
        shown = ", ".join(clean(one) for one in listed) or "none"
        grid.add_row(Text(title, style="cyan"), Text(shown))
    return grid


def _set_aside(summary: Summary) -> RenderableType:
    grid = _grid(ratios=(None, 1))
    for aside in summary.verification.set_aside:
        body = Text(label(aside))
        for reason in aside.reasons:
            body.append(f"\n{clean(reason)}", style="dim")
        grid.add_row(Text(words(aside.section), style="yellow"), body)
    return grid


def _footer(summary: Summary, *, hint: bool) -> RenderableType:
    how = " (--show-set-aside shows them and why)" if hint else ""
    lines = [Text(checked(summary).removesuffix(".") + f"{how}.", style="dim"), Text(run_line(summary), style="dim")]
    lines += [Text(f"Warning: {clean(warning)}", style="yellow") for warning in summary.run.warnings]
    return Padding(Group(*lines), (0, 0, 0, 1))


def _grid(ratios: tuple[int | None, ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio in ratios:
        grid.add_column(ratio=ratio, max_width=None if ratio else _SIDE)
    return grid


def _sentences(item: Item) -> Text:
    return Text("[" + ", ".join(map(str, sentences(item))) + "]", style="dim")


def _with_doubts(text: Text, item: Item) -> Text:
    failed = doubts(item)
    return text.append(f"\npartly supported: {'; '.join(failed)}", style="not bold yellow") if failed else text
