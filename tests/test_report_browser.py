"""The HTML report as a person uses it: in a browser, by mouse, by keyboard, on a phone, on paper, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from summarizer import Summary
from summarizer.rendering.as_html import to_html
from tests.browsers import chromium, opened
from tests.reports import HOSTILE, arabic, example, replaced

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
MARKED = re.compile(r"\bon\b")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports, written before the browser runs: its loop and the pipeline's do not go together."""
    folder = tmp_path_factory.mktemp("reports")
    pages: dict[str, Summary] = {
        "example": example(),
        "arabic": arabic(),
        "hostile": replaced(example(), HOSTILE, "javascript:window.hurt=1"),
        "doubtful": _doubtful(),
    }
    for name, summary in pages.items():
        (folder / f"{name}.html").write_text(to_html(summary), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def _doubtful() -> Summary:
    """The example with a development that is only partly supported."""
    data = example().model_dump(mode="json")
    item = data["military_developments"][2]
    item["verdict"] = "partly_supported"
    item["checks"].append({"name": "place", "outcome": "failed", "detail": "not in the evidence"})
    return Summary.model_validate(data)


@pytest.fixture(scope="module")
def browser(files: dict[str, Path]) -> Iterator[Browser]:
    with chromium() as found:
        yield found


def marked(page: Page) -> str:
    """The marked words of the article."""
    script = (
        "all => all.map(one => [...one.querySelectorAll('.on')].map(piece => piece.textContent).join('')).join(' ')"
    )
    return " ".join(str(page.locator(".passage").evaluate_all(script)).split())


def in_sight(element: Locator) -> bool:
    """Whether it lies in the window and below the bar."""
    script = """one => { const box = one.getBoundingClientRect(), bar = document.getElementById('bar').getBoundingClientRect();
      return box.top >= bar.bottom - 1 && box.top < innerHeight }"""
    return bool(element.evaluate(script))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("example", {}),
        ("example", {**PHONE, "color_scheme": "dark"}),
        ("arabic", {"color_scheme": "dark"}),
        ("arabic", PHONE),
        ("doubtful", {"viewport": {"width": 1000, "height": 800}}),
    ],
    ids=["example-wide", "example-phone-dark", "arabic-wide-dark", "arabic-phone", "doubtful-tablet"],
)
def test_no_accessibility_violation(
    browser: Browser, files: dict[str, Path], name: str, options: dict[str, Any]
) -> None:
    with opened(browser, files[name], reduced_motion="reduce", **options) as visit:
        page = visit.page
        page.locator(".checks summary").nth(2).click()
        page.evaluate("scrollTo(0, 0)")
        assert visit.violations() == []
        page.get_by_role("button", name="Set aside").click()
        expect(page.locator("#set-aside")).to_be_visible()
        assert visit.violations("#set-aside") == []
        page.keyboard.press("Escape")
        page.locator(".passage").first.click()
        expect(page.locator("#resting")).to_be_visible()
        assert visit.violations("#resting") == []


def test_hovering_an_item_marks_its_passage_and_brings_it_into_sight(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["example"], reduced_motion="reduce") as visit:
        page = visit.page
        page.locator("#figure-2 .what").hover()
        expect(page.locator("#figure-2")).to_have_class(MARKED)
        evidence = sorted(example().humanitarian_figures[1].evidence, key=lambda one: one.start)
        assert marked(page) == " ".join(one.quote for one in evidence)
        expect(page.locator(".passage span.on").first).to_be_in_viewport()
        page.locator("h1").hover()
        expect(page.locator(".on")).to_have_count(0)


@pytest.mark.parametrize("name", ["example", "arabic"])
@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_from_an_item_to_its_passage_and_back(
    browser: Browser, files: dict[str, Path], name: str, options: dict[str, Any]
) -> None:
    with opened(browser, files[name], reduced_motion="reduce", **options) as visit:
        page = visit.page
        item = page.locator("#military-2")
        item.get_by_role("link", name="Passage in sentence").first.click()
        passage = page.locator(".passage.here")
        expect(passage).to_be_focused()
        assert in_sight(passage)
        summary = example() if name == "example" else arabic()
        assert marked(page) == " ".join(summary.military_developments[1].evidence[0].quote.split())
        page.get_by_role("link", name="Back to:").click()
        expect(item).to_be_focused()
        assert in_sight(item)
        page.go_back()
        expect(passage).to_be_focused()
        page.go_back()
        expect(item).not_to_be_focused()


def test_by_keyboard_alone_from_item_to_passage_to_items(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["example"], reduced_motion="reduce") as visit:
        page = visit.page
        page.locator("#military-1 .ref").focus()
        assert marked(page) == example().military_developments[0].evidence[0].quote
        page.keyboard.press("Enter")
        expect(page.locator(".passage.here")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="3 items rest on this passage")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#military-1")).to_be_focused()
        expect(page.locator("#resting")).to_be_hidden()


def test_a_passage_shows_the_items_that_rest_on_it(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["example"], reduced_motion="reduce") as visit:
        page = visit.page
        piece = page.locator(".passage span", has_text="dont près de 40.000 enfants").first
        piece.click()
        listed = page.locator("#resting-items a")
        anchors = (piece.get_attribute("data-items") or "").split()
        assert [href.evaluate("one => one.hash.slice(1)") for href in listed.all()] == anchors
        assert "nearly 40,000 children evacuated" in " ".join(listed.all_text_contents()).lower()
        expect(page.locator(".item.linked")).to_have_count(len(anchors))
        page.keyboard.press("Escape")
        expect(page.locator("#resting")).to_be_hidden()
        expect(page.locator(".item.linked")).to_have_count(0)
        expect(piece.locator("..")).to_be_focused()


