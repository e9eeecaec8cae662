"""Faults that a review of the batch found, each at a front door."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from summarizer import Article, asummarize_many, summarize_many
from summarizer.batch import requestfiles
from summarizer.batch.budget import Budget, Worst
from summarizer.batch.exchanges import ARTICLE, BatchTransport, estimated
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace
from summarizer.batch.records import Answer, Key, State, Usage
from summarizer.batch.runner import Outcome
from summarizer.batch.store import Kept, Store
from summarizer.cli import main
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.errors import JournalError
from summarizer.files import write_atomically
from tests.batch.articles import rows_of, text, titles_of, write_articles, wrong_draft
from tests.batch.provider import Batch, Dropped, Provider
from tests.batch.provider import answer as answer_to
from tests.batch.test_batch import by_title
from tests.batch.test_many import _workers
from tests.loopback import Loopback, completion, slow, status
from tests.samples import draft

KEY = "sk-secret-1234567890"
NAME = Key(bytes(range(16)))
FILES = ("in.jsonl", "-o", "out.jsonl")
VIA = ("--via", "openai-batch", "--poll", "0.02")


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def batch(server: Provider | Loopback, *arguments: str) -> int:
    model = ("--model", "openai/gpt-4o-mini", "--base-url", server.url, "--workers", "0")
    return main(["batch", *FILES, *model, *arguments])


def options(server: Provider | Loopback, **more: Any) -> Any:
    return {"model": "openai/gpt-4o-mini", "base_url": server.url, "workers": 0, **more}


# provider batches


def test_a_batch_with_a_status_that_is_not_known_is_waited_for(tmp_path: Path) -> None:
    def paused(one: Batch) -> None:
        one.polls, one.last = 4, "paused"

    write_articles(tmp_path / "in.jsonl", 3)
    with Provider(behaving=paused) as provider:
        assert batch(provider, *VIA) == 0
        assert len(provider.batches) == 1
        assert set(provider.paid.values()) == {1}
    assert len(titles_of(tmp_path / "out.jsonl")) == 3


@pytest.mark.parametrize("damage", ["cut", "longer", "gone"])
def test_a_request_file_that_was_damaged_before_its_upload_is_not_uploaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    def down(at: str) -> None:
        if at == "upload":
            raise Dropped

    monkeypatch.setattr("summarizer.batch.endpoint._TRANSFER", 0.1)
    write_articles(tmp_path / "in.jsonl", 5)
    with Provider(hook=down) as provider:
        assert batch(provider, *VIA, "--patience", "0.4") == 1
        (requests,) = (tmp_path / "out.jsonl.journal.requests").iterdir()
        data = requests.read_bytes()
        requests.unlink() if damage == "gone" else requests.write_bytes(
            b"".join(data.splitlines(keepends=True)[:2]) if damage == "cut" else data + data[:100]
        )
        provider.hook = lambda _: None
        monkeypatch.setattr("summarizer.batch.endpoint._TRANSFER", 60.0)
        assert batch(provider, *VIA) == 0
        assert [len(one.requests) for one in provider.batches.values()] == [5]
    assert len(titles_of(tmp_path / "out.jsonl")) == 5


def test_a_budget_is_not_reached_where_a_batch_made_room_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its results are collected while the round that held a request back still runs: here, since its consumer is slow."""
    monkeypatch.setattr(requestfiles, "MOST_REQUESTS", 1)
    read, both_read = [], threading.Event()

    def reading(at: str) -> None:
        if at == "read":
            read.append(at)
            both_read.set() if len(read) == 2 else None

    def later(one: Batch) -> None:
        one.polls = 10**6 if one.number == 2 else 2

    async def seen() -> list[Outcome]:
        found: list[Outcome] = []
        articles = [Article(text=text(number), language="en", label=str(number)) for number in range(3)]
        given = options(provider, via="openai-batch", journal=tmp_path / "j", poll=0.02, max_tokens=most)
        async for outcome in asummarize_many(articles, **given):
            found.append(outcome)
            if len(found) == 1:
                await asyncio.sleep(0.5)  # until the third article was tried, and held back
                provider.batches["batch_2"].polls = 2
                await asyncio.to_thread(both_read.wait, 10)
                await asyncio.sleep(0.5)  # until what was read is collected
        return found

    with Provider() as provider:
        most = 2 * _worst_of(provider, tmp_path / "first") + 100
        provider.batches.clear()
        provider.behaving, provider.hook = later, reading
        assert [outcome.state for outcome in asyncio.run(seen())] == [State.DONE] * 3


