"""Nothing silent: what somebody must know is a row per person, on the bell and by e-mail, until it is answered.

Any room gives notices, in the transaction of what happened; the mail goes out afterwards, from the rows. Words never
hold a draft's text, a resident's name or a secret: they also leave the console by e-mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, Model, Q, QuerySet, When

from accounts import audit, choosing
from accounts.errors import Conflict
from accounts.models import Notice, User

Urgency = Notice.Urgency
LONGEST = 300
# Something urgent that nobody has answered is said again after so long, until somebody does.
SAY_AGAIN_AFTER = timedelta(minutes=30)
_WORST_FIRST = Case(When(urgency=Urgency.NOW, then=0), When(urgency=Urgency.SOON, then=1), default=2)


def give(
    *,
    to: Iterable[User] = (),
    desk: Iterable[User] = (),
    kind: str,
    about: Model,
    words: str,
    now: datetime,
    link: str = "",
    urgency: str = Urgency.SOON,
    needs_answer: bool = False,
    again: bool = False,
    quiet_for: timedelta = timedelta(0),
) -> None:
    """Tell each of these people once. Call it inside the transaction of what happened.

    to: those who answer for themselves; desk: those of whom one answers for all. kind: "delivery.missed". What is
    open already stays as it is; again: its words are made new and it is said once more. quiet_for: how long the
    bell alone tells. QUIET is never mailed; the rest as its reader chose (`choosing`).
    """
    own = {user.pk: user for user in to}
    people = {user.pk: user for user in desk} | own
    subject, words = audit.subject_of(about), words[:LONGEST]
    mail_at = choosing.mail_times(people, kind=kind, urgency=urgency, at=now + quiet_for)
    if again:
        # What is said once more is no longer quiet: it is mailed from now on, as each of them chose.
        _repeat(choosing.mail_times(people, kind=kind, urgency=urgency, at=now), kind, subject, words, now)
    said = {"kind": kind, "subject": subject, "urgency": urgency, "words": words, "link": link, "at": now}
    Notice.objects.bulk_create(
        (
            Notice(to=user, desk=pk not in own, needs_answer=needs_answer, told_at=now, mail_at=mail_at[pk], **said)
            for pk, user in people.items()
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def acknowledge(*, notice: Notice, by: User, now: datetime) -> None:
    """This person has it. On the duty desk that answers for everybody there. Raises PermissionDenied, Conflict."""
    if notice.to_id != by.pk:
        raise PermissionDenied("That notice is somebody else's.")
    mine = Q(pk=notice.pk)
    ours = Q(kind=notice.kind, subject=notice.subject, desk=True) if notice.desk else Q(pk__in=[])
    answered = Notice.objects.filter(mine | ours, closed_at__isnull=True)
    if not answered.update(acknowledged_by=by, acknowledged_at=now, closed_at=now, mail_at=None):
        raise Conflict("This has been answered already. Nothing was changed.")
    audit.record(by, "notice.acknowledged", notice, now=now, kind=notice.kind, about=notice.subject)


def settle(*, about: Model, kinds: Collection[str], now: datetime) -> int:
    """The matter is over: what is still open about it closes by itself. Returns how many."""
    over = Notice.objects.filter(subject=audit.subject_of(about), kind__in=kinds, closed_at__isnull=True)
    return over.update(closed_at=now, mail_at=None)


def read_all(*, to: User, now: datetime) -> int:
    """Put away what only wanted to be known. What needs an answer stays."""
    read = Notice.objects.filter(to=to, closed_at__isnull=True, needs_answer=False)
    return read.update(acknowledged_by=to, acknowledged_at=now, closed_at=now, mail_at=None)


def say_again(*, now: datetime) -> int:
    """What is urgent, unanswered and half an hour old is said once more. Returns how many."""
    old = Notice.objects.filter(
        closed_at__isnull=True, needs_answer=True, urgency=Urgency.NOW, told_at__lte=now - SAY_AGAIN_AFTER
    )
    return old.update(told_at=now, times=F("times") + 1, mail_at=now)


def open_for(user: User) -> QuerySet[Notice]:
    """What waits for this person: what needs an answer first, the worst before the rest."""
    waiting = Notice.objects.filter(to=user, closed_at__isnull=True)
    return waiting.order_by("-needs_answer", _WORST_FIRST, "-told_at", "-pk")


def answered_for(user: User, *, since: datetime) -> QuerySet[Notice]:
    """What was answered or settled, the newest first."""
    return Notice.objects.filter(to=user, closed_at__gte=since).select_related("acknowledged_by").order_by("-closed_at")


def _repeat(mail_at: Mapping[int, datetime | None], kind: str, subject: str, words: str, now: datetime) -> None:
    standing = Notice.objects.filter(to__in=mail_at, kind=kind, subject=subject, closed_at__isnull=True)
    for moment in {moment for moment in mail_at.values() if moment is not None}:
        theirs = [pk for pk, at in mail_at.items() if at == moment]
        standing.filter(to__in=theirs).exclude(urgency=Urgency.QUIET).update(mail_at=moment)
    standing.update(words=words, told_at=now, times=F("times") + 1)
