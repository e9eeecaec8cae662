"""Reading: bytes of any encoding, headers of any kind, and clear errors for what is no article."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import ReadingError
from summarizer.reading.dates import publication_date
from summarizer.reading.decoding import decode
from summarizer.reading.header import read_header
from summarizer.reading.sources import read_article

FRENCH = (
    "L'armée a bombardé la ville. Près de 200 personnes ont été blessées, « selon » l'hôpital. Ça s'est passé à Noël."
)
RUSSIAN = "Российские войска обстреляли город. По словам врачей, погибли двенадцать человек, среди них дети. Бои продолжаются."
ARABIC = "قصفت القوات الحكومية المدينة صباح اليوم. وقال مسعفون إن اثني عشر شخصا قتلوا بينهم أطفال. وتستمر المعارك في الضواحي."
CHINESE = "政府军周一炮击了这座城市。红十字会说，至少十四人死亡，其中包括儿童。战斗仍在郊区继续，居民正在逃离。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH * 3, "cp1252"),
        (RUSSIAN * 3, "cp1251"),
        (RUSSIAN * 3, "koi8-r"),
        (ARABIC * 3, "cp1256"),
        (CHINESE * 3, "gb18030"),
        (CHINESE, "utf-16"),
        (RUSSIAN, "utf-16"),
    ],
)
def test_text_is_read_in_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "it") == text


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"PK\x03\x04....",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)) * 40,
        b"\x00\x01\x02\x03" * 100,
        b"text with a \x00 in it",
        b"\x7fELF\x02\x01\x01",
    ],
)
def test_binary_data_is_a_clear_error(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read_article(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "   \n\t ", "---\ntitle: only a header\n---\n", "...", "date 2022-03 ", "\ufeff"])
def test_an_input_without_text_is_a_clear_error(text: str) -> None:
    with pytest.raises(ReadingError, match="no text"):
        read_article(text)


def test_a_far_too_large_input_is_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_text("war " * 1000, encoding="utf-8")
    with pytest.raises(ReadingError, match="larger than 2,000 bytes"):
        read_article(file, max_bytes=2000)
    with pytest.raises(ReadingError, match="larger than"):
        read_article("war " * 1000, max_bytes=2000)


def test_files_that_are_not_there_or_are_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(ReadingError, match="folder"):
        read_article(tmp_path)
    with pytest.raises(ReadingError, match="cannot be read"):
        read_article(Path("nul\0byte"))


def test_a_files_name_given_as_text_is_caught(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("War.", encoding="utf-8")
    with pytest.raises(ReadingError, match="pass Path"):
        read_article("article.txt")


def test_lone_surrogates_do_not_travel_on() -> None:
    article = read_article("The army \ud83d left the town.")
    assert article.text == "The army \ufffd left the town."
    assert len(article.sha256) == 64


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        (" date 2022-03 The army left.", {"published": "2022-03"}, "The army left."),
        ("date: 2022-03-04 - The army left.", {"published": "2022-03-04"}, "The army left."),
        ("Date 2022-03-04\nThe army left.", {"published": "2022-03-04"}, "The army left."),
        (
            "Title: War: a story\nDate: 3 March 2022\nSource: Our Wire\n\nThe army left.",
            {"title": "War: a story", "published": "3 March 2022", "source": "Our Wire"},
            "The army left.",
        ),
        ("Titre : Guerre\r\nDate : 2022\r\n\r\nL'armée.", {"title": "Guerre", "published": "2022"}, "L'armée."),
        (
            "Заголовок: Война\nДата: 2022-03-01\nАрмия ушла.",
            {"title": "Война", "published": "2022-03-01"},
            "Армия ушла.",
        ),
        ("标题：战争\n日期：2022-03-01\n\n军队。", {"title": "战争", "published": "2022-03-01"}, "军队。"),
        (
            "---\ntitle: War\ndate: 2022-03-01\ntags: [a]\nlang: en\n---\nThe army left.",
            {"title": "War", "published": "2022-03-01", "language": "en"},
            "The army left.",
        ),
        ("Source: Our Wire\n\nThe army left.", {"source": "Our Wire"}, "The army left."),
        # no headers
        ("Moscow: the army left.\nSo it said.", {}, None),
        ("Data: the army left town, officials said.\nMore.", {}, None),
        ("Date palms burned in 2022 as the army left.", {}, None),
        ("date 2022 was a bad year.", {}, None),
        ("---\nThe army left.\n---\nMore.", {}, None),
        ("Title: only a line in the news\nand it goes on.", {}, None),
    ],
)
def test_headers(text: str, fields: dict[str, str], body: str | None) -> None:
    header = read_header(text)
    assert header.fields == fields
    assert text[header.body_start :].strip() == (text.strip() if body is None else body)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-03", "2022-03"),
        ("2022-03-03", "2022-03-03"),
        ("2022", "2022"),
        ("2022-3-3", "2022-03-03"),
        ("2022/03/03", "2022-03-03"),
        ("2022-03-03T10:00:00+01:00", "2022-03-03"),
        ("2022-03-03 10:00", "2022-03-03"),
        ("Thu, 03 Mar 2022 10:00:00 +0000", "2022-03-03"),
        ("24.02.2022", "2022-02-24"),
        ("02/24/2022", "2022-02-24"),
        ("3 mars 2022", "2022-03-03"),
        ("3 March 2022, 10:00", "2022-03-03"),
        ("März 2022", "2022-03"),
        ("3 марта 2022", "2022-03-03"),
        ("03/03/2022", "2022-03-03"),
        ("03/04/2022", "2022"),  # day and month cannot be told apart
        ("2022-13", None),
        ("2022-02-30", None),
        ("yesterday", None),
        ("soon", None),
        ("", None),
    ],
)
def test_publication_dates(value: str, expected: str | None) -> None:
    assert publication_date(value) == expected


def test_what_is_given_goes_before_the_header() -> None:
    text = "Title: T\nDate: 2022-03-01\nSource: S\n\nThe army left the town on Monday."
    article = read_article(text, title="Other", publisher="Wire", published="2021-05", language="de")
    assert (article.title, article.source, article.published, article.language) == ("Other", "Wire", "2021-05", "de")
    assert read_article(text).title == "T"
    with pytest.raises(ReadingError, match="not understood"):
        read_article(text, published="next Tuesday")


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (RUSSIAN, "ru"), (ARABIC, "ar"), (CHINESE, "zh")])
def test_the_language_is_detected(text: str, language: str) -> None:
    assert read_article(text).language == language


def test_digits_alone_have_no_language() -> None:
    assert read_article("12 34 56").language == "und"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        article = read_article(data)
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        assert article.text == article.text.strip()
        article.text.encode("utf-8")


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_marked_encodings_read_back(text: str, encoding: str) -> None:
    if "\x00" not in text and not text.startswith("\ufeff"):
        data = text.encode(encoding)
        if not any(data.startswith(mark) for mark in (b"%PDF", b"PK\x03\x04", b"GIF8", b"{\\rtf", codecs.BOM_UTF16_LE)):
            assert decode(data, "it") == text


@given(st.text(max_size=300))
def test_any_header_leaves_a_body_inside_the_text(text: str) -> None:
    header = read_header(text)
    assert 0 <= header.body_start <= len(text)
