"""Doors to the second looks: what waits, one of them, and how far people agree."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.channels import channels_for
from accounts.keys import key_in
from accounts.models import User
from policy import agreement, calibrating, sheet
from policy.forms_calibration import LookForm
from policy.models import SecondLook

AT_ONCE = 40


@require_GET
def second_looks(request: HttpRequest) -> HttpResponse:
    _require_reviewer(request.user)
    looks = calibrating.waiting_for(request.user, now=timezone.now())
    shown = looks.select_related("review__version__post__team__parent")[:AT_ONCE]
    return render(request, "policy/second_looks.html", {"looks": shown, "count": looks.count()})


@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """The update as it stood when it was decided on, and nothing of what was decided."""
    now = timezone.now()
    _require_reviewer(request.user)
    waiting = SecondLook.objects.select_related("review__version__post__team__parent__parent", "review__submission")
    look = get_object_or_404(waiting, pk=pk)
    if not look.decision and not calibrating.waiting_for(request.user, now=now).filter(pk=pk).exists():
        raise Http404
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            calibrating.judge(look=look, **form.cleaned_data, by=request.user, now=now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Kept beside the first decision. Nothing changes for the update.")
            return redirect("policy:second_looks")
    if look.decision:
        return redirect("policy:second_looks")
    page = {"look": look, "sheet": sheet.for_second_look(look, now=now), "form": form}
    return render(request, "policy/second_look.html", page, status=422 if form.errors else 200)


@require_GET
def agreeing(request: HttpRequest) -> HttpResponse:
    """One's own agreement, that of all together, and for the head one person at a time."""
    _require_reviewer(request.user)
    now, everybody = timezone.now(), agreement.sees_everybody(request.user)
    chosen = request.user
    if "of" in request.GET:
        if not everybody:
            raise PermissionDenied("Another person's agreement is seen by that person and the head of DMC.")
        chosen = get_object_or_404(User, pk=key_in(request.GET["of"]) or 0)
    known, own = agreement.pairs(now=now), agreement.pairs(now=now, reviewer=chosen)
    page = {
        "chosen": chosen,
        "own": agreement.in_all(own),
        "apart": [pair for pair in own if pair.ready[0] != pair.ready[1]][:AT_ONCE],
        "all": agreement.in_all(known),
        "reasons": agreement.by_reason(known),
        "rules": agreement.by_rule(known),
        "reviewers": agreement.reviewers() if everybody else [],
    }
    return render(request, "policy/agreement.html", page)


def _require_reviewer(user: User) -> None:
    if not any(channels_for(user, right).exists() for right in ("review_for", "review_dmc")):
        raise PermissionDenied("Second looks are for those who review.")