def shown(page: Page) -> list[str]:
    return [one.get_attribute("id") or "" for one in page.locator(".item:visible").all()]


def test_filters_by_section_party_word_and_verdict_alone_and_together(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["doubtful"], reduced_motion="reduce") as visit:
        page = visit.page
        everything = shown(page)
        found = page.locator("#found")
        page.get_by_label("Verdict", exact=True).select_option("partly_supported")
        assert shown(page) == ["military-3"]
        expect(found).to_have_text(f"1 of {len(everything)} items")
        expect(page.locator(".passage span:not(.quiet)")).not_to_have_count(0)
        assert set(
            page.locator(".passage span:not(.quiet)").evaluate_all(
                "all => all.map(one => /military-3\\b/.test(one.dataset.items))"
            )
        ) == {True}
        page.get_by_role("button", name="Clear").click()
        assert shown(page) == everything

        page.get_by_label("Text").fill("MIZINTSEV évacuat")
        assert shown(page) == ["figure-2", "figure-3", "figure-4", "military-10"]
        page.get_by_label("Section", exact=True).select_option("military")
        assert shown(page) == ["military-10"]
        page.get_by_role("button", name="Clear").click()

        page.get_by_label("Party", exact=True).select_option(label="OTAN")
        chosen = shown(page)
        assert {"military-6", "military-7", "diplomatic-3"} < set(chosen) < set(everything)
        expect(page.locator("#figure")).to_be_hidden()
        page.get_by_label("Who says so", exact=True).select_option("claimed")
        assert shown(page) == []
        expect(found).to_have_text(f"0 of {len(everything)} items")


def test_a_way_to_an_item_that_a_filter_hides_shows_it(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["example"], reduced_motion="reduce") as visit:
        page = visit.page
        page.get_by_label("Section", exact=True).select_option("party")
        page.locator(".passage span", has_text="dont près de 40.000 enfants").first.click()
        page.locator("#resting-items a", has_text="40,000").click()
        expect(page.locator("#figure-3")).to_be_focused()
        assert page.get_by_label("Section", exact=True).input_value() == ""


def test_the_drawer_tells_the_reasons(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["arabic"], reduced_motion="reduce") as visit:
        page = visit.page
        drawer = page.locator("#set-aside")
        expect(drawer).to_be_hidden()
        page.get_by_role("button", name="Set aside 4").click()
        expect(drawer).to_be_visible()
        for aside in arabic().verification.set_aside:
            expect(drawer).to_contain_text(aside.reasons[0])
        drawer.get_by_role("button", name="Close").click()
        expect(drawer).to_be_hidden()
        expect(page.get_by_role("button", name="Set aside 4")).to_be_focused()


def test_a_right_to_left_article_runs_from_right_to_left(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["arabic"]) as visit:
        direction = "one => [getComputedStyle(one).direction, getComputedStyle(one).textAlign]"
        assert visit.page.locator("#article .text").evaluate(direction) == ["rtl", "start"]
        assert visit.page.locator("#summary").evaluate(direction) == ["rtl", "start"]
        assert visit.page.locator("body").evaluate(direction) == ["ltr", "start"]


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_all_can_be_read_without_script(browser: Browser, files: dict[str, Path], options: dict[str, Any]) -> None:
    with opened(browser, files["arabic"], java_script_enabled=False, **options) as visit:
        page = visit.page
        expect(page.locator("#filters")).to_be_hidden()
        assert page.locator(".item:visible").count() == arabic().verification.published
        words = " ".join(page.locator("#article .text").inner_text().split())
        assert "قصفت جماعة الحوثي يوم الاثنين مدينة مأرب" in words
        page.locator("#figure-1 .checks summary").click()
        expect(page.locator("#figure-1 blockquote")).to_be_visible()
        page.get_by_role("button", name="Set aside").click()
        expect(page.locator("#set-aside")).to_be_visible()
        page.locator("#set-aside .close").click()
        page.locator("#figure-1 .ref").first.click()
        expect(page.locator(".passage:target")).to_be_visible()


def test_nothing_hostile_runs_and_all_of_it_is_shown(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["hostile"], reduced_motion="reduce") as visit:
        page = visit.page
        page.locator(".item .what").first.hover()
        page.locator(".passage").first.click()
        page.locator("#resting-items a").first.click()
        page.get_by_label("Text").fill("onmouseover")
        page.get_by_role("button", name="Set aside").click()
        assert page.evaluate("typeof window.hurt") == "undefined"
        assert page.locator("img, iframe, object, embed").count() == 0
        visible = " ".join(HOSTILE.replace("\u202e", "").split())
        assert page.locator("h1").inner_text() == visible
        assert page.title().startswith(visible)
        assert page.locator(".facts .address a").count() == 0
        expect(page.locator(".facts .address")).to_have_text("javascript:window.hurt=1")


@pytest.mark.parametrize("name", ["example", "arabic", "hostile"])
def test_it_fits_every_width(browser: Browser, files: dict[str, Path], name: str) -> None:
    with opened(browser, files[name]) as visit:
        for width in (320, 390, 600, 768, 1024, 1440, 2400):
            visit.page.set_viewport_size({"width": width, "height": 800})
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_all_stands_in_a_row_and_controls_are_gone(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["arabic"]) as visit:
        page = visit.page
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator("#bar")).to_be_hidden()
        expect(page.locator("#set-aside")).to_be_visible()
        assert page.locator("#article").evaluate("one => getComputedStyle(one).overflowY") == "visible"
        assert page.locator("body").evaluate("one => getComputedStyle(one).color") == "rgb(34, 38, 42)"
        assert page.pdf(format="A4").startswith(b"%PDF")
