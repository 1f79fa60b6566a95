"""Doors to the table of who must agree: as it stands, as it stood on a day, and as a proposal would have it."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models.people import LONDON
from accounts.views_again import proved_recently
from policy import editions, keeping, proposals
from policy.forms_routes import DayForm, LineForm
from policy.models import Proposal
from policy.views_proposals import to_change


@require_GET
def routes(request: HttpRequest) -> HttpResponse:
    """Who must agree now or, with ?on=, at the end of a day."""
    now = timezone.now()
    form = DayForm(request.GET, today=timezone.localdate(now))
    day = form.cleaned_data["on"] if form.is_valid() else None
    moment = min(now, datetime.combine(day, time.max, tzinfo=LONDON)) if day else now
    page = {
        "lines": editions.in_force(moment).routes,
        "edition": editions.edition_at(moment),
        "form": form,
        "day": day,
        "keeps": keeping.may_keep(request.user),
    }
    return render(request, "policy/routes.html", page, status=422 if form.errors else 200)


@proved_recently
@require_http_methods(["GET", "POST"])
def proposal_routes(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as this proposal would have it, line by line."""
    found = to_change(request, pk)
    form = LineForm(request.POST if "keep" in request.POST else None)
    if request.method == "POST" and ("out" in request.POST or form.is_valid()):
        takes_out = "out" in request.POST
        key, agreement = (request.POST["out"], None) if takes_out else (form.key, form.cleaned_data["agreement"])
        try:
            proposals.change_route(proposal=found, key=key, agreement=agreement, by=request.user, now=timezone.now())
        except ValidationError as refused:
            if not takes_out:
                form.add_error(None, refused)
            return _table(request, found, form, list(refused.messages))
        messages.success(request, "Taken out in this proposal." if takes_out else "Kept in this proposal.")
        return redirect("policy:proposal_routes", pk=pk)
    return _table(request, found, form, [str(error) for errors in form.errors.values() for error in errors])


def _table(request: HttpRequest, found: Proposal, form: LineForm, problems: list[str]) -> HttpResponse:
    standing = {line.key: line for line in proposals.newest_law().routes}
    page = {
        "proposal": found,
        "lines": proposals.would_be(found).routes,
        "standing": standing.values(),
        "mine": found.closed_at is None and found.proposed_by_id == request.user.pk,
        "form": form,
        "problems": problems,
    }
    return render(request, "policy/proposal_routes.html", page, status=422 if problems else 200)
