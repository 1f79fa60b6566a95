"""Doors: ask for a channel, look at its profile."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import asking_for, matching, teams_for, visible_to
from accounts.models import Application, Channel, Signature, Team
from accounts.provisioning import applying, board, identity, waiting
from accounts.provisioning.forms import ApplicationForm
from platforms.errors import PlatformError

PER_PAGE = 48


@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Every channel by stage, what waits for whom since when; what waits for this person first."""
    now, asked = timezone.now(), request.GET
    everything = board.on_board(request.user, now=now)
    stage, borough, mine = asked.get("stage", ""), asked.get("borough", ""), asked.get("mine") == "1"
    words = asked.get("q", "").strip()
    found = matching(everything, words)
    if borough:
        found = board.of_borough(found, borough)
    if mine:
        found = found.filter(turn=1)
    numbers = board.counts(found)
    if stage in board.BY_KEY:
        found = board.in_column(found, board.BY_KEY[stage])
    page = Paginator(board.in_order(found), PER_PAGE).get_page(asked.get("page"))
    ctx = {
        "page": page,
        "cards": board.cards(list(page.object_list), request.user, now=now),
        "columns": [(column, numbers.get(column.key, 0)) for column in board.COLUMNS if numbers.get(column.key)],
        "total": sum(numbers.values()),
        "waiting": everything.filter(turn=1).count(),
        "boroughs": teams_for(request.user, "view_team").filter(kind=Team.Kind.BOROUGH),
        "stage": stage, "borough": borough, "mine": mine, "q": words,
        "may_ask": asking_for(request.user).exists(),
    }  # fmt: skip
    return render(request, "provisioning/board.html", ctx)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an application says, or answer what came back."""
    mine = Application.objects.filter(channel__in=visible_to(request.user).values("pk"))
    found = get_object_or_404(mine.select_related("channel__team__parent", "made_by"), channel=pk)
    team = found.channel.team
    if not applying.may_apply(request.user, team):
        raise PermissionDenied("A borough manager or the DMC asks for a channel.")
    form = ApplicationForm(request.POST if request.method == "POST" else None, team=team, application=found)
    if request.method == "POST" and form.is_valid():
        try:
            applying.amend(application=found, answers=form.answers(), by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Sent. What was signed of a changed answer waits for its signature again.")
            return redirect("application", pk)
    returned = [one for one in waiting.standing(found).values() if one.decision == Signature.Decision.RETURNED]
    ctx = {"application": found, "team": team, "form": form, "returned": returned}
    return render(request, "provisioning/amend.html", ctx, status=422 if form.errors else 200)


@require_POST
def check_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the network what the public sees."""
    one = get_object_or_404(visible_to(request.user), pk=pk)
    try:
        found = identity.check(channel=one, by=request.user, now=timezone.now())
    except PlatformError as trouble:
        messages.warning(request, trouble.reason)
    else:
        wrong = sum(not finding["good"] for finding in found.findings)
        said = f"{wrong} thing{'s' if wrong != 1 else ''} to mend" if wrong else "everything is as it should be"
        messages.success(request, f"{one.get_network_display()} answered: {said}.")
    return _to_its_page(one)


def _to_its_page(channel: Channel) -> HttpResponse:
    before = channel.life in Channel.BEFORE_LAUNCH and Application.objects.filter(channel=channel).exists()
    return redirect("application" if before else "accounts:channel", channel.pk)
