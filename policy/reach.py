"""What a hold means and how far it reaches, in words and counts for its pages. Reads only."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from accounts.audit import subject_of
from accounts.models import AuditEntry, Team, User
from policy import clearances, holds
from policy.models import Hold
from posts.models import Post

Level = Hold.Level
_PLAIN = {
    Level.WATCH: "Posts go out, but what is already on its way must be confirmed again.",
    Level.LOCAL: "Only what the DMC agrees to from now on goes out.",
    Level.FORCE: "Only what the DMC puts on the allow-list goes out.",
    Level.STOP: "Nothing goes out, and the logins of its channels are revoked.",
}
_WHEN = {
    Level.WATCH: "An incident is developing nearby",
    Level.LOCAL: "A critical incident in a borough or ward",
    Level.FORCE: "An attack, a major incident, national mourning",
    Level.STOP: "An account or the console is compromised",
}
_TITLES = {
    "hold.opened": ("Opened", "wrong"),
    "hold.confirmed": ("Confirmed by a second person", ""),
    "hold.reviewed": ("Looked at again: it stays", ""),
    "hold.release_asked": ("Release asked for", ""),
    "hold.released": ("Released", "good"),
}


class Choice(NamedTuple):
    level: int
    name: str
    words: str


class Chapter(NamedTuple):
    """One item of `_timeline.html`."""

    title: str
    by: str
    at: datetime
    words: str
    tone: str


def plain(level: int) -> str:
    """What a level means, in a sentence."""
    return _PLAIN[Level(level)]


def levels(user: User) -> list[Choice]:
    """The levels this person may open somewhere, with what each is for."""
    names = [(level, f"{_WHEN[level]}. {_PLAIN[level]}") for level in Level]
    return [Choice(level, Level(level).label, words) for level, words in names if holds.may_open(user, level)]


def counts() -> dict[int, int]:
    """How many posts are on their way in each team and everything below it. Two queries."""
    rows = Post.objects.filter(state__in=clearances.ON_THE_WAY).order_by().values_list("team").annotate(Count("pk"))
    parents = dict(Team.objects.values_list("pk", "parent"))
    found: Counter[int] = Counter()
    for team, count in rows:
        above: int | None = team
        while above is not None:
            found[above] += count
            above = parents[above]
    return dict(found)


def stopped(hold: Hold, *, now: datetime) -> int:
    """How many posts on their way this hold would stop, as it stands."""
    return sum(not row.goes for row in clearances.board(hold, clearances.affected(hold), now=now))


def story(hold: Hold) -> list[Chapter]:
    """The hold's life, from the audit."""
    entries = AuditEntry.objects.filter(subject=subject_of(hold), action__in=_TITLES).select_related("by")
    return [
        Chapter(_TITLES[entry.action][0], str(entry.by or ""), entry.at, "", _TITLES[entry.action][1])
        for entry in entries
    ]
