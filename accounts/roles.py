"""What each role may do, in one table that a superintendent can read (domain.md C.6).

Left of the line: rights over each channel of the appointment's teams. Right: rights over the teams themselves.
Nobody reviews their own post, whatever stands here.
"""

from __future__ import annotations

from typing import NamedTuple

from accounts.models import Role


class May(NamedTuple):
    channel: frozenset[str]
    team: frozenset[str]


def _may(channel: str, team: str) -> May:
    return May(frozenset(channel.split()), frozenset(team.split()))


# fmt: off
ROLE_MAY: dict[str, May] = {
    #                       over channels                                            | over teams
    Role.SERGEANT:    _may("view_channel see_posts draft_for submit_for take_down",  "view_team"),
    Role.CONTRIBUTOR: _may("view_channel see_posts draft_for",                       "view_team"),
    Role.PEER:        _may("view_channel see_posts review_peer",                     "view_team"),
    Role.MENTOR:      _may("view_channel see_posts review_for take_down",            "view_team"),
    Role.DMC_EDITOR:  _may("view_channel see_posts review_for review_dmc take_down", "view_team keep_policy sign_dmc"),
    Role.DMC_ADMIN:   _may("view_channel connect",                                   "view_team provision keep_policy sign_dmc end_sessions"),  # noqa: E501
    Role.HEAD:        _may("view_channel see_posts review_for review_dmc take_down", "view_team read_audit keep_policy stop_all sign_dmc"),  # noqa: E501
    Role.MANAGER:     _may("view_channel",                                           "view_team sign_borough"),
    Role.COMPLIANCE:  _may("view_channel see_posts",                                 "view_team read_audit sign_records export_audit"),  # noqa: E501
    Role.INFOSEC:     _may("view_channel",                                           "view_team keep_security end_sessions"),  # noqa: E501
    Role.CONTACT_CENTRE: _may("",                                                 ""),  # until there is an inbox
}
# fmt: on

# Who signs in with a password alone: they put nothing before the public, stop nothing and see nobody else's drafts.
# Every other role must have a second factor (domain.md C.1, gate 6), one that is new here as well.
PASSWORD_ALONE = frozenset({Role.CONTRIBUTOR, Role.MANAGER})
