"""Updates, how long they took, what came back, and the priorities they spoke to."""

from __future__ import annotations

from collections import Counter
from statistics import median

from django.db.models import Min, OuterRef, QuerySet, Subquery

from accounts.models import Channel
from engagement import mine, periods, priorities, wording
from engagement.models import Snapshot
from engagement.oversight.figures import Answer, Book, Scope, chapter, of_all
from policy.models import Review, Submission
from posts.models import VersionPicture
from publishing.models import Delivery

BOOK: Book = []
updates, agreeing = chapter(BOOK, "Updates"), chapter(BOOK, "Agreeing")
replies, asked = chapter(BOOK, "Replies"), chapter(BOOK, "Priorities")
ON_TIME = 60.0  # seconds


def months(scope: Scope) -> list[tuple[str, int]]:
    """First day of each month of the period -> updates that went out in it."""
    first = _sent(scope).values_list("target__post").annotate(at=Min("published_at")).values_list("at", flat=True)
    count = Counter(periods.first_of_month(at) for at in first)
    found, month = [], scope.first.replace(day=1)
    while month <= scope.last:
        found.append((month.isoformat(), count[month]))
        month = periods.month_after(month)
    return found


@updates("updates.sent", "Updates that went out", "Updates that became public, each once however many networks.")
def sent(scope: Scope) -> Answer:
    public = _sent(scope)
    total = public.values("target__post").distinct().count()
    rows = [
        (f"On {label}", public.filter(channel__network=network).values("target__post").distinct().count())
        for network, label in Channel.Network.choices
    ]
    return Answer(total, f"{total:,}", rows)


@updates(
    "updates.wards",
    "Wards that told residents something",
    "Wards of the area with at least one update of their own, of all its wards.",
)
def heard(scope: Scope) -> Answer:
    spoke = _sent(scope).filter(channel__team__in=scope.wards).values("channel__team").distinct().count()
    return of_all(spoke, len(scope.wards))


@updates(
    "updates.on_time",
    "Sent within a minute of their time",
    "Deliveries that were public no later than a minute after the promised moment, of all that went out.",
)
def on_time(scope: Scope) -> Answer:
    late = [
        (done - promised).total_seconds() for promised, done in _sent(scope).values_list("publish_at", "published_at")
    ]
    return of_all(sum(seconds <= ON_TIME for seconds in late), len(late))


@updates(
    "updates.not_sent",
    "Promised and not sent",
    "Deliveries promised for the period that a network refused or whose time passed. None is sent late by itself.",
)
def not_sent(scope: Scope) -> Answer:
    lost = Delivery.objects.filter(
        channel__team__in=scope.teams, publish_at__gte=scope.since, publish_at__lt=scope.until
    )
    rows = [(state.label, lost.filter(state=state).count()) for state in (Delivery.State.FAILED, Delivery.State.MISSED)]
    total = sum(int(number) for _, number in rows)
    return Answer(total, f"{total:,}", rows)


@updates("updates.taken_down", "Taken down", "Updates of the period that were public and have been taken down since.")
def taken_down(scope: Scope) -> Answer:
    total = _sent(scope).filter(state=Delivery.State.TAKEN_DOWN).values("target__post").distinct().count()
    return Answer(total, f"{total:,}")


@updates(
    "updates.described",
    "Pictures with a description",
    "Pictures of updates that went out which have words for people who cannot see them, of all their pictures.",
)
def described(scope: Scope) -> Answer:
    shown = VersionPicture.objects.filter(version__in=_sent(scope).values("version"))
    alts = list(shown.values_list("alt", flat=True))
    return of_all(sum(bool(alt.strip()) for alt in alts), len(alts))


