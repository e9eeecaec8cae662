"""What a check finds: lines for the published item, sentences for the model, and what code put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from summarizer.schema.codes import Outcome
from summarizer.schema.values import Check


@dataclass(slots=True)
class Findings:
    """Grows as checks run. `problems` are written for the model: each names what is wrong and what to change;
    an item with any is not published. `changes` are the item's fields as code corrected them."""

    checks: list[Check] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)

    def passed(self, name: str, detail: str | None = None) -> None:
        """It was verified."""
        self.checks.append(Check(name=name, outcome=Outcome.PASSED, detail=detail))

    def repaired(self, name: str, detail: str) -> None:
        """It was put right by code."""
        self.checks.append(Check(name=name, outcome=Outcome.REPAIRED, detail=detail))

    def doubted(self, name: str, detail: str) -> None:
        """It could not be verified, and the item stands without it: partly supported."""
        self.checks.append(Check(name=name, outcome=Outcome.FAILED, detail=detail))

    def wrong(self, name: str, problem: str) -> None:
        """It is wrong: the item cannot be published as it is."""
        self.checks.append(Check(name=name, outcome=Outcome.FAILED, detail=problem))
        self.problems.append(problem)

    def extend(self, checks: Iterable[Check], problems: Iterable[str]) -> None:
        """Take over what another check found."""
        self.checks.extend(checks)
        self.problems.extend(problems)
