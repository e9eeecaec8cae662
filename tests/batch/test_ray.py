"""A Ray Dataset of articles on a local cluster of two machines: summarised once each, whatever dies half-way.

Run by `make test-ray`; the other tests leave it out, since Ray is large and slow to start.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import SettingsError, read_summaries
from summarizer.batch.records import Key, key_of
from tests.batch.articles import write_articles, wrong_draft
from tests.batch.test_batch import by_title
from tests.loopback import Loopback, completion, slow
from tests.samples import draft

ray = pytest.importorskip("ray")
pytestmark = [
    pytest.mark.ray,
    pytest.mark.timeout(110),
    pytest.mark.filterwarnings(r"ignore::DeprecationWarning:ray\..*"),  # Ray's, of itself
]

AT_ONCE = 4
KEY = "sk-secret-1234567890"
Options = dict[str, Any]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that does no work, and two machines that do: each a raylet of its own."""
    from ray.cluster_utils import Cluster

    small: Options = {"object_store_memory": 100_000_000, "include_dashboard": False}
    quick = {"health_check_period_ms": 500}  # a dead machine is noticed sooner
    one: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "_system_config": quick, **small})
    for _ in range(2):
        one.add_node(num_cpus=2, **small)
    ray.init(address=one.address, log_to_driver=False, logging_level="ERROR")
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        yield one
    finally:
        ray.shutdown()
        one.shutdown()


