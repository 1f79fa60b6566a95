"""Doors: where one is signed in, and for whoever looks after sign-ins, where others are."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import people, second_factor, sessions
from accounts.channels import teams_for
from accounts.models import User
from accounts.views_again import proved_recently

PER_PAGE = 40


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    key, now = request.session.session_key or "", timezone.now()
    if request.method == "POST":
        ended = sessions.end(user=request.user, by=request.user, reason="", keep=key, now=now)
        messages.success(request, f"Signed out in {ended} other {'place' if ended == 1 else 'places'}.")
        return redirect("accounts:sessions")
    places = sessions.places_of(request.user, current=key, now=now)
    return render(
        request, "accounts/sessions.html", {"sign_ins": places, "elsewhere": sum(not p.current for p in places)}
    )


@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    sessions.end_one(session=session, by=request.user, now=timezone.now())
    messages.success(request, "Signed out there.")
    return redirect("accounts:sessions")


@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Everybody who is signed in now; with words, everybody whom they fit."""
    if not teams_for(request.user, "end_sessions").exists():
        raise PermissionDenied("Only information security and administrators see who is signed in.")
    words = request.GET.get("q", "").strip()
    found = sessions.signed_in(request.user, now=timezone.now())
    if words:
        found = people.matching(found, words)
    ctx = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "q": words}
    return render(request, "accounts/signed_in.html", ctx)


@proved_recently
@require_http_methods(["GET", "POST"])
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's sign-ins, and two things that can be done about them."""
    person, refusal = _person(request, pk), None
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        try:
            ended = sessions.end(user=person, by=request.user, reason=reason, now=timezone.now())
        except ValidationError as refused:
            refusal = ("end", reason, refused.messages[0])
        else:
            messages.success(request, f"{person.display_name} is signed out in {ended} places and has been told.")
            return redirect("accounts:sessions_of", pk)
    return _show(request, person, refusal)


@proved_recently
@require_POST
def take_factor(request: HttpRequest, pk: int) -> HttpResponse:
    person, reason = _person(request, pk), request.POST.get("reason", "").strip()
    try:
        sessions.take_factor_away(user=person, by=request.user, reason=reason, now=timezone.now())
    except ValidationError as refused:
        return _show(request, person, ("factor", reason, refused.messages[0]))
    messages.success(request, f"{person.display_name} has no second factor any more and sets up a new one.")
    return redirect("accounts:sessions_of", pk)


def _person(request: HttpRequest, pk: int) -> User:
    if request.user.pk == pk:
        raise Http404  # one's own have a page of their own
    return get_object_or_404(sessions.within_reach(request.user), pk=pk)


def _show(request: HttpRequest, person: User, refusal: tuple[str, str, str] | None) -> HttpResponse:
    (form, reason, error), now = refusal or ("", "", ""), timezone.now()
    ctx = {
        "person": person,
        "sign_ins": sessions.places_of(person, current="", now=now),
        "has_factor": second_factor.has_one(person),
        "may_take_factor": sessions.looks_after_all(request.user, person, now=now),
        "refused": form,
        "reason": reason,
        "error": error,
    }
    return render(request, "accounts/sessions_of.html", ctx, status=422 if refusal else 200)
