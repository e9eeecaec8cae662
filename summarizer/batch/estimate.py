"""What a batch would take: articles, tokens and cost, without a call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import httpx2
from pydantic import SecretStr

from summarizer.batch.configuration import configuration, fingerprint
from summarizer.batch.duplicates import Duplicates, Register
from summarizer.batch.exchanges import Pricing
from summarizer.batch.journal import Journal
from summarizer.batch.readers import batch_engine
from summarizer.batch.records import State, Usage, article_key
from summarizer.batch.session import Plan, Via, pricing
from summarizer.batch.sources import batch_articles
from summarizer.engines.base import Task
from summarizer.language.analysis import Analysis
from summarizer.reading.entries import Unread
from summarizer.reading.sources import Source
from summarizer.schema.article import Article
from summarizer.settings import Settings

# From 31 recorded answers of a large model to articles of 3 to 5 kB in eleven languages (evals/recordings): a prompt's token is
# 4.1 bytes, the schema included; an answer is 670 tokens and 1.25 for each byte of the article; a repair call's is 340.
# Numbering the sentences adds some 15 % to an article.
_BYTES_A_TOKEN = 4.1
_NUMBERING = 0.15
_ANSWER, _ANSWER_A_BYTE = 670.0, 1.25
_REPAIR = 340.0


@dataclass(slots=True)
class Estimate:
    """Counts, and tokens in and out without repair calls (`repair`: what one for every article would add)."""

    articles: int = 0
    unread: int = 0
    linked: int = 0
    known: int = 0
    repeated: int = 0
    input: float = 0.0
    output: float = 0.0
    repair_input: float = 0.0
    repair_output: float = 0.0


def estimated(settings: Settings, sources: Sequence[Source], plan: Plan) -> str:
    """The estimate in words. Articles are read, and those that the journal has are left out. Raises SettingsError."""
    plan = plan.checked(dry_run=True)
    if settings.api_key is None:  # nothing is asked, so no key is needed
        settings = settings.model_copy(update={"api_key": SecretStr("none")})
    engine = batch_engine(settings, httpx2.MockTransport(lambda _: httpx2.Response(500)))
    journal = Journal(plan.journal if plan.journal is not None and plan.journal.is_file() else None)
    try:
        described = configuration(settings, engine)
        journal.use(fingerprint(described), described)
        prompt = _prompt_tokens(settings) if engine.model else 0.0
        estimate = _counted(sources, settings, plan, journal, prompt, calls=engine.model is not None)
        spent, done = journal.spent(), journal.count(State.DONE)
    finally:
        journal.close()
    return "".join(
        f"{line}\n" for line in _lines(estimate, engine.model, pricing(settings, plan), spent, done, settings, plan)
    )


def _counted(
    sources: Sequence[Source], settings: Settings, plan: Plan, journal: Journal, prompt: float, *, calls: bool
) -> Estimate:
    estimate, seen = Estimate(), set[bytes]()
    register = Register(journal, Duplicates(plan.duplicates))
    for article in batch_articles(sources, settings, plan.files):
        if isinstance(article, Unread):
            estimate.unread += 1
            continue
        key = article_key(article)
        state = journal.state(key)
        if key in seen:
            estimate.repeated += 1
        elif state in (State.DONE, State.LINKED) or (state is State.FAILED and not plan.retry_failed):
            estimate.known += 1
        else:
            journal.begin(key, article.label)  # as all that is noted here, never committed
            if register.enter(key, article):
                estimate.linked += 1
            else:
                estimate.articles += 1
                if calls:
                    _add_tokens(estimate, article, settings, prompt)
        seen.add(key)
    return estimate


def _add_tokens(estimate: Estimate, article: Article, settings: Settings, prompt: float) -> None:
    size = len(article.text.encode("utf-8", "surrogatepass"))
    shown = size / _BYTES_A_TOKEN * (1 + _NUMBERING)
    parts = 1 + int(shown // max(1000.0, (settings.context_tokens - prompt) / 2))
    estimate.input += shown + parts * prompt
    estimate.output += parts * _ANSWER + size * _ANSWER_A_BYTE
    if settings.repair:
        estimate.repair_input += prompt + shown / 2
        estimate.repair_output += _REPAIR


def _prompt_tokens(settings: Settings) -> float:
    """What is the same for all articles."""
    from summarizer.engines.llm.prompting import Prompts
    from summarizer.schema.draft import Draft

    task = Task(Analysis(Article(text="A", language="en")), [], "en")
    messages = Prompts(settings.prompts).draft_messages(task)
    schema = len(json.dumps(Draft.model_json_schema())) / 2  # the half that is sent: it goes without descriptions
    return (sum(len(message["content"].encode()) for message in messages) + schema) / _BYTES_A_TOKEN


def _lines(
    estimate: Estimate, model: str | None, price: Pricing, spent: Usage, done: int, settings: Settings, plan: Plan
) -> list[str]:
    lines = [f"{estimate.articles:,} articles to summarise"]
    lines += [f"{estimate.known:,} more are in the journal already"] * bool(estimate.known)
    lines += [f"{estimate.repeated:,} more are given twice"] * bool(estimate.repeated)
    lines += [f"{estimate.linked:,} more are the same as others"] * bool(estimate.linked)
    lines += [f"{estimate.unread:,} more cannot be read"] * bool(estimate.unread)
    if model is None:
        return [*lines, "no calls: the embedded keyword engine reads them"]
    if spent.answers and done:
        # What this very batch took so far is the best guess of what it will.
        sent, received = spent.input / done * estimate.articles, spent.output / done * estimate.articles
        basis = f"as the {done:,} done so far took"
        low = high = (sent, received)
    else:
        low = (estimate.input, estimate.output)
        high = (estimate.input + estimate.repair_input, estimate.output + estimate.repair_output)
        basis = "without and with a repair call for each" if settings.repair else "one call each"
    lines.append(f"{model}: about {_range(low[0], high[0])} tokens in, {_range(low[1], high[1])} out ({basis})")
    costs = [price(round(sent), 0, round(received)) for sent, received in (low, high)]
    if costs[0] is None or costs[1] is None:
        return [*lines, "the price of this model is not known"]
    shown = f"${costs[0]:.2f}" if costs[0] == costs[1] else f"${costs[0]:.2f} to ${costs[1]:.2f}"
    prices = "the Batch API's prices" if plan.via == Via.OPENAI_BATCH else "list prices"
    return [*lines, f"about {shown} at {prices}; less where the provider's prefix cache hits"]


def _range(low: float, high: float) -> str:
    first, last = f"{low:,.0f}", f"{high:,.0f}"
    return first if first == last else f"{first} to {last}"
