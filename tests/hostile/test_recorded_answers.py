"""Every model whose answers are recorded, over every gold article: nothing unsupported is published from any of them.

The sets are made with `python -m evals record`; a weak model's (llamacpp/gemma-3-270m invents most of what it says) is
the one that tells. What is set aside is right to be set aside or not: here only what is published counts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.answers import RECORDINGS, load_set, settings_for
from evals.gold import load_all
from evals.running import run
from tests.hostile.support import items_of, unsupported

SETS = sorted(folder for folder in RECORDINGS.iterdir() if (folder / "set.yaml").is_file())


@pytest.mark.timeout(300)
@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_no_unsupported_item_is_published_from_any_recorded_answer(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    known = load_set(folder)
    assert known is not None
    done = run(settings_for(known.model, folder=folder), load_all(), lambda _: None)
    summaries = [score.summary for score in done.scores if score.summary is not None]
    published = [item for summary in summaries for item in items_of(summary)]
    record_property("cases", sum(summary.verification.drafted for summary in summaries))
    record_property("published", len(published))
    record_property("set aside", sum(len(summary.verification.set_aside) for summary in summaries))
    assert summaries
    assert [wrong for summary in summaries for wrong in unsupported(summary)] == []
