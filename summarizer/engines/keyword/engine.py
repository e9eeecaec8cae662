"""The embedded engine: drafts from the analysis and the languages' cue words. Deterministic; calls nobody."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from summarizer.engines.base import Task
from summarizer.engines.keyword.events import Scene, draft_diplomatic, draft_military
from summarizer.engines.keyword.figures import draft_figures
from summarizer.engines.keyword.lexicon import has_cues
from summarizer.engines.keyword.parties import PartyBook
from summarizer.engines.keyword.passages import Passage, passages
from summarizer.engines.keyword.positions import draft_positions
from summarizer.engines.keyword.voices import Voices
from summarizer.engines.ledger import Ledger
from summarizer.grounding.judging import Judged
from summarizer.schema.draft import Draft, DraftGist

KEYWORD = "keyword"


class KeywordEngine:
    """Finds what cue words and nearness show. It never paraphrases: statements are the article's own sentences."""

    name = KEYWORD
    model: str | None = None
    prompts: str | None = None

    async def __aenter__(self) -> Self:
        """Holds nothing open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Holds nothing open."""

    async def draft(self, task: Task, ledger: Ledger) -> Draft:
        """The draft of one article; mostly empty, with a warning, where the language has no cue words."""
        analysis = task.analysis
        if not has_cues(analysis.language):
            ledger.warn(
                f"the keyword engine has no cue words for language {analysis.language!r}: only names are drafted"
            )
        if task.language != (task.article.language or task.language):
            ledger.warn("the keyword engine does not paraphrase: statements stay in the article's language")
        found = passages(analysis)
        book = PartyBook(found, task.language)
        voices = Voices(found, book, task.article.text)
        scene = Scene(found, book, voices, task.article.text, analysis.published)
        return Draft(
            publication_day=None,
            humanitarian_figures=draft_figures(found, voices, task.article.text),
            military_developments=draft_military(scene),
            diplomatic_developments=draft_diplomatic(scene),
            positions=draft_positions(found, voices, book),
            parties=book.drafts(),  # last: by now everything that names a party has referred to it
            gist=_lead(found),
        )

    async def repair(self, task: Task, failing: Sequence[Judged], ledger: Ledger) -> Draft:
        """Nothing: it would say the same again."""
        del task, failing, ledger
        return Draft.model_validate({name: None if name == "publication_day" else [] for name in Draft.model_fields})


def _lead(found: Sequence[Passage]) -> list[DraftGist]:
    """The article's first sentence that is no heading: in news, what happened."""
    first = next((passage for passage in found if not passage.heading), None)
    if first is None:
        return []
    return [
        DraftGist(
            key="g1",
            evidence=[first.evidence(first.sentence.start, first.sentence.start)],
            text=first.sentence.text,
        )
    ]
