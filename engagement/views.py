"""Doors: what a patch, a ward and a borough told people, what came back, and what the survey says."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.channels import teams_for, visible_to
from accounts.models import Channel, Team, User
from engagement import dashboard, followed, insight_words, pages, pages_area, periods, wording
from engagement.models import Measure
from engagement.pages_area import Asked
from engagement.periods import Period
from posts import pictures
from posts.models import Media, Post, VersionPicture
from publishing.models import Delivery

A_PAGE = 12
FIRST_MEASURE = "informed"


class Choice(NamedTuple):
    """A row of filters. options: (words, address, whether it is the one chosen)."""

    name: str
    options: list[tuple[str, str, bool]]


@require_GET
def patch(request: HttpRequest) -> HttpResponse:
    """Who looks after one team alone goes straight to it."""
    teams = list(teams_for(request.user, "view_team").prefetch_related("parent__parent"))
    if len(teams) == 1:
        return redirect(page_of(teams[0]), teams[0].code)
    whole = any(team.kind in (Team.Kind.BOROUGH, Team.Kind.FORCE) for team in teams)
    return render(request, "engagement/patch.html", {"page": pages.patch(teams, now=timezone.now()), "whole": whole})


@require_GET
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """Any team that speaks for itself: a ward, a unit, and a borough's own account."""
    team = ward_for(request.user, code)
    page = pages.ward(team, period_of(request), network=network_of(request), force=the_force())
    shown = Paginator(pages.posts_of(page), A_PAGE).get_page(request.GET.get("page"))
    told = dashboard.told_of([row["target__post"] for row in shown], network=page.network)
    prefetch_related_objects([post.version for post in told], "pictures")
    context = {
        "page": page,
        "shown": shown,
        "told": told,
        "followed": followed.of_channels(page.place.channels, now=page.now),
        "choices": choices(request),
        "alone": only_team(request.user),
    }
    return render(request, "engagement/ward.html", context | {"open": pages.visible_posts(request.user, told)})


@require_GET
def borough(request: HttpRequest, code: str) -> HttpResponse:
    team = borough_for(request.user, code)
    seen = list(teams_for(request.user, "view_team").values_list("pk", flat=True))
    facts = {"seen": seen, "network": network_of(request), "force": the_force()}
    page = pages_area.borough(team, asked_of(request), period_of(request), **facts)
    context = {"page": page, "choices": choices(request), "alone": only_team(request.user)}
    return render(request, "engagement/borough.html", context)


@require_GET
def force(request: HttpRequest) -> HttpResponse:
    team, network = force_for(request.user), network_of(request)
    page = pages_area.force(team, asked_of(request), period_of(request), network=network)
    return render(request, "engagement/force.html", {"page": page, "choices": choices(request)})


@require_GET
def post_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment for the post's page; asked again every minute while the networks are still being asked."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    lines = dashboard.lines_of(post.pk)
    own = insight_words.of_lines(lines)
    told = [(line, wording.sentences(line), own.get(line.delivery.pk, [])) for line in lines]
    template = "engagement/_post_numbers.html" if request.htmx else "engagement/post_numbers.html"
    return render(request, template, {"post": post, "told": told})


@require_GET
def channel_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment for the channel's page: who follows it, and what its network tells it alone."""
    channel = get_object_or_404(visible_to(request.user), pk=pk)
    now = timezone.now()
    context = {
        "channel": channel,
        "followed": followed.of_channels([channel], now=now)[0],
        "insights": insight_words.of_channel(channel, since=periods.day_of(now) - insight_words.LATELY),
        "page": page_of(channel.team),
    }
    template = "engagement/_channel_numbers.html" if request.htmx else "engagement/channel_numbers.html"
    return render(request, template, context)


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture that is public on a network, for those who may look at its team's numbers."""
    public = Delivery.objects.filter(
        state=Delivery.State.PUBLISHED, target__channel__team__in=teams_for(request.user, "view_team").values("pk")
    )
    shown = VersionPicture.objects.filter(version__deliveries__in=public).values("media")
    media = get_object_or_404(Media.objects.filter(pk__in=shown), pk=pk)
    headers = {
        "ETag": f'"{media.sha256}"',
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(pictures.read(media), content_type=media.mime, headers=headers)


def only_team(user: User) -> Team | None:
    """The one team this person looks after, where there is one only: they have no patch to go back to."""
    teams = list(teams_for(user, "view_team")[:2])
    return teams[0] if len(teams) == 1 else None


def ward_for(user: User, code: str) -> Team:
    """Raises Http404 for a team whose numbers this person may not see."""
    return get_object_or_404(teams_for(user, "view_team").select_related("parent__parent"), code=code)


def borough_for(user: User, code: str) -> Team:
    """A borough is open to whoever may see one of its teams: its figures and the posts shown are public."""
    mine = teams_for(user, "view_team").values("pk")
    boroughs = Team.objects.filter(Q(pk__in=mine) | Q(pk__in=Team.objects.filter(pk__in=mine).values("parent")))
    return get_object_or_404(boroughs.select_related("parent"), kind=Team.Kind.BOROUGH, code=code)


def force_for(user: User) -> Team:
    """Raises Http404 for who does not look after the whole force."""
    return get_object_or_404(teams_for(user, "view_team"), kind=Team.Kind.FORCE)


def the_force() -> Team | None:
    """What every team's posts stand beside."""
    return Team.objects.filter(kind=Team.Kind.FORCE).first()


def network_of(request: HttpRequest) -> str:
    """The choice in the address; empty: every network."""
    asked = request.GET.get("network", "")
    return asked if asked in Channel.Network.values else ""


def choices(request: HttpRequest) -> list[Choice]:
    """What the address can ask for, each with the address that asks for it and keeps the rest."""
    days = [(str(days), "12 months" if days == 365 else f"{days} days") for days in periods.CHOICES]
    networks = [("", "All networks"), *Channel.Network.choices]
    chosen = {"days": str(period_of(request).days), "network": network_of(request)}
    measure = {"measure": request.GET["measure"]} if request.GET.get("measure") else {}

    def address(**change: str) -> str:
        asked = {name: value for name, value in {**measure, **chosen, **change}.items() if value}
        return f"?{urlencode(asked)}"

    return [
        Choice("Period", [(name, address(days=key), key == chosen["days"]) for key, name in days]),
        Choice("Network", [(name, address(network=key), key == chosen["network"]) for key, name in networks]),
    ]


def period_of(request: HttpRequest) -> Period:
    """The choice in the address, or the shortest."""
    asked = request.GET.get("days", "")
    days = next((days for days in periods.CHOICES if str(days) == asked), 30)
    return periods.last(days, now=timezone.now())


def asked_of(request: HttpRequest) -> Asked:
    """The question in the address, or the first, of all."""
    measures = list(Measure.objects.all())
    by_code = {measure.code: measure for measure in measures}
    return Asked(by_code.get(request.GET.get("measure", "")) or by_code[FIRST_MEASURE], measures)


def measure_of(request: HttpRequest) -> Measure:
    return asked_of(request).measure


def page_of(team: Team) -> str:
    return "engagement:borough" if team.kind == Team.Kind.BOROUGH else "engagement:ward"
