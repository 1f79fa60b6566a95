"""Doors: practice updates, for who practises and for who answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from policy import practice
from policy.findings import show
from policy.forms_practice import AnswerForm, HandInForm
from policy.models import PracticeDraft
from policy.views import confirm, writable

MOST = 40


@require_GET
def practice_list(request: HttpRequest) -> HttpResponse:
    """How far I have come, and what waits for my answer."""
    own = PracticeDraft.objects.filter(author=request.user).select_related("version", "by", "post__team__parent")
    waiting = practice.answerable(request.user).filter(decided_at__isnull=True)
    page = {
        "practises": practice.anywhere(request.user, timezone.now()),
        "progress": practice.progress(request.user),
        "own": own.order_by("-handed_at")[:MOST],
        "waiting": waiting.select_related("version", "author", "post__team__parent").order_by("handed_at")[:MOST],
        "ten": practice.TEN,
    }
    return render(request, "policy/practice.html", page)


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the post."""
    post = writable(request, pk)
    form = HandInForm(request.POST)
    if not form.is_valid():
        return confirm(request, post, problems=[str(words) for words in form.errors.get("kind", [])])
    try:
        made = practice.hand_in(post=post, kind=form.cleaned_data["kind"], by=request.user, now=timezone.now())
    except ValidationError as refused:
        return confirm(request, post, problems=refused.messages)
    messages.success(request, "Handed in. Your mentor’s answer will stand here. It never goes out.")
    return redirect("policy:practice_draft", pk=made.pk)


@require_GET
def practice_draft(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _readable(request, pk))


@require_POST
def answer_practice(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _readable(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "note": form.cleaned_data["note"]}
        agrees = form.cleaned_data["answer"] == "yes"
        try:
            practice.decide(draft=draft, agrees=agrees, **said, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Answered. Its author is told.")
            return redirect("policy:practice")
    return _page(request, draft, form)


def _readable(request: HttpRequest, pk: int) -> PracticeDraft:
    rows = PracticeDraft.objects.select_related("post__team__parent", "version", "author", "by")
    found: PracticeDraft = get_object_or_404(rows.filter(pk__in=practice.readable(request.user).values("pk")), pk=pk)
    return found


def _page(request: HttpRequest, draft: PracticeDraft, form: AnswerForm | None = None) -> HttpResponse:
    channels = [target.channel for target in draft.post.targets.select_related("channel")]
    pictures = list(draft.version.pictures.select_related("media"))
    page: dict[str, Any] = {
        "draft": draft,
        "own": draft.author_id == request.user.pk,
        "seen": [(channel, draft.version.text_for(channel)) for channel in channels],
        "pictures": pictures,
        "findings": show(draft.findings, channels, [str(picture.media_id) for picture in pictures]),
        "form": form or AnswerForm(),
    }
    return render(request, "policy/practice_draft.html", page, status=422 if form and form.errors else 200)
