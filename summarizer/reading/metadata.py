"""What a page says about itself: JSON-LD first, then meta elements (OpenGraph, Dublin Core and the rest), microdata, time.

Sources: schema.org/NewsArticle, ogp.me, the HTML standard. Nothing here is a guess from running text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from summarizer.reading.clutter import page_names, text_of
from summarizer.reading.dates import publication_date

_ARTICLE = re.compile(r"(?:News|Reportage|Analysis|Opinion|Background|Review|AskPublic|LiveBlog|Blog|Satirical|Scholarly|Tech)?"
                      r"(?:Article|NewsArticle|Posting)$|^Report$")  # fmt: skip
_SECTION = 14  # characters of a heading that may be a section's name rather than the headline
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """As the page has it; `published` is a date as written, of the day on which it was published locally."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    description: str | None = None
    body: str | None = None
    is_live: bool = False


def page_metadata(root: etree._Element) -> PageMetadata:
    """What the page says about itself; fields that it does not say are None."""
    nodes = list(_linked_data(root))
    article = _article_of(nodes)
    metas = _metas(root)
    site = _name(article.get("publisher")) or _first(metas, "source")
    title = _text(article.get("headline")) or _first(metas, "title") or _item(root, "headline") or _heading(root)
    return PageMetadata(
        title=_without_site(title, site) if title else _title_element(root, site),
        source=site or _name(next((node for node in nodes if node.get("@type") == "WebSite"), None)),
        author=_authors(article.get("author")) or _byline(metas, root),
        url=_address(root, metas, article),
        published=_published(root, metas, article),
        language=_language(root, metas, article),
        description=_text(article.get("description")) or _first(metas, "description"),
        body=_text(article.get("articleBody"), lines=True) or _posts(article.get("liveBlogUpdate")),
        is_live="LiveBlogPosting" in _kinds(article),
    )


def _linked_data(root: etree._Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD that stands on top, in a list or in a graph."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(_bare(script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, 0)


def _bare(text: str) -> str:
    """JSON without the comment marks that some sites still put around it."""
    text = text.strip()
    for opening, closing in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        text = text.removeprefix(opening).removesuffix(closing).strip()
    return text.removesuffix(";")


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _objects(one, depth)
    elif isinstance(data, dict) and depth < 4:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), (list, dict)):
                yield from _objects(data[key], depth + 1)


def _article_of(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The page's own article; the fullest one where there are several."""
    found = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    return max(found, key=lambda node: ("datePublished" in node) + ("headline" in node), default={})


def _kinds(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind)]


