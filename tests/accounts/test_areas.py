from __future__ import annotations

import json
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts import appointing, channels
from accounts.models import AuditEntry, Role, Team, User
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

REAL = Path(__file__).parents[3] / "shared/data/geo/london_wards_2025.geojson"


def area(ward: str, name: str, borough: str, borough_name: str, year: str = "25") -> dict[str, Any]:
    words = {f"WD{year}CD": ward, f"WD{year}NM": name, f"LAD{year}CD": borough, f"LAD{year}NM": borough_name}
    return {"type": "Feature", "properties": {"FID": 1, **words}, "geometry": None}


HOMERTON = area("E05009376", "Homerton", "E09000012", "Hackney")
KILBURN_B = area("E05013503", "Kilburn", "E09000005", "Brent")
KILBURN_C = area("E05013665", "Kilburn", "E09000007", "Camden")
CITY = area("E05009288", "Aldersgate", "E09000001", "City of London")


def file_of(folder: Path, *areas: Any, text: str | None = None) -> Path:
    path = folder / "wards.geojson"
    path.write_text(text if text is not None else json.dumps({"type": "FeatureCollection", "features": list(areas)}))
    return path


def bring(path: Path, *options: str) -> tuple[dict[str, int], str]:
    out, err = StringIO(), StringIO()
    call_command("import_areas", str(path), "--json", *options, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_the_real_file_makes_the_whole_force_once() -> None:
    if not REAL.exists():
        pytest.skip(f"the ward file is not there: {REAL}")
    first, said = bring(REAL)
    assert first == {"boroughs": 32, "wards": 679, "skipped": 25, "created": 711, "updated": 0}
    assert "City of London (E09000001)" in said
    assert bring(REAL)[0] == first | {"created": 0}
    assert Team.objects.filter(kind="ward", name="Kilburn").count() == 2
    assert Team.objects.get(code="E05013503").full_name == "Kilburn, Brent"
    assert Team.objects.get(code="MPS").kind == "force"


def test_wards_of_one_name_are_two_teams_and_the_city_is_left_out(tmp_path: Path) -> None:
    answer, said = bring(file_of(tmp_path, HOMERTON, KILBURN_B, KILBURN_C, CITY))
    assert answer == {"boroughs": 3, "wards": 3, "skipped": 1, "created": 6, "updated": 0}
    assert "Left out: 1 wards of City of London (E09000001)" in said
    assert not Team.objects.filter(code__in=["E09000001", "E05009288"]).exists()


def test_another_years_file_follows_renamings_and_moves(tmp_path: Path) -> None:
    bring(file_of(tmp_path, HOMERTON, KILBURN_B, KILBURN_C))
    renamed = area("E05009376", "Homerton & Clapton", "E09000012", "Hackney", year="26")
    moved = area("E05013665", "Kilburn", "E09000005", "Brent", year="26")
    kept = area("E05013503", "Kilburn", "E09000005", "Brent", year="26")
    answer, _ = bring(file_of(tmp_path, renamed, moved, kept))
    assert (answer["created"], answer["updated"]) == (0, 2)
    assert Team.objects.get(code="E05009376").name == "Homerton & Clapton"
    assert Team.objects.get(code="E05013665").parent == Team.objects.get(code="E09000005")


def test_a_ward_the_file_no_longer_has_stays_and_is_named(tmp_path: Path) -> None:
    bring(file_of(tmp_path, HOMERTON, KILBURN_B))
    _, said = bring(file_of(tmp_path, KILBURN_B))
    assert "Kept although not in this file: Homerton" in said
    assert Team.objects.filter(code="E05009376").exists()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path: Path) -> None:
    answer, _ = bring(file_of(tmp_path, HOMERTON), "--dry-run")
    assert answer["created"] == 2
    assert not Team.objects.exists()


def test_force_wide_appointments_cover_the_new_wards_at_once(tmp_path: Path, cast: Cast, now: datetime) -> None:
    bring(file_of(tmp_path, area("E05000077", "New Ward", "E09000012", "Hackney")))
    ward = Team.objects.get(code="E05000077")
    assert cast.sam.has_perm("accounts.provision", ward)
    assert cast.olu.has_perm("accounts.view_team", ward)
    assert not cast.mel.has_perm("accounts.view_team", ward)
    assert AuditEntry.objects.filter(action="areas.imported").count() == 1


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ([HOMERTON, {"type": "Feature", "properties": {"WD25CD": "E05000001"}}], "Area 2 does not say WD25NM"),
        ([HOMERTON, {"type": "Feature"}], "Area 2 has no properties"),
        ([area("Homerton", "E05009376", "E09000012", "Hackney")], "is not a code"),
        ([area("E05009376", " ", "E09000012", "Hackney")], "Area 1"),
        ([HOMERTON, area("E05009376", "Other", "E09000012", "Hackney")], "two different things"),
        ([HOMERTON, area("E05000001", "W", "E09000012", "Hackny")], "two names for borough"),
        ([CITY], "no ward of a London borough"),
        ([area("E09000012", "W", "E09000012", "Hackney")], "as something else"),
        ([], "no areas"),
    ],
)
def test_a_file_that_is_not_right_is_refused_whole(tmp_path: Path, features: list[Any], words: str) -> None:
    with pytest.raises(CommandError, match=words) as refused:
        bring(file_of(tmp_path, *features))
    assert "Nothing was imported" in str(refused.value)
    assert not Team.objects.exists()


@pytest.mark.parametrize("text", ["", "name,code\nHomerton,E05009376", "[]", '{"features": 3}', "\x00\xff"])
def test_what_is_no_geojson_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError, match="The file"):
        bring(file_of(tmp_path, text=text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        bring(tmp_path / "nothing.geojson")


def test_the_register_of_teams_can_be_searched_after_an_import(tmp_path: Path, now: datetime) -> None:
    bring(file_of(tmp_path, KILBURN_B, KILBURN_C))
    sam = User.objects.create_user("sam")
    appointing.appoint(
        user=sam,
        role=Role.DMC_ADMIN,
        team=Team.objects.get(code="MPS"),
        starts_on=date(2026, 1, 1),
        by=None,
        now=now,
    )
    assert [team.full_name for team in channels.find_teams(sam, "kilburn")] == ["Kilburn, Brent", "Kilburn, Camden"]
    assert [team.full_name for team in channels.find_teams(sam, "kilburn camden")] == ["Kilburn, Camden"]
