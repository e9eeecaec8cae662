"""The two front doors, used as a person uses them: the command in a process of its own, the functions from Python."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import stat
import subprocess
import sys
import termios
import threading
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import Summary
from tests.conftest import ROOT
from tests.loopback import Loopback, completion, slow, status
from tests.samples import ARTICLE, draft

COMMAND = [sys.executable, "-W", "error", "-m", "summarizer"]


def command(
    *arguments: str | Path, stdin: bytes = b"", environment: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C", **(environment or {})}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, env=env, cwd=cwd, timeout=60, check=False
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def test_the_default_command_gives_json_when_piped_and_offsets_give_quotes_back(article: Path) -> None:
    with Loopback(completion(draft())) as server:
        done = command(article, "--model", "m", "--base-url", server.url)
    assert (done.returncode, done.stderr) == (0, b"")
    data = json.loads(done.stdout)
    text = data["article"]["text"]
    passages = [
        passage
        for section in data.values()
        if isinstance(section, list)
        for item in section
        for passage in item.get("evidence", [])
    ]
    assert len(passages) == 7
    assert all(text[passage["start"] : passage["end"]] == passage["quote"] for passage in passages)
    assert Summary.model_validate(data).article.title == "Shelling in Marawi"
    assert data["article"]["published"] == "2017-05-30"


def test_summarize_by_its_name_from_standard_input_with_overrides() -> None:
    with Loopback(completion(draft())) as server:
        done = command(
            "summarize", "-", "--model", "m", "--base-url", server.url, "--title", "Other", "--published", "2017-06",
            "--source", "Wire", "--article-language", "en-GB", "--language", "fr",
            stdin=ARTICLE.encode("utf-16"),
        )  # fmt: skip
    data = json.loads(done.stdout)
    facts = {name: data["article"][name] for name in ("title", "published", "source", "language")}
    assert facts == {"title": "Other", "published": "2017-06", "source": "Wire", "language": "en-GB"}
    assert data["language"] == "fr"
    assert "French (fr)" in server.bodies[0]["messages"][1]["content"]


def test_a_terminal_that_was_closed_does_not_change_the_exit_code(tmp_path: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    master, slave = pty.openpty()
    os.close(master)
    command = [sys.executable, "-m", "summarizer", "nowhere.txt", "--model", "keyword"]
    done = subprocess.run(command, stderr=slave, cwd=tmp_path, env={**inherited, "PYTHONPATH": str(ROOT)}, check=False)
    os.close(slave)
    assert done.returncode == 1


def test_options_may_stand_before_the_article(article: Path) -> None:
    with Loopback(completion(draft())) as server:
        done = command("--model", "m", "--base-url", server.url, "--format", "terminal", article)
    assert done.returncode == 0
    assert "≥ 14" in done.stdout.decode()


def test_a_terminal_shows_the_summary_for_a_person(article: Path) -> None:
    with Loopback(completion(draft())) as server:
        shown = in_a_terminal(article, "--model", "m", "--base-url", server.url)
    for words in (
        "Humanitarian figures (1)",
        "≥ 14",
        "killed",
        "Marawi",
        "reported by Red Cross",
        "[1]",
        "7 of 7 drafted items",
    ):
        assert words in " ".join(shown.split())


def in_a_terminal(*arguments: str | Path) -> str:
    """What a person sees on a terminal of 100 columns."""
    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (40, 100))
    env = {**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdin=terminal, stdout=terminal, stderr=terminal, env=env
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            data = os.read(controller, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(controller)
    assert process.wait(timeout=30) == 0
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())


def test_output_to_a_file_is_written_whole_with_the_users_permissions(article: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    target.chmod(0o600)
    with Loopback(status(401), completion(draft())) as server:
        failed = command(article, "--model", "m", "--base-url", server.url, "-o", target)
        assert failed.returncode == 2
        assert target.read_text() == "old", "a failed run leaves the old file alone"
        done = command(article, "--model", "m", "--base-url", server.url, "-o", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(target.read_text())["schema_version"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.txt", "--model", "ollama/m"], 1, "nowhere.txt: no such file"),
        (["article.txt", "--model", "gpt-4o"], 2, "names no known provider"),
        (["article.txt", "--cache", "answers"], 2, "no model is configured"),
        (["article.txt", "--model", "openai/gpt-4o"], 2, "OPENAI_API_KEY"),
        (["article.txt", "--model", "ollama/m", "--published", "soon"], 1, "not understood"),
        (["article.txt", "--model", "ollama/m", "-o", "no/such/folder/x.json"], 2, "folder does not exist"),
        (["article.txt", "--model", "ollama/m", "--replay", "nowhere"], 2, "--replay"),
        (["article.txt", "--model", "ollama/m", "--timeout", "soon"], 2, "--timeout 'soon'"),
        (["article.txt", "--no-such-option"], 2, "unrecognized arguments"),
        (["empty.txt", "--model", "ollama/m"], 1, "holds no text"),
        (["binary.bin", "--model", "ollama/m"], 1, "binary"),
        (["schema", "extra"], 2, "unrecognized arguments"),
    ],
)
def test_errors_are_one_line_and_have_their_exit_code(
    article: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"\n\n")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 8)
    done = command(*arguments, cwd=tmp_path)
    last = done.stderr.decode().strip().splitlines()[-1]
    assert done.returncode == code
    assert words in last
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_a_wrong_key_is_one_line_and_never_shown(article: Path) -> None:
    with Loopback(status(401, "Incorrect API key provided: sk-very-secret-key")) as server:
        environment = {"OPENAI_API_KEY": "sk-very-secret-key", "OPENAI_BASE_URL": server.url}
        done = command(article, environment=environment)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "check OPENAI_API_KEY" in done.stderr.decode()
    assert b"secret" not in done.stderr


def test_openai_variables_alone_are_enough(article: Path) -> None:
    with Loopback(completion(draft())) as server:
        done = command(article, environment={"OPENAI_API_KEY": "any", "OPENAI_BASE_URL": server.url})
    assert json.loads(done.stdout)["run"]["model"] == "openai/gpt-5-mini"


def test_a_reader_that_goes_away_is_no_error(article: Path) -> None:
    with Loopback(completion(draft())) as server:
        arguments = [*COMMAND, str(article), "--model", "m", "--base-url", server.url]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(timeout=30) == 0


def test_help_is_fast_because_it_imports_little() -> None:
    for arguments in (["--help"], ["summarize", "--help"], ["--version"]):
        listing = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "summarizer", *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in listing.stderr.splitlines()}
        assert "argparse" in imported
        assert not imported & {"openai", "instructor", "pydantic", "httpx2", "rich", "jinja2", "numpy"}


@pytest.mark.parametrize("flag", [[], ["--draft"]])
def test_schema_prints_the_json_schema(flag: list[str]) -> None:
    done = command("schema", *flag)
    schema = json.loads(done.stdout)
    assert schema["title"] == ("Draft" if flag else "Summary")
    assert ("schema_version" in schema["properties"]) is not bool(flag)


@pytest.mark.parametrize(
    ("environment", "code", "words"),
    [
        ({}, 0, "no model is configured, so the embedded keyword engine reads"),
        ({"SUMMARIZER_MODEL": "keyword"}, 0, "none: the embedded keyword engine"),
        ({"SUMMARIZER_MODEL": "vllm/m"}, 0, "answers  yes"),
        ({"SUMMARIZER_MODEL": "vllm/other"}, 2, "lists no model 'other'; it lists m"),
        ({"SUMMARIZER_MODEL": "vllm/m", "SUMMARIZER_BASE_URL": "http://127.0.0.1:9/v1"}, 1, "is it running"),
        ({"SUMMARIZER_MODEL": "openai/m"}, 2, "OPENAI_API_KEY"),
    ],
)
def test_doctor(environment: dict[str, str], code: int, words: str, tmp_path: Path) -> None:
    with Loopback() as server:
        done = command(
            "doctor",
            environment={"VLLM_BASE_URL": server.url, "VLLM_API_KEY": "sk-top-secret", **environment},
            cwd=tmp_path,
        )
    shown = done.stdout.decode()
    assert words in shown
    assert done.returncode == code
    assert "secret" not in shown


def options(server: Loopback) -> dict[str, Any]:
    return {"model": "m", "base_url": server.url}


def test_summarize_from_a_script_a_path_bytes_or_text(article: Path) -> None:
    with Loopback(completion(draft()), repeat_last=True) as server:
        summaries = [summarizer.summarize(source, **options(server)) for source in (article, ARTICLE, ARTICLE.encode())]
    assert {summary.article.sha256 for summary in summaries} == {summaries[0].article.sha256}


def test_summarize_works_inside_a_running_event_loop() -> None:
    async def notebook_cell(url: str) -> Summary:
        return summarizer.summarize(ARTICLE, model="m", base_url=url)

    with Loopback(completion(draft())) as server:
        assert asyncio.run(notebook_cell(server.url)).verification.published == 7


def test_asummarize_runs_side_by_side() -> None:
    async def many(url: str) -> list[Summary]:
        return await asyncio.gather(*(summarizer.asummarize(ARTICLE, model="m", base_url=url) for _ in range(8)))

    with Loopback(slow(0.3, completion(draft())), repeat_last=True) as server:
        summaries = asyncio.run(many(server.url))
        arrivals = [received.at for received in server.received]
    assert [summary.verification.published for summary in summaries] == [7] * 8
    assert max(arrivals) - min(arrivals) < 8 * 0.3, "the calls overlapped"


def test_summarize_works_in_threads() -> None:
    results: list[Summary] = []
    with Loopback(completion(draft()), repeat_last=True) as server:
        threads = [
            threading.Thread(target=lambda: results.append(summarizer.summarize(ARTICLE, **options(server))))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [summary.verification.published for summary in results] == [7] * 6


def test_errors_travel_through_every_door() -> None:
    async def inside(url: str) -> None:
        summarizer.summarize(ARTICLE, model="m", base_url=url)

    with Loopback(status(404), repeat_last=True) as server, pytest.raises(summarizer.EngineMisconfigured):
        asyncio.run(inside(server.url))


def test_progress_is_told() -> None:
    told: list[str] = []
    with Loopback(status(500), completion(draft())) as server:
        summarizer.summarize(ARTICLE, on_progress=told.append, **options(server))
    assert told[0] == "custom/m reads 3 sentences"
    assert "the endpoint failed (500); trying again in" in told[1]


def test_the_public_names_are_there_and_typed(root: Path) -> None:
    for name in summarizer.__all__:
        assert getattr(summarizer, name) is not None
    assert (root / "summarizer/py.typed").is_file()
    with pytest.raises(AttributeError):
        _ = summarizer.no_such_name


def test_a_saved_summary_reads_back(article: Path) -> None:
    with Loopback(completion(draft())) as server:
        summary = summarizer.summarize(article, **options(server))
    assert Summary.model_validate_json(summary.model_dump_json()) == summary
