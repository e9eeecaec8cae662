"""An e-mail (or a page saved as MHTML): its subject, sender, date and body; attachments are not read."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart

from summarizer.errors import ReadingError
from summarizer.reading.blocks import joined
from summarizer.reading.decoding import decode
from summarizer.reading.entries import Entry
from summarizer.reading.html import fragment_text, read_html

_LEAST = 200  # characters of a plain part beside a far longer HTML part: it says only that there is one
_QUOTED = re.compile(r"^>.*(?:\n|$)", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)


def read_eml(data: bytes, label: str, *, max_bytes: int) -> Entry:
    """The article in an e-mail: its body, the subject as title. Raises ReadingError where there is no body of text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        if message.get_content_type() == "multipart/related" and message.get("Snapshot-Content-Location"):
            return _saved_page(message, label, max_bytes)
        message = _forwarded(message, label) or message
        text = _body(message, label)
        known = {name: _header(message, name) for name in ("Subject", "From", "Date", "Content-Language")}
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError):
        raise ReadingError(f"{label} is a damaged e-mail") from None
    sender = re.sub(r"\s*<[^>]*>\s*$", "", known["From"] or "").strip(' "') or known["From"]
    return Entry(
        text=text,
        title=re.sub(r"^(?:(?:re|fwd?|tr|aw|wg|rv|enc|i|odp|пересл)\s*:\s*)+", "", known["Subject"] or "", flags=re.I)
        or None,
        source=sender,
        published=known["Date"],
        language=known["Content-Language"],
    )


def _forwarded(message: EmailMessage, label: str) -> EmailMessage | None:
    """The mail that this one only passes on, attached under fewer words of its own."""
    for part in message.iter_attachments():
        inner = part.get_content() if part.get_content_type() == "message/rfc822" else None
        if isinstance(inner, EmailMessage):
            words = _body_or_none(inner, label) or ""
            return inner if len(words) > len(_body_or_none(message, label) or "") else None
    return None


def _body_or_none(message: EmailMessage, label: str) -> str | None:
    try:
        return _body(message, label)
    except ReadingError:
        return None


def _saved_page(message: EmailMessage, label: str, max_bytes: int) -> Entry:
    for part in message.walk():
        if part.get_content_type() == "text/html":
            address = _header(message, "Snapshot-Content-Location")
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return read_html(page, label, url=address, charset=part.get_content_charset(), max_bytes=max_bytes)
    raise ReadingError(f"{label} is a saved page without HTML in it")


def _body(message: EmailMessage, label: str) -> str:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    texts = {
        "plain": _SIGNATURE.sub("", _QUOTED.sub("", _content(plain, label))).strip() if plain else "",
        "html": fragment_text(_content(html, label)) if html else "",
    }
    if not any(texts.values()):
        raise ReadingError(
            f"{label} is an e-mail without a body of text (attachments are not read; save them as files)"
        )
    if texts["plain"] and (len(texts["plain"]) >= _LEAST or len(texts["html"]) < 4 * len(texts["plain"])):
        return _unwrapped(texts["plain"])
    return texts["html"]


def _content(part: MIMEPart, label: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "replace")
    charset = part.get_content_charset()
    try:
        return data.decode(charset).replace("\r\n", "\n") if charset else decode(data, label).replace("\r\n", "\n")
    except (LookupError, UnicodeDecodeError):
        return decode(data, label).replace("\r\n", "\n") if data else ""


def _unwrapped(text: str) -> str:
    """Paragraphs whose lines were broken for mail are put together again."""
    blocks = []
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text):
        lines = [line.strip() for line in block.split("\n")]
        longest = max(map(len, lines[:-1]), default=0)
        wrapped = 50 <= longest <= 82 and all(len(line) > 0.6 * longest for line in lines[:-1])
        blocks.append((" " if wrapped else "\n").join(lines).strip())
    return joined(block for block in blocks if block)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (
        IndexError,
        ValueError,
        AttributeError,
        TypeError,
    ):  # what the standard library's parser does on damaged ones
        return None
    return " ".join(str(value).split()) or None if value is not None else None
