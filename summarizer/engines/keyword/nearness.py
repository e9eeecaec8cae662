"""What stands nearest: the date and the place that belong to a number or to the cue of an event."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.engines.keyword.passages import Passage
from summarizer.language.analysis import Spanned
from summarizer.language.dates import DateKind, DateMention
from summarizer.language.edtf import known
from summarizer.language.places import PlaceMention
from summarizer.schema.codes import Precision
from summarizer.schema.draft import DraftPlace, DraftWhen

_SAID_ON = 2  # words between a verb of speech and the day on which it was said
_LINE_REACH = 70  # characters behind "border" in which the countries stand that it parts


def nearest_date(
    passage: Passage, span: Spanned, rivals: Sequence[Spanned] = (), *, said: bool = False
) -> DraftWhen | None:
    """The date that belongs to the words at `span`: one that opens the sentence, or the nearest to no rival of theirs.

    `said`: the day beside a verb of speech ("said on Tuesday") is not the event's.
    """
    usable = [one for one in passage.dates if one.date and not passage.in_quotation(one) and _is_time(one)]
    if said:
        clauses = speech_clauses(passage, span)
        usable = [one for one in usable if not _dates_speech(passage, one) and not _inside(one, clauses)]
    own = [one for one in usable if belongs(passage, one, span, rivals)]
    chosen = min(own, key=lambda one: passage.distance(one, span), default=None)
    return DraftWhen(as_written=chosen.as_written, date=chosen.date) if chosen else None


def speech_clauses(passage: Passage, span: Spanned) -> list[tuple[int, int]]:
    """The clauses of the sentence that tell who speaks, where and when, and not the words at `span`."""
    clauses = [passage.clause(one.verb_start, one.verb_end) for one in passage.attributions]
    return [(low, high) for low, high in clauses if not (low <= span.start and span.end <= high)]


def _inside(one: Spanned, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(low <= one.start and one.end <= high for low, high in stretches)


def _dates_speech(passage: Passage, date: DateMention) -> bool:
    """Whether the date stands right behind a verb of speech."""
    for one in passage.attributions:
        if one.verb_end <= date.start:
            between = passage.between(one.verb_end, date.start)
            if len(between.split()) <= _SAID_ON and not any(mark in between for mark in ",;:"):
                return True
    return False


def _is_time(date: DateMention) -> bool:
    bounds = known(date.date)
    return bounds is not None and (date.kind is not DateKind.ABSOLUTE or (bounds.end - bounds.start).days < 300)


def nearest_place(
    passage: Passage,
    span: Spanned,
    rivals: Sequence[Spanned] = (),
    town: PlaceMention | None = None,
    without: Sequence[tuple[int, int]] = (),
) -> DraftPlace | None:
    """The most specific place that belongs to the words at `span`; `town` is what "this city" means.

    `without` are stretches whose places do not count.
    """
    metonyms = {(name.start, name.end) for name in passage.names if name.metonym or name.kind == "demonym"}
    usable = [
        one
        for one in passage.places
        if (one.start, one.end) not in metonyms and not passage.in_quotation(one) and not _inside(one, without)
    ]
    towns = [one for one in usable if is_town(passage, one)]
    own = [one for one in towns if belongs(passage, one, span, rivals)]
    if own:
        return _draft_place(min(own, key=lambda one: passage.distance(one, span)))
    if town is not None and passage.cues("this_place"):
        return _draft_place(town)
    if (line := _line(passage, span)) is not None:
        return line
    wide = [one for one in usable if one not in towns]
    behind = [one for one in wide if one.start > span.start]
    return _draft_place(min(behind or wide, key=lambda one: passage.distance(one, span))) if wide else None


def is_town(passage: Passage, place: PlaceMention) -> bool:
    """Whether it is a settlement and no capital that stands for its government."""
    seats = {(name.start, name.end) for name in passage.names if name.kind == "capital" and name.metonym}
    return place.entry.kind not in ("country", "region") and (place.start, place.end) not in seats


def belongs(passage: Passage, one: Spanned, span: Spanned, rivals: Sequence[Spanned]) -> bool:
    """Whether `one` opens the sentence, or stands nearer to `span` than to any rival in another clause."""
    others = [rival for rival in rivals if not passage.same_clause(rival, span)]
    if all(one.end <= rival.start for rival in (*others, span)):
        return True  # it opens the sentence, for all of it
    return all(passage.distance(one, span) <= passage.distance(one, rival) for rival in others)


def _draft_place(place: PlaceMention) -> DraftPlace:
    kinds = {"country": Precision.COUNTRY, "region": Precision.REGION}
    precision = kinds.get(place.entry.kind, Precision.SETTLEMENT)
    return DraftPlace(
        as_written=place.as_written, name=place.as_written, country=place.entry.country, precision=precision
    )


def _line(passage: Passage, span: Spanned) -> DraftPlace | None:
    """A border or front, with the countries named right behind it."""
    for cue in passage.cues("line"):
        behind = [one for one in passage.places if cue.end <= one.start <= cue.end + _LINE_REACH]
        if behind and cue.start > span.start:
            end = behind[min(1, len(behind) - 1)].end
            words = passage.between(cue.start, end)
            return DraftPlace(as_written=words, name=words, country=None, precision=Precision.LINE)
    return None
