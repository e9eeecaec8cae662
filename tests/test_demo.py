"""The example article, from a real model's recorded answers: what `make demo` and README show."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from summarizer import Summary, summarize
from tests.conftest import ROOT

ARTICLE = ROOT / "examples/ukraine-talks.fr.txt"
REPLAY = ROOT / "examples/recordings"
WIDE = {**os.environ, "COLUMNS": "100"}
README = (ROOT / "README.md").read_text(encoding="utf-8")


@cache
def summary() -> Summary:
    return summarize(ARTICLE, model="anthropic/claude", replay=REPLAY)


def test_it_is_answered_from_recordings_of_a_named_model() -> None:
    run = summary().run
    assert run.replayed == run.calls >= 1
    assert run.answered_by == ["claude"]
    assert "Claude" in (ROOT / "examples/README.md").read_text(encoding="utf-8")


def test_every_offset_gives_its_quote_back() -> None:
    data = json.loads(summary().model_dump_json())
    text = data["article"]["text"]
    assert text == ARTICLE.read_text(encoding="utf-8").removeprefix(" date 2022-03 ").strip()
    sections = [section for section in data.values() if isinstance(section, list)]
    passages = [passage for section in sections for item in section for passage in item.get("evidence", [])]
    assert len(passages) >= 40
    assert all(text[passage["start"] : passage["end"]] == passage["quote"] for passage in passages)


def test_the_day_is_known_to_the_month_and_inferred() -> None:
    assert (summary().article.published, summary().article.published_inferred) == ("2022-03", "2022-03-03")


def test_the_four_figures_and_no_others() -> None:
    figures = {figure.id: figure for figure in summary().humanitarian_figures}
    rows = {
        (f.category, f.quantity.low, f.quantity.value, f.quantity.high, f.quantity.hedge, f.population)
        for f in figures.values()
    }
    assert rows == {
        ("refugees", None, 1000000, None, "exact", "people"),
        ("evacuated", 142500, 142500, None, "more_than", "people"),
        ("evacuated", None, 40000, 40000, "nearly", "children"),
        ("evacuated", None, 600, None, "about", "foreign_nationals"),
    }
    whole = next(f.id for f in figures.values() if f.quantity.value == 142500)
    assert [f.quantity.value for f in figures.values() if f.subset_of == whole] == [40000, 600]
    said = {f.quantity.value: f.asserted_by.name for f in figures.values() if f.asserted_by}
    assert said == {1000000: "Filippo Grandi", **dict.fromkeys((142500, 40000, 600), "Mikhaïl Mizintsev")}


@pytest.mark.parametrize(
    ("kind", "place", "date", "stages"),
    [
        ("territory_taken", "Kherson", "2022-03-02", "occurred"),
        ("territory_taken", "Berdiansk", None, "occurred"),
        ("advance", "Kharkiv", "2022-03-01/2022-03-02", "occurred"),
        ("armed_clash", "Kharkiv", None, "ongoing occurred"),
        ("shelling_or_missile", "Kharkiv", "2022-03-01", "occurred"),
        ("deployment", None, "2022-02-24", "occurred"),
        ("advance", "Ukraine", "2022-02-24", "historical occurred"),
    ],
)
def test_military_developments(kind: str, place: str | None, date: str | None, stages: str) -> None:
    found = [m for m in summary().military_developments if m.kind == kind and m.stage in stages.split()]
    assert [
        m
        for m in found
        if (m.when.date if m.when else None) == date and (place is None or (m.place and m.place.name == place))
    ]


@pytest.mark.parametrize(
    ("kind", "date", "stage"),
    [
        ("talks", "2022-03-03", "ongoing"),
        ("talks", "2022-02-28", "occurred"),
        ("meeting", "2022-03-04", "planned"),
        ("vote_or_resolution", "2022-03-02", "occurred"),
    ],
)
def test_diplomatic_developments(kind: str, date: str, stage: str) -> None:
    found = [(d.kind, d.when.date if d.when else None, d.stage) for d in summary().diplomatic_developments]
    assert (kind, date, stage) in found


@pytest.mark.parametrize(
    ("kind", "speaker", "quotation"),
    [
        ("call", "Antonio Guterres", "immédiatement"),
        ("concern", "Antonio Guterres", "profondément préoccupé"),
        ("accusation", "Sergueï Lavrov", "Tout le monde sait qu'une troisième guerre mondiale"),
        ("warning", "Michelle Bachelet", "l'ensemble de l'humanité"),
        ("offer", "Mikhaïl Mizintsev", "disposée à organiser des couloirs humanitaires"),
        ("demand", None, None),
        ("refusal", None, None),
    ],
)
def test_positions(kind: str, speaker: str | None, quotation: str | None) -> None:
    found = [p for p in summary().positions if p.kind == kind and (p.speaker.name if p.speaker else None) == speaker]
    assert [p for p in found if (p.quotation or "").startswith(quotation or "")]


def test_parties() -> None:
    found = {(party.kind, party.country) for party in summary().parties}
    assert {("state", "RUS"), ("state", "UKR"), ("armed_forces", "RUS"), ("alliance", None)} <= found
    names = " ".join(name for party in summary().parties for name in (party.name, *party.other_names))
    assert all(word in names for word in ("Moscou", "Kiev", "Otan", "Nations unies", "réfugiés"))
    assert not {"Kherson", "Berdiansk", "Kharkiv", "Bruxelles"} & {party.name for party in summary().parties}


def without_time(text: str) -> str:
    return re.sub(r"\d+\.\d s\b", "0.0 s", text).strip()


def test_readme_shows_the_commands_real_output() -> None:
    match = re.search(r"<!-- output: summarizer (.+?) -->\n```text\n(.*?)```", README, re.DOTALL)
    assert match
    run = [sys.executable, "-m", "summarizer", *match[1].split()]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, check=True, env=WIDE)
    assert without_time(done.stdout.decode()) == without_time(match[2])


def test_readme_shows_a_figure_as_it_is() -> None:
    match = re.search(r"<!-- figure: (\d+) -->\n```json\n(.*?)```", README, re.DOTALL)
    assert match
    assert json.loads(match[2]) == json.loads(summary().humanitarian_figures[int(match[1])].model_dump_json())


def test_readme_python_runs_and_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    shown = re.search(r"<!-- output of the code above -->\n```text\n(.*?)```", README, re.DOTALL)
    assert code
    assert shown
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.parse(code[1]), "README.md", "exec"), {})
    assert printed.getvalue().strip() == shown[1].strip()


def test_readme_names_only_options_and_targets_that_exist() -> None:
    commands = re.findall(r"^    (\w+)\s", _usage("summarizer"), re.MULTILINE)
    usages = {command: _usage("summarizer", command) for command in commands}
    usages |= {"evals": _usage("evals", "run"), "any": "".join(usages.values())}
    for line in README.splitlines():
        named = re.match(rf"\$ summarizer ({'|'.join(commands)})\b", line)
        usage = usages["evals" if "-m evals" in line else named[1] if named else "any"]
        for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)):
            assert option in usage, option
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:\$ |`)make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def _usage(program: str, *command: str) -> str:
    asked = [sys.executable, "-m", program, *command, "--help"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def write_readme(path: Path = ROOT / "README.md") -> None:
    """Put the real output into README: `python -m tests.test_demo`."""
    text = path.read_text(encoding="utf-8")
    match = re.search(r"<!-- output: summarizer (.+?) -->\n```text\n(.*?)```", text, re.DOTALL)
    assert match
    run = [sys.executable, "-m", "summarizer", *match[1].split()]
    shown = subprocess.run(run, cwd=ROOT, capture_output=True, check=True, env=WIDE).stdout.decode().strip()
    text = text.replace(match[0], f"<!-- output: summarizer {match[1]} -->\n```text\n{shown}\n```")
    figure = summary().humanitarian_figures[1].model_dump_json(indent=2)
    text = re.sub(
        r"<!-- figure: 1 -->\n```json\n.*?```",
        lambda _: f"<!-- figure: 1 -->\n```json\n{figure}\n```",
        text,
        flags=re.DOTALL,
    )
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.parse(code[1]), "README.md", "exec"), {})
    block = f"<!-- output of the code above -->\n```text\n{printed.getvalue().strip()}\n```"
    text = re.sub(r"<!-- output of the code above -->\n```text\n.*?```", lambda _: block, text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_readme()
