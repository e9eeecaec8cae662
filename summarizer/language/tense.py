"""Whether the words around a date speak of what is to come.

The nearest verb decides: the one before the date in its clause, then the one after it there, then the same in the
sentence. Where the verb stands last (`verb = "after"` in `[dates]`), those after the date come first. Without any,
news tells what has been.
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.language.cues import cues

_REACH = 240
"""Characters on each side in which a cue is looked for."""
_SENTENCE_END = re.compile(r"[.!?…](?=[\s\"'»”)]|$)|[。！？؟।]|\n\s*\n")
_MARKS = r"[,;:()،؛，；：—«»“”\"]|\s[-–]\s"
_SHORT_QUOTE = re.compile(r"[\"«“„]\s?(\w+(?:\s\w+)?)\s?[\"»”“]")
"""One or two words between quotation marks: part of their clause, no speech of its own."""
_NEVER = re.compile(r"(?!)")


@cache
def clause_openers(language: str) -> re.Pattern[str]:
    """The words that open a clause (`that`, `which`, `after`); a pattern that matches nothing where none are known."""
    breaks = cues(language, "dates").get("tense", {}).get("breaks", ())
    edge, end = _edges(language)
    return re.compile(rf"{edge}(?:{'|'.join(breaks)}){end}", re.IGNORECASE) if breaks else _NEVER


def _edges(language: str) -> tuple[str, str]:
    spaceless = cues(language, "dates").get("tense", {}).get("spaceless")
    return ("", "") if spaceless else (r"(?<!\w)", r"(?!\w)")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], bool]:
    """What speaks of the future (group `f`) or not, what parts clauses, and whether verbs stand last."""
    table = cues(language, "dates").get("tense", {})
    future, past = (list(table.get(name, ())) for name in ("future", "past"))
    edge, end = _edges(language)
    tenses = _NEVER
    if future:
        written = rf"{edge}(?:(?P<f>{'|'.join(future)})|(?:{'|'.join(past) or '(?!)'})){end}"
        tenses = re.compile(written, re.IGNORECASE)  # not lowered: "(?-i:[a-z])" tells "to meet" from "to Khartoum"
    parts = re.compile(f"{_MARKS}|{clause_openers(language).pattern}", re.IGNORECASE)
    return tenses, parts, table.get("verb") == "after"


def is_future(text: str, start: int, end: int, language: str) -> bool:
    """Whether the date at `start`:`end` in `text` is one that lies ahead, as far as its sentence shows."""
    tenses, _, verb_last = _patterns(language)
    windows = _windows(text, start, end, language)
    if verb_last:
        windows = [windows[1], windows[0], windows[3], windows[2]]
    for window, which in windows:
        hits = [match.group("f") is not None for match in tenses.finditer(window)]
        if hits:
            return hits[which]
    return False


def has_verb(text: str, start: int, end: int, language: str) -> bool:
    """Whether the clause of the date at `start`:`end`, or the sentence that it opens, has a word that tells its tense."""
    tenses = _patterns(language)[0]
    windows = [window for window, _ in _windows(text, start, end, language)]
    clause = windows[:2] if windows[2].strip() else windows[3:]
    return any(tenses.search(window) for window in clause)


def _windows(text: str, start: int, end: int, language: str) -> list[tuple[str, int]]:
    """The words before and after in the clause, then in the sentence; with the place of the nearest cue in each."""
    parts = _patterns(language)[1]
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    before, after = (_SHORT_QUOTE.sub(r" \1 ", words) for words in (before, after))
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    cut = [match.end() for match in parts.finditer(before)]
    clause_before = before[cut[-1] :] if cut else before
    following = parts.search(after)
    clause_after = after[: following.start()] if following else after
    return [(clause_before, -1), (clause_after, 0), (before, -1), (after, 0)]
