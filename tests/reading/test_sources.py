"""Sources of one article and of many: files, folders, patterns, lists of addresses, links; what cannot be read is told."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import summarizer
from summarizer import ReadingError
from summarizer.reading.entries import Unread
from summarizer.reading.sources import named_source, read_article, read_articles
from summarizer.schema.article import Article
from tests.reading.site import Site, page, redirect
from tests.reading.test_formats import ATOM

TEXT = "The army left the town on Monday, officials said. At least 14 people were killed."
PAGE = f"<html lang='en'><head><title>Army leaves</title></head><body><article>{f'<p>{TEXT}</p>' * 4}</article></body></html>"


def labels(found: list[Article | Unread]) -> list[str]:
    return [f"{type(one).__name__} {Path(one.label).name}" for one in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    base = tmp_path / "news"
    (base / "b").mkdir(parents=True)
    (base / ".hidden").mkdir()
    (base / "a.txt").write_text(TEXT, encoding="utf-8")
    (base / "b" / "page.html").write_text(PAGE, encoding="utf-8")
    (base / "b" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (base / "c.jsonl").write_text(f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT}"}}\n', encoding="utf-8")
    (base / ".DS_Store").write_bytes(b"\x00\x01")
    (base / ".hidden" / "d.txt").write_text(TEXT, encoding="utf-8")
    return base


def test_a_folder_is_read_in_the_order_of_names_and_goes_on_after_what_cannot_be_read(folder: Path) -> None:
    found = list(read_articles(folder))
    assert labels(found) == [
        "Article a.txt",
        "Article page.html",
        "Unread picture.png",
        "Article c.jsonl, line 1",
        "Article c.jsonl, line 2",
    ]
    assert isinstance(found[2], Unread)
    assert "is a PNG image" in found[2].reason


def test_patterns_and_several_sources(folder: Path) -> None:
    assert labels(list(read_articles(folder / "*.txt"))) == ["Article a.txt"]
    assert labels(list(read_articles(folder / "**" / "*.html"))) == ["Article page.html"]
    assert labels(list(read_articles([folder / "none.txt", folder / "*.txt"]))) == ["Unread none.txt", "Article a.txt"]
    (nothing,) = read_articles(folder / "*.pdf")
    assert isinstance(nothing, Unread)
    assert "no file matches" in nothing.reason
    odd = folder / "a[1].txt"
    odd.write_text("The fighting went on.", encoding="utf-8")
    assert read_article(odd).text == "The fighting went on."


def test_one_article_of_many_says_what_to_do(folder: Path) -> None:
    for source in (folder, folder / "c.jsonl"):
        with pytest.raises(
            ReadingError, match=r"holds several articles; --entry N reads the Nth .* `summarizer batch` all"
        ):
            read_article(source)
    assert read_article(folder / "c.jsonl", entry=2).label.endswith("line 2")
    with pytest.raises(ReadingError, match="PNG"):
        read_article(folder, entry=3)
    for entry in (0, -1, 9):
        with pytest.raises(ReadingError, match=f"no entry {entry}"):
            read_article(folder / "c.jsonl", entry=entry)
    assert read_article(folder / "*.txt").text == TEXT, "a pattern that one file matches is that file"


def test_articles_are_read_one_after_another_as_they_are_asked_for(folder: Path) -> None:
    found = read_articles(folder)
    next(found)
    (folder / "c.jsonl").write_text('{"text": "Written later."}', encoding="utf-8")
    assert [one.text for one in found if isinstance(one, Article)][-1] == "Written later."


def test_an_address_is_fetched_with_its_own_address_and_the_servers_word_on_the_encoding() -> None:
    latin = PAGE.replace("Army leaves", "L'armée").encode("latin-1")
    with Site({"/a": redirect("/b"), "/b": page(latin, "text/html; charset=iso-8859-1")}) as site:
        article = read_article(site.url("/a"), allow_private_addresses=True, robots=False)
        assert (article.title, article.url, article.label) == ("L'armée", site.url("/b"), site.url("/a"))
        assert article.text.startswith(TEXT)
        for source in (f" {site.url('/a')}\n", named_source(site.url("/a"))):
            assert read_article(source, allow_private_addresses=True, robots=False).title == "L'armée"
        with pytest.raises(ReadingError, match="loopback; --allow-private-addresses"):
            read_article(site.url("/a"))
        with pytest.raises(ReadingError, match="give it as a str"):
            read_article(Path(site.url("/a")))


@pytest.mark.parametrize("address", ["ftp://news.example/a", "file:///etc/passwd", "gopher://127.0.0.1/x"])
def test_addresses_of_other_kinds_are_refused_by_name(address: str) -> None:
    with pytest.raises(ReadingError, match="only http and https are fetched"):
        read_article(named_source(address))


def test_bytes_and_text_with_an_address_in_it_are_never_fetched() -> None:
    with Site({"/": page(PAGE)}) as site:
        for source in (
            site.url().encode(),
            f"See {site.url()}",
            f"{site.url()}\n{site.url()}",
            f"{site.url()}\n".encode() * 2,
        ):
            read_article(source, allow_private_addresses=True)
    assert site.requests == []


def test_a_list_of_addresses_is_fetched_line_by_line(tmp_path: Path) -> None:
    with Site({"/1": page(PAGE), "/list": page("http://127.0.0.1:1/\n", "text/plain")}) as site:
        file = tmp_path / "addresses.txt"
        file.write_text(f"# today\n{site.url('/1')}\n\n{site.url('/none')}\nhttp://10.0.0.1/\n", encoding="utf-8")
        found = list(read_articles(file, allow_private_addresses=True, robots=False, fetch_timeout=0.2))
        assert [type(one).__name__ for one in found] == ["Article", "Unread", "Unread"]
        assert isinstance(found[1], Unread)
        assert found[1].reason == f"{site.url('/none')} was not fetched: the server answered 404 (Not Found)"
        # a list that was itself fetched sends us nowhere else
        assert read_article(site.url("/list"), allow_private_addresses=True, robots=False).text == "http://127.0.0.1:1/"


def test_links_of_a_feed_are_followed_where_asked_and_where_the_entry_is_only_a_summary() -> None:
    with Site({"/2": page(PAGE), "/3": page("", status=500)}) as site:
        feed = ATOM.replace("https://wire.example", site.url("").rstrip("/")).encode()
        kept = [one.text for one in read_articles(feed) if isinstance(one, Article)]
        assert site.requests == []
        first, second, third = read_articles(feed, follow_links=True, allow_private_addresses=True, robots=False)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, Unread)
    assert first.text == kept[0]
    assert second.text.startswith(TEXT)
    assert (second.title, second.source, second.published) == ("Army leaves", "Our Wire", "2024-03-02")
    assert second.label == f"the input, entry 2 ({site.url('/2')})"
    assert "500" in third.reason


def test_a_str_is_text_or_the_markup_of_a_page_and_nothing_else() -> None:
    assert read_article(PAGE).title == "Army leaves"
    assert read_article('{"text": "x y"}').text == '{"text": "x y"}'
    assert read_article("# War\n\nIt **went** on.").text == "# War\n\nIt **went** on."
    assert read_article("<Wire> The army left.").text == "<Wire> The army left."


def test_standard_input_is_read_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(PAGE.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert read_article(Path("-")).title == "Army leaves"


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "summarizer", *map(str, arguments), "--model", "keyword", "-q"]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=100, check=False)


def test_the_command_line_fetches_and_refuses_in_one_line(folder: Path) -> None:
    with Site({"/": page(PAGE), "/robots.txt": page("User-agent: *\nDisallow: /", "text/plain")}) as site:
        done = run(site.url())
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.decode().strip() == (
            f"summarizer: {site.url()} was not fetched: 127.0.0.1, which is loopback; --allow-private-addresses permits it"
        )
        assert b"--ignore-robots" in run(site.url(), "--allow-private-addresses").stderr
        done = run(site.url(), "--allow-private-addresses", "--ignore-robots", "--user-agent", "desk/1")
        assert (done.returncode, done.stderr) == (0, b"")
        data = json.loads(done.stdout)
        assert (data["article"]["title"], data["article"]["url"]) == ("Army leaves", site.url())
        assert site.requests[-1][1]["user-agent"] == "desk/1"
    done = run(folder)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"--entry N" in done.stderr
    done = run(folder / "c.jsonl", "--entry", "2", "--fields", "text=text")
    assert json.loads(done.stdout)["article"]["text"] == TEXT
    assert run(folder / "c.jsonl", "--fields", "words=text").returncode == 2


def test_an_author_reaches_the_summary() -> None:
    record = json.dumps({"text": TEXT, "author": ["A. Writer", "B. Writer"]}).encode()
    assert summarizer.summarize(record, model="keyword").article.author == "A. Writer, B. Writer"


def test_an_empty_word_is_no_folder_and_a_language_must_be_a_tag(folder: Path) -> None:
    empty = subprocess.run(
        [sys.executable, "-m", "summarizer", ""], capture_output=True, text=True, cwd=folder, check=False
    )
    assert (empty.returncode, empty.stderr) == (1, "summarizer: the article's name is empty; `.` is this folder\n")
    with pytest.raises(ReadingError, match="'fr\\|x' is no language tag"):
        read_article("Une phrase.", language="fr|x")


def test_half_a_character_in_any_word_about_an_article_is_replaced(tmp_path: Path) -> None:
    """A file's name that is not UTF-8 comes as one, and so may whatever JSON says."""
    (tmp_path / "caf\udce9.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty\udce9.txt").write_text("", encoding="utf-8")
    row = {
        "text": TEXT,
        "title": "Army \ud83d",
        "source": "Wire \ud83d",
        "author": "A \udc00",
        "url": "https://a.example/\ud83d",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = list(read_articles(tmp_path))
    assert labels(found) == ["Article caf\ufffd.txt", "Unread empty\ufffd.txt", "Article rows.jsonl"]
    for one in found:
        repr(one).encode("utf-8")
        assert not any("\ud800" <= letter <= "\udfff" for value in vars_of(one) for letter in value)
    (direct,) = read_articles(Article(TEXT, title="Army \ud83d"))
    assert isinstance(direct, Article)
    assert direct.title == "Army \ufffd"


def vars_of(one: Article | Unread) -> list[str]:
    return [value for name in one.__dataclass_fields__ if isinstance(value := getattr(one, name), str)]


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(folder: Path) -> None:
    (folder / "aa.jsonl").symlink_to("/proc/self/mem")  # opens, and then cannot be read
    found = list(read_articles(folder))
    assert labels(found)[:2] == ["Article a.txt", "Unread aa.jsonl"]
    assert len(found) == 6
    assert isinstance(found[1], Unread)
    assert "cannot be read" in found[1].reason
    with pytest.raises(ReadingError, match="cannot be read"):
        read_article(folder / "aa.jsonl")
