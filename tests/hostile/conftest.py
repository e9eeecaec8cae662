"""The figures of these suites: cases tried, caught, lost, printed below the results of any run that holds one of them.

A test counts as one case, caught if it passes and lost if it fails. One that tries many says so:
`record_property("cases", n)`. Suites are the test files: `test_faults.py` is the suite `faults`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a suite."""
    suites: dict[str, dict[str, int]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            file = Path(report.nodeid.split("::")[0])
            if file.parent.name != _FOLDER.name:
                continue
            counted = suites.setdefault(
                file.stem.removeprefix("test_"), dict.fromkeys(("caught", "lost", "skipped"), 0)
            )
            cases = int(dict(getattr(report, "user_properties", ())).get("cases", 1))
            counted[{"passed": "caught", "skipped": "skipped"}.get(outcome, "lost")] += cases
    if not suites:
        return
    terminalreporter.section("hostile world: cases tried, caught, lost")
    for suite, counted in sorted(suites.items()):
        tried = counted["caught"] + counted["lost"]
        skipped = f", {counted['skipped']} skipped" if counted["skipped"] else ""
        terminalreporter.write_line(
            f"{suite}: {tried} tried, {counted['caught']} caught, {counted['lost']} lost{skipped}"
        )