def _worst_of(provider: Provider, journal: Path) -> int:
    """The most tokens that one article's call can take."""
    article = Article(text=text(0), language="en", label="0")
    list(summarize_many([article], **options(provider, via="openai-batch", journal=journal, poll=0.02)))
    (line,) = [line for file in provider.uploads for line in file.data.splitlines()]
    body = json.loads(line)["body"]
    return estimated(json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(), lambda *_: 0.0)[0].tokens


def test_a_limit_of_tokens_alone_is_named_even_where_others_under_way_use_it_up() -> None:
    budget = Budget(most_tokens=100)
    assert budget.hold(Worst(60, None))
    assert not budget.hold(Worst(60, None))
    assert "--max-tokens 100 is reached" in budget.reached(Worst(60, None))
    both = Budget(most_cost=1.0, most_tokens=100)
    assert "--max-cost 1 is reached" in both.reached(Worst(60, 2.0))
    assert "--max-tokens 100 is reached" in both.reached(Worst(101, 0.0))


# calls


def test_articles_that_ask_the_same_at_the_same_time_share_one_call() -> None:
    articles = [Article(text=text(1), author=name, language="en") for name in ("A", "B", "C")]
    with Loopback(slow(0.2, completion(draft())), repeat_last=True) as server:
        found = list(summarize_many(articles, **options(server)))
        assert len(server.received) == 1
    assert [outcome.state for outcome in found] == [State.DONE] * 3


def test_a_call_that_outlives_its_worker_is_not_made_again() -> None:
    """Nor is it cut off after the five seconds that are httpx's own."""
    killed: list[int] = []
    asked_again = threading.Event()

    def answer(handler: Any, body: dict[str, Any]) -> None:
        if killed:
            asked_again.set()
        else:
            killed.extend(_workers())
            os.kill(killed[0], signal.SIGKILL)
            asked_again.wait(7)  # longer than it takes to start another worker, which asks the same
        completion(draft())(handler, body)

    article = Article(text=text(1), language="en")
    with Loopback(answer, repeat_last=True) as server:
        (outcome,) = summarize_many([article], **options(server, workers=1))
        assert len(server.received) == 1
    assert outcome.state is State.DONE
    assert killed


@pytest.mark.parametrize("end", ["answered", "dropped", "cancelled"])
def test_whoever_asks_what_is_under_way_waits_for_it_and_asks_where_it_fails(end: str, tmp_path: Path) -> None:
    calls, go_on = [], asyncio.Event()

    async def endpoint(request: httpx2.Request) -> httpx2.Response:
        calls.append(request)
        if len(calls) == 1:
            await go_on.wait()
            if end == "dropped":
                raise httpx2.ReadError("gone")
        return httpx2.Response(200, json=answer_to({"model": "m"}))

    async def asked() -> list[Any]:
        journal = Journal(None)
        journal.use("f", {})
        price: Callable[[int, int, int], float] = lambda *_: 0.0  # noqa: E731
        transport = BatchTransport(
            journal,
            Pace(most=4, requests=None, tokens=None, patience=5.0, first_alone=False, say=lambda _: None),
            Budget(None, None),
            price=price,
            policy=RetryPolicy(6, 5.0, 60.0),
            connections=4,
            inner=httpx2.MockTransport(endpoint),
        )
        ARTICLE.set(NAME)

        def ask() -> asyncio.Task[httpx2.Response]:
            request = httpx2.Request("POST", "http://m/v1/chat/completions", json={"model": "m"})
            return asyncio.create_task(transport.handle_async_request(request))

        first, second, third = ask(), ask(), ask()
        await asyncio.sleep(0.05)
        assert len(calls) == 1
        third.cancel()  # one that waits leaves the call to the others
        await asyncio.sleep(0)
        first.cancel() if end == "cancelled" else go_on.set()
        response = await second
        with suppress(httpx2.ReadError, asyncio.CancelledError):
            await first
        await transport.close()
        journal.close()
        assert response.status_code == 200
        return [first, third]

    asyncio.run(asked())
    assert len(calls) == (1 if end == "answered" else 2)


# sources


