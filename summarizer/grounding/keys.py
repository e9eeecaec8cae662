"""Keys name a draft's items, so each may stand only once."""

from __future__ import annotations

from typing import Any

from summarizer.schema.draft import SECTIONS, Draft, DraftItem


def unique_keys(draft: Draft) -> Draft:
    """`draft` with a number added to every key that stands more than once in its section."""
    return draft.model_copy(update={name: _numbered(getattr(draft, name)) for name in SECTIONS})


def _numbered(items: list[DraftItem]) -> list[DraftItem]:
    seen: set[str] = set()
    last: dict[str, int] = {}
    numbered: list[DraftItem] = []
    for item in items:
        key = item.key
        while key in seen:
            last[item.key] = last.get(item.key, 1) + 1
            key = f"{item.key}#{last[item.key]}"
        seen.add(key)
        changes: dict[str, Any] = {"key": key}
        numbered.append(item if key == item.key else item.model_copy(update=changes))
    return numbered


def with_replaced(draft: Draft, answer: Draft, keys: set[tuple[str, str]]) -> Draft:
    """`draft` with the items under `keys` (section, key) as `answer` gives them; what else is in `answer` is ignored."""
    changes: dict[str, list[DraftItem]] = {}
    for name in SECTIONS:
        new = {item.key: item for item in getattr(answer, name) if (name, item.key) in keys}
        changes[name] = [new.get(item.key, item) for item in getattr(draft, name)]
    return draft.model_copy(update=changes)


def only(draft: Draft, keys: set[tuple[str, str]]) -> Draft:
    """`draft` with no other items than those under `keys` (section, key)."""
    kept = {name: [item for item in getattr(draft, name) if (name, item.key) in keys] for name in SECTIONS}
    return draft.model_copy(update=kept)
