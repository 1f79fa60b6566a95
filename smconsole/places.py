"""The places of the console, and which of them a person may go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from guardian.models import UserObjectPermission

from accounts.models import User


@dataclass(frozen=True)
class Place:
    """One entry of the navigation. `opens`: any of these rights, over any channel or team, lets a person in."""

    url_name: str
    label: str
    icon: str
    opens: frozenset[str] = frozenset()
    main: bool = False


PLACES = (
    Place("home", "Today", "today"),
    Place("posts:new", "Write", "write", frozenset({"draft_for"}), main=True),
    Place("policy:queue", "Review", "review", frozenset({"review_for", "review_dmc"})),
    Place("posts:index", "Posts", "posts", frozenset({"see_posts"})),
    Place("accounts:channels", "Channels", "channels", frozenset({"view_channel"})),
    Place("engagement:patch", "Numbers", "numbers", frozenset({"view_team"})),
    Place("policy:holds", "Hold", "hold", frozenset({"review_dmc"})),
)
_ASKED = frozenset().union(*(place.opens for place in PLACES), {"connect", "take_down", "submit_for"})


def rights_held(user: User) -> frozenset[str]:
    """The rights, without app label, that `user` holds over at least one channel or team. One query."""
    held = UserObjectPermission.objects.filter(user=user, permission=OuterRef("pk"))
    asked = Permission.objects.filter(codename__in=_ASKED, content_type__app_label="accounts")
    return frozenset(asked.filter(Exists(held)).values_list("codename", flat=True))


def places_for(request: HttpRequest, rights: Iterable[str]) -> list[dict[str, object]]:
    """What the navigation shows: {"label", "icon", "url", "main", "here", "exact"}."""
    return [
        {
            "label": place.label,
            "icon": place.icon,
            "main": place.main,
            "url": url,
            "exact": request.path == url,
            "here": _is_here(place, url, request),
        }
        for place, url in _open(rights)
    ]


def _open(rights: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for place in PLACES:
        if place.opens and place.opens.isdisjoint(rights):
            continue
        try:
            yield place, reverse(place.url_name)
        except NoReverseMatch:
            continue


def _is_here(place: Place, url: str, request: HttpRequest) -> bool:
    """The place itself, or a page of its room. Writing is not the list of posts, though both are in posts/."""
    if request.path == url:
        return True
    match = request.resolver_match
    view = match.view_name if match else ""
    return view in _PAGES_OF.get(place.url_name, frozenset())


_PAGES_OF: dict[str, frozenset[str]] = {
    "posts:new": frozenset({"posts:compose"}),
    "posts:index": frozenset({"posts:post", "publishing:new_time", "policy:submit", "policy:withdraw"}),
    "policy:queue": frozenset({"policy:review"}),
    "accounts:channels": frozenset(
        {"accounts:channel", "accounts:open_channel", "accounts:connect", "accounts:leave", "accounts:choose"}
    ),
    "engagement:patch": frozenset({"engagement:ward", "engagement:borough"}),
}
