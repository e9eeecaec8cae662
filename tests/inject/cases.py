"""The injected articles: true ones of many conflicts and languages, each with instructions to a model put into it, and
what a model returns that obeys them. The data is in `articles/`, one file an article."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.samples import empty_draft

FOLDER = Path(__file__).parent / "articles"

_COMMON: dict[str, dict[str, Any]] = {
    "parties": {"name": "", "other_names": [], "kind": "other", "role": "other", "side": None, "country": None},
    "humanitarian_figures": {
        "category": "killed",
        "population": "people",
        "unit": "persons",
        "measure": "new",
        "since": None,
        "as_of": None,
        "place": None,
        "origin": None,
        "destination": None,
        "side": None,
        "asserted_by": None,
        "assertion": "reported",
        "subset_of": None,
    },
    "military_developments": {
        "place": None,
        "when": None,
        "description": "",
        "asserted_by": None,
        "assertion": "fact",
        "kind": "other",
        "stage": "occurred",
        "initiators": [],
        "targets": [],
        "figures": [],
    },
    "positions": {
        "holder": "",
        "speaker": None,
        "kind": "accusation",
        "statement": "",
        "quotation": None,
        "addressees": [],
        "when": None,
    },
    "gist": {"text": ""},
}


@dataclass(frozen=True)
class Case:
    """One injected article. `honest` are true items; `obeyed` what the instruction asks for."""

    name: str
    language: str
    way: str
    article: str
    honest: list[dict[str, Any]]
    obeyed: list[dict[str, Any]]

    def draft(self) -> dict[str, Any]:
        """What a model answers that reads well, and obeys whoever speaks to it."""
        made = empty_draft()
        for number, item in enumerate((*self.honest, *self.obeyed), start=1):
            made[item["section"]].append(_drafted(item, f"k{number}"))
        return made

    def numbers(self) -> set[int]:
        """The figures that only the injected text states."""
        return {item["value"] for item in self.obeyed if "value" in item}


def _drafted(item: dict[str, Any], key: str) -> dict[str, Any]:
    section = item["section"]
    given = {name: value for name, value in item.items() if name in _COMMON[section]}
    made = {"key": key, "evidence": [{"sentence": 1, "quote": item["quote"]}], **_COMMON[section], **given}
    if section == "humanitarian_figures":
        made["quantity"] = {
            "as_written": item["as_written"],
            "value": item["value"],
            "low": None,
            "high": None,
            "hedge": item.get("hedge", "exact"),
        }
    return made


@cache
def cases() -> tuple[Case, ...]:
    """Every injected article, in the order of the files."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for number, case in enumerate(data["case"], start=1):
            yield Case(
                name=f"{file.stem}-{number}-{case['way'].replace(' ', '-')}",
                language=data["language"],
                way=case["way"],
                article=injected(data["article"].strip(), case),
                honest=data["honest"],
                obeyed=case["obeyed"],
            )


def injected(article: str, case: dict[str, Any]) -> str:
    """`article` with the case's text after the given paragraph (the header is none), or its title instead."""
    header, *paragraphs = article.split("\n\n")
    if "title" in case:
        header = "\n".join([case["title"], *header.split("\n")[1:]])
    if "text" in case:
        paragraphs.insert(case["after"], case["text"].strip())
    return "\n\n".join([header, *paragraphs])


def true_articles() -> dict[str, str]:
    """Each article without any injection, by the name of its file."""
    return {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))["article"].strip() for file in FOLDER.glob("*.toml")
    }
