"""Doors to the overrides: the author asks, the DMC decides, a second person agrees; and what advice teaches."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from policy import appeals, editions, lessons, nudges, views
from policy.forms_overrides import AskForm, OverrideForm, SecondForm
from policy.models import Needs, Override
from policy.views_review import queue_of, review_page
from posts.models import Post


@require_POST
def ask_override(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page before sending: this rule is wrong here, please look."""
    post = views.sendable(request, pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return views.confirm(request, post, problems=[str(error) for error in form.errors["reason"]], asked=form)
    try:
        verdict = appeals.ask(post=post, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as incomplete:
        return views.confirm(request, post, problems=incomplete.messages, asked=form)
    asked = verdict.needs == Needs.CHANGE
    messages.success(request, "Sent to the DMC with your reason." if asked else views.SENT[Needs(verdict.needs)])
    return redirect("posts:post", pk=post.pk)


@require_POST
def decide_override(request: HttpRequest, pk: int) -> HttpResponse:
    override, form = _asked(request, pk), OverrideForm(request.POST)
    after = queue_of(request).after(override.submission_id)
    if not form.is_valid():
        return review_page(request, override.submission, override_form=form, override=override)
    try:
        appeals.decide(override=override, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, refused)
        return review_page(request, override.submission, override_form=form, override=override)
    return _next(request, override, after)


@require_POST
def second_override(request: HttpRequest, pk: int) -> HttpResponse:
    override, form = _asked(request, pk), SecondForm(request.POST)
    after = queue_of(request).after(override.submission_id)
    if not form.is_valid():
        return review_page(request, override.submission, override_form=form, override=override)
    appeals.second(override=override, **form.cleaned_data, by=request.user, now=timezone.now())
    return _next(request, override, after)


@require_GET
def lesson(request: HttpRequest, rule: str) -> HttpResponse:
    """What one advice is about, in two minutes, with examples; and how often it came up, to oneself alone."""
    now = timezone.now()
    taught = lessons.on(rule, editions.in_force(now))
    if taught is None:
        raise Http404
    mine = nudges.lately(request.user, now).get(rule, 0)
    return render(request, "policy/lesson.html", {"lesson": taught, "mine": mine})


def _asked(request: HttpRequest, pk: int) -> Override:
    """An override of a post this person may see; 404 for everybody else."""
    seen = Override.objects.filter(submission__post__in=Post.objects.visible_to(request.user))
    related = seen.select_related(
        "submission__post__team__parent__parent", "submission__post__author", "submission__version", "submission__by",
        "version", "asked_by", "decided_by",
    )  # fmt: skip
    override: Override = get_object_or_404(related, pk=pk)
    return override


def _next(request: HttpRequest, override: Override, after: int | None) -> HttpResponse:
    post = override.submission.post
    said = override.get_decision_display()
    if post.state == Post.State.IN_REVIEW:
        messages.success(request, f"{said}: {override.rule}. The update goes on waiting.")
        return redirect("policy:review", pk=override.submission_id)
    messages.success(request, f"{said}: {post.author}, {post.team.full_name}.")
    return redirect("policy:review", pk=after) if after else redirect("policy:queue")
