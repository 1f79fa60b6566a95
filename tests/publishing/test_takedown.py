from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.errors import Conflict
from accounts.models import AuditEntry, Channel, Notice, User
from platforms.errors import Doubtful, LoginExpired, PlatformError, Refused, Throttled, Unreachable
from posts.models import Post
from publishing import appeals, reconcile, release, removal, takedown
from publishing.models import Delivery, Freeze, Incident, Removal, RemovalAttempt, RemovalDate
from tests.factories import PLAIN
from tests.publishing.conftest import Desk, lost_answer

pytestmark = pytest.mark.django_db
State = Delivery.State


def publish(desk: Desk, **facts: object) -> Delivery:
    delivery = desk.deliver(desk.released(**facts))
    assert delivery.state == State.PUBLISHED
    desk.wait(minutes=1)
    return delivery


def begin(desk: Desk, delivery: Delivery, by: User | None = None) -> Incident:
    return takedown.take_down(
        post=delivery.target.post, kind="wrong", reason="It names a child.", by=by or desk.cast.ada, now=desk.moment
    )


def work(desk: Desk, delivery: Delivery) -> Delivery:
    """One round of the clock."""
    removal.begin_late(now=desk.moment)
    for pk in removal.due(now=desk.moment):
        removal.remove(removal_id=pk, clock=desk.clock)
    delivery.refresh_from_db()
    return delivery


def refusing(desk: Desk, monkeypatch: pytest.MonkeyPatch, *troubles: PlatformError | None) -> None:
    """The network answers removals in turn with these; None works."""
    left, really = list(troubles), desk.network.remove

    def remove(remote_id: str) -> None:
        trouble = left.pop(0) if left else None
        if trouble is None or getattr(trouble, "done", False):
            really(remote_id)
        if trouble is not None:
            raise trouble

    monkeypatch.setattr(desk.network, "remove", remove)


def test_a_post_comes_down_with_its_evidence_kept_first(desk: Desk) -> None:
    delivery = publish(desk)
    begin(desk, delivery)
    delivery.refresh_from_db()
    assert delivery.state == State.TAKING_DOWN
    assert work(desk, delivery).state == State.TAKEN_DOWN
    assert desk.network.live == []
    kept = Removal.objects.get()
    assert kept.evidence["live"][0]["text"] == PLAIN
    assert kept.evidence_at is not None and kept.evidence_at <= kept.attempts.get().started_at
    actions = AuditEntry.objects.filter(subject=f"publishing.delivery:{delivery.pk}").values_list("action", flat=True)
    assert list(actions)[-3:] == ["delivery.taking_down", "removal.evidence", "delivery.taken_down"]


def test_a_last_look_ends_it_and_brings_it_down_again_where_it_came_back(desk: Desk) -> None:
    delivery = publish(desk)
    begin(desk, delivery)
    live = list(desk.network.live)
    work(desk, delivery)
    desk.network.live = live
    desk.wait(seconds=61)
    assert work(desk, delivery).state == State.TAKEN_DOWN
    assert desk.network.live == []
    assert Removal.objects.get().checked_at is None
    desk.wait(seconds=61)
    work(desk, delivery)
    assert Removal.objects.get().checked_at == desk.moment
    assert removal.due(now=desk.moment + timedelta(days=1)) == []


@pytest.mark.parametrize("name", ["ada", "tess", "rex", "dee", "hana"])
def test_author_mentor_and_dmc_take_down(desk: Desk, name: str) -> None:
    assert begin(desk, publish(desk), by=getattr(desk.cast, name))


@pytest.mark.parametrize("name", ["con", "mel", "sam", "olu", "cora"])
def test_nobody_else_does(desk: Desk, name: str) -> None:
    delivery = publish(desk)
    with pytest.raises(PermissionDenied):
        begin(desk, delivery, by=getattr(desk.cast, name))
    assert not Incident.objects.exists()


def test_a_contributor_takes_down_what_they_wrote(desk: Desk) -> None:
    delivery = publish(desk)
    Post.objects.filter(pk=delivery.target.post_id).update(author=desk.cast.con)
    delivery.target.post.refresh_from_db()
    assert begin(desk, delivery, by=desk.cast.con)


def test_what_is_not_public_is_not_taken_down_and_nothing_twice(desk: Desk) -> None:
    waiting = desk.released()
    with pytest.raises(Conflict):
        begin(desk, waiting)
    delivery = desk.deliver(waiting)
    begin(desk, delivery)
    with pytest.raises(Conflict):
        begin(desk, delivery)


