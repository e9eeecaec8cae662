"""The day of publication, where the text fixes it."""

from __future__ import annotations

from summarizer.grounding.quotes import check_quotes
from summarizer.language.analysis import Analysis
from summarizer.language.dates import agrees
from summarizer.language.edtf import known
from summarizer.schema.article import Edtf
from summarizer.schema.draft import Draft


def inferred_day(analysis: Analysis, draft: Draft) -> str | None:
    """The day that the text fixes by the program's own rules; else the drafted one, if nothing speaks against it.

    A drafted day must be a whole day within what is known of the publication date, all its evidence must stand in the
    article, and every weekday, day or month in that evidence must agree with it.
    """
    if analysis.inference is not None:
        return analysis.inference.date
    drafted, published = draft.publication_day, analysis.article.published
    day = known(Edtf(drafted.date)) if drafted else None
    if drafted is None or day is None or not day.is_day or drafted.date == published:
        return None
    limits = known(published)
    if limits is not None and not limits.start <= day.start <= limits.end:
        return None
    found, _, _ = check_quotes(analysis.article, analysis.sentences, drafted.evidence)
    if not found or len(found) < len(drafted.evidence):
        return None
    said = [one for one in analysis.dates if any(p.start <= one.start < p.end for p in found)]
    return drafted.date if said and any(agrees(Edtf(drafted.date), one) for one in said) else None
