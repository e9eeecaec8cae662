"""Recorded answers: readable files, no key inside, replayed without network."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizer
from summarizer.engines.llm.recordings import _with_lines, _without_lines, request_hash
from tests.loopback import Loopback, completion, status
from tests.samples import ARTICLE, draft

KEY = "sk-secret-1234567890"


def run(url: str, **options: Any) -> summarizer.Summary:
    return summarizer.summarize(ARTICLE, model="openai/gpt-4o-mini", base_url=url, api_key=KEY, **options)


def test_what_is_recorded_replays_without_network_or_key(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "recordings"
    with Loopback(completion(draft(), model="gpt-4o-mini-2024")) as server:
        recorded = run(server.url, record=folder)
    replayed = summarizer.summarize(ARTICLE, model="openai/gpt-4o-mini", replay=folder)
    assert replayed.run.replayed == replayed.run.calls == 1
    assert recorded.run.replayed == 0
    assert replayed.run.answered_by == ["gpt-4o-mini-2024"]
    assert replayed.model_dump(exclude={"run"}) == recorded.model_dump(exclude={"run"})


def test_a_recording_is_readable_and_holds_no_key_and_no_address(tmp_path: Path) -> None:
    with Loopback(completion(draft())) as server:
        run(server.url, record=tmp_path)
        address = server.url
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8")
    exchange = json.loads(text)
    assert file.stem == request_hash("/v1/chat/completions", _without_lines(exchange["request"]["body"]))
    assert KEY not in text
    assert "uthorization" not in text
    assert address not in text
    assert "killing at least 14 people, the Red Cross said." in text, "in plain characters, line by line"
    assert stat.S_IMODE(file.stat().st_mode) & 0o111 == 0


def test_a_request_with_no_recording_is_an_error_and_never_a_call(tmp_path: Path) -> None:
    with Loopback(completion(draft()), repeat_last=True) as server:
        run(server.url, record=tmp_path)
        with pytest.raises(summarizer.RecordingMissing, match="no recorded answer"):
            run(server.url, replay=tmp_path, temperature=0.5)
        assert len(server.received) == 1


def test_a_damaged_recording_is_named(tmp_path: Path) -> None:
    with Loopback(completion(draft())) as server:
        run(server.url, record=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text("{", encoding="utf-8")
    with pytest.raises(summarizer.RecordingMissing, match="damaged"):
        run("http://127.0.0.1:9/v1", replay=tmp_path)


def test_a_cache_calls_once_and_answers_after(tmp_path: Path) -> None:
    with Loopback(completion(draft()), repeat_last=True) as server:
        first, second = run(server.url, cache=tmp_path), run(server.url, cache=tmp_path)
        assert len(server.received) == 1
    assert (first.run.replayed, second.run.replayed) == (0, 1)


def test_failures_are_not_recorded(tmp_path: Path) -> None:
    with Loopback(status(500), completion(draft())) as server:
        run(server.url, record=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_half_a_surrogate_pair_in_an_answer_is_saved_and_paid_once(tmp_path: Path) -> None:
    answer = draft()
    answer["gist"][0]["text"] = "Shells \ud83d fell."
    with Loopback(completion(answer), repeat_last=True) as server:
        recorded = run(server.url, record=tmp_path, repair=False)
        assert len(server.bodies) == 1
    replayed = summarizer.summarize(ARTICLE, model="openai/gpt-4o-mini", replay=tmp_path, repair=False)
    assert replayed.model_dump(exclude={"run"}) == recorded.model_dump(exclude={"run"})


def test_recording_into_a_place_that_cannot_be_written_is_a_settings_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with (
        Loopback(completion(draft()), repeat_last=True) as server,
        pytest.raises(summarizer.SettingsError, match="saved"),
    ):
        run(server.url, record=file / "below")


def test_the_hash_minds_the_body_and_not_the_host_or_the_order_of_keys() -> None:
    one = request_hash("/v1/chat/completions", {"a": 1, "b": [1, 2]})
    assert one == request_hash("/proxy/v1/chat/completions", {"b": [1, 2], "a": 1})
    assert one != request_hash("/v1/chat/completions", {"a": 1, "b": [2, 1]})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1).filter(lambda key: key != "$lines"), inner),
)


@given(json_values)
def test_lines_read_back_as_they_were(value: Any) -> None:
    assert _without_lines(json.loads(json.dumps(_with_lines(value)))) == value
