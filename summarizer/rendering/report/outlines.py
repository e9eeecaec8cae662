"""Country outlines for the map, from the kept file: read, cut to a window."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world: degrees east (beyond 180 where it crosses the date line) and degrees north."""

    west: float
    south: float
    east: float
    north: float

    def wider(self, share: float) -> Window:
        """The window with a margin of `share` of its size on each side."""
        x, y = (self.east - self.west) * share, (self.north - self.south) * share
        return Window(self.west - x, self.south - y, self.east + x, self.north + y)


def outlines(window: Window) -> dict[str, list[Ring]]:
    """The rings of each country (ISO 3166-1 alpha-3) that show in `window`, cut at its edges, in degrees."""
    found: dict[str, list[Ring]] = {}
    for code, rings in _countries().items():
        for ring, box in rings:
            for shift in (-360.0, 0.0, 360.0):
                moved = Window(box.west + shift, box.south, box.east + shift, box.north)
                if not _apart(moved, window):
                    cut = _cut([(x + shift, y) for x, y in ring], window)
                    if len(cut) > 2:
                        found.setdefault(code, []).append(cut)
    return found


def extent(code: str) -> Window | None:
    """The window that holds a country's largest part; None for a country without an outline."""
    rings = _countries().get(code)
    if not rings:
        return None
    return max((box for _, box in rings), key=lambda box: (box.east - box.west) * (box.north - box.south))


def source() -> str:
    """Where the outlines come from, and their licence."""
    return str(_file()["source"])


@cache
def _file() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files(__package__) / "outlines.json").read_text(encoding="utf-8"))
    return data


@cache
def _countries() -> dict[str, list[tuple[Ring, Window]]]:
    data = _file()
    arcs = [_points(arc, data["scale"]) for arc in data["arcs"]]
    return {
        code: [(ring, _box(ring)) for ring in (_joined(numbers, arcs) for numbers in rings)]
        for code, rings in data["countries"].items()
    }


def _points(deltas: Sequence[int], scale: int) -> Ring:
    xs, ys = itertools.accumulate(deltas[::2]), itertools.accumulate(deltas[1::2])
    return [(x / scale, y / scale) for x, y in zip(xs, ys, strict=True)]


def _joined(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """One ring of arcs, as TopoJSON numbers them: `~n` is arc n walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _box(ring: Ring) -> Window:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return Window(min(xs), min(ys), max(xs), max(ys))


def _apart(one: Window, other: Window) -> bool:
    return one.east < other.west or one.west > other.east or one.north < other.south or one.south > other.north


def _cut(ring: Ring, window: Window) -> Ring:
    """Sutherland and Hodgman's clipping, edge by edge."""
    edges = ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1))
    for axis, limit, sign in edges:
        kept: Ring = []
        for one, other in itertools.pairwise([*ring[-1:], *ring]):
            inside, was = (other[axis] - limit) * sign >= 0, (one[axis] - limit) * sign >= 0
            if inside != was:
                share = (limit - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
            if inside:
                kept.append(other)
        ring = kept
    return ring
