"""Summaries as pandas tables: one a section, flat, with columns that can be filtered and joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from summarizer.rendering.formats import missing
from summarizer.rendering.wording import days
from summarizer.schema.summary import ArticleInfo, Summary
from summarizer.schema.values import Check, Evidence, PartyRef, When

if TYPE_CHECKING:
    import pandas as pd

_SECTIONS = (
    "gist",
    "parties",
    "positions",
    "military_developments",
    "diplomatic_developments",
    "humanitarian_figures",
    "timeline",
)


def to_dataframes(summaries: Summary | Iterable[Summary]) -> dict[str, pd.DataFrame]:
    """One table a section, one row an item, of one summary or of several; and `articles`, one row a summary.

    Nested values become columns (`quantity_value`, `place_latitude`, `asserted_by_name`); parties named by an item are
    lists of names, dates are EDTF with the first and last day beside them, and of the evidence there are the sentences
    and the decisive quote with its offsets. `article` (the text's SHA-256) and `summary` (0, 1 ...) join the tables.

    Raises SettingsError where pandas is not installed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise missing("to_dataframes", error, "pandas") from None
    given = [summaries] if isinstance(summaries, Summary) else list(summaries)
    rows = {"articles": [_article(number, one) for number, one in enumerate(given)]}
    for section in _SECTIONS:
        rows[section] = [_row(number, one, item) for number, one in enumerate(given) for item in getattr(one, section)]
    return {
        name: pd.DataFrame(rows[name], columns=list(columns)).astype(columns)
        for name, columns in {"articles": _ARTICLE, **{name: _columns(name) for name in _SECTIONS}}.items()
    }


def _columns(section: str) -> dict[str, str]:
    """The columns of a section with their types, which do not depend on what is in it."""
    (model,) = _options(Summary.model_fields[section].annotation)
    return {"summary": "Int64", "article": "string", **_types(model)}


_ARTICLE = {
    "summary": "Int64",
    "article": "string",
    **dict.fromkeys((name for name in ArticleInfo.model_fields if name != "sha256"), "string"),
    "words": "Int64",
    "summary_language": "string",
    **dict.fromkeys(("drafted", "published_items", "repaired", "merged", "set_aside"), "Int64"),
    **dict.fromkeys(("engine", "model"), "string"),
    **dict.fromkeys(("cost", "seconds"), "Float64"),
}


def _article(number: int, summary: Summary) -> dict[str, Any]:
    article = summary.article.model_dump(mode="json")
    check, run = summary.verification, summary.run
    return {
        "summary": number,
        "article": article.pop("sha256"),
        **article,
        "summary_language": summary.language,
        "drafted": check.drafted,
        "published_items": check.published,
        "repaired": check.repaired,
        "merged": check.merged,
        "set_aside": len(check.set_aside),
        "engine": run.engine,
        "model": run.model,
        "cost": run.cost,
        "seconds": run.seconds,
    }


def _row(number: int, summary: Summary, item: BaseModel) -> dict[str, Any]:
    return {"summary": number, "article": summary.article.sha256, **_flat(item)}


def _flat(value: BaseModel, prefix: str = "") -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, each in value:
        cells |= _cells(f"{prefix}{name}", each, type(value).model_fields[name].annotation)
    return cells


def _cells(name: str, value: Any, annotation: Any) -> dict[str, Any]:
    """The columns of one field; a nested value that is missing has the same columns as one that is there."""
    if name == "evidence":
        return _evidence(value)
    if name == "checks":
        return {
            "checks_failed": [check.name for check in value if isinstance(check, Check) and check.outcome == "failed"]
        }
    if isinstance(value, list):
        return {name: [each.name if isinstance(each, PartyRef) else each for each in value]}
    model = _model(annotation)
    if model is None:
        return {name: str(value) if isinstance(value, str) else value}
    if value is None:
        return dict.fromkeys(_types(model, f"{name}_"))
    days_of = _days(value, name) if isinstance(value, When) else {}
    return {**_flat(value, f"{name}_"), **days_of}


def _types(model: type[BaseModel], prefix: str = "") -> dict[str, str]:
    """The columns that a model's values become, in order, each with its pandas type."""
    types: dict[str, str] = {}
    for name, info in model.model_fields.items():
        inner = _model(info.annotation)
        if name == "evidence":
            types |= {"sentences": "object", "quote": "string", "quote_start": "Int64", "quote_end": "Int64"}
        elif name == "checks":
            types["checks_failed"] = "object"
        elif inner is None:
            types[f"{prefix}{name}"] = _type(info.annotation)
        else:
            types |= _types(inner, f"{prefix}{name}_")
    return types | (dict.fromkeys((f"{prefix}first_day", f"{prefix}last_day"), "string") if model is When else {})


def _type(annotation: Any) -> str:
    """The pandas type of a field's column; all of them can be missing. A field of whole numbers or others is of floats."""
    if get_origin(annotation) is list:
        return "object"
    options = set(_options(annotation))
    by_type = {bool: "boolean", float: "Float64", int: "Int64"}
    return next((name for one, name in by_type.items() if one in options), "string")


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model of a field that holds one, or None; lists stay one column."""
    if get_origin(annotation) is list:
        return None
    return next((one for one in _options(annotation) if isinstance(one, type) and issubclass(one, BaseModel)), None)


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) or (annotation,)


def _days(when: When, name: str) -> dict[str, Any]:
    first, last = days(when)
    return {f"{name}_first_day": first or None, f"{name}_last_day": last or None}


def _evidence(evidence: list[Evidence]) -> dict[str, Any]:
    first = evidence[0] if evidence else None
    return {
        "sentences": sorted({one.sentence for one in evidence}),
        "quote": first.quote if first else None,
        "quote_start": first.start if first else None,
        "quote_end": first.end if first else None,
    }