@updates(
    "updates.surgeries",
    "Surgeries announced in good time",
    f"Updates that named the day of a surgery at least {mine.AHEAD} days ahead, of those that named one.",
)
def surgeries(scope: Scope) -> Answer:
    facts = ("target__post", "version__texts", "version__template", "published_at")
    ahead: dict[int, int | None] = {}
    for post, texts, template, at in _sent(scope).order_by("published_at").values_list(*facts).iterator():
        if post not in ahead:
            words = next((text for text in texts.values() if text.strip()), "")
            ahead[post] = mine.notice(words, template, periods.day_of(at))
    known = [days for days in ahead.values() if days is not None]
    return of_all(sum(days >= mine.AHEAD for days in known), len(known))


@agreeing(
    "agreeing.time",
    "Time until a person agreed",
    "Median time from sending an update for review to a person's yes, over the reviews that ended with one.",
)
def agreed(scope: Scope) -> Answer:
    yes = Review.objects.filter(decision=Review.Decision.APPROVE, submission__ending=Submission.Ending.APPROVED)
    spans = _of_period(yes, scope).values_list("submission__opened_at", "at")
    minutes = [(done - opened).total_seconds() / 60 for opened, done in spans]
    if not minutes:
        return Answer(why="Nobody was asked in this period.")
    middle = median(minutes)
    return Answer(middle, wording.minutes(middle), [("Reviews counted", len(minutes))])


@agreeing("agreeing.sent_back", "Sent back", "Times a reviewer asked for a change, with the reason that was chosen.")
def sent_back(scope: Scope) -> Answer:
    back = _of_period(Review.objects.filter(decision=Review.Decision.SEND_BACK), scope)
    count = Counter(Review.Reason(reason).label for reason in back.values_list("reason", flat=True) if reason)
    return Answer(sum(count.values()), f"{sum(count.values()):,}", sorted(count.items()))


@replies(
    "replies.counted",
    "Replies that the networks counted",
    "Replies and comments under the updates of the period, as the networks last counted them.",
)
def counted(scope: Scope) -> Answer:
    newest = Snapshot.objects.filter(delivery=OuterRef("pk")).order_by("-at").values("replies")[:1]
    numbers = list(_sent(scope).annotate(said=Subquery(newest)).values_list("said", flat=True))
    known = [number for number in numbers if number is not None]
    if not known:
        return Answer(why="No network has counted any reply for these updates.")
    return Answer(sum(known), f"{sum(known):,}", [("Deliveries without a count", len(numbers) - len(known))])


@replies(
    "replies.answered", "Questions answered, and how fast", "Questions from the public that were answered, of all."
)
def answered(scope: Scope) -> Answer:
    return Answer(why="The console has no inbox: it does not collect what people write, so it cannot count answers.")


@asked("priorities.open", "Priorities open", "Priorities of the area's wards that were open on the last day.")
def still_open(scope: Scope) -> Answer:
    kept = priorities.of_teams(scope.teams, since=scope.since, until=scope.end)
    return Answer(len(kept), f"{len(kept):,}")


@asked(
    "priorities.told",
    "Priorities that residents were told about",
    "Priorities open at any time of the period that an update of the period says it is about, of all of them.",
)
def told(scope: Scope) -> Answer:
    count = priorities.counted(kept.complete for kept in _kept(scope))
    return of_all(count.told, count.number)


@asked(
    "priorities.whole",
    "You said, we did, result",
    "Priorities open at any time of the period for which an action and a result are written down, of all of them.",
)
def whole(scope: Scope) -> Answer:
    count = priorities.counted(kept.complete for kept in _kept(scope))
    return of_all(count.whole, count.number)


def _kept(scope: Scope) -> list[priorities.Kept]:
    return priorities.of_teams(scope.teams, since=scope.since, until=scope.end, closed_too=True)


def _sent(scope: Scope) -> QuerySet[Delivery]:
    """Deliveries that became public in the period, also those taken down since."""
    return Delivery.objects.filter(
        channel__team__in=scope.teams, published_at__gte=scope.since, published_at__lt=scope.until
    ).order_by()


def _of_period(found: QuerySet[Review], scope: Scope) -> QuerySet[Review]:
    return found.filter(submission__post__team__in=scope.teams, at__gte=scope.since, at__lt=scope.until)
