"""A brief that a person would send: Markdown (CommonMark with GFM tables and footnotes), each item with its footnotes.

A footnote is a sentence of the article, with the passages that the items rest on. Everything that comes from the article
or the model is escaped: what would be markup there stays text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
from summarizer.schema.summary import Development, HumanitarianFigure, Item, Party, Position, Summary

_MARKUP = re.compile(r"[\\`*_{}\[\]|~$@#]")
_COLONS = re.compile(r":(?=//|[\w+-]+:)")  # a bare address becomes a link, :name: a picture
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))", re.ASCII)  # a list or a heading, at the start of a line


def to_markdown(summaries: Sequence[Summary]) -> str:
    """The briefs, one after another, a rule between them."""
    return "\n---\n\n".join(
        "\n".join(_brief(one, f"a{index}-" if index > 1 else "")) + "\n" for index, one in enumerate(summaries, start=1)
    )


def escape(text: str | None) -> str:
    """`text` on one line, so that Markdown shows it as it is."""
    shown = _MARKUP.sub(r"\\\g<0>", clean(text))
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = _WWW.sub(r"\1\\.", _COLONS.sub(r"\\:", shown))
    return _BLOCK.sub(r"\1\\", shown)


def _brief(summary: Summary, prefix: str) -> Iterator[str]:
    note = _Footnotes(prefix, summary.article.text)
    yield f"# {escape(summary.article.title) or 'Untitled article'}"
    yield ""
    yield f"*{escape(' · '.join(facts(summary.article, summary.language)))}*"
    if summary.article.url:
        yield f"\n{escape(summary.article.url)}"
    bodies: dict[str, Iterable[str]] = {
        "gist": [f"- {escape(one.text)}{note(one)}{_doubts(one)}" for one in summary.gist],
        "humanitarian_figures": _figures(summary.humanitarian_figures, note),
        "military_developments": _developments(summary, summary.military_developments, note),
        "diplomatic_developments": _developments(summary, summary.diplomatic_developments, note),
        "positions": [_position(one, note) for one in summary.positions],
        "parties": [_party(one, note) for one in summary.parties],
    }
    for title, section in SECTIONS.items():
        items: Sequence[Item] = getattr(summary, section)
        yield f"\n## {title} ({len(items)})\n"
        yield from bodies[section] if items else [f"*{nothing(summary, section)}*"]
    yield from _set_aside(summary)
    yield from ["\n## How this was made\n", escape(checked(summary)), "", escape(run_line(summary))]
    yield from [f"\n**Warning:** {escape(warning)}" for warning in summary.run.warnings]
    yield from note.lines()


def _figures(figures: Sequence[HumanitarianFigure], note: _Footnotes) -> Iterator[str]:
    numbers = {one.id: number(one.quantity) for one in figures}
    yield "| number | who | where, when | counted | said by | |"
    yield "|---:|---|---|---|---|---|"
    for one in figures:
        part = f" (of the {numbers.get(one.subset_of, one.subset_of)})" if one.subset_of else ""
        side = f", {clean(one.side.name)}" if one.side else ""
        cells = [
            f"**{escape(number(one.quantity))}**",
            escape(f"{who(one)}{side}{part}"),
            escape(where_and_when(one)),
            words(one.measure),
            escape(said_by(one.asserted_by, one.assertion)) or "the article",
            note(one).strip() + _doubts(one),
        ]
        yield f"| {' | '.join(cells)} |"


def _developments(summary: Summary, items: Sequence[Development], note: _Footnotes) -> Iterator[str]:
    figures = by_id(summary.humanitarian_figures)
    for item in items:
        day = f"**{escape(date(item.when))}** — " if item.when else ""
        facts_of_it = [escape(part) for part in details(item, figures)]
        said = said_by(item.asserted_by, item.assertion)
        facts_of_it += [f"*{escape(said)}*"] if said else []
        yield f"- {day}{escape(item.description)}{note(item)}{_doubts(item)}  \n  {' · '.join(facts_of_it)}"


def _position(one: Position, note: _Footnotes) -> str:
    voice = f" ({escape(speaker(one.speaker))})" if one.speaker and (one.speaker.name or one.speaker.title) else ""
    towards = f", to {escape(names(one.addressees))}" if one.addressees else ""
    day = f", {escape(date(one.when))}" if one.when else ""
    head = f"- **{escape(one.holder.name)}**{voice}, *{words(one.kind)}*{towards}{day}: "
    quoted = f"  \n  “{escape(one.quotation)}”" if one.quotation else ""
    return f"{head}{escape(one.statement)}{note(one)}{_doubts(one)}{quoted}"


def _party(one: Party, note: _Footnotes) -> str:
    side = f", side of {escape(one.side.name)}" if one.side else ""
    country = f" ({one.country})" if one.country else ""
    return f"- **{escape(one.name)}**{country}: {words(one.kind)}, {words(one.role)}{side}{note(one)}{_doubts(one)}"


def _doubts(item: Item) -> str:
    failed = doubts(item)
    return f" *(partly supported: {escape('; '.join(failed))})*" if failed else ""


def _set_aside(summary: Summary) -> Iterator[str]:
    listed = summary.verification.set_aside
    yield f"\n## Set aside ({len(listed)})\n"
    yield "*What the article does not support; not part of the summary.*" if listed else "*nothing*"
    if listed:
        yield ""
    for aside in listed:
        yield f"- {words(aside.section)}: {escape(label(aside))}  \n  {escape('; '.join(aside.reasons))}"


class _Footnotes:
    """Gives each sentence that an item rests on its footnote, and lists them at the end."""

    def __init__(self, prefix: str, text: str) -> None:
        self._prefix = prefix
        self._text = text
        self._passages: dict[int, list[tuple[int, int]]] = {}

    def __call__(self, item: Item) -> str:
        for evidence in item.evidence:
            self._passages.setdefault(evidence.sentence, []).append((evidence.start, evidence.end))
        marks = "".join(f"[^{self._prefix}{one}]" for one in sentences(item))
        return f" {marks}" if marks else ""

    def lines(self) -> Iterator[str]:
        yield ""
        for sentence, passages in sorted(self._passages.items()):
            quotes = " … ".join(f"“{escape(self._text[start:end])}”" for start, end in _joined(passages))
            yield f"[^{self._prefix}{sentence}]: Sentence {sentence}: {quotes}"


def _joined(passages: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The passages in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(passages):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
