"""Where articles come from: a file, a folder, a pattern, an address, standard input, bytes, or a string.

`read_article` is the door for one article, `read_articles` for sources that hold many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Unpack

from summarizer.errors import ReadingError
from summarizer.language.detection import detect_language
from summarizer.reading.dates import publication_date
from summarizer.reading.documents import Document, headed, read_document, too_large
from summarizer.reading.entries import Entry, Unread
from summarizer.reading.files import bytes_of, files_in, is_pattern, matching, on_disk
from summarizer.reading.formats import Format, detect_format
from summarizer.reading.options import ReadingArguments, ReadingOptions
from summarizer.reading.streams import read_rows
from summarizer.schema.article import Article, Edtf

Source = str | Path | bytes | Article

_WORD = re.compile(r"\w")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_URL = re.compile(
    r"\s*([a-z][a-z0-9+.-]*://[^\s<>\"]+)\s*", re.IGNORECASE
)  # other schemes than http are refused by name
# Languages so near to one another that a page's own word is better than detection.
_NEAR = ("no nb nn da sv", "hr sr bs sl sh me", "id ms", "cs sk", "es gl ca pt an ast oc", "ru uk be bg mk", "fa ps ur ar",
         "hi mr ne", "zh yue wuu", "az tr tk", "nl af", "kk ky tt", "sw rw rn ln", "he yi", "am ti", "fil tl")  # fmt: skip


def read_article(
    source: Source,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    language: str | None = None,
    entry: int | None = None,
    **arguments: Unpack[ReadingArguments],
) -> Article:
    """The article in `source`.

    A Path is a file in any format that is read (`Path("-")` is standard input), a folder or a pattern (`news/*.html`);
    bytes are a file's content. A str is the text itself, or a page's HTML; one that is nothing but an http or https
    address is fetched, within the limits of `ReadingArguments`. bytes are never fetched.

    `title`, `publisher`, `published` and `language` override what the source says. `entry` counts from 1 and picks one
    article of a source that holds several. Raises ReadingError where there is no text, too much, or several articles
    and no `entry`, and where `published` is no date.
    """
    if isinstance(source, Article):
        return _overridden(source, title, publisher, published, language)
    found = read_articles(source, **arguments)
    article = next(found, None) if entry is None else next(islice(found, max(entry, 1) - 1, None), None)
    if article is None or (entry is not None and entry < 1):
        what = "no articles" if entry is None else f"no entry {entry}; entries count from 1"
        raise ReadingError(f"{_label(source)} holds {what}")
    if entry is None and next(found, None) is not None:
        raise ReadingError(
            f"{_label(source)} holds several articles; --entry N reads the Nth of them, `summarizer batch` all"
        )
    if isinstance(article, Unread):
        raise ReadingError(article.reason)
    return _overridden(article, title, publisher, published, language)


def read_articles(
    source: Source | Iterable[Source], **arguments: Unpack[ReadingArguments]
) -> Iterator[Article | Unread]:
    """The articles in `source`, one after another, each read when it is asked for; in place of one that cannot be read, why.

    Beside what `read_article` takes, an iterable of such sources. A folder is read with all folders in it, in the
    order of names, hidden files left out; a file of addresses, one a line, is fetched. Raises SettingsError where
    `fields` is not understood; what cannot be read never raises.
    """
    options = ReadingOptions(**arguments)
    _ = options.named_fields  # a slip in them is told at once
    return map(_encodable, _Reader(options).articles(source))


def read_record(record: Mapping[str, Any], **arguments: Unpack[ReadingArguments]) -> Iterator[Article | Unread]:
    """The articles in one row of a table: its columns go by the names that `--fields` takes; or, where it has a column
    `bytes`, a file's content, whose name is in `path`.

    An article's label is the row's `path`, else its `label`, address or title. Never raises ReadingError.
    """
    reader = _Reader(ReadingOptions(**arguments))
    yield from map(_encodable, reader.record(record))


def named_source(argument: str) -> str | Path:
    """The source that a word on the command line names: an address is fetched, anything else is a file, a folder or a pattern.

    Raises ReadingError for the empty word: an unset variable of a shell, and as a path it would be this folder.
    """
    if not argument:
        raise ReadingError("the article's name is empty; `.` is this folder")
    return argument.strip() if _URL.fullmatch(argument) else Path(argument)


class _Reader:
    """Reads sources by one set of options, with one fetcher."""

    def __init__(self, options: ReadingOptions) -> None:
        from summarizer.reading.fetching import Fetcher, limits_of  # the network, only where articles are read

        self._options = options
        self._fetcher = Fetcher(limits_of(options))

    def articles(self, source: Source | Iterable[Source]) -> Iterator[Article | Unread]:
        if isinstance(source, Article):
            yield source
        elif isinstance(source, bytes):
            yield from _told_apart(self._document(Document(source, "the input")), source)
        elif isinstance(source, str):
            yield from _told_apart(self._string(source), source.encode("utf-8", "surrogatepass"))
        elif isinstance(source, Path):
            yield from self._path(source)
        else:
            for one in source:
                yield from self.articles(one)

    def record(self, record: Mapping[str, Any]) -> Iterator[Article | Unread]:
        from summarizer.reading.tables import entry_of

        named = (record.get(name) for name in ("path", "label", "url", "title"))
        label = next((name for name in named if isinstance(name, str) and name.strip()), "a row")
        data = record.get("bytes")
        if isinstance(data, bytes):
            yield from self._document(Document(data, label, name=label.rsplit("/", 1)[-1]))
            return
        values = {name: value for name, value in record.items() if name not in ("path", "label")}
        yield from self._entries(iter([entry_of(values, "", label, self._options.named_fields)]), label)

    def _string(self, text: str) -> Iterator[Article | Unread]:
        """Plain text, or markup that is unmistakable; JSON and tables in a string are not looked for."""
        if address := _URL.fullmatch(text):
            yield from self._address(address[1])
            return
        text = _without_surrogates(text)
        if len(text) > self._options.max_bytes and not text.lstrip().startswith("<"):
            yield Unread("the text", too_large("the text", self._options.max_bytes))
            return
        if slip := _names_a_file(text):
            yield Unread("the text", slip)
            return
        if text.lstrip("\ufeff \t\r\n").startswith("<"):
            data = text.encode("utf-8")
            try:
                kind = detect_format(data)
            except ReadingError:
                kind = Format.TEXT
            if kind in (Format.HTML, Format.FEED, Format.NEWSML):
                yield from self._document(Document(data, "the text", content_type="; charset=utf-8"))
                return
        yield self._article(headed(Entry(text)), "the text")

    def _path(self, path: Path) -> Iterator[Article | Unread]:
        label = "standard input" if str(path) == "-" else str(path)
        if re.match(r"https?:/", label):
            yield Unread(label, f"{label} is an address; give it as a str, not as a Path")
            return
        if is_pattern(path):
            yield from self._several(matching(path), f"{label}: no file matches")
        elif on_disk(path, "is_dir"):
            yield from self._several(files_in(path), f"the folder {label} holds no files")
        else:
            yield from self._file(path, label)

    def _several(self, paths: Iterable[Path], none: str) -> Iterator[Article | Unread]:
        path = None
        for path in paths:
            yield from self._file(path, str(path))
        if path is None:
            yield Unread(none.split(":", 1)[0], none)

    def _file(self, path: Path, label: str) -> Iterator[Article | Unread]:
        try:
            if rows := on_disk(path, "is_file") and read_rows(path, label, self._options):
                yield from self._entries(rows, label)
                return
            data = bytes_of(path, label, self._options)
            document = Document(data, label, name=path.name)
            if document.format() is Format.URLS:
                yield from self._addresses(document)
                return
        except ReadingError as error:
            yield Unread(label, str(error))
            return
        yield from self._document(document)

    def _addresses(self, document: Document) -> Iterator[Article | Unread]:
        for line in document.data.decode("utf-8-sig", errors="replace").splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                yield from self._address(line.strip())

    def _address(self, url: str) -> Iterator[Article | Unread]:
        from summarizer.reading.fetching import shown

        try:
            page = self._fetcher.fetch(url)
        except ReadingError as error:
            yield Unread(shown(url), str(error))
            return
        yield from self._document(
            Document(page.data, shown(url), name=page.url, content_type=page.content_type, url=page.url)
        )

    def _document(self, document: Document) -> Iterator[Article | Unread]:
        try:
            yield from self._entries(read_document(document, self._options), document.label, document.url)
        except ReadingError as error:
            yield Unread(document.label, str(error))

    def _entries(
        self, entries: Iterator[Entry | Unread], of: str, url: str | None = None
    ) -> Iterator[Article | Unread]:
        for entry in entries:
            if isinstance(entry, Unread):
                yield entry
                continue
            label = f"{of}, {entry.label}" if entry.label else of
            if self._options.follow_links and entry.link:
                yield from self._followed(entry, label)
            else:
                yield self._article(entry, label, url)

    def _followed(self, entry: Entry, label: str) -> Iterator[Article | Unread]:
        """The whole article behind an entry's link, with what the entry says where the page says nothing."""
        from summarizer.reading.extraction import host_of
        from summarizer.reading.fetching import shown

        for article in self._address(entry.link or ""):
            if isinstance(article, Unread):
                yield Unread(label, f"{label}: {article.reason}")
            else:
                yield replace(
                    article,
                    label=f"{label} ({shown(entry.link or '')})",
                    title=article.title or entry.title,
                    source=entry.source if article.source in (None, host_of(article.url)) else article.source,
                    author=article.author or entry.author,
                    published=article.published or _published(entry.published),
                )

    def _article(self, entry: Entry, label: str, url: str | None = None) -> Article | Unread:
        text = _without_surrogates(entry.text).strip()
        if not _WORD.search(text):
            more = "; --follow-links reads the page behind its link" if entry.link else ""
            return Unread(label, f"{label} holds no text{more}")
        if "\x00" in text:
            return Unread(label, f"{label} is binary data, not text")
        if len(text.encode("utf-8")) > self._options.max_bytes:
            return Unread(label, too_large(label, self._options.max_bytes))
        return Article(
            text=text,
            title=entry.title,
            source=entry.source,
            author=entry.author,
            url=entry.url or url,
            published=_published(entry.published),
            language=_language(entry.language, text),
            label=label,
        )


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
    if language and not _TAG.fullmatch(language):
        raise ReadingError(f"the article's language {language!r} is no language tag (BCP 47), such as fr or pt-BR")
    text = _without_surrogates(article.text)
    title, publisher = title or article.title, publisher or article.source
    return replace(
        article,
        text=text,
        title=_without_surrogates(title) if title else None,
        source=_without_surrogates(publisher) if publisher else None,
        language=language or article.language or detect_language(text),
        published=day,
    )


