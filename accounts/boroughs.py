"""The 32 boroughs that the force polices, by ONS code, and how files spell them. City of London is another force."""

from __future__ import annotations

import re
from datetime import datetime

from django.conf import settings

from accounts import rights
from accounts.models import Team

FORCE = "MPS"
CITY_OF_LONDON = "E09000001"

BOROUGHS = {
    "E09000002": "Barking and Dagenham",
    "E09000003": "Barnet",
    "E09000004": "Bexley",
    "E09000005": "Brent",
    "E09000006": "Bromley",
    "E09000007": "Camden",
    "E09000008": "Croydon",
    "E09000009": "Ealing",
    "E09000010": "Enfield",
    "E09000011": "Greenwich",
    "E09000012": "Hackney",
    "E09000013": "Hammersmith and Fulham",
    "E09000014": "Haringey",
    "E09000015": "Harrow",
    "E09000016": "Havering",
    "E09000017": "Hillingdon",
    "E09000018": "Hounslow",
    "E09000019": "Islington",
    "E09000020": "Kensington and Chelsea",
    "E09000021": "Kingston upon Thames",
    "E09000022": "Lambeth",
    "E09000023": "Lewisham",
    "E09000024": "Merton",
    "E09000025": "Newham",
    "E09000026": "Redbridge",
    "E09000027": "Richmond upon Thames",
    "E09000028": "Southwark",
    "E09000029": "Sutton",
    "E09000030": "Tower Hamlets",
    "E09000031": "Waltham Forest",
    "E09000032": "Wandsworth",
    "E09000033": "Westminster",
}


def plain(name: str) -> str:
    """A borough's name as any file spells it, in one form: without case, "&", "City of" or "London Borough of"."""
    spelt = re.sub(r"[^a-z ]", " ", name.casefold().replace("&", " and "))
    words = " ".join(spelt.split())
    return re.sub(r"^(the )?(city of|london borough of|royal borough of) ", "", words)


CODES = {plain(name): code for code, name in BOROUGHS.items()}


def code_of(name: str) -> str | None:
    """The ONS code of a borough by any of its spellings, or None."""
    return CODES.get(plain(name))


def ensure(*, now: datetime) -> dict[str, int]:
    """Make the force and its boroughs where they are missing. Returns the key of each borough's team by ONS code."""
    force, _ = Team.objects.get_or_create(code=FORCE, defaults={"kind": Team.Kind.FORCE, "name": settings.FORCE_NAME})
    known = dict(Team.objects.filter(code__in=BOROUGHS).values_list("code", "pk"))
    if missing := [code for code in BOROUGHS if code not in known]:
        kind = Team.Kind.BOROUGH
        Team.objects.bulk_create(Team(kind=kind, code=code, name=BOROUGHS[code], parent=force) for code in missing)
        # Whoever is appointed over the force may see its new boroughs at once.
        rights.sync_team(force, now=now)
        known = dict(Team.objects.filter(code__in=BOROUGHS).values_list("code", "pk"))
    return known
