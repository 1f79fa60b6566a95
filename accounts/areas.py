"""Boroughs and wards as teams, from the Office for National Statistics' ward file. The codes are the key."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, rights
from accounts.boroughs import BOROUGHS, FORCE
from accounts.models import Appointment, Team, User

CODE = re.compile(r"[A-Z]\d{8}")
# The vintage is part of a property's name: WD25CD, WD24CD.
COLUMNS = {"ward": r"WD\d\dCD", "ward_name": r"WD\d\dNM", "borough": r"LAD\d\dCD", "borough_name": r"LAD\d\dNM"}


@dataclass(frozen=True)
class Areas:
    """code -> name of each borough; code -> (name, borough code) of each ward. left_out: wards by "name (code)"."""

    boroughs: Mapping[str, str]
    wards: Mapping[str, tuple[str, str]]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """What an import did. missing: names of wards the console has and the file has not; they stay."""

    created: int
    updated: int
    missing: tuple[str, ...]


def read(path: Path) -> Areas:
    """Raises ValidationError, in words, for a file that is not what it should be; nothing is written here."""
    return _gather(_rows(features(path)))


def features(path: Path) -> list[Any]:
    """The file's areas as they stand in it. Raises ValidationError, in words, for a file that holds none."""
    try:
        collection = json.loads(path.read_text("utf-8-sig"))
    except OSError as trouble:
        raise ValidationError(f"The file cannot be read: {trouble.strerror}.") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise ValidationError("The file is not JSON. Download the wards as GeoJSON.") from None
    found = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(found, list) or not found:
        raise ValidationError("The file holds no areas. It must be a GeoJSON FeatureCollection of wards.")
    return found


def outlines_in(found: Iterable[Any]) -> dict[str, Any]:
    """Ward code -> its GeoJSON geometry, as it stands in the file. Areas without one are left out."""
    rows = ((_code_of(area), area.get("geometry")) for area in found if isinstance(area, dict))
    return {code: shape for code, shape in rows if code and isinstance(shape, dict)}


def _code_of(area: Mapping[str, Any]) -> str:
    properties = area.get("properties") or {}
    return next((str(value) for name, value in properties.items() if re.fullmatch(COLUMNS["ward"], name)), "")


def _rows(features: Iterable[Any]) -> Iterable[dict[str, str]]:
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise ValidationError(f"Area {number} has no properties.")
        yield {column: _value(number, properties, pattern) for column, pattern in COLUMNS.items()}


def _value(number: int, properties: Mapping[str, Any], pattern: str) -> str:
    names = [name for name in properties if re.fullmatch(pattern, name)]
    values = {str(properties[name] or "").strip() for name in names}
    if len(values) != 1 or not (value := values.pop()):
        wanted = pattern.replace(r"\d\d", "25")
        raise ValidationError(f"Area {number} does not say {wanted} (of any year) exactly once.")
    if pattern.endswith("CD") and not CODE.fullmatch(value):
        raise ValidationError(f"Area {number}: “{value[:20]}” is not a code.")
    if len(value) > 120:
        raise ValidationError(f"Area {number}: a name is longer than 120 characters.")
    return value


def _gather(rows: Iterable[dict[str, str]]) -> Areas:
    boroughs: dict[str, str] = {}
    wards: dict[str, tuple[str, str]] = {}
    left_out: Counter[str] = Counter()
    for row in rows:
        if row["borough"] not in BOROUGHS:
            left_out[f"{row['borough_name']} ({row['borough']})"] += 1
            continue
        ward = (row["ward_name"], row["borough"])
        if wards.setdefault(row["ward"], ward) != ward:
            raise ValidationError(f"The file says two different things about ward {row['ward']}.")
        if boroughs.setdefault(row["borough"], row["borough_name"]) != row["borough_name"]:
            raise ValidationError(f"The file has two names for borough {row['borough']}.")
    if not wards:
        raise ValidationError("The file holds no ward of a London borough.")
    return Areas(boroughs, wards, dict(left_out))


@transaction.atomic
def bring_in(areas: Areas, *, by: User | None, now: datetime) -> Imported:
    """Create what is new and follow renamings, all or nothing. Ours that the file lacks stay as they are."""
    force, _ = Team.objects.get_or_create(code=FORCE, defaults={"kind": Team.Kind.FORCE, "name": settings.FORCE_NAME})
    boroughs = {code: (name, force.pk) for code, name in areas.boroughs.items()}
    first = _write(Team.Kind.BOROUGH, boroughs)
    keys = dict(Team.objects.filter(kind=Team.Kind.BOROUGH).values_list("code", "pk"))
    second = _write(Team.Kind.WARD, {code: (name, keys[borough]) for code, (name, borough) in areas.wards.items()})
    created, updated = first[0] + second[0], first[1] + second[1]
    missing = Team.objects.filter(kind=Team.Kind.WARD).exclude(code__in=areas.wards)
    if created or updated:
        audit.record(by, "areas.imported", force, now=now, created=created, updated=updated)
        # Appointments over a borough or the force cover the new teams too.
        rights.sync_people(Appointment.objects.active(now).values_list("user", flat=True), now=now)
    return Imported(created, updated, tuple(missing.values_list("name", flat=True)))


def _write(kind: str, wanted: Mapping[str, tuple[str, int]]) -> tuple[int, int]:
    """code -> (name, parent). Returns how many were created and how many changed."""
    present = {team.code: team for team in Team.objects.filter(code__in=wanted)}
    if strangers := [team.code for team in present.values() if team.kind != kind]:
        raise ValidationError(f"{strangers[0]} is in the console already, but as something else.")
    fresh = [
        Team(kind=kind, code=code, name=name, parent_id=parent)
        for code, (name, parent) in wanted.items()
        if code not in present
    ]
    changed = [team for team in present.values() if (team.name, team.parent_id) != wanted[team.code]]
    for team in changed:
        team.name, team.parent_id = wanted[team.code]
    Team.objects.bulk_create(fresh)
    Team.objects.bulk_update(changed, ["name", "parent"], batch_size=200)
    return len(fresh), len(changed)
