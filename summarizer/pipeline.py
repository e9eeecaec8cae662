"""The way through, top to bottom: article -> sentences -> draft -> checks -> repair -> summary."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from summarizer.engines.base import Engine, Task
from summarizer.engines.ledger import Ledger
from summarizer.errors import EngineError
from summarizer.grounding.duplicates import without_duplicates
from summarizer.grounding.instructions import suspicions
from summarizer.grounding.judging import Judged, judge
from summarizer.grounding.keys import only, unique_keys, with_replaced
from summarizer.grounding.mentions import mentions
from summarizer.grounding.publication import inferred_day
from summarizer.grounding.publishing import publish, set_aside, timeline
from summarizer.grounding.suspicion import reporting
from summarizer.language.analysis import Analysis
from summarizer.language.detection import UNDETERMINED
from summarizer.schema.article import Article
from summarizer.schema.draft import Draft
from summarizer.schema.summary import ArticleInfo, Run, Summary, Tokens, Verification


async def summarize_article(
    article: Article, engine: Engine, *, language: str | None = None, repair: bool = True
) -> Summary:
    """The checked summary of `article`, with paraphrases in `language` (BCP 47; None: the article's own).

    Raises EngineError where the engine gives no draft. What the article does not support is in `verification`.
    """
    started = time.monotonic()
    ledger = Ledger()
    analysis = Analysis(article)
    task = Task(analysis, analysis.sentences, language or article.language or UNDETERMINED)
    told = reporting(analysis)
    for suspicion in suspicions(told):
        ledger.warn(suspicion)
    draft = unique_keys(await engine.draft(task, ledger))
    judged = judge(analysis, draft)
    if repair and any(one.problems for one in judged):
        judged = await _repaired(engine, task, analysis, draft, judged, ledger)
    judged, merged = without_duplicates(judged)
    sections = publish(told.analysis, judged)
    return Summary(
        article=_info(article, inferred_day(told.analysis, draft)),
        language=task.language,
        gist=sections.gist,
        parties=sections.parties,
        positions=sections.positions,
        military_developments=sections.military_developments,
        diplomatic_developments=sections.diplomatic_developments,
        humanitarian_figures=sections.humanitarian_figures,
        timeline=timeline(sections),
        mentions=mentions(told.analysis, task.language),
        verification=_verification(judged, len(sections.items()), merged),
        run=_run(engine, ledger, time.monotonic() - started),
    )


async def _repaired(
    engine: Engine, task: Task, analysis: Analysis, draft: Draft, judged: Sequence[Judged], ledger: Ledger
) -> list[Judged]:
    """The items, those that failed replaced by what one repair call made of them, if that passes the checks."""
    failing = [one for one in judged if one.problems]
    try:
        answer = await engine.repair(task, failing, ledger)
    except EngineError as error:
        # The draft is paid for and checked: it is worth more than an error.
        ledger.warn(f"the repair call failed, so failing items were set aside unmended: {error}")
        return list(judged)
    keys = {one.key for one in failing}
    whole = with_replaced(draft, answer, keys)
    again = judge(analysis, only(whole, keys), whole)
    mended = {one.key: one for one in again if not one.problems}
    return [mended[one.key].as_repaired() if one.problems and one.key in mended else one for one in judged]


def _info(article: Article, inferred: str | None) -> ArticleInfo:
    return ArticleInfo(
        title=article.title,
        source=article.source,
        author=article.author,
        url=article.url,
        language=article.language or UNDETERMINED,
        published=article.published,
        published_inferred=inferred,
        words=len(re.findall(r"\w+", article.text)),
        sha256=article.sha256,
        text=article.text,
    )


def _verification(judged: Sequence[Judged], published: int, merged: int) -> Verification:
    return Verification(
        drafted=len(judged) + merged,
        published=published,
        repaired=sum(one.repaired for one in judged),
        merged=merged,
        set_aside=set_aside(judged),
    )


def _run(engine: Engine, ledger: Ledger, seconds: float) -> Run:
    return Run(
        engine=engine.name,
        model=engine.model,
        answered_by=ledger.answered_by,
        program=f"conflict-summarizer {program_version()}",
        prompts=engine.prompts,
        calls=ledger.calls,
        replayed=ledger.replayed,
        retries=ledger.retries,
        tokens=Tokens(input=ledger.input_tokens, cached=ledger.cached_tokens, output=ledger.output_tokens),
        cost=ledger.cost,
        seconds=round(seconds, 3),
        warnings=ledger.warnings,
    )


@cache
def program_version() -> str:
    """The installed version of this package; looked up on disk once."""
    try:
        return version("conflict-summarizer")
    except PackageNotFoundError:
        return "unknown"
