"""What a person's last updates did for their neighbours, in plain words: no score and no comparing. Reads only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import prefetch_related_objects

from accounts.channels import teams_for
from accounts.models import Priority, Team, User
from engagement import dashboard, periods, priorities, wording
from engagement.dashboard import Told
from engagement.priorities import Kept
from policy.reading import dates
from policy.reading.passage import Passage
from posts.models import Post

DAYS = 90
SHOWN = 10
AHEAD = 3  # days before a surgery by when residents should have heard of it (domain.md D.7)
_SURGERY = re.compile(r"\b(surgery|surgeries|street stall|drop-in|coffee with (?:us|your|a) )", re.IGNORECASE)


@dataclass(frozen=True)
class Update:
    """One of my updates: what was said, what came back, and which priority it was about."""

    told: Told
    priority: Priority | None

    @property
    def undescribed(self) -> int:
        """Pictures without words for people who cannot see them."""
        return sum(not picture.alt.strip() for picture in self.told.version.pictures.all())

    @property
    def pictures(self) -> int:
        return len(self.told.version.pictures.all())

    @property
    def notice(self) -> int | None:
        """Days between a surgery's announcement and its day; None where it is none or names no day."""
        return notice(self.told.words, self.told.version.template, periods.day_of(self.told.at))


@dataclass(frozen=True)
class Mine:
    """The page. updates: newest first; standing: open priorities of the wards that this person writes for."""

    updates: list[Update]
    number: int
    standing: list[Kept]
    now: datetime

    @property
    def sentence(self) -> str:
        about = sum(update.priority is not None for update in self.updates)
        shown = len(self.updates)
        if not shown:
            return ""
        told = f"You told residents {wording.many(self.number, 'thing')} in {wording.span(DAYS)}."
        said = f"{about or 'None'} of the {'last ' if self.number > shown else ''}{shown}" if shown > 1 else ""
        if not said:
            return f"{told} It was {'' if about else 'not '}about something they asked for."
        return f"{told} {said} {'was' if about == 1 else 'were'} about something they asked for."

    @property
    def asked(self) -> str:
        """What people asked is not known; how often they wrote is, where a network counts it."""
        replies = dashboard.total(update.told for update in self.updates).replies
        if replies is None:
            return "Whether people wrote back is not known yet."
        if not replies:
            return "Nobody has written back so far. Most updates draw no reply; people read them all the same."
        return f"People wrote back {wording.times(replies)}. What they wrote stands under each update: follow its link."

    @property
    def nudges(self) -> list[str]:
        """At most one of each kind, gently; nothing where all is well."""
        said = (self._pictures(), self._surgeries(), self._untold(), self._results())
        return [sentence for sentence in said if sentence]

    def _pictures(self) -> str:
        bare = sum(update.undescribed for update in self.updates)
        every = sum(update.pictures for update in self.updates)
        if not bare:
            return ""
        return (
            f"{bare} of {wording.many(every, 'picture')} went out without a description. A line of words tells "
            "neighbours who cannot see it what is there."
        )

    def _surgeries(self) -> str:
        short = [update for update in self.updates if (days := update.notice) is not None and days < AHEAD]
        if not short:
            return ""
        return (
            f"{wording.many(len(short), 'surgery')} was announced less than {AHEAD} days ahead. "
            if len(short) == 1
            else f"{wording.many(len(short), 'surgery')} were announced less than {AHEAD} days ahead. "
        ) + "Neighbours who work shifts need longer to come."

    def _untold(self) -> str:
        quiet = [kept.priority for kept in self.standing if not kept.told_recently]
        if not quiet:
            return ""
        names = wording.listed([f"“{priority}”" for priority in quiet[:3]])
        return f"Residents have not heard lately about {names}. Saying that it takes time is news too."

    def _results(self) -> str:
        open_ended = [kept for kept in self.standing if kept.complete.did and not kept.complete.result]
        if not open_ended:
            return ""
        many = "one priority" if len(open_ended) == 1 else f"{len(open_ended)} priorities"
        return f"For {many} it is written down what you did, and not yet what came of it."


def page(user: User, *, now: datetime) -> Mine:
    """A fixed number of queries, however much was sent."""
    since = periods.last(DAYS, now=now).since
    chosen = dict(
        Post.objects.filter(author=user, state=Post.State.SENT, updated_at__gte=since).values_list("pk", "priority")
    )
    teams = list(Team.objects.filter(pk__in=Post.objects.filter(author=user).values("team")))
    told = [one for one in dashboard.told(teams, since=since, until=now) if one.post_id in chosen]
    shown = told[:SHOWN]
    prefetch_related_objects([one.version for one in shown], "pictures")
    about = Priority.objects.in_bulk([key for one in shown if (key := chosen[one.post_id])])
    wards = teams_for(user, "view_team").filter(pk__in=[team.pk for team in teams]).values_list("pk", flat=True)
    return Mine(
        updates=[Update(one, about.get(chosen[one.post_id] or 0)) for one in shown],
        number=len(told),
        standing=priorities.of_teams(list(wards), since=since, until=now),
        now=now,
    )


def notice(words: str, template: str, announced: date) -> int | None:
    """Days from `announced` to the surgery's first day that is written in `words`. Pure.

    None where it announces no surgery, or where no day can be read: then nothing is said of it.
    """
    if template != "surgery" and not _SURGERY.search(words):
        return None
    found = (dates.readings(written, announced) for written in dates.find_dates(Passage(words)))
    days = _ahead([readings[0] for readings in found if readings], announced)
    return min(days, default=None)


def _ahead(found: Sequence[date], announced: date) -> list[int]:
    return [(day - announced).days for day in found if timedelta(0) <= day - announced <= timedelta(days=60)]