@pytest.fixture
def folder(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return tmp_path


def written(folder: Path, server: Loopback, ds: Any, **options: Any) -> Path:
    """The folder of Parquet files that the summaries of `ds` are written to."""
    from summarizer.batch.ray import summarize_dataset

    asked: Options = {"model": "openai/gpt-4o-mini", "base_url": server.url, "actors": 2, "at_once": AT_ONCE}
    asked |= {"store": folder / "store", "block_rows": 8, "num_cpus": 0.5, "memory": 500_000_000, **options}
    shutil.rmtree(folder / "out", ignore_errors=True)
    summarize_dataset(ds, **asked).write_parquet(str(folder / "out"))
    return folder / "out"


def articles(folder: Path, count: int) -> Any:
    return ray.data.read_json(str(write_articles(folder / "in.jsonl", count)))


def rows(out: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [row for path in out.glob("*.parquet") for row in pq.read_table(path).to_pylist()]


def titles(found: list[dict[str, Any]]) -> list[str]:
    return sorted(row["article"]["title"] for row in found)


def expected(count: int) -> list[str]:
    return sorted(f"Shelling in Marawi, report {number}" for number in range(count))


def names(server: Loopback) -> list[Key]:
    """The requests that the server got, as the store calls them."""
    return [key_of(request.path.removeprefix("/v1"), request.raw, "0") for request in server.received]


def answered(store: Path) -> set[Key]:
    """The requests whose answers are in the store."""
    found = [path.relative_to(store / "answers") for path in (store / "answers").rglob("*") if path.is_file()]
    return {Key(bytes.fromhex("".join(path.parts))) for path in found if not path.name.startswith(".")}


def actors() -> list[int]:
    """The process ids of this cluster's actors: below this process, by what Ray calls them."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            called = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if called.startswith(b"ray::MapWorker") and b"Summarizer" in called and below_this(int(path.name)):
            found.append(int(path.name))
    return sorted(found)


def below_this(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        try:
            process = int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            return False
    return False


class Half:
    """Does something once, in a thread, when the server has got so many requests; then notes what stood in the store."""

    def __init__(self, server: Loopback, store: Path, calls: int, act: Callable[[], object]) -> None:
        self.before: int = 0
        self.stored: set[Key] = set()
        self.error: BaseException | None = None

        def wait() -> None:
            try:
                while len(server.received) < calls:
                    time.sleep(0.01)
                act()
                self.stored = answered(store)
                self.before = len(server.received)
            except BaseException as error:
                self.error = error

        self._thread = threading.Thread(target=wait, daemon=True)
        self._thread.start()

    def check(self, server: Loopback) -> None:
        """No call that was answered by then came again."""
        self._thread.join(10)
        assert self.error is None
        assert self.stored
        assert not self.stored & set(names(server)[self.before :])


def exactly_once(out: Path, count: int, server: Loopback) -> None:
    """Every article is one row, and only calls that were under way at the one death were made again."""
    found = rows(out)
    assert titles(found) == expected(count)
    assert {row["error"] is None for row in found} == {True}
    calls = Counter(names(server))
    assert len(calls) == 2 * count
    assert sum(calls.values()) - len(calls) <= AT_ONCE


def test_an_actor_killed_half_way_loses_no_article_and_no_answer_is_paid_twice(folder: Path) -> None:
    count, killed = 80, list[int]()

    def kill() -> None:
        killed.append(actors()[0])
        os.kill(killed[0], signal.SIGKILL)
        while Path(f"/proc/{killed[0]}").exists():
            time.sleep(0.005)

    with Loopback(slow(0.05, completion(wrong_draft())), repeat_last=True) as server:
        half = Half(server, folder / "store", count, kill)
        out = written(folder, server, articles(folder, count))
        half.check(server)
        assert killed
        exactly_once(out, count, server)


def test_failures_are_rows_with_reasons_and_are_tried_again_when_asked(folder: Path) -> None:
    """A file that cannot be read, an article that the model refuses, and one that is there twice under two names."""
    from summarizer.batch.ray import items

    texts = folder / "texts"
    texts.mkdir()
    for number in range(6):
        rest = json.loads((write_articles(folder / "one.jsonl", 1, first=number)).read_text())
        (texts / f"{number}.txt").write_text(f"Title: {rest['title']}\n\n{rest['text']}", encoding="utf-8")
    shutil.copy(texts / "1.txt", texts / "copy.txt")
    (texts / "blank.txt").write_text(" \n", encoding="utf-8")
    refusing = by_title({"report number 3 ": completion(None, refusal="I may not")}, completion(draft()))
    with Loopback(refusing, repeat_last=True) as server:
        files = ray.data.read_binary_files(str(texts), include_paths=True)
        found = {Path(row["article"]["label"]).name: row for row in rows(written(folder, server, files, actors=1))}
        assert sorted(found) == [*(f"{number}.txt" for number in range(6)), "blank.txt", "copy.txt"]
        assert found["3.txt"]["error"] == {"kind": "EngineRefused", "message": "openai/gpt-4o-mini declined: I may not"}
        assert found["3.txt"]["article"]["title"] == "Shelling in Marawi, report 3"
        assert found["blank.txt"]["error"]["kind"] == "ReadingError"
        assert found["copy.txt"]["article_sha256"] == found["1.txt"]["article_sha256"]
        calls = len(server.received)
        assert calls == 6
        server.script[:] = [completion(draft())]
        again = rows(written(folder, server, files, actors=1))
        assert sorted(map(json.dumps, again)) == sorted(map(json.dumps, found.values()))
        assert len(server.received) == calls
        retried = rows(written(folder, server, files, actors=1, retry_failed=True))
        assert sum(row["error"] is not None for row in retried) == 1
        assert len(server.received) == calls + 1
    summaries = read_summaries(folder / "out")
    assert {summary.verification.published for summary in summaries} == {7}
    figures = items(ray.data.read_parquet(str(folder / "out")), "humanitarian_figures").take_all()
    assert sorted(figure["id"] for figure in figures) == sorted(
        figure.id for summary in summaries for figure in summary.humanitarian_figures
    )
    assert not any(KEY.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_machine_killed_half_way_loses_no_article_and_no_answer_is_paid_twice(folder: Path, cluster: Any) -> None:
    """Its actor, and all that it had made and not handed on, are gone. Last, since it leaves one machine."""
    count = 80
    with Loopback(slow(0.05, completion(wrong_draft())), repeat_last=True) as server:
        half = Half(
            server,
            folder / "store",
            count,
            lambda: cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False),
        )
        out = written(folder, server, articles(folder, count))
        half.check(server)
        exactly_once(out, count, server)


def test_what_is_wrong_in_the_settings_is_told_before_anything_runs(folder: Path) -> None:
    from summarizer.batch.ray import items, summarize_dataset

    ds = ray.data.from_items([{"text": "x"}])
    (folder / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        summarize_dataset(ds, store=folder / "file" / "store", model="keyword")
    with pytest.raises(SettingsError, match="actors"):
        summarize_dataset(ds, store=folder, actors=(2, 1), model="keyword")
    with pytest.raises(SettingsError, match="no-such"):
        summarize_dataset(ds, store=folder, model="no-such/model")
    with pytest.raises(SettingsError, match="humanitarian_figures"):
        items(ds, "figures")