def test_what_still_waits_is_cancelled_and_the_post_is_done(desk: Desk) -> None:
    post = desk.approved(channels=[desk.cast.x, desk.cast.page])
    release.release(post=post, now=desk.moment)
    x, page = (Delivery.objects.get(channel=channel) for channel in (desk.cast.x, desk.cast.page))
    desk.deliver(x)
    begin(desk, x)
    page.refresh_from_db()
    assert page.state == State.CANCELLED
    assert Post.objects.get(pk=post.pk).state == Post.State.SENT


def test_what_was_in_doubt_comes_down_as_soon_as_it_is_known(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    begin(desk, delivery)
    assert work(desk, delivery).state == State.UNCONFIRMED
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    assert work(desk, delivery).state == State.TAKEN_DOWN
    assert desk.network.live == []


def test_every_copy_goes(desk: Desk) -> None:
    delivery = publish(desk)
    first = desk.network.live[0]
    desk.network.live.append(type(first)("777", "https://x.com/i/777", PLAIN, 0, desk.moment))
    begin(desk, delivery)
    work(desk, delivery)
    assert desk.network.live == []
    assert RemovalAttempt.objects.count() == 2


def test_its_channel_stands_still_until_a_named_person_lifts_it(desk: Desk) -> None:
    delivery = publish(desk)
    begin(desk, delivery)
    other = {"author": desk.cast.tess, "text": "The stall is by the library until noon."}
    later = desk.released(**other)
    desk.wait(minutes=1)
    assert desk.deliver(later).state == State.MISSED
    freeze = Freeze.objects.get()
    for name in ("ada", "rex"):
        with pytest.raises(PermissionDenied):
            takedown.lift(freeze=freeze, by=getattr(desk.cast, name), now=desk.moment)
    takedown.lift(freeze=freeze, by=desk.cast.dee, now=desk.moment)
    desk.wait(minutes=1)
    assert desk.deliver(desk.released(**other)).state == State.PUBLISHED


@pytest.mark.parametrize(
    "trouble", [Unreachable("X cannot be reached."), Doubtful("X did not answer."), Throttled("X asks us to wait.")]
)
def test_what_may_work_later_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: PlatformError
) -> None:
    delivery = publish(desk)
    refusing(desk, monkeypatch, trouble)
    begin(desk, delivery)
    assert work(desk, delivery).state == State.TAKING_DOWN
    desk.wait(seconds=31)
    assert work(desk, delivery).state == State.TAKEN_DOWN


