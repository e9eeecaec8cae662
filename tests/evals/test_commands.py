"""`python -m evals`: tables, files, gates and comparisons, as a user runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.answers import folder_of, settings_for
from evals.compare import changes, items_changed
from evals.gold import load_all
from evals.report import report
from evals.running import EvalRun
from evals.scores import score
from summarizer.schema.summary import Summary
from tests.conftest import ROOT
from tests.evals.builders import gold, perfect_data

ONE = ("--article", "ukraine-talks.fr")


def evals(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the keyword engine on the example, saved."""
    file = tmp_path_factory.mktemp("runs") / "run.json"
    done = evals("run", *ONE, "--json", str(file), "--html", str(file.with_suffix(".html")))
    assert done.returncode == 0, done.stderr
    assert "keyword, dev (" in done.stdout
    assert "publication day inferred 1 of 1" in " ".join(done.stdout.split())
    return file


def test_a_run_is_saved_and_read_back(saved: Path) -> None:
    run = EvalRun.model_validate_json(saved.read_bytes())
    assert run.engine == "keyword"
    assert run.scores[0].summary is not None
    assert json.loads(saved.read_text())["scores"][0]["sections"]["figures"]["missed"] == []


def test_gates_set_the_exit_code(saved: Path, tmp_path: Path) -> None:
    assert evals("run", *ONE, "--fail-under", "0.5").returncode == 0
    low = evals("run", *ONE, "--fail-under", "0.999")
    assert low.returncode == 1
    assert "under 1.00" in low.stderr
    assert evals("run", *ONE, "--baseline", str(saved)).returncode == 0
    better = json.loads(saved.read_text())
    for section in better["scores"][0]["sections"].values():
        section["missed"], section["missed_tags"] = [], []
    (tmp_path / "better.json").write_text(json.dumps(better))
    fallen = evals("run", *ONE, "--baseline", str(tmp_path / "better.json"), "--max-drop", "0.02")
    assert fallen.returncode == 1
    assert "fell from 1.000" in fallen.stderr


def test_a_missing_recording_is_counted_and_named() -> None:
    done = evals("run", *ONE, "--model", "ollama/never-recorded")
    assert done.returncode in (1, 2)
    assert "never-recorded" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("run", "--article", "nowhere"), ("record",), ("run", *ONE, "--baseline", "nowhere.json"), ("compare", "a", "b")],
)
def test_bad_usage_is_one_line(arguments: tuple[str, ...]) -> None:
    done = evals(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_comparing_a_run_with_itself_finds_nothing(saved: Path) -> None:
    done = evals("compare", str(saved), str(saved))
    assert done.returncode == 0
    assert "No difference is larger than what chance gives." in done.stdout


def _run(change: Any = None) -> EvalRun:
    scores = []
    for number in range(8):
        of = gold(article=f"a{number}")
        data = perfect_data(of)
        if change:
            change(data)
        scores.append(score(of, Summary.model_validate(data)))
    return EvalRun(engine="x", program="p", scores=scores)


def test_a_fall_is_told_in_words_with_the_items() -> None:
    def worse(data: dict[str, Any]) -> None:
        del data["humanitarian_figures"][1]
        data["military_developments"][0]["stage"] = "planned"

    before, after = _run(), _run(worse)
    verdicts = [one.verdict() for one in changes(before, after)]
    assert "figures recall fell by 0.50 [0.50, 0.50]" in verdicts
    assert "figures precision did not change" in verdicts
    lines = items_changed(before, after)
    assert "a0: figures: children is missed now" in lines
    assert "a0: military: shelling: stage wrong now" in lines


def test_the_report_is_one_file_in_which_everything_is_escaped() -> None:
    of = gold()
    data = perfect_data(of)
    data["military_developments"][0]["description"] = "<script>alert(1)</script>"
    data["article"]["text"] = data["article"]["text"].replace("the army said", "<b>army</b>!!!", 1)
    page = report(EvalRun(engine="<i>x</i>", program="p", scores=[score(of, Summary.model_validate(data))]), [of])
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<i>x</i>" not in page
    assert "<b>army</b>" not in page
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)
    assert "default-src 'none'" in page


def test_recordings_stand_under_the_models_name_and_need_no_key() -> None:
    assert folder_of("anthropic/claude").name == "anthropic-claude"
    assert settings_for("keyword").replay is None


def test_the_set_is_as_large_as_it_says() -> None:
    golds = load_all()
    assert len({one.article for one in golds}) == len(golds)
