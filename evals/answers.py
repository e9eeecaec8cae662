"""The recorded answers of a model: a folder of exchanges, and `set.yaml`, which says who answered and with what settings.

The exchanges are made and read by the program's own recorder, and named by the hash of the request. The settings that
shape a request must be the same when it is replayed, so they stand beside the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.gold import FOLDER, GoldError
from summarizer.engines.keyword.engine import KEYWORD
from summarizer.files import write_atomically
from summarizer.settings import Settings, load_settings

RECORDINGS = FOLDER / "recordings"
SHAPING = ("mode", "temperature", "max_output_tokens", "context_tokens", "reasks", "repair")
"""The settings that a request's hash depends on, or the number of requests; `--prompts` is given with each run."""


class RecordedSet(BaseModel):
    """`set.yaml`. `answered_by` is for people: which model it was, as exactly as is known, and how it was asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    answered_by: str
    made: str
    settings: dict[str, str | int | float | bool] = {}


def folder_of(model: str) -> Path:
    """The folder with a model's recorded answers: its name with everything but letters, digits and dots as `-`."""
    return RECORDINGS / re.sub(r"[^A-Za-z0-9.]+", "-", model).strip("-")


def load_set(folder: Path) -> RecordedSet | None:
    """What `set.yaml` says; None where there is none yet. Raises GoldError where it cannot be used."""
    file = folder / "set.yaml"
    if not file.is_file():
        return None
    try:
        return RecordedSet.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise GoldError(f"{file}: {' '.join(str(error).split())[:200]}") from None


def save_set(folder: Path, settings: Settings, answered_by: str) -> None:
    """Write `set.yaml` for answers that are being recorded with `settings`."""
    standard = Settings()
    own: dict[str, Any] = {name: getattr(settings, name) for name in SHAPING}
    different = {name: value for name, value in own.items() if value != getattr(standard, name)}
    known = RecordedSet(
        model=settings.model or "",
        answered_by=answered_by,
        made=datetime.now(UTC).date().isoformat(),
        settings=different,
    )
    text = yaml.safe_dump(known.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=120)
    write_atomically(folder / "set.yaml", text)


def settings_for(model: str, *, folder: Path | None = None, prompts: Path | None = None) -> Settings:
    """The settings of an offline run: the keyword engine as it is, a model from its recordings. Reads no environment."""
    if model == KEYWORD:
        return load_settings(environment={}, dotenv=None, model=KEYWORD)
    folder = folder or folder_of(model)
    if not folder.is_dir():
        raise ValueError(f"there are no recordings of {model} in {folder}; make them with `python -m evals record`")
    known = load_set(folder)
    shaping = known.settings if known else {}
    return load_settings(environment={}, dotenv=None, model=model, prompts=prompts, replay=folder, **shaping)


def recording_settings(model: str, *, folder: Path, prompts: Path | None = None, **options: Any) -> Settings:
    """The settings with which answers are recorded: from arguments, environment and `.env`, as anywhere; answers that
    are there already are not asked for again."""
    folder.mkdir(parents=True, exist_ok=True)
    return load_settings(model=model, prompts=prompts, cache=folder, **options)


def unused(folder: Path, used: Iterable[str]) -> list[str]:
    """The recordings in `folder` that are not among `used`, by name."""
    return sorted({file.name for file in folder.glob("*.json")} - set(used))
