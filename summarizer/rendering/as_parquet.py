"""Every section as a Parquet table, with nested columns as in the contract; the tables give the summaries back.

`summaries.parquet` holds one row a summary (article, verification, run, mentions ...), each section's file one row an
item. `summary` numbers the summaries from 0 and joins the tables; `article_sha256` is there for joins with anything else.
"""

from __future__ import annotations

import io
import json
import types
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import BaseModel

from summarizer.errors import ReadingError
from summarizer.rendering.saved import summary_from
from summarizer.schema.summary import Item, Summary, TimelineEntry

_MAIN = "summaries"
_KEYS = [pa.field("summary", pa.int64()), pa.field("article_sha256", pa.string())]


def to_parquet(summaries: Sequence[Summary]) -> dict[str, bytes]:
    """File name -> content, for each section and for the summaries themselves."""
    dumped = [summary.model_dump(mode="json") for summary in summaries]
    sections = _sections()
    files = {
        name: _table(model, [{**_keys(n, one), **item} for n, one in enumerate(dumped) for item in one[name]])
        for name, model in sections.items()
    }
    rest = [{**_keys(n, one), **_without(one, sections)} for n, one in enumerate(dumped)]
    files = {_MAIN: _main_table(rest, sections), **files}
    return {f"{name}.parquet": _bytes(table) for name, table in files.items()}


def read_parquet(folder: Path) -> list[Summary]:
    """The summaries whose tables lie in `folder`, or whose whole rows do (rows of failures left out). Raises ReadingError."""
    try:
        if not (folder / f"{_MAIN}.parquet").is_file() and (whole := _read_whole(folder)) is not None:
            return whole
    except (OSError, KeyError, pa.ArrowException) as error:
        raise ReadingError(f"{folder}: damaged tables: {str(error).splitlines()[0]}") from None
    lacking = [name for name in (_MAIN, *_sections()) if not (folder / f"{name}.parquet").is_file()]
    if lacking:
        raise ReadingError(f"{folder} is no folder of saved summaries: {lacking[0]}.parquet is missing")
    try:
        rows = _rows(folder / f"{_MAIN}.parquet", _main_fields(_sections()))
        records = {row.pop("summary"): row for row in rows}
        for record in records.values():
            record.pop("article_sha256")
            record |= {name: [] for name in _sections()}
        for name, model in _sections().items():
            for row in _rows(folder / f"{name}.parquet", _annotations(model)):
                row.pop("article_sha256")
                records[row.pop("summary")][name].append(row)
    except (OSError, KeyError, pa.ArrowException, ValueError) as error:
        raise ReadingError(f"{folder}: damaged tables: {str(error).splitlines()[0]}") from None
    return [summary_from(record, str(folder)) for record in records.values()]


def whole_schema() -> pa.Schema:
    """One row a summary, every section in it as a list; `error` where there is none (a batch's failure), else null."""
    error = pa.struct([pa.field("kind", pa.string()), pa.field("message", pa.string())])
    fields = [pa.field(name, _arrow(annotation)) for name, annotation in _annotations(Summary).items()]
    return pa.schema([_KEYS[1], pa.field("error", error), *fields])


def whole_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The rows of a batch's output, as JSON gives them, in that schema."""
    fields = _annotations(Summary)
    packed = [
        {
            "article_sha256": row["article"].get("sha256"),
            "error": row.get("error"),
            **{name: _packed(fields[name], value) for name, value in row.items() if name in fields},
        }
        for row in rows
    ]
    return pa.Table.from_pylist(packed, schema=whole_schema())


def section_table(whole: pa.Table, name: str) -> pa.Table:
    """The items of section `name` in rows of `whole_table`: the section's table as above, without `summary`."""
    column = whole.column(name).combine_chunks()
    items = pc.list_flatten(column)
    sha256 = whole.column(_KEYS[1].name).combine_chunks().take(pc.list_parent_indices(column))
    fields = list(items.type)
    return pa.table(
        [sha256, *(pc.struct_field(items, field.name) for field in fields)], schema=pa.schema([_KEYS[1], *fields])
    )


