"""One key for the many spellings of a name, and the words of a text with their places.

`fold` is what the gazetteer, the countries and the parties are indexed by: case, accents, apostrophes, hyphens and the
variants of Arabic letters do not count. Folding is always of single words or names, so offsets stay those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

from summarizer.language.cues import cues

# Scripts in which names stand without spaces around them (Hangul: with particles glued on).
_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_MARK_RANGES = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
)
_VOWEL_SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a3c-\u0a4d\u0b82-\u0bcd\u0c00-\u0c4d\u0d00-\u0d4d"
)
# An apostrophe between Cyrillic letters is a letter (Куп'янськ); elsewhere it parts words (l'Ukraine, Kiev'de).
_WORD = re.compile(
    f"[{_DENSE}]+|(?:[^\\W_{_DENSE}]|[{_MARK_RANGES}{_VOWEL_SIGNS}]|(?<=[\u0400-\u04ff])['’ʼ](?=[\u0400-\u04ff]))+"
)
_MARKS = re.compile(f"[{_MARK_RANGES}]+")
_IGNORED = re.compile('[\u00ad\u02be\u02bf\u02bb\u200b\u200d-\u200f\u2060\ufeff"“”„«»]+')
_JOINTS = re.compile(
    r"[‐‑‒–—’‘ʼʹ`´.·•=/,_\t\r\v\f\u200c\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x1c-\x1f\x85]"
)
_NEEDS_COMPOSITION = re.compile("[\u1100-\u11ff\u3099\u309a]")
_SPACES = re.compile(" {2,}")
_LETTERS = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h",
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ٱ": "ا", "ґ": "г",
}  # fmt: skip
# Traditional characters that names are transcribed with, and their simplified forms.
_LETTERS |= dict(
    zip(
        "輔爾達維羅馬蘭亞賽喬頓倫東韓國臺灣澤聯盧薩納麗義龍門島貝魯諾奧蓋萊錫黃興廣塢紐約華紹費離溫樂剛買貢烏亂羣邁齊薊爐敘蘇濟寧漢鎮區縣鄉鐵勞強團黨軍爭戰藍瑪熱結運歷畢關優開傑堅濱臘巖礦紅綠長兒內見親觀車輪陽陰隊階險難靜頭項顧風飛馮駐騰驅鮮鳥鵬麥龐頁錢銀錦鄭遼貴賓豐諸謝許計衛葉莊聖綏緬細組窩眾盤瑣獨滿漁歐機樓棲條會書斷擊據揚慶應張廈帥岡對寶實孫媽奪墾場報單嗎啟員劉別傳億們幾無為瓊異發佈爛賀賴贊邊鄧靈顏額願類顯餘館馳鬥魚鯨鳳鹽點",
        "辅尔达维罗马兰亚赛乔顿伦东韩国台湾泽联卢萨纳丽义龙门岛贝鲁诺奥盖莱锡黄兴广坞纽约华绍费离温乐刚买贡乌乱群迈齐蓟炉叙苏济宁汉镇区县乡铁劳强团党军争战蓝玛热结运历毕关优开杰坚滨腊岩矿红绿长儿内见亲观车轮阳阴队阶险难静头项顾风飞冯驻腾驱鲜鸟鹏麦庞页钱银锦郑辽贵宾丰诸谢许计卫叶庄圣绥缅细组窝众盘琐独满渔欧机楼栖条会书断击据扬庆应张厦帅冈对宝实孙妈夺垦场报单吗启员刘别传亿们几无为琼异发布烂贺赖赞边邓灵颜额愿类显余馆驰斗鱼鲸凤盐点",
        strict=True,
    )
)
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_SENTENCE_BREAK = re.compile(r"[.!?…:;\n\r\"“”„«»()\[\]•|*。！？；：「」『』（）،؛؟।]|\s[-–—]\s|[-–—]\s?$")
_JOIN_CHARACTERS = frozenset(" \u00a0\u202f\u2009\t\n-‐‑‒–'’‘ʼ`´.·\u200c")


class Word(NamedTuple):
    """A word of a text: `text[start:end]`; `key` is it folded."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper() or self.text[0].istitle()

    @property
    def cased(self) -> bool:
        """Whether its script tells capitals from small letters."""
        return self.text[0].lower() != self.text[0].upper()

    @property
    def dense(self) -> bool:
        """Whether its script is written without spaces between words."""
        return is_dense(self.text[0])

    @property
    def all_caps(self) -> bool:
        """Whether it is two or more capitals."""
        return len(self.text) > 1 and self.text.isupper()


