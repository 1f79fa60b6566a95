"""Mentors and their authors: pairing, check-ins, notes, and when one is due (domain.md C.3).

A mentor has at most eight; the verb says so under a lock on the mentor's row, so two administrators at once cannot
make it nine. What is written about somebody is read by that person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts import audit, notices
from accounts.channels import AUTHORS, channels_for, teams_for
from accounts.errors import Conflict
from accounts.models import (
    Appointment,
    CheckIn,
    CoachingNote,
    Pairing,
    Role,
    ShadowReview,
    Stage,
    StageChange,
    Team,
    User,
)
from accounts.models.people import LONDON

AT_MOST = 8
LONGEST = 2_000
MENTORS = (Role.MENTOR, Role.DMC_EDITOR, Role.HEAD)
# Cadence of C.3, in days: weekly in practice and probation, monthly for six months after, then quarterly.
WEEKLY, MONTHLY, QUARTERLY = 7, 30, 91
SIX_MONTHS = timedelta(days=182)
NOTED, PAIRED, ENDED = "coaching.noted", "mentoring.paired", "mentoring.ended"


@dataclass(frozen=True)
class Due:
    """An author with the day on which the next check-in is due, the last one, and how often they come in days."""

    pairing: Pairing
    on: date
    last: date | None
    every: int
    stage: Stage

    def is_due(self, today: date) -> bool:
        return self.on <= today


# ---- pairing -----------------------------------------------------------------------------------------


@transaction.atomic
def pair(*, author: User, mentor: User, backup: User, by: User, now: datetime) -> Pairing:
    """Give this author a mentor and somebody who stands in; who was it before, is no more.

    Raises PermissionDenied without `provision` over a team the author writes for; ValidationError for who is no
    mentor there, or has eight already; Conflict when nothing would change.
    """
    # The author, then the mentor, each in the order of the keys: two pairings at once follow one another.
    list(User.objects.select_for_update(no_key=True).filter(pk__in={author.pk, mentor.pk}).order_by("pk"))
    teams = _written_for(author, now)
    if not teams or not set(teams) & set(teams_for(by, "provision").values_list("pk", flat=True)):
        raise PermissionDenied("Only an administrator of a team that this person writes for names their mentor.")
    _check(author, mentor, backup, now)
    standing = Pairing.objects.filter(author=author, ended_at__isnull=True).first()
    if standing is not None and (standing.mentor_id, standing.backup_id) == (mentor.pk, backup.pk):
        raise Conflict("That is how it stands already. Nothing was changed.")
    if standing is None or standing.mentor_id != mentor.pk:
        load = Pairing.objects.filter(mentor=mentor, ended_at__isnull=True).count()
        if load >= AT_MOST:
            raise ValidationError({"mentor": f"{mentor} has {load} already, and nobody has more than {AT_MOST}."})
    Pairing.objects.filter(author=author, ended_at__isnull=True).update(ended_at=now, ended_by=by)
    made = Pairing.objects.create(author=author, mentor=mentor, backup=backup, began_at=now, made_by=by)
    audit.record(by, "mentoring.paired", made, now=now, author=author.pk, mentor=mentor.pk, backup=backup.pk)
    words = f"{mentor} is {author}’s mentor now; {backup} stands in."
    link = reverse("accounts:coaching", kwargs={"pk": author.pk})
    notices.give(to=[author, mentor, backup], kind=PAIRED, about=made, words=words, link=link, now=now)
    return made


@transaction.atomic
def end_idle(*, now: datetime) -> int:
    """Pairs whose author writes for nobody any more, or whose mentor reviews for none of the author's teams today or
    may no longer sign in; both are told. Returns how many."""
    held = Appointment.objects.active(now)
    over_it = Q(team=OuterRef("team")) | Q(team=OuterRef("team__parent")) | Q(team=OuterRef("team__parent__parent"))
    reviews = held.filter(over_it, user=OuterRef(OuterRef("mentor")), role__in=MENTORS)
    shared = held.filter(Exists(reviews), user=OuterRef("author"), role__in=AUTHORS)
    over = Pairing.objects.filter(ended_at__isnull=True).exclude(Exists(shared), mentor__is_active=True)
    ended = list(over.select_related("author", "mentor").select_for_update(of=("self",)))
    for pairing in ended:
        audit.record(None, ENDED, pairing, now=now, author=pairing.author_id, mentor=pairing.mentor_id)
        words = f"{pairing.mentor} is no longer {pairing.author}’s mentor, since one of them has moved on."
        words += " Whoever goes on writing is given another by an administrator."
        notices.give(to=[pairing.author, pairing.mentor], kind=ENDED, about=pairing, words=words, now=now)
    Pairing.objects.filter(pk__in=[pairing.pk for pairing in ended]).update(ended_at=now)
    return len(ended)


def mentors_of(author: User) -> list[User]:
    """The mentor, then who stands in; nobody while none is named."""
    standing = Pairing.objects.filter(author=author, ended_at__isnull=True).select_related("mentor", "backup").first()
    return [standing.mentor, standing.backup] if standing else []


def workload(people: Iterable[User]) -> dict[int, int]:
    """How many each of these has, by key."""
    keys = [user.pk for user in people]
    open_ones = Pairing.objects.filter(mentor__in=keys, ended_at__isnull=True).order_by()
    counted = dict(open_ones.values_list("mentor").annotate(Count("pk")))
    return {key: counted.get(key, 0) for key in keys}


def candidates(author: User, now: datetime) -> QuerySet[User]:
    """Who could be this author's mentor: those who review over a team they write for."""
    above = {one.pk for team in Team.objects.filter(pk__in=_written_for(author, now)) for one in team.covering()}
    held = Appointment.objects.active(now).filter(role__in=MENTORS, team__in=above)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=author.pk)
    return people.order_by("last_name", "first_name", "pk")


