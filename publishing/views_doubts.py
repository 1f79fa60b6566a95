"""Door: what stays doubtful until somebody has looked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.channels import channels_for
from publishing import doubts


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """For whoever may settle them: who may take posts down."""
    if not channels_for(request.user, "take_down").exists():
        raise PermissionDenied("Doubtful posts are settled by those who may take posts down.")
    return render(request, "publishing/doubts.html", {"doubts": doubts.doubts_for(request.user)})
