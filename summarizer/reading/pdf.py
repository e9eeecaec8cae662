"""A PDF's text as paragraphs: lines put together again, words that a line's end parted, running heads left out.

PDFium finds the characters and their boxes; a PDF has no paragraphs, so they are told from gaps, widths and sizes.
"""

from __future__ import annotations

import re
import statistics
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from summarizer.errors import ReadingError
from summarizer.reading.blocks import joined
from summarizer.reading.entries import Entry

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MAX_PAGES = 2000
_PDFIUM = threading.Lock()  # PDFium is not made for several threads
_HYPHENS = "\x02\ufffe\u00ad"  # how PDFium gives a hyphen that only a line's end asked for
_ENDS = re.compile(r"[.!?…:;。！？؟۔।][\"'”’»)\]]*$")
_MARGIN = 0.1  # of a page's height, above and below: where running heads and page numbers stand
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|print|pdf|slide \d|about:blank)|\.\w{2,5}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page; lengths in points, `top` and `bottom` measured upwards as PDFs do."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    in_margin: bool

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)


def read_pdf(data: bytes, label: str, *, max_bytes: int) -> Entry:
    """The text of a PDF of up to 2,000 pages. Raises ReadingError: damaged, locked, a scan, or more than `max_bytes` of text."""
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            raise ReadingError(
                f"{label} is {'locked with a password; save it without one' if locked else 'a damaged PDF'}"
            ) from None
        try:
            lines = _lines(document, label, max_bytes)
            known = document.get_metadata_dict(skip_empty=True)
        except pypdfium2.PdfiumError:
            raise ReadingError(f"{label} is a damaged PDF") from None
        finally:
            document.close()
    if not lines:
        raise ReadingError(f"{label} is a PDF without text, perhaps a scan; run text recognition (OCR) on it first")
    title = " ".join(known.get("Title", "").split())
    return Entry(
        text=joined(_paragraphs(_without_running_heads(lines))),
        title=title if title and not _NO_TITLE.search(title) else None,
        author=" ".join(known.get("Author", "").split()) or None,
    )


def _lines(document: PdfDocument, label: str, max_bytes: int) -> list[_Line]:
    if len(document) > MAX_PAGES:
        raise ReadingError(f"{label} has {len(document):,} pages; that is no single article (at most {MAX_PAGES:,})")
    lines: list[_Line] = []
    size = 0
    for number in range(len(document)):
        page = document[number]
        try:
            for line in _page_lines(page.get_textpage(), page.get_height(), number):
                size += len(line.text.encode("utf-8", "replace"))
                lines.append(line)
        finally:
            page.close()
        if size > max_bytes:
            raise ReadingError(
                f"{label} holds more than {max_bytes:,} bytes of text; that is no single article (SUMMARIZER_MAX_BYTES sets the limit)"
            )
    return lines


def _page_lines(text: PdfTextPage, height: float, page: int) -> Iterator[_Line]:
    from pypdfium2 import raw

    characters: list[tuple[int, str]] = []
    count = text.count_chars()
    for index in range(count + 1):
        code = raw.FPDFText_GetUnicode(text, index) if index < count else 10
        if code not in (10, 13):
            characters.append((index, chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"))
            continue
        if line := _line(text, characters, height, page):
            yield line
        characters = []
        if code == 10 and index == count:
            return


def _line(text: PdfTextPage, characters: list[tuple[int, str]], height: float, page: int) -> _Line | None:
    shown = [(index, character) for index, character in characters if not character.isspace()]
    written = "".join(character for _, character in characters).strip(" \t\x00")
    if not shown or not written:
        return None
    # The corners are enough: the first, the last and one in the middle.
    boxes = [text.get_charbox(shown[at][0], loose=True) for at in {0, len(shown) // 2, len(shown) - 1}]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    bottom, top = statistics.median(box[1] for box in boxes), statistics.median(box[3] for box in boxes)
    margin = bottom > height * (1 - _MARGIN) or top < height * _MARGIN
    return _Line(re.sub(r"[ \t\u00a0]+", " ", written.replace("\x00", "")), left, right, top, bottom, page, margin)


def _without_running_heads(lines: list[_Line]) -> list[_Line]:
    """Without what stands in the margins of several pages, whatever its page number."""
    pages = len({line.page for line in lines})
    seen = Counter(key for key, _ in {(_key(line.text), line.page) for line in lines if line.in_margin})
    least = max(2, min(3, pages))
    return [
        line for line in lines if not (line.in_margin and (seen[_key(line.text)] >= least or _is_number(line.text)))
    ]


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _is_number(text: str) -> bool:
    """Of a page: `7`, `- 7 -`, `7 / 12`, `Page 7`."""
    return re.fullmatch(r"\W*(?:[^\W\d]{1,8}\W*)?\d{1,4}(?:\s*(?:/|of|de|von|из|z)\s*\d{1,4})?\W*", text) is not None


def _paragraphs(lines: list[_Line]) -> list[str]:
    done: list[str] = []
    current: list[_Line] = []
    usual = _usual(lines)
    for line in lines:
        if current and _parted(current[-1], line, usual, first=current[0]):
            done.append(_text(current))
            current = []
        current.append(line)
    return [*done, _text(current)] if current else done


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual for the document's running text: a full line's width, the gap between two lines in line heights."""

    width: float
    gap: float


def _usual(lines: list[_Line]) -> _Usual:
    widths = sorted(line.width for line in lines)
    gaps = [
        (above.bottom - below.top) / below.height
        for above, below in pairwise(lines)
        if above.page == below.page and 0 <= above.top - below.top < 4 * below.height
    ]
    return _Usual(widths[int(len(widths) * 0.8)], statistics.median(gaps) if gaps else 0.2)


def _parted(above: _Line, below: _Line, usual: _Usual, *, first: _Line) -> bool:
    """Whether a new paragraph begins with `below`."""
    if not 0.85 < below.height / above.height < 1.18:
        return True  # a heading, or what follows it
    short = above.width < 0.85 * usual.width
    if above.page != below.page or below.top > above.top:  # a new page or column
        return bool(_ENDS.search(above.text)) if short else bool(_ENDS.search(above.text)) and below.text[:1].isupper()
    if (above.bottom - below.top) / below.height > usual.gap + 0.35:
        return True
    indented = below.left > above.left + 0.8 * below.height and above.left <= first.left + below.height
    return (indented and not short and above.width > 0.6 * usual.width) or (short and bool(_ENDS.search(above.text)))


def _text(lines: list[_Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        if text[-1:] in _HYPHENS or (re.search(r"[^\W\d_]-$", text) and line.text[:1].islower()):
            text = text[:-1] + line.text
        elif _is_dense(text[-1:]) and _is_dense(line.text[:1]):
            text += line.text
        else:
            text = f"{text} {line.text}"
    return re.sub(f"[{_HYPHENS}]", "-", text)


def _is_dense(character: str) -> bool:
    """Chinese and Japanese are written without spaces, also over a line's end."""
    return bool(character) and ("\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef")
