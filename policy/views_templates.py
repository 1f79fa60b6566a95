"""Doors to the post templates: which there are, and one with its blanks, from which a draft begins."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Channel, Team, User
from policy import templates
from policy.forms_templates import USE, TemplateForm
from posts import drafting


@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """The approved templates that this person may begin from."""
    found = templates.offered(request.user, now=timezone.now())
    return render(request, "policy/templates.html", {"templates": found})


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The blanks; by POST how it reads, or the draft. The author goes on in the compose page: nothing is public."""
    shown = next((one for one in templates.offered(request.user, now=timezone.now()) if one.key == key), None)
    if shown is None:
        raise Http404
    voices = templates.voices(request.user, shown)
    sent = request.POST if request.method == "POST" else None
    form = TemplateForm(sent, template=shown, teams=_teams(voices))
    wanted = request.method == "POST" and (USE in request.POST or not shown.blanks)
    if form.is_valid() and wanted:
        return _begin(request, form, [channel for channel in voices if channel.team_id == form.team.pk])
    text = form.text if form.is_valid() else ""
    page = {"template": shown, "form": form, "text": text, "voices": voices[:2]}
    return render(request, "policy/template.html", page, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: TemplateForm, channels: list[Channel]) -> HttpResponse:
    user: User = request.user
    texts = dict.fromkeys((channel.pk for channel in channels), form.text)
    post = drafting.draft(channels=channels, texts=texts, template=form.template.key, by=user, now=timezone.now())
    messages.success(request, "It is a draft now. Read it through, add a picture if you like, and send it for review.")
    return redirect("posts:compose", post.pk)


def _teams(voices: list[Channel]) -> list[Team]:
    return list({channel.team_id: channel.team for channel in voices}.values())
