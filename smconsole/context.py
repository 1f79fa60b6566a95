"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from smconsole import places


def console(request: HttpRequest) -> dict[str, Any]:
    """force_name, simulated (does this console speak to a simulation?), csp_nonce, rights and places.

    rights and places cost one query, and only on a page that shows them: fragments pay nothing.
    """
    rights = SimpleLazyObject(lambda: _rights(request))
    return {
        "force_name": settings.FORCE_NAME,
        "simulated": settings.PLATFORMS.sandboxed,
        "csp_nonce": str(getattr(request, "csp_nonce", "")),
        "rights": rights,
        "places": SimpleLazyObject(lambda: places.places_for(request, rights)),
    }


def _rights(request: HttpRequest) -> frozenset[str]:
    user = getattr(request, "user", None)
    return places.rights_held(user) if user is not None and user.is_authenticated else frozenset()
