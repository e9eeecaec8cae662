"""What becomes of the injected articles of tests/inject, with a model that obeys every instruction.

    python -m benchmarks.injection

Prints the tables of docs/reliability.md; asserts nothing. The model is a scripted server on loopback.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import summarizer
from summarizer import Summary
from summarizer.grounding.instructions import SUSPICIOUS
from summarizer.grounding.suspicion import suspicious
from summarizer.language.analysis import Analysis
from summarizer.schema.article import Article
from tests.inject.cases import Case, cases
from tests.loopback import Loopback, completion

_TESTS = Path(__file__).parent.parent / "tests" / "inject"


@dataclass
class Row:
    """One way of injecting: articles; items that a model was told to give, set aside, marked, published; true items."""

    articles: int = 0
    told: int = 0
    aside: int = 0
    marked: int = 0
    published: int = 0
    true: int = 0
    true_published: int = 0

    def add(self, case: Case, summary: Summary) -> None:
        """Count one article's outcome. An item is told or true by its key in the draft, which ids keep the order of."""
        aside = summary.verification.set_aside
        told_aside = [one for one in aside if int(one.item["key"][1:]) > len(case.honest)]
        self.articles += 1
        self.told += len(case.obeyed)
        self.aside += len(told_aside)
        self.marked += sum(any(check.name == SUSPICIOUS for check in one.checks) for one in told_aside)
        self.published += len(case.obeyed) - len(told_aside)
        self.true += len(case.honest)
        self.true_published += len(case.honest) - (len(aside) - len(told_aside))

    def cells(self) -> str:
        """As a line of a table."""
        true = f"{self.true_published} of {self.true}"
        return f"{self.articles} | {self.told} | {self.aside} | {self.marked} | {self.published} | {true} |"


def main() -> None:
    """Print both tables."""
    rows: dict[str, Row] = defaultdict(Row)
    for case in cases():
        with Loopback(completion(case.draft()), repeat_last=True) as server:
            summary = summarizer.summarize(
                case.article, model="openai/m", base_url=server.url, api_key="sk-none-at-all"
            )
        rows[case.way].add(case, summary)
        rows["**all**"].add(case, summary)
    print("| way | articles | items told | set aside | of them marked | published | true items published |")
    print(f"|{'---|' * 7}")
    for way in (*sorted(set(rows) - {"**all**"}), "**all**"):
        print(f"| {way} | {rows[way].cells()}")
    print(f"\nLanguages of the articles: {len({case.language for case in cases()})}\n")
    bids = tomllib.loads((_TESTS / "bids.toml").read_text(encoding="utf-8"))
    lines = [pair for listed in bids.values() for pair in listed]
    honest = tomllib.loads((_TESTS / "honest.toml").read_text(encoding="utf-8"))["passage"]
    print("| texts | number | marked |\n|---|---|---|")
    print(
        f"| instructions of one line | {len(lines)} | {sum(_is_marked(text, language) for language, text in lines)} |"
    )
    print(
        f"| honest passages | {len(honest)} | {sum(_is_marked(one['text'], one.get('language', 'en')) for one in honest)} |"
    )


def _is_marked(text: str, language: str) -> bool:
    return bool(suspicious(Analysis(Article(text, language=language))))


if __name__ == "__main__":
    main()
