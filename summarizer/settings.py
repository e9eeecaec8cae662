"""All settings, and the only place that reads the environment.

One order: argument, environment variable, `.env` in the working directory, default. An empty variable
counts as unset. `.env.example` names every variable; a test keeps it complete.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypedDict

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from summarizer.errors import SettingsError

PREFIX = "SUMMARIZER_"
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")


class Mode(StrEnum):
    """How a structured answer is asked for."""

    JSON_SCHEMA = "json_schema"  # strict structured outputs: the endpoint enforces the schema
    TOOLS = "tools"  # a forced tool call whose parameters are the schema
    JSON = "json"  # JSON in the text of the answer: works anywhere, enforces nothing


class Settings(BaseModel):
    """Each field can be given as an argument or as the environment variable SUMMARIZER_<FIELD>."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(
        default=None, description="provider/model, such as openai/gpt-5-mini or ollama/qwen3:8b; or keyword"
    )
    base_url: str | None = Field(default=None, description="the endpoint, for any OpenAI-compatible server")
    api_key: SecretStr | None = Field(
        default=None, description="the key, where the provider's own variable is not used"
    )
    mode: Mode | None = Field(
        default=None, description="json_schema, tools or json; default: what the provider does best"
    )
    language: str | None = Field(
        default=None, description="language of paraphrases (BCP 47); default: the article's own"
    )
    prompts: Path | None = Field(
        default=None, description="a folder whose templates replace the built-in ones, file by file"
    )
    temperature: float = Field(default=0.0, ge=0, le=2, description="sampling temperature; reasoning models take none")
    max_output_tokens: int = Field(
        default=8192, ge=64, description="room for one answer; doubled when an answer is cut off"
    )
    context_tokens: int = Field(
        default=128_000, ge=4096, description="the model's context; longer articles are read in parts"
    )
    reasks: int = Field(default=2, ge=0, le=10, description="how often a malformed answer is asked again")
    repair: bool = Field(default=True, description="whether failing items get one repair call")
    attempts: int = Field(default=6, ge=1, description="tries of one request, when the endpoint is busy or unreachable")
    timeout: float = Field(default=300.0, gt=0, description="seconds that one try may take")
    deadline: float = Field(default=900.0, gt=0, description="seconds that all tries of one question may take together")
    max_bytes: int = Field(default=5_000_000, ge=1, description="largest text of one article, in bytes")
    max_file_bytes: int = Field(
        default=50_000_000, ge=1, description="largest file or page that an article is looked for in, in bytes"
    )
    fields: str | None = Field(
        default=None, description="what holds what in JSON and tables, such as text=body,published=day"
    )
    follow_links: bool = Field(
        default=False, description="whether the page behind an entry's link is read where the entry is a summary"
    )
    fetch_timeout: float = Field(default=15.0, gt=0, description="seconds for one step of fetching a page")
    fetch_deadline: float = Field(default=60.0, gt=0, description="seconds for fetching a page, redirects included")
    max_redirects: int = Field(default=5, ge=0, le=20, description="redirects that are followed")
    robots: bool = Field(default=True, description="whether a site's robots.txt is obeyed")
    allow_private_addresses: bool = Field(
        default=False, description="whether private, loopback and link-local addresses may be fetched from"
    )
    user_agent: str | None = Field(
        default=None, pattern=r"^[\x20-\x7e]+$", description="what fetching calls itself; default: the program's name"
    )
    record: Path | None = Field(default=None, description="a folder in which every exchange is saved")
    replay: Path | None = Field(default=None, description="a folder of saved exchanges to answer from; no network")
    cache: Path | None = Field(
        default=None, description="a folder to answer from where it can, and to save in where it cannot"
    )
    variables: dict[str, SecretStr] = Field(
        default_factory=dict, repr=False, exclude=True, description="the providers' own variables (keys, endpoints)"
    )

    def variable(self, *names: str) -> str | None:
        """The first of the providers' variables in `names` that is set."""
        for name in names:
            if name in self.variables:
                return self.variables[name].get_secret_value()
        return None

    def source_of(self, *names: str) -> str | None:
        """The name of the first variable in `names` that is set."""
        return next((name for name in names if name in self.variables), None)


class Options(TypedDict, total=False):
    """The settings as keyword arguments of the Python front door; None counts as not given."""

    model: str | None
    base_url: str | None
    api_key: str | None
    mode: Mode | str | None
    language: str | None
    prompts: Path | str | None
    temperature: float | None
    max_output_tokens: int | None
    context_tokens: int | None
    reasks: int | None
    repair: bool | None
    attempts: int | None
    timeout: float | None
    deadline: float | None
    max_bytes: int | None
    max_file_bytes: int | None
    fields: str | None
    follow_links: bool | None
    fetch_timeout: float | None
    fetch_deadline: float | None
    max_redirects: int | None
    robots: bool | None
    allow_private_addresses: bool | None
    user_agent: str | None
    record: Path | str | None
    replay: Path | str | None
    cache: Path | str | None


SETTING_NAMES = tuple(name for name in Settings.model_fields if name != "variables")


def load_settings(
    *, environment: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env"), **arguments: Any
) -> Settings:
    """The settings in force; arguments that are None count as not given.

    Raises SettingsError, naming the setting and where its bad value came from.
    """
    variables = _read_dotenv(dotenv) | dict(os.environ if environment is None else environment)
    variables = {name: value for name, value in variables.items() if value.strip()}
    given = {name: value for name, value in arguments.items() if value is not None}
    if unknown := sorted(set(given) - set(SETTING_NAMES)):
        raise SettingsError(f"unknown setting {unknown[0]!r}; settings are {', '.join(SETTING_NAMES)}")
    from_environment = {
        name: variables[PREFIX + name.upper()] for name in SETTING_NAMES if PREFIX + name.upper() in variables
    }
    others = {name: value for name, value in variables.items() if not name.startswith(PREFIX)}
    try:
        settings = Settings.model_validate({**from_environment, **given, "variables": others})
    except ValidationError as error:
        raise SettingsError(_first_problem(error, given)) from None
    _check_folders(settings)
    _check_language(settings.language, "--language" if "language" in given else f"{PREFIX}LANGUAGE")
    return settings


def _read_dotenv(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    try:
        return {name: value for name, value in dotenv_values(path).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None


def _first_problem(error: ValidationError, given: Mapping[str, Any]) -> str:
    problem = error.errors(include_url=False)[0]
    name = str(problem["loc"][0])
    where = f"--{name.replace('_', '-')}" if name in given else PREFIX + name.upper()
    shown = "" if name == "api_key" else f" {str(problem['input'])!r}"
    return f"{where}{shown} is not valid: {problem['msg'][0].lower()}{problem['msg'][1:]}"


def _check_language(language: str | None, where: str) -> None:
    """A tag, not a name: it goes into the prompts, and names are looked up by it."""
    if language and not _TAG.fullmatch(language):
        raise SettingsError(f"{where} {language!r} is no language tag (BCP 47), such as fr or pt-BR")


def _check_folders(settings: Settings) -> None:
    modes = [name for name in ("record", "replay", "cache") if getattr(settings, name) is not None]
    if len(modes) > 1:
        raise SettingsError(f"--{modes[0]} and --{modes[1]} exclude each other; give one of them")
    for name in ("replay", "prompts"):
        folder: Path | None = getattr(settings, name)
        if folder is not None and not folder.is_dir():
            raise SettingsError(f"--{name}: {folder} is no folder")
