"""Doors: where a post stands, recall, a person's word on what is in doubt."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.rights import require
from posts.models import Post
from publishing import reconcile, release, story, takedown
from publishing.forms import DecideForm
from publishing.models import Delivery, RemovalDate


@require_GET
def post_story(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment for the post page; asked again every few seconds while something moves."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    told = story.chapters(post)
    moving = any(chapter.delivery.state not in Delivery.FINAL for chapter in told)
    channels = [chapter.delivery.target.channel for chapter in told]
    may_recall = all(request.user.has_perm("accounts.submit_for", channel) for channel in channels)
    recall = may_recall and story.recallable(told) and post.state == Post.State.RELEASED
    may_settle = all(request.user.has_perm("accounts.take_down", channel) for channel in channels)
    return render(
        request,
        "publishing/_story.html" if request.htmx else "publishing/story.html",
        {
            "post": post,
            "chapters": told,
            "readiness": story.readiness(post),
            "moving": moving,
            "recall": recall,
            "may_settle": may_settle,
            "may_take_down": takedown.may_take_down(request.user, post, [chapter.delivery for chapter in told]),
            "incidents": list(post.incidents.all()),
            "removal_date": RemovalDate.objects.filter(post=post).first(),
        },
    )


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("team"), pk=pk)
    for target in post.targets.select_related("channel"):
        require(request.user, "submit_for", target.channel)
    if request.method == "GET":
        return render(request, "publishing/recall.html", {"post": post})
    release.recall(post=post, by=request.user, now=timezone.now())
    messages.success(request, "Recalled. Nothing was published; the post is a draft again.")
    return redirect("posts:post", pk=post.pk)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Is it public? For a delivery that the look-ups could not settle."""
    visible = Delivery.objects.filter(target__post__in=Post.objects.visible_to(request.user))
    delivery = get_object_or_404(visible.select_related("target__channel", "target__post", "version"), pk=pk)
    require(request.user, "take_down", delivery.target.channel)
    form = DecideForm(request.POST or None, network=delivery.target.channel.get_network_display())
    if request.method == "POST" and form.is_valid():
        said = {"public": form.cleaned_data["public"] == "yes", "permalink": form.cleaned_data["permalink"]}
        try:
            reconcile.decide(delivery=delivery, **said, by=request.user, now=timezone.now())
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, "Thank you. The post says so now, with your name.")
            return redirect("posts:post", pk=delivery.target.post_id)
    page = {
        "delivery": delivery,
        "form": form,
        "chapter": story.chapter(delivery),
        "text": delivery.version.text_for(delivery.target.channel),
        "pictures": list(delivery.version.pictures.select_related("media")),
    }
    return render(request, "publishing/decide.html", page, status=422 if form.errors else 200)
