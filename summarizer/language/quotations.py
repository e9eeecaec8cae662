"""Quotations: what stands between quotation marks, in any language's marks.

One way through, a block (text between blank lines) at a time: marks are found, each is judged by what stands
beside it (does it open, close, or could it do either?), single marks are told from apostrophes, and a stack
pairs them. A mark that finds no partner never reaches beyond its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.language.cues import cues
from summarizer.language.marks import Context, Mark, block_spans, marks_in, pair_singles

_DEEPEST = 6
"""Openings beyond this depth are noise, not quotations."""

_LINE_BREAK = re.compile(r"[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class QuotationMention:
    """One quotation: `text[start:end]` with its marks, `text[inner_start:inner_end]` without them.

    `depth` is 0 for an outermost quotation, 1 inside another, and so on. `closed` is False where a paragraph ends
    without a closing mark: in a quotation of several paragraphs each reopens and only the last one closes.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    text: str
    depth: int
    closed: bool


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner; `child_end` is where the last quotation inside it ended."""

    mark: Mark
    child_end: int = 0


def find_quotations(text: str, language: str) -> list[QuotationMention]:
    """The quotations of `text`, in order of their start, an outer one before what it contains.

    `language` is a BCP 47 tag; it only adds the words that begin with an apostrophe. Titles in 《》 are no quotations.
    """
    clipped = frozenset(cues(language, "quotations").get("clipped", ()))
    found: list[QuotationMention] = []
    carried: str | None = None
    blocks = block_spans(text)
    for number, (start, end) in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        marks = marks_in(text, start, end)
        singles = pair_singles(text, marks, clipped, goes_on=_reopens(text, following, "single"))
        block = _Block(text, (start, end), marks, singles=singles, carried=carried)
        block.read()
        carried = block.finish(following)
        found.extend(block.found)
    return list(_with_depth(found))


class _Block:
    """The pairing of one block's marks."""

    def __init__(
        self, text: str, span: tuple[int, int], marks: list[Mark], *, singles: dict[int, bool], carried: str | None
    ) -> None:
        self.text = text
        self.start, self.end = span
        self.marks, self.singles, self.carried = marks, singles, carried
        self.stack: list[_Open] = []
        self.found: list[QuotationMention] = []

    def read(self) -> None:
        following = _following_of_family(self.marks)
        for number, mark in enumerate(self.marks):
            if mark.family == "single":
                self._single(number, mark)
                continue
            waiting = self._innermost(mark.family)
            if waiting is None:
                if self._opens(mark):
                    self._push(mark)
            elif self._begins_a_line_after(mark, waiting.mark) and mark.may_open:
                self._abandon_down_to(waiting, before=mark)
                self._push(mark)
            else:
                self._meet(mark, waiting, [self.marks[i] for i in following[number]])

    def _single(self, number: int, mark: Mark) -> None:
        opens = self.singles.get(number)
        if opens:
            self._push(mark)
        elif opens is False and self.stack and self.stack[-1].mark.family == "single":
            self._close(mark, self.stack[-1])

    def _opens(self, mark: Mark) -> bool:
        if mark.measures:
            return False
        if self.carried == mark.family and not self.text[self.start : mark.start].strip():
            return True
        if mark.role == "close":
            return mark.family in {"double", "angle", "small_angle"} and mark.context is Context.OPENS
        return mark.context is not Context.CLOSES or mark.role == "only_open"

    def _meet(self, mark: Mark, waiting: _Open, after: list[Mark]) -> None:
        """`mark` comes while a mark of its family is open: it closes that, stands inside it, or begins anew."""
        if mark.role == "only_open":
            self._push(mark)
        elif mark.role == "close":
            if waiting.mark.glyph == mark.glyph and mark.context is Context.OPENS:
                self._nest_or_restart(mark, waiting, after)
            else:
                self._close(mark, waiting)
        elif mark.role == "open":
            turned = waiting.mark.closes_with(mark)
            if (turned and mark.context is not Context.OPENS) or (
                waiting.mark.glyph == mark.glyph and mark.context is Context.CLOSES
            ):
                self._close(mark, waiting)
            elif waiting.mark.glyph == mark.glyph and mark.family == "double":
                self._nest_or_restart(mark, waiting, after)
            else:
                self._push(mark)
        elif mark.measures and after and after[0].context is Context.CLOSES and not after[0].measures:
            return
        elif mark.context is Context.OPENS:
            self._nest_or_restart(mark, waiting, after)
        else:
            self._close(mark, waiting)

    def _nest_or_restart(self, mark: Mark, waiting: _Open, after: list[Mark]) -> None:
        """An opening look inside an open quotation: what follows says which of the two has no partner."""
        closing = [other.may_close and other.context is not Context.OPENS for other in after]
        if closing[:2] == [True, True]:
            self._push(mark)
        elif closing[:1] == [True]:
            self._abandon_down_to(waiting, before=mark)
            self._push(mark)
        elif mark.role == "open":
            self._push(mark)
        else:
            self._close(mark, waiting)

    def _innermost(self, family: str) -> _Open | None:
        return next((waiting for waiting in reversed(self.stack) if waiting.mark.family == family), None)

    def _push(self, mark: Mark) -> None:
        if len(self.stack) < _DEEPEST:
            self.stack.append(_Open(mark))

    def _close(self, mark: Mark, waiting: _Open) -> None:
        while self.stack[-1] is not waiting:
            inner = self.stack.pop()
            if inner.mark.family != "single":
                self._emit(inner.mark, mark.start, mark.start, closed=False)
        self.stack.pop()
        self._emit(waiting.mark, mark.start, mark.end, closed=True)
        if self.stack:
            self.stack[-1].child_end = mark.end

    def _abandon_down_to(self, waiting: _Open, before: Mark) -> None:
        at = self._line_end(waiting.mark.start, before.start)
        while True:
            left = self.stack.pop()
            if left.mark.family != "single":
                self._emit(left.mark, at, at, closed=False)
            if left is waiting:
                return

    def _begins_a_line_after(self, mark: Mark, earlier: Mark) -> bool:
        return mark.begins_line and mark.line > earlier.line

    def _line_end(self, at: int, limit: int) -> int:
        found = _LINE_BREAK.search(self.text, at, limit)
        return found.start() if found else limit

    def _emit(self, mark: Mark, inner_end: int, end: int, *, closed: bool) -> None:
        start, stop = _trim(self.text, mark.end, inner_end)
        if start < stop:
            outer_end = end if closed else stop
            self.found.append(
                QuotationMention(mark.start, outer_end, start, stop, self.text[start:stop], 0, closed=closed)
            )

    def finish(self, following: tuple[int, int] | None) -> str | None:
        """End what is still open; gives the family that the next paragraph carries on, if any."""
        carried = None
        while self.stack:
            left = self.stack.pop()
            if _reopens(self.text, following, left.mark.family):
                carried = left.mark.family
                self._emit(left.mark, self.end, self.end, closed=False)
            elif left.child_end:
                # Russian writes one » where an inner and an outer quotation end together.
                self._emit(left.mark, left.child_end, left.child_end, closed=False)
            else:
                at = self._line_end(left.mark.start, self.end)
                self._emit(left.mark, at, at, closed=False)
        return carried


def _following_of_family(marks: list[Mark]) -> list[list[int]]:
    """For each mark, the numbers of the next two of its family."""
    after: list[list[int]] = [[] for _ in marks]
    seen: dict[str, list[int]] = {}
    for number in range(len(marks) - 1, -1, -1):
        family = marks[number].family
        after[number] = seen.get(family, [])
        seen[family] = [number, *after[number]][:2]
    return after


def _reopens(text: str, block: tuple[int, int] | None, family: str) -> bool:
    if block is None:
        return False
    marks = marks_in(text, block[0], min(block[0] + 3, block[1]))
    return bool(marks) and marks[0].start == block[0] and marks[0].family == family


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\u200b\u200e\u200f\u2060\ufeff"


def _with_depth(found: list[QuotationMention]) -> Iterator[QuotationMention]:
    """Depth by containment: what looked nested inside a mark without partner is outermost after all."""
    around: list[QuotationMention] = []
    for mention in sorted(found, key=lambda one: (one.start, -one.end)):
        while around and around[-1].end < mention.end:
            around.pop()
        while around and around[-1].end <= mention.start:
            around.pop()
        yield replace(mention, depth=len(around))
        around.append(mention)
