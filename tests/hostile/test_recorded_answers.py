"""Every model whose answers are recorded, over every gold article: nothing unsupported is published from any of them.

The sets are made with `python -m evals record`; a weak model's (llamacpp/gemma-3-270m invents most of what it says) is
the one that tells. What is set aside is right to be set aside or not: here only what is published counts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import summarizer
from evals.answers import RECORDINGS, load_set, settings_for
from evals.gold import load_all
from evals.running import run
from tests.hostile.faulty import good
from tests.hostile.support import items_of, unsupported
from tests.loopback import Loopback
from tests.samples import ARTICLE

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


@pytest.mark.parametrize(
    ("section", "changes"),
    [
        ("gist", {"text": "Government troops killed 500 people in Marawi."}),
        ("gist", {"evidence": [{"sentence": 1, "quote": "Government", "start": 1, "end": 11, "match": "exact"}]}),
        ("gist", {"evidence": []}),
        ("humanitarian_figures", {"quantity.value": 15}),
        ("humanitarian_figures", {"as_of.as_written": "last Friday"}),
        ("diplomatic_developments", {"when.date": "soon"}),
        ("positions", {"quotation": "We will leave the city"}),
        ("military_developments", {"description": "Government troops shelled Marawi with 20 guns."}),
    ],
)
def test_this_suite_sees_what_is_wrong(right: dict[str, Any], section: str, changes: dict[str, Any]) -> None:
    with Loopback(good()) as server:
        summary = summarizer.summarize(ARTICLE, model="m", base_url=server.url)
    assert unsupported(summary) == []
    saved = summary.model_dump(mode="json")
    for name, value in changes.items():
        *way, last = name.split(".")
        at = saved[section][0]
        for step in way:
            at = at[step]
        at[last] = value
    assert unsupported(summarizer.Summary.model_validate(saved)) != []
