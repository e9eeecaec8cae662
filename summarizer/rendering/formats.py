"""The one table of formats: what `--format` offers, and where each is made. Nothing is imported until it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarizer.errors import SettingsError

if TYPE_CHECKING:
    from summarizer.schema.summary import Summary

Output = str | bytes | Mapping[str, bytes]
"""A text, the bytes of one file, or several files by name."""


class Kind(Enum):
    """What a format's function gives back."""

    TEXT = "text"
    BYTES = "bytes"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `home` is `module:function`; the function takes one summary, or all of them where `several` is true.

    `extra` names the optional dependencies that it needs, as in `pip install 'conflict-summarizer[extra]'`.
    """

    about: str
    home: str
    several: bool = True
    kind: Kind = Kind.TEXT
    extra: str | None = None


_HERE = "summarizer.rendering"
FORMATS: Mapping[str, Format] = {
    "terminal": Format("for reading on a terminal", f"{_HERE}.terminal:to_terminal"),
    "json": Format("the whole summary", f"{_HERE}.as_json:to_json", several=False),
    "jsonl": Format("the whole summary, one a line", f"{_HERE}.as_json:to_jsonl"),
    "yaml": Format("the whole summary, easier to read", f"{_HERE}.as_yaml:to_yaml"),
    "markdown": Format("a brief to send, with footnotes", f"{_HERE}.as_markdown:to_markdown"),
    "html": Format("a report to look at and check", f"{_HERE}.as_html:to_html", several=False),
    "hxl": Format("figures as HXL CSV", f"{_HERE}.as_hxl:to_hxl"),
    "acled": Format("developments as ACLED-like CSV", f"{_HERE}.as_acled:to_acled"),
    "ucdp": Format("uses of armed force as UCDP-like CSV", f"{_HERE}.as_ucdp:to_ucdp"),
    "plover": Format("diplomacy as CSV with PLOVER classes", f"{_HERE}.as_plover:to_plover"),
    "geojson": Format("everything with a place", f"{_HERE}.as_geojson:to_geojson"),
    "parquet": Format(
        "every section as a table, in a folder", f"{_HERE}.as_parquet:to_parquet", kind=Kind.FILES, extra="parquet"
    ),
}


def require(name: str) -> Any:
    """The function that makes format `name`. Raises SettingsError, saying what to install, where something is missing."""
    chosen = FORMATS[name]
    module, _, function = chosen.home.partition(":")
    try:
        return getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        raise missing(f"--format {name}", error, chosen.extra) from None


def missing(what: str, error: ModuleNotFoundError, extra: str | None) -> SettingsError:
    """The error of a feature that needs an optional package which is not installed."""
    mend = f": pip install 'conflict-summarizer[{extra}]'" if extra else ""
    return SettingsError(f"{what} needs {error.name}, which is not installed{mend}")


def render(name: str, summaries: Sequence[Summary], **options: Any) -> Output:
    """`summaries` in format `name`; `options` are the format's own (`show_set_aside` of terminal).

    Raises SettingsError where the format needs something that is not installed, or shows only one summary.
    """
    function = require(name)
    if not FORMATS[name].several and len(summaries) != 1:
        many = ", ".join(other for other, chosen in FORMATS.items() if chosen.several)
        raise SettingsError(
            f"--format {name} is of one summary, and there are {len(summaries)}: choose one with --number, or one of {many}"
        )
    try:
        output: Output = function(summaries if FORMATS[name].several else summaries[0], **options)
    except OverflowError:
        raise SettingsError(f"--format {name}: a number in the summary is too large for a table") from None
    return output
