"""Structured, checked summaries of news articles about armed conflicts."""
