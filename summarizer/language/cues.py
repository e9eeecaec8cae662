"""The words that languages use, as data: one readable TOML file a language in `language/data/`.

The code of this package is language-free; whatever belongs to a language stands in its file. A file has one
table for each module that reads it (`[quantities]`, `[dates]`, `[quotations]`, `[names]` ...).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def cues(language: str, section: str) -> dict[str, Any]:
    """The table `section` of the file for `language` (a BCP 47 tag; only its first part counts), or {}."""
    table: dict[str, Any] = _file(language.split("-", maxsplit=1)[0].lower()).get(section, {})
    return table


@cache
def _file(language: str) -> dict[str, Any]:
    file = files("summarizer.language") / "data" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def known_languages() -> tuple[str, ...]:
    """The languages that have a file, as ISO 639-1 codes in alphabetical order."""
    folder = files("summarizer.language") / "data"
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))
