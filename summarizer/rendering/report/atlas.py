"""The map: where the items' places lie, drawn as SVG parts over country outlines. No network, no tiles.

The projection is equirectangular, true to scale at the window's middle latitude: right for the extent of a conflict.
A place is a dot where the gazetteer knows its coordinates; a country is tinted; a region without coordinates is listed
only, since a dot for it would say more than is known.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.language.countries import country_name
from summarizer.rendering.report.entries import Entry
from summarizer.rendering.report.outlines import Point, Ring, Window, extent, outlines
from summarizer.rendering.report.words import clean
from summarizer.rendering.wording import words
from summarizer.schema.codes import Precision
from summarizer.schema.summary import Mentions
from summarizer.schema.values import Place

_LEAST_SPAN = 3.0  # degrees of latitude: closer, the outlines are too coarse to help
_KM_A_DEGREE = 111.2
_STEPS = (10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)


@dataclass(slots=True)
class Spot:
    """A place on the page: its names, what is known of it, and the anchors of the items that name it."""

    anchor: str
    name: str
    country: str | None
    point: Point | None
    precision: str = ""
    names: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def items(self) -> str:
        """Its items' anchors as one attribute value."""
        return " ".join(entry.anchor for entry in self.entries)

    @property
    def is_country(self) -> bool:
        """Whether it stands for a whole country, which is tinted."""
        return self.precision == Precision.COUNTRY and self.country is not None

    @property
    def on_map(self) -> bool:
        """Whether the map shows it, as a dot or a tint."""
        return self.point is not None or (self.is_country and extent(self.country or "") is not None)


