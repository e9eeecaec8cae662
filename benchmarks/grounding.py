"""How fast and how right quotes are aligned, beside LangExtract; how long the whole grounding of an article takes.

    python -m benchmarks.grounding [quotes of each class and language, 30 by default]

Prints tables; asserts nothing. Measures what is installed where it runs.
"""

from __future__ import annotations

import asyncio
import json
import platform
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from benchmarks.peer import Peer, Span, peer_version, peers
from benchmarks.quotes import CLASSES, LANGUAGES, NEGATIVE, Quote, article, quotes, trimmed
from summarizer.engines import engine_for
from summarizer.engines.base import Task
from summarizer.engines.ledger import Ledger
from summarizer.grounding.alignment import align
from summarizer.grounding.duplicates import without_duplicates
from summarizer.grounding.judging import judge
from summarizer.grounding.keys import unique_keys
from summarizer.grounding.publishing import publish
from summarizer.language.analysis import Analysis
from summarizer.language.sentences import split_sentences
from summarizer.reading.sources import read_article
from summarizer.schema.article import Article
from summarizer.schema.draft import Draft
from summarizer.settings import load_settings

EXAMPLES = Path(__file__).parent.parent / "examples"
COUNT, REPEATS, RUNS = 30, 3, 21

T = TypeVar("T")


@dataclass
class Score:
    """What one aligner made of one set of quotes."""

    seconds: float = 0.0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def milliseconds(self) -> float:
        """The time for one quote, the article's share included."""
        return 1000 * self.seconds / sum(self.asked.values())

    @property
    def total_right(self) -> int:
        """Passages found as they are, and quotes refused that stand nowhere."""
        return sum(self.right.values())

    def share(self, *, negative: bool) -> float:
        """The share of the article's quotes aligned correctly; or of the others, the share wrongly accepted."""
        kinds = [kind for kind in CLASSES if (kind in NEGATIVE) == negative and self.asked[kind]]
        right = sum(self.right[kind] for kind in kinds) / sum(self.asked[kind] for kind in kinds)
        return 1 - right if negative else right


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    print_versions()
    print_grounding()
    ours: dict[bool, list[Score]] = {False: [], True: []}
    theirs: dict[Peer, list[Score]] = {peer: [] for peer in peers()}
    for language in LANGUAGES:
        read, made = article(language), quotes(language, count)
        for told, scores in ours.items():
            scores.append(scored(read, made, partial(_ours, read, made, told=told)))
        for peer, scores in theirs.items():
            peer.prepare(read.text)
            scores.append(scored(read, made, partial(peer.align, read.text, made)))
    print_classes("Ours", ours[False])
    if theirs:
        for told in (False, True):
            print_comparison(
                ours[told], {peer: scores for peer, scores in theirs.items() if peer.told == told}, told=told
            )
        print_classes("LangExtract", best(theirs, told=False))
    else:
        print_alone(ours)
        print("\nLangExtract is not installed here: pip install langextract")


# --- alignment ---


def _ours(read: Article, made: Sequence[Quote], *, told: bool) -> list[Span | None]:
    """All that ours does: the sentences are split and folded anew. Not `told`, each quote is said to be in sentence 1."""
    forget()
    sentences = split_sentences(read)
    spans: list[Span | None] = []
    for quote in made:
        number = next((s.number for s in reversed(sentences) if s.start <= quote.start), 1) if told else 1
        found = align(quote.text, number, sentences)
        spans.append((found.start, found.end) if found else None)
    return spans


def scored(read: Article, made: Sequence[Quote], run: Callable[[], list[Span | None]]) -> Score:
    """The median time of a few runs, and what is right in what they find."""
    times, found = timed(run, REPEATS)
    score = Score(statistics.median(times))
    for quote, span in zip(made, found, strict=True):
        score.asked[quote.kind] += 1
        score.right[quote.kind] += _right(read.text, quote, span)
    return score


def _right(text: str, quote: Quote, span: Span | None) -> bool:
    """Exactly the passage, but for white space and punctuation at its ends; nothing, if it stands nowhere."""
    if span is None or quote.negative:
        return span is None and quote.negative
    return trimmed(text, *span) == trimmed(text, quote.start, quote.end)


def best(theirs: dict[Peer, list[Score]], *, told: bool) -> list[Score]:
    """For each language the score of the configuration that is right most often, the faster one where two are."""
    rows = zip(*(scores for peer, scores in theirs.items() if peer.told == told), strict=True)
    return [max(row, key=lambda score: (score.total_right, -score.seconds)) for row in rows]


def summed(scores: Iterable[Score]) -> Score:
    """Several languages as one."""
    total = Score()
    for score in scores:
        total.seconds += score.seconds
        for kind in CLASSES:
            total.right[kind] += score.right[kind]
            total.asked[kind] += score.asked[kind]
    return total


# --- the whole grounding ---


def ground(analysis: Analysis, draft: Draft) -> None:
    """Everything between the engine's answer and the summary, except repairs."""
    judged, _ = without_duplicates(judge(analysis, unique_keys(draft)))
    publish(analysis, judged)


async def recorded_draft(read: Article) -> Draft:
    """What a real model drafted from the example article."""
    settings = load_settings(model="anthropic/claude", replay=EXAMPLES / "recordings")
    async with engine_for(settings, lambda _: None) as engine:
        analysis = Analysis(read)
        return await engine.draft(Task(analysis, analysis.sentences, read.language or "und"), Ledger())


