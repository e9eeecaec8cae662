"""The scorer: worked by hand, indifferent to order, whole for a perfect prediction, hurt just where the damage is."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.gold import SECTIONS, load_all
from evals.matching import assign
from evals.scores import ArticleScore, by_tag, field_accuracy, hallucinated, rates, score, total
from summarizer.schema.summary import Summary
from tests.evals.builders import gold, perfect, perfect_data

NAMES = {
    "parties": "parties",
    "positions": "positions",
    "military": "military_developments",
    "diplomatic": "diplomatic_developments",
    "figures": "humanitarian_figures",
}


def scored(change: Callable[[dict[str, Any]], None] = lambda _: None) -> ArticleScore:
    data = perfect_data(gold())
    change(data)
    return score(gold(), Summary.model_validate(data))


def test_a_perfect_prediction_scores_one_everywhere() -> None:
    one = scored()
    assert rates(total([one])) == (1.0, 1.0, 1.0)
    assert rates(total([one]), "strict_") == (1.0, 1.0, 1.0)
    for section in SECTIONS:
        assert all(right == of for right, of in field_accuracy([one], section).values()), section
    assert hallucinated([one]) == (0, 8)
    assert by_tag([one]) == {"subset": (1, 1)}


GOLDS = {one.article: one for one in load_all()}


@pytest.mark.parametrize("article", GOLDS)
def test_gold_scores_one_against_itself(article: str) -> None:
    one = GOLDS[article]
    result = score(one, perfect(one, one.read().text))
    counts = total([result])
    wrong = {
        (section, pair.gold, name)
        for section, each in result.sections.items()
        for pair in each.matched
        for name, right in pair.fields.items()
        if not right and name not in ("subset",)
    }
    assert (counts["fp"], counts["fn"], wrong) == (0, 0, set())


def test_worked_by_hand() -> None:
    """Two core figures, one party of two missed, one item too many: the sums on paper."""

    def change(data: dict[str, Any]) -> None:
        del data["parties"][1]
        extra = copy.deepcopy(data["humanitarian_figures"][0])
        extra |= {"id": "extra", "category": "displaced", "population": "women"}
        extra["quantity"]["value"] = 900
        extra["evidence"][0] |= {"quote": "Talks", "start": 142, "end": 147}
        data["humanitarian_figures"].append(extra)

    one = scored(change)
    assert one.sections["parties"].counts() == Counter(tp=1, fn=1, strict_tp=1, strict_fn=1)
    assert one.sections["figures"].counts() == Counter(tp=2, fp=1, strict_tp=2, strict_fp=1)
    assert list(rates(total([one], ["parties"]))) == pytest.approx([1.0, 0.5, 2 / 3])
    assert list(rates(total([one], ["figures"]))) == pytest.approx([2 / 3, 1.0, 0.8])
    assert hallucinated([one]) == (1, 8)


def test_optional_items_are_no_error_given_or_missing() -> None:
    without = scored(lambda data: data["parties"].pop(2))
    assert rates(total([without])) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("seed", range(8))
def test_order_does_not_matter(seed: int) -> None:
    def shuffle(data: dict[str, Any]) -> None:
        for name in NAMES.values():
            random.Random(seed).shuffle(data[name])

    one, other = scored(), scored(shuffle)
    for section in SECTIONS:
        assert {pair.gold: pair for pair in one.sections[section].matched} == {
            pair.gold: pair for pair in other.sections[section].matched
        }


def _wrong(section: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        item = data[NAMES[section]][0]
        for name, value in changes.items():
            if name == "quantity":
                item["quantity"] |= value
            else:
                item[name] = value

    return change


DAMAGES = [
    ("figures", _wrong("figures", quantity={"hedge": "about"}), {"hedge"}, True),
    ("figures", _wrong("figures", quantity={"value": 15}), {"value"}, True),
    ("figures", _wrong("figures", population="women"), {"population"}, False),
    ("figures", _wrong("figures", measure="cumulative"), {"measure"}, False),
    ("figures", _wrong("figures", asserted_by=None), {"said by"}, False),
    ("figures", _wrong("figures", assertion="fact"), {"assertion"}, False),
    ("military", _wrong("military", when=None), {"day", "day, by overlap"}, True),
    ("military", _wrong("military", when={"as_written": "x", "date": "2017-05"}), {"day"}, True),
    ("military", _wrong("military", stage="planned"), {"stage"}, False),
    ("military", _wrong("military", place=None), {"place", "place within 25 km"}, True),
    ("military", _wrong("military", kind="air_or_drone_strike"), {"kind", "ACLED sub-event"}, True),
    ("diplomatic", _wrong("diplomatic", participants=[]), {"participants"}, False),
    ("positions", _wrong("positions", kind="threat"), {"kind"}, True),
    ("positions", _wrong("positions", quotation="nobody said it"), {"quotation"}, False),
    ("parties", _wrong("parties", kind="militia"), {"kind"}, True),
    ("parties", _wrong("parties", country="MYS"), {"country"}, False),
]


@pytest.mark.parametrize(("section", "change", "hurt", "strict"), DAMAGES)
def test_each_damage_lowers_just_what_it_should(
    section: str, change: Callable[[dict[str, Any]], None], hurt: set[str], strict: bool
) -> None:
    before, after = scored(), scored(change)
    lenient = rates(total([after]))
    assert lenient == (1.0, 1.0, 1.0), "it is still the same item"
    for other in SECTIONS:
        was, now = field_accuracy([before], other), field_accuracy([after], other)
        changed = {name for name in was if was[name] != now[name]}
        assert changed == (hurt if other == section else set()), other
    assert (rates(total([after]), "strict_")[2] != 1.0) is strict


def test_an_item_of_nothing_is_a_false_one_on_an_empty_article() -> None:
    empty = gold(parties=[], positions=[], military=[], diplomatic=[], figures=[])
    data = perfect_data(empty)
    quiet = score(empty, Summary.model_validate(data))
    assert quiet.empty
    assert rates(total([quiet])) == (None, None, None)
    data["parties"] = perfect_data(gold())["parties"][:1]
    assert rates(total([score(empty, Summary.model_validate(data))])) == (0.0, None, 0.0)


# --- the assignment ---


def _best(scores: list[list[float]], least: float) -> float:
    """The largest total, by trying every assignment: an independent implementation, for small tables."""
    rows, columns = len(scores), len(scores[0])
    table = scores if rows <= columns else [list(row) for row in zip(*scores, strict=True)]
    width = max(rows, columns)
    return max(
        sum(table[row][column] for row, column in enumerate(order) if table[row][column] >= least)
        for order in permutations(range(width), min(rows, columns))
    )


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.51, 0.7, 1.0]), min_size=width, max_size=width),
            min_size=1,
            max_size=5,
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_the_assignment_is_the_best_one_and_one_to_one(scores: list[list[float]]) -> None:
    pairs = assign(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(scores[row][column] >= 0.5 for row, column in pairs)
    assert sum(scores[row][column] for row, column in pairs) == pytest.approx(_best(scores, 0.5))
