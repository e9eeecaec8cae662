"""Formats are told from their content, and each gives the article with what its source says about it."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import ReadingError, SettingsError
from summarizer.reading.entries import Unread
from summarizer.reading.formats import Format, detect_format
from summarizer.reading.sources import read_article, read_articles
from summarizer.schema.article import Article
from tests.reading.builders import pdf, set_lines, word

TEXT = "The army left the town on Monday, officials said. At least 14 people were killed in the fighting, among them a child."
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Our Wire</title>
<entry><title>Town &amp;amp; river</title><link href="https://wire.example/1"/><published>2024-03-01T23:30:00-05:00</published>
<author><name>A. Writer</name></author><content type="html">&lt;p&gt;The army left.&lt;/p&gt;&lt;p&gt;It said so.&lt;/p&gt;</content></entry>
<entry><title>Second</title><link href="https://wire.example/2"/><updated>2024-03-02T10:00:00Z</updated><summary>Only a summary of what happened.</summary></entry>
<entry><title>Third has nothing</title><link href="https://wire.example/3"/></entry></feed>"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kanal</title><language>de</language>
<item><title>Titel</title><link>https://k.example/1</link><pubDate>Fri, 01 Mar 2024 23:30:00 +0100</pubDate><description>Kurz.</description>
<content:encoded><![CDATA[<p>Die Armee hat die Stadt am Montag verlassen.</p><figure><figcaption>Bild</figcaption></figure><p>Das sagten Beamte.</p>]]></content:encoded></item></channel></rss>"""
NITF = """<?xml version="1.0"?><nitf xml:lang="en"><head><title>T</title><docdata><date.issue norm="20240301T233000-0500"/></docdata><pubdata name="Our Wire"/></head>
<body><body.head><hedline><hl1>Army leaves town</hl1></hedline><byline>By A. Writer</byline></body.head>
<body.content><p>The army left the town.</p><media media-type="image"><media-caption>A soldier</media-caption></media><p>It said <q>so</q>.</p></body.content></body></nitf>"""
G2 = """<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:1" xml:lang="fr"><itemMeta><provider qcode="nprov:AGENCE"/><versionCreated>2024-03-02T01:00:00+01:00</versionCreated></itemMeta>
<contentMeta><headline>L'armée se retire</headline><language tag="fr"/></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>L'armée a quitté la ville.</p><p>Elle l'a dit.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:2"><contentMeta><headline>Second</headline></contentMeta><contentSet><inlineData>Plain words of the second item.</inlineData></contentSet></newsItem></itemSet></newsMessage>"""
MARKDOWN = f"# Army leaves\n\nThe **army** left [the town](https://x.example) on\nMonday.\n\n![A soldier](a.jpg)\n\n- 14 killed\n- 3 wounded\n\n> \u201cWe leave\u201d, it said.\n\n{TEXT}\n"


