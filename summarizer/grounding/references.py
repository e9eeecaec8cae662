"""Check 5, references: keys and party names point at items that exist; a part is not larger than its whole."""

from __future__ import annotations

from collections.abc import Mapping

from summarizer.grounding.findings import Findings
from summarizer.grounding.names import Cast
from summarizer.grounding.quantities import check_subset
from summarizer.schema.draft import DraftFigure, DraftItem, DraftMilitary, DraftPosition


def check_references(item: DraftItem, figures: Mapping[str, DraftFigure], cast: Cast, findings: Findings) -> None:
    """References to nothing are taken out and said so; a position needs its holder. `figures` are the draft's, by key."""
    if isinstance(item, DraftFigure) and item.subset_of is not None:
        _check_whole(item, figures, findings)
    elif isinstance(item, DraftMilitary):
        _check_figures(item, figures, findings)
    elif isinstance(item, DraftPosition) and cast.party(item.holder) is None:
        findings.wrong(
            "reference",
            f"the holder {item.holder!r} is not among the parties: give the `name` of a party, or leave the position out.",
        )


def _check_whole(part: DraftFigure, figures: Mapping[str, DraftFigure], findings: Findings) -> None:
    whole = figures.get(part.subset_of or "")
    if whole is None or whole is part or whole.key == part.key:
        findings.changes["subset_of"] = None
        findings.repaired("reference", f"`subset_of` named {part.subset_of!r}, which is no other figure")
    else:
        check_subset(part.quantity, whole.quantity, findings)


def _check_figures(item: DraftMilitary, figures: Mapping[str, DraftFigure], findings: Findings) -> None:
    if missing := [key for key in item.figures if key not in figures]:
        findings.changes["figures"] = [key for key in item.figures if key in figures]
        findings.repaired("reference", f"`figures` named {', '.join(missing)}, which are no figures")
