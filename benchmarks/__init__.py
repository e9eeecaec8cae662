"""Measurements of this project against itself and its peers; no part of what is installed."""
