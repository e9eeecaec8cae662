"""Provider batches whose command is killed in every phase, or stopped: nothing is uploaded, submitted or paid twice."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.batch.articles import titles_of, write_articles, wrong_draft
from tests.batch.provider import Batch, Dropped, Provider, answer
from tests.batch.test_kills import Zygote, alive
from tests.samples import draft

VIA = ("in.jsonl", "-o", "out.jsonl", "--via", "openai-batch", "--poll", "0.02")
COUNT = 12
POINTS = ("upload", "uploaded", "create", "created", "poll", "read", "half read", "list")


def half_wrong(body: dict[str, Any]) -> Any:
    """Every other article costs a repair, so there is a second round."""
    prompt = json.dumps(body["messages"])
    return answer(body, wrong_draft() if any(f"number {odd} " in prompt for odd in range(1, COUNT, 2)) else draft())


def some_lost(one: Batch) -> None:
    """The first batch expires half-way."""
    if one.number == 1:
        one.ends, one.lost = "expired", frozenset(request["custom_id"] for request in one.requests[::3])


def assert_once(provider: Provider, path: Path, count: int = COUNT) -> None:
    """Every article once; every file one batch; every request answered once, and lost ones submitted once more."""
    assert sorted(titles_of(path)) == sorted(f"Shelling in Marawi, report {number}" for number in range(count))
    assert set(Counter(file.name for file in provider.uploads).values()) == {1}
    assert Counter(one.file for one in provider.batches.values()) == Counter(file.id for file in provider.uploads)
    assert set(provider.paid.values()) == {1}
    lost = sum(len(one.lost) for one in provider.batches.values())
    assert len(provider.submitted) == len(provider.paid) + lost == count + count // 2 + lost


class Killer:
    """Kills the command at each point, in its first and second round."""

    def __init__(self, times: int) -> None:
        self.child = 0
        self.kills: Counter[str] = Counter()
        self._times = times

    def __call__(self, at: str) -> None:
        if self.kills[at] >= self._times or not self.child:
            return
        self.kills[at] += 1
        os.kill(self.child, signal.SIGKILL)
        while alive(self.child):
            time.sleep(0.002)
        raise Dropped


def test_a_command_that_is_killed_in_every_phase_repeats_none_of_them(tmp_path: Path, zygote: Zygote) -> None:
    write_articles(tmp_path / "in.jsonl", COUNT)
    killer = Killer(times=2)
    with Provider(half_wrong, some_lost, killer) as provider:
        for _ in range(2 * len(POINTS) + 1):
            killer.child = zygote.start(provider, *VIA)
            status = zygote.status()
            assert status in (0, -signal.SIGKILL)
            if status == 0:
                break
        assert status == 0
        assert {at: killer.kills[at] for at in POINTS} == dict.fromkeys(POINTS, 2)
        assert_once(provider, tmp_path / "out.jsonl")


def test_a_command_that_is_killed_at_random_moments_repeats_nothing(tmp_path: Path, zygote: Zygote) -> None:
    write_articles(tmp_path / "in.jsonl", COUNT)
    draw = random.Random(11)

    def slow(one: Batch) -> None:
        some_lost(one)
        one.polls = 6

    with Provider(half_wrong, slow) as provider:
        for _ in range(25):
            child = zygote.start(provider, *VIA)
            time.sleep(draw.uniform(0.05, 0.5))
            with suppress(ProcessLookupError):  # it has ended
                os.kill(child, signal.SIGKILL)
            assert zygote.status() in (0, -signal.SIGKILL)
        zygote.start(provider, *VIA)
        assert zygote.status() == 0
        assert_once(provider, tmp_path / "out.jsonl")


def test_a_command_that_is_killed_while_it_collects_goes_on_with_its_file(tmp_path: Path, zygote: Zygote) -> None:
    write_articles(tmp_path / "in.jsonl", COUNT)
    folder = tmp_path / "out.jsonl.journal.requests"
    with Provider(half_wrong) as provider:
        for lines in (1, 4, 8):
            child = zygote.start(provider, *VIA)
            wait_for(partial(_has_written_or_ended, folder, lines, child))
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            zygote.status()
        (open_file,) = folder.iterdir()
        with open_file.open("ab") as torn:
            torn.write(b'{"custom_id":"torn')
        zygote.start(provider, *VIA)
        assert zygote.status() == 0
        assert len(provider.batches) == 2
        assert_once(provider, tmp_path / "out.jsonl")


@pytest.mark.parametrize("step", ["open", "closed"])
def test_request_files_that_somebody_removed_are_written_again(tmp_path: Path, zygote: Zygote, step: str) -> None:
    write_articles(tmp_path / "in.jsonl", COUNT)
    folder = tmp_path / "out.jsonl.journal.requests"
    killer = Killer(times=1)
    with Provider(half_wrong, hook=killer) as provider:
        child = zygote.start(provider, *VIA)
        if step == "closed":
            killer.child = child
        else:
            wait_for(lambda: written(folder) >= 3)
            os.kill(child, signal.SIGKILL)
        assert zygote.status() == -signal.SIGKILL
        killer.child = 0
        for file in folder.iterdir():
            file.unlink()
        zygote.start(provider, *VIA)
        assert zygote.status() == 0
        assert_once(provider, tmp_path / "out.jsonl")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_stopped_while_it_waits_collects_when_it_is_run_again(
    tmp_path: Path, zygote: Zygote, number: signal.Signals
) -> None:
    def long(one: Batch) -> None:
        one.polls = 10**9

    write_articles(tmp_path / "in.jsonl", COUNT)
    with Provider(half_wrong, long) as provider:
        child = zygote.start(provider, *VIA)
        wait_for(lambda: provider.polls > 3)
        os.kill(child, number)
        assert zygote.status() == 130
        provider.behaving = lambda _: None
        for one in provider.batches.values():
            one.polls = 1
        zygote.start(provider, *VIA)
        assert zygote.status() == 0
        assert_once(provider, tmp_path / "out.jsonl")


def _has_written_or_ended(folder: Path, lines: int, child: int) -> bool:
    return written(folder) >= lines or not alive(child)


def written(folder: Path) -> int:
    """Whole lines in the request files."""
    return sum(file.read_bytes().count(b"\n") for file in folder.iterdir()) if folder.is_dir() else 0


def wait_for(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.002)