def sections() -> list[str]:
    """The names that `section_table` takes."""
    return list(_sections())


def _read_whole(folder: Path) -> list[Summary] | None:
    """The summaries in a folder of files of whole rows, as a cluster writes them; None where it is no such folder."""
    paths = sorted(path for path in folder.glob("*.parquet") if path.stem not in (_MAIN, *_sections()))
    fields = _annotations(Summary)
    if not paths or not set(fields) <= set(pq.read_schema(paths[0]).names):
        return None
    rows = (row for path in paths for row in _rows(path, fields) if row.pop("error") is None)
    return [summary_from({name: row[name] for name in fields}, str(folder)) for row in rows]


def _sections() -> dict[str, type[BaseModel]]:
    """The Summary's lists of items, and the model of each."""
    found: dict[str, type[BaseModel]] = {}
    for name, annotation in _annotations(Summary).items():
        inner = get_args(annotation)[0] if get_origin(annotation) is list else None
        if isinstance(inner, type) and issubclass(inner, (Item, TimelineEntry)):
            found[name] = inner
    return found


def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    return {name: info.annotation for name, info in model.model_fields.items()}


def _main_fields(sections: Mapping[str, Any]) -> dict[str, Any]:
    return {name: annotation for name, annotation in _annotations(Summary).items() if name not in sections}


def _without(one: Mapping[str, Any], sections: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in sections}


def _keys(number: int, dumped: Mapping[str, Any]) -> dict[str, Any]:
    return {"summary": number, "article_sha256": dumped["article"]["sha256"]}


def _table(model: type[BaseModel], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return _made(_annotations(model), rows)


def _main_table(rows: Sequence[Mapping[str, Any]], sections: Mapping[str, Any]) -> pa.Table:
    return _made(_main_fields(sections), rows)


def _made(fields: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    schema = pa.schema([*_KEYS, *(pa.field(name, _arrow(annotation)) for name, annotation in fields.items())])
    packed = [
        {name: _packed(fields[name], value) if name in fields else value for name, value in row.items()} for row in rows
    ]
    return pa.Table.from_pylist(packed, schema=schema)


def _arrow(annotation: Any) -> pa.DataType:
    """The Arrow type of a field: models are structs, codes are strings, free dictionaries are JSON in a string."""
    inner = _inner(annotation)
    if get_origin(inner) is list:
        return pa.list_(_arrow(get_args(inner)[0]))
    if isinstance(inner, type):
        if issubclass(inner, BaseModel):
            return pa.struct([pa.field(name, _arrow(each)) for name, each in _annotations(inner).items()])
        for python, arrow in (
            (bool, pa.bool_()),
            (int, pa.int64()),
            (float, pa.float64()),
            (Enum, pa.string()),
            (str, pa.string()),
        ):
            if issubclass(inner, python):
                return arrow
    return pa.string()


def _inner(annotation: Any) -> Any:
    """`X` of `X | None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(each for each in get_args(annotation) if each is not type(None))
    return annotation


def _packed(annotation: Any, value: Any) -> Any:
    """The value as Arrow takes it: free dictionaries as JSON."""
    return _walk(annotation, value, lambda free: json.dumps(free, ensure_ascii=False))


def _walk(annotation: Any, value: Any, convert: Any) -> Any:
    inner = _inner(annotation)
    if value is None:
        return None
    if get_origin(inner) is dict:
        return convert(value)
    if get_origin(inner) is list:
        return [_walk(get_args(inner)[0], each, convert) for each in value]
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        fields = _annotations(inner)
        return {name: _walk(fields[name], each, convert) for name, each in value.items() if name in fields}
    return value


def _rows(path: Path, fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return [{name: _walk(fields.get(name), value, json.loads) for name, value in row.items()} for row in rows]


def _bytes(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()
