"""Doors: out to the force's identity service, and back."""

from __future__ import annotations

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from accounts.adapter_oidc import Verified


@login_not_required
@require_GET
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(kind: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.OIDC_SERVER_URL or provider_id != settings.OIDC_ID:
        raise Http404
    answer: HttpResponse = kind.adapter_view(Verified(request, provider_id))(request)
    return answer
