"""What stands on a page beside the article: captions, menus, "read also" lines, what a browser does not show."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lxml import etree

from summarizer.language.folding import fold
from summarizer.reading.blocks import paragraphs, tag

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
_NAMES_OF_OFFERS = re.compile(r"pay-?wall|reg-?wall|meter-?wall|subscri|abonn|suscri|piano", re.IGNORECASE)
_OFFER = 500  # characters of an offer to subscribe
_LONGEST = 250  # characters of a "read also" line
_MOST = 0.3  # of a page's paragraphs: an element that holds more is the article, whatever it is called
_PUNCTUATION = " \t\n\"'“”«»‹›()[]{}*•·●▪–—->→►▶☞➜+|.…!:："


def remove_clutter(root: etree._Element) -> None:
    """Take out of `root` what is not the article's running text."""
    held, whole = _held(root), len(text_of(root))

    def is_small(element: etree._Element) -> bool:
        return _held(element) <= _MOST * held and len(text_of(element)) < _MOST * whole

    for element in list(root.iter()):
        if element.getparent() is None or tag(element) in (None, "html", "body", "article", "main"):
            continue
        offered = _is_offer(element) and len(text_of(element)) < whole / 2
        if offered or tag(element) in words("elements") or _is_picture(element) or _points_elsewhere(element):
            _drop(element)
        elif (_is_hidden(element) or _is_called_clutter(element) or tag(element) == "form") and is_small(element):
            # Some pages are one form, or hidden until a program shows them: what holds much of the text stays.
            _drop(element)


def is_read_also(text: str, *, linked: bool = False) -> bool:
    """Whether a paragraph only points to another article; `linked`: most of it is a link."""
    if len(text) > _LONGEST:
        return False
    line = fold(text.lstrip(_PUNCTUATION)[:120])
    if not line.startswith(_cues()):
        return False
    for cue in _cues():
        if line.startswith(cue):
            rest = line[len(cue) :]
            if not rest.strip(_PUNCTUATION) or (linked and not rest[:1].isalnum()) or re.match(r"\s*[:：|»►>]", rest):
                return True
    return False


def text_of(element: etree._Element) -> str:
    """All text below an element, white space made single."""
    return " ".join("".join(element.itertext()).split()) if tag(element) else ""


def short_text(element: etree._Element, most: int) -> str | None:
    """The text below an element, white space made single; None where it has more than `most` characters."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > most:
            return None
    return " ".join("".join(pieces).split())


@lru_cache
def words(name: str) -> frozenset[str]:
    """A list of `data/pages.toml`."""
    return frozenset(page_names()[name].split())


@lru_cache(maxsize=1)
def page_names() -> dict[str, Any]:
    """`data/pages.toml`: what newsrooms' pages call things."""
    return tomllib.loads(files("summarizer.reading").joinpath("data/pages.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _cues() -> tuple[str, ...]:
    table = tomllib.loads(files("summarizer.reading").joinpath("data/read_also.toml").read_text(encoding="utf-8"))
    return tuple(sorted({fold(cue) for cues in table.values() for cue in cues}, key=len, reverse=True))


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _is_picture(element: etree._Element) -> bool:
    """A figure with its words; one around a table is the article's."""
    return tag(element) in ("figure", "picture") and element.find(".//table") is None


def _is_called_clutter(element: etree._Element) -> bool:
    names = " ".join(element.get(name) or "" for name in ("class", "id", "role", "itemprop", "data-component"))
    given = names.casefold().split()
    parts = {part for word in given for part in re.split(r"__|--|_", word)}
    return bool(words("clutter") & (parts | set(given) | {word.replace("-", "") for word in parts}))


def _is_offer(element: etree._Element) -> bool:
    """An offer to subscribe: short, and with something to press. What is called so without that is what it closes off."""
    if not _NAMES_OF_OFFERS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return False
    return short_text(element, _OFFER) is not None and any(map(_stands_alone, element.iter("a", "button", "form")))


def _stands_alone(link: etree._Element) -> bool:
    """Whether no words stand beside a link, as they do in running text."""
    before, parent = link.getprevious(), link.getparent()
    words_before = before.tail if before is not None else parent.text if parent is not None else None
    return not (words_before or "").strip() and not (link.tail or "").strip()


def _held(element: etree._Element) -> int:
    return sum(len(text_of(paragraph)) for paragraph in element.iter("p", "P"))


def _points_elsewhere(element: etree._Element) -> bool:
    """A "read also" line, and the list of links that follows a heading of that kind."""
    name = tag(element)
    if name not in (
        "p",
        "div",
        "li",
        "strong",
        "b",
        "blockquote",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "aside",
        "section",
        "em",
    ):
        return False
    text = short_text(element, _LONGEST)
    if not text or len(paragraphs(element)) > 2:
        return False
    links = sum(len(text_of(link)) for link in element.iter("a"))
    if name in ("strong", "b", "em", "span") and (element.tail or "").strip():
        return False
    if not is_read_also(text, linked=links > len(text) / 3):
        return False
    following = element.getnext()
    if following is not None and tag(following) in ("ul", "ol", "div") and _is_all_links(following):
        _drop(following)
    return True


def _is_all_links(element: etree._Element) -> bool:
    text = text_of(element)
    links = sum(len(text_of(link)) for link in element.iter("a"))
    return 0 < len(text) < 1500 and links > 0.8 * len(text)


def _drop(element: etree._Element) -> None:
    """Remove an element and keep what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail
    parent.remove(element)
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
