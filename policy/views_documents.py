"""Doors to the policies: read, confirm, write, sign, publish, and who has not confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import teams_for
from accounts.models import Team
from policy import attesting, documents, keeping, prose
from policy.forms_documents import DocumentForm, VersionForm
from policy.models import Document, DocumentVersion
from policy.reading.dates import london_day


@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """The policies everybody works by, and how this person stands with each."""
    now = timezone.now()
    keeps = keeping.may_keep(request.user)
    standings = attesting.standings(request.user, now=now)
    listed = documents.listed() if keeps else Document.objects.none()
    page = {
        "standings": standings,
        "missing": [standing for standing in standings if not standing.counts],
        "unpublished": listed.exclude(pk__in=[standing.document.pk for standing in standings]),
        "keeps": keeps,
        "today": london_day(now),
    }
    return render(request, "policy/documents.html", page)


@require_GET
def document(request: HttpRequest, key: str) -> HttpResponse:
    """The version in force, and for who keeps it the one in writing."""
    if key in documents.EXPECTED and not Document.objects.filter(key=key).exists():
        return redirect("policy:documents")
    shown = get_object_or_404(Document.objects.select_related("owner"), key=key)
    return _page(request, shown, documents.in_force(shown))


@require_GET
def document_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Any published version as it was; the one in writing for who keeps the policy."""
    shown = get_object_or_404(Document.objects.select_related("owner"), key=key)
    readable = shown.versions.all() if keeping.may_inspect(request.user) else shown.versions.exclude(published_at=None)
    return _page(request, shown, get_object_or_404(readable, number=number))


@require_http_methods(["GET", "POST"])
def new_document(request: HttpRequest) -> HttpResponse:
    """A policy that is not here yet: what it is called, who owns it, when it is looked at again."""
    keeping.require_keeper(request.user)
    now = timezone.now()
    form = DocumentForm(
        request.POST if request.method == "POST" else None, owners=keeping.keepers(), today=london_day(now)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = documents.begin(**form.cleaned_data, by=request.user, now=now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Begun. Write its first version, then two people publish it.")
            return redirect("policy:write_document", key=made.key)
    return render(request, "policy/new_document.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def attest(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap, and back to where one was."""
    version = get_object_or_404(DocumentVersion.objects.select_related("document"), pk=pk, published_at__isnull=False)
    try:
        made = attesting.attest(version=version, by=request.user, now=timezone.now())
    except ValidationError as overtaken:
        messages.warning(request, " ".join(overtaken.messages))
        return redirect("policy:document", key=version.document.key)
    until = f"{made.expires_on.day} {made.expires_on:%B %Y}"
    messages.success(request, f"Thank you. You have confirmed “{version.document.title}” until {until}.")
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back and safe else reverse("policy:documents"))


@require_http_methods(["GET", "POST"])
def attest_all(request: HttpRequest) -> HttpResponse:
    """Everything this person has still to confirm, each in short with a tick of its own, and one button."""
    now = timezone.now()
    missing = attesting.missing(request.user, now=now)
    back = request.POST.get("back") or request.GET.get("back") or ""
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    page: dict[str, Any] = {"missing": missing, "back": back if safe else "", "ticked": request.POST.getlist("version")}
    if request.method == "POST":
        chosen = [one.version for one in missing if str(one.version.pk) in page["ticked"]]
        if len(chosen) == len(page["ticked"]) > 0:
            attesting.attest_each(versions=chosen, by=request.user, now=now)
            many = "1 policy" if len(chosen) == 1 else f"{len(chosen)} policies"
            messages.success(request, f"Thank you. You have confirmed {many}.")
            return redirect(page["back"] or "policy:documents")
        page["problem"] = "Tick what you have read. A policy that has changed since you opened this page is shown anew."
    return render(request, "policy/attest_all.html", page, status=422 if "problem" in page else 200)


@require_http_methods(["GET", "POST"])
def write_document(request: HttpRequest, key: str) -> HttpResponse:
    keeping.require_keeper(request.user)
    shown = get_object_or_404(Document, key=key)
    before, draft = documents.in_force(shown), documents.in_writing(shown)
    form = VersionForm(
        request.POST if request.method == "POST" else None, initial=_start(before, draft), first=before is None
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = documents.write(document=shown, **form.said(), by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Kept. It is not in force until two people have signed and published it.")
            return redirect("policy:document_version", key=key, number=version.number)
    page = {"document": shown, "form": form, "before": before}
    return render(request, "policy/write_document.html", page, status=422 if form.errors else 200)


@require_POST
def sign_document(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, documents.sign, "Signed. A second person can publish it now.")


@require_POST
def publish_document(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, documents.publish, "Published. It is in force; who must confirm it is told.")


@require_POST
def review_document(request: HttpRequest, key: str) -> HttpResponse:
    shown = get_object_or_404(Document, key=key)
    kept = documents.keep_as_it_is(document=shown, by=request.user, now=timezone.now())
    messages.success(
        request, f"Looked at, and it stays. The next review is on {kept.review_on.day} {kept.review_on:%B %Y}."
    )
    return redirect("policy:document", key=key)


@require_GET
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Who has still to confirm: by name for the DMC, in figures for managers."""
    names = keeping.may_inspect(request.user)
    teams: QuerySet[Team] = teams_for(request.user, "view_team")
    if not names and not _manages(request):
        raise PermissionDenied("This page is for managers and for the DMC.")
    rows = attesting.rows(teams, now=timezone.now())
    lacking = [row for row in rows if row.lacking]
    page = {
        "rows": lacking if names else [],
        "counts": attesting.counts(rows),
        "lacking": len({row.user.pk for row in lacking}),
        "people": len({row.user.pk for row in rows}),
        "names": names,
    }
    return render(request, "policy/unconfirmed.html", page)


def _manages(request: HttpRequest) -> bool:
    """Over a borough or more: a ward's own team is not managed from here."""
    return teams_for(request.user, "view_team").exclude(kind=Team.Kind.WARD).exists()


def _page(request: HttpRequest, shown: Document, version: DocumentVersion | None) -> HttpResponse:
    now, newest = timezone.now(), documents.in_force(shown)
    standing = next((one for one in attesting.standings(request.user, now=now) if one.document == shown), None)
    page: dict[str, Any] = {
        "document": shown,
        "version": version,
        "newest": newest,
        "is_newest": version is not None and version == newest,
        "text": prose.render(version.text) if version else "",
        "standing": standing,
        "draft": documents.in_writing(shown),
        "versions": shown.versions.filter(published_at__isnull=False),
        "keeps": keeping.may_keep(request.user),
        "today": london_day(now),
    }
    return render(request, "policy/document.html", page)


def _decide(request: HttpRequest, pk: int, verb: Callable[..., Any], said: str) -> HttpResponse:
    keeping.require_keeper(request.user)
    version = get_object_or_404(DocumentVersion.objects.select_related("document"), pk=pk)
    if request.POST.get("written_at") != version.written_at.isoformat():
        messages.warning(request, "It was changed since you opened it. Nothing was done: read it again.")
        return redirect("policy:document_version", key=version.document.key, number=version.number)
    verb(version=version, by=request.user, now=timezone.now())
    messages.success(request, said)
    return redirect("policy:document_version", key=version.document.key, number=version.number)


def _start(before: DocumentVersion | None, draft: DocumentVersion | None) -> dict[str, Any]:
    """What the form begins with: the version in writing, else the one in force without what was new in it."""
    source = draft or before
    if source is None:
        return {"demands": True}
    changes = draft.changes if draft else ""
    return {"summary": source.summary, "text": source.text, "changes": changes, "demands": source.demands}
