"""Markdown as the text that it shows: no marks, links as their words, pictures left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.reading.blocks import joined
from summarizer.reading.clutter import is_read_also
from summarizer.reading.entries import Entry
from summarizer.reading.html import fragment_text

if TYPE_CHECKING:
    from markdown_it.token import Token


def read_markdown(text: str) -> Entry:
    """The article in CommonMark `text` (front matter taken off); a heading of the first level that opens it is the title."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    blocks = [(level, block) for level, block in _blocks(tokens) if block and not is_read_also(block)]
    title = None
    if blocks and blocks[0][0] == "h1":
        title = " ".join(blocks.pop(0)[1].split())
    return Entry(text=joined(block for _, block in blocks), title=title)


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Each block's element and text; a table's row is one block."""
    element = ""
    row: list[str] | None = None
    for token in tokens:
        if token.type.endswith("_open"):
            element = token.tag
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "tr", " | ".join(cell for cell in row if cell)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or [])
            if row is not None:
                row.append(text)
            else:
                yield element, text
        elif token.type in ("fence", "code_block"):
            yield "pre", token.content.strip()
        elif token.type == "html_block":
            yield "html", fragment_text(token.content)


def _inline(tokens: list[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces).strip()
