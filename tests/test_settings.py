"""Settings: one order, errors that name the variable, and an example file that is complete."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from summarizer import SettingsError
from summarizer.engines.llm.providers import PROVIDERS, find_target
from summarizer.settings import PREFIX, SETTING_NAMES, Mode, Options, load_settings


def load(environment: dict[str, str] | None = None, **arguments: Any) -> Any:
    return load_settings(environment=environment or {}, dotenv=None, **arguments)


def test_the_order_is_argument_environment_dotenv_default(tmp_path: Path) -> None:
    dotenv = tmp_path / "env"
    dotenv.write_text("SUMMARIZER_REASKS=3\nSUMMARIZER_ATTEMPTS=3\nSUMMARIZER_MODEL=a/b\n", encoding="utf-8")
    environment = {"SUMMARIZER_REASKS": "4", "SUMMARIZER_ATTEMPTS": "4"}
    settings = load_settings(environment=environment, dotenv=dotenv, reasks=5)
    assert (settings.reasks, settings.attempts, settings.model, settings.timeout) == (5, 4, "a/b", 300.0)


def test_the_dotenv_of_the_working_directory_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SUMMARIZER_MODEL=ollama/gemma3\n", encoding="utf-8")
    assert load_settings().model == "ollama/gemma3"


def test_an_empty_variable_counts_as_unset() -> None:
    assert load({"SUMMARIZER_MODEL": "", "SUMMARIZER_REASKS": "  "}).reasks == 2


@pytest.mark.parametrize(
    ("environment", "arguments", "named"),
    [
        ({"SUMMARIZER_REASKS": "many"}, {}, "SUMMARIZER_REASKS 'many'"),
        ({}, {"context_tokens": "x"}, "--context-tokens 'x'"),
        ({}, {"mode": "yaml"}, "--mode 'yaml'"),
        ({}, {"timeout": -1}, "--timeout '-1'"),
        ({}, {"no_such": 1}, "no_such"),
        ({}, {"replay": Path("nowhere")}, "--replay"),
        ({}, {"record": Path("a"), "cache": Path("b")}, "exclude each other"),
    ],
)
def test_a_bad_value_is_named_in_one_line(environment: dict[str, str], arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environment, **arguments)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_keys_do_not_show() -> None:
    settings = load({"OPENAI_API_KEY": "sk-secret-1", "SUMMARIZER_API_KEY": "sk-secret-2"}, model="openai/gpt-4o")
    target = find_target(settings)
    assert target.key == "sk-secret-2"
    assert "secret" not in f"{settings!r} {settings} {target!r} {target} {settings.model_dump_json()}"


def test_the_example_file_names_every_variable_with_a_comment(root: Path) -> None:
    text = (root / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=$", text, re.MULTILINE))
    wanted = {PREFIX + name.upper() for name in SETTING_NAMES}
    wanted |= {name for provider in PROVIDERS.values() for name in (*provider.keys, *provider.urls)}
    assert named == wanted
    for line in text.splitlines():
        assert not line or line.startswith("#") or re.fullmatch(r"[A-Z_]+=", line)


def test_the_typed_options_are_the_settings() -> None:
    assert set(Options.__annotations__) == set(SETTING_NAMES)


@pytest.mark.parametrize(
    ("environment", "arguments", "expected"),
    [
        ({"OPENAI_API_KEY": "k"}, {}, ("openai/gpt-5-mini", "https://api.openai.com/v1", Mode.JSON_SCHEMA)),
        ({}, {"model": "ollama/qwen3:8b"}, ("ollama/qwen3:8b", "http://localhost:11434/v1", Mode.JSON_SCHEMA)),
        (
            {"OLLAMA_HOST": "10.0.0.5:11434"},
            {"model": "ollama/a"},
            ("ollama/a", "http://10.0.0.5:11434/v1", Mode.JSON_SCHEMA),
        ),
        ({}, {"model": "vllm/Qwen/Qwen3"}, ("vllm/Qwen/Qwen3", "http://localhost:8000/v1", Mode.JSON_SCHEMA)),
        (
            {"ANTHROPIC_API_KEY": "k"},
            {"model": "anthropic/c"},
            ("anthropic/c", "https://api.anthropic.com/v1", Mode.TOOLS),
        ),
        (
            {"AZURE_OPENAI_API_KEY": "k", "AZURE_OPENAI_ENDPOINT": "https://r.openai.azure.com/"},
            {"model": "azure/d"},
            ("azure/d", "https://r.openai.azure.com/openai/v1", Mode.JSON_SCHEMA),
        ),
        (
            {},
            {"model": "org/model", "base_url": "http://h:1/v1/"},
            ("custom/org/model", "http://h:1/v1", Mode.JSON_SCHEMA),
        ),
        (
            {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://h:1/v1"},
            {"mode": "json"},
            ("openai/gpt-5-mini", "http://h:1/v1", Mode.JSON),
        ),
    ],
)
def test_the_table_of_providers(
    environment: dict[str, str], arguments: dict[str, Any], expected: tuple[str, str, Mode]
) -> None:
    target = find_target(load(environment, **arguments))
    assert (target.name, target.base_url, target.mode) == expected


@pytest.mark.parametrize(
    ("environment", "arguments", "message"),
    [
        ({}, {}, "no model is configured"),
        ({}, {"model": "gpt-4o"}, "names no known provider"),
        ({}, {"model": "openai/gpt-4o"}, "set OPENAI_API_KEY"),
        ({"AZURE_OPENAI_API_KEY": "k"}, {"model": "azure/d"}, "AZURE_OPENAI_ENDPOINT"),
        ({}, {"base_url": "http://h/v1"}, "without a model"),
        ({}, {"model": "m", "base_url": "ftp://h/v1"}, "no http"),
        ({}, {"model": "m", "base_url": "http://user:pw@h/v1"}, "SUMMARIZER_API_KEY"),
    ],
)
def test_what_is_missing_is_said_with_the_mend(
    environment: dict[str, str], arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        find_target(load(environment, **arguments))


def test_a_key_of_one_provider_never_goes_to_another_endpoint() -> None:
    environment = {"OPENAI_API_KEY": "sk-openai", "GROQ_API_KEY": "gsk-groq"}
    target = find_target(load(environment, model="some-model", base_url="http://elsewhere/v1"))
    assert target.key == "none"
