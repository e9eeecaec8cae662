"""A web page, fetched or saved: its article's paragraphs, and what the page says about them.

trafilatura finds the article; before it, what is known to be no article is taken out, and after it, the lead that
many sites keep outside the article's body is put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile, islice

from lxml import etree
from lxml import html as lxml_html

from summarizer.errors import ReadingError
from summarizer.reading.blocks import joined, paragraphs, tag
from summarizer.reading.clutter import is_read_also, remove_clutter, short_text
from summarizer.reading.datelines import dateline, day_of, is_chronology
from summarizer.reading.decoding import decode, escaped_japanese
from summarizer.reading.entries import Entry
from summarizer.reading.extraction import extracted, host_of, is_list_of_links, join_posts, letters, links_of
from summarizer.reading.fields import HEADER_WORDS
from summarizer.reading.metadata import PageMetadata, page_metadata

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_LEADS = re.compile(
    r"standfirst|(?:^|[-_ ])(?:lead|lede|chapo|chapeau|deck|dek|sapo|excerpt|intro|introduction|kop|ingress|vorspann|anrisstext|"
    r"entradilla|sumario|bajada|occhiello|sommario|subheadline|sub-headline|subtitle|subtitulo|dropline|summary|desc|"
    r"description|headline-desc)(?:$|[-_ ])",
    re.IGNORECASE,
)
_DEFAULTS = ("iso-8859-1", "latin1", "us-ascii")
_PROGRAM = re.compile(r"<(script|style)\b")
MAX_ELEMENTS = 50_000
_MENU, _ENTRY = 12, 25  # entries of a menu that may stand before the headline, and characters of one
_ENOUGH = 250  # characters of an article below which the page's own articleBody is looked at


def read_html(data: bytes, label: str, *, url: str | None = None, charset: str | None = None, max_bytes: int) -> Entry:
    """The article of a page. `url` is where it was fetched, `charset` what the server called its encoding.

    `max_bytes` is for the page's text, without scripts and styles. Raises ReadingError where the page is no text, holds
    no article or too much.
    """
    root = _parsed(_without_programs(_decoded(data, label, charset)), label)
    _check_size(root, label, max_bytes)
    known = page_metadata(root)
    shown = root.find("body")
    remove_clutter(shown if shown is not None else root)
    if known.is_live:
        join_posts(root)
    lead, day = _lead(root, known), known.published or dateline(root)
    if known.title and (heading := next(root.iter("h1"), None)) is not None:
        heading.clear(keep_tail=True)  # the headline is the title, not the first sentence
    links = links_of(root)
    found, guessed = extracted(root, url or known.url)
    blocks = [block for block in found if not is_read_also(block)]
    if is_list_of_links(blocks, links) and not known.body:
        raise ReadingError(f"{label} is a page of links to articles; give the address of one")
    blocks = _without_title(_without_credit(blocks), known.title or guessed.title)
    if is_chronology(blocks):
        day, guessed = known.published, replace(guessed, published=None)
    blocks = _whole(blocks, known, lead)
    if not blocks:
        raise ReadingError(f"{label} is a page without an article's text (it may need a browser, a log-in or consent)")
    return Entry(
        text=joined(blocks),
        title=known.title or guessed.title,
        source=known.source or guessed.source,
        author=known.author or guessed.author,
        url=_page_address(url, known.url),
        published=day or guessed.published,
        language=known.language,
    )


def _whole(blocks: list[str], known: PageMetadata, lead: str | None) -> list[str]:
    """The paragraphs without the line of the day, with the lead; the page's own `articleBody` where they are few."""
    if blocks and day_of(blocks[0]) and not is_chronology(blocks):
        blocks = blocks[1:]
    if sum(map(len, blocks)) < _ENOUGH and known.body and len(known.body) > sum(map(len, blocks)):
        blocks = _plain_paragraphs(known.body)
    return [lead, *blocks] if lead and not _contains(blocks, lead) else blocks


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML that is all article, such as a feed's entry: its paragraphs, a blank line between them."""
    if not markup.strip():
        return ""
    try:
        root = lxml_html.fragment_fromstring(markup, create_parent="div", parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return markup.strip()
    remove_clutter(root)
    return joined(block for block in paragraphs(root) if not is_read_also(block))


def _without_programs(text: str) -> str:
    """The page without scripts and styles, which can be most of it; linked data is kept.

    By searching, not by a pattern: hostile pages open a hundred thousand scripts and close none.
    """
    lower, kept, position = text.lower(), [], 0
    if len(lower) != len(text):  # a few capitals grow when they are made small: then there is nothing to gain
        return text
    endless: set[str] = set()
    for opening in _PROGRAM.finditer(lower):
        if opening.start() < position or opening[1] in endless:
            continue
        start = lower.find(">", opening.end())
        end = lower.find(f"</{opening[1]}", start)
        if start < 0 or end < 0:
            endless.add(opening[1])
        elif "ld+json" in lower[opening.end() : start]:
            kept.append(text[position:end])
            position = end
        else:
            kept.append(text[position : opening.start()])
            closed = lower.find(">", end)
            position = len(text) if closed < 0 else closed + 1
    return "".join([*kept, text[position:]])


def _check_size(root: etree._Element, label: str, max_bytes: int) -> None:
    size = sum(len(piece) for piece in root.itertext())
    if size > max_bytes:
        raise ReadingError(
            f"{label} holds more than {max_bytes:,} characters of text; that is no single article (SUMMARIZER_MAX_BYTES sets the limit)"
        )
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise ReadingError(f"{label} is a page of more than {MAX_ELEMENTS:,} elements; that is no single article")


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(encoding=None, no_network=True, remove_comments=True, remove_pis=True)


def _decoded(data: bytes, label: str, charset: str | None) -> str:
    """By byte order mark, the server's word, the page's own word, and then as any text."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        own = _CHARSET.search(data[:8192]) or _XML_CHARSET.match(data[:200])
        said = [charset, own[1].decode("ascii") if own else None]
        if (charset or "").lower() in _DEFAULTS:  # what servers say that do not know
            said.reverse()
        # UTF-8 first: no text in another encoding is valid UTF-8 by chance, and saved pages keep declarations of old.
        for name in (escaped_japanese(data), "utf-8", *said):
            if name and (text := _in(data, name)) is not None:
                return text.replace("\x00", "")
    return decode(data, label).replace("\x00", "")


def _in(data: bytes, name: str) -> str | None:
    # What browsers read under these names (WHATWG Encoding Standard)
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
            "iso-8859-9": "cp1254", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "utf-16": "utf-8",
            "iso-8859-6": "cp1256" if b"\x81" in data else "iso-8859-6", "x-sjis": "cp932"}.get(name.lower(), name)  # fmt: skip
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _parsed(text: str, label: str) -> lxml_html.HtmlElement:
    # lxml takes no text that declares an encoding of its own
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = lxml_html.document_fromstring(text, parser=_parser())
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError(f"{label} is no readable HTML: {' '.join(str(error).split())[:100]}") from None
    for element in list(root.iter()):
        if isinstance(element.tag, str) and ":" in element.tag and not element.tag.startswith("{"):
            element.tag = element.tag.rsplit(":", 1)[-1] or "span"
    return root


def _lead(root: etree._Element, known: PageMetadata) -> str | None:
    """The paragraph under the headline that says in short what the article says.

    It is known by its name, or by being what the page gives as its description.
    """
    heading = next(iter(root.iter("h1")), None)
    if heading is None:
        return None
    below = (element for element in _after(root, heading) if tag(element) in ("p", "h2", "div", "span"))
    for element in islice(below, 40):
        text = short_text(element, 1200)
        if text is None or len(text) < 40:
            continue
        above = element.getparent() if tag(element) == "p" else None
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        if above is not None:
            names = f"{names} {above.get('class') or ''}"
        if _LEADS.search(names) or _same(text, known.description):
            return text
    return None


def _after(root: etree._Element, place: etree._Element) -> Iterator[etree._Element]:
    """The elements that come after `place` and what is in it."""
    inside = set(place.iter())
    return (element for element in dropwhile(lambda one: one is not place, root.iter()) if element not in inside)


def _same(text: str, description: str | None) -> bool:
    """Whether two texts open alike for as long as the shorter goes; descriptions are often cut off with dots."""
    if not description or len(description) < 40:
        return False
    ours, theirs = letters(text), letters(description.rstrip(".… "))
    return ours.startswith(theirs) or theirs.startswith(ours)


def _contains(blocks: list[str], text: str) -> bool:
    wanted = letters(text)
    return any(wanted in letters(block) or letters(block) == wanted for block in blocks)


def _without_title(blocks: list[str], title: str | None) -> list[str]:
    """The headline is the article's title, not its first sentence; what shortly stands before it is a menu."""
    for number, block in enumerate(blocks[:_MENU] if title else []):
        if letters(block) == letters(title or ""):
            return blocks[number + 1 :]
        if len(block) > _ENTRY:
            break
    return blocks


def _without_credit(blocks: list[str]) -> list[str]:
    """The line under an article that names its source ("Source: AFP")."""
    name, mark, _ = blocks[-1].partition(":" if blocks and ":" in blocks[-1] else "：") if blocks else ("", "", "")
    named = mark and len(blocks[-1]) < 100 and name.strip().casefold() in HEADER_WORDS["source"].split()
    return blocks[:-1] if named else blocks


def _plain_paragraphs(text: str) -> list[str]:
    if re.search(r"</?(?:p|br|div)\b", text, re.IGNORECASE):
        return fragment_text(text).split("\n\n")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _page_address(fetched: str | None, said: str | None) -> str | None:
    """The page's own address; of another site's it is believed only where nothing was fetched."""
    if fetched is None or said is None:
        return said or fetched
    return said if host_of(fetched) == host_of(said) else fetched