# ---- check-ins and notes -----------------------------------------------------------------------------


@transaction.atomic
def check_in(*, author: User, on: date, words: str = "", by: User, now: datetime) -> CheckIn:
    """They spoke on that day. Raises PermissionDenied unless `by` mentors them or stands in; ValidationError."""
    _require_mentor(author, by)
    if on > _today(now):
        raise ValidationError({"on": "That day is still to come."})
    made = CheckIn.objects.create(author=author, by=by, on=on, words=_words(words, needed=False), at=now)
    audit.record(by, "mentoring.checked_in", made, now=now, author=author.pk, on=on.isoformat())
    return made


@transaction.atomic
def note(*, author: User, words: str, by: User, now: datetime) -> CoachingNote:
    """Something that helps; the author is told. Raises PermissionDenied, ValidationError for no words."""
    require_coach(author, by, now=now)
    made = CoachingNote.objects.create(author=author, by=by, words=_words(words, needed=True), at=now)
    audit.record(by, "coaching.noted", made, now=now, author=author.pk)
    link = reverse("accounts:coaching", kwargs={"pk": author.pk})
    notices.give(
        to=[author], kind=NOTED, about=made, words=f"{by} has left a note that may help you.", link=link, now=now
    )
    return made


@transaction.atomic
def keep_shadow(*, author: User, agreed: bool, on: date, by: User, now: datetime) -> ShadowReview:
    """A review that this author tried beside the DMC. Raises PermissionDenied, ValidationError."""
    _require_mentor(author, by)
    if on > _today(now):
        raise ValidationError({"on": "That day is still to come."})
    made = ShadowReview.objects.create(author=author, agreed=agreed, on=on, by=by, at=now)
    audit.record(by, "mentoring.shadowed", made, now=now, author=author.pk, agreed=agreed)
    return made


def may_read(author: User, user: User, *, now: datetime) -> bool:
    """The author, their mentor, who stands in, and the DMC over a team they write for."""
    return user.pk == author.pk or coaches(author, user, now=now)


def coaches(author: User, user: User, *, now: datetime) -> bool:
    return user.pk != author.pk and (is_mentor(author, user) or is_dmc(author, user, now=now))


