"""`render` from Python and from the command line: every format, from every kind of saved file, and what goes wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarizer
from summarizer import ReadingError, SettingsError, Summary
from summarizer.rendering import formats
from summarizer.rendering.formats import FORMATS, Kind
from summarizer.schema.summary import SCHEMA_VERSION
from tests.loopback import Loopback, completion
from tests.rendering.summaries import every_code, example, sample
from tests.samples import ARTICLE, draft
from tests.test_front_doors import command

_MADE = [
    pytest.param(name, marks=() if find_spec(one.home.partition(":")[0]) else pytest.mark.skip(f"{one.home} is not here yet"))
    for name, one in FORMATS.items()
]  # fmt: skip


@pytest.mark.parametrize("name", _MADE)
def test_every_format_renders_every_code(name: str) -> None:
    output = summarizer.render(name, [every_code()])
    expected = {Kind.TEXT: str, Kind.BYTES: bytes, Kind.FILES: dict}[FORMATS[name].kind]
    assert isinstance(output, expected)
    assert output


@pytest.mark.parametrize("name", _MADE)
def test_render_writes_on_the_command_line_what_it_gives_in_python(name: str, tmp_path: Path) -> None:
    saved, target = tmp_path / "a.json", tmp_path / "made"
    saved.write_text(changed(), encoding="utf-8")
    done = command("render", saved, "--format", name, "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    output = summarizer.render(name, [sample()])
    if isinstance(output, (str, bytes)):
        assert target.read_bytes() == (output.encode() if isinstance(output, str) else output)
    else:
        assert {file.name: file.read_bytes() for file in target.iterdir()} == dict(output)


@pytest.mark.parametrize("name", ["markdown", "hxl"])
def test_summarize_offers_the_same_formats_and_render_reads_standard_input(name: str, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with Loopback(completion(draft())) as server:
        direct = command(article, "--model", "m", "--base-url", server.url, "--no-repair", "--format", name)
    later = command("render", "-", "--format", name, stdin=changed().encode())
    assert _without_time(direct.stdout) == _without_time(later.stdout) != b""


def _without_time(shown: bytes) -> bytes:
    return re.sub(rb"\d+\.\d s\b", b"", shown)


@pytest.mark.parametrize("name", ["jsonl", "yaml", "json"])
def test_saved_files_read_back_whatever_they_are_called(name: str, tmp_path: Path) -> None:
    several = [sample(), example()] if FORMATS[name].several else [example()]
    file = tmp_path / "some.thing"
    file.write_text(str(summarizer.render(name, several)), encoding="utf-8")
    assert summarizer.read_summaries(file) == several
    file.write_text("\ufeff" + json.dumps([one.model_dump(mode="json") for one in several]), encoding="utf-8")
    assert summarizer.read_summaries(file) == several


def test_a_folder_of_parquet_files_reads_back(tmp_path: Path) -> None:
    output = summarizer.render("parquet", [sample(), every_code(), example()])
    assert isinstance(output, dict)
    for name, data in output.items():
        (tmp_path / name).write_bytes(data)
    assert summarizer.read_summaries(tmp_path) == [sample(), every_code(), example()]
    assert json.loads(command("render", tmp_path, "--number", "3", "--format", "json").stdout)["language"] == "fr"


def test_a_folder_of_failures_holds_no_summary(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    from summarizer.rendering.as_parquet import whole_table

    failed = {"article": {"sha256": "0" * 64}, "error": {"kind": "EngineRefused", "message": "no"}}
    pq.write_table(whole_table([failed]), tmp_path / "part-0.parquet")
    with pytest.raises(summarizer.ReadingError, match="holds no summary"):
        summarizer.read_summaries(tmp_path)


def test_several_summaries_in_one_file_become_one_table_or_are_chosen_from(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(str(summarizer.render("jsonl", [sample(), example()])), encoding="utf-8")
    table = command("render", file, "--format", "acled").stdout.decode()
    assert {line.split(",")[0].split("-")[0] for line in table.splitlines()[1:]} == {
        sample().article.sha256[:12],
        example().article.sha256[:12],
    }
    refused = command("render", file, "--format", "json")
    assert refused.returncode == 2
    assert b"--format json is of one summary, and there are 2: choose one with --number" in refused.stderr
    assert json.loads(command("render", file, "--format", "json", "--number", "1").stdout)["language"] == "en"
    beyond = command("render", file, "--number", "3")
    assert (beyond.returncode, beyond.stdout) == (2, b"")


def changed(**changes: Any) -> str:
    return json.dumps({**sample().model_dump(mode="json"), **changes})


_CUT = str(summarizer.render("json", [sample()]))[:2000]
_MOVED = json.loads(changed())
_MOVED["gist"][0]["evidence"][0]["start"] += 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "holds no summary"),
        ("\n \n", "holds no summary"),
        (_CUT, "a damaged file"),
        ("[]", "holds no summary"),
        ("[1]", "summary 1: no saved summary"),
        ("{}", "no saved summary"),
        ("just words", "no saved summary"),
        ("a: [b", "no saved summary"),
        ("[" * 100_000, "no JSON that can be read"),
        (changed(schema_version="2.0"), f"schema version 2.0; this program reads {SCHEMA_VERSION[0]}.x"),
        (changed(schema_version="0.9"), "schema version 0.9"),
        (changed(schema_version=1), "schema_version is '1'"),
        (changed(schema_version="one.two"), "schema_version is"),
        (changed(gist=None), "a damaged summary: gist: Input should be a valid list"),
        (changed(surprise=1), "a damaged summary: surprise"),
        (json.dumps(_MOVED), "the quote of gist-1 does not stand at its offsets"),
        (sample().model_dump_json() + "\n" + sample().model_dump_json()[:-9], "line 2: a damaged file"),
    ],
)
def test_a_file_that_cannot_be_rendered_is_one_line(content: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReadingError) as raised:
        summarizer.read_summaries(file)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_other_files_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x01PAR1")
    (tmp_path / "folder").mkdir()
    (tmp_path / "damaged").mkdir()
    tables = summarizer.render("parquet", [sample()])
    assert isinstance(tables, dict)
    for name, data in tables.items():
        (tmp_path / "damaged" / name).write_bytes(data if name != "gist.parquet" else b"PAR1 nothing")
    for name, words in (
        ("binary", "not UTF-8"), ("nowhere", "no such file"), ("folder", "summaries.parquet is missing"), ("damaged", "damaged tables"),
    ):  # fmt: skip
        done = command("render", tmp_path / name)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.decode().count("\n") == 1
        assert words in done.stderr.decode()


def test_a_later_minor_version_is_read_without_its_new_fields(tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    file.write_text(changed(schema_version="1.99", surprise=1), encoding="utf-8")
    (summary,) = summarizer.read_summaries(file)
    assert summary.gist == sample().gist


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "docx"], "invalid choice"),
        (["--format", "parquet"], "--format parquet is no text: give -o FOLDER"),
        (["--format", "parquet", "-o", "saved.json"], "writes a folder, and this is a file"),
        (["--format", "acled", "-o", "."], "is a folder"),
        (["--format", "acled", "-o", "no/such/place.csv"], "its folder does not exist"),
    ],
)
def test_wrong_usage_is_said_before_anything_is_read(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "saved.json").write_text(changed(), encoding="utf-8")
    done = command("render", "saved.json", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()


def test_a_missing_optional_package_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "saved.json").write_text(changed(), encoding="utf-8")
    code = (
        "import sys; sys.modules['pyarrow'] = sys.modules['pandas'] = None\n"
        "from summarizer.cli import main; import summarizer\n"
        "code = main(['render', 'saved.json', '--format', 'parquet', '-o', 'out'])\n"
        "try: summarizer.to_dataframes(summarizer.read_summaries(__import__('pathlib').Path('saved.json')))\n"
        "except summarizer.SettingsError as error: print(error)\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stderr == (
        "summarizer: --format parquet needs pyarrow, which is not installed: pip install 'conflict-summarizer[parquet]'\n"
    )
    assert (
        "to_dataframes needs pandas, which is not installed: pip install 'conflict-summarizer[pandas]'" in done.stdout
    )


def test_the_package_offers_the_extras_that_the_formats_name(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {one.extra for one in FORMATS.values() if one.extra} <= set(project["optional-dependencies"])


def test_a_format_of_one_summary_refuses_several() -> None:
    with pytest.raises(SettingsError, match="there are 0"):
        formats.render("json", [])


def test_formats_are_listed_with_what_they_are_for() -> None:
    shown = command("render", "--help").stdout.decode()
    assert all(one.about in shown for one in FORMATS.values())


def test_a_summary_from_python_renders_without_a_file() -> None:
    assert Summary.model_validate_json(str(summarizer.render("json", [sample()]))) == sample()


@pytest.mark.parametrize("text", ["\x85", "a\u2028b", "\u2029", "\ufeff", "a\x85 b: c", "\x1f", "\x7f"])
def test_separators_that_yaml_takes_for_line_ends_come_back(text: str) -> None:
    saved = sample().model_dump(mode="json")
    saved["article"]["title"] = text
    summary = Summary.model_validate(saved)
    with TemporaryDirectory() as folder:
        file = Path(folder, "file.yaml")
        file.write_text(str(summarizer.render("yaml", [summary])), encoding="utf-8", newline="")
        assert summarizer.read_summaries(file) == [summary]


def test_half_a_character_in_a_saved_summary_is_damage(tmp_path: Path) -> None:
    saved = json.loads(str(summarizer.render("json", [sample()])))
    saved["article"]["title"] = "half \ud800"
    file = tmp_path / "s.json"
    file.write_text(json.dumps(saved), encoding="ascii")
    done = command("render", str(file), "--format", "markdown")
    assert (done.returncode, done.stderr.decode()) == (
        1, f"summarizer: {file}: a damaged summary: it holds half a character (a lone surrogate)\n",
    )  # fmt: skip


def test_a_number_too_large_for_a_table_is_one_line(tmp_path: Path) -> None:
    saved = json.loads(str(summarizer.render("json", [sample()])))
    saved["humanitarian_figures"][0]["quantity"]["value"] = 10**25
    file = tmp_path / "s.json"
    file.write_text(json.dumps(saved), encoding="ascii")
    done = command("render", str(file), "--format", "parquet", "-o", str(tmp_path / "tables"))
    assert (done.returncode, done.stderr.decode()) == (
        2, "summarizer: --format parquet: a number in the summary is too large for a table\n",
    )  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    st.text(), st.dictionaries(st.text(max_size=5), st.none() | st.integers(-9, 9) | st.text(max_size=5), max_size=3)
)
def test_any_text_comes_back_from_every_format_that_holds_it(text: str, drafted: dict[str, Any]) -> None:
    saved = sample().model_dump(mode="json")
    saved["gist"][0]["text"] = saved["article"]["title"] = text
    saved["verification"]["set_aside"] = [{"section": "gist", "item": drafted, "reasons": [text]}]
    summary = Summary.model_validate(saved)
    with TemporaryDirectory() as folder:
        file, tables = Path(folder, "file"), Path(folder, "tables")
        tables.mkdir()
        for name in ("json", "jsonl", "yaml"):
            file.write_bytes(str(summarizer.render(name, [summary])).encode())
            assert summarizer.read_summaries(file) == [summary], name
        output = summarizer.render("parquet", [summary])
        assert isinstance(output, dict)
        for name, data in output.items():
            (tables / name).write_bytes(data)
        assert summarizer.read_summaries(tables) == [summary]
