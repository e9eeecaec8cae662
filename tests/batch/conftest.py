"""What the tests of batches share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.batch.test_kills import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One for all: it takes a while to load what a command needs."""
    from tests.batch.test_kills import Zygote

    with Zygote(ROOT) as started:
        yield started
