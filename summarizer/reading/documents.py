"""From a document's bytes to its entries: the one table of formats and their readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.errors import ReadingError
from summarizer.reading.decoding import decode
from summarizer.reading.entries import Entry, Unread
from summarizer.reading.formats import Format, detect_format
from summarizer.reading.header import read_header
from summarizer.reading.options import ReadingOptions


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes with what is known of them; `label` names them in messages, `url` is where they were fetched."""

    data: bytes
    label: str
    name: str = ""
    content_type: str = ""
    url: str | None = None

    @property
    def charset(self) -> str | None:
        """The encoding that the server named."""
        match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", self.content_type, re.IGNORECASE)
        return match[1] if match else None

    def format(self) -> Format:
        """Told from the content. Raises ReadingError for what is known to be no article."""
        return detect_format(self.data, self.name or self.label, self.content_type)


def read_document(document: Document, options: ReadingOptions) -> Iterator[Entry | Unread]:
    """The articles in a document that is no list of addresses. Raises ReadingError where none of it can be read."""
    kind, label = document.format(), document.label
    if kind in (Format.TEXT, Format.MARKDOWN, Format.URLS):
        yield _text(document, options, markdown=kind is Format.MARKDOWN)
    elif kind is Format.HTML:
        from summarizer.reading.html import read_html

        yield read_html(document.data, label, url=document.url, charset=document.charset, max_bytes=options.max_bytes)
    elif kind is Format.PDF:
        from summarizer.reading.pdf import read_pdf

        yield headed(read_pdf(document.data, label, max_bytes=options.max_bytes))
    elif kind is Format.DOCX:
        from summarizer.reading.docx import read_docx

        yield headed(read_docx(document.data, label, max_file_bytes=options.largest))
    elif kind is Format.EML:
        from summarizer.reading.eml import read_eml

        yield read_eml(document.data, label, max_bytes=options.max_bytes)
    elif kind is Format.NEWSML:
        from summarizer.reading.newsml import read_newsml

        yield from read_newsml(document.data, label)
    elif kind is Format.FEED:
        from summarizer.reading.feeds import read_feed

        yield from read_feed(document.data, label)
    else:
        yield from _rows(document, kind, options)


def _rows(document: Document, kind: Format, options: ReadingOptions) -> Iterator[Entry | Unread]:
    from summarizer.reading.tables import read_csv, read_json, read_jsonl, text_stream

    text = decode(document.data, document.label)
    if kind is Format.JSON:
        yield from read_json(text, document.label, options.named_fields)
    elif kind is Format.JSONL:
        yield from read_jsonl(text_stream(text), document.label, options.named_fields, options.max_bytes)
    else:
        yield from read_csv(text_stream(text), document.label, options.named_fields, options.max_bytes)


def _text(document: Document, options: ReadingOptions, *, markdown: bool) -> Entry:
    if len(document.data) > options.max_bytes:
        raise ReadingError(too_large(document.label, options.max_bytes))
    entry = headed(Entry(decode(document.data, document.label)))
    if not markdown:
        return entry
    from summarizer.reading.markdown import read_markdown

    shown = read_markdown(entry.text)
    return replace(entry, text=shown.text, title=entry.title or shown.title)


def headed(entry: Entry) -> Entry:
    """A text with the header that stands at its head taken off, and what the header says filled in."""
    header = read_header(entry.text)
    said = header.fields
    return replace(
        entry,
        text=entry.text[header.body_start :],
        title=said.get("title") or entry.title,
        source=said.get("source") or entry.source,
        url=said.get("url") or entry.url,
        published=said.get("published") or entry.published,
        language=said.get("language") or entry.language,
    )


def too_large(label: str, max_bytes: int) -> str:
    """The message for a text that is too large for one article."""
    return (
        f"{label} is larger than {max_bytes:,} bytes; that is no single article (SUMMARIZER_MAX_BYTES sets the limit)"
    )