@dataclass(frozen=True, slots=True)
class Label:
    """Text on the map; `anchor` is SVG's text-anchor."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot on the map, with its label if there was room for one."""

    spot: Spot
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One map of `width` by `height` units."""

    width: int
    height: int
    text: int  # the size of its labels, in units
    land: list[tuple[str, str]]  # SVG path data, and the anchors of the items about that country
    dots: list[Dot]
    countries: list[Label]
    bar: float  # length of the scale bar, in units
    kilometres: int


def spots(entries: Iterable[Entry], mentions: Mentions) -> list[Spot]:
    """The places that items name, those with most items first, then the other places that the article names."""
    found: dict[object, Spot] = {}
    for entry in entries:
        for place in entry.places:
            key = _key(place)
            spot = found.get(key)
            if spot is None:
                point = _point(place.latitude, place.longitude)
                spot = found[key] = Spot("", clean(place.name), place.country, point, words(place.precision))
            elif len(place.name) < len(spot.name):  # "Kharkiv" rather than "Kyiv, Mariupol and Kharkiv"
                spot.name = clean(place.name)
            if entry not in spot.entries:
                spot.entries.append(entry)
            if clean(place.as_written) not in spot.names:
                spot.names.append(clean(place.as_written))
    listed = sorted(found.values(), key=lambda spot: (-len(spot.entries), not spot.on_map))
    seen = {spot.point for spot in listed}
    for named in mentions.places:
        point = _point(named.latitude, named.longitude)
        if point and point not in seen:
            seen.add(point)
            listed.append(Spot("", clean(named.name), named.country, point, "", [clean(n) for n in named.as_written]))
    for number, spot in enumerate(listed, 1):
        spot.anchor = f"place-{number}"
    return listed


def draw(listed: Sequence[Spot], language: str, width: int, height: int, text: int) -> Drawing | None:
    """The map of the spots; None where not one of them can be placed."""
    window = _window(listed, width / height)
    if window is None:
        return None
    view = _View(window, width, height)
    tinted: dict[str, list[str]] = {}
    for spot in listed:
        if spot.is_country and spot.entries:
            tinted.setdefault(spot.country or "", []).append(spot.items)
    shapes = {code: [view.ring(ring) for ring in rings] for code, rings in outlines(window.wider(0.02)).items()}
    room = _Room(width, height, text)
    dots = list(_dots(listed, view, room))
    land = [(_path(rings), " ".join(tinted.get(code, []))) for code, rings in shapes.items()]
    bar, kilometres = view.scale_bar()
    return Drawing(width, height, text, land, dots, list(_country_names(shapes, language, room)), bar, kilometres)


def _key(place: Place) -> object:
    if place.latitude is not None and place.longitude is not None:
        return (place.latitude, place.longitude)
    if place.precision is Precision.COUNTRY and place.country:
        return place.country
    return clean(place.name).casefold()


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    if latitude is None or longitude is None:
        return None
    valid = math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return (longitude, latitude) if valid else None


def _window(listed: Sequence[Spot], ratio: float) -> Window | None:
    """The smallest window of that shape around what items name, else around what the article names."""
    for chosen in ([spot for spot in listed if spot.entries], listed):
        points = [spot.point for spot in chosen if spot.point]
        if not points:  # whole countries are drawn into view only where nothing finer is known
            boxes = [box for spot in chosen if spot.is_country and (box := extent(spot.country or ""))]
            points = [corner for box in boxes for corner in ((box.west, box.south), (box.east, box.north))]
        if points:
            return _around(points, ratio)
    return None


def _around(points: Sequence[Point], ratio: float) -> Window:
    xs = sorted({x % 360 for x, _ in points})
    gaps = [(after - x, after) for x, after in zip(xs, [*xs[1:], xs[0] + 360], strict=True)]
    west = max(gaps)[1] % 360  # east of the widest gap, so that a window may cross the date line
    west = west - 360 if west > 180 else west
    spread = 360 - max(gaps)[0]
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle = (south + north) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    tall = max((north - south) * 1.45, spread * 1.35 * squeeze / ratio, _LEAST_SPAN)
    tall = min(tall, 150.0, 360 * squeeze / ratio)
    wide = tall * ratio / squeeze
    middle = min(max(middle, -91 + tall / 2), 91 - tall / 2)
    centre = west + spread / 2
    return Window(centre - wide / 2, middle - tall / 2, centre + wide / 2, middle + tall / 2)


@dataclass(frozen=True, slots=True)
class _View:
    """Degrees to units."""

    window: Window
    width: int
    height: int

    def point(self, at: Point) -> Point:
        window = self.window
        x = (at[0] - window.west) % 360 if not window.west <= at[0] <= window.east else at[0] - window.west
        return (
            round(x / (window.east - window.west) * self.width, 1),
            round((window.north - at[1]) / (window.north - window.south) * self.height, 1),
        )

    def ring(self, ring: Ring) -> Ring:
        window = self.window
        across, down = self.width / (window.east - window.west), self.height / (window.north - window.south)
        return [((x - window.west) * across, (window.north - y) * down) for x, y in ring]

    def scale_bar(self) -> tuple[float, int]:
        """The longest round distance that fits a fifth of the width: units, kilometres."""
        unit = (self.window.north - self.window.south) / self.height * _KM_A_DEGREE
        fitting = [step for step in _STEPS if step / unit <= self.width / 5] or [_STEPS[0]]
        return round(fitting[-1] / unit, 1), fitting[-1]


def _path(rings: Iterable[Ring]) -> str:
    """SVG path data, in tenths of a unit, relative and without points that fall together."""
    parts = []
    for ring in rings:
        points = [(round(x * 10), round(y * 10)) for x, y in ring]
        steps = [f"M{points[0][0] / 10:g} {points[0][1] / 10:g}l"]
        for (px, py), (x, y) in itertools.pairwise(points):
            if (px, py) != (x, y):
                steps.append(f"{(x - px) / 10:g} {(y - py) / 10:g}")
        parts.append(f"{steps[0]}{' '.join(steps[1:])}z")
    return "".join(part for part in parts if not part.endswith("lz"))


class _Room:
    """What is taken on the map, so that no label lies over another or over a dot."""

    def __init__(self, width: int, height: int, text: int) -> None:
        self._size = (width, height)
        self.text = text
        self._taken: list[tuple[float, float, float, float]] = [(0, height - 34, width * 0.3, height)]  # the scale bar

    def take(self, box: tuple[float, float, float, float]) -> None:
        self._taken.append(box)

    def label(self, text: str, tries: Iterable[tuple[float, float, str]], scale: float = 1.0) -> Label | None:
        """A label at the first of the places `(x, y, anchor)` that is free."""
        size = self.text * scale
        wide = sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in text) * size
        for x, y, anchor in tries:
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            box = (left - 2, y - size * 0.85, left + wide + 2, y + size * 0.3)
            if self._free(box):
                self.take(box)
                return Label(text, round(x, 1), round(y, 1), anchor)
        return None

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = box
        if left < 3 or top < 3 or right > self._size[0] - 3 or bottom > self._size[1] - 3:
            return False
        return all(right < a or left > c or bottom < b or top > d for a, b, c, d in self._taken)


def _dots(listed: Sequence[Spot], view: _View, room: _Room) -> Iterator[Dot]:
    placed = []
    for spot in listed:
        if spot.point:
            x, y = view.point(spot.point)
            if 0 <= x <= view.width and 0 <= y <= view.height:
                radius = round(4 + 1.8 * math.sqrt(len(spot.entries)), 1) if spot.entries else 3
                placed.append((spot, x, y, radius))
                room.take((x - radius, y - radius, x + radius, y + radius))
    for spot, x, y, radius in placed:
        gap, drop = radius + 4, room.text * 0.35
        low, high = y + gap + room.text * 0.8, y - gap
        tries = [
            (x + gap, y + drop, "start"),
            (x - gap, y + drop, "end"),
            (x, high, "middle"),
            (x, low, "middle"),
            (x + gap * 0.7, high + 2, "start"),
            (x + gap * 0.7, low - 2, "start"),
            (x - gap * 0.7, high + 2, "end"),
            (x - gap * 0.7, low - 2, "end"),
        ]
        yield Dot(spot, x, y, radius, room.label(spot.name, tries))


def _country_names(shapes: dict[str, list[Ring]], language: str, room: _Room) -> Iterator[Label]:
    """Names of countries with enough land in view, at a point inside of it."""
    largest = {code: max(rings, key=_area) for code, rings in shapes.items()}
    for code, ring in sorted(largest.items(), key=lambda pair: -_area(pair[1])):
        if _area(ring) < 60 * room.text:
            continue
        name = country_name(code, language) or country_name(code, "en")
        if name and (label := room.label(name, [(x, y, "middle") for x, y in _inner(ring)], 1.05)):
            yield label


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _inner(ring: Ring) -> Iterator[Point]:
    """Points inside of a ring, widest stretch of land first: the middles of its horizontal cuts."""
    ys = [y for _, y in ring]
    low, high = min(ys), max(ys)
    stretches = []
    for step in range(1, 12):
        y = low + (high - low) * step / 12
        crossings = sorted(
            ax + (y - ay) * (bx - ax) / (by - ay)
            for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (ay > y) != (by > y)
        )
        stretches += [
            (right - left, (left + right) / 2, y) for left, right in zip(crossings[::2], crossings[1::2], strict=False)
        ]
    for _, x, y in sorted(stretches, reverse=True)[:8]:
        yield x, y
