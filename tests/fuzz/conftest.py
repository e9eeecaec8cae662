"""The figures of these suites count inputs: as many for each property as hypothesis makes."""

from __future__ import annotations

import pytest
from hypothesis import is_hypothesis_test

from tests.fuzz.texts import EXAMPLES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say before the tests run how many inputs each tries: hypothesis allows no fixture of one test for all its inputs."""
    for item in items:
        if isinstance(item, pytest.Function) and item.path.parent.name == "fuzz" and is_hypothesis_test(item.obj):
            item.user_properties.append(("cases", EXAMPLES))
