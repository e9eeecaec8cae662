"""Check 3, date: the resolved date agrees with the words as written and the article's date."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import fold
from summarizer.language.analysis import Analysis, nearest_first, within
from summarizer.language.dates import DateKind, DateMention, agrees
from summarizer.language.edtf import known
from summarizer.schema.article import Edtf, Sentence
from summarizer.schema.draft import DraftWhen
from summarizer.schema.values import Evidence

_WEEK, _MONTH = 7, 31


def check_date(
    analysis: Analysis, name: str, drafted: DraftWhen, evidence: Sequence[Evidence], findings: Findings
) -> None:
    """Compare the drafted date of field `name` with what its words mean; what the words fix better is taken from them."""
    spans = _where(analysis, drafted.as_written, evidence)
    if not spans:
        findings.wrong(
            "date",
            f"`{name}`: the words {drafted.as_written!r} do not stand in the article: copy its words for the time, or give null.",
        )
        return
    mentions = within(analysis.dates, spans)
    if not mentions:
        _without_words(analysis, name, drafted, findings)
        return
    date = Edtf(drafted.date) if drafted.date and known(Edtf(drafted.date)) else None
    agreeing = [mention for mention in mentions if date and (agrees(date, mention) or _ahead(analysis, date, mention))]
    if date and not agreeing:
        meant = next((mention for mention in mentions if mention.date), mentions[0])
        if _floats(mentions):
            findings.changes[name] = drafted.model_copy(update={"date": None})
            findings.doubted(
                "date",
                f"`{name}`: nothing in the text fixes {drafted.as_written!r} to a date; drafted as {drafted.date}",
            )
        else:
            said = f"is {meant.date}" if meant.date else "cannot be that day"
            findings.wrong("date", f"`{name}`: {meant.as_written!r} {said}, not {drafted.date}: correct the date.")
        return
    if date and len(mentions) == 1 and _is_another_night(date, mentions[0]):
        date = None
    _take((agreeing or mentions)[0], name, drafted, date, findings)


def _is_another_night(date: Edtf, mention: DateMention) -> bool:
    """A night from one day to the next is the interval of both, no more and no less."""
    return mention.kind is DateKind.NIGHT and known(mention.date) is not None and date != mention.date


def _take(mention: DateMention, name: str, drafted: DraftWhen, date: Edtf | None, findings: Findings) -> None:
    own, given = known(mention.date), known(date)
    if own is not None and (given is None or (own.precision > given.precision and not given.interval)):
        findings.changes[name] = drafted.model_copy(update={"date": mention.date})
        findings.repaired("date", f"`{name}`: {mention.as_written!r} is {mention.date}; drafted as {drafted.date}")
    elif date is None and drafted.date is not None:
        findings.changes[name] = drafted.model_copy(update={"date": None})
        findings.repaired("date", f"`{name}`: {drafted.date!r} is no date")
    else:
        findings.passed("date", f"{mention.as_written} = {date}" if date else f"{mention.as_written}: not resolved")


def _ahead(analysis: Analysis, date: Edtf, mention: DateMention) -> bool:
    """A weekday, or a day without a month, may also be the other one of past and coming: which of the two is a question
    of tense, that the engine reads as well."""
    drafted, published = known(date), known(analysis.published)
    if drafted is None or published is None or not drafted.is_day:
        return False
    days = (drafted.start - published.end).days
    said = mention.constraint
    if mention.kind is DateKind.PARTIAL and said.day and not said.month and said.offset is None:
        return abs(days) <= _MONTH and drafted.start.day == said.day
    if mention.kind is not DateKind.WEEKDAY:
        return False
    return 0 < days <= _WEEK and drafted.start.isoweekday() in mention.constraint.weekdays


def _floats(mentions: Sequence[DateMention]) -> bool:
    """Whether the words alone say nothing against any date: "yesterday", with no publication date."""
    return all(
        mention.date is None
        and not mention.constraint.weekdays
        and not mention.constraint.day
        and not mention.constraint.month
        and not mention.constraint.year
        for mention in mentions
    )


def _without_words(analysis: Analysis, name: str, drafted: DraftWhen, findings: Findings) -> None:
    """Words in which the program reads no date ("since the conflict began") may rest on a date stated elsewhere."""
    if drafted.date is None:
        findings.passed("date", f"{drafted.as_written}: not resolved")
    elif known(Edtf(drafted.date)) and any(mention.date == drafted.date for mention in analysis.dates):
        findings.passed("date", f"{drafted.as_written} = {drafted.date}, as stated elsewhere")
    else:
        findings.changes[name] = drafted.model_copy(update={"date": None})
        findings.doubted("date", f"`{name}`: the program cannot confirm that {drafted.as_written!r} is {drafted.date}")


def _where(analysis: Analysis, words: str, evidence: Sequence[Evidence]) -> list[tuple[int, int]]:
    """The span of the words: in the evidence's sentences, the decisive one first, else the nearest in the article.

    Where the evidence has them more than once, a date of just these words goes before a longer one that holds them
    ("mardi" beside "dans la nuit de mardi à mercredi").
    """
    needle = fold(words).text
    if not needle or needle not in fold(analysis.article.text).text:
        return []
    numbers = list(dict.fromkeys(passage.sentence for passage in evidence))
    own = [sentence for number in numbers if (sentence := analysis.sentence(number))]
    found = [span for sentence in own for span in _spans(sentence, needle)]
    if exact := [span for span in found if _is_date(analysis, span, needle)]:
        return exact[:1]
    if found:
        return found[:1]
    near = nearest_first(analysis.sentences, [sentence.start for sentence in own])
    return next((spans[:1] for sentence in near if (spans := _spans(sentence, needle))), [])


def _spans(sentence: Sentence, needle: str) -> list[tuple[int, int]]:
    """Where the folded words stand in a sentence."""
    whole, found = fold(sentence.text), []
    at = whole.text.find(needle)
    while at != -1:
        start, end = whole.span(at, at + len(needle))
        found.append((sentence.start + start, sentence.start + end))
        at = whole.text.find(needle, at + 1)
    return found


def _is_date(analysis: Analysis, span: tuple[int, int], needle: str) -> bool:
    return any(fold(mention.as_written).text == needle for mention in within(analysis.dates, [span]))
