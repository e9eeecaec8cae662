"""What a user installs: the wheel holds the prompts, and the locks hold versions and hashes only."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_POSSESSIVE = re.compile(r"\)(?:[*+]|\{\{?[\d,]+\}\}?)\+(?!\+| )")


def test_the_wheel_holds_the_program_and_its_prompts_and_runs_from_there(root: Path, tmp_path: Path) -> None:
    build = [
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--disable-pip-version-check",
        "-w",
        str(tmp_path),
    ]
    subprocess.run([sys.executable, *build, str(root)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert {name for name in names if name.startswith("summarizer/prompts/")} == {
        f"summarizer/prompts/{file.name}" for file in (root / "prompts").glob("*.jinja")
    }
    report = root / "summarizer" / "rendering" / "report"
    assert {f"summarizer/rendering/report/{file.name}" for file in report.iterdir() if file.is_file()} <= set(names)
    assert "summarizer/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "evals", "examples", "prompts/"))]
    code = "from summarizer.engines.llm.prompting import Prompts, builtin_prompts; print(builtin_prompts(), Prompts().fingerprint)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "site", check=True, capture_output=True, text=True
    )
    assert str(tmp_path / "site" / "summarizer" / "prompts") in run.stdout


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "build.txt"])
def test_locks_hold_versions_and_hashes_and_no_address(root: Path, name: str) -> None:
    text = (root / ".ci" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    pins = re.findall(r"^([A-Za-z0-9_.\-]+)==", text, re.MULTILINE)
    assert pins
    assert text.count("--hash=sha256:") >= len(pins)
    for line in text.splitlines():
        assert re.match(r"[a-z0-9_.\-]+==\S+|    --hash=sha256:[0-9a-f]{64}", line), line


def test_no_pattern_repeats_a_group_possessively(root: Path) -> None:
    """Python before 3.11.5 matches such groups wrongly (CPython issue 106052); repeats of one character are sound."""
    sources = [path for folder in ("summarizer", "evals") for path in (root / folder).rglob("*.py")]
    found = [path.name for path in sources if _POSSESSIVE.search(path.read_text("utf-8"))]
    assert found == []
