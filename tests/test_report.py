"""The HTML report as text: one file that holds everything, allows nothing else, and in which all text stays text."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Summary
from summarizer.rendering.as_html import to_html
from summarizer.rendering.report import words
from summarizer.rendering.report.atlas import draw, spots
from summarizer.rendering.report.entries import entries
from summarizer.rendering.report.outlines import Window, outlines
from summarizer.rendering.report.passages import Mark, Passage, marked
from summarizer.schema.codes import Hedge
from summarizer.schema.values import Quantity
from tests.conftest import ROOT
from tests.reports import HOSTILE, arabic, example, replaced


class Page(HTMLParser):
    """A page as a list of its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inlined: dict[str, str] = {}
        self._within: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = self._within[-1] if self._within else ""
        if inside in ("script", "style"):
            self.inlined[inside] = self.inlined.get(inside, "") + data
        else:
            self.texts.append(data)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements with the names of their attributes: what no text may change."""
        return [(tag, tuple(attributes)) for tag, attributes in self.tags]

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def all(self, attribute: str) -> Iterator[str]:
        return (value for _, attributes in self.tags if (value := attributes.get(attribute)))


@pytest.fixture(scope="module", params=["example", "arabic"])
def summary(request: pytest.FixtureRequest) -> Summary:
    return example() if request.param == "example" else arabic()


def test_the_same_summary_gives_the_same_page(summary: Summary) -> None:
    assert to_html(summary) == to_html(Summary.model_validate_json(summary.model_dump_json()))


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(summary: Summary) -> None:
    page = Page(to_html(summary))
    metas = (attributes for tag, attributes in page.tags if tag == "meta")
    policy = next(one["content"] or "" for one in metas if one.get("http-equiv") == "Content-Security-Policy")
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for tag in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(page.inlined[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert sum(tag in ("script", "style") for tag, _ in page.tags) == 2
    attributes = {name for _, found in page.tags for name in found}
    assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "action")]
    assert all(value.startswith("#") or value.startswith("data:image/svg+xml,") for value in page.all("href"))


def test_every_way_within_the_page_leads_somewhere_and_no_anchor_is_there_twice(summary: Summary) -> None:
    page = Page(to_html(summary))
    anchors = list(page.all("id"))
    assert len(anchors) == len(set(anchors))
    targets = {value[1:] for value in page.all("href") if value.startswith("#")}
    named = set(
        itertools.chain(*(value.split() for name in ("data-items", "data-for", "data-map") for value in page.all(name)))
    )
    assert targets | named | set(page.all("aria-labelledby")) | set(page.all("popovertarget")) <= set(anchors)
    assert {f"figure-{n}" for n in range(1, len(summary.humanitarian_figures) + 1)} <= targets


def test_every_item_says_what_it_is_how_sure_who_says_so_and_where_it_stands() -> None:
    text = " ".join(Page(to_html(example())).text.split())
    check = example().verification
    for part in (
        f"{check.published} of {check.drafted} drafted items published",
        "more than 142,500",
        "claimed by Mikhaïl Mizintsev, chef du Centre national de gestion de la défense",
        "article’s own voice",
        "of the 142,500",
        "1–2 March 2022",
        "3 March 2022 (day read from the text)",
        "supported: evidence and checks",
        "Outlines: Natural Earth 1:50m (public domain)",
    ):
        assert part in text, part


def test_set_aside_items_are_in_the_drawer_with_their_reasons() -> None:
    text = Page(to_html(arabic())).text
    for aside in arabic().verification.set_aside:
        assert all(" ".join(reason.split()) in text for reason in aside.reasons)
    assert len(arabic().verification.set_aside) == 4


def test_an_empty_section_says_whether_everything_in_it_was_set_aside() -> None:
    whole = arabic()
    aside = whole.verification.set_aside[0].model_copy(update={"section": "positions"})
    verification = whole.verification.model_copy(update={"set_aside": [aside]})
    text = Page(to_html(whole.model_copy(update={"positions": [], "parties": [], "verification": verification}))).text
    assert "None that the article supports: 1 set aside." in text
    assert "None in the article." in text


def test_right_to_left_texts_say_so() -> None:
    by_id = {attributes["id"]: attributes for _, attributes in Page(to_html(arabic())).tags if "id" in attributes}
    assert by_id["summary"]["dir"] == "rtl"
    assert '<div class="text" dir="rtl" lang="ar">' in to_html(arabic())
    assert '<div class="text" dir="ltr" lang="fr">' in to_html(example())


@pytest.mark.parametrize(
    ("url", "alike"),
    [
        (None, None),
        ("javascript:alert(1)", "no address"),
        ('https://example.org/a?b=1&c="><script>', "https://example.org"),
    ],
)
def test_hostile_texts_change_no_element_of_the_page(summary: Summary, url: str | None, alike: str | None) -> None:
    harmless = Page(to_html(replaced(summary, "Xx" * (len(HOSTILE) // 2), alike)))
    hostile = Page(to_html(replaced(summary, HOSTILE, url)))
    assert [one for one in hostile.shape if one[0] != "bdi"] == [one for one in harmless.shape if one[0] != "bdi"]
    assert not [value for value in hostile.all("href") if "javascript" in value]
    assert hostile.text.count("<script>window.hurt") > 50


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/news?a=1&b=2", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org/", False),
        ("https:///nowhere", False),
        ("http://[", False),
        ("ftp://example.org/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url: str, linked: bool) -> None:
    html = to_html(example().model_copy(update={"article": example().article.model_copy(update={"url": url})}))
    outward = [value for value in Page(html).all("href") if not value.startswith(("#", "data:image/svg"))]
    assert outward == ([url] if linked else [])


texts = st.text(alphabet=st.sampled_from('ab .\n"<&é\u202e\U0001f600\0\x1b\ud800ش،'), max_size=120)


@settings(max_examples=150, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130), st.integers(1, 4)), max_size=8))
def test_marks_fall_on_their_characters_and_no_text_is_lost(text: str, spans: list[tuple[int, int, int]]) -> None:
    info = example().article.model_copy(update={"text": text, "language": "en"})
    marks = [Mark(start, end, number, f"item-{at}") for at, (start, end, number) in enumerate(spans)]
    found = marked(info, marks)
    shown = "".join(
        part if isinstance(part, str) else "".join(piece.text for piece in part.pieces)
        for paragraph in found.paragraphs
        for part in paragraph
    )
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", words.visible(text))
    shown.encode("utf-8")
    for mark in marks:
        pieces = [
            piece.text
            for paragraph in found.paragraphs
            for part in paragraph
            if isinstance(part, Passage)
            for piece in part.pieces
            if mark.item in piece.items
        ]
        valid = 0 <= mark.start < mark.end <= len(text)
        wanted = words.visible(text)[mark.start : mark.end] if valid else ""
        assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", wanted)


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_gives_a_page_that_can_be_written(text: str) -> None:
    page = to_html(replaced(arabic(), text or " ", text))
    page.encode("utf-8")
    assert Page(page).shape[-1][0] == "script"


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022-03-03", "3 March 2022"),
        ("2022-03", "March 2022"),
        ("2022", "2022"),
        ("2022-03-01/2022-03-02", "1–2 March 2022"),
        ("2022-02-28/2022-03-02", "28 February – 2 March 2022"),
        ("2021-12-31/2022-01-01", "31 December 2021 – 1 January 2022"),
        ("2022-01/2022-03", "January–March 2022"),
        ("2014/2022", "2014–2022"),
        ("2022-01-01/2022-03", "1 January 2022 – March 2022"),
        ("2022-02-24/..", "since 24 February 2022"),
        ("../2022-02-24", "until 24 February 2022"),
        ("2022-02-24/", "since 24 February 2022"),
        ("2022-03?", "March 2022, uncertain"),
        ("2022-03-03~", "about 3 March 2022"),
        ("202X", "202X"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_dates_in_words(edtf: str, expected: str) -> None:
    assert words.day(edtf) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ({"value": 14, "hedge": "exact"}, ("", "14", "")),
        ({"value": 0, "hedge": "exact"}, ("", "0", "")),
        ({"value": 142500, "low": 142500, "hedge": "more_than"}, ("more than", "142,500", "")),
        ({"value": 40, "high": 40, "hedge": "nearly"}, ("nearly", "40", "")),
        ({"low": 200, "high": 250, "hedge": "range"}, ("between", "200\u2009–\u2009250", "")),
        ({"low": 12, "hedge": "vague", "derived": True}, ("", "words", "no number stated; by convention 12")),
        ({"hedge": "vague"}, ("", "words", "no number stated")),
        ({"value": 30, "hedge": "about", "derived": True}, ("about", "30", "computed, not stated")),
    ],
)
def test_numbers_keep_their_hedge(quantity: dict[str, Any], expected: tuple[str, str, str]) -> None:
    full = {"as_written": "words", "value": None, "low": None, "high": None, "derived": False, **quantity}
    number = words.number(Quantity.model_validate(full))
    assert (number.hedge, number.digits, number.note) == expected


def test_every_hedge_but_the_bare_and_the_vague_has_words() -> None:
    for hedge in set(Hedge) - {Hedge.EXACT, Hedge.VAGUE}:
        quantity = Quantity(as_written="w", value=5, low=5, high=9, hedge=hedge, derived=False)
        assert words.number(quantity).hedge


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("ur", "rtl"), ("he", "rtl"), ("ckb", "rtl"), ("fr", "ltr"), ("zh-Hant-TW", "ltr"),
     ("und", "auto"), ("xx-nonsense", "auto"), ("\" onclick=\"", "auto"), ("", "auto")],
)  # fmt: skip
def test_directions_of_writing(tag: str, expected: str) -> None:
    assert words.direction(tag) == expected


def figures(*wholes: str | None) -> Summary:
    first = example().humanitarian_figures[0]
    listed = [first.model_copy(update={"id": f"f{n}", "subset_of": of}) for n, of in enumerate(wholes)]
    return example().model_copy(update={"humanitarian_figures": listed})


@pytest.mark.parametrize(
    ("wholes", "order"),
    [
        ((None, None, "f0", "f2", "f1"), ["f0", "f2", "f3", "f1", "f4"]),
        (("f1", "f0", "f2"), ["f0", "f1", "f2"]),
        (("elsewhere", "f0"), ["f0", "f1"]),
        ((None, *(f"f{n}" for n in range(2000))), [f"f{n}" for n in range(2001)]),
    ],
    ids=["parts", "circles", "unknown", "deep"],
)
def test_parts_follow_their_wholes(wholes: tuple[str | None, ...], order: list[str]) -> None:
    assert [entry.item.id for entry in entries(figures(*wholes)).sections["figure"]] == order


def at(*points: tuple[float, float]) -> Summary:
    """The example with its military developments at these latitudes and longitudes, and no other place."""
    military = example().military_developments[0]
    assert military.place
    listed = [
        military.model_copy(
            update={"place": military.place.model_copy(update={"name": f"P{n}", "latitude": y, "longitude": x})}
        )
        for n, (y, x) in enumerate(points)
    ]
    empty: dict[str, Any] = {"diplomatic_developments": [], "humanitarian_figures": []}
    mentions = example().mentions.model_copy(update={"places": []})
    return example().model_copy(update={"military_developments": listed, "mentions": mentions, **empty})


@pytest.mark.parametrize(
    "points",
    [
        [(46.6, 32.6)],
        [(46.6, 32.6), (46.61, 32.61), (50.0, 36.2)],
        [(-17.7, 178.0), (-14.3, -170.7)],  # Fiji and Samoa, across the date line
        [(89.9, 10.0), (89.0, -170.0)],
        [(-89.9, 10.0)],
        [(60.0, -150.0), (-30.0, 20.0), (35.0, 139.0)],
        [(0.0, 180.0), (0.0, -180.0)],
        [(31.5, 34.45), (31.3, 34.25)],
    ],
)
def test_every_located_place_is_in_the_map_and_no_label_lies_on_another(points: list[tuple[float, float]]) -> None:
    summary = at(*points)
    found = spots(entries(summary).all(), summary.mentions)
    drawing = draw(found, "fr", 720, 420, 13)
    assert drawing
    assert len(drawing.dots) == len(found)
    assert all(0 <= dot.x <= 720 and 0 <= dot.y <= 420 for dot in drawing.dots)
    assert 0 < drawing.bar <= 720 / 4
    labels = [label for label in (*drawing.countries, *(dot.label for dot in drawing.dots)) if label]
    for one, other in itertools.combinations(labels, 2):
        assert one.text == other.text or abs(one.y - other.y) > 8 or abs(one.x - other.x) > 8, (one, other)


def test_no_map_without_a_located_place() -> None:
    summary = at()
    assert draw(spots(entries(summary).all(), summary.mentions), "fr", 720, 420, 13) is None
    assert "No place is named" in to_html(summary)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(float("nan"), 0.0), (95.0, 0.0), (0.0, float("inf")), (0.0, 999.0)]
)
def test_coordinates_that_are_none_are_not_on_the_map(latitude: float, longitude: float) -> None:
    summary = at((latitude, longitude))
    assert draw(spots(entries(summary).all(), summary.mentions), "en", 720, 420, 13) is None


def test_outlines_cover_the_world_and_are_cut_to_the_window() -> None:
    world = outlines(Window(-180, -90, 180, 90))
    assert {"UKR", "RUS", "PSE", "ISR", "SDN", "SSD", "YEM", "XKX", "TWN", "MMR", "COD"} <= set(world)
    window = Window(30, 44, 40, 52)
    for rings in outlines(window).values():
        for x, y in itertools.chain(*rings):
            assert window.west - 1e-9 <= x <= window.east + 1e-9
            assert window.south - 1e-9 <= y <= window.north + 1e-9


def test_the_command_writes_a_report(tmp_path: Path) -> None:
    article, recordings = str(ROOT / "examples/ukraine-talks.fr.txt"), str(ROOT / "examples/recordings")
    options = ["--replay", recordings, "--model", "anthropic/claude", "--format", "html"]
    command = [sys.executable, "-W", "error", "-m", "summarizer", article, *options]
    file = tmp_path / "report.html"
    subprocess.run([*command, "-o", file], check=True, timeout=60)
    printed = subprocess.run(command, check=True, timeout=60, capture_output=True).stdout.decode()
    time = re.compile(r"<dt>Time</dt>.*")
    assert time.sub("", printed) == time.sub("", file.read_text(encoding="utf-8"))
    assert printed.startswith("<!doctype html>")
    assert printed.rstrip().endswith("</html>")
