"""The article's paragraphs in a page's tree: trafilatura's, where it keeps them apart, and the page's own where not."""

from __future__ import annotations

import logging
import re
import threading

from lxml import etree
from lxml import html as lxml_html

from summarizer.reading.blocks import paragraphs
from summarizer.reading.clutter import text_of
from summarizer.reading.entries import Entry

_SILENCE = logging.NullHandler()
_EXTRACTION = threading.Lock()  # trafilatura keeps state between calls
_MOSTLY = 0.8  # of the text
_FEW = 8  # paragraphs that may all be links: a short note can be


def extracted(root: lxml_html.HtmlElement, url: str | None) -> tuple[list[str], Entry]:
    """The article's paragraphs, and guesses of title, author, site and date."""
    import trafilatura  # slow to import

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(_SILENCE)  # what they note is not for our users

    own = paragraphs(root)
    with _EXTRACTION:
        document = trafilatura.bare_extraction(
            root, url=url, include_comments=False, include_tables=True, with_metadata=True
        )
    if document is None or isinstance(document, dict):
        return [], Entry("")
    host = host_of(url)
    guesses = Entry(
        "",
        title=document.title or None,
        source=host if host and host in (document.sitename or host) else document.sitename,
        author=document.author or None,
        published=_believable(document.date, url),
    )
    return _parted(paragraphs(document.body), own), guesses


def join_posts(root: etree._Element) -> None:
    """The posts of a live blog as one article; of several articles on a page only the first one is taken for it."""
    posts = [post for post in root.iter("article") if next(post.iterancestors("article"), None) is None]
    if len(posts) < 2:
        return
    whole = etree.Element("article")
    posts[0].addprevious(whole)
    for post in posts:
        post.tag = "section"
        whole.append(post)


def is_list_of_links(blocks: list[str], links: set[str]) -> bool:
    """Whether a page's paragraphs are little but the texts of its links: a front page, no article."""
    listed = sum(len(block) for block in blocks if letters(block) in links)
    return len(blocks) > _FEW and listed > _MOSTLY * sum(map(len, blocks))


def links_of(root: etree._Element) -> set[str]:
    """The texts of the page's links, their letters only."""
    return {letters(text_of(link)) for link in root.iter("a")}


def letters(text: str) -> str:
    """The letters and digits of a text, for comparing."""
    return re.sub(r"[\W_]+", "", text.casefold())


def host_of(url: str | None) -> str | None:
    """The site of an address, which stands for its name where nothing better is known."""
    import httpx2

    try:
        return httpx2.URL(url).host.removeprefix("www.") or None if url else None
    except httpx2.InvalidURL:
        return None


def _parted(found: list[str], own: list[str]) -> list[str]:
    """From short pages trafilatura gives all words in one piece: then the page's own paragraphs, those that are in it."""
    if len(found) != 1:
        return found
    whole = letters(found[0])
    inside = [block for block in own if letters(block) and letters(block) in whole]
    return inside if sum(len(letters(block)) for block in inside) >= _MOSTLY * len(whole) else found


def _believable(day: str | None, url: str | None) -> str | None:
    """Where it finds a year alone, in a copyright line or elsewhere, htmldate says the first of January."""
    if not day or not day.endswith("-01-01"):
        return day or None
    return day if re.search(rf"{day[:4]}\W?0?1\W?0?1(?!\d)", url or "") else None
