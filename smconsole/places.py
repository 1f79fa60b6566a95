"""The places of the console, and which of them a person may go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts import held
from accounts.models import User


@dataclass(frozen=True)
class Place:
    """One entry of the navigation.

    opens: any of these rights, over any channel or team, lets a person in. pages: the names of the pages behind it.
    """

    url_name: str
    label: str
    icon: str
    opens: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    main: bool = False


def _place(url_name: str, label: str, icon: str, opens: str = "", pages: str = "", main: bool = False) -> Place:
    return Place(url_name, label, icon, frozenset(opens.split()), frozenset(pages.split()), main)


# fmt: off
PLACES = (
    _place("home",              "Today",    "today"),
    _place("posts:new",         "Write",    "write",    "draft_for", "posts:compose", main=True),
    _place("policy:queue",      "Review",   "review",   "review_for review_dmc review_peer",
           "policy:review policy:approve policy:send_back policy:refer policy:reject policy:comment "
           "policy:second_looks policy:second_look policy:agreement"),
    _place("posts:index",       "Posts",    "posts",    "see_posts",
           "posts:post policy:submit policy:withdraw publishing:story publishing:recall publishing:decide "
           "publishing:doubts publishing:incidents publishing:incident publishing:take_down publishing:removal_date "
           "publishing:report"),
    _place("publishing:calendar", "Calendar", "calendar", "see_posts", "publishing:move publishing:calendar_address"),
    _place("accounts:channels", "Channels", "channels", "view_channel",
           "accounts:channel accounts:open_channel accounts:connect accounts:leave accounts:choose "
           "accounts:board accounts:life accounts:official accounts:impersonations accounts:impersonation "
           "accounts:report_impersonation "
           "accounts:amend_application application people hand_over "
           "appointments appoint appoint_urgently urgent_list urgent end_appointment unowned"),
    _place("engagement:patch",  "Numbers",  "numbers",  "view_team",
           "engagement:ward engagement:borough engagement:force engagement:post_numbers engagement:priorities "
           "engagement:channel_numbers "
           "accounts:priority accounts:new_priority engagement:area_map engagement:mine "
           "engagement:reports engagement:report "
           "engagement:survey_files engagement:survey_upload engagement:survey_file engagement:measure "
           "engagement:analyses engagement:analysis"),
    _place("publishing:money",  "Money",    "money",    "provision",
           "publishing:budget publishing:price"),
    _place("policy:holds",      "Hold",     "hold",     "review_dmc", "policy:hold"),
    _place("accounts:training", "Training", "learn",    "",
           "accounts:lesson accounts:test accounts:test_result accounts:workshop accounts:plan_workshop "
           "accounts:trained_people accounts:person_training accounts:training_file accounts:mentored accounts:pairs "
           "accounts:pair accounts:coaching policy:practice policy:practice_draft policy:stage policy:stage_proposals "
           "policy:agenda"),
    _place("record",            "Record",   "search",   "read_audit",
           "record_key record_of_post record_of_channel export_post export_channel"),
    _place("accounts:signed_in", "Sign-ins", "key", "end_sessions", "accounts:sessions_of"),
    _place("policy:documents",  "Policy",   "shield",   "",
           "policy:document policy:document_version policy:new_document policy:write_document "
           "policy:unconfirmed policy:lesson policy:times policy:new_time policy:live_cases policy:close_live_case "
           "policy:law policy:registers policy:register policy:retire_line policy:rule policy:edition policy:words "
           "policy:on_a_day policy:quality policy:proposals policy:proposal policy:proposal_rule policy:proposal_words "
           "policy:routes policy:proposal_routes "
           "policy:sign_proposal policy:cases policy:decide_case"),
)
# fmt: on
_BESIDES = {
    "provision",
    "connect",
    "take_down",
    "submit_for",
    "read_audit",
    "keep_policy",
    "sign_borough",
    "sign_dmc",
    "sign_records",
    "keep_security",
}
_ASKED = frozenset().union(*(place.opens for place in PLACES), _BESIDES)


def rights_held(user: User) -> frozenset[str]:
    """The rights, without app label, that `user` holds over at least one channel or team. One query."""
    return held.anywhere(user, _ASKED)


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
    return (
        (place, reverse(place.url_name)) for place in PLACES if not place.opens or not place.opens.isdisjoint(rights)
    )


def _is_here(place: Place, url: str, request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.path == url or (match is not None and match.view_name in place.pages)
