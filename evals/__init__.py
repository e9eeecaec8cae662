"""The evaluation harness: an engine's summaries against gold, offline. Run as `python -m evals`; not shipped in the wheel."""
