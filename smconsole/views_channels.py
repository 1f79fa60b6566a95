"""Doors: the way to a channel gate by gate. Here, because each room knows something about a gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import stories
from accounts.channels import visible_to
from accounts.models import Application, Channel
from accounts.provisioning import applying, identity, moves, ownership, signing, steps, views_life
from accounts.provisioning.forms import MoveForm, ReasonForm, SignForm
from accounts.provisioning.gates import SEATS
from accounts.views_again import proved_recently
from policy import endangered, launching, practice_gate

# What is known about the gates, by room.
PARTS = (*ownership.PARTS, practice_gate.PART, identity.PART, launching.PART)


@require_GET
def application(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@proved_recently
@require_POST
def sign_gate(request: HttpRequest, pk: int, seat: str) -> HttpResponse:
    found, form = _visible(request, pk), SignForm(request.POST, seat=_known(seat))

    def sign(**said: Any) -> None:
        signing.sign(application=found, seat=seat, parts=PARTS, by=request.user, now=timezone.now(), **said)

    return _do(request, found, seat, form, sign, "Signed.")


@require_POST
def return_gate(request: HttpRequest, pk: int, seat: str) -> HttpResponse:
    found, form = _visible(request, pk), _return_form(_known(seat), request)

    def send_back(**said: Any) -> None:
        signing.send_back(application=found, seat=seat, by=request.user, now=timezone.now(), **said)

    return _do(request, found, seat, form, send_back, "Sent back. Whoever asked for it was told.")


@require_POST
def refuse_application(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _visible(request, pk), _refuse_form(request)

    def refuse(**said: Any) -> None:
        applying.refuse(application=found, by=request.user, now=timezone.now(), **said)

    return _do(request, found, "refuse", form, refuse, "Not granted. Whoever asked for it was told.")


@require_POST
def take_back_application(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    applying.take_back(application=found, by=request.user, now=timezone.now())
    messages.success(request, "Taken back. The handle is free again.")
    return redirect("application", pk)


@require_POST
def compromised(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it, end its login, and hold it at level 4: at once for the head of the DMC, else by asking them."""
    one, move = get_object_or_404(visible_to(request.user), pk=pk), moves.BY_KEY["compromise"]
    form, now = MoveForm(request.POST, move=move), timezone.now()
    moves.require(request.user, move, one)
    if not form.is_valid():
        return views_life.show(request, one, at=move.key, wrong=form)
    hit, opened = endangered.stop(channel=one, reason=form.cleaned_data["reason"], by=request.user, now=now)
    held = "A hold of level 4 is open for it." if opened else "The head of the DMC was asked for a hold of level 4."
    messages.success(request, f"{hit.public_name} is stopped and its login has ended. {held}")
    return redirect("accounts:channel", pk)


def _visible(request: HttpRequest, pk: int) -> Application:
    seen = visible_to(request.user).values("pk")
    shown = ("channel__team__parent__parent", "owner", "deputy", "mentor", "cover", "made_by")
    return get_object_or_404(Application.objects.filter(channel__in=seen).select_related(*shown), channel=pk)


def _known(seat: str) -> str:
    if seat not in SEATS:
        raise Http404
    return seat


def _do(
    request: HttpRequest, found: Application, at: str, form: Form, verb: Callable[..., None], done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            verb(**form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None if hasattr(refusal, "error_dict") else next(iter(form.fields)), refusal)
        else:
            messages.success(request, done)
            return redirect("application", found.channel_id)
    return _page(request, found, at=at, wrong=form)


def _page(request: HttpRequest, found: Application, *, at: str = "", wrong: Form | None = None) -> HttpResponse:
    now, user = timezone.now(), request.user
    shown = steps.steps(found, user, PARTS, now=now)
    ctx = {
        "application": found,
        "channel": found.channel,
        "headline": steps.headline(found, shown, user),
        "steps": [(step, _forms(step, at, wrong)) for step in shown],
        "life": stories.life_of(found.channel),
        "wrong": wrong,
        "returned": [place for step in shown for place in step.places if place.is_returned],
        "open": found.channel.life in found.channel.BEFORE_LAUNCH,
        "may_change": applying.may_apply(user, found.channel.team),
        "may_refuse": not applying.unable_to_refuse(user, found),
        "refuse": wrong if at == "refuse" else _refuse_form(),
        "profile": found.channel.profile_checks.first(),
        "may_look": _may_look(user, found.channel),
    }
    return render(request, "channels/application.html", ctx, status=422 if wrong is not None else 200)


def _may_look(user: Any, channel: Channel) -> bool:
    """At gate 5: at the profile of a channel that is connected, or to connect one that is not."""
    connected = channel.state == Channel.State.LIVE
    return identity.may_look(user, channel) if connected else bool(user.has_perm("accounts.connect", channel))


def _forms(step: steps.Step, at: str, wrong: Form | None) -> list[tuple[steps.Place, Form, Form]]:
    """For each seat that is this person's: how to sign, how to send back."""
    mine = [place for place in step.places if place.is_mine]
    return [(place, *_pair(place.seat.key, at, wrong)) for place in mine]


def _pair(seat: str, at: str, wrong: Form | None) -> tuple[Form, Form]:
    sign, back = SignForm(seat=seat), _return_form(seat)
    if at == seat and wrong is not None:
        return (wrong, back) if isinstance(wrong, SignForm) else (sign, wrong)
    return sign, back


def _return_form(seat: str, request: HttpRequest | None = None) -> ReasonForm:
    said = request.POST if request else None
    return ReasonForm(said, seat=f"{seat}_back", label="What is missing?", button="Send back")


def _refuse_form(request: HttpRequest | None = None) -> ReasonForm:
    said = request.POST if request else None
    label = "Why is there to be no channel here?"
    return ReasonForm(said, seat="refuse", label=label, button="Do not grant it", danger=True)
