"""The door of one's own page: only ever one's own, so there is no name in its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from engagement import mine as pages


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "engagement/mine.html", {"page": pages.page(request.user, now=timezone.now())})
