"""Rendering: from a Summary to what people and programs read."""
