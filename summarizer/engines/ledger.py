"""The account of one run: calls, retries, tokens, cost."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Ledger:
    """What one article has cost so far; every call is entered, also the failed ones.

    Token counts are None until an endpoint gives one. `cost` is in US dollars; `unpriced` counts the answers whose
    price is not known: one of them makes the whole cost unknown.
    """

    calls: int = 0
    replayed: int = 0
    retries: int = 0
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    priced: float = 0.0
    unpriced: int = 0
    answered_by: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def cost(self) -> float | None:
        """US dollars, or None where any answer's price is unknown."""
        return None if self.unpriced else round(self.priced, 8)

    def add_tokens(self, sent: int | None, cached: int | None, received: int | None) -> None:
        """Enter the token counts of one answer; None where the endpoint did not say."""
        self.input_tokens = _sum(self.input_tokens, sent)
        self.cached_tokens = _sum(self.cached_tokens, cached)
        self.output_tokens = _sum(self.output_tokens, received)

    def add_model(self, name: str) -> None:
        """Enter the name under which a model answered."""
        if name and name not in self.answered_by:
            self.answered_by.append(name)

    def warn(self, text: str) -> None:
        """Enter a warning, once."""
        if text not in self.warnings:
            self.warnings.append(text)


def _sum(total: int | None, more: int | None) -> int | None:
    return total if more is None else (total or 0) + more
