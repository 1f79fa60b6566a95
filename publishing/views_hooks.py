"""Door: what Facebook tells by itself. No session, no form, nothing read before its signature is right."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publishing import hooks


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def facebook(request: HttpRequest) -> HttpResponse:
    if not hooks.is_there():
        raise Http404
    return _hear(request) if request.method == "POST" else _verify(request)


def _verify(request: HttpRequest) -> HttpResponse:
    """Facebook asks, when the address is entered there, whether it is ours."""
    asked = {name: request.GET.get(f"hub.{name}", "") for name in ("mode", "verify_token", "challenge")}
    if not hooks.is_ours(**asked):
        return _plain("no", 403)
    return _plain(asked["challenge"], 200)


def _hear(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > hooks.MOST_BYTES:
        hooks.refuse("size")
        return _plain("too large", 413)
    try:
        raw = request.body
    except UnreadablePostError:
        return _plain("broken off", 400)
    if not hooks.is_signed(raw, request.headers.get("X-Hub-Signature-256", "")):
        hooks.refuse("signature")
        return _plain("no", 403)
    try:
        hooks.hear(raw, now=timezone.now())
    except hooks.Nonsense:
        hooks.refuse("shape")
        return _plain("not understood", 400)
    return _plain("heard", 200)


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
