"""The agencies' XML: NITF, NewsML-G2 and NewsML 1, by the IPTC's specifications; each news item is an article."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from summarizer.errors import ReadingError
from summarizer.reading.blocks import joined, paragraphs, tag
from summarizer.reading.entries import Entry
from summarizer.reading.html import fragment_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEMS = ("newsitem",)
_ASIDE = frozenset(("media", "media-caption", "body.head", "body.end", "figure", "figcaption"))


def parse_xml(data: bytes, label: str) -> etree._Element:
    """The root of an XML document, read without network and without expanding entities. Raises ReadingError."""
    try:
        return etree.fromstring(
            data, parser=etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(f"{label} is damaged XML: {' '.join(str(error).split())[:120]}") from None


def read_newsml(data: bytes, label: str) -> Iterator[Entry]:
    """The articles of a document, in its order. Raises ReadingError where it is damaged or only points at items elsewhere."""
    root = parse_xml(data, label)
    if tag(root) == "nitf":
        yield _nitf(root)
        return
    items = [element for element in root.iter() if tag(element) in _ITEMS]
    if not items:
        raise ReadingError(f"{label} holds no news items, it only refers to them; give the items themselves")
    for number, item in enumerate(items, start=1):
        yield _item(item, f"item {number}" if len(items) > 1 else "")


def _item(item: etree._Element, label: str) -> Entry:
    inner = _first(item, "nitf")
    story = _nitf(inner) if inner is not None else Entry(_content(item))
    return Entry(
        text=story.text,
        title=_words(item, "headline") or story.title,
        source=_name(item, "provider") or _name(item, "infosource") or _words(item, "creditline") or story.source,
        author=_words(item, "by") or _words(item, "byline") or _name(item, "creator") or story.author,
        published=_words(item, "firstcreated")
        or _words(item, "versioncreated")
        or _words(item, "thisrevisioncreated")
        or story.published,
        language=_language(item) or story.language,
        label=label,
    )


def _nitf(root: etree._Element) -> Entry:
    body = _first(root, "body.content")
    issue, publication = _first(root, "date.issue"), _first(root, "pubdata")
    return Entry(
        text=_text(body) if body is not None else "",
        title=_words(root, "hl1") or _words(root, "headline") or _words(root, "title"),
        source=_words(root, "distributor") or (publication.get("name") if publication is not None else None),
        author=(_words(root, "byttl") and _words(root, "person")) or _words(root, "byline"),
        published=(issue.get("norm") if issue is not None else None)
        or (publication.get("date.publication") if publication is not None else None),
        language=root.get(_XML_LANG),
    )


def _content(item: etree._Element) -> str:
    """What stands in the item's content set: XHTML, or text that may itself be markup."""
    for name in ("inlinexml", "inlinedata", "datacontent", "contentset"):
        found = _first(item, name)
        if found is None:
            continue
        if len(found):
            bodies = [element for element in found.iter() if tag(element) == "body"]
            return _text(bodies[0] if bodies else found)
        text = (found.text or "").strip()
        return fragment_text(text) if text.startswith("<") else text
    return ""


def _text(element: etree._Element) -> str:
    for aside in [below for below in element.iter() if tag(below) in _ASIDE]:
        parent = aside.getparent()
        if parent is not None and aside is not element:
            aside.tail, tail = None, aside.tail
            before = aside.getprevious()
            if tail and before is not None:
                before.tail = (before.tail or "") + tail
            elif tail:
                parent.text = (parent.text or "") + tail
            parent.remove(aside)
    return joined(paragraphs(element))


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next((element for element in root.iter() if tag(element) == name), None)


def _words(root: etree._Element, name: str) -> str | None:
    found = _first(root, name)
    return (" ".join(" ".join(found.itertext()).split()) or None) if found is not None else None


def _name(root: etree._Element, name: str) -> str | None:
    """A party's name as G2 gives it: in a `name` element, an attribute, or after the colon of a code."""
    found = _first(root, name)
    if found is None:
        return None
    code = found.get("literal") or found.get("qcode") or found.get("uri") or ""
    return (
        _words(found, "name")
        or (" ".join((found.text or "").split()))
        or code.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
        or None
    )


def _language(item: etree._Element) -> str | None:
    meta = _first(item, "contentmeta")
    found = _first(meta if meta is not None else item, "language")
    return (found.get("tag") or found.get("FormalName") if found is not None else None) or item.get(_XML_LANG)
