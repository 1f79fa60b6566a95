"""The author's doors: hints while writing, sending, taking back, and what was said of a post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import channels_for
from accounts.keys import key_in
from accounts.models import Stage
from accounts.rights import require
from policy import (
    attesting,
    check,
    comments,
    disagreements,
    dissent,
    editions,
    facts,
    filing,
    live_cases,
    review,
    sheet,
    story,
    waits,
    withdrawing,
)
from policy.findings import count_in_words, keep, show
from policy.forms import TapsForm
from policy.forms_overrides import AskForm
from policy.forms_practice import HandInForm
from policy.models import Needs, PracticeDraft, Verdict
from posts.forms import ComposeForm
from posts.models import Post
from posts.reading import may_write
from posts.versions import require_reopen

AT_ONCE = 3
SENT = {
    Needs.NOBODY: "Approved without review. It goes out at its time.",
    Needs.MENTOR: "Sent to a mentor. Their answer will stand here.",
    Needs.MENTOR_TWO: "Sent to two reviewers. Their answer will stand here.",
    Needs.DMC: "Sent to the DMC. Their answer will stand here.",
    Needs.DMC_SECOND: "Sent to the DMC, where two people look at it. Their answer will stand here.",
}
NOT_SEEN = "It did not say which words you had looked at. Look at them here, then send."


@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """What the rules say of the words as they stand in the compose form. Nothing is kept."""
    now = timezone.now()
    pk = key_in(request.POST.get("post"))
    if pk is None:
        raise Http404
    post = writable(request, pk)
    form = ComposeForm(request.POST, offered=channels_for(request.user, "draft_for"), post=post, now=now)
    form.is_valid()
    if post.current is None:
        raise Http404
    content = facts.typed(form, post.current)
    live = live_cases.is_live(post)
    around = facts.context(post.team, now=now, publish_at=content.publish_at, live_case=live)
    found = check.findings(content, around, editions.in_force(now))
    chosen = [channel for channel in form.offered if form.chooses(channel)]
    shown = show(keep(found), chosen, [picture.key for picture in content.pictures], shared=form.is_shared)
    page = {
        "findings": shown[:AT_ONCE],
        "more": shown[AT_ONCE:],
        "status": count_in_words(len(shown)),
        "empty": not any(text.text for text in content.texts),
    }
    return render(request, "policy/_hints.html", page)


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """First exactly what would be public, where and when; then, by POST, the sending."""
    post = sendable(request, pk)
    if request.method == "GET":
        return confirm(request, post)
    seen = request.POST.get("fingerprint", "")
    if not seen:
        return confirm(request, post, problems=[NOT_SEEN])
    taps = TapsForm({} if "mentor" in request.POST else request.POST)
    if not taps.is_valid():
        return confirm(request, post, problems=taps.non_field_errors(), taps=taps)
    try:
        verdict = review.submit(post=post, fingerprint=seen, answers=taps.answers, by=request.user, now=timezone.now())
    except ValidationError as incomplete:
        return confirm(request, post, problems=incomplete.messages)
    return _sent(request, post, verdict)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    post = writable(request, pk)
    if request.method == "GET":
        require_reopen(request.user, post)
        return render(request, "policy/withdraw.html", {"post": post})
    review.withdraw(post=post, by=request.user, now=timezone.now())
    messages.success(request, "Taken back. It is a draft again, and nothing goes out.")
    return redirect("posts:post", pk=post.pk)


@require_GET
def post_story(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment for the post page, or a page of its own."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("team__parent", "current"), pk=pk)
    template = "policy/_story.html" if request.htmx else "policy/story.html"
    page = {
        "post": post,
        **_told(request, post),
        "may_file": filing.may_file(request.user, post),
        "may_bar": post.media.exists() and withdrawing.may_withdraw(request.user, post),
    }
    return render(request, template, page)


@require_GET
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment for the writing page: what came back with the draft, if anything did."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("team__parent", "current"), pk=pk)
    template = "policy/_note.html" if request.htmx else "policy/story.html"
    return render(request, template, {"post": post, **_told(request, post)})


def _told(request: HttpRequest, post: Post) -> dict[str, Any]:
    """What was said of a post, for the two fragments that show it."""
    now = timezone.now()
    open_one = post.submissions.filter(closed_at__isnull=True).first() if post.state == Post.State.IN_REVIEW else None
    return {
        "waiting": waits.of(open_one, now=now) if open_one else None,
        "story": story.tell(post),
        "placed": comments.on(post, post.current),
        "writes": may_write(request.user, post),
        "may_disagree": disagreements.may_disagree(request.user, post, now=now),
        "rejected": dissent.rejection(post),
    }


def sendable(request: HttpRequest, pk: int) -> Post:
    """A post that this person may send, on every channel of it."""
    post = writable(request, pk)
    for target in post.targets.select_related("channel"):
        require(request.user, "submit_for", target.channel)
    return post


def writable(request: HttpRequest, pk: int) -> Post:
    scoped = Post.objects.visible_to(request.user).select_related("current", "team__parent")
    post: Post = get_object_or_404(scoped, pk=pk)
    if not may_write(request.user, post):
        raise PermissionDenied
    return post


def confirm(
    request: HttpRequest,
    post: Post,
    problems: list[str] | None = None,
    asked: AskForm | None = None,
    taps: TapsForm | None = None,
) -> HttpResponse:
    """The page before sending, with what was wrong in what was sent. asked: the question to the DMC as it was typed;
    taps: the answers as they were tapped.
    """
    if post.state != Post.State.DRAFT:
        return redirect("posts:post", pk=post.pk)
    if handed := PracticeDraft.objects.filter(post=post).first():
        return redirect("policy:practice_draft", pk=handed.pk)
    now = timezone.now()
    proposal, missing = sheet.for_author(post, user=request.user, now=now), sheet.what_is_missing(post, now=now)
    page: dict[str, Any] = {"post": post, "sheet": proposal, "problems": missing if problems is None else problems}
    page["rejected"] = dissent.rejection(post)
    page["unread"] = attesting.missing(request.user, now=now)
    page["practises"] = proposal.stage == Stage.PRACTICE
    page["ready"] = not missing and not page["unread"] and proposal.needs != Needs.CHANGE
    page["may_ask"] = not missing and not page["unread"] and proposal.needs == Needs.CHANGE and not page["practises"]
    page |= {"asked": asked, "taps": taps or TapsForm(), "hand_in": HandInForm()}
    return render(request, "policy/submit.html", page, status=422 if problems else 200)


def _sent(request: HttpRequest, post: Post, verdict: Verdict) -> HttpResponse:
    """A refusal is an answer: the same page says what must change, and the verdict is kept."""
    if verdict.needs == Needs.CHANGE:
        return confirm(request, post, problems=["Nothing was sent: something has to change first."])
    said, now = SENT[Needs(verdict.needs)], timezone.now()
    if verdict.needs != Needs.NOBODY:
        said = f"{said} {waits.usual(verdict.needs, at=now, now=now).words}"
    messages.success(request, said)
    return redirect("posts:post", pk=post.pk)
