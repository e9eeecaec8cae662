"""What format bytes are in, told from their content; a name or a Content-Type decides only where content cannot."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from enum import Enum

from summarizer.errors import ReadingError
from summarizer.reading.fields import field_of

_HEAD = 65_536  # bytes that detection looks at


class Format(Enum):
    """The formats that are read."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "an HTML page"
    PDF = "a PDF"
    DOCX = "a Word document"
    EML = "an e-mail"
    NEWSML = "NewsML or NITF"
    JSON = "JSON"
    JSONL = "JSON lines"
    CSV = "a table"
    FEED = "a feed"
    URLS = "a list of addresses"


_ROOTS = {
    **dict.fromkeys(("html", "head", "body"), Format.HTML),
    **dict.fromkeys(("rss", "feed", "rdf"), Format.FEED),
    **dict.fromkeys(("nitf", "newsml", "newsitem", "newsmessage", "packageitem"), Format.NEWSML),
}
# An element that opens a fragment of a page; other names between angle brackets may be anything.
_FRAGMENT_NAMES = (
    "a article aside b blockquote br center div em figure footer h1 h2 h3 header hr i img li link main meta nav ol p "
    "pre script section span strong style table title ul"
)
_FRAGMENTS = frozenset(_FRAGMENT_NAMES.split())
_PROLOGUE = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s+(?!html)[^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL | re.I
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+html", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    r"(From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Content-Type|Delivered-To|Reply-To|"
    r"Content-Transfer-Encoding|DKIM-Signature|X-[\w-]+|Sender|List-[\w-]+|Authentication-Results|Importance|"
    r"Thread-[\w-]+|User-Agent|In-Reply-To|References|Snapshot-Content-Location)[ \t]*:",
    re.IGNORECASE,
)
_MAIL_MARKS = {"message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "from"}
_HEADING = re.compile(r"^#{1,6} \S|^\S[^\n]*\n={3,}\s*$", re.MULTILINE)
_MARKUP = re.compile(r"\]\(\S{1,300}\)|^[*+-] \S|\*\*\S|^> \S|(?<!\w)_\S[^_\n]*_(?!\w)", re.MULTILINE)
_ZIPS = {
    "word/document.xml": "",
    "xl/workbook.xml": "a spreadsheet; save it as CSV",
    "ppt/presentation.xml": "a presentation; save it as text",
    "META-INF/container.xml": "an EPUB; convert it to text first",
    "content.xml": "an OpenDocument file; save it as DOCX or PDF",
}


def detect_format(data: bytes, name: str = "", content_type: str = "") -> Format:
    """The format of `data`; `name` is a file's name or an address, `content_type` a media type, "" where not known.

    Bytes of no known format are Format.TEXT: whether they are text at all is for decoding to say. Raises ReadingError
    for an archive or XML that is known to be no article.
    """
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data, name)
    head = _head(data)
    kind, suffix = content_type.split(";", 1)[0].strip().lower(), _suffix(name)
    if _is_mail(head, suffix):  # before the pages that mails hold
        return Format.EML
    return (
        _markup(head, name, kind, suffix)
        or _json(data, head, suffix)
        or _lines(head, kind, suffix)
        or (Format.MARKDOWN if _is_markdown(head, kind, suffix) else Format.TEXT)
    )


def _of_zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ReadingError(f"{name or 'the input'} is a damaged archive or Word document") from None
    found = next((what for member, what in _ZIPS.items() if member in names), "a ZIP archive; unpack it first")
    if found:
        raise ReadingError(f"{name or 'the input'} is {found}")
    return Format.DOCX


def _head(data: bytes) -> str:
    """The beginning as text, good enough to look for ASCII marks in any encoding that newsrooms use."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")


def _markup(head: str, name: str, kind: str, suffix: str) -> Format | None:
    start = _PROLOGUE.match(head)
    rest = head[start.end() if start else 0 :]
    if _DOCTYPE.match(rest):
        return Format.HTML
    element = _ELEMENT.match(rest)
    root = element[1].lower() if element else ""
    if root in _ROOTS:
        return _ROOTS[root]
    if root in _FRAGMENTS or re.search(r"<html[\s>]", head[:2048], re.IGNORECASE):
        return Format.HTML
    if head.lstrip().startswith("<?xml"):
        raise ReadingError(f"{name or 'the input'} is XML of an unknown kind (its root is <{root or '?'}>)")
    says_html = kind in ("text/html", "application/xhtml+xml") or suffix in (".html", ".htm", ".xhtml")
    return Format.HTML if says_html and re.search(r"</?[a-z][^>]*>", head, re.IGNORECASE) else None


def _json(data: bytes, head: str, suffix: str) -> Format | None:
    start = head.lstrip()
    if found := _json_by_content(data, start):
        return found
    # Damaged from the start: the name says what it would be, and its reader what is wrong.
    if suffix in (".jsonl", ".ndjson") and re.search(r"^\s*\{", start, re.MULTILINE):
        return Format.JSONL
    return Format.JSON if suffix == ".json" and start.startswith(("{", "[")) else None


def _json_by_content(data: bytes, start: str) -> Format | None:
    if not start.startswith(("{", "[")):
        return None
    first, _, others = start.partition("\n")
    if first.startswith("{") and _parses(first.strip()):
        return Format.JSONL if others.strip() else Format.JSON
    if len(data) <= _HEAD:
        return Format.JSON if _parses(start) else None
    # Too long to try: a bracket, then a value, a key or an end, as no sentence begins.
    return Format.JSON if re.match(r"\{\s*\"[^\"\n]*\"\s*:|\[\s*[\[{\"]", start) else _long_line(data, first)


def _long_line(data: bytes, first: str) -> Format | None:
    return Format.JSONL if first.startswith("{") and b"\n{" in data else None


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def _lines(head: str, kind: str, suffix: str) -> Format | None:
    lines = [line.strip() for line in head.splitlines()[:200] if line.strip() and not line.startswith("#")]
    if lines and all(_ADDRESS.fullmatch(line) for line in lines[: -1 if len(head) >= _HEAD else None]):
        return Format.URLS
    if kind in ("text/csv", "text/tab-separated-values") or suffix in (".csv", ".tsv"):
        return Format.CSV
    return Format.CSV if lines and _is_header(lines[0]) and len(lines) > 1 else None


def _is_mail(head: str, suffix: str) -> bool:
    found: set[str] = set()
    for line in head.split("\n\n", 1)[0].replace("\r", "").split("\n"):
        if line[:1] in (" ", "\t"):
            continue
        match = _MAIL_FIELD.match(line)
        if match is None and not re.match(r"[A-Za-z][\w-]*:", line):
            break
        if match:
            found.add(match[1].lower())
    return bool(found) if suffix in (".eml", ".mht", ".mhtml") else len(found) >= 3 and len(found & _MAIL_MARKS) >= 2


def _is_header(line: str) -> bool:
    """The first line of a table: every cell a short name, one of them a text's, another a known one."""
    for delimiter in (",", ";", "\t", "|"):
        cells = next(csv.reader([line], delimiter=delimiter), [])
        fields = {field_of(cell) for cell in cells}
        if len(cells) > 1 and all(len(cell) < 40 for cell in cells) and "text" in fields and len(fields - {None}) > 1:
            return True
    return False


def _is_markdown(head: str, kind: str, suffix: str) -> bool:
    if kind in ("text/markdown", "text/x-markdown") or suffix in (".md", ".markdown"):
        return True
    return bool(_HEADING.search(head)) and bool(_MARKUP.search(head))


def _suffix(name: str) -> str:
    path = name.split("?", 1)[0].split("#", 1)[0] if "://" in name else name
    match = re.search(r"\.\w{1,8}$", path)
    return match[0].lower() if match else ""
