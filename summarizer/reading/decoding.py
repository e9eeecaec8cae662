"""Bytes to text: byte order marks, UTF-8, UTF-16, and legacy encodings by detection."""

from __future__ import annotations

import codecs
import re

from summarizer.errors import ReadingError

# Longest first: the UTF-32 mark starts with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or DOCX, EPUB)"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
)
_HEAD = 65_536  # bytes that detection looks at
_LEAST_CONFIDENCE = 0.05  # chardet gives real texts 0.1 and more, random bytes 0.01


def decode(data: bytes, label: str) -> str:
    """The text in `data`, with `\\n` line ends left as they are and no byte order mark.

    Raises ReadingError where the bytes are no text or of an encoding that cannot be told.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise ReadingError(f"{label} is {kind}, not plain text; convert it to text first")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, label)
    if utf16 := _utf16_without_mark(data[:_HEAD]):
        text = _strictly(data, utf16, label)
        if _looks_binary(text[:_HEAD]):
            raise ReadingError(f"{label} is binary data, not text")
        return text
    if japanese := escaped_japanese(data):
        return data.decode(japanese, errors="replace")
    if b"\x00" in data:
        raise ReadingError(f"{label} is binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data, label)


def escaped_japanese(data: bytes) -> str | None:
    """ISO-2022-JP, as Japanese mail and old pages have it: ASCII with escapes, and so valid UTF-8 too."""
    return "iso2022_jp_ext" if re.search(rb"\x1b\$(?:[@B]|\([DOPQ])", data[:_HEAD]) else None


def _strictly(data: bytes, encoding: str, label: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(f"{label} starts like {encoding} but is damaged at byte {error.start}") from None


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 shows as zero bytes on one side only: Latin letters, digits and spaces have one each."""
    if len(head) < 4:
        return None
    pairs = len(head) // 2
    high, low = head[1::2].count(0) / pairs, head[0::2].count(0) / pairs
    if high > 0.1 and low < 0.01:
        return "utf-16-le"
    if low > 0.1 and high < 0.01:
        return "utf-16-be"
    return None


def _detected(data: bytes, label: str) -> str:
    import chardet  # seldom needed

    found = chardet.detect(data[:_HEAD])
    encoding = found["encoding"]
    if encoding is None or (found["confidence"] or 0) < _LEAST_CONFIDENCE:
        raise ReadingError(f"{label} is not text in any encoding that can be told; save it as UTF-8")
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > len(text) / 100 or _looks_binary(text[:_HEAD]):
        raise ReadingError(f"{label} is damaged or no text (it looks like {encoding}); save it as UTF-8")
    return text


def _looks_binary(text: str) -> bool:
    controls = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f")
    return controls > len(text) / 50