def _metas(root: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := " ".join((meta.get("content") or "").split()):
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _names(field: str) -> list[str]:
    """The meta elements that may hold a field, the most telling first."""
    names: str = page_names()["meta"][field]
    return names.split()


def _first(metas: dict[str, list[str]], field: str) -> str | None:
    return next((metas[name][0] for name in _names(field) if name in metas), None)


def _text(value: Any, *, lines: bool = False) -> str | None:
    """A string of JSON-LD; its character references are often still in it."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    if not isinstance(value, str):
        return None
    plain = html.unescape(value)
    return (plain.strip() if lines else " ".join(re.sub(r"<[^>]{1,200}>", "", plain).split())) or None


def _posts(updates: Any) -> str | None:
    """The posts of a live blog, each under its headline."""
    posts = [one for one in (updates if isinstance(updates, list) else [updates]) if isinstance(one, dict)]
    parts = [_text(post.get(name), lines=True) for post in posts for name in ("headline", "articleBody")]
    return "\n\n".join(part for part in parts if part) or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return next((name for one in value if (name := _name(one))), None)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _authors(value: Any) -> str | None:
    names = [_name(one) for one in (value if isinstance(value, list) else [value])]
    return _listed(name for name in names if name)


def _byline(metas: dict[str, list[str]], root: etree._Element) -> str | None:
    for name in _names("author"):
        if names := _listed(metas.get(name, ())):
            return names
    return _item(root, "author") or next(
        (text_of(link) for link in root.iter("a") if (link.get("rel") or "").lower() == "author" and text_of(link)),
        None,
    )


def _listed(names: Iterable[str]) -> str | None:
    """Names in one line, each once; addresses and accounts are no names."""
    kept = dict.fromkeys(
        cleaned
        for name in names
        if not re.match(r"https?:|@", name) and (cleaned := re.sub(r"^[Bb]y\s+", "", name).strip(" ,;"))
    )
    return ", ".join(kept)[:300] or None


def _item(root: etree._Element, name: str) -> str | None:
    """Microdata: the first element with this itemprop, its content, datetime or text."""
    for element in root.iterfind(f".//*[@itemprop='{name}']"):
        value = element.get("content") or element.get("datetime") or text_of(element)
        if value and len(value) < 500:
            return " ".join(value.split())
    return None


def _heading(root: etree._Element) -> str | None:
    headings = [text for heading in root.iter("h1") if (text := text_of(heading))]
    return headings[0] if len(headings) == 1 else None


def _title_element(root: etree._Element, site: str | None) -> str | None:
    title = next((text_of(title) for title in root.iter("title") if text_of(title)), None)
    if title is None or site:
        return _without_site(title, site) if title else None
    headings = (text_of(heading) for heading in root.iter("h1", "h2", "h3"))
    return next(
        (one for one in headings if len(one) > _SECTION and re.match(rf"{re.escape(one)}\s+[-–—|•·]\s", title)), title
    )


def _without_site(title: str, site: str | None) -> str:
    """A headline without the site's name after (or before) a bar or dash."""
    if not site:
        return title
    name = re.escape(site)
    return (
        re.sub(rf"(?:\s+[-–—|•·:]\s+|\s*[_|]\s*){name}\s*$|^\s*{name}\s+[-–—|•·:]\s+", "", title, flags=re.IGNORECASE)
        or title
    )


def _address(root: etree._Element, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    candidates = [*links, _first(metas, "url"), article.get("url")]
    return next((one for one in candidates if isinstance(one, str) and re.match(r"https?://[^\s/]+", one)), None)


def _published(root: etree._Element, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    times = [(time.get("datetime") or "", text_of(time)) for time in root.iter("time") if not _is_update(time)]
    marked = _item(root, "datePublished")
    named = [
        _text(article.get("datePublished")),
        *(metas[name][0] for name in _names("published") if name in metas),
        marked,
    ]
    written = [value for value in named if value and publication_date(value)]
    if not written:
        # A page of one article has its date in the first time element; what follows are comments and other articles.
        written = [value for pair in times[:1] for value in pair if value and publication_date(value)]
    return _local_day(written[0], [*written, *(value for pair in times for value in pair)]) if written else None


def _is_update(time: etree._Element) -> bool:
    names = f"{time.get('itemprop')} {time.get('class')} {time.get('data-testid')}".lower()
    return "modif" in names or "updat" in names


def _local_day(value: str, others: list[str]) -> str:
    """`value`, or another writing of the same instant that shows on which day it was published where it was published.

    A time in UTC hides the newsroom's own day: 22:30Z is the next day in Paris.
    """
    instant = _instant(value)
    if instant is None or instant.utcoffset() != timedelta(0):
        return value
    for other in others:
        twin = _instant(other)
        if twin is not None and twin.utcoffset() and abs(twin - instant) < timedelta(minutes=1):
            return other
    return value


def _instant(value: str) -> datetime | None:
    if not _INSTANT.match(value):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _language(root: etree._Element, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    declared = article.get("inLanguage")
    if isinstance(declared, dict):
        declared = declared.get("alternateName") or declared.get("name")
    top = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    candidates = [_text(declared), top, _first(metas, "language")]
    return next((one.replace("_", "-").strip() for one in candidates if one and one.strip()), None)
