"""Where articles come from: a file, standard input, bytes, or a string."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from summarizer.errors import ReadingError
from summarizer.language.detection import detect_language
from summarizer.reading.dates import publication_date
from summarizer.reading.decoding import decode
from summarizer.reading.header import read_header
from summarizer.schema.article import Article

DEFAULT_MAX_BYTES = 5_000_000
_WORD = re.compile(r"\w")


def read_article(
    source: str | Path | bytes | Article,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    language: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> Article:
    """The article in `source`: a Path is a file (`Path("-")` is standard input), a str is the text itself.

    `title`, `publisher`, `published` and `language` override what the text's own header says.
    Raises ReadingError where there is no text, or too much, and where `published` is no date.
    """
    if isinstance(source, Article):
        return _overridden(source, title, publisher, published, language)
    label, text = _text_of(source, max_bytes)
    text = _without_surrogates(text)
    header = read_header(text)
    article = Article(
        text=_checked(text[header.body_start :].strip(), label),
        title=header.fields.get("title"),
        source=header.fields.get("source"),
        url=header.fields.get("url"),
        published=publication_date(header.fields["published"]) if "published" in header.fields else None,
        language=_tag(header.fields.get("language")),
        label=label,
    )
    return _overridden(article, title, publisher, published, language)


def _overridden(
    article: Article, title: str | None, publisher: str | None, published: str | None, language: str | None
) -> Article:
    day = article.published
    if published is not None:
        day = publication_date(published)
        if day is None:
            raise ReadingError(
                f"the publication date {published!r} is not understood; write it like 2022-03-03 or 2022-03"
            )
    return Article(
        text=article.text,
        title=title or article.title,
        source=publisher or article.source,
        url=article.url,
        language=language or article.language or detect_language(article.text),
        published=day,
        label=article.label,
    )


def _text_of(source: str | Path | bytes, max_bytes: int) -> tuple[str, str]:
    if isinstance(source, bytes):
        _check_size(len(source), "the input", max_bytes)
        return "the input", decode(source, "the input")
    if isinstance(source, Path):
        label = "standard input" if str(source) == "-" else str(source)
        return label, decode(_bytes_of(source, label, max_bytes), label)
    _check_size(len(source), "the text", max_bytes)
    _reject_paths(source)
    return "the text", source


def _bytes_of(path: Path, label: str, max_bytes: int) -> bytes:
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            if path.is_dir():
                raise ReadingError(f"{label} is a folder; give one article's file")
            with path.open("rb") as file:
                data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise ReadingError(f"{label}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(f"{label} cannot be read: {reason}") from None
    _check_size(len(data), label, max_bytes)
    return data


def _check_size(size: int, label: str, max_bytes: int) -> None:
    if size > max_bytes:
        raise ReadingError(
            f"{label} is larger than {max_bytes:,} bytes; that is no single article (SUMMARIZER_MAX_BYTES sets the limit)"
        )


def _reject_paths(text: str) -> None:
    """A str is text. One that names an existing file is a slip that would be summarised as nonsense."""
    if len(text) < 300 and "\n" not in text and " " not in text.strip() and _is_file(text):
        raise ReadingError(f"{text!r} is a file's name; pass Path({text!r}) to read the file")


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _without_surrogates(text: str) -> str:
    """Lone surrogates cannot be encoded; each becomes U+FFFD, so that offsets stay."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _checked(text: str, label: str) -> str:
    if not _WORD.search(text):
        raise ReadingError(f"{label} holds no text")
    if "\x00" in text:
        raise ReadingError(f"{label} is binary data, not text")
    return text


def _tag(value: str | None) -> str | None:
    return value if value and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) else None
