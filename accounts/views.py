"""Doors: the force's channels, one channel's page, and the walk that connects it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import channels as register
from accounts import connecting, held, stories
from accounts.forms import PageForm, WayForm
from accounts.models import Channel, Connection, Team
from accounts.provisioning import applying, moves
from accounts.provisioning import register as official
from accounts.provisioning.forms import ApplicationForm
from accounts.rights import require
from accounts.views_again import proved_recently
from platforms.errors import PlatformError

DAY = timedelta(days=1)
PER_PAGE = 60
TEAMS_SHOWN = 12
UNSAFE_SHOWN = 12
# So few need no search.
FEW = 6
WALKS = "walks"


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    mine = register.visible_to(request.user).exclude(life__in=[*Channel.BEFORE_LAUNCH, Channel.Life.REFUSED])
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    shown = register.matching(mine, words)
    if state in Channel.State.values:
        shown = shown.filter(state=state)
    # By name and borough: two wards of one name must not be mixed into one group.
    shown = shown.order_by("team__name", "team__parent__name", "team", "-network", "handle")
    counts, rights = register.counts(mine), held.anywhere(request.user, {*register.MAY_ASK, *official.RIGHTS})
    ctx = {
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "unsafe": [] if words or state else register.unsafe(mine)[:UNSAFE_SHOWN],
        "searchable": bool(words or state) or sum(counts.values()) > FEW,
        "q": words,
        "state": state,
        "states": Channel.State.choices,
        "day_ago": timezone.now() - DAY,
        "may_ask": not rights.isdisjoint(register.MAY_ASK),
        "reads_register": not rights.isdisjoint(official.RIGHTS),
    }
    return render(request, "accounts/channels.html", ctx)


@require_GET
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(register.visible_to(request.user), pk=pk)
    now = timezone.now()
    ctx = {
        "channel": one,
        "people": register.speakers(one, now=now),
        "day_ago": now - DAY,
        "life": stories.life_of(one),
        "may_connect": request.user.has_perm("accounts.connect", one),
        "may_stop": request.user.has_perm("accounts.review_dmc", one),
        "login": getattr(one, "credential", None),
        "may_move": bool(moves.offered(request.user, one)),
        "way": getattr(one, "application", None),
        "profile": one.profile_checks.first(),
    }
    return render(request, "accounts/channel.html", ctx)


@require_http_methods(["GET", "POST"])
def open_channel(request: HttpRequest) -> HttpResponse:
    """Ask for a channel: whose it is, then why and who keeps it."""
    if "team" not in request.GET:
        return _find_team(request)
    team = get_object_or_404(register.teams_for(request.user, "view_team"), code=request.GET["team"])
    if not applying.may_apply(request.user, team):
        raise PermissionDenied("A borough manager or the DMC asks for a channel.")
    form = ApplicationForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            made = applying.apply(
                team=team,
                network=form.cleaned_data["network"],
                answers=form.answers(),
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"You have asked for {made.channel}. The borough signs first.")
            return redirect("application", made.channel_id)
    voices = team.channels.exclude(life=Channel.Life.REFUSED).order_by("-network")
    ctx = {"team": team, "form": form, "voices": voices, "day_ago": timezone.now() - DAY}
    return render(request, "accounts/open_channel.html", ctx, status=422 if form.errors else 200)


def _find_team(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    if not register.asking_for(request.user).exists():
        raise PermissionDenied("A borough manager or the DMC asks for a channel.")
    found = register.find_teams(request.user, words) if words else Team.objects.none()
    ctx = {"q": words, "teams": found[:TEAMS_SHOWN], "more": max(0, found.count() - TEAMS_SHOWN)}
    return render(request, "accounts/_teams.html" if request.htmx else "accounts/find_team.html", ctx)


@proved_recently
@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(register.visible_to(request.user), pk=pk)
    require(request.user, "connect", one)
    form, trouble = WayForm(request.POST or None, channel=one), ""
    if request.method == "POST" and form.is_valid():
        try:
            walk, _ = connecting.begin(
                channel=one,
                connector=form.cleaned_data["connector"],
                callback_url=_way_back(),
                by=request.user,
                now=timezone.now(),
            )
        except PlatformError as failure:
            trouble = failure.reason
        else:
            request.session[WALKS] = [*request.session.get(WALKS, []), walk.pk][-10:]
            return redirect("accounts:leave", walk.pk)
    status = 503 if trouble else 422 if form.errors else 200
    return render(request, "accounts/connect.html", {"channel": one, "form": form, "trouble": trouble}, status=status)


@never_cache
@require_GET
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Off to the network. Not a redirect: the browser's form-action rule would follow the form to another house."""
    walks = Connection.objects.open(timezone.now()).filter(by=request.user, pk__in=request.session.get(WALKS, []))
    walk = get_object_or_404(walks.select_related("channel"), pk=pk)
    require(request.user, "connect", walk.channel)  # it may have ended since the walk began
    if walk.returned_at is not None:
        return redirect("accounts:channel", walk.channel_id)
    url = connecting.way_out(walk)
    answer = render(request, "accounts/leave.html", {"channel": walk.channel, "url": url})
    answer["Refresh"] = f"0; url={url}"
    return answer


@never_cache
@require_GET
def connected(request: HttpRequest) -> HttpResponse:
    """Where a network sends the person back to."""
    outcome = connecting.finish(
        params=request.GET.dict(),
        begun=request.session.get(WALKS, []),
        callback_url=_way_back(),
        by=request.user,
        now=timezone.now(),
    )
    return _arrive(request, outcome)


@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    walks = Connection.objects.open(timezone.now()).filter(by=request.user, pk__in=request.session.get(WALKS, []))
    walk = get_object_or_404(walks.filter(returned_at__isnull=False).select_related("channel__team"), pk=pk)
    require(request.user, "connect", walk.channel)
    form = PageForm(request.POST or None, pages=connecting.choices(walk))
    if request.method == "POST" and form.is_valid():
        page = form.cleaned_data["page"]
        outcome = connecting.choose(connection=walk, external_id=page, by=request.user, now=timezone.now())
        return _arrive(request, outcome)
    ctx = {"channel": walk.channel, "form": form}
    return render(request, "accounts/choose.html", ctx, status=422 if form.errors else 200)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(register.visible_to(request.user), pk=pk)
    outcome = connecting.check(channel=one, by=request.user, now=timezone.now())
    if outcome.problem:
        messages.warning(request, outcome.problem)
    else:
        network = one.get_network_display()
        messages.success(request, f"{network} answered: this is {outcome.channel.public_name}, and it may publish.")
    return redirect("accounts:channel", pk)


def _arrive(request: HttpRequest, outcome: connecting.Outcome) -> HttpResponse:
    if outcome.choosing is not None:
        return redirect("accounts:choose", outcome.choosing.pk)
    if outcome.problem:
        messages.warning(request, f"{outcome.problem} Nothing was changed.")
    else:
        messages.success(request, f"{outcome.channel} is connected and may publish.")
    return redirect("accounts:channel", outcome.channel.pk)


def _way_back() -> str:
    return f"{settings.BASE_URL}{reverse('accounts:connected')}"
