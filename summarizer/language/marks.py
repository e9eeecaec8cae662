"""Quotation marks as characters: which there are, what each may do, and which are apostrophes or inches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

_GLYPHS: dict[str, tuple[str, str]] = {
    # glyph: (family, role). "either" is decided by context; "open" and "close" may turn, "only_..." never do.
    '"': ("double", "either"),
    "＂": ("double", "either"),
    "''": ("double", "close"),
    "“": ("double", "open"),
    "”": ("double", "close"),
    "‟": ("double", "close"),
    "„": ("double", "only_open"),
    "``": ("double", "only_open"),
    ",,": ("double", "only_open"),
    "〝": ("double", "only_open"),
    "〞": ("double", "close"),
    "〟": ("double", "close"),
    "«": ("angle", "open"),
    "»": ("angle", "close"),
    "<<": ("angle", "open"),
    ">>": ("angle", "close"),
    "‹": ("small_angle", "open"),
    "›": ("small_angle", "close"),
    "「": ("corner", "only_open"),
    "」": ("corner", "close"),
    "｢": ("corner", "only_open"),
    "｣": ("corner", "close"),
    "﹁": ("corner", "only_open"),
    "﹂": ("corner", "close"),
    "『": ("white_corner", "only_open"),
    "』": ("white_corner", "close"),
    "﹃": ("white_corner", "only_open"),
    "﹄": ("white_corner", "close"),
    "‘": ("single", "open"),
    "‛": ("single", "open"),
    "`": ("single", "open"),
    "‚": ("single", "only_open"),
    "’": ("single", "close"),
    "´": ("single", "close"),
    "'": ("single", "either"),
}
_MARK = re.compile(
    r"(?<!`)``(?!`)|(?<!')''(?!')|(?<![^\s(\[]),,(?=\w)|(?<!<)<<(?=[\w\s])|(?<!>)>>(?!>)"
    r"|[\"＂“”„‟〝〞〟«»‹›「」｢｣﹁﹂『』﹃﹄‘‛`‚’´']"
)
_SEE_THROUGH = frozenset('"＂“”„‟«»‹›「」『』‘‛‚’´`')
_STARTERS = frozenset("([{<¿¡—–-/:：（【［〔|·•*_~")
_ENDERS = frozenset(",;:!?)]}>。，、；：！？）】］〕؟،؛—–-/|*_~%")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_BLOCK_BREAK = re.compile(r"(?:\r?\n|\r(?!\n)|[\x85\u2028])[^\S\n\r\x85\u2028\u2029]*(?:[\n\r\x85\u2028])\s*|\u2029\s*")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028]")
_SECONDS = re.compile(r"[°'′’]\s?\d{1,2}(?:[.,]\d{1,4})?\Z")
_HEBREW = re.compile(r"[\u05d0-\u05ea]")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uff65]")


class Context(Enum):
    """What the characters beside a mark say of it."""

    OPENS = "space before, a word after"
    CLOSES = "a word before, space or a stop after"
    EITHER = "not told"


@dataclass(frozen=True)
class Mark:
    """One mark: `text[start:end]`, with its context. `measures`: it may be an inch or a second after a digit."""

    start: int
    end: int
    glyph: str
    family: str
    role: str
    context: Context
    measures: bool
    begins_line: bool
    line: int

    @cached_property
    def may_open(self) -> bool:
        """Whether the mark can begin a quotation here."""
        if self.role in {"open", "only_open"}:
            return self.role == "only_open" or self.context is not Context.CLOSES
        return self.context is Context.OPENS or (self.role == "either" and self.context is Context.EITHER)

    @cached_property
    def may_close(self) -> bool:
        """Whether the mark can end a quotation here."""
        if self.role == "only_open":
            return False
        return self.role != "open" or self.context is Context.CLOSES

    def closes_with(self, other: Mark) -> bool:
        """Whether `other`, by habit an opening mark, is this mark's partner: „ “, ” “, » «, › ‹."""
        return other.role == "open" and (self.glyph in {"„", ",,", "”"} or self.role == "close")