def test_sources_without_a_name_that_cannot_be_read_are_told_apart_and_known_again(tmp_path: Path) -> None:
    sources: list[bytes | str] = [
        b"",
        b"\x00\x01\x02\x03",
        "  ",
        b"%PDF-1.4 broken",
        "\t",
        "Troops shelled Marawi, killing 14 people.",
    ]
    first = list(summarize_many(sources, model="keyword", workers=0, journal=tmp_path / "j"))
    assert [outcome.state for outcome in first].count(State.FAILED) == 5
    assert not any(outcome.from_journal for outcome in first)
    assert len({outcome.reason for outcome in first}) == 5  # two hold no text, and one of the six is read
    again = list(summarize_many(sources, model="keyword", workers=0, journal=tmp_path / "j"))
    assert sorted(outcome.line for outcome in again) == sorted(outcome.line for outcome in first)
    assert all(outcome.from_journal for outcome in again)


@pytest.mark.parametrize("readable", [True, False])
def test_what_is_given_twice_is_one_outcome_however_soon_the_first_is_done(tmp_path: Path, readable: bool) -> None:
    source = Article(text=text(1), language="en") if readable else b"%PDF-1.4 broken"
    done = threading.Event()

    def sources() -> Iterator[Any]:
        time.sleep(0.1)  # longer than what is read is held back to be handed on together
        yield source
        done.wait(10)
        yield source

    found = []
    with Loopback(completion(draft()), repeat_last=True) as server:
        for outcome in summarize_many(sources(), **options(server, journal=tmp_path / "j")):
            found.append(outcome)
            done.set()
    assert len(found) == 1
    assert not found[0].from_journal


# duplicates


def twins(folder: Path) -> None:
    rows = [{"title": title, "published": "2017-05-30", "text": text(1)} for title in ("Alpha", "Beta", "Gamma")]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def kinds(folder: Path) -> dict[str, str]:
    return {
        row["article"]["title"]: next((kind for kind in ("error", "duplicate_of") if kind in row), "summary")
        for row in rows_of(folder / "out.jsonl")
    }


@pytest.mark.parametrize("kind", ["exact", "near"])
def test_what_repeats_an_article_that_fails_is_tried_itself(tmp_path: Path, kind: str) -> None:
    twins(tmp_path)
    refusing = by_title({"Alpha": slow(0.2, completion(None, refusal="I may not"))}, completion(draft()))
    with Loopback(refusing, repeat_last=True) as server:
        assert batch(server, "--duplicates", kind) == 3
        assert kinds(tmp_path) == {"Alpha": "error", "Beta": "summary", "Gamma": "duplicate_of"}
        assert len(server.received) == 2
        server.script[:] = [completion(draft())]
        assert batch(server, "--duplicates", kind, "--retry-failed") == 0
    assert kinds(tmp_path) == {"Alpha": "duplicate_of", "Beta": "summary", "Gamma": "duplicate_of"}


def test_what_repeats_an_article_at_a_provider_waits_for_it_and_is_tried_itself_where_it_fails(tmp_path: Path) -> None:
    twins(tmp_path)

    def answering(body: dict[str, Any]) -> Any:
        if refusing and "Alpha" in json.dumps(body["messages"]):
            one = answer_to(body)
            one["choices"][0]["message"] |= {"content": None, "refusal": "I may not"}
            return one
        return answer_to(body, wrong_draft())

    for refusing, expected, requests in (
        (True, {"Alpha": "error", "Beta": "summary", "Gamma": "duplicate_of"}, [1, 1, 1]),
        (False, {"Alpha": "summary", "Beta": "duplicate_of", "Gamma": "duplicate_of"}, [1, 1]),
    ):
        for path in tmp_path.glob("out.jsonl*"):
            path.unlink()
        with Provider(answering) as provider:
            assert batch(provider, *VIA, "--duplicates", "exact") == (3 if refusing else 0)
            assert [len(one.requests) for one in provider.batches.values()] == requests
        assert kinds(tmp_path) == expected


def test_what_repeats_an_article_at_a_provider_waits_over_restarts(tmp_path: Path) -> None:
    def down(at: str) -> None:
        if at == "poll":
            raise Dropped

    twins(tmp_path)
    with Provider(hook=down) as provider:
        assert batch(provider, *VIA, "--duplicates", "exact", "--patience", "1") == 1
        provider.hook = lambda _: None
        assert batch(provider, *VIA, "--duplicates", "exact") == 0
        assert [len(one.requests) for one in provider.batches.values()] == [1]
    assert sorted(kinds(tmp_path).values()) == ["duplicate_of", "duplicate_of", "summary"]


