"""An urgent appointment: one person makes it, a second confirms it or it ends, a third looks at it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import accord, appointing, breakglass
from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice, Role, Urgent, User
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SOON = timedelta(minutes=31)


def opened(cast: Cast, now: datetime, *, by: User | None = None, user: User | None = None) -> Urgent:
    told = {"role": Role.SERGEANT, "team": cast.wick, "hours": 2, "reason": "A fire, and nobody of the ward is there."}
    return breakglass.open_urgent(user=user or cast.con, **told, by=by or cast.dee, now=now)


def holds_it(cast: Cast) -> bool:
    return User.objects.get(pk=cast.con.pk).has_perm("accounts.view_team", cast.wick)


def test_it_counts_at_once_and_ends_by_itself_when_nobody_confirms_it(cast: Cast, now: datetime) -> None:
    kept = opened(cast, now)
    assert holds_it(cast) and accord.check(now=now).holds
    told = set(Notice.objects.filter(kind=breakglass.CONFIRM).values_list("to", flat=True))
    assert told == {cast.sam.pk, cast.hana.pk}
    assert breakglass.watch(now=now + timedelta(minutes=29)) == 0
    assert breakglass.watch(now=now + SOON) == 1
    kept.refresh_from_db()
    assert kept.lapsed and not holds_it(cast) and accord.check(now=now + SOON).holds
    assert not Notice.objects.filter(kind=breakglass.CONFIRM, closed_at__isnull=True).exists()
    assert Notice.objects.filter(kind=breakglass.REVIEW, closed_at__isnull=True).exists()
    with pytest.raises(Conflict, match="ended already"):
        breakglass.confirm(urgent=kept, by=cast.sam, now=now + SOON)


def test_confirmed_it_stands_until_its_hour_and_then_wants_a_look(cast: Cast, now: datetime) -> None:
    kept = breakglass.confirm(urgent=opened(cast, now), by=cast.sam, now=now + timedelta(minutes=5))
    assert breakglass.watch(now=now + SOON) == 0 and holds_it(cast)
    over = now + timedelta(hours=2)
    assert breakglass.watch(now=over) == 1 and not holds_it(cast)
    kept = breakglass.review(urgent=kept, finding="It was needed.", by=cast.hana, now=over)
    assert (kept.reviewed_by, kept.lapsed) == (cast.hana, False)
    assert not Notice.objects.filter(kind=breakglass.REVIEW, closed_at__isnull=True).exists()
    actions = AuditEntry.objects.filter(subject=f"accounts.appointment:{kept.appointment_id}")
    said = ["appointment.made", "urgent.opened", "urgent.confirmed", "appointment.ended", "urgent.closed"]
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [*said, "urgent.reviewed"]


def test_nobody_opens_confirms_or_looks_at_their_own(cast: Cast, now: datetime) -> None:
    for who in (cast.ada, cast.rex, cast.olu, cast.cora):
        with pytest.raises(PermissionDenied):
            opened(cast, now, by=who)
    with pytest.raises(PermissionDenied):
        opened(cast, now, by=cast.dee, user=cast.dee)
    kept = opened(cast, now, user=cast.hana)
    for who in (cast.dee, cast.hana, cast.ada):
        with pytest.raises(PermissionDenied):
            breakglass.confirm(urgent=kept, by=who, now=now)
    breakglass.watch(now=now + SOON)
    for who in (cast.dee, cast.hana, cast.cora):
        with pytest.raises(PermissionDenied):
            breakglass.review(urgent=kept, finding="Fine.", by=who, now=now + SOON)


def test_who_was_let_in_in_a_hurry_lets_in_nobody_else_until_that_is_confirmed(cast: Cast, now: datetime) -> None:
    told = {"role": Role.DMC_ADMIN, "team": cast.force, "hours": 2, "reason": "Nobody of the DMC can be reached."}
    mine = breakglass.open_urgent(user=cast.con, **told, by=cast.dee, now=now)
    theirs = opened(cast, now, by=cast.dee, user=cast.mel)
    con = User.objects.get(pk=cast.con.pk)
    asked = {"role": Role.MENTOR, "team": cast.wick, "starts_on": now.date(), "by": con, "now": now}
    refused = [
        lambda: opened(cast, now, by=con, user=cast.ada),
        lambda: breakglass.confirm(urgent=theirs, by=con, now=now),
        lambda: appointing.appoint(user=cast.ada, **asked),
        lambda: appointing.end(appointment=cast.rex.appointments.get(), by=con, now=now),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied, match="waits for a second person"):
            act()
    breakglass.confirm(urgent=mine, by=cast.hana, now=now)
    for act in refused:
        act()


def test_an_urgent_appointment_beside_ones_own_takes_nothing_away(cast: Cast, now: datetime) -> None:
    told = {"role": Role.HEAD, "team": cast.force, "hours": 2, "reason": "Nobody may hold everything tonight."}
    breakglass.open_urgent(user=cast.sam, **told, by=cast.dee, now=now)
    appointing.appoint(user=cast.mel, role=Role.MENTOR, team=cast.wick, starts_on=now.date(), by=cast.sam, now=now)


def test_a_third_looks_at_it_not_who_confirmed_it(cast: Cast, now: datetime) -> None:
    kept = breakglass.confirm(urgent=opened(cast, now), by=cast.sam, now=now)
    over = now + timedelta(hours=2)
    breakglass.watch(now=over)
    kept.refresh_from_db()
    assert "a third person" in breakglass.obstacle(kept, cast.sam, now=over)
    with pytest.raises(PermissionDenied, match="a third person"):
        breakglass.review(urgent=kept, finding="Fine.", by=cast.sam, now=over)
    assert breakglass.review(urgent=kept, finding="Fine.", by=cast.hana, now=over).reviewed_by == cast.hana


def test_it_wants_a_reason_and_the_look_a_finding_and_only_afterwards(cast: Cast, now: datetime) -> None:
    told = {"user": cast.con, "role": Role.MENTOR, "team": cast.wick, "by": cast.dee, "now": now}
    for wrong in ({"hours": 2, "reason": "  "}, {"hours": 99, "reason": "A fire."}):
        with pytest.raises(ValidationError):
            breakglass.open_urgent(**told, **wrong)
    kept = opened(cast, now)
    with pytest.raises(Conflict, match="afterwards"):
        breakglass.review(urgent=kept, finding="Fine.", by=cast.sam, now=now)
    breakglass.confirm(urgent=kept, by=cast.sam, now=now)
    with pytest.raises(Conflict, match="confirmed it already"):
        breakglass.confirm(urgent=kept, by=cast.hana, now=now)


def test_ended_by_an_administrator_it_is_over_and_wants_its_look_too(cast: Cast, now: datetime) -> None:
    kept = opened(cast, now)
    later = now + timedelta(minutes=3)
    appointing.end(appointment=kept.appointment, by=cast.sam, now=later)
    assert breakglass.watch(now=later) == 1
    assert breakglass.done_with(Urgent.objects.get()) == []


def test_what_was_done_with_it_is_read_from_the_audit(cast: Cast, now: datetime) -> None:
    kept = opened(cast, now, user=cast.hana)
    inside, later = now + timedelta(minutes=2), now + timedelta(hours=3)
    appointing.appoint(user=cast.mel, role=Role.MENTOR, team=cast.wick, starts_on=now.date(), by=cast.sam, now=inside)
    AuditEntry.objects.create(by=cast.hana, action="post.approved", subject="posts.post:1", at=inside)
    AuditEntry.objects.create(by=cast.hana, action="post.approved", subject="posts.post:2", at=later)
    breakglass.watch(now=now + SOON)
    assert [entry.subject for entry in breakglass.done_with(Urgent.objects.get(pk=kept.pk))] == ["posts.post:1"]
