"""A channel's life in words, from the audit."""

from __future__ import annotations

from typing import NamedTuple

from accounts.audit import subject_of
from accounts.models import AuditEntry, Channel

TITLES = {
    "channel.opened": ("Opened", ""),
    "channel.connected": ("Connected", "good"),
    "channel.connect_failed": ("Could not be connected", "wrong"),
    "channel.subscribed": ("Facebook tells us of the Page", ""),
    "channel.not_subscribed": ("Facebook does not tell us of the Page; we look by ourselves", ""),
    "channel.broken": ("The network no longer accepts the login", "wrong"),
    "channel.checked": ("Checked: all is well", "good"),
    "channel.applied": ("Asked for", ""),
    "channel.gate_signed": ("A gate was signed", "good"),
    "channel.gate_returned": ("Sent back with a question", "wrong"),
    "channel.application_changed": ("The application was changed", ""),
    "channel.application_refused": ("Not granted", "wrong"),
    "channel.application_taken_back": ("No longer asked for", ""),
    "channel.launched": ("Live", "good"),
    "channel.profile_checked": ("Its public profile was looked at", ""),
    "channel.suspended": ("Suspended", "wrong"),
    "channel.compromised": ("Compromised", "wrong"),
    "channel.resumed": ("Let go on", "good"),
    "channel.dormant": ("Dormant after sixty days of silence", ""),
    "channel.woke": ("It spoke again", "good"),
    "channel.closed": ("Closed and archived", ""),
}
# A renewal every two hours would drown the rest, and setting out says nothing that arriving does not.
QUIET = ("channel.login_renewed", "channel.connecting")
LONGEST = 30


class Chapter(NamedTuple):
    """One item of `_timeline.html`."""

    title: str
    by: str
    at: object
    words: str
    tone: str


def life_of(channel: Channel) -> list[Chapter]:
    """The newest thirty events, newest first."""
    entries = AuditEntry.objects.filter(subject=subject_of(channel)).exclude(action__in=QUIET)
    return [_tell(entry) for entry in entries.select_related("by").order_by("-pk")[:LONGEST]]


def _tell(entry: AuditEntry) -> Chapter:
    title, tone = TITLES.get(entry.action, (entry.action.partition(".")[2].replace("_", " ").capitalize(), ""))
    by = entry.by.display_name if entry.by else "the console"
    return Chapter(title, by, entry.at, _words(entry), tone)


def _words(entry: AuditEntry) -> str:
    facts = entry.facts
    if entry.action in ("channel.gate_signed", "channel.gate_returned"):
        return f"Gate {facts['gate']}, for: {facts['role']}."
    if entry.action == "channel.connected":
        return f"As @{facts['handle']}." if facts.get("handle") else ""
    return str(facts.get("reason", ""))
