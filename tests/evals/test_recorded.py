"""Recorded answers: made with any endpoint, replayed offline; what is missing or stale is counted and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.__main__ import main
from evals.answers import folder_of, load_set, settings_for, unused
from evals.gold import GoldError, load_all
from evals.running import EvalRun, run
from evals.tables import recordings_lines
from tests.loopback import Loopback, completion
from tests.samples import empty_draft

MODEL = "llamacpp/tiny"
ONE = ["--article", "match-derby.es"]


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One article's answer, recorded from a server on loopback with settings of its own."""
    monkeypatch.setenv("SUMMARIZER_TEMPERATURE", "0.7")
    folder = tmp_path / "answers"
    with Loopback(completion(empty_draft())) as server:
        arguments = ["record", "--model", MODEL, "--base-url", server.url, "--recordings", str(folder)]
        assert main([*arguments, *ONE, "--answered-by", "a test, by hand"]) == 0
        assert len(server.received) == 1
        assert main([*arguments, *ONE]) == 0
        assert len(server.received) == 1, "what is recorded is not asked for again"
    monkeypatch.delenv("SUMMARIZER_TEMPERATURE")
    return folder


def test_a_set_says_who_answered_and_with_which_settings(recorded: Path) -> None:
    known = load_set(recorded)
    assert known is not None
    assert (known.model, known.answered_by, known.settings) == (MODEL, "a test, by hand", {"temperature": 0.7})
    assert settings_for(MODEL, folder=recorded).temperature == 0.7


def test_it_replays_offline_and_is_counted(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--model", MODEL, "--recordings", str(recorded), *ONE]) == 0
    told = capsys.readouterr().out
    assert "answers recorded from a test, by hand: 1 used, 0 missing" in told


def test_a_missing_request_is_named_and_turns_the_gate_red(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = ["--article", "match-guerre.fr"]
    assert main(["run", "--model", MODEL, "--recordings", str(recorded), *ONE, *other]) == 1
    told = capsys.readouterr()
    assert "1 used, 1 missing" in told.out
    assert "  missing: match-guerre.fr: " in told.out
    assert "1 requests have no recorded answer (match-guerre.fr)" in told.err


def test_prompts_of_ones_own_need_answers_of_their_own(recorded: Path, tmp_path: Path) -> None:
    own = tmp_path / "prompts"
    own.mkdir()
    (own / "task.jinja").write_text("Record it in {{ language }}.", encoding="utf-8")
    arguments = ["run", "--model", MODEL, "--recordings", str(recorded), *ONE]
    assert main([*arguments, "--prompts", str(own)]) == 1


def test_a_repair_without_a_recording_is_missing_too(tmp_path: Path) -> None:
    wrong = {**empty_draft(), "gist": [{"key": "g1", "evidence": [], "text": "Nobody wrote this."}]}
    gold = [one for one in load_all() if one.article == "match-derby.es"]
    with Loopback(completion(wrong), completion(empty_draft())) as server:
        assert main(["record", "--model", MODEL, "--base-url", server.url, "--recordings", str(tmp_path), *ONE]) == 0
    assert len(list(tmp_path.glob("*.json"))) == 2
    settings = settings_for(MODEL, folder=tmp_path)
    whole = run(settings, gold, lambda _: None)
    assert (len(whole.used), whole.missing) == (2, [])
    draft_only = next(file for file in tmp_path.glob("*.json") if "Problem:" not in file.read_text(encoding="utf-8"))
    for file in tmp_path.glob("*.json"):
        if file != draft_only:
            file.unlink()
    partial = run(settings, gold, lambda _: None)
    assert [article for article, _ in partial.missing] == ["match-derby.es"]
    assert partial.errors == [], "the draft is there, its failing item is set aside"


def test_what_nothing_asks_for_is_stale(recorded: Path) -> None:
    (recorded / "0123.json").write_text("{}", encoding="utf-8")
    used = {file.name for file in recorded.glob("*.json")} - {"0123.json"}
    assert unused(recorded, used) == ["0123.json"]
    told = recordings_lines(EvalRun(engine=MODEL, program="p", scores=[], stale=("0123.json",)))
    assert told[-1] == "  stale, asked for by nothing: 0123.json"


def test_bad_sets_are_named(tmp_path: Path) -> None:
    (tmp_path / "set.yaml").write_text("model: [", encoding="utf-8")
    with pytest.raises(GoldError, match=r"set\.yaml"):
        load_set(tmp_path)
    assert main(["run", "--model", "openai/never", *ONE]) == 2
    assert folder_of("a/b:c").name == "a-b-c"
