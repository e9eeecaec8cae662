"""The store that machines share, and what one actor does with it, without a cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer import SettingsError
from summarizer.batch.actor import DEATHS, Desk, Share
from summarizer.batch.records import Answer, Key, State, article_key
from summarizer.batch.store import Kept, Store
from summarizer.errors import EngineMisconfigured, JournalError
from summarizer.reading.sources import read_record
from summarizer.schema.article import Article
from summarizer.settings import load_settings
from tests.batch.articles import text, wrong_draft
from tests.batch.test_batch import by_title
from tests.loopback import Loopback, Step, completion, drop, status
from tests.samples import draft

NAME = Key(bytes(range(16)))


@pytest.fixture(params=["folder", "file address"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store(str(tmp_path) if request.param == "folder" else tmp_path.as_uri())


def test_what_is_put_in_is_given_back_and_nothing_else(store: Store) -> None:
    assert store.answer(NAME) is None
    store.keep(NAME, Answer(200, b'{"a":\n1}\n'))
    assert store.answer(NAME) == Answer(200, b'{"a":\n1}\n')
    assert store.result("c", NAME) is None
    kept = Kept(State.DONE, 1, "run", b'{"line": 1}\n')
    store.finish("c", NAME, kept)
    assert store.result("c", NAME) == kept
    assert store.result("d", NAME) is None


def test_the_times_that_an_article_is_begun_are_counted_until_it_is_finished(store: Store) -> None:
    assert [store.begin_article("c", NAME) for _ in range(3)] == [1, 2, 3]
    store.finish("c", NAME, Kept(State.DONE, 0, "run", b""))
    assert store.begin_article("c", NAME) == 1


def test_a_store_that_is_another_on_another_machine_is_told(tmp_path: Path) -> None:
    Store(str(tmp_path / "here")).begin_run("r", {})
    Store(str(tmp_path / "here")).check("r")
    with pytest.raises(SettingsError, match="not the same on every machine"):
        Store(str(tmp_path / "there")).check("r")


def test_what_cannot_be_written_or_opened_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot be"):
        Store(str(tmp_path / "file")).keep(NAME, Answer(200, b""))
    with pytest.raises(SettingsError, match="cannot be opened"):
        Store("nowhere://x/y")


def rows(
    folder: Path,
    server: Loopback,
    records: Sequence[dict[str, Any]],
    *,
    run: str = "r",
    retry: bool = False,
    **more: Any,
) -> list[dict[str, Any]]:
    """What one actor makes of some rows; a new actor each time."""
    asked: dict[str, Any] = {"model": "openai/gpt-4o-mini", "base_url": server.url, "api_key": "sk-1", **more}
    settings = load_settings(environment={}, dotenv=None, **asked)

    async def made() -> list[dict[str, Any]]:
        desk = Desk(settings, Store(str(folder)), Share(run, 4, None, None, 5.0, retry))
        try:
            return await desk.rows(list(records))
        finally:
            await desk.close()

    return asyncio.run(made())


def records(count: int) -> list[dict[str, Any]]:
    return [{"title": f"Report {number}", "text": text(number), "published": "2017-05-30"} for number in range(count)]


def serve(step: Step) -> Loopback:
    return Loopback(step, repeat_last=True)


def test_rows_come_in_their_order_and_a_new_actor_asks_nothing_again(tmp_path: Path) -> None:
    with serve(completion(draft())) as server:
        first = rows(tmp_path, server, records(9))
        assert [row["article"]["title"] for row in first] == [f"Report {number}" for number in range(9)]
        assert rows(tmp_path, server, records(9)) == first
        assert len(server.received) == 9


def test_answers_of_an_unfinished_article_are_not_asked_again(tmp_path: Path) -> None:
    """As after a death between an article's two calls: its answers are there, its result is not."""
    with serve(completion(wrong_draft())) as server:
        first = rows(tmp_path, server, records(3))
        assert len(server.received) == 6
        for path in (tmp_path / "results").rglob("*"):
            path.unlink() if path.is_file() else None
        again = rows(tmp_path, server, records(3))
        assert len(server.received) == 6
    assert [row["run"]["calls"] for row in again] == [row["run"]["calls"] for row in first] == [2, 2, 2]


def test_a_failure_stays_until_it_is_to_be_tried_again_and_is_tried_once_a_run(tmp_path: Path) -> None:
    refusing = by_title({"report number 1 ": completion(None, refusal="I may not")}, completion(draft()))
    with serve(refusing) as server:

        def failed(**more: Any) -> tuple[int, int]:
            found = rows(tmp_path, server, records(3), **more)
            return sum("error" in row for row in found), len(server.received)

        assert failed() == (1, 3)
        assert failed(run="second") == (1, 3)
        assert failed(run="third", retry=True) == (1, 4)
        assert failed(run="third", retry=True) == (1, 4)  # a block that is done again
        server.script[:] = [completion(draft())]
        assert failed(run="fourth", retry=True) == (0, 5)
        assert failed(run="fifth") == (0, 5)


def test_an_article_of_which_actors_die_is_read_alone_and_then_fails(tmp_path: Path) -> None:
    """Deaths are counted by beginnings without an end."""
    with serve(completion(draft())) as server:
        rows(tmp_path, server, records(1))
        configuration = next((tmp_path / "results").iterdir()).name
        (article,) = read_record(records(2)[1])
        assert isinstance(article, Article)
        store, key = Store(str(tmp_path)), article_key(article)
        for _ in range(DEATHS):
            store.begin_article(configuration, key)
        alone = rows(tmp_path, server, records(4))
        assert not any("error" in row for row in alone)
        (article,) = read_record(records(6)[5])
        assert isinstance(article, Article)
        for _ in range(DEATHS + 1):
            store.begin_article(configuration, article_key(article))
        calls = len(server.received)
        found = rows(tmp_path, server, records(6))
    assert len(server.received) == calls + 1
    assert [row["error"]["kind"] for row in found if "error" in row] == ["ActorDied"]
    assert "alone" in found[5]["error"]["message"]


def test_a_wrong_key_ends_the_run_and_one_rejected_article_does_not(tmp_path: Path) -> None:
    with serve(status(401, "bad key")) as server:
        with pytest.raises(EngineMisconfigured):
            rows(tmp_path, server, records(8))
    one = by_title({"report number 2 ": status(400, "too odd")}, completion(draft()))
    with serve(one) as server:
        found = rows(tmp_path, server, records(8))
    assert [("error" in row) for row in found] == [number == 2 for number in range(8)]


def test_calls_that_drop_are_made_again(tmp_path: Path) -> None:
    with Loopback(drop(), drop(), completion(draft()), repeat_last=True) as server:
        (row,) = rows(tmp_path, server, records(1))
        assert "error" not in row
        assert len(server.received) == 3


def test_a_row_is_read_by_its_columns_or_is_a_file() -> None:
    import datetime

    (article,) = read_record(
        {"body": text(1), "headline": "H", "date": datetime.datetime(2017, 5, 30, 8, 0), "path": "p"}
    )
    assert isinstance(article, Article)
    assert (article.title, article.published, article.label) == ("H", "2017-05-30", "p")
    table = f"title,text\nA,{text(1).split(chr(10))[0]}\nB,{text(2).split(chr(10))[0]}\n"
    assert [one.label for one in read_record({"path": "x/in.csv", "bytes": table.encode()})] == [
        "x/in.csv, row 1",
        "x/in.csv, row 2",
    ]
