"""Doors to the times: what is on, what is coming, what two people decide; and the live cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import teams_for
from accounts.models import Team
from policy import keeping, live_cases, periods
from policy.forms_times import OutcomeForm, PeriodForm
from policy.models import LiveCase, Period
from posts.models import Post

PER_PAGE = 50


@require_GET
def times(request: HttpRequest) -> HttpResponse:
    """Elections, mourning and known events: on now, coming, and the last ones past."""
    now = timezone.now()
    standing = list(periods.coming(now))
    on = [period for period in standing if period.has_begun(now)]
    page = {
        "waiting": [period for period in standing if period.agreed_at is None],
        "on": on,
        "coming": [period for period in standing if period.agreed_at is not None and period not in on],
        "past": periods.past(now)[:10],
        "keeps": keeping.may_keep(request.user),
    }
    return render(request, "policy/times.html", page)


@require_http_methods(["GET", "POST"])
def new_time(request: HttpRequest) -> HttpResponse:
    keeping.require_keeper(request.user)
    form = PeriodForm(request.POST if request.method == "POST" else None, teams=_places(request))
    if request.method == "POST" and form.is_valid():
        try:
            period = periods.enter(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _entered(period))
            return redirect("policy:times")
    return render(request, "policy/new_time.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def agree_time(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, periods.agree, "Agreed. What is planned into its days is judged again.")


@require_POST
def ask_close_time(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, periods.ask_close, "Asked. It stays on until a second person closes it.")


@require_POST
def close_time(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, periods.close, "Closed. It no longer counts.")


@require_GET
def live_case_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(live_cases.open_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "policy/live_cases.html", {"page": page})


@require_http_methods(["GET", "POST"])
def close_live_case(request: HttpRequest, pk: int) -> HttpResponse:
    seen = LiveCase.objects.filter(post__in=Post.objects.visible_to(request.user))
    case = get_object_or_404(seen.select_related("post__team__parent", "post__current", "closed_by"), pk=pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        live_cases.close(case=case, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, f"Closed: {case.get_outcome_display().lower()}.")
        return redirect("policy:live_cases")
    page = {"case": case, "form": form, "may_close": live_cases.may_close(request.user, case.post)}
    return render(request, "policy/close_live_case.html", page, status=422 if form.errors else 200)


@require_POST
def put_on_live_case(request: HttpRequest, pk: int) -> HttpResponse:
    """A person knows what no word tells: this update is about a live case."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("team__parent"), pk=pk)
    try:
        live_cases.put_on(post=post, why=request.POST.get("why", ""), by=request.user, now=timezone.now())
    except ValidationError as silent:
        messages.warning(request, " ".join(silent.messages))
    else:
        messages.success(request, "Marked as a live case until somebody says how it ended.")
    return redirect("posts:post", pk=post.pk)


@require_GET
def times_of_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment: what is on when and where this post goes out, and whether its case is live."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("team__parent", "current"), pk=pk)
    if not request.htmx:
        return redirect("posts:post", pk=post.pk)
    now = timezone.now()
    at = max(post.current.publish_at or now, now) if post.current else now
    case = live_cases.of(post)
    may_mark = case is None and post.state == Post.State.SENT and live_cases.may_close(request.user, post)
    page = {"on": periods.over(post.team, at=at, now=now), "case": case, "post": post, "may_mark": may_mark}
    return render(request, "policy/_times_of_post.html", page)


def _do(request: HttpRequest, pk: int, verb: Callable[..., Any], said: str) -> HttpResponse:
    keeping.require_keeper(request.user)
    verb(period=get_object_or_404(Period, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, said)
    return redirect("policy:times")


def _entered(period: Period) -> str:
    if period.is_weighty:
        return "Entered. It counts once a second person has agreed."
    return "It is in the calendar. Everybody there sees it on its days."


def _places(request: HttpRequest) -> Any:
    """Where a period can be: the force, a borough, a ward."""
    geography = teams_for(request.user, "keep_policy").filter(
        kind__in=[Team.Kind.FORCE, Team.Kind.BOROUGH, Team.Kind.WARD]
    )
    return geography.order_by("parent__parent__name", "parent__name", "name", "code")
