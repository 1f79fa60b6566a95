"""A handover with an overlap: both write until 23:59 on the last day, then everything moves and nothing is orphaned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import accord, planned, rights
from accounts.errors import Conflict
from accounts.models import Appointment, Handover, Notice, Role, User
from policy import live_cases
from posts.models import Post
from smconsole.moving import PARTS
from tests.conftest import Cast
from tests.factories import approve_post, make_post

pytestmark = pytest.mark.django_db
LAST = date(2026, 3, 30)
# 23:59 in London, where summer time has begun the day before.
MINUTE = datetime.fromisoformat("2026-03-30T22:59:00+00:00")


def plan(cast: Cast, now: datetime, *, to: User | None = None, by: User | None = None, last: date = LAST) -> Handover:
    return planned.plan_handover(
        leaver=cast.ada, to=to or cast.con, last_day=last, until=None, by=by or cast.sam, now=now
    )  # fmt: skip


def may_send(user: User, cast: Cast) -> bool:
    return User.objects.get(pk=user.pk).has_perm("accounts.submit_for", cast.x)


def test_both_write_until_the_last_minute_and_then_everything_moves(cast: Cast, now: datetime) -> None:
    kept = plan(cast, now)  # a deputy takes over
    assert may_send(cast.con, cast) and may_send(cast.ada, cast)
    draft = make_post(cast)
    live_cases.put_on(post=draft, why="A charge.", by=cast.ada, now=now)
    rights.sync_due(now=MINUTE - timedelta(minutes=1))
    assert planned.due(now=MINUTE - timedelta(minutes=1)) == [] and may_send(cast.ada, cast)
    soon = MINUTE - timedelta(hours=2)
    going = make_post(cast, "approved", publish_at=MINUTE + timedelta(hours=8), now=soon)
    assert planned.due(now=MINUTE) == [kept.pk]
    done = planned.carry_out(handover_id=kept.pk, parts=PARTS, now=MINUTE)
    assert (done.trouble, done.closed_at) == ("", MINUTE)
    assert {post.author for post in Post.objects.all()} == {cast.con}
    going.refresh_from_db()
    assert going.state == Post.State.APPROVED and not may_send(cast.ada, cast) and accord.check(now=MINUTE).holds
    assert not any(part.unowned(now=MINUTE) for part in PARTS)
    assert planned.carry_out(handover_id=kept.pk, parts=PARTS, now=MINUTE).closed_at == MINUTE  # once


def test_what_cannot_move_is_stopped_told_and_listed_and_the_access_ends_all_the_same(
    cast: Cast, now: datetime
) -> None:
    kept, soon = plan(cast, now, to=cast.tess), MINUTE - timedelta(hours=2)
    post = make_post(cast, "in_review", publish_at=MINUTE + timedelta(hours=8), now=soon)
    Appointment.objects.create(
        user=cast.tess, role=Role.MENTOR, team=cast.hackney, starts_on=now.date(), made_at=now
    )  # fmt: skip
    rights.sync(cast.tess, now=soon)
    approve_post(post, User.objects.get(pk=cast.tess.pk), now=soon)
    done = planned.carry_out(handover_id=kept.pk, parts=PARTS, now=MINUTE)
    assert "has approved one of these" in done.trouble
    post.refresh_from_db()
    assert (post.state, post.author) == (Post.State.DRAFT, cast.ada) and not may_send(cast.ada, cast)
    assert set(Notice.objects.filter(kind=planned.STUCK).values_list("to", flat=True)) == {cast.sam.pk}
    assert [thing.kind for part in PARTS for thing in part.unowned(now=MINUTE)] == ["Drafts"]


def test_if_the_clock_stands_still_the_access_ends_with_the_day(cast: Cast, now: datetime) -> None:
    plan(cast, now)
    rights.sync_due(now=MINUTE + timedelta(minutes=2))
    assert not may_send(cast.ada, cast)


def test_it_is_called_off_by_somebody_else_and_only_once(cast: Cast, now: datetime) -> None:
    kept = plan(cast, now, to=cast.tess)
    for who in (cast.ada, cast.tess, cast.rex):
        with pytest.raises(PermissionDenied):
            planned.call_off(handover=kept, by=who, now=now)
    planned.call_off(handover=kept, by=cast.sam, now=now)
    assert planned.due(now=MINUTE) == []
    with pytest.raises(Conflict):
        planned.call_off(handover=kept, by=cast.sam, now=now)


def test_a_day_gone_by_a_second_plan_and_nobodys_own_are_refused(cast: Cast, now: datetime) -> None:
    for last in (now.date() - timedelta(days=1), now.date() + timedelta(days=400)):
        with pytest.raises(ValidationError):
            plan(cast, now, last=last)
    for by in (cast.rex, cast.dee, cast.ada, cast.con):
        with pytest.raises(PermissionDenied):
            plan(cast, now, by=by)
    plan(cast, now)
    with pytest.raises(Conflict, match="already"):
        plan(cast, now)


def test_the_page_plans_it_and_shows_it_until_it_is_called_off(
    cast: Cast, client_for: Callable[[User], Client]
) -> None:
    sam, url = client_for(cast.sam), reverse("hand_over", args=[cast.ada.pk])
    last = (timezone.now() + timedelta(days=14)).date().isoformat()
    asked = {"to": cast.tess.pk, "until": "", "last_day": last}
    shown = sam.get(url, asked)
    assert "23:59" in shown.text and "Plan this handover" in shown.text
    assert sam.post(url, asked | {"seen": shown.context["plan"].seal}).status_code == 302
    page = reverse("appointments", args=[cast.ada.pk])
    assert "Hands over to Sgt Tess Lindqvist" in sam.get(page).text
    kept = Handover.objects.get()
    assert client_for(cast.rex).post(reverse("call_off_handover", args=[kept.pk])).status_code == 404
    assert sam.post(reverse("call_off_handover", args=[kept.pk])).status_code == 302
    assert "Hands over to" not in sam.get(page).text
