"""Doors: what X costs, this month and by forecast; prices and budgets; the end of a pause; what one post costs."""

from __future__ import annotations

from calendar import monthrange

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import teams_for
from accounts.keys import key_in
from accounts.models import Team
from posts.models import Post
from publishing import budgeting, forecast, money, pausing, pricing, spending_chart
from publishing.forms_money import BudgetForm, PriceForm
from publishing.models import Budget, Pause, Price

ENDED = 5


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The whole force for who sees the whole force, else a person's own boroughs."""
    now, places = timezone.now(), _places(request)
    whole = any(team.kind == Team.Kind.FORCE for team in places)
    keys = None if whole else [team.pk for team in places]
    month = forecast.month(now=now, places=keys)
    first, today = money.month_start(now), money.utc_day(now)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    page = {
        "forecast": forecast.look(now=now, places=keys),
        "month": month,
        "chart": spending_chart.draw(month.days, first=first, last=last),
        "table": [(day, sum(kinds.values())) for day, kinds in sorted(month.days.items(), reverse=True)],
        "parts": spending_chart.PARTS,
        "rows": pricing.rows(places, now=now),
        "main": pricing.main(places, now=now),
        "whole": whole,
        "teams": places,
        "keeps": _keeps(request),
        "prices": pricing.table(today),
        "pause": money.paused(money.CHARGES[0]),
        "ended": Pause.objects.filter(resumed_at__isnull=False).select_related("resumed_by")[:ENDED],
        "today": today,
        "last": last,
        "now": now,
    }
    return render(request, "publishing/money.html", page)


@require_http_methods(["GET", "POST"])
def price(request: HttpRequest) -> HttpResponse:
    """A new price, by the administrator; those that were stay."""
    if not _keeps(request):
        raise PermissionDenied("Only an administrator of the force keeps the prices.")
    form = PriceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            budgeting.set_price(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, "Saved. It counts from its day on; earlier days stay as they were.")
            return redirect("publishing:money")
    known = Price.objects.select_related("set_by")[:40]
    return render(request, "publishing/price.html", {"form": form, "known": known}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """What a place may spend each month, by whoever keeps the channels of that place."""
    keeps = teams_for(request.user, "provision").filter(kind__in=budgeting.PLACES)
    team: Team = get_object_or_404(keeps, pk=pk)
    now = timezone.now()
    kept = Budget.objects.filter(team=team).select_related("set_by").first()
    form = BudgetForm(request.POST or None, budget=kept)
    if request.method == "POST" and form.is_valid():
        try:
            budgeting.set_budget(team=team, **form.cleaned_data, by=request.user, now=now)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, "Saved. What waits for money is asked about again within seconds.")
            return redirect("publishing:money")
    whole = team.kind == Team.Kind.FORCE
    seen = forecast.look(now=now, places=None if whole else [team.pk])
    page = {"form": form, "team": team, "kept": kept, "forecast": seen, "now": now}
    return render(request, "publishing/budget.html", page, status=422 if form.errors else 200)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    if not _keeps(request):
        raise PermissionDenied("Only an administrator of the force resumes a network.")
    row = get_object_or_404(Pause, pk=pk)
    pausing.resume(pause=row, by=request.user, now=timezone.now(), untested="untested" in request.POST)
    messages.success(request, f"{row.get_network_display()} goes on. What missed its time meanwhile needs a new one.")
    return redirect("publishing:money")


@require_GET
def cost(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment for writing and reviewing: what this post costs, and what a link makes of it."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("current", "team__parent"), pk=pk)
    return render(request, "publishing/_cost.html", {"estimate": pricing.estimate(post, now=timezone.now())})


@require_GET
def cost_of_draft(request: HttpRequest) -> HttpResponse:
    """The same for the writing page, which knows its post only once it is saved: ?post=<key>, or empty."""
    pk = key_in(request.GET.get("post"))
    return cost(request, pk) if pk is not None else HttpResponse()


def _places(request: HttpRequest) -> list[Team]:
    """The force and boroughs whose money this person sees. Raises PermissionDenied when there are none."""
    kinds = teams_for(request.user, "view_team").filter(kind__in=budgeting.PLACES)
    places = list(kinds.order_by("name"))
    if not places:
        raise PermissionDenied("Money is for who looks after a borough or the force.")
    return places


def _keeps(request: HttpRequest) -> bool:
    return bool(teams_for(request.user, "provision").filter(kind=Team.Kind.FORCE).exists())
