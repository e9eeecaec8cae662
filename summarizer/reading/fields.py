"""The names under which an article's parts go: in headers of texts, in JSON and in the columns of tables.

One table of words. What a person names (`text=body`) goes before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from summarizer.errors import SettingsError

FIELDS = ("text", "title", "source", "author", "url", "published", "language")

# What newsrooms write before a value, in the languages of the codebook; a title line, a column.
HEADER_WORDS = {
    "title": "title headline titre titel título titulo titolo tytuł başlık заголовок название العنوان عنوان 标题 標題",
    "published": "date published pubdate datum fecha data дата опубликовано опубліковано tarih تاریخ التاريخ تاريخ 日期 时间 "
    "日付 publié veröffentlicht publicado publicada pubblicato opublikowano yayınlandı",
    "source": "source publisher agency quelle fuente fonte źródło kaynak источник джерело المصدر مصدر منبع 来源 來源 site",
    "url": "url link lien enlace",
    "language": "language lang langue sprache idioma lingua język dil язык мова",
}
# What datasets and interfaces call them, best first, without case and without what stands between words.
_COLUMN_WORDS = {
    "text": "text articletext body articlebody maintext bodytext fulltext plaintext contenttext content articlecontent "
    "contenthtml story article texte contenu texto contenido cuerpo inhalt testo treść metin текст نص النص متن 正文 本文 "
    "rawtext description summary",
    "title": "headline articletitle heading titles",
    "published": "datepublished publishedat publisheddate publicationdate datepublish publishdate pubdate published date "
    "webpublicationdate publishtime publishedtime firstpublicationdate timestamp createdat",
    "source": "publication outlet sitename sourcename newspaper source publisher sourcedomain domain",
    "author": "author authors byline creator auteur autor autore автор",
    "url": "url link permalink sourceurl weburl articleurl canonicalurl externalurl uri",
    "language": "languagecode sourcelanguage",
}


def _folded(word: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", word).casefold())


def _ranked() -> dict[str, tuple[str, int]]:
    ranks: dict[str, tuple[str, int]] = {}
    for name in FIELDS:
        words = [*_COLUMN_WORDS.get(name, "").split(), *HEADER_WORDS.get(name, "").split()]
        for rank, word in enumerate(words):
            ranks.setdefault(_folded(word), (name, rank))
    return ranks


_RANKS = _ranked()


def field_of(word: str) -> str | None:
    """The field that a column or key called `word` holds; None where it is no known name."""
    found = _RANKS.get(_folded(word))
    return found[0] if found else None


def known_keys(keys: list[str]) -> dict[str, list[str]]:
    """Field -> those of `keys` that may hold it, the likeliest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for key in keys:
        if ranked := _RANKS.get(_folded(key)):
            found.setdefault(ranked[0], []).append((ranked[1], key))
    return {name: [key for _, key in sorted(ranked, key=lambda pair: pair[0])] for name, ranked in found.items()}


def parsed_fields(value: str) -> Mapping[str, str]:
    """`text=body,title=headline` as a mapping from field to column or dotted key. Raises SettingsError."""
    fields: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in value.split(","))):
        name, equals, key = (piece.strip() for piece in part.partition("="))
        if name not in FIELDS or not equals or not key:
            raise SettingsError(
                f"--fields {part!r} is not understood; write FIELD=NAME, where FIELD is one of {', '.join(FIELDS)}"
            )
        fields[name] = key
    return fields
