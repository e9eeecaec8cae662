"""Long articles: read in overlapping runs of whole sentences, the drafts merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.grounding.folding import fold
from summarizer.schema.article import Sentence
from summarizer.schema.draft import SECTIONS, Draft, DraftItem, DraftParty

OVERLAP = 3
"""Sentences that two neighbouring parts share, so that a pronoun at a part's start finds its name."""

_MAX_GIST = 5


def estimated_tokens(text: str) -> int:
    """An upper estimate: a token is about 4 letters in Latin script, 2 in Cyrillic or Arabic, 1 in Chinese; 3 bytes in each
    but the first."""
    return len(text.encode("utf-8", "surrogatepass")) // 3 + 1


def split_into_parts(sentences: Sequence[Sentence], budget: int) -> list[Sequence[Sentence]]:
    """Runs of whole sentences of at most `budget` tokens each (or one sentence, where that is longer)."""
    parts: list[Sequence[Sentence]] = []
    first, size = 0, 0
    for index, sentence in enumerate(sentences):
        tokens = estimated_tokens(sentence.text) + 4  # its number and line break
        if size + tokens > budget and index > first:
            parts.append(sentences[first:index])
            first = max(first + 1, index - OVERLAP)
            size = sum(estimated_tokens(s.text) + 4 for s in sentences[first:index])
        size += tokens
    parts.append(sentences[first:])
    return parts


def merged(drafts: Sequence[Draft]) -> Draft:
    """One draft from those of the parts: keys made unique, a party given once, the gist kept short.

    Records told twice in the overlap stay twice here; that they are one fact is for grounding to see.
    """
    if len(drafts) == 1:
        return drafts[0]
    sections: dict[str, list[DraftItem]] = {name: [] for name in SECTIONS}
    for number, draft in enumerate(drafts, start=1):
        for name, items in sections.items():
            items.extend(_renamed(item, f"part{number}.") for item in getattr(draft, name))
    sections["parties"] = _parties_once([p for p in sections["parties"] if isinstance(p, DraftParty)])
    sections["gist"] = sections["gist"][:_MAX_GIST]
    day = next((draft.publication_day for draft in drafts if draft.publication_day), None)
    values: dict[str, Any] = {"publication_day": day, **sections}
    return Draft(**values)


def _renamed(item: DraftItem, prefix: str) -> DraftItem:
    changes: dict[str, Any] = {"key": prefix + item.key}
    if figures := getattr(item, "figures", None):
        changes["figures"] = [prefix + figure for figure in figures]
    if whole := getattr(item, "subset_of", None):
        changes["subset_of"] = prefix + whole
    return item.model_copy(update=changes)


def _parties_once(parties: Sequence[DraftParty]) -> list[DraftItem]:
    once: dict[str, DraftParty] = {}
    for party in parties:
        name = fold(party.name).text
        known = once.get(name)
        if known is None:
            once[name] = party
            continue
        others = [*known.other_names, *(other for other in party.other_names if other not in known.other_names)]
        once[name] = known.model_copy(update={"other_names": others})
    return list(once.values())