def mail(**parts: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Our Wire <wire@wire.example>"
    message["To"] = "desk@desk.example"
    message["Subject"] = "Fwd: Armée : la ville quittée"
    message["Date"] = "Fri, 01 Mar 2024 23:30:00 -0500"
    message["Message-ID"] = "<1@wire.example>"
    if "plain" in parts:
        message.set_content(parts["plain"])
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.bin")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT, Format.TEXT),
        ("[Reuters] The army left.", Format.TEXT),
        ("{The army left.}", Format.TEXT),
        ("<Reuters> The army left the town.", Format.TEXT),
        ("Title: T\nDate: 2022-03-03\nSource: S\n\nThe army left.", Format.TEXT),
        ("From: the front line\nSubject: war\n\nThe army left.", Format.TEXT),
        ("The army, the navy, the police: all left, he said.\nText, title, source.", Format.TEXT),
        ("---\ntitle: T\n---\nThe army left.", Format.TEXT),
        ("# Army\n\nIt **left**.", Format.MARKDOWN),
        ("Army\n====\n\nIt [left](https://x.example).", Format.MARKDOWN),
        ("#1 in the list is war.\nIt went on.", Format.TEXT),
        ("<!DOCTYPE html><html><body>x", Format.HTML),
        ("\ufeff\n<!-- saved from url=(0001)x -->\n<html><body>x", Format.HTML),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'a' 'b'><html xmlns='x'><body>x", Format.HTML),
        ("<p>The army left.</p>", Format.HTML),
        (ATOM, Format.FEED),
        (RSS, Format.FEED),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", Format.FEED),
        (NITF, Format.NEWSML),
        (G2, Format.NEWSML),
        ('{"text": "The army left."}', Format.JSON),
        ('[{"text": "The army left."}]', Format.JSON),
        ('{\n "a": {"b": "c"}\n}', Format.JSON),
        ('{"text": "a"}\n{"text": "b"}\n', Format.JSONL),
        ("title,text\nA,The army left.\n", Format.CSV),
        ("date;body\n2022-03-03;L'armée\n", Format.CSV),
        ("https://a.example/1\n\n# a comment\nhttp://b.example/2\n", Format.URLS),
        ("https://a.example/1 says that the army left.", Format.TEXT),
    ],
)
def test_formats_are_told_from_the_content_whatever_the_name(data: str, kind: Format) -> None:
    assert detect_format(data.encode()) is kind
    assert detect_format(data.encode(), "article.bin") is kind
    if kind is not Format.MARKDOWN and kind is not Format.TEXT:
        assert detect_format(data.encode("utf-16"), "a.txt") is kind or data.startswith(("<?xml", "https"))


def test_binary_formats_are_told_too() -> None:
    assert detect_format(pdf([[]])) is Format.PDF
    assert detect_format(word([("Normal", "x")]), "a.pdf") is Format.DOCX
    assert detect_format(mail(plain=TEXT)) is Format.EML


