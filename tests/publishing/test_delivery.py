from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from accounts.errors import Conflict
from accounts.models import AuditEntry, Channel
from platforms.errors import Doubtful, LoginExpired, Refused, Throttled, Unreachable
from policy import holds, review
from posts import drafting, pictures
from posts.models import Post
from publishing import delivery as sending
from publishing import release
from publishing.models import Attempt, Delivery
from smconsole.demonstration.pictures import draw
from tests.factories import approve_post, change_text, make_post
from tests.publishing.conftest import Desk, lost_answer

State = Delivery.State


def test_a_released_post_has_one_delivery_a_channel_bound_to_what_was_approved(desk: Desk) -> None:
    post = desk.approved(channels=[desk.cast.x, desk.cast.page])
    release.release(post=post, now=desk.moment)
    made = Delivery.objects.filter(target__post=post)
    assert {delivery.target.channel_id for delivery in made} == {desk.cast.x.pk, desk.cast.page.pk}
    assert {delivery.fingerprint for delivery in made} == {post.current.fingerprint}


def test_a_target_never_has_two_deliveries_that_could_both_become_public(desk: Desk) -> None:
    delivery = desk.released()
    twin = Delivery.objects.get(pk=delivery.pk)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_post_edited_after_its_approval_is_not_released(desk: Desk) -> None:
    post = desk.approved()
    change_text(post, "Other words altogether.", by=desk.cast.ada)
    post = Post.objects.select_related("current").get(pk=post.pk)
    assert not release.release(post=post, now=desk.moment)
    assert not Delivery.objects.exists()


def test_a_post_whose_approval_ran_out_goes_back_to_its_author(desk: Desk) -> None:
    post = desk.approved(publish_at=desk.moment + timedelta(hours=90))
    desk.wait(hours=89, minutes=55)
    assert not release.release(post=post, now=desk.moment)
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT
    assert not Delivery.objects.exists()


@pytest.mark.postgres
def test_what_was_approved_goes_out_and_the_post_is_sent(desk: Desk) -> None:
    delivery = desk.deliver(desk.released())
    assert delivery.state == State.PUBLISHED
    assert [post.text for post in desk.network.live] == [delivery.version.text_for(desk.cast.x)]
    assert delivery.remote_id == desk.network.live[0].remote_id
    delivery.target.post.refresh_from_db()
    assert delivery.target.post.state == Post.State.SENT


@pytest.mark.postgres
def test_the_attempt_stands_in_the_database_before_the_socket_opens(desk: Desk) -> None:
    delivery = desk.released()
    seen: list[tuple[str, str]] = []

    def look() -> None:
        row = Delivery.objects.get(pk=delivery.pk)
        seen.append((row.state, row.attempts.get().outcome))

    desk.network.at_the_socket = look
    desk.deliver(delivery)
    assert seen == [(State.SENDING, Attempt.Outcome.OPEN)]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_network_is_spoken_to(desk: Desk) -> None:
    delivery = desk.released()
    open_ones: list[bool] = []
    desk.network.at_the_socket = lambda: open_ones.append(connection.in_atomic_block)
    desk.deliver(delivery)
    assert open_ones == [False]


@pytest.mark.postgres
def test_a_doubled_message_sends_once(desk: Desk) -> None:
    delivery = desk.released()
    desk.deliver(delivery)
    desk.deliver(delivery, worker="two")
    assert desk.network.sent == 1


@pytest.mark.postgres
def test_two_workers_claim_and_one_wins(desk: Desk) -> None:
    delivery = desk.released()
    one, two = Delivery.objects.get(pk=delivery.pk), Delivery.objects.get(pk=delivery.pk)
    wins = [one.claim(worker="one", now=desk.moment), two.claim(worker="two", now=desk.moment)]
    assert wins == [True, False]


