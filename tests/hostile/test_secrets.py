"""No key in anything that a run leaves behind; files whole, with the user's permissions; templates in a sandbox."""

from __future__ import annotations

import io
import json
import logging
import os
import stat
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import summarizer
from summarizer import cli
from summarizer.files import write_atomically
from summarizer.rendering.formats import FORMATS
from tests.conftest import ROOT
from tests.hostile.faulty import body, choice, good, good_body, head, wire
from tests.loopback import Loopback, Step, completion, status
from tests.samples import ARTICLE, draft

KEY = "sk-very-secret-0123456789/abc+def"
PART = "sk-very-secret"  # a key that is shown in half is shown


def echoing_model() -> Step:
    return body(good_body(model=f"m-{KEY}", id=KEY))


def echoing_header() -> Step:
    data = json.dumps(good_body()).encode()
    return wire(head(len(data), f"X-Request-Id: {KEY}", f"X-Debug: Bearer {KEY}"), data)


def echoing_draft() -> Step:
    answer = draft()
    answer["gist"][0]["text"] = f"Government troops shelled Marawi with {KEY}."
    answer["positions"][0]["evidence"][0]["quote"] = KEY
    return completion(answer)


def echoing_escaped() -> Step:
    return body(json.dumps(good_body(model=KEY)).replace("/", "\\/").encode())


def echoing_long_error() -> Step:
    return status(400, "x" * 280 + KEY)


