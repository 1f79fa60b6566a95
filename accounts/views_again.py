"""What may not be done by somebody who found a screen unlocked asks once more who sits there."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, reauthenticate_by_password
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import recent

View = Callable[..., HttpResponse]
CAME_FROM = "proved_again_for"  # in the session: {"what": the address that was pressed, "on": the page it stood on}


def proved_recently(view: View) -> View:
    """A GET goes through. A POST without a recent proof is kept, and done once the person has shown who they are."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not recent.is_recent(request, now=timezone.now()):
            request.session[CAME_FROM] = {"what": request.get_full_path(), "on": page_of(request)}
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked


class Resumes:
    """For each of the pages that ask "is it you?": what was pressed is done; should it be lost, its page says so."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        came = self.request.session.pop(CAME_FROM, None)
        asked_for, (address, path) = self.request.POST.get("next", ""), self._kept()
        if came and came["what"] == asked_for and asked_for != address:
            self.request.session.pop(STATE_SESSION_KEY, None)
            self.prove(form)
            messages.info(self.request, "Thank you. Press it once more: nothing has been done yet.")
            return redirect(came["on"])
        if address and asked_for == address:
            # allauth knows what it has kept by the path alone; what stood behind the question mark is kept beside it.
            self.request.POST = self.request.POST.copy()
            self.request.POST["next"] = path
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return answer

    def _kept(self) -> tuple[str, str]:
        """The address of what was pressed, and its path alone, where the session still holds it."""
        state = self.request.session.get(STATE_SESSION_KEY) or {}
        if "request" not in state:
            return "", ""
        kept = json.loads(state["request"])
        path, asked = str(kept["path"]), str(kept["META"].get("QUERY_STRING", ""))
        return (f"{path}?{asked}" if asked else path), path

    def prove(self, form: Any) -> None:
        """Note down that this person has shown who they are."""
        form.save()

    def form_invalid(self, form: Any) -> HttpResponse:
        answer = super().form_invalid(form)  # type: ignore[misc]
        answer.status_code = 422
        return cast(HttpResponse, answer)


class PasswordAgain(Resumes, account.ReauthenticateView):
    def prove(self, form: Any) -> None:
        reauthenticate_by_password(self.request)


def page_of(request: HttpRequest) -> str:
    """Where the button stood, if it was a page of ours; the first page otherwise."""
    page = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours and page else "/"