def is_mentor(author: User, user: User) -> bool:
    """Named for this author, or standing in, and still somebody who reviews: a name outlives an appointment."""
    named = Pairing.objects.filter(Q(mentor=user) | Q(backup=user), author=author, ended_at__isnull=True)
    return named.exists() and channels_for(user, "review_for").exists()


def is_dmc(author: User, user: User, *, now: datetime) -> bool:
    """Whether this person provisions, or decides for the DMC over, a team that the author writes for."""
    written = _written_for(author, now)
    if teams_for(user, "provision").filter(pk__in=written).exists():
        return True
    return teams_for(user, "keep_policy").filter(pk__in=written).exists()


def require_coach(author: User, user: User, *, now: datetime) -> None:
    if not coaches(author, user, now=now):
        raise PermissionDenied("Only their mentor and the DMC write here.")


def _require_mentor(author: User, user: User) -> None:
    if not is_mentor(author, user):
        raise PermissionDenied("Only their mentor, or who stands in, keeps this.")


# ---- when the next one is due --------------------------------------------------------------------------


def due_list(pairings: Iterable[Pairing], *, now: datetime) -> list[Due]:
    """When each pair speaks next, the most overdue first. Four queries, whatever their number."""
    listed = list(pairings)
    authors = {one.author_id for one in listed}
    last = dict(CheckIn.objects.filter(author__in=authors).order_by().values_list("author").annotate(Max("on")))
    held: dict[int, list[Appointment]] = {}
    for one in Appointment.objects.active(now).filter(user__in=authors, role__in=AUTHORS):
        held.setdefault(one.user_id, []).append(one)
    trusted = StageChange.objects.filter(appointment__user__in=authors, became=Stage.TRUSTED).order_by("at")
    ups = trusted.exclude(kind=StageChange.Kind.RENEWED)
    since = dict(ups.values_list("appointment", "at"))
    found = [_due(one, held.get(one.author_id, []), last.get(one.author_id), since, now) for one in listed]
    return sorted(found, key=lambda due: (due.on, due.pairing.pk))


def _due(one: Pairing, held: list[Appointment], last: date | None, since: dict[int, datetime], now: datetime) -> Due:
    stages = [(Stage(held_one.stage), held_one) for held_one in held]
    stage, lowest = min(stages, key=lambda pair: pair[0].rank, default=(Stage.PROBATION, None))
    every = WEEKLY
    if lowest is not None and stage.is_trusted:
        at = since.get(lowest.pk)
        trusted_on = at.astimezone(LONDON).date() if at else lowest.starts_on
        every = MONTHLY if _today(now) < trusted_on + SIX_MONTHS else QUARTERLY
    began = one.began_at.astimezone(LONDON).date()
    return Due(one, max(last or began, began) + timedelta(days=every), last, every, stage)


def pairings_of(user: User) -> QuerySet[Pairing]:
    """Those whom this person mentors or stands in for; none for who reviews no more (`is_mentor`)."""
    if not channels_for(user, "review_for").exists():
        return Pairing.objects.none()
    mine = Pairing.objects.filter(Q(mentor=user) | Q(backup=user), ended_at__isnull=True)
    return mine.select_related("author", "mentor", "backup")


def _check(author: User, mentor: User, backup: User, now: datetime) -> None:
    may = set(candidates(author, now).values_list("pk", flat=True))
    problems = {}
    if mentor.pk not in may:
        problems["mentor"] = "This person does not review for a team that the author writes for."
    if backup.pk not in may:
        problems["backup"] = "This person does not review for a team that the author writes for."
    if mentor.pk == backup.pk:
        problems["backup"] = "Somebody else stands in."
    if problems:
        raise ValidationError(problems)


def _written_for(author: User, now: datetime) -> list[int]:
    held = Appointment.objects.active(now).filter(user=author, role__in=AUTHORS)
    return list(held.values_list("team", flat=True))


def _words(words: str, *, needed: bool) -> str:
    said = words.strip()
    if needed and not said:
        raise ValidationError({"words": "Write it in a sentence."})
    if len(said) > LONGEST:
        raise ValidationError({"words": f"Use {LONGEST:,} characters or fewer. You have {len(said):,}."})
    return said


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()