def _published(written: str | None) -> Edtf | None:
    return publication_date(written) if written else None


def _language(declared: str | None, text: str) -> str:
    """The declared language, unless the text is clearly in another: templates of pages are often wrong about it."""
    detected = detect_language(text)
    if not declared or not _TAG.fullmatch(declared):
        return detected
    base = declared.split("-", 1)[0].lower()
    near = any({base, detected} <= set(group.split()) for group in _NEAR)
    short = sum(character.isalpha() for character in text[:1000]) < 60
    return declared if base == detected or near or short else detected


def _told_apart(found: Iterator[Article | Unread], source: bytes) -> Iterator[Article | Unread]:
    """All such sources have one label, so what cannot be read in them is told apart by their content."""
    for one in found:
        yield replace(one, digest=sha256(source).hexdigest()) if isinstance(one, Unread) else one


def _label(source: Source | Iterable[Source]) -> str:
    if isinstance(source, Path):
        return "standard input" if str(source) == "-" else str(source)
    if isinstance(source, str) and _URL.fullmatch(source):
        return source.strip()
    return "the text" if isinstance(source, str) else "the input"


def _names_a_file(text: str) -> str | None:
    """A str is text. One that names an existing file is a slip that would be summarised as nonsense."""
    short = len(text) < 300 and "\n" not in text and " " not in text.strip()
    return (
        f"{text!r} is a file's name; pass Path({text!r}) to read the file"
        if short and on_disk(Path(text), "is_file")
        else None
    )


def _encodable(one: Article | Unread) -> Article | Unread:
    """Without lone surrogates in any of its words; the names of files that are not UTF-8 come with them."""
    words = {field.name: value for field in fields(one) if isinstance(value := getattr(one, field.name), str)}
    changed = {name: _without_surrogates(value) for name, value in words.items() if _SURROGATE.search(value)}
    return replace(one, **changed) if changed else one  # type: ignore[arg-type]


def _without_surrogates(text: str) -> str:
    """Lone surrogates cannot be encoded; each becomes U+FFFD, so that offsets stay."""
    return _SURROGATE.sub("\ufffd", text)