@pytest.mark.parametrize(
    ("member", "words"), [("xl/workbook.xml", "CSV"), ("META-INF/container.xml", "EPUB"), ("a.txt", "unpack it")]
)
def test_archives_that_are_no_article_say_what_to_do(member: str, words: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(ReadingError, match=words):
        read_article(file.getvalue())


def test_an_unknown_xml_is_named() -> None:
    with pytest.raises(ReadingError, match="its root is <invoice>"):
        read_article(b"<?xml version='1.0'?><invoice><total>7</total></invoice>")


def test_a_pdf_gives_paragraphs_without_running_heads_and_parted_words() -> None:
    head = [(72.0, 800.0, 9.0, "The Daily Wire"), (500.0, 800.0, 9.0, "12 March 2024")]
    first = [
        "KHARTOUM - At least 27 people were killed on Tuesday as the army and the",
        "paramilitary force fought for a bridge over the river, a network of doc-",
        "tors said, adding that nine of the dead were children.",
        "    Nearly 4,000 families have fled the district, the UN migration agency",
        "said.",
        "",
        "\u201cWe have no water,\u201d said a resident (25) reached by telephone on Monday at",
    ]
    second = ["his home.", "", "Talks are planned in Geneva on Friday."]
    data = pdf(
        [
            [*head, (72, 770, 18, "Bridge falls after three days"), *set_lines(first), (290, 30, 9, "1")],
            [*head, *set_lines(second), (290, 30, 9, "2")],
            [*head, *set_lines(["Nobody has claimed responsibility."]), (290, 30, 9, "3")],
        ],
        info="/Title (Bridge falls) /Author (A. Writer)",
    )
    article = read_article(data)
    assert article.text.split("\n\n") == [
        "Bridge falls after three days",
        "KHARTOUM - At least 27 people were killed on Tuesday as the army and the paramilitary force fought for a bridge "
        "over the river, a network of doctors said, adding that nine of the dead were children.",
        "Nearly 4,000 families have fled the district, the UN migration agency said.",
        "\u201cWe have no water,\u201d said a resident (25) reached by telephone on Monday at his home.",
        "Talks are planned in Geneva on Friday.",
        "Nobody has claimed responsibility.",
    ]
    assert (article.title, article.author, article.published) == ("Bridge falls", "A. Writer", None)


DOCUMENTS = Path(__file__).parent / "documents"


def test_right_to_left_pdfs_are_read_in_reading_order() -> None:
    """Printed by a browser from the Arabic page and from lines that mix scripts, numbers and brackets."""
    expected = (DOCUMENTS.parent / "pages" / "channel_ar.txt").read_text(encoding="utf-8").strip()
    assert read_article(DOCUMENTS / "arabic.pdf").text == expected
    assert read_article(DOCUMENTS / "mixed.pdf").text.split("\n\n") == [
        "צה״ל הודיע ב-25/2/2020 כי 14 בני אדם נהרגו (לפי Reuters News) ו-3.5 מיליון נעקרו, כ-50% מהם ילדים.",
        "The word سلام means peace, and السلام العادل is a just peace, said OCHA on 3 May.",
        "وقال المتحدث باسم OCHA في 12 أيار/مايو 2020 إن «١٢٣ شخصا» قتلوا (بينهم 7 أطفال) في معرة النعمان، ونزح 1,200.",
    ]


def test_a_pdf_of_two_hundred_pages_is_read_and_larger_ones_are_refused_by_name() -> None:
    lines = [
        f"Line {number} of the report says that {number} people fled the town, officials said." for number in range(45)
    ]
    report = pdf([set_lines(lines)] * 200)
    assert len(read_article(report).text) > 500_000
    with pytest.raises(ReadingError, match="more than 100,000 bytes of text"):
        read_article(report, max_bytes=100_000)
    with pytest.raises(ReadingError, match="larger than 1,000 bytes"):
        path = Path("report.pdf")
        path.write_bytes(report)
        read_article(path, max_bytes=1000, max_file_bytes=1000)
    with pytest.raises(ReadingError, match="2,001 pages"):
        read_article(pdf([[]] * 2001))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf([[]]), "without text, perhaps a scan"),
        (b"%PDF-1.7\njunk", "damaged PDF"),
        (pdf([set_lines([TEXT])])[:300], "damaged PDF|without text"),
        (
            pdf([set_lines([TEXT])], encrypt="/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 "
            f"/O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<{'00' * 16}> <{'00' * 16}>]"),
            "locked with a password",
        ),
    ],
)  # fmt: skip
def test_pdfs_that_cannot_be_read_say_why(data: bytes, words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        read_article(data)


def test_a_word_document_gives_paragraphs_rows_title_and_author() -> None:
    data = word(
        [
            ("Title", "Army leaves town"),
            ("Normal", TEXT),
            ("Caption", "Figure 1: A soldier"),
            ("Heading 1", "The toll"),
            ("List Bullet", "14 killed"),
        ],
        [("Town", "Killed"), ("Kherson", "12")],
        author="A. Writer",
    )
    article = read_article(data)
    assert article.text.split("\n\n") == [TEXT, "The toll", "14 killed", "Town | Killed", "Kherson | 12"]
    assert (article.title, article.author) == ("Army leaves town", "A. Writer")


def test_a_word_document_that_unpacks_to_far_too_much_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 3_000_000)
    with pytest.raises(ReadingError, match="would unpack to 3,000,000 bytes"):
        read_article(file.getvalue(), max_bytes=100_000, max_file_bytes=100_000)
    with pytest.raises(ReadingError, match="damaged Word document"):
        read_article(file.getvalue())


def test_a_mail_gives_subject_sender_local_day_and_the_fuller_body() -> None:
    article = read_article(mail(plain=f"{TEXT}\n\n> quoted\n\n-- \nA signature", html="<p>x</p>"))
    assert article.text == TEXT
    assert (article.title, article.source, article.published) == ("Armée : la ville quittée", "Our Wire", "2024-03-01")
    stub = mail(plain="View this in your browser.", html=f"<style>p{{}}</style><p>{TEXT}</p><p>{TEXT}</p>")
    assert read_article(stub).text == f"{TEXT}\n\n{TEXT}"
    with pytest.raises(ReadingError, match="without a body of text"):
        read_article(mail(plain=""))


