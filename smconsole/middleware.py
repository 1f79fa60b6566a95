"""One place where the house's errors become answers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone

from accounts import refused
from accounts.errors import Conflict
from accounts.views_again import page_of

SIGNED_OUT = "You had been signed out, so nothing was done. Press it once more."


class AnswerErrors:
    """`Conflict` becomes 409 in words, and what is refused to somebody signed in is in the audit. The rest is Django's.

    A part of a page asked for by htmx gets its bad news in `#trouble`, above what the person was doing, which
    stays as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in refused.STATUSES:
            _keep(request, response.status_code)
        if response.status_code == 405 and _is_looked_at(request):
            return _dead_end(request, response["Allow"])
        if _by_htmx(request) and _leads_to_sign_in(response):
            return _trouble(request, "_signed_out.html", {}, status=401)
        if request.method == "POST" and _asks_to_come_back(response):
            messages.warning(request, SIGNED_OUT)
            return redirect_to_login(page_of(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Conflict):
            return None
        facts = {"sentence": exception.sentence}
        if _by_htmx(request):
            return _trouble(request, "_conflict.html", facts, status=409)
        return render(request, "409.html", facts, status=409)


def _keep(request: HttpRequest, status: int) -> None:
    """An address that is none of ours is nobody's attempt at anything."""
    match = request.resolver_match
    if match is not None and match.url_name and request.user.is_authenticated:
        facts = {"address": match.view_name, "method": request.method or "", "keys": match.kwargs}
        refused.keep(user=request.user, status=status, **facts, now=timezone.now())


def _dead_end(request: HttpRequest, allowed: str) -> HttpResponse:
    page = render(request, "405.html", status=405)
    page["Allow"] = allowed
    return page


def _is_looked_at(request: HttpRequest) -> bool:
    """By a person who typed the address, or went back to what a button had sent."""
    return request.method == "GET" and not _by_htmx(request) and "text/html" in request.headers.get("Accept", "")


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _leads_to_sign_in(response: HttpResponse) -> bool:
    """A redirect to the sign-in page would be swapped into the middle of another page."""
    return response.status_code == 302 and response.get("Location", "").split("?")[0] == resolve_url(settings.LOGIN_URL)


def _asks_to_come_back(response: HttpResponse) -> bool:
    """What a button sends to has no page to come back to: that is the page on which the button stood."""
    return _leads_to_sign_in(response) and "next=" in response["Location"]


def _trouble(request: HttpRequest, template: str, facts: dict[str, str], *, status: int) -> HttpResponse:
    response = render(request, template, facts, status=status)
    response["HX-Retarget"] = "#trouble"
    response["HX-Reswap"] = "innerHTML"
    return response
