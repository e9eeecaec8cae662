"""Runs an engine over gold articles, from recordings unless told to call."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.gold import FOLDER, Gold
from evals.scores import ArticleScore, Frozen, failed, score
from summarizer.engines import engine_for
from summarizer.engines.keyword.engine import KEYWORD
from summarizer.errors import SummarizerError
from summarizer.pipeline import program_version, summarize_article
from summarizer.settings import Settings, load_settings

RECORDINGS = FOLDER / "recordings"
Progress = Callable[[str], None]


class EvalRun(Frozen):
    """One run of one engine: what is saved as JSON and what reports are made from."""

    engine: str
    program: str
    scores: list[ArticleScore]

    def named(self, article: str) -> ArticleScore | None:
        """The score of one article."""
        return next((one for one in self.scores if one.article == article), None)

    @property
    def errors(self) -> list[ArticleScore]:
        """The articles without a summary."""
        return [one for one in self.scores if one.error is not None]


def recordings_of(model: str) -> Path:
    """The folder with a model's recorded answers: its name with everything but letters, digits and dots as `-`."""
    return RECORDINGS / re.sub(r"[^A-Za-z0-9.]+", "-", model).strip("-")


def settings_for(model: str, *, record: bool = False, base_url: str | None = None, mode: str | None = None) -> Settings:
    """The settings of a run: the keyword engine as it is, a model from its recordings, or recording them."""
    if model == KEYWORD:
        return load_settings(environment={}, dotenv=None, model=KEYWORD)
    folder = recordings_of(model)
    if record:
        folder.mkdir(parents=True, exist_ok=True)
        return load_settings(model=model, base_url=base_url, mode=mode, cache=folder)
    return load_settings(environment={}, dotenv=None, model=model, mode=mode, replay=folder)


def run(settings: Settings, golds: Sequence[Gold], progress: Progress, *, at_once: int = 1) -> EvalRun:
    """The scores of an engine on the articles, in their order. A missing recording is that article's error."""
    scores = asyncio.run(_all(settings, golds, progress, at_once))
    return EvalRun(engine=settings.model or KEYWORD, program=f"conflict-summarizer {program_version()}", scores=scores)


async def _all(settings: Settings, golds: Sequence[Gold], progress: Progress, at_once: int) -> list[ArticleScore]:
    free = asyncio.Semaphore(at_once)

    async def one(gold: Gold) -> ArticleScore:
        async with free:
            progress(gold.article)
            return await _score(settings, gold)

    return list(await asyncio.gather(*(one(gold) for gold in golds)))


async def _score(settings: Settings, gold: Gold) -> ArticleScore:
    try:
        article = gold.read()
        async with engine_for(settings, lambda _: None) as engine:
            return score(gold, await summarize_article(article, engine, repair=settings.repair))
    except SummarizerError as error:
        return failed(gold, str(error))
