"""How far two points of the Earth are from one another."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

_RADIUS = 6371.0  # km, the sphere of the Earth's volume

Point = tuple[float, float]
"""Degrees north and degrees east, WGS 84."""


def kilometres(one: Point, other: Point) -> float:
    """The great-circle distance of two points, in kilometres (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(half)))
