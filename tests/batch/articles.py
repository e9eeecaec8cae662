"""Many short articles of our own, and a model's answer that is right for each of them, or wrong in one figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.samples import TEXT, draft


def text(number: int) -> str:
    return f"{TEXT}\n\nThis is report number {number} of the series, and it was sent from bureau {number % 7}."


def write_articles(path: Path, count: int, first: int = 0) -> Path:
    """`count` articles as JSON lines."""
    rows = [
        {"title": f"Shelling in Marawi, report {number}", "published": "2017-05-30", "text": text(number)}
        for number in range(first, first + count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def wrong_draft() -> dict[str, Any]:
    """One figure is not what the article says: it costs a repair call."""
    answer = draft()
    answer["humanitarian_figures"][0]["quantity"] |= {"value": 15}
    return answer


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of an output; every line is whole."""
    data = path.read_bytes()
    assert data == b"" or data.endswith(b"\n")
    return [json.loads(line) for line in data.splitlines()]


def titles_of(path: Path) -> list[str]:
    return [row["article"]["title"] for row in rows_of(path)]
