"""What each level lets out, who opens, confirms, reviews and releases it, and whom the clock tells."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import rights
from accounts.errors import Conflict
from accounts.models import AuditEntry, Credential, Notice, Team
from policy import alerts, clearances, holds
from policy.models import Hold
from posts.models import Post
from tests.conftest import Cast
from tests.factories import approve_post, make_post

pytestmark = pytest.mark.django_db
Level = Hold.Level
LATER = timedelta(minutes=5)


def stop(cast: Cast, level: int, now: datetime, *, team: Team | None = None, **scope: object) -> Hold:
    by = cast.hana if level > Level.LOCAL else cast.dee
    return holds.open_hold(team=team, level=level, reason="An incident.", by=by, now=now, **scope)  # type: ignore[arg-type]


def goes(cast: Cast, post: Post, now: datetime) -> bool:
    version = Post.objects.select_related("current").get(pk=post.pk).current
    assert version is not None
    return clearances.obstacle(version, cast.x, now=now) is None


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind, closed_at=None).values_list("to__username", flat=True))


@pytest.mark.parametrize("level", list(Level))
def test_what_was_on_its_way_before_a_hold_is_stopped_at_every_level(cast: Cast, now: datetime, level: int) -> None:
    post = make_post(cast, "approved", now=now)
    stop(cast, level, now + LATER)
    assert not goes(cast, post, now + LATER)
    assert goes(cast, make_post(cast, "approved", channels=[cast.kilburn_x], author=cast.mel, now=now), now) is False


def test_on_a_watch_what_is_sent_on_its_way_later_goes_and_what_was_before_is_confirmed_again(
    cast: Cast, now: datetime
) -> None:
    before = make_post(cast, "approved", now=now)
    hold = stop(cast, Level.WATCH, now + LATER)
    after = make_post(cast, "approved", now=now + 2 * LATER)
    assert (goes(cast, before, now + 2 * LATER), goes(cast, after, now + 2 * LATER)) == (False, True)
    clearances.reconfirm(hold=hold, post=before, by=cast.ada, now=now + 2 * LATER)
    assert goes(cast, before, now + 2 * LATER)


def test_a_local_hold_lets_out_what_the_dmc_agrees_to_from_then_on(cast: Cast, now: datetime) -> None:
    agreed_before = make_post(cast, "approved", reviewer=cast.dee, now=now)
    by_mentor, by_dmc = make_post(cast, "in_review", now=now), make_post(cast, "in_review", now=now)
    stop(cast, Level.LOCAL, now + LATER)
    approve_post(by_mentor, cast.rex, now=now + 2 * LATER)
    approve_post(by_dmc, cast.dee, now=now + 2 * LATER)
    later = now + 3 * LATER
    assert [goes(cast, post, later) for post in (agreed_before, by_mentor, by_dmc)] == [False, False, True]


def test_a_force_hold_lets_out_only_the_allow_list(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", reviewer=cast.dee, now=now)
    hold = stop(cast, Level.FORCE, now)
    with pytest.raises(ValidationError):
        clearances.give(hold=hold, post=post, ground="again", by=cast.dee, now=now)
    clearances.ask(hold=hold, post=post, ground="safety", note="The bridge is closed.", by=cast.ada, now=now)
    assert not goes(cast, post, now)
    clearances.give(hold=hold, post=post, ground="safety", by=cast.dee, now=now)
    assert goes(cast, post, now)
    assert AuditEntry.objects.filter(action="hold.cleared", by=cast.dee).count() == 1


def test_nothing_at_all_goes_out_on_a_stop_and_its_logins_are_revoked(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    for channel in (cast.x, cast.kilburn_x):
        Credential.objects.create(channel=channel, sealed=b"", kind="oauth2", stored_at=now)
    hold = stop(cast, Level.STOP, now, team=cast.hackney)
    with pytest.raises(Conflict):
        clearances.give(hold=hold, post=post, ground="safety", by=cast.dee, now=now)
    assert not goes(cast, post, now)
    assert list(Credential.objects.filter(revoked_at=now).values_list("channel__handle", flat=True)) == ["MPSHomerton"]


def test_a_clearance_is_of_exactly_this_version_and_this_hold(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    hold = stop(cast, Level.LOCAL, now)
    clearances.give(hold=hold, post=post, ground="again", by=cast.dee, now=now)
    other = stop(cast, Level.FORCE, now + LATER)
    assert not goes(cast, post, now + LATER)
    clearances.give(hold=other, post=post, ground="legal", by=cast.dee, now=now + LATER)
    assert goes(cast, post, now + LATER)


def test_nobody_clears_their_own_words_and_only_the_dmc_clears(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    hold = stop(cast, Level.LOCAL, now)
    for name in ("ada", "rex", "sam"):
        with pytest.raises(PermissionDenied):
            clearances.give(hold=hold, post=post, ground="again", by=getattr(cast, name), now=now)
    post.versions.update(made_by=cast.dee)
    with pytest.raises(PermissionDenied):
        clearances.give(hold=hold, post=post, ground="again", by=cast.dee, now=now)


def test_who_may_not_send_a_post_neither_confirms_nor_asks(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    hold = stop(cast, Level.WATCH, now)
    for name in ("con", "mel", "sam"):
        with pytest.raises(PermissionDenied):
            clearances.reconfirm(hold=hold, post=post, by=getattr(cast, name), now=now)


def test_a_hold_of_one_channel_leaves_its_team_s_others_alone(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    stop(cast, Level.LOCAL, now, channel=cast.page)
    assert goes(cast, post, now)
    assert clearances.obstacle(post.current, cast.page, now=now) is not None
    assert holds.in_force(cast.homerton, now=now) is None


@pytest.mark.parametrize(
    ("topic", "stopped"),
    [("library", True), ("LIBR", True), ("knives, biscuit", True), ("art", False), ("knife", False)],
)
def test_a_topic_stops_only_what_speaks_of_it(cast: Cast, now: datetime, topic: str, stopped: bool) -> None:
    post = make_post(cast, "approved", now=now)
    stop(cast, Level.LOCAL, now, topic=topic)
    assert goes(cast, post, now) is not stopped


@pytest.mark.parametrize("level", [Level.FORCE, Level.STOP])
def test_only_the_head_opens_the_two_strictest(cast: Cast, now: datetime, level: int) -> None:
    with pytest.raises(PermissionDenied):
        holds.open_hold(team=None, level=level, reason="Stop.", by=cast.dee, now=now)
    assert holds.open_hold(team=None, level=level, reason="Stop.", by=cast.hana, now=now).level == level


def test_a_stricter_hold_may_be_laid_over_a_milder_one(cast: Cast, now: datetime) -> None:
    stop(cast, Level.WATCH, now, team=cast.hackney)
    stop(cast, Level.LOCAL, now, team=cast.hackney)
    with pytest.raises(Conflict):
        stop(cast, Level.WATCH, now, team=cast.hackney)


def test_a_second_person_confirms(cast: Cast, now: datetime) -> None:
    hold = stop(cast, Level.LOCAL, now)
    for name in ("dee", "ada", "rex"):
        with pytest.raises(PermissionDenied):
            holds.confirm(hold=hold, by=getattr(cast, name), now=now)
    assert holds.confirm(hold=hold, by=cast.hana, now=now).confirmed_by == cast.hana
    with pytest.raises(Conflict):
        holds.confirm(hold=hold, by=cast.hana, now=now)


def test_an_unconfirmed_hold_stays_on_and_keeps_alerting(cast: Cast, now: datetime) -> None:
    hold = stop(cast, Level.LOCAL, now)
    said = []
    for minutes in range(0, 125, 5):
        moment = now + timedelta(minutes=minutes)
        said += [minutes for pk in alerts.due(now=moment)]
        for pk in alerts.due(now=moment):
            alerts.say(hold_id=pk, now=moment)
    assert said == list(range(0, 121, 15))
    notice = Notice.objects.get(kind=holds.CONFIRM, to=cast.hana)
    assert (notice.times, "over an hour" in notice.words) == (9, True)
    assert told(holds.CONFIRM) == {"hana"}
    assert holds.in_force(cast.homerton, now=now + timedelta(hours=2)) == hold
    holds.confirm(hold=hold, by=cast.hana, now=now + timedelta(hours=2))
    assert told(holds.CONFIRM) == set()


def test_a_confirmed_hold_is_reviewed_every_hour_until_it_ends(cast: Cast, now: datetime) -> None:
    hold = stop(cast, Level.LOCAL, now)
    alerts.say(hold_id=hold.pk, now=now)
    holds.confirm(hold=hold, by=cast.hana, now=now)
    assert alerts.due(now=now + timedelta(minutes=59)) == []
    alerts.say(hold_id=hold.pk, now=now + timedelta(minutes=60))
    assert told(holds.REVIEW) == {"dee", "hana"}
    holds.review(hold=hold, again_in=timedelta(hours=3), by=cast.hana, now=now + timedelta(minutes=61))
    assert told(holds.REVIEW) == set()
    hold.refresh_from_db()
    assert (hold.owner, hold.review_at) == (cast.hana, now + timedelta(minutes=241))
    assert alerts.due(now=now + timedelta(minutes=240)) == []
    assert alerts.due(now=now + timedelta(minutes=241)) == [hold.pk]


def test_those_it_stops_are_told_once_and_of_a_watch_each_author_is_asked_again(cast: Cast, now: datetime) -> None:
    going = make_post(cast, "approved", publish_at=now + timedelta(hours=5), now=now)
    hold = stop(cast, Level.WATCH, now, team=cast.hackney, message="Send nothing about the park.")
    alerts.say(hold_id=hold.pk, now=now)
    assert told("hold.opened") == {"ada", "tess", "con"}
    assert told(clearances.RECONFIRM) == {"ada"}
    assert f"is update {going.pk} still right" in Notice.objects.get(kind=clearances.RECONFIRM).words, "which of them"
    assert Notice.objects.filter(kind="hold.opened", words__contains="nothing about the park").exists()


def test_of_those_who_release_a_strict_hold_one_is_the_head(cast: Cast, now: datetime) -> None:
    second = type(cast.dee).objects.create(username="dan", first_name="Dan")
    for row in cast.dee.appointments.all():
        row.pk, row.user = None, second
        row.save()
    rights.sync(second, now=now)
    hold = stop(cast, Level.FORCE, now)
    holds.ask_release(hold=hold, by=cast.dee, now=now)
    with pytest.raises(PermissionDenied):
        holds.release(hold=hold, by=second, now=now)
    holds.release(hold=hold, by=cast.hana, now=now)
    assert holds.in_force(cast.homerton, now=now) is None


def test_the_board_says_of_every_post_whether_it_goes(cast: Cast, now: datetime) -> None:
    cleared, stopped = make_post(cast, "approved", now=now), make_post(cast, "approved", now=now)
    hold = stop(cast, Level.LOCAL, now + LATER)
    clearances.give(hold=hold, post=cleared, ground="again", by=cast.dee, now=now + LATER)
    rows = clearances.board(hold, clearances.affected(hold), now=now + LATER)
    assert {row.post.pk: row.goes for row in rows} == {cleared.pk: True, stopped.pk: False}
