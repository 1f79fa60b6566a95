"""Outlines of wards and boroughs for maps: projected, simplified and written as SVG paths when the areas are imported.

Neighbours share their borders: all wards are simplified together, as one coverage, so that no gap opens between two.
A borough's outline is its wards' outlines joined. Only the import needs shapely; pages read the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import cos, radians
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from accounts.areas import Areas
from accounts.models import AreaShape, Team

UNIT = 20  # metres
TOLERANCE = 4.0  # in units: smaller bends are left out (shapely.coverage_simplify, Visvalingam and Whyatt 1993)
_METRES = 111_320  # a degree of latitude
_WEST, _NORTH, _MIDDLE = -0.6, 51.75, 51.5  # where London begins; a plane is true enough over 60 km


@dataclass(frozen=True)
class Outline:
    """An SVG path and its box: left, top, right, bottom, in units."""

    path: str
    box: tuple[int, int, int, int]


def draw(found: Mapping[str, Any], areas: Areas) -> dict[str, Outline]:
    """By code, of every ward and borough of `areas` whose geometry the file gives.

    found: ward code -> GeoJSON geometry in longitude and latitude (WGS 84). Raises ValidationError for one that is
    none.
    """
    codes = [code for code in areas.wards if code in found]
    simple = shapely.coverage_simplify([_plane(code, found[code]) for code in codes], TOLERANCE)
    drawn = {code: one for code, one in zip(codes, simple, strict=True) if not one.is_empty}
    inside: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, one in drawn.items():
        inside[areas.wards[code][1]].append(one)
    drawn |= {borough: shapely.union_all(wards, grid_size=1) for borough, wards in inside.items()}
    return {code: _outline(one) for code, one in drawn.items()}


def keep(drawn: Mapping[str, Outline], *, now: datetime) -> int:
    """Write them to the teams of these codes; what the file lacks stays as it was. Returns how many were written."""
    keys = dict(Team.objects.filter(code__in=drawn).values_list("code", "pk"))
    rows = [_row(keys[code], outline, now) for code, outline in drawn.items() if code in keys]
    fields = ["path", "left", "top", "right", "bottom", "imported_at"]
    AreaShape.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["team"], update_fields=fields
    )
    return len(rows)


def _row(team: int, outline: Outline, now: datetime) -> AreaShape:
    left, top, right, bottom = outline.box
    return AreaShape(team_id=team, path=outline.path, left=left, top=top, right=right, bottom=bottom, imported_at=now)


def _plane(code: str, geometry: Mapping[str, Any]) -> BaseGeometry:
    """On the plane of the paths, valid, without what is no area."""
    try:
        drawn = shape(geometry)
        if drawn.geom_type not in ("Polygon", "MultiPolygon") or drawn.is_empty:
            raise ValueError(drawn.geom_type)
        bounds = drawn.bounds
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        raise ValidationError(f"The outline of {code} is no area.") from None
    if not (-180 <= bounds[0] <= bounds[2] <= 180 and -90 <= bounds[1] <= bounds[3] <= 90):
        raise ValidationError(f"The outline of {code} is not in longitude and latitude. Download it as WGS 84.")
    across = cos(radians(_MIDDLE)) * _METRES / UNIT
    down = _METRES / UNIT
    flat = shapely.transform(drawn, lambda xy: (xy - (_WEST, _NORTH)) * (across, -down))
    return flat if flat.is_valid else shapely.make_valid(flat, method="structure")


def _outline(drawn: BaseGeometry) -> Outline:
    left, top, right, bottom = drawn.bounds
    path = "".join(_ring(ring.coords) for ring in _rings(drawn))
    return Outline(path, (int(left), int(top), int(right) + 1, int(bottom) + 1))


def _rings(drawn: BaseGeometry) -> Iterator[Any]:
    parts = getattr(drawn, "geoms", [drawn])
    for part in parts:
        if part.geom_type == "Polygon":
            yield part.exterior
            yield from part.interiors


def _ring(coords: Any) -> str:
    """ "M12 40l3-5 7 2z": the first corner, then each step from one corner to the next. Empty for a speck."""
    corners = [(round(x), round(y)) for x, y, *_ in coords]
    corners = [corner for place, corner in enumerate(corners) if not place or corner != corners[place - 1]][:-1]
    if len(corners) < 3:
        return ""
    steps = [
        f"{x - before_x}{'' if y < before_y else ' '}{y - before_y}"
        for (before_x, before_y), (x, y) in pairwise(corners)
    ]
    joined = steps[0] + "".join(step if step.startswith("-") else f" {step}" for step in steps[1:])
    return f"M{corners[0][0]} {corners[0][1]}l{joined}z"
