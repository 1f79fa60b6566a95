"""Doors to the cases people file: filing on a post, the DMC's queue, deciding."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from policy import filing, keeping
from policy.forms_law import DecideCaseForm, FileForm
from policy.models import FiledCase
from posts.models import Post


@require_http_methods(["GET", "POST"])
def file_case(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule should have caught this post, or should have left it alone."""
    scoped = Post.objects.visible_to(request.user).select_related("current", "team__parent")
    post: Post = get_object_or_404(scoped, pk=pk)
    if not filing.may_file(request.user, post):
        raise PermissionDenied("Mentors and the DMC file cases.")
    form = FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {"fires": said["said"] == FileForm.MISSED, "rule": said["rule"], "why": said["why"]}
        try:
            filing.file(post=post, **facts, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Filed. The DMC decides whether it becomes a case that every change is tried on.")
            return redirect("posts:post", pk=pk)
    return render(request, "policy/file_case.html", {"post": post, "form": form}, status=422 if form.errors else 200)


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    keeping.require_inspector(request.user)
    page = {"waiting": filing.waiting(), "decided": filing.decided()[:40], "keeps": keeping.may_keep(request.user)}
    return render(request, "policy/cases.html", page)


@require_http_methods(["GET", "POST"])
def decide_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it into the cases, its words cleaned of people, or say why not."""
    keeping.require_keeper(request.user)
    case = get_object_or_404(FiledCase.objects.select_related("filed_by", "decided_by", "post__team__parent"), pk=pk)
    form = DecideCaseForm(request.POST or None, initial={"text": case.text, "rule": case.rule})
    if request.method == "POST" and form.is_valid():
        said, facts = form.cleaned_data, {"case": case, "by": request.user, "now": timezone.now()}
        try:
            if "decline" in request.POST:
                filing.decline(note=said["note"], **facts)
            else:
                filing.accept(text=said["text"], rule=said["rule"], **facts)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{case.get_decision_display()}.")
            return redirect("policy:cases")
    return render(request, "policy/decide_case.html", {"case": case, "form": form}, status=422 if form.errors else 200)
