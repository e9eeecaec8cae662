"""The words of `language/data/world/bidding.toml`, language by language, as patterns over folded text.

They are of all languages at once: an instruction may stand in another language than its article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from summarizer.grounding.folding import fold
from summarizer.language.folding import is_dense

_HEAD = 4  # letters by which a word is looked up before its phrases are compared
_WORD = re.compile(r"\w+")
_ANCHORS = (
    "what",
    "tools",
    "helpers",
    "system",
    "headings",
    "task",
    "roles",
    "titles",
    "labels",
    "product",
    "meta",
    "yours",
    "which",
)
"""Lists without a word of which nobody is bidden."""
_LISTS = (
    *_ANCHORS,
    "ignore",
    "ignoring",
    "say",
    "calls",
    "conditions",
    "greetings",
    "address",
    "leads",
    "musts",
    "introductions",
    "said",
    "shows",
    "toll",
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language's words, each list as one pattern over folded text; a list that it lacks matches nothing."""

    heads: frozenset[str]
    starts: frozenset[str]
    anchors: re.Pattern[str]
    dense: tuple[str, ...]
    verb_last: bool
    lists: dict[str, re.Pattern[str]]

    def spans(self, name: str, text: str) -> list[Span]:
        """Where words of the list `name` stand."""
        return [(found.start(), found.end()) for found in self.lists[name].finditer(text)]


def turn_labels(name: Literal["asks", "answers"]) -> frozenset[str]:
    """Labels of turns in a conversation with a model, in lower case: of those who ask, or of those who answer."""
    return frozenset(label for table in _tables().values() for label in table[name])


def languages_in(text: str) -> Iterator[Language]:
    """The languages whose words for tools or instructions may stand in the folded `text`: quickly told, mostly none."""
    heads = {word[:_HEAD] for word in _WORD.findall(text)}
    unspaced = any(map(is_dense, text))
    for language in every_language():
        if (not language.heads.isdisjoint(heads) and _is_anchored(text, language)) or (
            unspaced and any(word in text for word in language.dense)
        ):
            yield language


def _is_anchored(text: str, language: Language) -> bool:
    """Whether one of the anchors stands in the text: compared only where a word begins as they do."""
    starts, anchors = language.starts, language.anchors
    return any(word[0][:_HEAD] in starts and anchors.match(text, word.start()) for word in _WORD.finditer(text))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("summarizer.language") / "data" / "world" / "bidding.toml").read_text(encoding="utf-8"))


@cache
def every_language() -> tuple[Language, ...]:
    """All that there are."""
    return tuple(_language(table) for table in _tables().values())


def _language(table: dict[str, Any]) -> Language:
    lists = {name: [_folded(one) for one in table.get(name, ())] for name in _LISTS}
    anchors = [word for name in _ANCHORS for word in lists[name]]
    glued = table.get("glued", False)
    return Language(
        heads=frozenset(max(_WORD.findall(word), key=len)[:_HEAD] for word in anchors if not _is_dense(word)),
        starts=frozenset(_WORD.findall(word)[0][:_HEAD] for word in anchors if not _is_dense(word)),
        anchors=_pattern(anchors, glued=glued),
        dense=tuple(word.rstrip("*") for word in anchors if glued or _is_dense(word)),
        verb_last=table.get("verb_last", False),
        lists={name: _pattern(words, glued=glued) for name, words in lists.items()},
    )


def _folded(phrase: str) -> str:
    return " ".join(fold(word.rstrip("*")).text + "*" * word.endswith("*") for word in phrase.split())


def _is_dense(phrase: str) -> bool:
    return any(map(is_dense, phrase))


def _pattern(phrases: Sequence[str], *, glued: bool) -> re.Pattern[str]:
    """Any of the phrases, the longest first; nothing at all where there are none."""
    written = sorted(dict.fromkeys(phrases), key=lambda phrase: -len(phrase))
    return re.compile("|".join(_part(phrase, glued=glued) for phrase in written if phrase) or "(?!)")


def _part(phrase: str, *, glued: bool) -> str:
    """A phrase's pattern: whole words, but in scripts without spaces."""
    words = r"[\s,:'-]+".join(map(_word, phrase.split()))
    if _is_dense(phrase):
        return words
    if glued and phrase.isascii():
        return rf"(?<![a-z0-9]){words}(?![a-z0-9])"
    return rf"(?<!\w){words}(?!\w)"


def _word(word: str) -> str:
    if word == "#":
        return r"\d[\d.,]*"
    return re.escape(word.rstrip("*")) + r"\w*" * word.endswith("*")
