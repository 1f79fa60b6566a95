"""Doors: the calendar, moving a post in it, and the private address of one's own feed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.channels import channels_for, red_for
from accounts.models.people import LONDON
from posts import schedule
from posts.models import Post
from posts.reading import may_write
from posts.versions import may_reopen
from publishing import calendar, feed, moving
from publishing.forms import MoveForm
from publishing.models import CalendarKey


@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    if not channels_for(request.user, "see_posts").exists():
        raise PermissionDenied("The calendar is for those who look after posts.")
    now = timezone.now()
    view = request.GET.get("view", "")
    view = view if view in calendar.VIEWS else calendar.WEEK
    today = now.astimezone(LONDON).date()
    asked = calendar.span(view, _day(request.GET.get("day", "")) or today)
    teams = calendar.teams(request.user)
    team = next((one for one in teams if one.code == request.GET.get("team")), None)
    days = calendar.days(request.user, asked, team)
    page = {
        "days": days,
        "weeks": [days[start : start + 7] for start in range(0, len(days), 7)],
        "count": sum(day.count for day in days if day.here),
        "span": asked,
        "today": today,
        "views": calendar.VIEWS.items(),
        "teams": teams,
        "team": team,
        "movable": "draft_for" if channels_for(request.user, "draft_for").exists() else "",
        "red": red_for(request.user),
        "now": now,
    }
    return render(request, "publishing/calendar.html", page)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To a new time. Says first what that does to an approval."""
    posts = Post.objects.visible_to(request.user).select_related("current", "team__parent")
    post: Post = get_object_or_404(posts.prefetch_related("targets__channel"), pk=pk)
    if not may_write(request.user, post) or not may_reopen(request.user, post):
        raise PermissionDenied("Only who writes for its channels moves it; what is approved only who may send it.")
    now = timezone.now()
    form = MoveForm(request.POST or None, now=now, initial=_wanted(request, post, now))
    if request.method == "POST" and form.is_valid():
        try:
            moved = moving.move(post=post, publish_at=form.cleaned_data["publish_at"], by=request.user, now=now)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, "Moved. It is a draft at its new time; send it on its way when it is ready.")
            return redirect("posts:post", pk=moved.pk)
    voids = post.state in moving.VOIDS
    page = {"post": post, "form": form, "voids": voids, "now": now}
    return render(request, "publishing/move.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
def address(request: HttpRequest) -> HttpResponse:
    """One's own feed: make its address (told once), or revoke it."""
    now, made = timezone.now(), ""
    if request.method == "POST" and request.POST.get("do") == "revoke":
        feed.revoke_key(user=request.user, now=now)
        messages.success(request, "Revoked. The old address answers no more.")
        return redirect("publishing:calendar_address")
    if request.method == "POST":
        key = feed.make_key(user=request.user, now=now)
        made = settings.BASE_URL + reverse("publishing:feed", kwargs={"token": key})
    kept = CalendarKey.objects.filter(user=request.user, revoked_at__isnull=True).first()
    return render(request, "publishing/calendar_address.html", {"made": made, "kept": kept, "now": now})


@login_not_required
@require_safe
@never_cache
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, to whoever has its address."""
    user = feed.owner_of(token)
    if user is None:
        raise Http404
    return HttpResponse(feed.render(user, now=timezone.now()), content_type="text/calendar; charset=utf-8")


def _day(text: str) -> date | None:
    """None for what is no day, and for the far ends of time, around which there are no whole weeks to show."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _wanted(request: HttpRequest, post: Post, now: datetime) -> dict[str, object]:
    """What the form begins with: the day it was dragged to, at the hour it had."""
    stands = post.current.publish_at if post.current and post.current.publish_at else now + timedelta(days=1)
    local = stands.astimezone(schedule.LONDON)
    return {"day": _day(request.GET.get("day", "")) or local.date(), "clock": local.time().replace(second=0)}
