"""Where each provider's OpenAI-compatible endpoint is, which variable holds its key, and what it does best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.errors import SettingsError
from summarizer.settings import Mode, Settings

DEFAULT_MODEL = "openai/gpt-5-mini"
"""What is used when no model is named but an OpenAI key or endpoint is set."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of the table. `prices` is the provider's id in the price list; None where calls cost nothing or are unknown."""

    name: str
    base_url: str | None
    keys: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    mode: Mode = Mode.JSON_SCHEMA
    room: str = "max_tokens"  # the parameter that bounds the answer
    prices: str | None = None
    path: str = ""  # what is added to an endpoint taken from one of `urls`


_TABLE = (
    Provider(
        "openai",
        "https://api.openai.com/v1",
        ("OPENAI_API_KEY",),
        ("OPENAI_BASE_URL",),
        room="max_completion_tokens",
        prices="openai",
    ),
    Provider(
        "azure",
        None,
        ("AZURE_OPENAI_API_KEY",),
        ("AZURE_OPENAI_ENDPOINT",),
        room="max_completion_tokens",
        prices="azure",
        path="/openai/v1",
    ),
    Provider("ollama", "http://localhost:11434/v1", ("OLLAMA_API_KEY",), ("OLLAMA_HOST",), path="/v1"),
    Provider("vllm", "http://localhost:8000/v1", ("VLLM_API_KEY",), ("VLLM_BASE_URL",)),
    Provider("lmstudio", "http://localhost:1234/v1", ("LMSTUDIO_API_KEY",), ("LMSTUDIO_BASE_URL",)),
    Provider("llamacpp", "http://localhost:8080/v1", ("LLAMA_API_KEY",), ("LLAMACPP_BASE_URL",)),
    Provider("openrouter", "https://openrouter.ai/api/v1", ("OPENROUTER_API_KEY",), prices="openrouter"),
    # Groq enforces schemas for some models only; a forced tool call works for all.
    Provider("groq", "https://api.groq.com/openai/v1", ("GROQ_API_KEY",), mode=Mode.TOOLS, prices="groq"),
    Provider("mistral", "https://api.mistral.ai/v1", ("MISTRAL_API_KEY",), prices="mistral"),
    # Anthropic's compatible endpoint ignores response_format, and takes tools.
    Provider("anthropic", "https://api.anthropic.com/v1", ("ANTHROPIC_API_KEY",), mode=Mode.TOOLS, prices="anthropic"),
    Provider(
        "google",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
        prices="google",
    ),
)
PROVIDERS = {provider.name: provider for provider in _TABLE}
CUSTOM = Provider("custom", None)

_LOCAL = {"ollama", "vllm", "lmstudio", "llamacpp", "custom"}
_REASONING = re.compile(
    r"^(o[1-9](-|$)|gpt-(5|6|7|8|9)(?!.*chat))|(^|[-/])(deepseek-r1|deepseek-reasoner|gpt-oss)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Target:
    """The model that a run talks to, with everything that its requests need. `key` is never shown."""

    provider: Provider
    model: str
    base_url: str
    key: str
    key_source: str | None
    mode: Mode

    @property
    def name(self) -> str:
        """provider/model."""
        return f"{self.provider.name}/{self.model}"

    @property
    def reasons(self) -> bool:
        """Whether the model thinks before it answers: it takes no temperature, and its thoughts count as output."""
        return bool(_REASONING.search(self.model))

    def __repr__(self) -> str:
        return f"Target({self.name} at {self.base_url})"


def model_configured(settings: Settings) -> bool:
    """Whether the settings name a model, or hold what the default one needs."""
    return bool(settings.model or settings.base_url or settings.variable("OPENAI_API_KEY", "OPENAI_BASE_URL"))


def find_target(settings: Settings) -> Target:
    """The model, endpoint and key that `settings` ask for. Raises SettingsError, saying what to set."""
    provider, model = _provider_and_model(settings)
    base_url = _base_url(provider, settings)
    key, key_source = _key(provider, settings)
    return Target(provider, model, base_url, key, key_source, settings.mode or provider.mode)


def _provider_and_model(settings: Settings) -> tuple[Provider, str]:
    if settings.model is None and not model_configured(settings):
        raise SettingsError(
            "no model is configured: give --model provider/model or set SUMMARIZER_MODEL, "
            "for instance openai/gpt-5-mini (with OPENAI_API_KEY) or ollama/qwen3:8b"
        )
    if settings.model is None and settings.base_url:
        raise SettingsError("--base-url is given without a model; add --model NAME as the endpoint calls it")
    named = settings.model or DEFAULT_MODEL
    prefix, slash, model = named.partition("/")
    if slash and model and prefix.lower() in PROVIDERS:
        return PROVIDERS[prefix.lower()], model
    if settings.base_url:
        return CUSTOM, named
    raise SettingsError(
        f"the model {named!r} names no known provider; write provider/model with one of "
        f"{', '.join(PROVIDERS)}, or give --base-url for any other OpenAI-compatible endpoint"
    )


def _base_url(provider: Provider, settings: Settings) -> str:
    url = settings.base_url
    if url is None and (found := settings.variable(*provider.urls)):
        found = found.strip().rstrip("/")
        found = found if "://" in found else f"http://{found}"
        url = found if found.endswith(provider.path) else found + provider.path
    url = url or provider.base_url
    if url is None:
        raise SettingsError(f"{provider.name} needs an endpoint: set {provider.urls[0]} or give --base-url")
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and url.isprintable()
    except ValueError:  # a port that is no port, half an IPv6 address
        sound = False
    if not sound or " " in url:
        raise SettingsError(f"the base URL {url!r} is no http(s) address, such as http://localhost:8000/v1")
    if parts.username or parts.password:
        raise SettingsError("the base URL holds a user name or password; give the key as SUMMARIZER_API_KEY instead")
    return url.rstrip("/")


def _key(provider: Provider, settings: Settings) -> tuple[str, str | None]:
    if settings.api_key is not None:
        return _sound(settings.api_key.get_secret_value(), "SUMMARIZER_API_KEY or api_key")
    if source := settings.source_of(*provider.keys):
        return _sound(settings.variable(source) or "", source)
    if provider.name in _LOCAL or settings.replay is not None:
        return "none", None
    raise SettingsError(f"{provider.name} needs a key: set {provider.keys[0]} in the environment or in .env")


def _sound(key: str, source: str) -> tuple[str, str]:
    """The key, fit for a header; a line break at its end, as files have, is taken off."""
    key = key.strip()
    if not key:
        raise SettingsError(f"{source} is empty; give the endpoint's key, or unset it")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(
            f"{source} holds a character that stands in no key (a space, a line break, …); copy it anew"
        )
    return key, source
