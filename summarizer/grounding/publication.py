"""The day of publication, where the text fixes it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.judging import check_quotes
from summarizer.grounding.publishing import valid_edtf
from summarizer.schema.article import Article, Sentence
from summarizer.schema.draft import Draft


def inferred_day(article: Article, sentences: Sequence[Sentence], draft: Draft) -> str | None:
    """The drafted day, if it is a whole day, does not contradict what is known, and all its evidence stands."""
    drafted = draft.publication_day
    if drafted is None or valid_edtf(drafted.date) is None or len(drafted.date) != len("2022-03-03"):
        return None
    if article.published == drafted.date or not drafted.date.startswith(article.published or ""):
        return None
    found, _, _ = check_quotes(article, sentences, drafted.evidence)
    return drafted.date if found and len(found) == len(drafted.evidence) else None