def block_spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each run of lines between blank lines, without the space around it."""
    spans, at = [], 0
    for gap in [*_BLOCK_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        piece = text[at:end]
        start = at + len(piece) - len(piece.lstrip())
        if start < at + len(piece.rstrip()):
            spans.append((start, at + len(piece.rstrip())))
        at = gap.end() if gap else end
    return spans


def marks_in(text: str, start: int, end: int) -> list[Mark]:
    """Every character or digraph in `text[start:end]` that could be a quotation mark, in order."""
    marks: list[Mark] = []
    line, line_start = 0, start
    breaks = _LINE_BREAK.finditer(text, start, end)
    next_break = next(breaks, None)
    blank_until = start
    for found in _MARK.finditer(text, start, end):
        while next_break is not None and next_break.start() < found.start():
            line, line_start = line + 1, next_break.end()
            blank_until = line_start
            next_break = next(breaks, None)
        while blank_until < found.start() and text[blank_until].isspace():
            blank_until += 1
        glyph = found.group()
        family, role = _GLYPHS[glyph]
        if family == "double" and role in {"either", "close"} and _is_gershayim(text, found.start(), found.end()):
            continue
        marks.append(
            Mark(
                start=found.start(),
                end=found.end(),
                glyph=glyph,
                family=family,
                role=role,
                context=_context(text, found.start(), found.end(), start, end),
                measures=_measures(text, found.start(), found.end(), glyph),
                begins_line=blank_until == found.start() and line_start <= found.start(),
                line=line,
            )
        )
    return marks


def _context(text: str, start: int, end: int, low: int, high: int) -> Context:
    before = _neighbour(text, start - 1, -1, low, high)
    after = _neighbour(text, end, 1, low, high)
    opens_left = not before or before.isspace() or before in _STARTERS
    closes_right = not after or after.isspace() or after in _ENDERS
    if after in {".", "…"} and after:
        at = text.find(after, end)
        closes_right = after == "." and not text[at + 1 : at + 2].strip()
        closes_right = closes_right or not opens_left
    if opens_left and not closes_right:
        return Context.OPENS
    if not opens_left and closes_right:
        return Context.CLOSES
    return Context.EITHER


def _neighbour(text: str, at: int, step: int, low: int, high: int) -> str:
    """The nearest character that is no quotation mark, looking past three at most; "" at the block's edge."""
    for _ in range(4):
        if not low <= at < high:
            return ""
        character = text[at]
        if character in "'’" and step < 0 and at > low and text[at - 1].isalpha():
            return " "  # l'« opération » : an elision opens as a space does
        if character not in _SEE_THROUGH and character not in _INVISIBLE and character != "'":
            return character
        at += step
    return character


def _measures(text: str, start: int, end: int, glyph: str) -> bool:
    if glyph not in {'"', "''", "”", "＂"} or start == 0 or not text[start - 1].isdigit():
        return False
    if _SECONDS.search(text[max(0, start - 9) : start]):
        return True
    return not text[end : end + 1].isalpha()


def _is_gershayim(text: str, start: int, end: int) -> bool:
    """Hebrew writes a double mark inside abbreviations (before the last letter, mostly)."""
    if start == 0 or not _HEBREW.match(text[start - 1]) or not _HEBREW.match(text[end : end + 1]):
        return False
    long_before = start > 1 and bool(_HEBREW.match(text[start - 2]))
    return long_before or not _HEBREW.match(text[end + 1 : end + 2])


def pair_singles(text: str, marks: list[Mark], clipped: frozenset[str], *, goes_on: bool) -> dict[int, bool]:
    """Which single marks are quotation marks: number in `marks` -> True where it opens, False where it closes.

    All others are apostrophes. `clipped` are words that begin with one ('tis). An opening mark without a partner
    counts only where it begins the block and the next one reopens (`goes_on`).
    """
    pairs: dict[int, bool] = {}
    opening: int | None = None
    closings: list[int] = []

    def settle() -> None:
        if opening is None:
            return
        closing = _choose(text, marks, closings)
        if closing is not None:
            pairs[opening], pairs[closing] = True, False
        elif goes_on and marks[opening].begins_line and marks[opening].line == 0:
            pairs[opening] = True

    for number, mark in enumerate(marks):
        if mark.family != "single":
            continue
        turned = opening is not None and marks[opening].glyph == "‚" and mark.glyph == "‘"
        if _single_closes(text, mark, turned=turned):
            closings.append(number)
        elif _single_opens(text, mark, clipped):
            settle()
            opening, closings = number, []
    settle()
    return pairs


def _single_opens(text: str, mark: Mark, clipped: frozenset[str]) -> bool:
    unspaced = _UNSPACED.match(text[mark.start - 1 : mark.start]) or _UNSPACED.match(text[mark.end : mark.end + 1])
    if mark.glyph == "‘" and unspaced:
        return True
    if mark.role == "close" or mark.context is not Context.OPENS:
        return False
    if mark.start > 0 and text[mark.start - 1].isalnum():
        return False
    word = re.match(r"\w{1,12}", text[mark.end : mark.end + 12])
    if word is None:
        return text[mark.end : mark.end + 1] in set('"“«„¿¡…(.[-–') and mark.glyph != "`"
    if re.match(r"\d\d(?:s\b|er|-?х|-?і|\b(?![.,]?\d))", text[mark.end : mark.end + 6]) and mark.glyph != "‚":
        return False  # '90s
    lone = len(word.group()) == 1 and text[mark.end + 1 : mark.end + 2].isspace() and word.group().islower()
    return not lone and word.group().lower() not in clipped


def _single_closes(text: str, mark: Mark, *, turned: bool) -> bool:
    if mark.role == "only_open" or (mark.role == "open" and not turned):
        return False
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if mark.glyph == "’" and _UNSPACED.match(before) and _UNSPACED.match(after):
        return True
    if not before.strip() or after.isalnum() or after in set("«“„("):
        return False
    return mark.context is not Context.OPENS


def _choose(text: str, marks: list[Mark], closings: list[int]) -> int | None:
    """The partner among the candidates: a plural's apostrophe (the workers' rights,') gives way to a later one."""
    for place, number in enumerate(closings):
        mark = marks[number]
        before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
        firm = not before.isalnum() or not after.isspace() or after in "\n\r"
        if firm or place + 1 == len(closings):
            return number
        later = marks[closings[place + 1]]
        later_firm = not text[later.start - 1].isalnum() or text[later.end : later.end + 1] in set(",.;:!?")
        short_word = not text[max(0, mark.start - 3) : mark.start].isalpha()  # po', mo'
        if not (later_firm and (before in "szx" or short_word)):
            return number
    return None
