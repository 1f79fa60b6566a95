"""Outlines of areas: small, on one plane, with no gap between neighbours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from accounts import areas, outlines
from accounts.areas import Areas
from accounts.models import AreaShape, Team

REAL = Path(__file__).parents[3] / "shared/data/geo/london_wards_2025.geojson"
HACKNEY = "E09000012"
WEST, EAST = "E05009374", "E05009376"
PLACES = Areas({HACKNEY: "Hackney"}, {WEST: ("Wick", HACKNEY), EAST: ("Homerton", HACKNEY)})


def square(left: float, right: float) -> dict[str, Any]:
    """Between two meridians, about a kilometre high."""
    corners = [(left, 51.55), (right, 51.55), (right, 51.54), (left, 51.54), (left, 51.55)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


NEIGHBOURS = {WEST: square(-0.06, -0.05), EAST: square(-0.05, -0.04)}


def corners(path: str) -> set[tuple[int, int]]:
    """Every corner of a path of one ring."""
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    x, y = numbers[:2]
    found = {(x, y)}
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        found.add((x, y))
    return found


def test_a_path_runs_once_round_and_north_is_up() -> None:
    drawn = outlines.draw(NEIGHBOURS, PLACES)[WEST]
    assert re.fullmatch(r"M\d+ \d+l[-\d ]+z", drawn.path)
    xs, ys = zip(*corners(drawn.path), strict=True)
    # A hundredth of a degree: 693 m across and 1,113 m down, in steps of 20 m.
    assert (max(xs) - min(xs), max(ys) - min(ys)) == (35, 56)
    assert min(ys) == round((51.75 - 51.55) * 111_320 / 20)


def test_neighbours_share_their_border_and_a_borough_has_none_inside() -> None:
    drawn = outlines.draw(NEIGHBOURS, PLACES)
    west, east = corners(drawn[WEST].path), corners(drawn[EAST].path)
    assert len(west & east) == 2
    whole = drawn[HACKNEY]
    assert whole.path.count("M") == 1
    assert whole.box[0] == min(x for x, _ in west) and whole.box[2] >= max(x for x, _ in east)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"type": "Point", "coordinates": [0, 51]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": "x"},
        {"type": "Polygon", "coordinates": [[[531000, 181000], [532000, 181000], [532000, 182000], [531000, 181000]]]},
    ],
)
def test_what_is_no_area_on_the_globe_is_refused_in_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=EAST):
        outlines.draw({**NEIGHBOURS, EAST: wrong}, PLACES)


def test_an_area_without_a_geometry_is_simply_not_drawn() -> None:
    assert outlines.draw({WEST: NEIGHBOURS[WEST]}, PLACES).keys() == {WEST, HACKNEY}
    assert outlines.draw({}, PLACES) == {}


def file(folder: Path, shapes: dict[str, Any]) -> Path:
    def feature(code: str) -> dict[str, Any]:
        name, borough = PLACES.wards[code]
        told = {"WD25CD": code, "WD25NM": name, "LAD25CD": borough, "LAD25NM": "Hackney"}
        return {"type": "Feature", "properties": told, "geometry": shapes.get(code)}

    path = folder / "wards.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature(code) for code in PLACES.wards]}))
    return path


def test_the_import_keeps_outlines_and_draws_them_anew(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_areas", str(file(tmp_path, NEIGHBOURS)))
    assert AreaShape.objects.count() == 3
    moved = {**NEIGHBOURS, EAST: square(-0.05, -0.03)}
    call_command("import_areas", str(file(tmp_path, moved)))
    assert AreaShape.objects.count() == 3
    wide = AreaShape.objects.get(team__code=EAST)
    assert wide.right - wide.left > 60
    call_command("import_areas", str(file(tmp_path, {})))
    assert AreaShape.objects.count() == 3
    assert "draws no area" in capsys.readouterr().err


def test_a_dry_run_keeps_nothing(db: None, tmp_path: Path) -> None:
    call_command("import_areas", str(file(tmp_path, NEIGHBOURS)), "--dry-run")
    assert not AreaShape.objects.exists() and not Team.objects.exists()


@pytest.mark.skipif(not REAL.exists(), reason="the published ward file is not beside the project")
def test_all_of_london_is_small_enough_for_a_page(now: datetime, record_property: Callable[..., None]) -> None:
    found = areas.read(REAL)
    drawn = outlines.draw(areas.outlines_in(areas.features(REAL)), found)
    assert len(drawn) == 711
    assert sum(len(drawn[code].path) for code in found.boroughs) < 30_000
    assert sum(len(drawn[code].path) for code in found.wards) < 120_000
