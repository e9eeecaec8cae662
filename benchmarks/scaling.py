"""Whether time stays linear in the text: each stage, each script, and the worst inputs that we could think of.

    python -m benchmarks.scaling [largest size in characters, 400000 by default] [words of the inputs' names ...]

Every stage reads texts of a quarter, a half and the whole of that size; printed are the seconds of the largest and
how many times longer each took than its half. Process time, so that other processes do not count. Asserts nothing.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from benchmarks.inputs import PATHOLOGIES, SCRIPTS, Input
from summarizer.engines.base import Task
from summarizer.engines.keyword.engine import KeywordEngine
from summarizer.engines.ledger import Ledger
from summarizer.grounding.alignment import align
from summarizer.grounding.duplicates import without_duplicates
from summarizer.grounding.judging import judge
from summarizer.grounding.keys import unique_keys
from summarizer.grounding.mentions import mentions
from summarizer.grounding.suspicion import reporting
from summarizer.language.analysis import Analysis
from summarizer.pipeline import summarize_article
from summarizer.reading.sources import read_article
from summarizer.rendering.as_json import to_json
from summarizer.rendering.terminal import print_summary
from summarizer.schema.article import Article
from summarizer.schema.draft import Draft
from summarizer.schema.summary import Summary

SIZE = 400_000
LIMIT = 2.5
"""How many times longer a text of double length may take."""
FLOOR = 0.03
"""Seconds: what takes less is noise, not growth."""


@dataclass
class Course:
    """One text on its way through; each stage leaves here what the next one needs."""

    data: bytes
    language: str
    analysis: Analysis = field(init=False)
    draft: Draft = field(init=False)
    summary: Summary = field(init=False)

    def read(self) -> None:
        """Bytes to Article."""
        article = read_article(self.data, published="2022-03-03", max_bytes=10**9)
        self.analysis = Analysis(
            Article(article.text, language=self.language, published=article.published, title=article.title)
        )

    def sentences(self) -> None:
        """Segmentation."""
        _ = self.analysis.sentences

    def quantities(self) -> None:
        """Numbers."""
        _ = self.analysis.quantities

    def dates(self) -> None:
        """Dates, and the day of publication."""
        undated = Analysis(Article(self.analysis.article.text, language=self.language))
        _ = undated.inference, self.analysis.dates

    def places(self) -> None:
        """Countries and places."""
        _ = self.analysis.countries, self.analysis.places

    def names(self) -> None:
        """Parties and persons."""
        _ = self.analysis.names

    def quotations(self) -> None:
        """What stands between quotation marks."""
        _ = self.analysis.quotations

    def attributions(self) -> None:
        """Who says what."""
        _ = self.analysis.attributions

    def suspicion(self) -> None:
        """What speaks to a model."""
        reporting(self.analysis)

    def mentions(self) -> None:
        """What is named, for the summary."""
        mentions(self.analysis, self.language)

    def alignment(self) -> None:
        """Quotes that stand first, amid and last, and two that stand nowhere."""
        sentences = self.analysis.sentences
        for at in (0, len(sentences) // 2, len(sentences) - 1):
            quote = sentences[at].text[:300]
            align(quote, at + 1, sentences)
            align(quote[:5] + "zq" + quote[7:], 1, sentences)
        align("The envoy never said that ninety ships had sunk off the coast", 1, sentences)
        align("sentinelle 4711", len(sentences), sentences)

    def drafting(self) -> None:
        """The keyword engine."""
        task = Task(self.analysis, self.analysis.sentences, self.language)
        self.draft = unique_keys(asyncio.run(KeywordEngine().draft(task, Ledger())))

    def judging(self) -> None:
        """Every check of every drafted item; duplicates joined."""
        without_duplicates(judge(self.analysis, self.draft))

    def whole(self) -> None:
        """The whole way, from the article anew."""
        self.summary = asyncio.run(summarize_article(self.analysis.article, KeywordEngine()))

    def rendering(self) -> None:
        """JSON and terminal."""
        from rich.console import Console

        to_json(self.summary)
        print_summary(self.summary, Console(file=StringIO(), width=100), show_set_aside=True)


STAGES: tuple[Callable[[Course], None], ...] = (
    Course.read,
    Course.sentences,
    Course.quantities,
    Course.dates,
    Course.places,
    Course.names,
    Course.quotations,
    Course.attributions,
    Course.suspicion,
    Course.mentions,
    Course.alignment,
    Course.drafting,
    Course.judging,
    Course.whole,
    Course.rendering,
)


def timed(text: str, language: str, stages: Sequence[Callable[[Course], None]] = STAGES) -> Iterator[tuple[str, float]]:
    """Each stage's name and its seconds of process time on `text`, in order."""
    course = Course(text.encode("utf-8", "surrogatepass"), language)
    gc.collect()
    gc.disable()  # its passes come at moments of their own; all in all they are linear too
    try:
        for stage in stages:
            started = time.process_time()
            stage(course)
            yield stage.__name__, time.process_time() - started
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds of one stage on texts of doubling length."""

    stage: str
    seconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times longer the last took than the one before; 1 where both are too short to be told apart."""
        before, last = self.seconds[-2:]
        return last / max(before, FLOOR) if last > FLOOR else 1.0


def growth(source: Input, sizes: Sequence[int]) -> list[Growth]:
    """Every stage on every size."""
    runs = [dict(timed(source.make(size), source.language)) for size in sizes]
    return [Growth(stage, tuple(run[stage] for run in runs)) for stage in runs[0]]


def main() -> None:
    """Print a line for each input, and the stages that grew beyond the limit."""
    arguments = sys.argv[1:]
    size = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else SIZE
    chosen = [one for one in (*SCRIPTS, *PATHOLOGIES) if not arguments or any(word in one.name for word in arguments)]
    for _ in timed(chosen[0].make(2000), chosen[0].language):
        pass  # tables are loaded once
    gc.freeze()
    print(
        f"{size:,} characters\n\n| input | whole, s | its growth | slowest stage | s | its growth | beyond {LIMIT} |\n|{'---|' * 7}"
    )
    for source in chosen:
        found = growth(source, (size // 4, size // 2, size))
        whole = next(one for one in found if one.stage == "whole")
        slowest = max((one for one in found if one is not whole), key=lambda one: one.seconds[-1])
        beyond = ", ".join(f"{one.stage} {one.ratio:.1f}" for one in found if one.ratio > LIMIT)
        print(
            f"| {source.name} | {whole.seconds[-1]:.2f} | {whole.ratio:.1f} | {slowest.stage} | "
            f"{slowest.seconds[-1]:.2f} | {slowest.ratio:.1f} | {beyond} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