def test_a_lost_answer_is_settled_by_looking(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = publish(desk)
    lost = Doubtful("X did not answer.")
    lost.done = True  # type: ignore[attr-defined]
    refusing(desk, monkeypatch, lost)
    begin(desk, delivery)
    work(desk, delivery)
    desk.wait(seconds=31)
    assert work(desk, delivery).state == State.TAKEN_DOWN


def test_what_the_network_refuses_is_said_with_where_to_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = publish(desk)
    refusing(desk, monkeypatch, Refused("X does not let us."))
    incident = begin(desk, delivery)
    assert work(desk, delivery).state == State.TAKING_DOWN
    assert set(Notice.objects.filter(kind=takedown.CANNOT).values_list("to__username", flat=True)) == {
        "ada", "rex", "dee", "hana",
    }  # fmt: skip
    assert removal.due(now=desk.moment + timedelta(days=1)) == []
    takedown.removed_by_hand(removal=incident.removals.get(), by=desk.cast.rex, now=desk.moment)
    delivery.refresh_from_db()
    assert delivery.state == State.TAKEN_DOWN
    assert not Notice.objects.filter(kind=takedown.CANNOT, closed_at=None).exists()


def test_a_dead_login_is_told_and_tried_again_once_it_is_mended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = publish(desk)
    refusing(desk, monkeypatch, LoginExpired("X no longer accepts the login."))
    begin(desk, delivery)
    work(desk, delivery)
    assert Channel.objects.get(pk=desk.cast.x.pk).state == Channel.State.BROKEN
    assert Notice.objects.filter(kind=takedown.CANNOT).exists()
    desk.wait(minutes=1)
    assert work(desk, delivery).state == State.TAKEN_DOWN


def test_a_network_that_cannot_be_read_does_not_keep_a_post_up(desk: Desk) -> None:
    delivery = publish(desk)
    desk.network.looks = [Unreachable("No."), Unreachable("No.")]
    begin(desk, delivery)
    assert work(desk, delivery).state == State.TAKING_DOWN
    assert desk.network.live
    desk.wait(seconds=31)
    assert work(desk, delivery).state == State.TAKEN_DOWN
    kept = Removal.objects.get().evidence
    assert (kept["live"], kept["trouble"], kept["sent"]["text"]) == ([], "No.", PLAIN)


def test_a_worker_that_died_leaves_its_removal_to_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = publish(desk)
    begin(desk, delivery)
    assert Removal.objects.get().claim(now=desk.moment, until=desk.moment + timedelta(seconds=80))
    assert work(desk, delivery).state == State.TAKING_DOWN
    desk.wait(seconds=80)
    assert work(desk, delivery).state == State.TAKEN_DOWN


def test_an_incident_closes_when_everything_is_down_and_the_questions_are_answered(desk: Desk) -> None:
    delivery = publish(desk)
    incident = begin(desk, delivery)
    answers = {"outcome": "Corrected.", "breach": "no"}
    with pytest.raises(Conflict):
        takedown.close(incident=incident, **answers, by=desk.cast.dee, now=desk.moment)
    work(desk, delivery)
    with pytest.raises(PermissionDenied):
        takedown.close(incident=incident, **answers, by=desk.cast.ada, now=desk.moment)
    with pytest.raises(ValidationError):
        takedown.close(incident=incident, outcome="", breach="", by=desk.cast.dee, now=desk.moment)
    assert takedown.close(incident=incident, **answers, by=desk.cast.dee, now=desk.moment).closed_by == desk.cast.dee


def test_an_incident_stays_open_while_a_copy_is_in_doubt_for_only_that_takes_it_down(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    incident = begin(desk, delivery)
    answers = {"outcome": "Corrected.", "breach": "no"}
    with pytest.raises(Conflict, match="not known yet"):
        takedown.close(incident=incident, **answers, by=desk.cast.dee, now=desk.moment)
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    with pytest.raises(Conflict):
        takedown.close(incident=incident, **answers, by=desk.cast.dee, now=desk.moment)
    work(desk, delivery)
    assert takedown.close(incident=incident, **answers, by=desk.cast.dee, now=desk.moment).closed_at == desk.moment


# ---- appeals ------------------------------------------------------------------------------------


def test_an_appeal_carries_its_day_and_somebody_is_told_when_it_comes(desk: Desk) -> None:
    text = "Sam Rowe, 34, is wanted for theft. If you see him, call 101."
    delivery = publish(desk)
    version = delivery.version
    version.texts = {str(desk.cast.x.pk): text}
    appeals.note(version=version, publish_at=delivery.publish_at, now=desk.moment)
    date = RemovalDate.objects.get()
    assert (date.why, date.remove_at) == ("Wanted appeal", delivery.publish_at + timedelta(days=14))
    assert appeals.due(now=date.remove_at - timedelta(seconds=1)) == []
    assert appeals.due(now=date.remove_at) == [date.pk]
    assert appeals.tell(date_id=date.pk, now=date.remove_at)
    assert not appeals.tell(date_id=date.pk, now=date.remove_at)
    assert Notice.objects.filter(kind=appeals.DUE, to=desk.cast.ada).exists()
    appeals.set_date(post=date.post, remove_at=date.remove_at + timedelta(days=1), by=desk.cast.rex, now=date.remove_at)
    assert not Notice.objects.filter(kind=appeals.DUE, closed_at=None).exists()


def test_an_ordinary_post_carries_no_day(desk: Desk) -> None:
    publish(desk)
    assert not RemovalDate.objects.exists()


# ---- pages --------------------------------------------------------------------------------------


def test_from_the_post_to_down_on_the_pages(desk: Desk, client_for: Callable[[User], Client]) -> None:
    delivery = publish(desk)
    post, ada, mel = delivery.target.post, client_for(desk.cast.ada), client_for(desk.cast.mel)
    assert "Take it down" in ada.get(reverse("publishing:story", args=[post.pk])).text
    address = reverse("publishing:take_down", args=[post.pk])
    assert mel.get(address).status_code == 404
    assert client_for(desk.cast.cora).get(address).status_code == 403
    assert ada.post(address, {"kind": "", "reason": ""}).status_code == 422
    answer = ada.post(address, {"kind": "wrong", "reason": "It names a child."})
    incident = Incident.objects.get()
    assert answer.url == reverse("publishing:incident", args=[incident.pk])
    assert "It is still in 1 place" in ada.get(answer.url).text
    Removal.objects.update(due_at=desk.moment)
    work(desk, delivery)
    page = client_for(desk.cast.dee).get(answer.url).text
    assert "It is down everywhere" in page and "Let it speak again" in page
    assert "Let it speak again" not in ada.get(answer.url).text
    closing = {"breach": "no", "outcome": "Corrected."}
    assert client_for(desk.cast.dee).post(answer.url, closing).status_code == 302
    assert "Closed by Dee Marlowe" in ada.get(answer.url).text
    assert "It names a child." in ada.get(reverse("publishing:incidents")).text
    assert "It names a child." not in mel.get(reverse("publishing:incidents")).text
