"""The true drafts: invented articles written for this purpose, and the recorded answer for the example article.

A TOML file gives each record in short; what it leaves out has the value that silence means. Evidence is given as the
quote alone: its sentence is looked up, so that a number can never be wrong by a slip of the hand.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.grounding.judging import Judged, judge
from summarizer.grounding.keys import unique_keys
from summarizer.language.analysis import Analysis
from summarizer.reading.sources import read_article
from summarizer.schema.draft import Draft

_ARTICLES = Path(__file__).parent / "articles"
_EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True, slots=True)
class Specimen:
    """An article with a true draft of it. `paraphrase` holds words of the article that stand outside quotation marks."""

    label: str
    analysis: Analysis
    draft: Draft
    paraphrases: tuple[str, ...]

    def judged(self) -> list[Judged]:
        """What grounding finds in the true draft."""
        return judge(self.analysis, self.draft)


@cache
def specimens() -> tuple[Specimen, ...]:
    """All of them: the invented articles by language, then the example."""
    return (*(_invented(path) for path in sorted(_ARTICLES.glob("*.toml"))), _recorded())


def _invented(path: Path) -> Specimen:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    analysis = Analysis(read_article(data["text"].strip(), language=data["language"]))
    paraphrases = tuple(one["paraphrase"] for one in data["positions"] if "paraphrase" in one)
    return Specimen(path.stem, analysis, _Filling(analysis, data).draft(), paraphrases)


def _recorded() -> Specimen:
    analysis = Analysis(read_article(_EXAMPLES / "ukraine-talks.fr.txt"))
    (path,) = sorted((_EXAMPLES / "recordings").glob("*.json"))
    message = json.loads(path.read_text(encoding="utf-8"))["response"]["body"]["choices"][0]["message"]
    arguments = message["tool_calls"][0]["function"]["arguments"]
    answer = "\n".join(arguments["$lines"]) if isinstance(arguments, dict) else arguments
    draft = unique_keys(Draft.model_validate_json(answer))
    return Specimen("fr-example", analysis, draft, ("a invité le ministère",))


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills a Draft from the short form."""

    analysis: Analysis
    data: dict[str, Any]

    def draft(self) -> Draft:
        return Draft.model_validate(
            {
                "publication_day": None,
                "parties": self._all("parties", "p", self._party),
                "humanitarian_figures": self._all("figures", "f", self._figure),
                "military_developments": self._all("military", "m", self._military),
                "diplomatic_developments": self._all("diplomatic", "d", self._diplomatic),
                "positions": self._all("positions", "s", self._position),
                "gist": self._all("gist", "g", lambda one: {"text": one["quote"]}),
            }
        )

    def _all(self, section: str, letter: str, fill: Any) -> list[dict[str, Any]]:
        return [
            {"key": f"{letter}{number}", "evidence": [self._evidence(one["quote"])], **fill(one)}
            for number, one in enumerate(self.data.get(section, []), 1)
        ]

    def _evidence(self, quote: str) -> dict[str, Any]:
        holding = [sentence.number for sentence in self.analysis.sentences if quote in sentence.text]
        assert len(holding) == 1, f"{quote!r} stands in {len(holding)} sentences"
        return {"sentence": holding[0], "quote": quote}

    def _party(self, one: dict[str, Any]) -> dict[str, Any]:
        kept = {name: one.get(name) for name in ("name", "kind", "role", "side", "country")}
        return {**kept, "other_names": one.get("other_names", [])}

    def _figure(self, one: dict[str, Any]) -> dict[str, Any]:
        return {
            "category": one["category"],
            "quantity": _quantity(*one["quantity"]),
            "population": one.get("population", "people"),
            "unit": one.get("unit", "persons"),
            "measure": one.get("measure", "new"),
            **{name: _when(one.get(name)) for name in ("since", "as_of")},
            **{name: _place(one.get(name)) for name in ("place", "origin", "destination")},
            "side": one.get("side"),
            "asserted_by": _speaker(one.get("by")),
            "assertion": one.get("assertion", "reported" if "by" in one else "fact"),
            "subset_of": one.get("subset_of"),
        }

    def _development(self, one: dict[str, Any]) -> dict[str, Any]:
        return {
            "place": _place(one.get("place")),
            "when": _when(one.get("when")),
            "description": one["quote"],
            "asserted_by": _speaker(one.get("by")),
            "assertion": one.get("assertion", "fact"),
            "kind": one["kind"],
            "stage": one.get("stage", "occurred"),
        }

    def _military(self, one: dict[str, Any]) -> dict[str, Any]:
        lists = {name: one.get(name, []) for name in ("initiators", "targets", "figures")}
        return {**self._development(one), **lists}

    def _diplomatic(self, one: dict[str, Any]) -> dict[str, Any]:
        lists = {name: one.get(name, []) for name in ("participants", "mediators")}
        return {**self._development(one), **lists}

    def _position(self, one: dict[str, Any]) -> dict[str, Any]:
        return {
            "holder": one["holder"],
            "speaker": _speaker(one.get("speaker")),
            "kind": one["kind"],
            "statement": one["quote"],
            "quotation": one.get("quotation"),
            "addressees": [],
            "when": _when(one.get("when")),
        }


def _quantity(as_written: str, *stated: Any) -> dict[str, Any]:
    *number, hedge = stated
    value = number[0] if number and isinstance(number[0], int) else None
    low, high = number[0] if number and isinstance(number[0], list) else (None, None)
    return {"as_written": as_written, "value": value, "low": low, "high": high, "hedge": hedge}


def _when(one: list[str] | None) -> dict[str, Any] | None:
    return {"as_written": one[0], "date": one[1]} if one else None


def _place(one: list[str] | None) -> dict[str, Any] | None:
    if one is None:
        return None
    as_written, name, country, precision = one
    return {"as_written": as_written, "name": name, "country": country or None, "precision": precision}


def _speaker(one: dict[str, str] | None) -> dict[str, Any] | None:
    return {name: one.get(name) for name in ("name", "title", "party")} if one else None
