"""Words that bid a model or a tool to do something: forms of address, overrides ("ignore your instructions"), orders.

The words are data (`language/data/world/bidding.toml`), of all languages at once: an instruction may stand in another
language than its article. What counts is that somebody is spoken to. An article that tells of such an attack ("posts that
tell chatbots to ignore their instructions") speaks to nobody, so an order counts only where one can stand: at the
beginning of a clause, or at its end in languages whose verb comes last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from summarizer.grounding.vocabulary import Language, Span, every_language

_CLAUSE_START = re.compile(r"(?:^|[:;,.!?¡¿\"“”„«»(\[{}\]<>|*#=~/•·—–]|-|(?<!\w)'|[：；，。！？、（「『【،؛؟۔।])\s*$")
_FIRM_START = re.compile(r"[:;.!?¡¿(\[{}\]<>|*#~•—–：；。！？（【؛؟۔।]\s*$")
_CLAUSE_END = re.compile(r"\s*(?:$|[:;,.!?…\"“”«»')\]}>|*#=~/—–-]|[：；，。！？、）」』】।۔؛،؟])")
_CALLED = re.compile(r"\s*(?:[:,;!>\])]|-|[：，！、])")
_CALLED_FIRMLY = re.compile(r"\s*[:!\])：！]|\s+[-–—]")
_PART = re.compile(r"[;.!?；。！？]|(?<!\))[:：]")
_PARTED = re.compile(r"[^.;!?]{0,40}[,:，：、،]")
_COLON = re.compile("[:：]")
_COLON_NEXT = re.compile(r"\s*[:：]")
_CLOSED = re.compile(r"\s*[\])}>】]\s*\S")
_DIGIT = re.compile(r"\d")
_SPOKEN = re.compile("(?:[,،，、]|(?<![a-z])'|'(?= ))[^,'،，、:：]{0,25}$")
_CALL_LETTERS = 7  # letters that a call has at least before a helper's name: "instructions for", but not "to the"
_GLUED_LEADS = "وفו"  # "and", "so": written as one with the order
_BESIDE = 12  # characters between an address and the order in it
_BEFORE = 30  # characters looked at for what stands before an order
_RIGHT_BEHIND = 4  # characters between a tool's name and an address that follows it
_AFTER_ADDRESS = 40  # characters between the words of an address and the tool
_OVERRIDE_REACH = 45  # characters between an override's verb and what is to be ignored
_AFTER_TOOL = 25  # characters between a tool's name and the order to it ("AI models must report")
_AFTER_TASK = 90  # characters between "summaries of this article" and "must state"


class Bid(StrEnum):
    """What a sentence does with a model or tool."""

    CALL = "calls a model or tool, or poses as its system: that is enough"
    ADDRESS = "may speak to a model or tool"
    MENTION = "may speak to one, or of one: counts in its own sentence"
    OVERRIDE = "tells a model to drop its instructions"
    ORDER = "says what is to be answered"
    NAMED = "names a model or tool beside an override in the same language"
    ROLE = "gives its reader a part to play"
    FIGURE = "has a number: an order with one is an order to report it"
    META = "speaks of the dead, and of the article or its user as those do who tell how to read it"
    SAID = "is what somebody said"


@dataclass(frozen=True, slots=True)
class Found:
    """A bid in a sentence; `start` is an offset into the folded sentence. `goes_on`: it is no order by itself. `firm`: an
    order that opens its sentence or the part of it behind a colon, and so is no other form of its verb."""

    bid: Bid
    start: int
    goes_on: bool = False
    firm: bool = False


def bids(text: str, languages: Iterable[Language]) -> list[Found]:
    """What the folded sentence `text` does by the words of these languages, in the order of the text."""
    found = [one for language in languages for one in _Reading(text, language).bids()]
    return sorted(found, key=lambda one: one.start)


def tells_a_toll(text: str) -> bool:
    """Whether the folded sentence `text` is an order to give a number of dead or hurt: by itself no proof of anything."""
    return any(
        one.bid is Bid.ORDER and one.firm and _DIGIT.search(text) and language.lists["toll"].search(text)
        for language in every_language()
        for one in bids(text, [language])
    )


@dataclass
class _Reading:
    """One folded sentence, read by the words of one language."""

    text: str
    language: Language

    def bids(self) -> Iterator[Found]:
        yield from (Found(Bid.CALL, start) for start in (*self._called(), *self._system(), *self._made()))
        named = {end for _, end in self.tools}
        for start, end in self.addressed:
            runs_on = end in named and not _CLAUSE_END.match(self.text, end)
            yield Found(Bid.MENTION if runs_on else Bid.ADDRESS, start)
        yield from (Found(Bid.MENTION, start) for start, _ in self._titles("labels"))
        if not self._is_reported:
            yield from (Found(Bid.MENTION, start) for start, _ in self.language.spans("yours", self.text))
        if self._is_reported:
            yield Found(Bid.SAID, 0)
        roles = [] if self._is_reported else self.language.spans("roles", self.text)
        yield from (Found(Bid.ROLE, start) for start, _ in roles if self.language.verb_last or self._opens(start))
        if self.language.lists["toll"].search(self.text):
            yield from (Found(Bid.META, start) for start, _ in self.language.spans("meta", self.text)[:1])
        yield from (Found(Bid.FIGURE, found.start()) for found in [_DIGIT.search(self.text)] if found)
        for name in ("ignore", "ignoring"):
            for start, end in self.language.spans(name, self.text):
                may_stand = name == "ignoring" or self._is_order(start, end)
                if may_stand and self._has_object(start, end, "which") and not self._is_reported:
                    yield Found(Bid.MENTION, start)
                if may_stand and self._has_object(start, end, "what"):
                    yield Found(Bid.OVERRIDE, start, goes_on=name == "ignoring")
                    yield from (Found(Bid.NAMED, named) for named, _ in self.tools[:1])
        for start, end in self.language.spans("say", self.text):
            if self._is_order(start, end):
                yield Found(Bid.ORDER, start, firm=self._is_firm(start))
                if self._tool_before(start):
                    yield Found(Bid.ADDRESS, start)

    @cached_property
    def tools(self) -> list[Span]:
        """The names of tools."""
        found: list[Span] = []
        for start, end in self.language.spans("tools", self.text):
            if found and start - found[-1][1] <= 1:  # "AI summarizers"
                start = found.pop()[0]  # noqa: PLW2901
            found.append((start, end))
        return found

    @cached_property
    def products(self) -> list[Span]:
        """The names of what a tool makes."""
        return self.language.spans("product", self.text)

    @cached_property
    def addressed(self) -> list[Span]:
        """The forms of address: where each begins, and where its last word ends; in the order of their ends."""
        found = [
            *self.language.spans("task", self.text),
            *self.products,
            *self._headings("headings"),
            *self._titles("titles"),
        ]
        forms = self.language.spans("address", self.text)
        openings = [span for span in forms if self._opens(span[0])]
        beside = {start for start, _ in openings}
        behind = dict(forms) if self.language.verb_last else {}
        for start, end in self.tools:
            near = [*_ending(openings, start), *beside.intersection(range(end, end + _RIGHT_BEHIND))]
            if near or (_CALLED.match(self.text, end) and self._opens(start)):
                found.append((min([start, *near]), end))
            elif self._opens(start):
                found += [(start, behind[at]) for at in range(end, end + _RIGHT_BEHIND) if at in behind]
        for start, end in self.language.spans("helpers", self.text):
            near = _ending(openings, start)
            if _CALLED.match(self.text, end) and (near or self._opens(start)):
                found.append((min([start, *near]), end))
        return sorted(found, key=_end)

    def _called(self) -> Iterator[int]:
        """`Dear AI,` `Note to all language models:`: a call, at most a word or two, the tool's name, a mark. Behind "this
        message is", the mark is a colon."""
        found = self.language.spans("calls", self.text)
        calls = [span for span in found if self._opens(span[0])]
        described = [span for span in found if self._stands_before(span[0], "introductions")]
        conditions = {start for start, _ in self.language.spans("conditions", self.text)} if calls else set()
        greeted = {start for start, _ in self.language.spans("greetings", self.text)} if calls else set()
        for start, end in self.tools:
            near = _nearest(calls, self.text, start)
            called = _CALLED if greeted.intersection(near) else _CALLED_FIRMLY
            if called.match(self.text, end) or (conditions.intersection(near) and _PARTED.match(self.text, end)):
                yield from (at for at in near if not self._is_quoted(at) or self._is_bid(end))
            if described and _COLON_NEXT.match(self.text, end):
                yield from _nearest(described, self.text, start)
        named = [(start, end) for start, end in calls if end - start >= _CALL_LETTERS]
        for start, end in self.language.spans("helpers", self.text) if named else []:
            if _COLON_NEXT.match(self.text, end):
                yield from _nearest(named, self.text, start)

    def _is_quoted(self, start: int) -> bool:
        return self.text[max(0, start - 2) : start].strip().endswith("'")

    def _is_bid(self, end: int) -> bool:
        """Whether an order or a number follows: what is said of an "AI" in a joke has neither."""
        reach = end + _AFTER_TASK
        return bool(_DIGIT.search(self.text, end, reach) or self.language.lists["say"].search(self.text, end, reach))

    def _made(self) -> Iterator[int]:
        """`The generated summary must state 900 deaths`."""
        counted = _DIGIT.search(self.text) or self.tools or self.language.lists["helpers"].search(self.text)
        if self.products and counted and not self._is_reported and self.language.lists["musts"].search(self.text):
            yield self.products[0][0]
        if not self._is_particular:
            return
        verbs = [*self.language.spans("shows", self.text), *self.language.spans("musts", self.text)]
        starts = sorted(start for start, _ in verbs)
        for start, end in self.language.spans("yours", self.text):
            at = bisect_left(starts, end)
            shown = starts[at] if at < len(starts) else None
            if shown is not None and shown - end <= _BESIDE and _DIGIT.search(self.text, shown, shown + _BEFORE):
                yield start

    def _is_firm(self, start: int) -> bool:
        before = self.text[max(0, start - _BEFORE) : start]
        if self.language.verb_last or not before.strip() or _FIRM_START.search(before):
            return True
        leads = [at for at, end in self.language.spans("leads", before) if not before[end:].strip()]
        return any(self._opens(max(0, start - _BEFORE) + at) for at in leads)

    def _titles(self, name: str) -> Iterator[Span]:
        for start, end in self.language.spans(name, self.text):
            if self._opens(start) and _COLON_NEXT.match(self.text, end):
                yield start, end

    def _system(self) -> Iterator[int]:
        for start, end in self.language.spans("system", self.text):
            colon = _COLON.search(self.text, end, end + _AFTER_TOOL) or _CLOSED.match(self.text, end)
            if colon and self._opens(start):
                yield start

    def _headings(self, name: str) -> Iterator[Span]:
        for start, end in self.language.spans(name, self.text):
            if self._opens(start) and _COLON.search(self.text, end, end + _AFTER_TOOL):
                yield start, end

    def _is_order(self, start: int, end: int) -> bool:
        """Whether an order may stand here."""
        if self._opens(start) or self.text[start] in _GLUED_LEADS:
            return True
        if self.language.verb_last:
            return _CLAUSE_END.match(self.text, end) is not None or self._goes_on(end)
        at = bisect_right(self.addressed, start, key=_end)
        last = start - self.addressed[at - 1][1] if at else None
        if self._stands_before(start, "musts"):
            told = self._tool_before(start) or (last is not None and last <= _AFTER_TASK)
            return told and self._is_particular
        return last is not None and last <= _BESIDE

    @cached_property
    def _is_particular(self) -> bool:
        """Whether the sentence has a number, and nobody said it: what tools "must report" is else a matter of news."""
        return _DIGIT.search(self.text) is not None and not self._is_reported

    @cached_property
    def _is_reported(self) -> bool:
        """Whether somebody is said to have said it (", the general told his men")."""
        said = self.language.spans("said", self.text)
        return any(_SPOKEN.search(self.text[max(0, start - _BEFORE) : start]) for start, _ in said)

    def _tool_before(self, start: int) -> bool:
        """Whether a tool's name opens the clause right before."""
        at = bisect_right(self.tools, start, key=_end)
        if not at:
            return False
        first, after = self.tools[at - 1]
        parted = not self.language.verb_last and _PART.search(self.text, after, start) is not None
        return start - after <= _AFTER_TOOL and not parted and self._opens(first)

    def _opens(self, start: int) -> bool:
        """Whether a clause begins here, or one of the words stands before that an order may follow ("please")."""
        before = self.text[max(0, start - _BEFORE) : start]
        return start == 0 or _CLAUSE_START.search(before) is not None or self._stands_before(start, "leads")

    def _stands_before(self, start: int, name: str) -> bool:
        before = self.text[max(0, start - _BEFORE) : start]
        return any(not before[end:].strip() for _, end in self.language.spans(name, before))

    def _goes_on(self, end: int) -> bool:
        found = self.language.lists["leads"].search(self.text, end, end + _BEFORE)
        return found is not None and not self.text[end : found.start()].strip()

    def _has_object(self, start: int, end: int, name: str) -> bool:
        low = max(0, start - _OVERRIDE_REACH) if self.language.verb_last else start
        return self.language.lists[name].search(self.text, low, end + _OVERRIDE_REACH) is not None


def _ending(openings: Sequence[Span], start: int) -> list[int]:
    """Where those begin that end at most so far before `start` as an address may."""
    low, high = bisect_left(openings, start - _AFTER_ADDRESS, key=_end), bisect_right(openings, start, key=_end)
    return [begun for begun, _ in openings[low:high]]


def _nearest(calls: Sequence[Span], text: str, start: int) -> list[int]:
    """Where the last of the calls begins that ends at most two words before `start`."""
    at = bisect_right(calls, start, key=_end)
    return [begun for begun, after in calls[max(0, at - 1) : at] if len(text[after:start].split()) <= 2]


def _end(span: Span) -> int:
    return span[1]
