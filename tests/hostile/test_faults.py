"""Every fault of the table, through the command line as a person runs it, over real sockets.

What has to hold for each: the right summary, or one line and its exit code; never a traceback, a hang or a wrong summary;
nothing left open behind it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import summarizer
from tests.hostile.faults import FAULTS, Fault, Outcome
from tests.hostile.faulty import good
from tests.hostile.running import TRIES, CommandLine
from tests.loopback import Loopback, completion
from tests.samples import ARTICLE, draft

_REDIRECTED = 21  # so often a redirect is followed within one try


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.timeout(60)
def test_once_then_a_good_answer(fault: Fault, command_line: CommandLine) -> None:
    with Loopback(fault.step(), good(), good()) as server:
        command_line.run(server.url, fault.once, fault.words, timeout=max(fault.timeout, 1))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.timeout(60)
def test_for_ever(fault: Fault, command_line: CommandLine) -> None:
    with Loopback(fault.step(), repeat_last=True) as server:
        command_line.run(server.url, fault.always, fault.words, timeout=fault.timeout)
    assert 1 <= len(server.received) <= TRIES * _REDIRECTED
    if fault.once == fault.always != Outcome.SUMMARY:
        assert len(server.received) == 1, "what trying again cannot mend is asked once"


def _many(vary: bool) -> dict[str, Any]:
    """A draft of 6,000 items, alike or each a little different."""
    answer = draft()
    for section in ("parties", "humanitarian_figures", "military_developments", "positions", "gist"):
        first = answer[section][0]
        names = [name for name in ("name", "description", "statement", "text") if name in first]
        changes = [{name: f"{first[name]} {number}" for name in names} if vary else {} for number in range(1200)]
        answer[section] = [{**first, **change} for change in changes]
    return answer


def _long(section: str, *path: str) -> dict[str, Any]:
    """A draft with one string of a million characters in it."""
    answer = draft()
    at: Any = answer[section][0]
    for step in path[:-1]:
        at = at[step] if not isinstance(at, list) else at[int(step)]
    at[path[-1]] = "The rebels said that “14 people” were killed on Monday. " * 18_000
    return answer


@pytest.mark.parametrize(
    "answer",
    [
        _many(vary=False),
        _many(vary=True),
        _long("parties", "name"),
        _long("positions", "evidence", "0", "quote"),
        _long("positions", "quotation"),
        _long("positions", "statement"),
        _long("humanitarian_figures", "quantity", "as_written"),
        _long("humanitarian_figures", "as_of", "date"),
        _long("humanitarian_figures", "place", "as_written"),
        _long("gist", "key"),
    ],
    ids=["6000 items alike", "6000 items", "name", "quote", "quotation", "statement", "number", "date", "place", "key"],
)
@pytest.mark.timeout(90)
def test_a_huge_draft_is_judged_as_any_other(answer: dict[str, Any]) -> None:
    with Loopback(completion(answer)) as server:
        summary = summarizer.summarize(ARTICLE, model="m", base_url=server.url, repair=False)
    verification = summary.verification
    assert verification.drafted == verification.published + verification.merged + len(verification.set_aside)
    for position in summary.positions:
        assert position.quotation is None or position.quotation in summary.article.text
    json.dumps(summary.model_dump(mode="json"))
