"""Summaries for the report's tests: the example, a right-to-left one with doubts, and one in which every text is hostile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer import Summary
from summarizer.engines.base import Task
from summarizer.engines.ledger import Ledger
from summarizer.grounding.judging import Judged
from summarizer.pipeline import summarize_article
from summarizer.schema.draft import Draft
from tests.mutants.specimens import specimens
from tests.test_demo import summary as example

HOSTILE = (
    '</p></script></style><script>window.hurt = 1</script><img src=x onerror="window.hurt = 1"> '
    '" onmouseover="window.hurt = 1" \' & &amp; {{ 7 * 7 }} {% raw %} javascript:alert(1) --> ]]> \u202e'
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An engine that gives a draft made before."""

    prepared: Draft
    name: str = "llm"
    model: str | None = "test/model"
    prompts: str | None = None

    async def draft(self, task: Task, ledger: Ledger) -> Draft:
        return self.prepared

    async def repair(self, task: Task, failing: Sequence[Judged], ledger: Ledger) -> Draft:
        raise NotImplementedError


@cache
def arabic() -> Summary:
    """The Arabic specimen through the pipeline, with a wrong date, number, quotation and quote among its drafts."""
    return _grounded("ar", _spoil)


def _grounded(label: str, change: Callable[[dict[str, Any]], None]) -> Summary:
    specimen = next(one for one in specimens() if one.label == label)
    draft = specimen.draft.model_dump(mode="json")
    change(draft)
    engine = Prepared(Draft.model_validate(draft))
    return asyncio.run(summarize_article(specimen.analysis.article, engine, repair=False))


def _spoil(draft: dict[str, Any]) -> None:
    draft["humanitarian_figures"][1]["quantity"].update(value=999, as_written="999")
    draft["military_developments"][0]["when"]["date"] = "2021-10-11"
    draft["positions"][0]["quotation"] = "كلمات لم يقلها أحد"
    quote = "كلمات لا توجد في المقال أبدا ولا قالها أحد"
    draft["gist"].append({"key": "g9", "text": "جملة لا أصل لها", "evidence": [{"sentence": 1, "quote": quote}]})


def replaced(summary: Summary, text: str, url: str | None) -> Summary:
    """The summary with `text` in the place of every free text in it, ids and the article included, as a file could say it."""
    data = summary.model_dump(mode="json")
    free = {
        "title", "source", "text", "name", "as_written", "description", "statement", "quotation", "detail", "id", "item",
        "quote", "model", "program", "prompts", "sha256", "country", "subset_of",
    }  # fmt: skip

    def walk(value: Any) -> None:
        if isinstance(value, list):
            for one in value:
                walk(one)
        if isinstance(value, dict):
            for name, one in value.items():
                if isinstance(one, str) and name in free:
                    value[name] = text
                elif name in ("other_names", "reasons", "warnings", "answered_by", "figures", "as_written"):
                    value[name] = [text] * max(1, len(one))
                else:
                    walk(one)

    walk(data)
    set_aside = {
        "section": text,
        "item": {text: text, "description": text, "x": {"y": [text, None]}},
        "reasons": [text],
    }
    data["verification"]["set_aside"] = [set_aside]
    for number, item in enumerate(one for section in data.values() if isinstance(section, list) for one in section):
        for passage in item.get("evidence", []):
            passage.update(start=number % len(text), end=len(text))
    data["article"].update(title=text, source=text, url=url, text=f"{text}\n\n{text}", language="fr")
    return Summary.model_validate(data)


__all__ = ["HOSTILE", "arabic", "example", "replaced"]