# the journal


def test_another_configuration_takes_no_paid_answer_away(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 1)

    def answer(handler: Any, body: dict[str, Any]) -> None:
        step = (
            status(429, "no", code="insufficient_quota")
            if locked and len(server.received) > 1
            else completion(wrong_draft())
        )
        step(handler, body)

    with Loopback(answer, repeat_last=True) as server:
        locked = True
        assert batch(server) == 1  # its draft is paid for, its repair is not
        locked = False
        assert batch(server, "-o", "de.jsonl", "--journal", "out.jsonl.journal", "--language", "de") == 0
        calls = len(server.received)
        assert batch(server) == 0
        assert len(server.received) == calls + 1


def test_a_database_of_somebody_else_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    foreign = sqlite3.connect(tmp_path / "theirs.db")
    foreign.executescript(
        "PRAGMA journal_mode = DELETE; CREATE TABLE notes (note TEXT); INSERT INTO notes VALUES ('x')"
    )
    foreign.close()
    before = (tmp_path / "theirs.db").read_bytes()
    with Loopback(completion(draft())) as server:
        assert batch(server, "--journal", "theirs.db") in (1, 2)
    assert "no journal of this program's version" in capsys.readouterr().err
    assert (tmp_path / "theirs.db").read_bytes() == before
    assert [path.name for path in tmp_path.glob("theirs*")] == ["theirs.db"]


@pytest.mark.parametrize(
    "use",
    [
        lambda journal: journal.answer(NAME),
        lambda journal: list(journal.rows()),
        lambda journal: journal.others(),
        lambda journal: journal.sketched([(0, b"x")]),
        lambda journal: journal.line(NAME),
        lambda journal: journal.reopen(State.DONE),
    ],
)
def test_a_damaged_journal_says_so_whatever_is_asked_of_it(tmp_path: Path, use: Callable[[Journal], object]) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.use("other", {})
    journal.finish(NAME, State.DONE, "x", b"{}\n")
    journal.use("f", {})
    journal.keep(NAME, NAME, Answer(200, b"{}"), Usage())
    journal.keep_sketch(NAME, b"", "00" * 32, [(0, b"x")])
    journal.finish(NAME, State.DONE, "x", b"{}\n", keep_answers=True)
    database = journal._db
    pages = {name: root for name, root in database.execute("SELECT name, rootpage FROM sqlite_master") if root}
    size = database.execute("PRAGMA page_size").fetchone()[0]
    journal.close()
    spared = {1} | {pages[name] for name in pages if "configurations" in name or "spent" in name}
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // size + 1):
        if page not in spared:
            data[(page - 1) * size : page * size] = b"\x55" * size
    path.write_bytes(data)
    journal = Journal(path)
    journal._configuration = 2  # `use` reads what is damaged
    with pytest.raises(JournalError, match="is damaged"):
        use(journal)
    journal.close()


# a store that machines share


@pytest.mark.parametrize("garbage", [b"\0", b"garbage", zlib.compress(b""), zlib.compress(b"a")])
@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.answer(NAME),
        lambda store: store.result("c", NAME),
        lambda store: store.begin_article("c", NAME),
    ],
)
def test_a_damaged_file_of_a_store_is_a_journal_error_that_names_it(
    tmp_path: Path, use: Callable[[Store], object], garbage: bytes
) -> None:
    store = Store(str(tmp_path))
    store.begin_article("c", NAME)
    store.keep(NAME, Answer(200, b"{}"))
    store.finish("c", NAME, Kept(State.DONE, 0, "run", b"{}"))
    store.begin_article("c", NAME)
    damaged = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in damaged:
        path.write_bytes(garbage)
    with pytest.raises(JournalError, match="is damaged: remove") as raised:
        use(store)
    assert any(str(path.relative_to(tmp_path)) in str(raised.value) for path in damaged)


def test_writing_a_file_leaves_the_umask_alone_which_is_all_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def umask(mask: int) -> int:
        asked.append(mask)
        return 0o022

    monkeypatch.setattr("os.umask", umask)
    write_atomically(tmp_path / "file", b"")
    assert not asked
