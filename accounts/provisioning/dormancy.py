"""The clock of silence (domain.md C.4): a nudge, a mentor's call, dormant, close or merge. Days since the last post.

This room knows no posts: whoever does hands in when each channel last spoke.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit, notices
from accounts.channels import holders, holders_over
from accounts.models import Channel, Notice

Life = Channel.Life
NUDGE, CALL, SLEEP, DECIDE = 21, 35, 60, 120
STEPS = (NUDGE, CALL, SLEEP, DECIDE)
KIND = "channel.silent"
AT_ONCE = 200
LastSpoke = Callable[[Collection[int]], Mapping[int, datetime]]


def watch(*, last_spoke: LastSpoke, now: datetime) -> int:
    """Bring every channel's clock up to `now`. last_spoke(channels): when each last became public, where it did.

    Returns how many stepped on or woke. Run again, it changes nothing.
    """
    clocked = Channel.objects.filter(life__in=[Life.LIVE, Life.DORMANT]).order_by("pk")
    keys = list(clocked.values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        spoke = last_spoke(part)
        for channel in clocked.filter(pk__in=part).select_related("team__parent"):
            changed += _bring_up(channel, spoke.get(channel.pk), now)
    return changed


def days_silent(channel: Channel, spoke: datetime | None, now: datetime) -> int:
    """Whole days since it last spoke; since it went live, or was let go on, where that was later."""
    begun = channel.life_since if channel.life == Life.LIVE else None
    return (now - max(moment for moment in (spoke, begun, channel.created_at) if moment)).days


def step_of(days: int) -> int:
    """The last step that so many days of silence have reached; 0 before the first."""
    return max((step for step in STEPS if step <= days), default=0)


def _bring_up(channel: Channel, spoke: datetime | None, now: datetime) -> bool:
    if channel.life == Life.DORMANT and spoke and channel.life_since and spoke > channel.life_since:
        return _wake(channel, now)
    step = step_of(days_silent(channel, spoke, now))
    if step > channel.quiet_told:
        return _step_on(channel, step, now)
    if step == 0 and channel.quiet_told:
        return _forget(channel, now)
    return False


@transaction.atomic
def _step_on(channel: Channel, step: int, now: datetime) -> bool:
    """One step, told once: two clocks at the same time tell one person once."""
    mine = Channel.objects.filter(pk=channel.pk, life=channel.life, quiet_told=channel.quiet_told)
    if not mine.update(quiet_told=step):
        return False
    if step >= SLEEP and channel.life == Life.LIVE:
        channel.enter(Life.DORMANT, now=now)
        audit.record(None, "channel.dormant", channel, now=now, days=step)
    notices.settle(about=channel, kinds=[KIND], now=now)
    _tell(channel, step, now)
    return True


@transaction.atomic
def _wake(channel: Channel, now: datetime) -> bool:
    channel.enter(Life.LIVE, now=now)
    audit.record(None, "channel.woke", channel, now=now)
    return _forget(channel, now)


def _forget(channel: Channel, now: datetime) -> bool:
    Channel.objects.filter(pk=channel.pk).update(quiet_told=0)
    notices.settle(about=channel, kinds=[KIND], now=now)
    return True


def _tell(channel: Channel, step: int, now: datetime) -> None:
    where = channel.team.full_name
    authors, borough = holders("submit_for", channel), holders_over("sign_borough", channel.team)
    keepers = holders_over("provision", channel.team)
    mentors = holders("review_for", channel).exclude(pk__in=holders("review_dmc", channel).values("pk"))
    said = {
        NUDGE: (authors, [], f"{where}: residents have heard nothing on {channel} for three weeks."),
        CALL: (mentors, [], f"{where}: five weeks of silence on {channel}. Call its owner: what would help?"),
        SLEEP: (
            [*authors, *borough],
            keepers,
            f"{where}: {channel} is dormant after 60 days of silence. Say in its bio where to go instead.",
        ),
        DECIDE: (borough, keepers, f"{where}: {channel} has been silent for 120 days. Close it, or merge it."),
    }
    people, desk, words = said[step]
    notices.give(
        to=people,
        desk=desk,
        kind=KIND,
        about=channel,
        words=words,
        link=reverse("accounts:channel", kwargs={"pk": channel.pk}),
        urgency=Notice.Urgency.QUIET if step == NUDGE else Notice.Urgency.SOON,
        needs_answer=step in (CALL, DECIDE),
        now=now,
    )