def test_lines_broken_for_mail_are_put_together() -> None:
    import textwrap

    broken = "\n".join(textwrap.wrap(TEXT * 3, 72))
    assert read_article(mail(plain=f"{broken}\n\nSecond paragraph.")).text == f"{TEXT * 3}\n\nSecond paragraph."


def test_a_page_saved_as_mhtml_is_read_as_the_page() -> None:
    page = f"<html><head><title>T</title></head><body><article>{f'<p>{TEXT}</p>' * 3}</article></body></html>"
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wire.example/1\r\nSubject: T\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        f"{page}\r\n--b--\r\n"
    ).encode()
    article = read_article(data)
    assert article.text.startswith(TEXT)
    assert article.url == "https://wire.example/1"


def test_newsml_and_nitf() -> None:
    one = read_article(NITF.encode())
    assert one.text == "The army left the town.\n\nIt said so."
    assert (one.title, one.source, one.author, one.published) == (
        "Army leaves town",
        "Our Wire",
        "By A. Writer",
        "2024-03-01",
    )
    first, second = read_articles(G2.encode())
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "L'armée a quitté la ville.\n\nElle l'a dit."
    assert (first.title, first.source, first.published, first.language) == (
        "L'armée se retire",
        "AGENCE",
        "2024-03-02",
        "fr",
    )
    assert (second.text, second.label) == ("Plain words of the second item.", "the input, item 2")


def test_newsml_1() -> None:
    data = (
        "<NewsML><NewsItem><NewsManagement><ThisRevisionCreated>20240301T233000-0500</ThisRevisionCreated></NewsManagement>"
        '<NewsComponent><NewsLines><HeadLine>Army leaves</HeadLine><ByLine>A. Writer</ByLine></NewsLines><DescriptiveMetadata><Language FormalName="en"/>'
        "</DescriptiveMetadata><ContentItem><DataContent><p>The army left the town.</p><p>It said so.</p></DataContent></ContentItem>"
        "</NewsComponent></NewsItem></NewsML>"
    )
    article = read_article(data.encode())
    assert article.text == "The army left the town.\n\nIt said so."
    assert (article.title, article.author, article.published, article.language) == (
        "Army leaves",
        "A. Writer",
        "2024-03-01",
        "en",
    )


def test_entities_of_xml_are_not_expanded() -> None:
    laughs = '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + NITF.split("?>", 1)[1].replace(
        "<q>so</q>", "&b;"
    )
    assert "haha" not in read_article(laughs.encode()).text
    local = NITF.replace('<?xml version="1.0"?>', '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    assert "root" not in read_article(local.replace("<q>so</q>", "&x;").encode()).text
    bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
    )
    (laughing,) = read_articles(
        f"{bomb}]><rss><channel><item><title>x</title><description>&a11;</description></item></channel></rss>".encode()
    )
    assert isinstance(laughing, Unread) or len(laughing.text) < 100


def test_feeds_give_an_article_an_entry_with_the_day_as_written_there() -> None:
    first, second, third = read_articles(ATOM.encode())
    assert isinstance(first, Article)
    assert first.text == "The army left.\n\nIt said so."
    assert (first.title, first.source, first.author) == ("Town & river", "Our Wire", "A. Writer")
    assert (first.url, first.published, first.label) == ("https://wire.example/1", "2024-03-01", "the input, entry 1")
    assert isinstance(second, Article)
    assert second.text == "Only a summary of what happened."
    assert third == Unread(
        "the input, entry 3", "the input, entry 3 holds no text; --follow-links reads the page behind its link"
    )
    article = read_article(RSS.encode())
    assert article.text == "Die Armee hat die Stadt am Montag verlassen.\n\nDas sagten Beamte."
    assert (article.published, article.language) == ("2024-03-01", "de")