def test_a_worker_whose_claim_was_taken_back_does_not_send(desk: Desk) -> None:
    slow = desk.released()
    slow.claim(worker="slow", now=desk.moment)
    desk.wait(minutes=3)
    desk.settle_overdue()
    desk.deliver(Delivery.objects.get(pk=slow.pk), worker="quick")
    assert sending.arm(delivery=slow, now=desk.moment) is None
    assert desk.network.sent == 1


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Refused("X does not take this."), State.FAILED),
        (Unreachable("X could not be reached."), State.WAITING),
        (Throttled("X asks to wait."), State.WAITING),
        (LoginExpired("X no longer accepts this login."), State.WAITING),
        (Doubtful("X did not answer in time."), State.UNCONFIRMED),
    ],
)
def test_every_kind_of_trouble_has_its_state_and_its_words(desk: Desk, trouble: Exception, state: str) -> None:
    desk.network.answers = [trouble]
    delivery = desk.deliver(desk.released())
    assert delivery.state == state
    assert str(trouble) in delivery.reason
    assert delivery.attempts.get().ended_at is not None


def test_a_post_that_is_refused_goes_back_to_its_author(desk: Desk) -> None:
    desk.network.answers = [Refused("X does not take this.")]
    delivery = desk.deliver(desk.released())
    delivery.target.post.refresh_from_db()
    assert delivery.target.post.state == Post.State.DRAFT


