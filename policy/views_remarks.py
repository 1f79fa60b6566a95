"""Doors beside the decision: comments on words, a rejection, and an author's disagreement."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from policy import comments, disagreements, review
from policy.forms import CommentForm, DisagreeForm
from policy.models import Comment, Needs
from policy.views_review import review_page, scoped, with_reason
from posts.models import Post


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    return with_reason(request, pk, review.reject, "Rejected")


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A remark on words; the update goes on waiting, and the reviewer goes on reading."""
    submission = scoped(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        facts = {"fingerprint": form.cleaned_data["fingerprint"], "words": form.cleaned_data["words"], **form.about()}
        try:
            comments.say(submission=submission, **facts, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
    if form.errors:
        return review_page(request, submission, comment_form=form)
    messages.success(request, "Your comment is kept. Its author sees it under the words.")
    return redirect(f"{reverse('policy:review', kwargs={'pk': pk})}#comments")


@require_POST
def comment_done(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Comment.objects.filter(post__in=Post.objects.visible_to(request.user)).select_related("post")
    found = get_object_or_404(seen, pk=pk)
    comments.finish(comment=found, by=request.user, now=timezone.now())
    messages.success(request, "Marked as done.")
    page = "posts:compose" if request.POST.get("back") == "compose" else "posts:post"
    return redirect(page, pk=found.post_id)


@require_http_methods(["GET", "POST"])
def disagree(request: HttpRequest, pk: int) -> HttpResponse:
    """First what was said and what disagreeing means; then, by POST, the author's reason."""
    seen = Post.objects.visible_to(request.user).select_related("current", "team__parent", "author")
    post = get_object_or_404(seen, pk=pk)
    disagreements.require_may(request.user, post)
    form, now = DisagreeForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid() and _disagreed(request, post, form, now):
        messages.success(request, "Sent to the DMC. Somebody who has not decided on it yet will look.")
        return redirect("posts:post", pk=post.pk)
    said = disagreements.contested(post, now=now)
    if said is None:
        messages.warning(request, "There is no decision here that can still be disagreed with.")
        return redirect("posts:post", pk=post.pk)
    page = {"post": post, "said": said, "form": form}
    return render(request, "policy/disagree.html", page, status=422 if form.errors else 200)


def _disagreed(request: HttpRequest, post: Post, form: DisagreeForm, now: datetime) -> bool:
    try:
        verdict = disagreements.disagree(post=post, why=form.cleaned_data["why"], by=request.user, now=now)
    except ValidationError as refused:
        form.add_error(None if hasattr(refused, "error_dict") else "why", refused)
        return False
    if verdict.needs == Needs.CHANGE:
        form.add_error(None, "By now a rule stops it as it stands. Open it to see what must change first.")
    return not form.errors
