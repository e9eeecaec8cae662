"""How values of a summary are put into words for people: the same in the terminal, in Markdown and in tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from summarizer.language.edtf import known
from summarizer.schema.codes import Assertion, FigureUnit, Hedge, Outcome, Population, Verdict
from summarizer.schema.summary import (
    ArticleInfo,
    Development,
    DiplomaticDevelopment,
    HumanitarianFigure,
    Item,
    MilitaryDevelopment,
    SetAside,
    Summary,
)
from summarizer.schema.values import PartyRef, Place, Quantity, Speaker, When

# Control and bidirectional override characters could rewrite what a terminal or an editor shows.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SIGNS = {
    Hedge.AT_LEAST: "≥ ",
    Hedge.MORE_THAN: "> ",
    Hedge.AT_MOST: "≤ ",
    Hedge.LESS_THAN: "< ",
    Hedge.ABOUT: "≈ ",
    Hedge.NEARLY: "nearly ",
}


def clean(text: str | None) -> str:
    """`text` on one line, without characters that could make a screen lie."""
    return _UNSAFE.sub("", " ".join((text or "").split()))


def words(code: str | None) -> str:
    """A code as words: `shelling_or_missile` is 'shelling or missile'."""
    return code.replace("_", " ") if code else ""


def number(quantity: Quantity) -> str:
    """The number with its hedge as a sign: '≥ 14', '5–9'; the article's words where no number is stated."""
    if quantity.hedge is Hedge.RANGE and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:,}–{quantity.high:,}"
    if quantity.value is None:
        return clean(quantity.as_written)
    return f"{_SIGNS.get(quantity.hedge, '')}{quantity.value:,}"


def who(figure: HumanitarianFigure) -> str:
    """Of whom a figure is: 'children evacuated', 'households displaced', 'killed'."""
    people = figure.population is not Population.PEOPLE
    what = words(figure.population) if people else words(figure.unit) if figure.unit is not FigureUnit.PERSONS else ""
    return " ".join(part for part in (what, words(figure.category)) if part)


def speaker(one: Speaker | None, *, brief: bool = False) -> str:
    """The person with the office, else the party. `brief`: of name and office only the first there is."""
    if one is None:
        return ""
    parts = [clean(part) for part in (one.name, one.title) if part]
    return ", ".join(parts[:1] if brief else parts) or (clean(one.party.name) if one.party else "")


def said_by(one: Speaker | None, assertion: Assertion, *, brief: bool = False) -> str:
    """'claimed by Ivan Petrov, minister'; nothing where the article says it in its own voice. `brief`: no office."""
    if one is None and assertion is Assertion.FACT:
        return ""
    name = speaker(one, brief=brief)
    return f"{words(assertion)} by {name}" if name else words(assertion)


def place(one: Place | None) -> str:
    """The place's standard name."""
    return clean(one.name or one.as_written) if one else ""


def date(when: When | None) -> str:
    """The date for a person to read; the article's words in quotation marks where it could not be resolved."""
    if when is None:
        return ""
    return short_date(when.date) if when.date else f"“{clean(when.as_written)}”"


def short_date(edtf: str) -> str:
    """An EDTF date as short as it stays clear: an interval within a month is `2022-03-01–02`."""
    first, _, last = edtf.partition("/")
    if not last and "/" not in edtf:
        return edtf
    if last in ("", ".."):
        return f"since {first}"
    if first in ("", ".."):
        return f"until {last}"
    shared = first.rsplit("-", 1)[0] + "-"
    alike = len(first) == len(last) and last.startswith(shared)
    return f"{first}–{last.removeprefix(shared)}" if alike else f"{first} – {last}"


def days(when: When | None) -> tuple[str, str]:
    """The first and the last day that a time can mean, as ISO dates; empty where it is open or unresolved."""
    bounds = known(when.date) if when else None
    if bounds is None:
        return "", ""
    first, last = bounds.start.isoformat(), bounds.end.isoformat()
    return "" if first.startswith("0001") else first, "" if last.startswith("9999") else last


def where_and_when(figure: HumanitarianFigure) -> str:
    """Place, route and period of a figure."""
    parts = [place(figure.place)]
    if figure.origin or figure.destination:
        parts.append(f"{place(figure.origin) or '…'} → {place(figure.destination) or '…'}")
    if figure.since:
        parts.append(f"since {date(figure.since).removeprefix('since ')}")
    if figure.as_of:
        parts.append(date(figure.as_of))
    return ", ".join(part for part in parts if part)


