"""Doors: a channel's life after launch."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import stories
from accounts.channels import visible_to
from accounts.models import Channel
from accounts.provisioning import moves
from accounts.provisioning.forms import MoveForm
from accounts.views_again import proved_recently


@require_GET
def life_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be done with it now."""
    return show(request, get_object_or_404(visible_to(request.user), pk=pk))


@require_POST
def move_life(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Letting a stopped channel go on, or ending it for good, asks once more who sits there; stopping never waits."""
    return (proved_recently(_move) if move in ("resume", "archive") else _move)(request, pk, move)


def _move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    one, wanted = get_object_or_404(visible_to(request.user), pk=pk), moves.BY_KEY.get(move)
    if wanted is None or wanted.key == "compromise":
        raise Http404  # the latter opens a hold too, which a higher room does
    moves.require(request.user, wanted, one)
    form = MoveForm(request.POST, move=wanted)
    if form.is_valid():
        try:
            moved = wanted.verb(channel=one, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{moved.public_name} is now “{moved.get_life_display().lower()}”.")
            return redirect("accounts:channel", pk)
    return show(request, one, at=wanted.key, wrong=form)


def show(request: HttpRequest, channel: Channel, *, at: str = "", wrong: Form | None = None) -> HttpResponse:
    """The page. at, wrong: the move whose form came back."""
    offered = moves.offered(request.user, channel)
    if not offered and wrong is None:
        raise PermissionDenied("The borough, the DMC or information security decides how this channel goes on.")
    ctx = {
        "channel": channel,
        "moves": [(move, wrong if move.key == at and wrong else MoveForm(move=move)) for move in offered],
        "wrong": wrong,
        "at": at,
        "life": stories.life_of(channel),
    }
    return render(request, "provisioning/life.html", ctx, status=422 if wrong is not None else 200)
