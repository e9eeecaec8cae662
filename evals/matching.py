"""One-to-one matching of gold and published items: the assignment of the largest total similarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from evals.gold import Gold, GoldItem
from evals.published import Published
from evals.similarity import MATCHED, similarity
from summarizer.schema.summary import Item

CORE_FIRST = 0.25
"""Added to the similarity of core items when pairs are chosen: an optional item that leaves most open is easily alike,
and must be clearly more so to be what was meant."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold item and the published item that gives it."""

    wanted: GoldItem
    found: Item
    similarity: float


def assign(scores: Sequence[Sequence[float]], least: float = MATCHED) -> list[tuple[int, int]]:
    """Pairs of row and column, each used once, of the largest total score; only pairs that score `least` or more."""
    if not scores or not scores[0]:
        return []
    table = np.array(scores, dtype=float)
    kept = np.where(table >= least, table, 0.0)
    rows, columns = linear_sum_assignment(kept, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if kept[row, column] > 0]


def match(gold: Gold, section: str, published: Published) -> list[Pair]:
    """The pairs of one section of one article."""
    wanted, found = gold.items(section), published.items(section)
    alike = [[similarity(gold, one, other, published) for other in found] for one in wanted]
    scores = [
        [score + CORE_FIRST if score >= MATCHED and not one.optional else score for score in row]
        for one, row in zip(wanted, alike, strict=True)
    ]
    return [Pair(wanted[row], found[column], alike[row][column]) for row, column in assign(scores)]