def names(parties: Iterable[PartyRef]) -> str:
    """The parties' names, in order."""
    return ", ".join(clean(party.name) for party in parties)


def actors(item: Development) -> list[str]:
    """Who did it and to whom, or who took part and who mediated."""
    if isinstance(item, MilitaryDevelopment):
        doers, whom = names(item.initiators), names(item.targets)
        return [f"{doers} → {whom}" if doers and whom else f"against {whom}" if whom else doers]
    if isinstance(item, DiplomaticDevelopment):
        return [names(item.participants), f"mediated by {names(item.mediators)}" if item.mediators else ""]
    return []


def details(item: Development, figures: Mapping[str, HumanitarianFigure]) -> list[str]:
    """Kind, stage, place, actors and linked figures of a development, those that there are."""
    kind = item.kind if isinstance(item, (MilitaryDevelopment, DiplomaticDevelopment)) else None
    stage = item.stage if isinstance(item, (MilitaryDevelopment, DiplomaticDevelopment)) else None
    linked = [figures[one] for one in getattr(item, "figures", ()) if one in figures]
    counts = [f"{number(one.quantity)} {who(one)}" for one in linked]
    return [part for part in (words(kind), words(stage), place(item.place), *actors(item), *counts) if part]


def sentences(item: Item) -> list[int]:
    """The numbers of the sentences that an item rests on, in order."""
    return sorted({evidence.sentence for evidence in item.evidence})


def doubts(item: Item) -> list[str]:
    """What failed of an item that is only partly supported: the checks' names with their details."""
    if item.verdict is not Verdict.PARTLY_SUPPORTED:
        return []
    failed = [check for check in item.checks if check.outcome is Outcome.FAILED]
    return [f"{check.name}: {clean(check.detail)}" if check.detail else check.name for check in failed]


def facts(article: ArticleInfo, language: str) -> list[str]:
    """Source, day, language and length of the article, and the language it is told in where that is another."""
    day = article.published_inferred or article.published
    how = " (day inferred from the text)" if article.published_inferred else ""
    told = f"{article.language}, told in {language}" if language != article.language else article.language
    listed = [article.source, f"{day}{how}" if day else "no date", told, f"{article.words:,} words"]
    return [clean(fact) for fact in listed if fact]


def label(aside: SetAside) -> str:
    """What a set-aside item said."""
    found = next(
        (aside.item[name] for name in ("description", "statement", "text", "name") if aside.item.get(name)), ""
    )
    quantity = aside.item.get("quantity")
    if not found and isinstance(quantity, dict):
        found = f"{quantity.get('as_written', '')} {words(str(aside.item.get('category') or ''))}"
    return clean(str(found))


def checked(summary: Summary) -> str:
    """'7 of 9 drafted items published, 1 repaired, 2 set aside.'"""
    check = summary.verification
    parts = [
        f"{check.published} of {check.drafted} drafted items published",
        f"{check.repaired} repaired" if check.repaired else "",
        f"{check.merged} merged" if check.merged else "",
        f"{len(check.set_aside)} set aside" if check.set_aside else "none set aside",
    ]
    return ", ".join(part for part in parts if part) + "."


def run_line(summary: Summary) -> str:
    """How the summary was made: model, recordings, calls, tokens, cost, seconds."""
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
    return clean(f"{model}{recorded}{calls}{tokens}{cost}, {run.seconds:.1f} s")


def nothing(summary: Summary, section: str) -> str:
    """What an empty section says: that everything in it was set aside, or that there is nothing.

    The floor engine may have missed what the article has.
    """
    aside = sum(one.section == section for one in summary.verification.set_aside)
    if aside:
        return f"none that the article supports: {aside} set aside"
    return "none found" if summary.run.engine == "keyword" else "none in the article"


SECTIONS: Mapping[str, str] = {
    "In brief": "gist",
    "Humanitarian figures": "humanitarian_figures",
    "Military developments": "military_developments",
    "Diplomatic developments": "diplomatic_developments",
    "Positions": "positions",
    "Parties": "parties",
}
"""The sections' headings, in the order in which people are shown them."""


def by_id(figures: Sequence[HumanitarianFigure]) -> dict[str, HumanitarianFigure]:
    """The figures by their ids."""
    return {figure.id: figure for figure in figures}