def forget() -> None:
    """Empty every bounded cache of this package: what is remembered of one article and its countries. Tables stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith("summarizer."):
            for function in vars(module).values():
                if hasattr(function, "cache_parameters") and function.cache_parameters()["maxsize"] is not None:
                    function.cache_clear()


def timed(run: Callable[[], T], repeats: int, before: Callable[[], None] = lambda: None) -> tuple[list[float], T]:
    """The seconds of each of `repeats` runs, and what the last one returned."""
    times = []
    for _ in range(repeats):
        before()
        started = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - started)
    return times, result


# --- printing ---


def print_versions() -> None:
    """What was measured with what."""
    names = ("conflict-summarizer", "rapidfuzz", "sentencex", "pydantic")
    parts = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)]
    print(", ".join([*parts, f"langextract {peer_version() or 'not installed'}"]))


def print_grounding() -> None:
    """The example article: the first grounding in a process, then the median of several, beside reading the draft."""
    read = read_article(EXAMPLES / "ukraine-talks.fr.txt")
    draft = asyncio.run(recorded_draft(read))
    text = draft.model_dump_json()
    items = len(judge(Analysis(Article("")), draft))
    first, _ = timed(lambda: ground(Analysis(read), draft), 1)
    again, _ = timed(lambda: ground(Analysis(read), draft), RUNS)
    warm, _ = timed(lambda: ground(Analysis(read), draft), RUNS, forget)
    analysed = Analysis(read)
    checks, _ = timed(lambda: ground(analysed, draft), RUNS)
    parsing, _ = timed(lambda: Draft.model_validate(json.loads(text)), RUNS)
    parse = statistics.median(parsing)
    print(f"\n## The whole grounding of one article ({len(read.text.split())} words, {items} drafted items)\n")
    _row("", "time", "ratio to the last")
    _rule(3)
    for name, seconds in (
        ("first in a process: tables are loaded", first[0]),
        ("after another article: what is remembered of names and countries is forgotten", statistics.median(warm)),
        ("the same article again: nothing is forgotten", statistics.median(again)),
        ("its checks and publishing alone, the text's mentions being read", statistics.median(checks)),
        ("`json.loads` and pydantic's validation of the draft", parse),
    ):
        _row(name, f"{1000 * seconds:.{1 if seconds > 0.01 else 2}f} ms", f"{seconds / parse:.0f}")
    print(f"\nAll but the first: median of {RUNS}.")


def print_comparison(ours: Sequence[Score], theirs: dict[Peer, list[Score]], *, told: bool) -> None:
    """Ours beside the peer's best configuration of each language."""
    print("\n## Alignment, " + ("told where to look first" if told else "told nothing but the article") + "\n")
    _row(
        "",
        "quotes",
        "ours, ms",
        "LangExtract, ms",
        "ratio",
        "ours right",
        "theirs right",
        "ours accepts",
        "theirs accept",
        "its best",
    )
    _rule(10)
    chosen = best(theirs, told=told)
    for at, language in enumerate(LANGUAGES):
        peer = next(peer for peer, scores in theirs.items() if scores[at] is chosen[at])
        _row(language, *_compared(ours[at], chosen[at]), str(peer))
    _row("**all**", *_compared(summed(ours), summed(chosen)), "")
    print("\nEach configuration in all languages:\n")
    _row("", "ms", "right", "wrongly accepted")
    _rule(4)
    for peer, scores in theirs.items():
        total = summed(scores)
        _row(str(peer), f"{total.milliseconds:.2f}", _percent(total, negative=False), _percent(total, negative=True))


def _compared(ours: Score, theirs: Score) -> list[str]:
    mine, other = ours.milliseconds, theirs.milliseconds
    shares = [_percent(score, negative=negative) for negative in (False, True) for score in (ours, theirs)]
    return [str(sum(ours.asked.values())), f"{mine:.2f}", f"{other:.2f}", f"{other / mine:.0f}", *shares]


def print_alone(ours: dict[bool, list[Score]]) -> None:
    """Our side only."""
    print("\n## Alignment, told nothing but the article\n")
    _row("", "quotes", "ms", "ms, told the sentence", "right", "wrongly accepted")
    _rule(6)
    rows = [*zip(LANGUAGES, ours[False], ours[True], strict=True), ("**all**", summed(ours[False]), summed(ours[True]))]
    for name, score, told in rows:
        shares = [_percent(score, negative=negative) for negative in (False, True)]
        _row(name, str(sum(score.asked.values())), f"{score.milliseconds:.2f}", f"{told.milliseconds:.2f}", *shares)


def print_classes(name: str, scores: Sequence[Score]) -> None:
    """How many of each class are treated rightly: found where they stand, or refused."""
    print(f"\n{name}: right, by class (the last two are not in the article: right is to refuse them)\n")
    _row("", *CLASSES)
    _rule(len(CLASSES) + 1)
    for language, score in [*zip(LANGUAGES, scores, strict=True), ("**all**", summed(scores))]:
        _row(language, *(f"{score.right[kind]}/{score.asked[kind]}" if score.asked[kind] else "–" for kind in CLASSES))


def _percent(score: Score, *, negative: bool) -> str:
    return f"{100 * score.share(negative=negative):.1f} %"


def _row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")


def _rule(columns: int) -> None:
    print("|" + " --- |" * columns)


if __name__ == "__main__":
    main()
