"""A Word document: its paragraphs and tables in order, insertions accepted, deletions and captions left out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from summarizer.errors import ReadingError
from summarizer.reading.blocks import joined
from summarizer.reading.datelines import first_day
from summarizer.reading.entries import Entry

if TYPE_CHECKING:
    from docx.document import Document
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_EXPANDED = 20  # times the largest file: what an honest document's parts come to at most
_GONE = frozenset(
    (
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)


def read_docx(data: bytes, label: str, *, max_file_bytes: int) -> Entry:
    """The text of a Word document. Raises ReadingError where it is damaged, or far larger unpacked than a document is."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > _MOST_EXPANDED * max_file_bytes:
            raise ReadingError(f"{label} would unpack to {size:,} bytes; no Word document of an article does")
        document = docx.Document(io.BytesIO(data))
        blocks, title = _blocks(document)
        known = document.core_properties
        return Entry(
            text=joined(blocks),
            title=title or known.title.strip() or None,
            author=known.author.strip() or None,
            published=first_day(blocks),
        )
    except (
        zipfile.BadZipFile,
        OpcError,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
        NotImplementedError,
        EOFError,
    ):
        raise ReadingError(f"{label} is a damaged Word document") from None


def _blocks(document: Document) -> tuple[list[str], str | None]:
    """Paragraphs and rows, and the title where a paragraph is styled as one."""
    blocks: list[str] = []
    title: str | None = None
    names = {style.style_id: (style.name or "").casefold() for style in document.styles}
    for element in document.element.body.iter(f"{_W}p", f"{_W}tr"):
        if any(
            above.tag in _GONE or (above.tag == f"{_W}tr" and not _lays_out(above)) for above in element.iterancestors()
        ):
            continue
        if element.tag == f"{_W}tr":
            cells = (
                [] if _lays_out(element) else [" ".join(map(_text, cell.iter(f"{_W}p"))) for cell in _cells(element)]
            )
            block = " | ".join(cell.strip() for cell in cells if cell.strip())
        else:
            block = _text(element).strip()
            style = names.get(_style(element), "")
            if style == "caption" or not block:
                continue
            if style == "title" and title is None and not blocks:
                title = " ".join(block.split())
                continue
        if block:
            blocks.append(block)
    return blocks, title


def _cells(row: etree._Element) -> list[etree._Element]:
    """A row's cells, also those in content controls."""
    return [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]


def _lays_out(row: etree._Element) -> bool:
    """Whether a row holds running text: one cell of several paragraphs, the others empty or none."""
    full = [cell for cell in _cells(row) if any(_text(paragraph).strip() for paragraph in cell.iter(f"{_W}p"))]
    return len(full) == 1 and sum(1 for paragraph in full[0].iter(f"{_W}p") if _text(paragraph).strip()) > 1


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run is formatted as hidden: Word does not show it."""
    mark = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return (found.get(f"{_W}val") or "") if found is not None else ""


def _text(paragraph: etree._Element) -> str:
    """A paragraph's own text, without that of text boxes inside it, which are paragraphs of their own."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _GONE or element.tag == f"{_W}p" or _is_hidden(element):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}tab":
            pieces.append("\t" if pieces else "")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("\u2011")
        else:
            stack.extend(reversed(element))
    return "".join(pieces)
