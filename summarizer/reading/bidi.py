"""Lines in right-to-left script: from where their characters stand on the page to the order in which they are read.

A PDF keeps glyphs as they are painted, and programs that write PDFs differ in the order; the place on the page does not.
What is done here is the Unicode bidirectional algorithm (UAX 9) backwards, as far as lines of news need it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_KINDS = {"R": "r", "AL": "r", "L": "l", "EN": "n", "AN": "n", "ES": "s", "CS": "s", "ET": "t"}
_GAP = 0.17  # of the line's height: what is farther apart are two words
_STORED_GAP = 0.08  # the same where a space is stored between them, or between what was stored around them
# A number or a word of the other direction, with what stands inside it ("25/2/2020"); beside Hebrew, but not beside Arabic
# letters, also with the sign at its side ("50%").
_ATOM = re.compile(r"[ln](?:[lnst]*[ln])?")
_SIGNED_ATOM = re.compile(r"t*[ln](?:[lnst]*[ln])?t*")
_PAIRS = ("()", "[]", "{}", "«»")


@dataclass(slots=True)
class Glyph:
    """A character, the left and right edge of its box, and the word that it was stored with, by number.

    Combining marks come to stand with their letter.
    """

    character: str
    left: float
    right: float
    word: int = 0
    marks: str = field(default="")

    @property
    def kind(self) -> str:
        """r: right to left, l: left to right, n: digit, s: between digits, t: beside digits, o: anything else."""
        return _KINDS.get(unicodedata.bidirectional(self.character), "o")


def is_right_to_left(text: str) -> bool:
    """Whether a text holds any letter of a right-to-left script."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def in_reading_order(glyphs: Sequence[Glyph], height: float) -> str:
    """The line that `glyphs` (without spaces, in any order) show; `height` is the line's, in the unit of their edges."""
    letters = _with_marks(glyphs)
    letters.sort(key=lambda glyph: glyph.left + glyph.right)
    rightward = _is_rightward([glyph.kind for glyph in letters if glyph.kind in "rl"])
    if not rightward:
        letters.reverse()
    kinds, texts = "", list[str]()
    for number, glyph in enumerate(letters):
        if number and _parts(letters[number - 1], glyph, height):
            kinds, texts = kinds + "w", [*texts, " "]
        kinds, texts = kinds + glyph.kind, [*texts, glyph.character + glyph.marks]
    arabic = any(unicodedata.bidirectional(glyph.character) == "AL" for glyph in letters)
    islands = _rtl_islands(kinds) if rightward else _ltr_islands(kinds, _ATOM if arabic else _SIGNED_ATOM)
    for start, end in islands:
        texts[start:end] = texts[start:end][::-1]
    inside = {place for start, end in islands for place in range(start, end)}
    turned = inside if rightward else set(range(len(texts))) - inside
    return re.sub(r"([(\[{«]) | ([)\]}»])", r"\1\2", _unmirrored(texts, turned))


def _is_rightward(strong: list[str]) -> bool:
    """Whether a line of these kinds of letters, from left to right, belongs to a left-to-right paragraph.

    Both ends say it, where they agree; else the script of most of its letters.
    """
    if strong and strong[0] == strong[-1]:
        return strong[0] == "l"
    return strong.count("l") > strong.count("r")


def _with_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    letters = [
        Glyph(one.character, one.left, one.right, one.word)
        for one in glyphs
        if not unicodedata.combining(one.character)
    ]
    for mark in glyphs:
        if unicodedata.combining(mark.character) and letters:
            middle = (mark.left + mark.right) / 2
            nearest = min(letters, key=lambda letter: abs((letter.left + letter.right) / 2 - middle))
            nearest.marks += mark.character
    return letters


def _parts(one: Glyph, other: Glyph, height: float) -> bool:
    """Whether a space stands between two neighbours: one that is stored, or one that is seen."""
    distance = max(one.left, other.left) - min(one.right, other.right)
    return distance > (_GAP if one.word == other.word else _STORED_GAP) * height


def _ltr_islands(kinds: str, atoms: re.Pattern[str]) -> list[tuple[int, int]]:
    """Stretches of a right-to-left line that are read rightwards; `kinds` runs from right to left."""
    islands: list[tuple[int, int]] = []
    for atom in atoms.finditer(kinds):
        start, end = atom.span()
        # Words of the other script are one stretch with their spaces, and so is a number that follows such a word.
        between = kinds[islands[-1][1] : start] if islands else "r"
        if "l" in atom[0] and islands and "r" not in between and set(between) <= set("wsot"):
            islands[-1] = (islands[-1][0], end)
        else:
            islands.append((start, end))
    return islands


def _rtl_islands(kinds: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"r(?:[rwsot]*r)?", kinds)]


def _unmirrored(texts: list[str], turned: set[int]) -> str:
    """Brackets as they are written: what is stored is sometimes the shape that is painted, which is the other one.

    Pairs that a line holds whole are opened and closed in turn; a single one, of a pair that goes over lines, stays.
    """
    for pair in _PAIRS:
        places = [place for place in sorted(turned) if texts[place] in tuple(pair)]
        if len(places) % 2 == 0:
            for number, place in enumerate(places):
                texts[place] = pair[number % 2]
    return "".join(texts)
