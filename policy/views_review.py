"""The reviewer's doors: the queue, one post at a time, three answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from policy import review, reviewers, sheet
from policy.forms import STARTERS, DecisionForm, SendBackForm
from policy.models import Override, Review, Submission
from policy.overrides import unsettled
from policy.queue import queue_for
from posts.models import Post


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    return render(request, "policy/queue.html", {"queue": queue_for(request.user)})


@require_GET
def review_one(request: HttpRequest, pk: int) -> HttpResponse:
    submission = _scoped(request, pk)
    reviewers.require_reviewer(submission, request.user)
    return review_page(request, submission)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, review.approve, "Approved")


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    submission = _scoped(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        reviewers.require_reviewer(submission, request.user)
        return review_page(request, submission, form)
    after = queue_for(request.user).after(pk)
    review.send_back(submission=submission, **form.cleaned_data, by=request.user, now=timezone.now())
    return _next(request, submission, "Sent back", after)


@require_POST
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, review.refer, "Left to the DMC")


def _decide(request: HttpRequest, pk: int, verb: Callable[..., Review], said: str) -> HttpResponse:
    """A decision that needs no reason: the fingerprint that was seen and, if wanted, a note."""
    submission = _scoped(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return review_page(request, submission, form)
    after = queue_for(request.user).after(pk)
    decided = verb(submission=submission, **form.cleaned_data, by=request.user, now=timezone.now())
    if decided.decision == Review.Decision.APPROVE and submission.closed_at is None:
        said = "Agreed, and left to a second person"
    return _next(request, submission, said, after)


def _scoped(request: HttpRequest, pk: int) -> Submission:
    """A submission of a post this person may see; 404 for everybody else."""
    seen = Submission.objects.filter(post__in=Post.objects.visible_to(request.user))
    related = seen.select_related("post__team__parent__parent", "post__author", "version", "by")
    submission: Submission = get_object_or_404(related, pk=pk)
    return submission


def review_page(
    request: HttpRequest,
    submission: Submission,
    form: DecisionForm | None = None,
    *,
    override_form: DecisionForm | None = None,
    override: Override | None = None,
) -> HttpResponse:
    """One submission as it stands, with what was wrong in the answer that did not go through."""
    reviewers.require_reviewer(submission, request.user)
    queue = queue_for(request.user)
    before, after = queue.neighbours(submission.pk)
    page: dict[str, Any] = {
        "sheet": sheet.for_reviewer(submission, user=request.user, now=timezone.now()),
        "for_dmc": reviewers.decides_for_dmc(submission, request.user),
        "place": queue.place(submission.pk),
        "waiting": len(queue.items),
        "before": before,
        "after": after,
        "form": form,
        "asked": unsettled(submission),
        "override_form": override_form,
        "override": override,
        "reasons": [(reason, label, STARTERS[Review.Reason(reason)]) for reason, label in Review.Reason.choices],
    }
    return render(request, "policy/review.html", page, status=422 if form or override_form else 200)


def _next(request: HttpRequest, submission: Submission, done: str, after: int | None) -> HttpResponse:
    messages.success(request, f"{done}: {submission.post.author}, {submission.post.team.full_name}.")
    return redirect("policy:review", pk=after) if after else redirect("policy:queue")
