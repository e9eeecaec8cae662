"""An element tree's text as paragraphs: what stands in one block is one paragraph, white space as a browser shows it.

The names of HTML, of trafilatura's trees and of NITF go together here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

# Of HTML, of trafilatura's trees, of NITF
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figure figcaption footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead title tr ul "
    "head item list quote row hl1 hl2 bq block nitf-table dateline byline note"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb"))
_SILENT_NAMES = "script style template noscript svg math iframe object audio video canvas select textarea"
_SILENT = frozenset(_SILENT_NAMES.split())
_SPACE = re.compile(r"[^\S\u2028\u2029]+")
_BREAK = "\u2028"  # a line break inside a paragraph, until the paragraph is done


def paragraphs(root: etree._Element) -> list[str]:
    """The paragraphs of `root` in reading order, none of them empty; cells of a table's row are joined by ` | `."""
    done: list[str] = []
    open_: list[str] = []
    _walk(root, done, open_)
    _close(done, open_)
    return done


def joined(blocks: Iterable[str]) -> str:
    """Paragraphs as an article's text: a blank line between them."""
    return "\n\n".join(blocks)


def _walk(root: etree._Element, done: list[str], open_: list[str]) -> None:
    """Without recursion: hostile pages nest ten thousand deep. Each entry is an element to open or, after its children, to close."""
    stack: list[tuple[etree._Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        name = tag(element)
        if leaving:
            if name in _ROWS:
                _close_row(done, open_)
            elif name in _BLOCKS:
                _close(done, open_)
            elif name in _CELLS:
                open_.append("\x1f")
            if element is not root and element.tail:
                open_.append(_lines(element.tail, element.getparent()))
            continue
        stack.append((element, True))
        if name is None or name in _SILENT:
            continue
        if name in _BLOCKS:
            _close(done, open_)
        elif name in _BREAKS:
            open_.append(_BREAK)
        if element.text:
            open_.append(_lines(element.text, element))
        stack.extend((child, False) for child in reversed(element))


def _lines(text: str, inside: etree._Element | None) -> str:
    """The text as it goes on; in preformatted text a line's end is one."""
    return text.replace("\n", _BREAK) if inside is not None and tag(inside) == "pre" else text


def tag(element: etree._Element) -> str | None:
    """The element's local name in lower case; None for comments and instructions."""
    name = element.tag
    return name.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(name, str) else None


def _close(done: list[str], open_: list[str]) -> None:
    text = _SPACE.sub(" ", "".join(open_).replace("\x1f", " "))
    open_.clear()
    # Two breaks after one another are how some systems write a paragraph; one is only a line's end.
    for part in re.split(f"(?: ?{_BREAK} ?){{2,}}", text):
        lines = (line.strip() for line in part.split(_BREAK))
        if paragraph := "\n".join(line for line in lines if line):
            done.append(paragraph)


def _close_row(done: list[str], open_: list[str]) -> None:
    cells = [_SPACE.sub(" ", cell.replace(_BREAK, " ")).strip() for cell in "".join(open_).split("\x1f")]
    open_.clear()
    if row := " | ".join(cell for cell in cells if cell):
        done.append(row)
