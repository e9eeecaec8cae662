"""What the embedded engine publishes for short articles of our own, against what a careful reader expects.

`keyword/<language>.toml` has a table for each article `keyword/<stem>.txt`, with the lines that `published` makes of it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import summarizer
from summarizer.schema.summary import DiplomaticDevelopment, HumanitarianFigure, MilitaryDevelopment, Summary

FOLDER = Path(__file__).parent / "keyword"
EXPECTED: dict[str, dict[str, list[str]]] = {
    stem: expected
    for path in sorted(FOLDER.glob("*.toml"))
    for stem, expected in tomllib.loads(path.read_text(encoding="utf-8")).items()
}


def published(summary: Summary) -> dict[str, list[str]]:
    """The records of a summary, each as one line, sorted."""
    counts = {one.id: one.quantity.value for one in summary.humanitarian_figures}
    return {
        "figures": sorted(_figure(one, counts) for one in summary.humanitarian_figures),
        "military": sorted(_development(one) for one in summary.military_developments),
        "diplomatic": sorted(_development(one) for one in summary.diplomatic_developments),
        "positions": sorted(f"{one.kind} {one.holder.name}" for one in summary.positions),
    }


def _figure(one: HumanitarianFigure, counts: dict[str, int | None]) -> str:
    quantity = one.quantity
    value = quantity.value if quantity.value is not None else quantity.low
    line = f"{one.category} {value} {quantity.hedge} {one.population}"
    if one.subset_of:
        line += f" of {counts.get(one.subset_of)}"
    if said := one.asserted_by:
        line += f" by {said.name or (said.party.name if said.party else None) or said.title}"
    return line


def _development(one: MilitaryDevelopment | DiplomaticDevelopment) -> str:
    place = one.place.as_written if one.place else "-"
    day = one.when.date if one.when and one.when.date else "-"
    return f"{one.kind} {one.stage} {place} {day}"


@pytest.mark.parametrize("stem", sorted(EXPECTED))
def test_article(stem: str) -> None:
    summary = summarizer.summarize(FOLDER / f"{stem}.txt", model="keyword")
    expected = EXPECTED[stem]
    assert published(summary) == {
        name: sorted(expected.get(name, [])) for name in ("figures", "military", "diplomatic", "positions")
    }