def test_markdown_is_read_as_what_it_shows() -> None:
    article = read_article(MARKDOWN.encode())
    assert article.title == "Army leaves"
    assert (
        article.text
        == f"The army left the town on Monday.\n\n14 killed\n\n3 wounded\n\n\u201cWe leave\u201d, it said.\n\n{TEXT}"
    )


@pytest.mark.parametrize(
    "record",
    [
        {"title": "T", "text": TEXT, "date": "2024-03-01"},
        {"headline": "T", "articleBody": TEXT, "datePublished": "2024-03-01T23:30:00-05:00"},
        {"title": "T", "content": f"<p>{TEXT}</p>", "publishedAt": "2024-03-01T10:00:00Z", "description": "short"},
        {"title": "T", "body": [TEXT.split(". ", 1)[0], "x"], "published_date": "1 March 2024"},
        {"Title": "T", "maintext": TEXT, "date_publish": "2024-03-01 10:00:00", "text_rank": 7},
        {"article": {"title": "T", "text": TEXT, "date": "2024-03-01"}},
        {"status": "ok", "articles": [{"title": "T", "content": TEXT, "publishedAt": "2024-03-01T10:00:00Z"}]},
        {"response": {"docs": [{"headline": {"main": "T", "name": "T"}, "body": TEXT, "pub_date": "2024-03-01"}]}},
        {"title": "T", "text": TEXT, "timestamp": 1709290000},
    ],
)
def test_json_of_the_usual_shapes(record: dict[str, Any]) -> None:
    article = read_article(json.dumps(record).encode())
    assert article.text.startswith("The army left the town on Monday, officials said")
    assert (article.title, article.published) == ("T", "2024-03-01")


def test_fields_that_are_named_go_before_known_names() -> None:
    record = {"text": "a summary", "meta": {"story": [TEXT], "day": "2024-03-01"}, "kop": "T"}
    fields = "text=meta.story.0, title=kop,published=meta.day"
    article = read_article(json.dumps(record).encode(), fields=fields)
    assert (article.text, article.title, article.published) == (TEXT, "T", "2024-03-01")
    with pytest.raises(ReadingError, match=r"has no 'story'; it has 'text', 'meta', 'kop'"):
        read_article(json.dumps(record).encode(), fields="text=story")
    with pytest.raises(ReadingError, match="--fields text=NAME"):
        read_article(b'{"a": "b"}')
    for slip in ("body", "text:body", "words=body", "text="):
        with pytest.raises(SettingsError, match="--fields"):
            read_article(b"x", fields=slip)


def test_json_lines_and_tables_go_on_after_a_damaged_line() -> None:
    lines = f'{{"text": "{TEXT}"}}\n{{"text": broken\n\n[1]\n{{"title": "no text"}}\n{{"text": "{"x" * 2000}"}}\n{{"text": "The last one is read."}}'
    found = list(read_articles(lines.encode(), max_bytes=1000))
    assert [one.label for one in found] == [f"the input, line {number}" for number in (1, 2, 4, 5, 6, 7)]
    assert [type(one).__name__ for one in found] == ["Article", *["Unread"] * 4, "Article"]
    table = f'date;titre;texte\n2024-03-01;"T; U";"{TEXT}\nSecond line."\n2024-03-02;V;\n;;\n03/04/2024;W;Der Text.\n'
    first, second, third = read_articles(table.encode())
    assert isinstance(first, Article)
    assert (first.title, first.published, first.text) == ("T; U", "2024-03-01", f"{TEXT}\nSecond line.")
    assert isinstance(second, Unread)
    assert isinstance(third, Article)
    assert third.published == "2024"


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            ATOM,
            RSS,
            NITF,
            G2,
            MARKDOWN,
            mail(plain=TEXT).decode(),
            '{"text": "a b"}\n{"text": "c"}',
            "title,text\nA,B\n",
        ]
    ),
    st.data(),
)
def test_damaged_documents_are_read_or_refused_in_one_line(document: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(len(document), start + 40)))
    damaged = document[:start] + data.draw(st.text(max_size=5)) + document[end:]
    for one in read_articles(damaged.encode("utf-8", "replace")):
        if isinstance(one, Unread):
            assert "\n" not in one.reason
        else:
            assert one.text.strip() == one.text != ""


