"""Summaries to render: the sample article's, the example's, and one of each code, made of the contract's own models."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import Any

import summarizer
from summarizer import Summary
from summarizer.schema.codes import (
    Assertion,
    DiplomaticKind,
    DiplomaticStage,
    FigureCategory,
    FigureUnit,
    Hedge,
    Match,
    Measure,
    MilitaryKind,
    MilitaryStage,
    PartyKind,
    PartyRole,
    Population,
    PositionKind,
    Precision,
    Verdict,
)
from summarizer.schema.summary import HumanitarianFigure
from summarizer.schema.values import Quantity
from tests.conftest import ROOT
from tests.loopback import Loopback, completion
from tests.samples import ARTICLE, draft


def summary_of(answer: dict[str, Any] | None = None, text: str = ARTICLE, **settings: Any) -> Summary:
    """The summary that the program makes of a model's answer."""
    with Loopback(completion(answer or draft()), repeat_last=True) as server:
        return summarizer.summarize(text, model="m", base_url=server.url, repair=False, **settings)


@cache
def sample() -> Summary:
    return summary_of()


@cache
def example() -> Summary:
    """Of a whole article, from a real model's recorded answers."""
    return summarizer.summarize(
        ROOT / "examples/ukraine-talks.fr.txt", model="anthropic/claude", replay=ROOT / "examples/recordings"
    )


def figure(identifier: str = "figure-1", **changes: Any) -> HumanitarianFigure:
    """Fourteen people killed in the event, in the article's own voice; tests change one thing at a time."""
    number = changes.pop("number", {"value": 14, "low": None, "high": None, "hedge": Hedge.EXACT})
    quantity = Quantity(as_written=changes.pop("words", "14"), derived=False, **number)
    by = changes.pop("by", None)
    side = changes.pop("side", None)
    fields: dict[str, Any] = {
        "id": identifier,
        "evidence": [],
        "verdict": Verdict.SUPPORTED,
        "checks": [],
        "category": FigureCategory.KILLED,
        "quantity": quantity,
        "population": Population.PEOPLE,
        "unit": FigureUnit.PERSONS,
        "measure": Measure.NEW,
        **dict.fromkeys(("since", "as_of", "place", "origin", "destination", "subset_of")),
        "side": {"name": side, "id": side} if side else None,
        "asserted_by": {"name": by, "title": None, "party": None} if by else None,
        "assertion": Assertion.REPORTED if by else Assertion.FACT,
        **changes,
    }
    return HumanitarianFigure(**fields)


@cache
def every_code() -> Summary:
    """One summary with every kind, stage, category, population, hedge, precision and role in it somewhere."""
    base = sample().model_dump(mode="json")
    quote = sample().gist[0].evidence[0].model_dump(mode="json") | {"match": Match.NORMALIZED}
    shared = {"evidence": [quote], "verdict": "partly_supported"}
    checks = [{"name": "place", "outcome": "failed", "detail": "no such place"}]
    place = base["military_developments"][0]["place"]
    places = [{**place, "precision": one} for one in Precision]
    when = [{"as_written": "w", "date": one} for one in ("2017-05-29", "2017-05", "2017", "2017-05-29/..", "2017-05-01/2017-05-05", None)]  # fmt: skip
    said = {"name": None, "title": "two witnesses", "party": None}
    base["parties"] = [
        {**shared, "checks": [], "id": f"party-{n}", "name": f"P{n}", "other_names": [], "kind": kind, "role": role, "side": None, "country": "PHL"}
        for n, (kind, role) in enumerate(zip_longest(PartyKind, PartyRole, fillvalue=PartyRole.OTHER), 1)
    ]  # fmt: skip
    refs = [{"name": one["name"], "id": one["id"]} for one in base["parties"]]
    event = {
        **shared,
        "checks": checks,
        "description": "Something happened.",
        "asserted_by": said,
        "assertion": "alleged",
    }
    base["military_developments"] = [
        {**event, "id": f"military-{n}", "kind": kind, "stage": list(MilitaryStage)[n % 7], "place": places[n % 8], "when": when[n % 6],
         "initiators": refs[n % 13 : n % 13 + 2], "targets": refs[(n + 5) % 13 : (n + 5) % 13 + 1], "figures": [f"figure-{n}"]}
        for n, kind in enumerate(MilitaryKind, 1)
    ]  # fmt: skip
    base["diplomatic_developments"] = [
        {**event, "id": f"diplomatic-{n}", "kind": kind, "stage": list(DiplomaticStage)[n % 8], "place": places[n % 8], "when": when[n % 6],
         "participants": refs[n % 10 : n % 10 + 3], "mediators": refs[:1]}
        for n, kind in enumerate(DiplomaticKind, 1)
    ]  # fmt: skip
    base["positions"] = [
        {**shared, "checks": [], "id": f"position-{n}", "holder": refs[0], "speaker": said, "kind": kind, "statement": "S.", "quotation": None,
         "addressees": refs[:2], "when": when[n % 6]}
        for n, kind in enumerate(PositionKind, 1)
    ]  # fmt: skip
    combined = [(c, p, u) for c in FigureCategory for p in Population for u in FigureUnit]
    base["humanitarian_figures"] = [
        figure(
            f"figure-{n}", category=c, population=p, unit=u, number=_number(list(Hedge)[n % 9], n), place=places[n % 8],
            as_of=when[n % 6], measure=list(Measure)[n % 3], side=None,
        ).model_dump(mode="json")
        for n, (c, p, u) in enumerate(combined, 1)
    ]  # fmt: skip
    return Summary.model_validate(base)


def _number(hedge: Hedge, n: int) -> dict[str, Any]:
    bounds = {
        Hedge.RANGE: (None, n, n + 5),
        Hedge.VAGUE: (None, None, None),
        Hedge.AT_LEAST: (n, n, None),
        Hedge.NEARLY: (n, None, n),
    }
    value, low, high = bounds.get(hedge, (n, None, None))
    return {"value": value, "low": low, "high": high, "hedge": hedge}
