"""Mutations: whatever is made wrong in a true draft is caught by the check that is there for it."""

from __future__ import annotations

import pytest

from summarizer.grounding.judging import judge
from summarizer.schema.codes import Outcome
from summarizer.schema.draft import SECTIONS, DraftItem
from tests.mutants.catching import UNDECIDED, escaped, undecided
from tests.mutants.operators import OPERATORS, Operator
from tests.mutants.specimens import Specimen, specimens


def label(specimen: Specimen) -> str:
    return specimen.label


def name(operator: Operator) -> str:
    return operator.__name__


@pytest.mark.parametrize("specimen", specimens(), ids=label)
def test_what_is_true_passes_every_check(specimen: Specimen) -> None:
    doubts = [
        (one.section, one.item.key, check)
        for one in specimen.judged()
        for check in one.checks
        if check.outcome is not Outcome.PASSED
    ]
    assert doubts == []


@pytest.mark.parametrize("operator", OPERATORS, ids=name)
@pytest.mark.parametrize("specimen", specimens(), ids=label)
def test_what_is_made_wrong_is_caught(specimen: Specimen, operator: Operator) -> None:
    unseen = [mutant.what for mutant in escaped(specimen, operator) if not undecided(specimen, mutant)]
    assert unseen == [], "\n".join(unseen)


@pytest.mark.parametrize("operator", OPERATORS, ids=name)
def test_every_operator_finds_something_to_break(operator: Operator) -> None:
    assert any(True for specimen in specimens() for _ in operator(specimen))


def test_the_list_of_what_escapes_is_no_longer_than_it_must_be() -> None:
    missed = [
        (specimen.label, mutant.item.key, mutant.what.split(" -> ", 1)[-1])
        for specimen in specimens()
        for operator in OPERATORS
        for mutant in escaped(specimen, operator)
    ]
    needless = [one for one in UNDECIDED if not any(one[:2] == m[:2] and one[2] in m[2] for m in missed)]
    assert needless == []


@pytest.mark.parametrize("specimen", specimens(), ids=label)
def test_a_true_item_checked_alone_is_true(specimen: Specimen) -> None:
    """The operators judge one item against the whole draft: that must be the same as judging all."""
    for one in specimen.judged():
        sections: dict[str, list[DraftItem]] = {section: [] for section in SECTIONS}
        alone = specimen.draft.model_copy(update={**sections, one.section: [one.drafted]})
        assert judge(specimen.analysis, alone, specimen.draft) == [one]