def fold(text: str) -> str:
    """The key of a name (or of many, one a line): case, accents and joints between its words do not count."""
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", _IGNORED.sub("", text)).casefold())
    folded = _LETTER.sub(lambda letter: _LETTERS[letter[0]], folded)
    folded = _SPACES.sub(" ", _JOINTS.sub(" ", folded.replace("-", " ").replace("'", " ")))
    folded = folded.replace(" \n", "\n").replace("\n ", "\n")
    if _NEEDS_COMPOSITION.search(folded):
        folded = unicodedata.normalize("NFC", folded)
    return folded.strip(" ")


@lru_cache(maxsize=20_000)
def _fold_word(text: str) -> str:
    return fold(text)


def is_dense(character: str) -> bool:
    """Whether a character belongs to a script without spaces between words."""
    return "\u0e00" <= character <= "\ufaff" and _WORD_DENSE.match(character) is not None


_WORD_DENSE = re.compile(f"[{_DENSE}]")


def words(text: str) -> list[Word]:
    """The words of a text in order; a run of a script without spaces is one word."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        found.append(Word(match.start(), match.end(), word, _fold_word(word) if len(word) <= 40 else fold(word)))
    return found


def joined(text: str, before: Word, after: Word) -> bool:
    """Whether only what may stand inside a name (space, hyphen, apostrophe, abbreviation's dot) parts two words."""
    gap = text[before.end : after.start]
    if not gap:
        return True
    if len(gap) > 3 or not _JOIN_CHARACTERS.issuperset(gap) or gap.count("\n") > 1:
        return False
    return "." not in gap or gap == "." or len(before.text) <= 2


def opens_sentence(text: str, before: Word | None, word: Word) -> bool:
    """Whether a capital at this word says nothing: it opens a sentence, a line, a title or a quotation."""
    if before is None:
        return True
    gap = text[before.end : word.start]
    if gap.startswith(".") and len(before.text) <= 2 and before.capitalised:
        return False
    return _SENTENCE_BREAK.search(gap) is not None


def adjacent(text: str, before: Word, after: Word) -> bool:
    """Whether two words are parted by spaces only."""
    gap = text[before.end : after.start]
    return len(gap) <= 2 and gap.isspace()


@cache
def word_set(language: str, section: str, name: str) -> frozenset[str]:
    """A list of words in a language's data, folded."""
    listed: Any = cues(language, section).get(name, ())
    return frozenset(fold(item) for item in listed)


@cache
def _endings(language: str, table: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    raw: dict[str, list[str]] = cues(language, "places").get(table, {})
    pairs = [(fold(ending), tuple(dict.fromkeys(fold(end) for end in ends))) for ending, ends in raw.items()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _prefixes(language: str) -> tuple[tuple[str, str], ...]:
    raw: list[str] = cues(language, "places").get("prefixes", [])
    pairs = []
    for prefix in raw:
        written, _, becomes = prefix.partition(">")
        pairs.append((fold(written), fold(becomes)))
    return tuple(sorted(pairs, key=lambda pair: len(pair[0])))


@lru_cache(maxsize=20_000)
def base_forms(key: str, language: str, table: str = "endings") -> tuple[tuple[str, int], ...]:
    """The dictionary forms that a folded word may be a case of, most likely first: (form, letters cut off its front).

    The endings and the glued prefixes are the language's own (`[places.endings]`, `prefixes`); a form is only a
    guess until a gazetteer knows it.
    """
    found: dict[str, int] = {}
    article = fold(cues(language, "places").get("article", ""))
    for prefix, becomes in _prefixes(language) if table == "endings" else ():
        if key.startswith(prefix) and len(key) - len(prefix) >= 2:
            # The article belongs to the name as written; a preposition before it does not.
            cut = len(prefix) - len(article) * (bool(article) and prefix.endswith(article))
            found.setdefault(becomes + key[len(prefix) :], 0 if becomes else cut)
    for ending, ends in _endings(language, table):
        if ending and key.endswith(ending) and len(key) - len(ending) >= (3 if len(ending) < 3 else 1):
            for end in ends:
                found.setdefault(key[: -len(ending)] + end, 0)
    found.pop(key, None)
    return tuple(found.items())


@cache
def inflects(language: str) -> bool:
    """Whether the language's data has endings or glued prefixes."""
    data = cues(language, "places")
    return bool(data.get("endings") or data.get("prefixes"))
