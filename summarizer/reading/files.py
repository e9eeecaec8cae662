"""Files, folders and patterns on this machine, and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from summarizer.errors import ReadingError
from summarizer.reading.options import ReadingOptions

_MAGIC = frozenset("*?[")


def bytes_of(path: Path, label: str, options: ReadingOptions) -> bytes:
    """A file's content, or standard input's for `-`. Raises ReadingError where it is missing, unreadable or too large."""
    most = options.largest
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except FileNotFoundError:
        raise ReadingError(f"{label}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(f"{label} cannot be read: {reason}") from None
    if len(data) > most:
        raise ReadingError(f"{label} is larger than {most:,} bytes (SUMMARIZER_MAX_FILE_BYTES sets the limit)")
    return data


def is_pattern(path: Path) -> bool:
    """Whether a path is a pattern of files (`news/*.html`); a file that is really called so goes before."""
    return bool(_MAGIC & set(str(path))) and not on_disk(path, "exists")


def matching(pattern: Path) -> list[Path]:
    """The files of a pattern in the order of their names; hidden ones only where the pattern itself begins with a dot."""
    parts = pattern.parts
    first = next(number for number, part in enumerate(parts) if _MAGIC & set(part))
    base = Path(*parts[:first])
    try:
        found = base.glob(str(Path(*parts[first:])))
        return sorted(path for path in found if on_disk(path, "is_file") and _shows(path, base, pattern))
    except (OSError, ValueError):
        return []


def files_in(folder: Path) -> Iterator[Path]:
    """The files in a folder and the folders in it, in the order of names, without hidden ones; one folder is listed at a
    time, so that a million files are no list of a million paths."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    except OSError:
        return
    for name, is_folder in entries:
        if name.startswith("."):
            continue
        if is_folder:
            yield from files_in(folder / name)
        elif on_disk(folder / name, "is_file"):
            yield folder / name


def _shows(path: Path, base: Path, pattern: Path) -> bool:
    asked = any(part.startswith(".") and part != ".." for part in pattern.relative_to(base).parts)
    return asked or not any(part.startswith(".") for part in path.relative_to(base).parts)


def on_disk(path: Path, question: Literal["exists", "is_file", "is_dir"]) -> bool:
    """`path.exists()` and its like; False for what can be no path at all."""
    try:
        return bool(getattr(path, question)())
    except (OSError, ValueError):
        return False
