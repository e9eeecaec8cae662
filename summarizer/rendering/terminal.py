"""A summary for a person at a terminal: sections, figures as a table, each item with its sentence number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.schema.codes import Assertion, Code, FigureUnit, Hedge, Population, Verdict
from summarizer.schema.summary import (
    Development,
    DiplomaticDevelopment,
    HumanitarianFigure,
    Item,
    Mentions,
    MilitaryDevelopment,
    Party,
    Position,
    Summary,
)
from summarizer.schema.values import PartyRef, Place, Quantity, Speaker, When

# Control and bidirectional override characters could rewrite what the terminal shows.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SIGNS = {
    Hedge.AT_LEAST: "≥ ",
    Hedge.MORE_THAN: "> ",
    Hedge.AT_MOST: "≤ ",
    Hedge.LESS_THAN: "< ",
    Hedge.ABOUT: "≈ ",
    Hedge.NEARLY: "nearly ",
}


def print_summary(summary: Summary, console: Console, *, show_set_aside: bool = False) -> None:
    """Print `summary` on `console`; the set-aside items with their reasons only if asked for."""
    for part in _parts(summary, show_set_aside=show_set_aside):
        console.print(part)


def _parts(summary: Summary, *, show_set_aside: bool) -> Iterable[RenderableType]:
    yield _heading(summary)
    sections: tuple[tuple[str, Sequence[Item], RenderableType], ...] = (
        ("In brief", summary.gist, _gist(summary)),
        ("Humanitarian figures", summary.humanitarian_figures, _figures(summary.humanitarian_figures)),
        ("Military developments", summary.military_developments, _developments(summary.military_developments)),
        ("Diplomatic developments", summary.diplomatic_developments, _developments(summary.diplomatic_developments)),
        ("Positions", summary.positions, _positions(summary.positions)),
        ("Parties", summary.parties, _parties(summary.parties)),
    )
    nothing = "none found" if summary.run.engine == "keyword" else "none in the article"
    for title, items, body in sections:
        yield Rule(Text(f"{title} ({len(items)})", style="bold"), align="left", style="dim")
        yield Padding(body if items else Text(nothing, style="dim"), (0, 0, 1, 1))
    if summary.run.engine == "keyword":  # it drafts so little in some languages that what is named is worth showing
        yield Rule(Text("Named in the text", style="bold"), align="left", style="dim")
        yield Padding(_mentions(summary.mentions), (0, 0, 1, 1))
    if show_set_aside and summary.verification.set_aside:
        yield Rule(Text("Set aside", style="bold yellow"), align="left", style="dim")
        yield Padding(_set_aside(summary), (0, 0, 1, 1))
    yield _footer(summary)


def _heading(summary: Summary) -> RenderableType:
    article = summary.article
    day = article.published_inferred or article.published
    how = " (day inferred from the text)" if article.published_inferred else ""
    facts = [article.source, f"{day}{how}" if day else "no date", article.language, f"{article.words:,} words"]
    lines = [Text(_clean(article.title), style="bold")] if article.title else []
    lines.append(Text(" · ".join(_clean(fact) for fact in facts if fact), style="dim"))
    return Padding(Group(*lines), (1, 0, 1, 1))


def _gist(summary: Summary) -> RenderableType:
    grid = _grid(ratios=(1, None))
    for sentence in summary.gist:
        grid.add_row(Text(_clean(sentence.text)), _sentences(sentence))
    return grid


def _figures(figures: Sequence[HumanitarianFigure]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    table.add_column("number", justify="right", no_wrap=True)
    table.add_column("who", ratio=3)
    table.add_column("where, when", ratio=4)
    table.add_column("said by", ratio=3)
    table.add_column("sentence", justify="right", no_wrap=True)
    numbers = {figure.id: _number(figure.quantity) for figure in figures}
    for figure in figures:
        who = Text(_who(figure))
        if figure.subset_of:
            who.append(f" (of the {numbers.get(figure.subset_of, figure.subset_of)})", style="dim")
        table.add_row(
            Text(_number(figure.quantity), style="bold"),
            who,
            _where_and_when(figure),
            _said_by(figure.asserted_by, figure.assertion, brief=True),
            _sentences(figure),
        )
    return table


def _developments(items: Sequence[Development]) -> RenderableType:
    grid = _grid(ratios=(None, 1, None))
    for item in items:
        body = Text(_clean(item.description))
        details = [_words(_kind(item)), _words(_stage(item)), _place(item.place), *_actors(item)]
        body.append("\n" + " · ".join(detail for detail in details if detail), style="dim")
        said = _said_by(item.asserted_by, item.assertion)
        if said:
            body.append(" · ", style="dim").append_text(said)
        grid.add_row(Text(_date(item.when), style="cyan"), body, _sentences(item))
    return grid


def _positions(positions: Sequence[Position]) -> RenderableType:
    grid = _grid(ratios=(None, 1, None))
    for position in positions:
        holder = Text(_clean(position.holder.name), style="bold")
        if position.speaker and (position.speaker.name or position.speaker.title):
            holder.append(f" ({_speaker(position.speaker)})", style="not bold dim")
        holder.append(": ", style="not bold").append(_clean(position.statement), style="not bold")
        if position.quotation:
            holder.append(f"\n“{_clean(position.quotation)}”", style="not bold italic")
        grid.add_row(Text(_words(position.kind), style="cyan"), holder, _sentences(position))
    return grid


def _parties(parties: Sequence[Party]) -> RenderableType:
    grid = _grid(ratios=(1, 1, None))
    for party in parties:
        name = Text(_clean(party.name), style="bold")
        if party.country:
            name.append(f" {party.country}", style="not bold dim")
        facts = [_words(party.kind), _words(party.role)]
        if party.side:
            facts.append(f"side of {_clean(party.side.name)}")
        grid.add_row(name, Text(", ".join(facts), style="dim"), _sentences(party))
    return grid


def _mentions(named: Mentions) -> RenderableType:
    grid = _grid(ratios=(None, 1))
    places = [f"{place.name} {place.country or ''}".strip() for place in named.places]
    numbers = [number.quantity.as_written for number in named.numbers]
    for label, listed in (("places", places), ("names", [one.name for one in named.names]), ("numbers", numbers)):
        shown = ", ".join(_clean(one) for one in listed) or "none"
        grid.add_row(Text(label, style="cyan"), Text(shown))
    return grid


def _set_aside(summary: Summary) -> RenderableType:
    grid = _grid(ratios=(None, 1))
    for aside in summary.verification.set_aside:
        label = next(
            (aside.item[name] for name in ("description", "statement", "text", "name") if aside.item.get(name)), ""
        )
        label = label or str((aside.item.get("quantity") or {}).get("as_written", ""))
        body = Text(_clean(str(label)))
        for reason in aside.reasons:
            body.append(f"\n{_clean(reason)}", style="dim")
        grid.add_row(Text(_words(aside.section), style="yellow"), body)
    return grid


def _footer(summary: Summary) -> RenderableType:
    check, run = summary.verification, summary.run
    checked = f"{check.published} of {check.drafted} drafted items published"
    parts = [f"{check.repaired} repaired" if check.repaired else "", f"{check.merged} merged" if check.merged else ""]
    aside = f"{len(check.set_aside)} set aside" if check.set_aside else "none set aside"
    lines = [Text(", ".join([checked, *[part for part in parts if part], aside]) + ".", style="dim")]
    lines.append(Text(_run_line(summary), style="dim"))
    lines += [Text(f"Warning: {_clean(warning)}", style="yellow") for warning in run.warnings]
    return Padding(Group(*lines), (0, 0, 0, 1))


def _run_line(summary: Summary) -> str:
    run = summary.run
    model = run.model or f"the {run.engine} engine"
    answered = [name for name in run.answered_by if not model.endswith(name)]
    if answered:
        model += f" ({', '.join(answered)})"
    recorded = ""
    if run.replayed:
        recorded = ", recorded answers" if run.replayed == run.calls else f", {run.replayed} recorded answers"
    tokens = ""
    if run.tokens.input is not None:
        tokens = f", {run.tokens.input:,} + {run.tokens.output or 0:,} tokens"
    cost = "" if run.cost is None or not run.calls else f", ${run.cost:.4f}"
    calls = f", {run.calls} call{'s' if run.calls != 1 else ''}" if run.calls else ""
    return _clean(f"{model}{recorded}{calls}{tokens}{cost}, {run.seconds:.1f} s")


def _grid(ratios: tuple[int | None, ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio in ratios:
        grid.add_column(ratio=ratio, no_wrap=ratio is None)
    return grid


def _sentences(item: Item) -> Text:
    numbers = sorted({evidence.sentence for evidence in item.evidence})
    text = Text("[" + ", ".join(map(str, numbers)) + "]", style="dim")
    if item.verdict is Verdict.PARTLY_SUPPORTED:
        text.append(" partly", style="yellow")
    return text


def _number(quantity: Quantity) -> str:
    if quantity.hedge is Hedge.RANGE and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:,}–{quantity.high:,}"
    if quantity.value is None:
        return _clean(quantity.as_written)
    return f"{_SIGNS.get(quantity.hedge, '')}{quantity.value:,}"


def _who(figure: HumanitarianFigure) -> str:
    people = figure.population is not Population.PEOPLE
    what = _words(figure.population) if people else _words(figure.unit) if figure.unit is not FigureUnit.PERSONS else ""
    return " ".join(part for part in (what, _words(figure.category)) if part)


def _where_and_when(figure: HumanitarianFigure) -> Text:
    parts = [_place(figure.place)]
    if figure.origin or figure.destination:
        parts.append(f"{_place(figure.origin) or '…'} → {_place(figure.destination) or '…'}")
    if figure.since:
        parts.append(f"since {_date(figure.since)}")
    if figure.as_of:
        parts.append(_date(figure.as_of))
    return Text(", ".join(part for part in parts if part), style="dim")


def _said_by(speaker: Speaker | None, assertion: Assertion, *, brief: bool = False) -> Text:
    if speaker is None and assertion is Assertion.FACT:
        return Text("")
    who = _speaker(speaker) if speaker else ""
    if brief and speaker and speaker.name:
        who = _clean(speaker.name)  # a column of a table has no room for the office
    return Text(f"{_words(assertion)} by {who}" if who else _words(assertion), style="magenta")


def _speaker(speaker: Speaker) -> str:
    person = ", ".join(_clean(part) for part in (speaker.name, speaker.title) if part)
    return person or (_clean(speaker.party.name) if speaker.party else "")


def _actors(item: Development) -> list[str]:
    if isinstance(item, MilitaryDevelopment):
        who, whom = _names(item.initiators), _names(item.targets)
        return [f"{who} → {whom}" if who and whom else f"against {whom}" if whom else who]
    if isinstance(item, DiplomaticDevelopment):
        mediators = f"mediated by {_names(item.mediators)}" if item.mediators else ""
        return [_names(item.participants), mediators]
    return []


def _names(parties: Sequence[PartyRef]) -> str:
    return ", ".join(_clean(party.name) for party in parties)


def _kind(item: Development) -> Code | None:
    return getattr(item, "kind", None)


def _stage(item: Development) -> Code | None:
    return getattr(item, "stage", None)


def _place(place: Place | None) -> str:
    return _clean(place.name or place.as_written) if place else ""


def _date(when: When | None) -> str:
    return (when.date or f"“{_clean(when.as_written)}”") if when else ""


def _words(code: str | None) -> str:
    return code.replace("_", " ") if code else ""


def _clean(text: str | None) -> str:
    return _UNSAFE.sub("", " ".join((text or "").split()))
