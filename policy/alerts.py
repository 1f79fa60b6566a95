"""What the clock says of holds: to those they stop, to the second person, and when a review is due. Rows are the queue.

Opening a hold waits for nobody: whoever must know is told by the next tick, in a transaction of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import held, notices
from accounts.models import Channel, Notice, User
from policy import clearances, holds, reach
from policy.clearances import RECONFIRM
from policy.models import Hold
from posts.models import Post

Level = Hold.Level
Urgency = Notice.Urgency
AGAIN = timedelta(minutes=15)


def due(*, now: datetime) -> list[int]:
    """Holds of which something is to be said."""
    waiting = Hold.objects.filter(Q(told_at__isnull=True) | Q(alarm_at__lte=now), released_at__isnull=True)
    return list(waiting.values_list("pk", flat=True))


@transaction.atomic
def say(*, hold_id: int, now: datetime) -> None:
    """Whatever is due of this hold, once: the row is locked and says what was said."""
    people = ("team__parent", "channel", "owner", "opened_by")
    hold = Hold.objects.select_for_update(of=("self",)).select_related(*people).get(pk=hold_id)
    if hold.released_at is not None:
        return
    if hold.told_at is None:
        _tell_opened(hold, now)
        hold.told_at = now
    if hold.alarm_at is not None and hold.alarm_at <= now:
        _remind(hold, now)
        hold.alarm_at = now + AGAIN
    hold.save(update_fields=["told_at", "alarm_at"])


def _tell_opened(hold: Hold, now: datetime) -> None:
    words = f"{hold.get_level_display()} on {hold.scope_name}. {hold.message or reach.plain(hold.level)}"
    link = reverse("policy:hold", kwargs={"pk": hold.pk})
    writers = holding("draft_for", holds.channels_in(hold.team, hold.channel))
    notices.give(to=writers, kind="hold.opened", about=hold, words=words, link=link, now=now)
    if hold.level == Level.WATCH:
        for post in clearances.affected(hold).filter(state__in=[Post.State.APPROVED, Post.State.RELEASED]):
            _ask_again(hold, post, now)


def _ask_again(hold: Hold, post: Post, now: datetime) -> None:
    if post.current is None or not clearances.speaks_of(post.current, hold.topic):
        return
    words = (
        f"{post.team.full_name}: is update {post.pk} still right to go out? Without your yes it does not. {hold.reason}"
    )
    link = reverse("policy:hold", kwargs={"pk": hold.pk})
    facts = {"kind": RECONFIRM, "urgency": Urgency.NOW, "needs_answer": True, "link": link}
    notices.give(to=[post.author], about=post, words=words, **facts, now=now)


def _remind(hold: Hold, now: datetime) -> None:
    """Until a second person confirms it, then each time its review is due."""
    link = reverse("policy:hold", kwargs={"pk": hold.pk})
    facts = {"about": hold, "link": link, "urgency": Urgency.NOW, "needs_answer": True, "again": True, "now": now}
    desk = holding("review_dmc", holds.channels_in(hold.team, hold.channel))
    if hold.confirmed_by_id is None:
        others = [user for user in desk if user.pk != hold.opened_by_id]
        late = now - hold.opened_at >= holds.CONFIRM_WITHIN
        told = "has not been confirmed for over an hour and stays on" if late else "wants a second person"
        words = f"The hold on {hold.scope_name} by {hold.opened_by.display_name} {told}. Confirm it."
        notices.give(desk=others, kind=holds.CONFIRM, words=words, **facts)
    if hold.review_at <= now:
        words = f"The hold on {hold.scope_name} is due for review. Is it still right?"
        notices.give(to=[hold.owner], desk=desk, kind=holds.REVIEW, words=words, **facts)


def holding(perm: str, channels: QuerySet[Channel]) -> list[User]:
    """The people who hold `perm` on any of these channels. Keys are text in guardian's rows, so they are spelt out."""
    keys = {str(pk) for pk in channels.values_list("pk", flat=True)}
    found = held.rows(Channel, perm).values_list("group", "object_pk")
    groups = {group for group, key in found if key in keys}
    members = held.Membership.objects.filter(group__in=groups)
    return list(User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk"))
