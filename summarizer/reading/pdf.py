"""A PDF's text as paragraphs: lines put together again, words that a line's end parted, running heads left out.

PDFium finds the characters and their boxes; a PDF has no paragraphs, so they are told from gaps, widths and sizes.
"""

from __future__ import annotations

import math
import re
import statistics
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from summarizer.errors import ReadingError
from summarizer.reading.bidi import Glyph, in_reading_order, is_right_to_left
from summarizer.reading.blocks import joined
from summarizer.reading.clutter import is_read_also
from summarizer.reading.datelines import first_day
from summarizer.reading.entries import Entry

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MAX_PAGES = 2000
_PDFIUM = threading.Lock()  # PDFium is not made for several threads
_HYPHENS = "\x02\ufffe"  # how PDFium gives a hyphen that only a line's end asked for
_ENDS = re.compile(r"[.!?…:;。！？؟۔।][\"'”’»)\]]*$")
_MARGIN = 0.1  # of a page's height, above and below: where running heads and page numbers stand
_PRINTED_ADDRESS = re.compile(r"\s*(?:https?|file|about|data):\S+(?:\s+\d+\s*/\s*\d+)?\s*", re.IGNORECASE)
_PRINTED_TIME = re.compile(r"^\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[AP]M)?")
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|print|pdf|slide \d|about:blank)|\.\w{2,5}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page; lengths in points, `baseline` measured upwards as PDFs do, `size` is the type's."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int
    in_margin: bool

    @property
    def width(self) -> float:
        return self.right - self.left


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
    blocks = [block for block in _paragraphs(_without_running_heads(lines, title)) if not is_read_also(block)]
    if len(blocks) > 1 and " ".join(blocks[0].split()) == title:
        del blocks[0]  # the headline is the title, not the first sentence
    return Entry(
        text=joined(blocks),
        title=title if title and not _NO_TITLE.search(title) else None,
        published=first_day(blocks),
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
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if character not in "\r\n":
            characters.append((index, character))
        # PDFium joins a word that a line's end parted; the place on the page needs both lines.
        if character in "\r\n" + _HYPHENS:
            if line := _line(text, characters, height, page):
                yield line
            characters = []
    if line := _line(text, characters, height, page):
        yield line


def _line(text: PdfTextPage, characters: list[tuple[int, str]], height: float, page: int) -> _Line | None:
    shown = [(index, character) for index, character in characters if not character.isspace()]
    written = "".join(character for _, character in characters).strip(" \t\x00")
    if not shown or not written:
        return None
    # The corners are enough: the first, the last and one in the middle.
    corners = [shown[at][0] for at in {0, len(shown) // 2, len(shown) - 1}]
    boxes = [text.get_charbox(index, loose=True) for index in corners]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    baselines, sizes = zip(*(_baseline_and_size(text, index) for index in corners), strict=True)
    baseline = statistics.median(baselines)
    margin = not height * _MARGIN < baseline < height * (1 - _MARGIN)
    if is_right_to_left(written):
        written = _right_to_left(text, characters)
    return _Line(
        re.sub(r"[ \t\u00a0]+", " ", written.replace("\x00", "")), left, right, baseline, max(sizes), page, margin
    )


def _baseline_and_size(text: PdfTextPage, index: int) -> tuple[float, float]:
    import ctypes

    from pypdfium2 import raw

    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetMatrix(text, index, matrix)
    return y.value, max(raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.b, matrix.d), 0.1)


def _right_to_left(text: PdfTextPage, characters: list[tuple[int, str]]) -> str:
    from pypdfium2 import raw

    glyphs: list[Glyph] = []
    word, height = 0, 0.1
    for index, character in characters:
        if character.isspace():
            word += raw.FPDFText_IsGenerated(text, index) == 0  # PDFium's own guesses are left to right
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        glyphs.append(Glyph(character, left, right, word))
        height = max(height, top - bottom)
    return in_reading_order(glyphs, height)


def _without_running_heads(lines: list[_Line], title: str) -> list[_Line]:
    """Without what stands in the margins of several pages, whatever its page number, and what browsers print there."""
    pages = len({line.page for line in lines})
    seen = Counter(key for key, _ in {(_key(line.text), line.page) for line in lines if line.in_margin})
    least = max(2, min(3, pages))
    return [
        line
        for line in lines
        if not (
            line.in_margin
            and (seen[_key(line.text)] >= least or _is_number(line.text) or _is_browsers(line.text, title))
        )
    ]


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _is_browsers(text: str, title: str) -> bool:
    """What a browser prints above and below a page: day, time and title; address and page number. One of two, or both."""
    if _PRINTED_ADDRESS.fullmatch(text):
        return True
    rest = _PRINTED_TIME.sub("", text).strip()
    return rest != text.strip() and (not rest or not title or " ".join(title.split()).startswith(rest.rstrip("… .")))


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
    """What is usual in the document's running text: a full line's width, and from line to line in sizes of the type."""

    width: float
    step: float


def _usual(lines: list[_Line]) -> _Usual:
    """The smaller steps from line to line are those inside paragraphs, however few lines have another one below."""
    widths = sorted(line.width for line in lines)
    steps = sorted(_step(above, below) for above, below in pairwise(lines) if 0.95 < _step(above, below) < 4)
    return _Usual(widths[int(len(widths) * 0.8)], steps[len(steps) // 8] if steps else 1.2)


def _step(above: _Line, below: _Line) -> float:
    """From baseline to baseline, in sizes of the type; negative from column to column, 0 from page to page."""
    return (above.baseline - below.baseline) / below.size if above.page == below.page else 0


def _parted(above: _Line, below: _Line, usual: _Usual, *, first: _Line) -> bool:
    """Whether a new paragraph begins with `below`."""
    if not 0.85 < below.size / above.size < 1.18:
        return True  # a heading, or what follows it
    short, ended = above.width < 0.85 * usual.width, bool(_ENDS.search(above.text))
    step = _step(above, below)
    if step <= 0:  # a new page or column
        return ended and (short or below.text[:1].isupper())
    if step > usual.step + 0.3 or (short and ended):
        return True
    if is_right_to_left(below.text):
        indented = below.right < above.right - 0.8 * below.size and above.right >= first.right - below.size
    else:
        indented = below.left > above.left + 0.8 * below.size and above.left <= first.left + below.size
    return indented and above.width > 0.6 * usual.width


def _text(lines: list[_Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        parted = text[-1:] in (*_HYPHENS, "-", "\u2010") and text[-2:-1].isalpha()
        if parted and line.text[:1].islower():
            text = text[:-1] + line.text
        elif parted or (_is_dense(text[-1:]) and _is_dense(line.text[:1])):
            text += line.text
        else:
            text = f"{text} {line.text}"
    return re.sub(f"[{_HYPHENS}]", "-", text).replace("\u00ad", "")


def _is_dense(character: str) -> bool:
    """Chinese and Japanese are written without spaces, also over a line's end."""
    return bool(character) and ("\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef")