def test_a_doubtful_post_is_never_sent_again_by_the_clock(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    desk.wait(minutes=2)
    desk.deliver(delivery)
    assert delivery.state == State.UNCONFIRMED
    assert desk.network.sent == 1


def test_a_throttled_post_waits_for_the_networks_own_moment(desk: Desk) -> None:
    ready = desk.moment + timedelta(minutes=7)
    desk.network.answers = [Throttled("X asks to wait.", retry_at=ready)]
    delivery = desk.deliver(desk.released())
    assert delivery.due_at == ready
    desk.wait(minutes=8)
    assert desk.deliver(delivery).state == State.PUBLISHED


def test_a_dead_login_turns_the_channel_red(desk: Desk) -> None:
    desk.network.answers = [LoginExpired("X no longer accepts this login.")]
    desk.deliver(desk.released())
    desk.cast.x.refresh_from_db()
    assert desk.cast.x.state == Channel.State.BROKEN
    assert "no longer accepts" in desk.cast.x.problem


@pytest.mark.parametrize("stage", sorted(set(Channel.Life) - set(Channel.MAY_SPEAK)))
def test_a_channel_that_is_not_live_sends_nothing_even_when_it_was_stopped_after_the_claim(
    desk: Desk, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery, arm = desk.released(), sending.arm

    def stopped_meanwhile(**facts: object) -> object:
        Channel.objects.filter(pk=desk.cast.x.pk).update(life=stage)
        return arm(**facts)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "arm", stopped_meanwhile)
    assert desk.deliver(delivery).state == State.MISSED
    assert desk.network.sent == 0
    assert Channel.Life(stage).label.lower() in delivery.reason


@pytest.mark.parametrize("stage", Channel.MAY_SPEAK)
def test_a_channel_that_is_dormant_closing_or_handed_over_still_speaks(desk: Desk, stage: str) -> None:
    Channel.objects.filter(pk=desk.cast.x.pk).update(life=stage)
    assert desk.deliver(desk.released()).state == State.PUBLISHED


def test_a_post_that_cannot_go_in_time_is_missed_and_asks_for_a_new_time(desk: Desk) -> None:
    delivery = desk.released()
    desk.wait(minutes=31)
    assert desk.settle_overdue() == 1
    desk.deliver(delivery)
    assert delivery.state == State.MISSED
    assert desk.network.sent == 0
    delivery.target.post.refresh_from_db()
    assert delivery.target.post.state == Post.State.DRAFT


def test_a_missed_post_can_be_sent_for_review_and_released_again(desk: Desk) -> None:
    missed = desk.released()
    desk.wait(minutes=31)
    desk.settle_overdue()
    post = Post.objects.get(pk=missed.target.post_id)
    change_text(post, "The market stall is back tomorrow, same place.", by=desk.cast.ada, now=desk.moment)
    post.refresh_from_db()
    review.submit(post=post, by=desk.cast.ada, now=desk.moment)
    approve_post(post, desk.cast.rex, now=desk.moment)
    release.release(post=Post.objects.select_related("current").get(pk=post.pk), now=desk.moment)
    again = Delivery.objects.get(target__post=post, state=State.WAITING)
    assert desk.deliver(again).state == State.PUBLISHED


def test_a_hold_opened_after_release_stops_the_claim(desk: Desk) -> None:
    delivery = desk.released()
    holds.open_hold(team=desk.cast.hackney, reason="An incident in the borough.", by=desk.cast.dee, now=desk.moment)
    desk.deliver(delivery)
    assert (delivery.state, desk.network.sent) == (State.MISSED, 0)
    assert "hold" in delivery.reason


def test_words_changed_behind_the_approval_are_never_sent(desk: Desk) -> None:
    delivery = desk.released()
    delivery.version.texts = {key: "Changed in the database." for key in delivery.version.texts}
    delivery.version.save(update_fields=["texts"])
    desk.deliver(delivery)
    assert (delivery.state, desk.network.sent) == (State.FAILED, 0)


def test_one_network_may_fail_while_the_other_publishes(desk: Desk) -> None:
    post = desk.approved(channels=[desk.cast.x, desk.cast.page])
    release.release(post=post, now=desk.moment)
    desk.network.answers = [Refused("X does not take this."), None]
    states = [desk.deliver(delivery).state for delivery in Delivery.objects.filter(target__post=post)]
    assert sorted(states) == [State.FAILED, State.PUBLISHED]
    post.refresh_from_db()
    assert post.state == Post.State.SENT


def test_a_worker_that_died_before_sending_loses_nothing(desk: Desk) -> None:
    delivery = desk.released()
    delivery.claim(worker="dead", now=desk.moment)
    desk.wait(minutes=2)
    assert desk.settle_overdue() == 1
    assert desk.deliver(delivery, worker="next").state == State.PUBLISHED


def test_a_worker_that_died_while_sending_leaves_a_doubt(desk: Desk) -> None:
    delivery = desk.released()
    delivery.claim(worker="dead", now=desk.moment)
    sending.arm(delivery=delivery, now=desk.moment)
    desk.wait(minutes=2)
    desk.settle_overdue()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCONFIRMED


def test_a_living_worker_is_left_alone(desk: Desk) -> None:
    delivery = desk.released()
    delivery.claim(worker="busy", now=desk.moment)
    desk.wait(seconds=30)
    assert desk.settle_overdue() == 0


def test_an_author_recalls_what_has_not_gone_out(desk: Desk) -> None:
    delivery = desk.released()
    release.recall(post=delivery.target.post, by=desk.cast.ada, now=desk.moment)
    desk.deliver(delivery)
    assert (delivery.state, desk.network.sent) == (State.CANCELLED, 0)


def test_what_is_being_sent_cannot_be_recalled(desk: Desk) -> None:
    delivery = desk.released()
    delivery.claim(worker="busy", now=desk.moment)
    with pytest.raises(Conflict):
        release.recall(post=delivery.target.post, by=desk.cast.ada, now=desk.moment)
    delivery.refresh_from_db()
    assert delivery.state == State.SENDING


def test_every_move_is_in_the_audit(desk: Desk) -> None:
    delivery = desk.deliver(desk.released())
    told = AuditEntry.objects.filter(subject=f"publishing.delivery:{delivery.pk}").values_list("action", flat=True)
    assert list(told) == ["delivery.published"]


@pytest.mark.postgres
def test_published_without_an_id_is_impossible(desk: Desk) -> None:
    delivery = desk.released()
    delivery.claim(worker="one", now=desk.moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        delivery.settle(State.PUBLISHED, was=State.SENDING)


def test_the_late_answer_of_a_worker_taken_for_dead_settles_the_doubt(desk: Desk) -> None:
    delivery = desk.released()

    def be_swept() -> None:
        desk.wait(minutes=2)
        desk.settle_overdue()

    desk.network.at_the_socket = be_swept
    assert desk.deliver(delivery).state == State.PUBLISHED
    assert desk.network.sent == 1


def with_picture(desk: Desk, *, publish_at: datetime | None = None, channel: Channel | None = None) -> Delivery:
    """Tess's post on one channel with one picture, released."""
    cast, upload = desk.cast, SimpleUploadedFile("street.jpg", draw("street"), "image/jpeg")
    post = make_post(cast, channels=[channel or cast.x], author=cast.tess, now=desk.moment)
    media = pictures.add(post=post, upload=upload, by=cast.tess, now=desk.moment)
    alts, words = {media.pk: "A street with five trees"}, "The stall is by the library today."
    change_text(post, words, by=cast.tess, alts=alts, publish_at=publish_at, now=desk.moment)
    post.refresh_from_db()
    review.submit(post=post, by=cast.tess, now=desk.moment)
    release.release(post=Post.objects.select_related("current").get(pk=post.pk), now=desk.moment)
    return Delivery.objects.get(target__post=post)


def test_a_picture_that_is_no_longer_as_approved_is_never_sent(desk: Desk) -> None:
    delivery = with_picture(desk)
    with delivery.version.pictures.get().media.file.open("ab") as stored:
        stored.write(b"x")
    desk.deliver(delivery)
    assert (delivery.state, desk.network.sent, desk.network.staged) == (State.FAILED, 0, 0)
    assert "no longer exactly as it was approved" in delivery.reason


@pytest.mark.postgres
def test_a_slow_worker_never_undoes_the_claim_of_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = desk.released()

    def be_overtaken(*, delivery: Delivery, network: object, now: datetime) -> None:
        desk.wait(seconds=81)
        desk.settle_overdue()
        other = Delivery.objects.get(pk=delivery.pk)
        assert other.claim(worker="two", now=desk.moment)
        assert sending.arm(delivery=other, now=desk.moment)
        raise Unreachable("No answer while staging.")

    monkeypatch.setattr(sending.staging, "stage", be_overtaken)
    desk.deliver(delivery)
    assert (delivery.state, delivery.worker) == (State.SENDING, "two")


def test_a_refusal_that_comes_after_the_sweep_settles_the_doubt(desk: Desk) -> None:
    desk.network.answers = [Unreachable("X could not be reached.")]
    delivery = desk.released()

    def be_swept() -> None:
        desk.wait(seconds=81)
        desk.settle_overdue()

    desk.network.at_the_socket = be_swept
    assert desk.deliver(delivery).state == State.WAITING


def test_a_worker_held_up_after_the_last_questions_does_not_send(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery, armed = desk.released(), sending.arm

    def arm_and_stall(*, delivery: Delivery, now: datetime) -> Attempt | None:
        attempt = armed(delivery=delivery, now=now)
        desk.wait(minutes=1)
        return attempt

    monkeypatch.setattr(sending, "arm", arm_and_stall)
    assert desk.deliver(delivery).state == State.WAITING
    assert desk.network.sent == 0


def test_what_goes_as_soon_as_approved_is_missed_after_an_outage_not_sent_late(desk: Desk) -> None:
    post = desk.approved(author=desk.cast.tess)
    desk.wait(hours=3)
    release.release(post=post, now=desk.moment)
    delivery = Delivery.objects.get(target__post=post)
    desk.settle_overdue()
    assert desk.deliver(delivery).state == State.MISSED
    assert desk.network.sent == 0


def test_the_words_released_are_those_that_stand_when_the_row_is_locked(desk: Desk) -> None:
    seen_before = desk.approved(author=desk.cast.tess)
    post = Post.objects.get(pk=seen_before.pk)
    change_text(post, "The stall moves to the green.", by=desk.cast.tess, now=desk.moment)
    post.refresh_from_db()
    review.submit(post=post, by=desk.cast.tess, now=desk.moment)
    release.release(post=seen_before, now=desk.moment)
    desk.deliver(Delivery.objects.get(target__post=post))
    assert [live.text for live in desk.network.live] == ["The stall moves to the green."]


def test_a_channel_may_be_dropped_after_a_recall(desk: Desk) -> None:
    cast = desk.cast
    post = desk.approved(channels=[cast.x, cast.page])
    release.release(post=post, now=desk.moment)
    release.recall(post=post, by=cast.ada, now=desk.moment)
    post.refresh_from_db()
    words = {cast.page.pk: "Only the Page this time."}
    drafting.revise(
        post=post, revision=post.revision, channels=[cast.page], texts=words, alts={},
        publish_at=None, send_within=30, by=cast.ada, now=desk.moment,
    )  # fmt: skip
    assert [target.channel for target in post.targets.all()] == [cast.page]


def test_a_login_that_has_just_worked_is_no_longer_called_broken(desk: Desk) -> None:
    desk.network.answers = [LoginExpired("X no longer accepts this login."), None]
    delivery = desk.deliver(desk.released())
    desk.wait(minutes=1)
    desk.deliver(delivery)
    desk.cast.x.refresh_from_db()
    assert (desk.cast.x.state, desk.cast.x.problem) == (Channel.State.LIVE, "")
