"""docs/reliability.md says what the suites do."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.figures import FOLDERS, suite_of
from tests.hostile.tables import DOCUMENT, dependencies, replaced

BY_ITEM = {"hostile/recorded_answers", "fuzz/analysis", "fuzz/drafts", "fuzz/reading"}
"""Suites whose cases are no tests but drafted items (what is recorded) or inputs (what hypothesis makes)."""

TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_suites() -> None:
    assert replaced(TEXT) == TEXT, "write them anew: python -m tests.hostile.tables"


def test_every_dependency_says_why_it_is_there() -> None:
    assert [line for line in dependencies().splitlines() if line.endswith("|  |")] == []


def test_every_suite_has_its_command_and_its_figures(root: Path) -> None:
    files = [file for folder in FOLDERS for file in (root / "tests" / folder).glob("test_*.py")]
    suites = {suite_of(file.as_posix()) for file in files} - {"hostile/document"}
    figures = TEXT.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    assert suites == set(re.findall(r"^\| ([\w/]+/\w+) \|", figures, re.MULTILINE))
    assert all((root / path).is_file() for path in re.findall(r"tests/\w+/\w+\.py", TEXT))


def test_nothing_was_lost_when_the_figures_were_taken() -> None:
    figures = TEXT.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    rows = re.findall(r"^\| [\w/]+ \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|", figures, re.MULTILINE)
    assert rows
    assert all(tried == caught and lost == "0" for tried, caught, lost in rows)


def test_the_figures_count_the_cases_that_there_are(request: pytest.FixtureRequest) -> None:
    option = request.config.option
    marks = option.markexpr not in ("", "not ray")  # which is the default: no Ray in these suites
    if option.keyword or marks or any("::" in argument for argument in request.config.args):
        pytest.skip("not all cases are collected")
    collected = Counter(suite_of(item.path.as_posix()) for item in request.session.items)
    for suite, tried in re.findall(r"^\| ([\w/]+/\w+) \| ([\d,]+) \|", TEXT, re.MULTILINE):
        if collected[suite] and suite not in BY_ITEM:
            assert int(tried.replace(",", "")) == collected[suite], f"{suite}: write the figure anew"
