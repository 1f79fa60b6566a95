"""A sergeant moves: everything of theirs goes to somebody named, in one step, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts import accord, appointing, handing, notices
from accounts.errors import Conflict
from accounts.handing import Plan
from accounts.models import Appointment, AuditEntry, Notice, Role, User
from policy import approvals, live_cases, rejudging
from policy.models import LiveCase, Review
from posts.models import Post
from smconsole.moving import PARTS
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def plan(leaver: User, now: datetime) -> Plan:
    return handing.plan(leaver=leaver, parts=PARTS, now=now)


def hand_over(
    cast: Cast,
    now: datetime,
    *,
    leaver: User | None = None,
    to: User,
    until: date | None = None,
    by: User | None = None,
) -> Plan:
    leaver = leaver or cast.ada
    seen = plan(leaver, now).seal
    return handing.hand_over(
        leaver=leaver, to=to, until=until, seen=seen, parts=PARTS, by=by or cast.sam, now=now
    )  # fmt: skip


def fresh(user: User) -> User:
    """Guardian remembers rights on the object."""
    return User.objects.get(pk=user.pk)


def test_everything_moves_and_nothing_is_left_with_the_old_owner(cast: Cast, now: datetime) -> None:
    later = now + timedelta(hours=5)
    posts = [make_post(cast), make_post(cast, "in_review"), make_post(cast, "approved", publish_at=later)]
    live_cases.put_on(post=posts[0], why="A charge.", by=cast.ada, now=now)
    notices.give(to=[cast.ada], kind="post.expired", about=posts[0], words="Again.", needs_answer=True, now=now)
    moved = hand_over(cast, now, to=cast.mel)
    assert {post.author_id for post in Post.objects.filter(pk__in=[post.pk for post in posts])} == {cast.mel.pk}
    assert {thing.kind for thing in moved.things} == {
        "Drafts", "Waiting for review", "Approved and planned", "Open live cases",
    }  # fmt: skip
    assert plan(cast.ada, now).is_empty
    assert not cast.ada.groups.exists()
    assert Notice.objects.get(kind="post.expired").to == cast.mel
    assert LiveCase.objects.get().keeper == cast.mel
    assert fresh(cast.mel).has_perm("accounts.submit_for", cast.x)
    assert accord.check(now=now).holds


def test_access_ends_to_the_minute(cast: Cast, now: datetime) -> None:
    hand_over(cast, now, to=cast.tess)
    ended = cast.ada.appointments.get()
    assert ended.ended_at == now
    assert not fresh(cast.ada).has_perm("accounts.view_channel", cast.x)


def test_a_case_on_an_update_that_was_sent_long_ago_moves_too(cast: Cast, now: datetime) -> None:
    post = make_post(cast)
    live_cases.put_on(post=post, why="A charge.", by=cast.ada, now=now)
    Post.objects.filter(pk=post.pk).update(**{"state": Post.State.SENT})
    hand_over(cast, now, to=cast.tess)
    assert plan(cast.ada, now).is_empty
    assert [thing.kind for thing in plan(cast.tess, now).things] == ["Open live cases"]
    assert Post.objects.get().author == cast.ada  # who said it then, said it


def test_one_who_covers_has_it_until_the_end_of_that_day(cast: Cast, now: datetime) -> None:
    friday = now.date() + timedelta(days=4)
    hand_over(cast, now, to=cast.mel, until=friday)
    cover = Appointment.objects.get(user=cast.mel, team=cast.homerton)
    assert (cover.role, cover.ends_on, cover.stage) == (Role.SERGEANT, friday, "probation")


def test_a_colleague_who_may_send_already_gets_no_second_appointment(cast: Cast, now: datetime) -> None:
    hand_over(cast, now, to=cast.tess)
    assert cast.tess.appointments.count() == 1


def test_a_deputy_who_only_drafted_may_send_from_now_on(cast: Cast, now: datetime) -> None:
    hand_over(cast, now, to=cast.con)
    assert fresh(cast.con).has_perm("accounts.submit_for", cast.x)


def test_what_a_mentor_approved_stays_approved(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=5))
    hand_over(cast, now, to=cast.tess)
    rejudging.work(now=now)
    post.refresh_from_db()
    assert post.state == Post.State.APPROVED
    assert isinstance(approvals.approval(post.current, now=now), Review)


def test_what_nobody_had_to_approve_comes_back_to_a_successor_on_probation(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", author=cast.tess, publish_at=now + timedelta(hours=5))
    hand_over(cast, now, leaver=cast.tess, to=cast.mel)
    rejudging.work(now=now)
    post.refresh_from_db()
    assert (post.state, post.author) == (Post.State.DRAFT, cast.mel)
    assert Notice.objects.filter(to=cast.mel, kind="post.judged_again").exists()


def test_who_approved_an_update_does_not_become_its_author(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=5), reviewer=cast.rex)
    with pytest.raises(ValidationError, match="approved one of these"):
        hand_over(cast, now, to=cast.rex)
    post.refresh_from_db()
    assert post.author == cast.ada
    assert fresh(cast.ada).has_perm("accounts.submit_for", cast.x)


def test_what_changed_since_it_was_looked_at_is_not_moved(cast: Cast, now: datetime) -> None:
    seen = plan(cast.ada, now).seal
    make_post(cast)
    with pytest.raises(Conflict):
        handing.hand_over(leaver=cast.ada, to=cast.tess, until=None, seen=seen, parts=PARTS, by=cast.sam, now=now)
    assert cast.ada.appointments.get().ended_at is None


def test_twice_is_a_conflict(cast: Cast, now: datetime) -> None:
    hand_over(cast, now, to=cast.tess)
    with pytest.raises(Conflict, match="nothing to hand over"):
        hand_over(cast, now, to=cast.tess)


@pytest.mark.parametrize("who", ["rex", "dee", "hana", "olu", "cora", "tess"])
def test_only_an_administrator_hands_over(cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        hand_over(cast, now, to=cast.con, by=getattr(cast, who))


def test_an_administrator_neither_takes_nor_gives_their_own(cast: Cast, now: datetime) -> None:
    appointing.appoint(user=cast.sam, role=Role.SERGEANT, team=cast.wick, starts_on=now.date(), by=None, now=now)
    for leaver, to in ((cast.sam, cast.tess), (cast.ada, cast.sam)):
        with pytest.raises(PermissionDenied):
            hand_over(cast, now, leaver=leaver, to=to)


def test_nobody_hands_over_to_themselves_to_a_closed_account_or_for_days_gone_by(cast: Cast, now: datetime) -> None:
    User.objects.filter(pk=cast.con.pk).update(is_active=False)
    yesterday = now.date() - timedelta(days=1)
    for to, until in ((cast.ada, None), (fresh(cast.con), None), (cast.tess, yesterday)):
        with pytest.raises(ValidationError):
            hand_over(cast, now, to=to, until=until)


def test_each_step_is_in_the_audit_without_a_word_of_a_draft(cast: Cast, now: datetime) -> None:
    post = make_post(cast, text="Something that nobody has published yet.")
    before = AuditEntry.objects.count()
    hand_over(cast, now, to=cast.mel)
    kept = list(AuditEntry.objects.order_by("pk")[before:])
    assert {entry.action for entry in kept} == {
        "appointment.made", "appointment.ended", "post.handed_over", "person.handed_over",
    }  # fmt: skip
    whole = next(entry for entry in kept if entry.action == "person.handed_over")
    assert (whole.by, whole.facts["to"], whole.facts["moved"]) == (cast.sam, cast.mel.pk, [f"posts.post:{post.pk}"])
    assert "nobody has published" not in str([entry.facts for entry in kept])


def test_the_page_shows_exactly_what_moves_and_does_it_on_a_yes(
    cast: Cast, client_for: Callable[[User], Client]
) -> None:
    make_post(cast, text="The stall moves to Well Street.")
    page = client_for(cast.sam)
    url = reverse("hand_over", args=[cast.ada.pk])
    assert "Tess" in page.get(url).content.decode()
    shown = page.get(url, {"to": cast.tess.pk, "until": ""})
    words = shown.content.decode()
    assert "The stall moves to Well Street." in words and "@MPSHomerton" in words
    answer = page.post(url, {"to": cast.tess.pk, "until": "", "seen": shown.context["plan"].seal})
    assert answer.status_code == 302
    assert Post.objects.get().author == cast.tess


def test_the_page_asks_again_when_something_changed_in_between(
    cast: Cast, client_for: Callable[[User], Client]
) -> None:
    answer = client_for(cast.sam).post(reverse("hand_over", args=[cast.ada.pk]), {"to": cast.tess.pk, "seen": "old"})
    assert answer.status_code == 409
    assert cast.ada.appointments.get().ended_at is None


@pytest.mark.parametrize("who", ["ada", "rex", "dee", "hana", "olu", "cora"])
def test_to_everybody_else_there_is_no_such_page(cast: Cast, client_for: Callable[[User], Client], who: str) -> None:
    page = client_for(getattr(cast, who))
    url = reverse("hand_over", args=[cast.mel.pk])
    assert (page.get(url).status_code, page.post(url, {"to": cast.tess.pk}).status_code) == (404, 404)
    assert page.get(reverse("people")).status_code == 403


def test_the_list_of_people_takes_the_same_few_queries_however_many(
    cast: Cast, client_for: Callable[[User], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = client_for(cast.sam)
    with django_assert_max_num_queries(14):
        assert "Okafor" in page.get(reverse("people"), {"q": "homerton"}).content.decode()
