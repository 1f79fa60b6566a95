"""Doors: the map of boroughs and wards, with its table as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.channels import teams_for
from accounts.models import AreaShape, Team, User
from engagement import mapping
from engagement.mapping import Area, Kind, Survey, Tile
from engagement.models import Measure
from engagement.views import borough_for, measure_of, only_team
from engagement.views_tables import as_file


@dataclass(frozen=True)
class MapPage:
    """borough: whose wards are shown; None: boroughs are. every_ward: all wards at once, by borough."""

    kind: Kind
    borough: Team | None
    areas: list[Area]
    survey: Survey | None
    now: datetime

    @property
    def box(self) -> str:
        return mapping.box(self.areas)

    @property
    def tiles(self) -> list[Tile]:
        return [] if self.borough or self.box else mapping.tiles(self.areas)

    @property
    def undrawn(self) -> int:
        return sum(area.shape is None for area in self.areas)

    @property
    def steps(self) -> list[mapping.Step]:
        """Only the shades that are there to be seen."""
        seen = {area.key for area in self.areas}
        return [step for step in mapping.steps_of(self.kind) if step.key in seen]

    @property
    def closed(self) -> bool:
        return any(area.value is None for area in self.areas)

    @property
    def period(self) -> str:
        return mapping.since_words(self.now)


@require_GET
def area_map(request: HttpRequest) -> HttpResponse:
    context = {
        "page": _page(request),
        "kinds": mapping.KINDS,
        "measures": list(Measure.objects.all()),
        "alone": only_team(request.user),
    }
    return render(request, "engagement/map.html", context)


@require_GET
def map_table(request: HttpRequest) -> HttpResponse:
    page = _page(request)
    where = page.borough.name if page.borough else "boroughs"
    return as_file(mapping.table(page.kind, page.areas), "map", page.kind.key, where)


def _page(request: HttpRequest) -> MapPage:
    kind, now = mapping.kind_of(request.GET.get("show", "")), timezone.now()
    borough = None
    if (code := request.GET.get("borough", "")) and not kind.boroughs_only:
        borough = borough_for(request.user, code)
    mine, shown = _shown(request.user, borough)
    survey = None
    if kind.boroughs_only:
        found, survey = mapping.survey_values(measure_of(request), shown)
    else:
        inside = _inside(shown, mine)
        found = mapping.values(kind, [team for team in shown if _may_see(team, mine, inside)], inside, now=now)
    shapes = {one.team_id: one for one in AreaShape.objects.filter(team__in=[team.pk for team in shown])}
    return MapPage(kind, borough, mapping.lay(shown, found, shapes), survey, now)


def _shown(user: User, borough: Team | None) -> tuple[set[int], list[Team]]:
    """The keys of this person's teams, and the areas to draw: boroughs of those teams, or the wards of one borough."""
    teams = list(teams_for(user, "view_team"))
    mine = {team.pk for team in teams}
    if borough is not None:
        wards = Team.objects.filter(parent=borough, kind=Team.Kind.WARD).select_related("parent")
        return mine, list(wards)
    around = {team.parent_id for team in teams if team.kind == Team.Kind.WARD}
    boroughs = Team.objects.filter(Q(pk__in=mine) | Q(pk__in=around), kind=Team.Kind.BOROUGH)
    found = list(boroughs.select_related("parent"))
    if not found:
        raise Http404
    return mine, found


def _inside(shown: list[Team], mine: set[int]) -> list[Team]:
    """The shown teams and those below them that this person may look at."""
    keys = [team.pk for team in shown]
    below = Team.objects.filter(Q(pk__in=keys) | Q(parent__in=keys)).select_related("parent")
    return [team for team in below if team.pk in mine]


def _may_see(team: Team, mine: set[int], inside: list[Team]) -> bool:
    """A borough is shaded for what one may see of it; a ward only where it is one's own."""
    return team.pk in mine or any(one.parent_id == team.pk for one in inside)