@settings(
    deadline=None, max_examples=60, database=None
)  # a DOCX holds the time it was made: no example fits another run
@given(st.sampled_from([pdf([set_lines([TEXT, TEXT])]), word([("Normal", TEXT)])]), st.data())
def test_damaged_binary_documents_are_read_or_refused_in_one_line(document: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(document) - 1))
    damaged = document[:at] + data.draw(st.binary(max_size=8)) + document[at + data.draw(st.integers(0, 200)) :]
    for one in read_articles(damaged):
        assert isinstance(one, Article) or "\n" not in one.reason


def test_the_lines_that_a_browser_prints_on_a_single_page_are_left_out() -> None:
    head, foot = "11/25/26, 12:19 AM Army leaves town", "https://wire.example/army 1/1"
    lines = [(24, 820, 8, head), *set_lines(TEXT.split(". "), y=700), (24, 16, 8, foot)]
    article = read_article(pdf([lines], "/Title (Army leaves town)"))
    assert article.text == TEXT.replace(". ", " ")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("By A. Writer, 13 February 2024", "2024-02-13"),
        ("Published: 13 February 2024, 10:15", "2024-02-13"),
        ("13.02.2024", "2024-02-13"),
        ("Tuesday, February 13, 2024", "2024-02-13"),
        ("The army left on 13 February 2024.", None),
        ("Since February 2022", None),
    ],
)
def test_the_day_under_a_documents_headline_is_its_day_and_the_headline_no_sentence(
    line: str, published: str | None
) -> None:
    lines = [(72, 760, 20, "Army leaves town"), (72, 730, 11, line), *set_lines(TEXT.split(". "), y=690)]
    article = read_article(pdf([lines], "/Title (Army leaves town)"))
    assert (article.published, "Army leaves town" in article.text) == (published, False)
    assert (
        read_article(word([("Title", "Army leaves town"), ("Normal", line), ("Normal", TEXT)])).published == published
    )


def test_a_table_that_lays_out_a_word_document_keeps_its_paragraphs_and_reads_inner_tables_once() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "The army left."
    cell.add_paragraph("At least 14 people were killed.")
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Town", "14"
    document.add_paragraph().add_run("999 killed").font.hidden = True
    file = io.BytesIO()
    document.save(file)
    assert read_article(file.getvalue()).text == "The army left.\n\nAt least 14 people were killed.\n\nTown | 14"


def test_a_forwarded_mail_is_read_with_the_words_above_it() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = (
        "Wire <w@wire.example>",
        "Army leaves",
        "Tue, 13 Feb 2024 10:00:00 +0000",
    )
    inner.set_content(TEXT)
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = (
        "Desk <d@x.example>",
        "Fwd: Army leaves",
        "Thu, 15 Feb 2024 10:00:00 +0000",
    )
    outer.set_content("FYI")
    outer.add_attachment(inner)
    article = read_article(outer.as_bytes())
    assert (article.text, article.title, article.source, article.published) == (
        TEXT,
        "Army leaves",
        "Wire",
        "2024-02-13",
    )


def test_files_of_json_that_are_damaged_at_once_are_not_taken_for_text(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text(f'not json\n{{"text": "{TEXT}"}}\n', encoding="utf-8")
    first, second = read_articles(lines)
    assert isinstance(first, Unread)
    assert "line 1 is damaged JSON" in first.reason
    assert isinstance(second, Article)
    whole = tmp_path / "b.json"
    whole.write_text('{"text": "cut o', encoding="utf-8")
    with pytest.raises(ReadingError, match="damaged JSON"):
        read_article(whole)
