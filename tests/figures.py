"""The figures of the suites that docs/reliability.md tells of: cases tried, caught, lost, printed below their results.

A test counts as one case, caught if it passes and lost if it fails. One that tries many says so:
`record_property("cases", n)`. Suites are the test files: `test_faults.py` of `hostile` is the suite `hostile/faults`.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

FOLDERS = ("hostile", "inject", "fuzz")
_COUNTED_AS = {"passed": "caught", "failed": "lost", "error": "lost", "skipped": "skipped"}


def suite_of(path: str) -> str | None:
    """The suite of a test file, "hostile/faults"; None where it is in none."""
    file = PurePosixPath(path)
    return f"{file.parent.name}/{file.stem.removeprefix('test_')}" if file.parent.name in FOLDERS else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a suite, if any of them ran."""
    suites: dict[str, dict[str, int]] = {}
    for outcome, counted_as in _COUNTED_AS.items():
        for report in terminalreporter.stats.get(outcome, []):
            if suite := suite_of(report.nodeid.split("::")[0]):
                counted = suites.setdefault(suite, {"caught": 0, "lost": 0, "skipped": 0})
                counted[counted_as] += int(dict(getattr(report, "user_properties", ())).get("cases", 1))
    if not suites:
        return
    terminalreporter.section("hostile world: cases tried, caught, lost")
    for suite, counted in sorted(suites.items()):
        tried = counted["caught"] + counted["lost"]
        skipped = f", {counted['skipped']} skipped" if counted["skipped"] else ""
        terminalreporter.write_line(
            f"{suite}: {tried} tried, {counted['caught']} caught, {counted['lost']} lost{skipped}"
        )
