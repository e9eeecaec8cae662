"""What every engine offers to the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from summarizer.engines.ledger import Ledger
from summarizer.grounding.judging import Judged
from summarizer.language.analysis import Analysis
from summarizer.schema.article import Article, Sentence
from summarizer.schema.draft import Draft

Listener = Callable[[str], None]
"""Is told, in a few words, what an engine is doing: for a progress line."""


@dataclass(frozen=True, slots=True)
class Task:
    """One article to draft: what its text shows, the sentences to read (all, or a part), and the language in which
    paraphrases are wanted (BCP 47)."""

    analysis: Analysis
    sentences: Sequence[Sentence]
    language: str

    @property
    def article(self) -> Article:
        """The article."""
        return self.analysis.article

    def showing(self, sentences: Sequence[Sentence]) -> Task:
        """The same task with only these sentences to read."""
        return replace(self, sentences=sentences)


class Engine(Protocol):
    """Reads an article and says what it finds. Nothing an engine says is trusted."""

    @property
    def name(self) -> str:
        """The engine's name: `llm` or `keyword`."""

    @property
    def model(self) -> str | None:
        """The model as the user named it, or None."""

    @property
    def prompts(self) -> str | None:
        """The fingerprint of the prompts, or None."""

    async def draft(self, task: Task, ledger: Ledger) -> Draft:
        """The draft of one article. Raises EngineError. Every call is entered in `ledger`."""

    async def repair(self, task: Task, failing: Sequence[Judged], ledger: Ledger) -> Draft:
        """New versions of the failing items, under their keys; items that cannot be mended are left out."""
