from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail

from accounts import logins, mailing
from accounts.models import Notice, User
from platforms.errors import LoginExpired, Refused
from policy import expiry, holds
from publishing import reconcile, release
from publishing.models import Delivery
from tests.factories import PLAIN
from tests.publishing.conftest import Desk, lost_answer

pytestmark = pytest.mark.django_db
DESK = {"dee", "hana"}


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind, closed_at=None).values_list("to__username", flat=True))


def test_a_refused_delivery_is_told_to_author_mentor_and_desk(desk: Desk) -> None:
    desk.network.answers = [Refused("No.")]
    desk.deliver(desk.released())
    assert told("delivery.failed") == {"ada", "rex"} | DESK
    assert set(Notice.objects.values_list("desk", "to__username")) == {
        (False, "ada"), (False, "rex"), (True, "dee"), (True, "hana"),
    }  # fmt: skip


def test_where_nobody_had_to_agree_the_mentors_of_the_channel_are_told(desk: Desk) -> None:
    desk.network.answers = [Refused("No.")]
    desk.deliver(desk.released(author=desk.cast.tess))
    assert told("delivery.failed") == {"tess", "rex"} | DESK


def test_a_missed_delivery_is_told(desk: Desk) -> None:
    desk.released()
    desk.wait(minutes=31)
    desk.settle_overdue()
    assert told("delivery.missed") == {"ada", "rex"} | DESK


def test_a_doubt_is_on_the_bell_at_once_and_mailed_only_when_it_lasts(desk: Desk) -> None:
    User.objects.update(email="a@force.example")
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    assert told("delivery.unconfirmed") == {"ada", "rex"} | DESK
    assert mailing.people_due(now=desk.moment) == []
    assert len(mailing.people_due(now=desk.moment + timedelta(minutes=3))) == 4
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    assert told("delivery.unconfirmed") == set()
    assert mailing.people_due(now=desk.moment + timedelta(hours=1)) == []


def test_a_doubt_that_a_person_settles_as_not_public_becomes_a_failure_to_answer(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    desk.wait(minutes=5)
    reconcile.decide(delivery=delivery, public=False, by=desk.cast.rex, now=desk.moment)
    assert told("delivery.unconfirmed") == set()
    assert told("delivery.failed") == {"ada", "rex"} | DESK


def test_during_a_hold_the_desk_reads_one_line_for_many_posts(desk: Desk) -> None:
    holds.open_hold(team=None, reason="A serious incident.", by=desk.cast.dee, now=desk.moment)
    for author in (desk.cast.ada, desk.cast.tess):
        desk.wait(seconds=2)  # the lane's distance
        assert desk.deliver(desk.released(author=author)).state == Delivery.State.MISSED
        desk.wait(minutes=1)
    assert told("hold.stopped") == DESK
    assert Notice.objects.filter(kind="hold.stopped").count() == 2
    assert told("delivery.missed") == {"ada", "tess", "rex"}


def test_a_post_that_is_there_twice_is_told(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    desk.network.live.append(desk.network.live[0].__class__("777", "https://x.com/i/777", PLAIN, 0, desk.moment))
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    assert told("delivery.doubled") == {"ada", "rex"} | DESK


def test_a_broken_channel_is_told_until_it_works_again(desk: Desk) -> None:
    desk.network.answers = [LoginExpired("X no longer accepts the login.")]
    delivery = desk.deliver(desk.released())
    assert told("channel.broken") == {"ada", "tess", "rex", "sam"} | DESK
    logins.mark_working(channel=delivery.target.channel, now=desk.moment)
    assert told("channel.broken") == set()


def test_no_notice_and_no_mail_holds_a_draft_s_words(desk: Desk) -> None:
    User.objects.update(email="a@force.example")
    desk.network.answers = [Refused("X says no: We met residents at the library.")]
    desk.deliver(desk.released())
    desk.released(author=desk.cast.tess)
    desk.wait(minutes=31)
    desk.settle_overdue()
    for user_id in mailing.people_due(now=desk.moment):
        mailing.mail(user_id=user_id, now=desk.moment)
    said = [*Notice.objects.values_list("words", flat=True), *(message.body for message in mail.outbox)]
    assert len(said) > 8
    assert not [words for words in said if "library" in words or "biscuits" in words]


def test_what_came_back_before_it_was_released_is_told_to_its_author(desk: Desk, now: datetime) -> None:
    post = desk.approved(publish_at=now + timedelta(days=4))
    desk.wait(hours=73)
    assert not release.release(post=post, now=desk.moment)
    assert told("post.not_released") == {"ada"}


def test_what_ran_out_of_its_approval_is_told_to_its_author(desk: Desk, now: datetime) -> None:
    desk.approved(publish_at=now + timedelta(days=4))
    expiry.expire(now=now + timedelta(hours=73))
    assert told("post.expired") == {"ada"}
