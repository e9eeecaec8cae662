"""What every test starts from: no settings of the machine it runs on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.engines.llm.parameters import REJECTIONS
from summarizer.engines.llm.providers import PROVIDERS
from tests.figures import pytest_terminal_summary  # noqa: F401 - a hook

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    own = {name for provider in PROVIDERS.values() for name in (*provider.keys, *provider.urls)}
    for name in os.environ:
        if name.startswith(("SUMMARIZER_", "OPENAI_")) or name in own:
            monkeypatch.delenv(name)
    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)  # no .env there
    REJECTIONS.forget()
    yield


@pytest.fixture
def root() -> Path:
    """The top of the checkout."""
    return ROOT
