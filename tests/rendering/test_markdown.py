"""The brief: complete, honest, and nothing from an article or a model is markup in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import summarizer
from summarizer import Summary
from summarizer.rendering.as_markdown import escape
from summarizer.rendering.wording import clean
from tests.rendering.summaries import every_code, example, sample, summary_of
from tests.samples import ARTICLE, draft

RENDERER = MarkdownIt("commonmark").enable("table")


class _Shown(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def brief(*summaries: Summary) -> str:
    return str(summarizer.render("markdown", list(summaries)))


HOSTILE = [
    "# heading", "- item", "1. one", "1) one", "+ plus", "=====", "---", "> quote", "`code`", "*bold* _it_ ~~no~~", "[a](javascript:x)",
    "![i](http://x/y.png)", "<script>alert(1)</script>", "&lt;b&gt; &amp;", "a | b", "[^1]", "[^1]: note", "http://evil.example/x", "www.evil.example",
    "<http://x>", "\\*", "a  \nb", "$x$", "@somebody", ":skull:", "    code", "\t1. x", "2022. A year", "…", "٣. نص",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "- {}", "| {} |\n|---|"])
def test_markup_in_a_text_stays_text(text: str, around: str) -> None:
    shown = _Shown(RENDERER.render(around.format(escape(text))))
    assert set(shown.tags) <= {"p", "ul", "li", "table", "thead", "tr", "th"}
    assert shown.text.strip() == clean(text)


@given(st.text(alphabet=st.sampled_from("ab 1.)-+=*_`~[]()<>&|\\#!:/@$^\n\té\u202e\u2028 ")))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    shown = _Shown(RENDERER.render("- " + escape(text)))
    assert set(shown.tags) <= {"ul", "li"}
    assert shown.text.strip() == clean(text).strip()


def test_the_brief_says_what_matters() -> None:
    text = brief(sample())
    for words in (
        "# Shelling in Marawi",
        "*Our Wire · 2017-05-30 · en · 39 words*",
        "**≥ 14**",
        "reported by Red Cross",
        "**2017-05-29** — Government troops shelled Marawi. [^1]",
        "shelling or missile · occurred · Marawi · Philippine army · ≥ 14 killed",
        "**Rebels** (Omar Solitario, spokesman), *refusal*",
        "“We will not leave the city,”",
        "7 of 7 drafted items published, none set aside.",
        "## Set aside (0)",
        "[^1]: Sentence 1: “Government troops shelled the town of Marawi on Monday” … “killing at least 14 people, the Red Cross said”",
    ):
        assert words in text.replace("&gt;", ">"), words


@pytest.mark.parametrize("summary", [sample(), example(), every_code()], ids=["sample", "example", "every code"])
def test_every_footnote_is_there_once_and_used(summary: Summary) -> None:
    text = brief(summary)
    listed = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert len(set(listed)) == len(listed)
    assert set(used) == set(listed)
    for line in text.splitlines():
        if line.startswith("- ") and not line.startswith("- humanitarian"):
            assert "[^" in line


def test_several_briefs_keep_their_footnotes_apart() -> None:
    text = brief(sample(), example())
    listed = re.findall(r"^\[\^(.+?)\]: ", text, re.MULTILINE)
    assert len(set(listed)) == len(listed)
    assert "[^a2-17]" in text


def test_what_was_set_aside_is_counted_and_listed_with_reasons() -> None:
    answer = draft()
    answer["gist"][0]["evidence"][0]["quote"] = "words that nobody wrote in this article"
    text = brief(summary_of(answer))
    assert "## In brief (0)\n\n*none that the article supports: 1 set aside*" in text
    assert "## Set aside (1)" in text
    assert "- gist: Government troops shelled Marawi." in text
    assert "words that nobody wrote" in text


def test_doubts_are_said_where_they_are() -> None:
    assert "*(partly supported: place: no such place)*" in brief(every_code())


def test_a_hostile_model_and_article_make_no_markup() -> None:
    answer = draft()
    answer["gist"][0]["text"] = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) | ![](http://x/y)"
    answer["positions"][0]["statement"] = "# no heading\n\n- no item"
    text = ARTICLE.replace("Shelling in Marawi", "<script>alert(1)</script> [t](javascript:x)")
    shown = _Shown(RENDERER.render(brief(summary_of(answer, text))))
    assert not {"script", "img", "a"} & set(shown.tags)
    assert shown.tags.count("h1") == 1
    assert "<script>alert(1)</script> [t](javascript:x)" in shown.text


def test_a_figure_in_the_articles_own_voice_says_so() -> None:
    answer = draft()
    answer["humanitarian_figures"][0] |= {"asserted_by": None, "assertion": "fact"}
    text = ARTICLE.replace(", the Red Cross said", "")
    answer["humanitarian_figures"][0]["evidence"][0]["quote"] = "killing at least 14 people"
    assert "| new | the article | [^1] |" in brief(summary_of(answer, text))


def test_passages_that_overlap_are_one_in_a_footnote() -> None:
    answer = draft()
    answer["gist"][0]["evidence"][0]["quote"] = "shelled the town of Marawi on Monday, killing at least 14 people"
    whole = "“Government troops shelled the town of Marawi on Monday, killing at least 14 people, the Red Cross said”"
    assert f"[^1]: Sentence 1: {whole}\n" in brief(summary_of(answer))
