"""Grounding: what an engine drafted, checked against the article by plain code, and published or set aside."""
