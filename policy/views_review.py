"""The reviewer's doors: the queue, one post at a time, three answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.keys import key_in
from policy import calibrating, comments, pairs, review, reviewers, sheet
from policy.forms import SNIPPETS, STARTERS, CommentForm, DecisionForm, SendBackForm, SuggestForm
from policy.models import Override, Review, Submission
from policy.overrides import unsettled
from policy.queue import Queue, queue_for
from posts.models import Post

COVERS = "covers"  # in the session


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits. ?cover= names a colleague whose sergeants come first until further notice; empty ends it."""
    if "cover" in request.GET:
        request.session[COVERS] = key_in(request.GET["cover"])
        return redirect("policy:queue")
    looks = calibrating.waiting_for(request.user, now=timezone.now()).count()
    return render(request, "policy/queue.html", _queue_page(request, looks))


def _queue_page(request: HttpRequest, looks: int) -> dict[str, Any]:
    colleagues = pairs.colleagues(request.user)
    covered = next((one for one in colleagues if one.pk == request.session.get(COVERS)), None)
    return {"queue": queue_of(request), "looks": looks, "colleagues": colleagues, "covered": covered}


def queue_of(request: HttpRequest) -> Queue:
    """As this person has arranged it."""
    return queue_for(request.user, covers=request.session.get(COVERS))


@require_GET
def review_one(request: HttpRequest, pk: int) -> HttpResponse:
    return review_page(request, scoped(request, pk))


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """With a suggestion for the next time, where that form was sent."""
    if "suggest" in request.POST:
        return _decide(request, pk, review.approve, "Approved with a suggestion", SuggestForm)
    return _decide(request, pk, review.approve, "Approved")


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return with_reason(request, pk, review.send_back, "Sent back")


def with_reason(request: HttpRequest, pk: int, verb: Callable[..., Review], said: str) -> HttpResponse:
    """A no, with its reason and its sentence."""
    submission = scoped(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return review_page(request, submission, form, refused=verb.__name__)
    after = queue_of(request).after(pk)
    verb(submission=submission, **form.cleaned_data, by=request.user, now=timezone.now())
    return _next(request, submission, said, after)


@require_POST
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, review.refer, "Left to the DMC")


def _decide(
    request: HttpRequest,
    pk: int,
    verb: Callable[..., Review],
    said: str,
    shape: type[DecisionForm] = DecisionForm,
) -> HttpResponse:
    """A decision that needs no reason: the fingerprint that was seen and, if wanted, a note."""
    submission = scoped(request, pk)
    form = shape(request.POST)
    if not form.is_valid():
        return review_page(request, submission, form, refused="suggest" if shape is SuggestForm else verb.__name__)
    after = queue_of(request).after(pk)
    decided = verb(submission=submission, **form.cleaned_data, by=request.user, now=timezone.now())
    if decided.decision == Review.Decision.APPROVE and submission.closed_at is None:
        said = "Agreed, and left to a second person"
    return _next(request, submission, said, after)


def scoped(request: HttpRequest, pk: int) -> Submission:
    """A submission of a post this person may see; 404 for everybody else."""
    seen = Submission.objects.filter(post__in=Post.objects.visible_to(request.user))
    related = seen.select_related("post__team__parent__parent", "post__author", "version", "by")
    submission: Submission = get_object_or_404(related, pk=pk)
    submission.version.post = submission.post
    return submission


def review_page(
    request: HttpRequest,
    submission: Submission,
    form: DecisionForm | None = None,
    *,
    refused: str = "",
    comment_form: CommentForm | None = None,
    override_form: DecisionForm | None = None,
    override: Override | None = None,
) -> HttpResponse:
    """One submission as it stands, with what was wrong in the answer that did not go through.

    refused: which answer that was, so that its panel stands open.
    """
    reviewers.require_reviewer(submission, request.user)
    queue = queue_of(request)
    before, after = queue.neighbours(submission.pk)
    shown = sheet.for_reviewer(submission, user=request.user, now=timezone.now())
    page: dict[str, Any] = {
        "sheet": shown,
        "for_dmc": reviewers.decides_for_dmc(submission, request.user),
        "place": queue.place(submission.pk),
        "waiting": len(queue.items),
        "before": before,
        "after": after,
        "form": form,
        "refused": refused,
        "comment_form": comment_form,
        "sentences": comments.sentences([(seen.channel, seen.text) for seen in shown.seen]),
        "asked": unsettled(submission),
        "override_form": override_form,
        "override": override,
        "reasons": [
            (reason, label, STARTERS[Review.Reason(reason)], SNIPPETS[Review.Reason(reason)])
            for reason, label in Review.Reason.choices
        ],
    }
    status = 422 if form or override_form or comment_form else 200
    return render(request, "policy/review.html", page, status=status)


def _next(request: HttpRequest, submission: Submission, done: str, after: int | None) -> HttpResponse:
    messages.success(request, f"{done}: {submission.post.author}, {submission.post.team.full_name}.")
    return redirect("policy:review", pk=after) if after else redirect("policy:queue")