ECHOES: dict[str, Callable[[], Step]] = {
    "a good answer": good,
    "the model's name": echoing_model,
    "a header": echoing_header,
    "the draft": echoing_draft,
    "with escapes": echoing_escaped,
    "401": lambda: status(401, f"Incorrect API key provided: {KEY}."),
    "400, cut off in the key": echoing_long_error,
    "403 page": lambda: wire(head(None, status="403 No"), f"<html>Bearer {KEY}</html>".encode()),
    "500": lambda: status(500, f"upstream said: Authorization: Bearer {KEY}"),
    "429": lambda: status(429, f"too many requests for {KEY}", headers={"Retry-After": "999"}),
    "200 with an error": lambda: body({"error": {"message": f"no credit left for {KEY}"}}),
    "refusal": lambda: completion(None, refusal=f"I cannot help {KEY}"),
    "malformed": lambda: body(choice({"content": f'{{"key": "{KEY}"}}'})),
    "tool calls": lambda: body(choice({"tool_calls": [{"id": KEY, "function": {"name": KEY, "arguments": KEY}}]})),
    "context overflow": lambda: status(400, f"maximum context length of {KEY}"),
}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that any library logs at any level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES.keys())
@pytest.mark.parametrize("kind", ["record", "cache"])
def test_a_run_leaves_no_key_behind_even_where_the_endpoint_quotes_it(
    echo: Callable[[], Step], kind: str, tmp_path: Path, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    with Loopback(echo(), repeat_last=True) as server:
        options = {"model": "m", "base_url": server.url, "api_key": KEY, kind: tmp_path / "answers", "attempts": 2}
        try:
            summary = summarizer.summarize(ARTICLE, on_progress=told.append, **options)  # type: ignore[arg-type]
            for form in ("json", "terminal"):
                (tmp_path / form).write_text(summary.model_dump_json(), encoding="utf-8")
        except summarizer.SummarizerError as error:
            told += [str(error), repr(error), "".join(traceback.format_exception(error))]
    shown = capfd.readouterr()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            told.append(file.read_text(encoding="utf-8"))
    for text in (*told, shown.out, shown.err, logged.getvalue()):
        assert PART not in text
        assert "very-secret" not in text


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_every_format_and_every_file_of_a_command_is_without_the_key(
    format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / ".env").write_text(f"SUMMARIZER_API_KEY={KEY}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Loopback(echoing_draft(), repeat_last=True) as server:
        options = ["--model", "m", "--base-url", server.url, "--record", "answers"]
        code = cli.main(["article.txt", "--format", format_, "-o", "out", *options])
        assert server.received[0].headers["authorization"] == f"Bearer {KEY}"
    shown = capfd.readouterr()
    assert code == 0, shown.err
    left = {str(file.relative_to(tmp_path)): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert [name for name, data in left.items() if PART.encode() in data] == [".env"]
    assert PART not in shown.out + shown.err


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES.keys())
def test_a_batch_leaves_no_key_in_its_journal_or_its_output(
    echo: Callable[[], Step], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(ARTICLE.replace("14 people", f"{number}4 people"), encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "1")
    monkeypatch.chdir(tmp_path)
    with Loopback(echo(), repeat_last=True) as server:
        options = [
            "--model",
            "m",
            "--base-url",
            server.url,
            "--deadline",
            "5",
            "--patience",
            "1",
        ]
        cli.main(["batch", "1.txt", "2.txt", "-o", "out.jsonl", "--log-format", "json", *options])
        assert server.received
    shown = capfd.readouterr()
    left = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert any(b"14 people" in data for data in left)
    assert PART not in shown.out + shown.err
    assert [data for data in left if PART.encode() in data] == []


def test_a_key_stands_in_no_settings_that_are_printed() -> None:
    settings = summarizer.settings.load_settings(
        environment={"OPENAI_API_KEY": KEY, "SUMMARIZER_API_KEY": KEY}, dotenv=None
    )
    assert PART not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize("mask", [0o077, 0o022, 0o002])
def test_new_files_get_the_users_permissions_and_old_ones_keep_theirs(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        write_atomically(tmp_path / "new", "text")
        with Loopback(good()) as server:
            summarizer.summarize(ARTICLE, model="m", base_url=server.url, record=tmp_path / "answers")
    finally:
        os.umask(before)
    for file in (tmp_path / "new", *(tmp_path / "answers").iterdir()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~mask
    old = tmp_path / "old"
    old.write_text("old")
    old.chmod(0o640)
    write_atomically(old, "new")
    assert (old.read_text(), stat.S_IMODE(old.stat().st_mode)) == ("new", 0o640)


def test_a_reader_sees_the_old_file_or_the_new_one_and_never_a_part(tmp_path: Path) -> None:
    file, texts = tmp_path / "file", ["a" * 400_000, "b" * 400_000]
    write_atomically(file, texts[0])
    done = threading.Event()
    wrong: list[str] = []

    def read() -> None:
        while not done.is_set():
            text = file.read_text()
            if text not in texts:
                wrong.append(text[:40])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(40):
        write_atomically(file, texts[number % 2])
    done.set()
    reader.join()
    assert wrong == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_atomically(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(file, "new \ud800")
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("file", "old")]


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{% for sentence in sentences %}{{ sentence.__class__.__base__.__subclasses__() }}{% endfor %}",
        "{{ lipsum.__globals__['os'].environ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../etc/passwd' %}",
        "{{ range(10 ** 9) | list }}",
    ],
)
def test_templates_of_others_cannot_reach_beyond_what_they_are_given(template: str, tmp_path: Path) -> None:
    (tmp_path / "article.jinja").write_text(template, encoding="utf-8")
    with Loopback(good()) as server:
        with pytest.raises(summarizer.SettingsError, match=r"article\.jinja"):
            summarizer.summarize(ARTICLE, model="m", base_url=server.url, prompts=tmp_path, api_key=KEY)
        assert server.received == []


def test_an_env_file_is_in_no_package_that_is_built(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    if not names:
        pytest.skip("no git checkout")
    for name in names:
        if name.startswith(("summarizer/", "prompts/")) or "/" not in name:
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            (checkout / name).write_bytes((ROOT / name).read_bytes())
    for folder in ("", "summarizer", "prompts"):
        (checkout / folder / ".env").write_text(f"OPENAI_API_KEY={KEY}\n", encoding="utf-8")
    build = "import hatchling.build as b; b.build_wheel('dist'); b.build_sdist('dist')"
    (checkout / "dist").mkdir()
    subprocess.run([sys.executable, "-c", build], cwd=checkout, check=True, capture_output=True)
    import tarfile
    import zipfile

    held = []
    for file in (checkout / "dist").iterdir():
        if file.suffix == ".whl":
            with zipfile.ZipFile(file) as wheel:
                held += wheel.namelist()
        else:
            with tarfile.open(file) as sdist:
                held += sdist.getnames()
    assert len(held) > 100
    assert [name for name in held if Path(name).name == ".env"] == []


def test_no_key_and_no_env_file_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert ".env" not in listed
    ignored = (ROOT / ".gitignore").read_text().split()
    assert ".env" in ignored
