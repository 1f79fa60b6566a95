"""What may not be done by somebody who found a screen unlocked asks once more who sits there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import recent

View = Callable[..., HttpResponse]


def proved_recently(view: View) -> View:
    """A GET goes through. A POST without a recent proof is kept, and done once the person has shown who they are."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not recent.is_recent(request, now=timezone.now()):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked
