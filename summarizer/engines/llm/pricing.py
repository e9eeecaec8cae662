"""What calls cost: genai-prices, a kept list of the providers' published prices."""

from __future__ import annotations

from summarizer.engines.llm.providers import Target


def price(target: Target, sent: int, cached: int, received: int) -> float | None:
    """US dollars at list prices for `sent` input tokens (`cached` of them from the prefix cache) and `received` output
    tokens; None where the model is not on the list, never 0."""
    if target.provider.prices is None:
        return None
    from genai_prices import Usage, calc_price  # a large table, only needed with a priced provider

    usage = Usage(input_tokens=sent, cache_read_tokens=cached, output_tokens=received)
    try:
        return float(calc_price(usage, target.model, provider_id=target.provider.prices).total_price)
    except LookupError:
        return None
