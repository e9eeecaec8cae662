"""Runs an engine over gold articles, from recordings unless told to call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from evals.answers import unused
from evals.gold import Gold, load_all
from evals.scores import ArticleScore, Frozen, failed, score
from summarizer.engines.keyword.engine import KEYWORD, KeywordEngine
from summarizer.errors import SummarizerError
from summarizer.pipeline import program_version, summarize_article
from summarizer.settings import Settings

Progress = Callable[[str], None]


class EvalRun(Frozen):
    """One run of one engine: what is saved as JSON and what reports are made from.

    `answered_by` says which model gave the recorded answers. `used` names the recordings that answered, `stale` those that
    no request of the whole set asked for: the article, the prompts or a setting changed since they were made.
    """

    engine: str
    program: str
    prompts: str | None = None
    answered_by: str | None = None
    scores: list[ArticleScore]
    used: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    def named(self, article: str) -> ArticleScore | None:
        """The score of one article."""
        return next((one for one in self.scores if one.article == article), None)

    def without_summaries(self) -> EvalRun:
        """The numbers alone: enough to compare with, and small enough to keep."""
        return self.model_copy(update={"scores": [one.model_copy(update={"summary": None}) for one in self.scores]})

    @property
    def errors(self) -> list[ArticleScore]:
        """The articles without a summary."""
        return [one for one in self.scores if one.error is not None]

    @property
    def missing(self) -> list[tuple[str, str]]:
        """Every request without a recording: the article, and the name that its recording would have."""
        return [(one.article, name) for one in self.scores for name in one.missing]


def run(
    settings: Settings, golds: Sequence[Gold], progress: Progress, *, at_once: int = 1, answered_by: str | None = None
) -> EvalRun:
    """The scores of an engine on the articles, in their order.

    A missing recording of a draft is that article's error, one of a repair leaves its items set aside; both are named in
    `missing`.
    """
    return asyncio.run(_all(settings, golds, progress, at_once, answered_by))


async def _all(
    settings: Settings, golds: Sequence[Gold], progress: Progress, at_once: int, answered_by: str | None
) -> EvalRun:
    free = asyncio.Semaphore(at_once)
    used: set[str] = set()

    async def one(gold: Gold) -> ArticleScore:
        async with free:
            progress(gold.article)
            return await _keyword(gold) if settings.model == KEYWORD else await _model(settings, gold, used)

    scores = list(await asyncio.gather(*(one(gold) for gold in golds)))
    whole = settings.replay is not None and len(golds) == len(load_all())
    summaries = [one.summary for one in scores if one.summary]
    return EvalRun(
        engine=settings.model or KEYWORD,
        program=f"conflict-summarizer {program_version()}",
        prompts=summaries[0].run.prompts if summaries else None,
        answered_by=answered_by,
        scores=scores,
        used=tuple(sorted(used)),
        stale=tuple(unused(settings.replay, used)) if whole and settings.replay else (),
    )


async def _keyword(gold: Gold) -> ArticleScore:
    try:
        return score(gold, await summarize_article(gold.read(), KeywordEngine()))
    except SummarizerError as error:
        return failed(gold, str(error))


async def _model(settings: Settings, gold: Gold, used: set[str]) -> ArticleScore:
    from summarizer.engines.llm.engine import LLMEngine  # openai and instructor are slow to import
    from summarizer.engines.llm.recordings import transport_for

    transport = transport_for(settings)
    try:
        async with LLMEngine(settings, transport=transport) as engine:
            done = score(gold, await summarize_article(gold.read(), engine, repair=settings.repair))
    except SummarizerError as error:
        done = failed(gold, str(error))
    if transport is not None:
        used.update(transport.used)
        done = done.model_copy(update={"missing": list(transport.missing)})
    return done
