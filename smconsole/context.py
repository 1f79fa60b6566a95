"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts import notices
from accounts.models import User
from policy import holds, periods
from policy.models import Hold, Period
from publishing import money
from smconsole import places


def console(request: HttpRequest) -> dict[str, Any]:
    """force_name, simulated (does this console speak to a simulation?), csp_nonce, rights, places,
    holds_now, times_now (elections, mourning, events on today), paused_now (a network without credit) and bell (how
    many notices wait).

    The last five are asked for only by a page that shows them: fragments pay nothing. One query for rights and
    places together, one for the holds and one for the times while there is none.
    """
    rights = SimpleLazyObject(lambda: _rights(request))
    return {
        "force_name": settings.FORCE_NAME,
        "simulated": settings.PLATFORMS.sandboxed,
        "oidc": {"id": settings.OIDC_ID, "name": settings.OIDC_NAME} if settings.OIDC_SERVER_URL else None,
        "csp_nonce": str(getattr(request, "csp_nonce", "")),
        "rights": rights,
        "places": SimpleLazyObject(lambda: places.places_for(request, rights)),
        "holds_now": SimpleLazyObject(lambda: _holds(request.user)),
        "times_now": SimpleLazyObject(lambda: _times(request.user)),
        "paused_now": SimpleLazyObject(lambda: money.paused(money.CHARGES[0])),
        "bell": SimpleLazyObject(lambda: notices.open_for(request.user).count()),
    }


def _rights(request: HttpRequest) -> frozenset[str]:
    user = getattr(request, "user", None)
    return places.rights_held(user) if user is not None and user.is_authenticated else frozenset()


def _holds(user: User) -> list[Hold]:
    """The holds that concern this person's teams: on the page from its first moment, then kept fresh by asking."""
    now = timezone.now()
    if not Hold.objects.filter(released_at__isnull=True).exists():
        return []
    return holds.concerning(holds.teams_of(user, now=now), now=now)


def _times(user: User) -> list[Period]:
    """What is on today for this person's teams, without the events whose watch shows itself as a hold."""
    now = timezone.now()
    if not periods.anything_on(now=now):
        return []
    return [period for period in periods.concerning(holds.teams_of(user, now=now), now=now) if not period.is_watched]
