"""Tables as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet.

A text cell that a spreadsheet would run as a formula (it begins with = + - @ or their full-width forms) gets an
apostrophe before it (OWASP, "CSV Injection"); cells that are numbers to the program stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from summarizer.rendering.wording import clean

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def to_csv(columns: Sequence[str], rows: Iterable[Row], *, second_header: Sequence[str] = ()) -> str:
    """`rows` under their columns' names; a cell that a row lacks stays empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    if second_header:
        writer.writerow(second_header)
    writer.writerows([safe(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue()


def safe(cell: Cell) -> Cell:
    """The cell as it may stand in a spreadsheet."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
