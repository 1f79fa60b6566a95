from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.errors import Conflict
from accounts.models import Channel
from platforms.base import Found
from platforms.errors import Doubtful, LoginExpired, Refused, Throttled, Unreachable
from posts.models import Post
from publishing import due, reconcile
from publishing.models import Delivery
from tests.publishing.conftest import Desk, lost_answer

State = Delivery.State
SILENCE = "X did not answer in time."


def doubtful(desk: Desk, *, public: bool) -> Delivery:
    desk.wait(seconds=2)  # the lane's distance from what was sent before
    desk.network.answers = [lost_answer() if public else Doubtful(SILENCE)]
    return desk.deliver(desk.released())


def look(desk: Desk, delivery: Delivery) -> Delivery:
    """Wait until the next look is due, and look."""
    desk.moment = max(desk.moment, delivery.look_at)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    delivery.refresh_from_db()
    return delivery


@pytest.mark.postgres
def test_a_post_whose_answer_was_lost_is_found_and_published_under_its_own_id(desk: Desk) -> None:
    delivery = look(desk, doubtful(desk, public=True))
    assert delivery.state == State.PUBLISHED
    assert delivery.remote_id == desk.network.live[0].remote_id
    assert delivery.published_at == desk.network.live[0].created_at
    assert Post.objects.get().state == Post.State.SENT


def test_nothing_is_looked_for_before_thirty_seconds(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    desk.wait(seconds=29)
    assert due.deliveries_to_look_for(now=desk.moment) == []
    desk.wait(seconds=1)
    assert due.deliveries_to_look_for(now=desk.moment) == [delivery.pk]


def test_two_lookers_at_once_look_once(desk: Desk) -> None:
    delivery = doubtful(desk, public=False)
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    delivery.refresh_from_db()
    assert delivery.looks == 1


def test_a_look_that_failed_is_not_an_absence(desk: Desk) -> None:
    delivery = doubtful(desk, public=False)
    desk.network.looks = [Unreachable("X could not be reached."), Throttled("X asks to wait.")]
    for _ in range(2):
        look(desk, delivery)
    assert (delivery.state, delivery.looks) == (State.UNCONFIRMED, 0)
    assert "could not look" in delivery.reason


def test_one_failed_look_after_hours_without_any_does_not_end_the_looking(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    desk.wait(hours=5)  # nothing of the console ran
    desk.network.looks = [Unreachable("X could not be reached.")]
    assert look(desk, delivery).look_at is not None
    assert look(desk, delivery).state == State.PUBLISHED


def test_hours_of_failed_looks_end_with_a_person(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    desk.network.looks = [Unreachable("X could not be reached.")] * 200
    while delivery.look_at is not None:
        look(desk, delivery)
    assert desk.moment - delivery.attempts.get().started_at >= timedelta(hours=2)
    assert (delivery.state, delivery.blind_looks > reconcile.BLIND_LOOKS) == (State.UNCONFIRMED, True)
    assert "a person must" in delivery.reason


def test_four_complete_looks_without_it_allow_one_second_attempt(desk: Desk) -> None:
    delivery = doubtful(desk, public=False)
    for _ in range(4):
        look(desk, delivery)
    assert delivery.state == State.WAITING
    desk.deliver(delivery)
    assert (delivery.state, len(desk.network.live)) == (State.PUBLISHED, 1)


def test_there_is_never_a_third_attempt(desk: Desk) -> None:
    desk.network.answers = [Doubtful(SILENCE), Doubtful(SILENCE), Doubtful(SILENCE)]
    delivery = desk.deliver(desk.released(send_within=360))
    while delivery.state in (State.UNCONFIRMED, State.WAITING):
        delivery = look(desk, delivery) if delivery.state == State.UNCONFIRMED else desk.deliver(delivery)
    assert delivery.state == State.MISSED
    assert desk.network.sent == 2


def test_no_second_attempt_once_its_time_has_passed(desk: Desk) -> None:
    desk.network.answers = [Doubtful(SILENCE)]
    delivery = desk.deliver(desk.released(send_within=15))
    desk.wait(minutes=16)
    for _ in range(5):
        look(desk, delivery)
    assert (delivery.state, desk.network.sent) == (State.MISSED, 1)


def test_facebook_text_is_not_sent_a_second_time_since_nothing_there_guards_against_doubles(desk: Desk) -> None:
    desk.network.answers = [Doubtful("Facebook did not answer in time.")]
    delivery = desk.deliver(desk.released(channels=[desk.cast.page]))
    while delivery.state == State.UNCONFIRMED:
        look(desk, delivery)
    assert (delivery.state, desk.network.sent) == (State.MISSED, 1)


def test_a_duplicate_answer_to_the_second_attempt_is_evidence_and_looked_into(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    hidden, desk.network.live = desk.network.live, []
    for _ in range(4):
        look(desk, delivery)
    desk.network.answers = [Refused("X already has this.", duplicate=True)]
    desk.deliver(delivery)
    assert delivery.state == State.UNCONFIRMED
    desk.network.live = hidden
    assert look(desk, delivery).remote_id == hidden[0].remote_id
    assert len(desk.network.live) == 1


def test_a_duplicate_answer_to_the_first_attempt_is_a_refusal(desk: Desk) -> None:
    desk.network.answers = [Refused("X already has this.", duplicate=True)]
    assert desk.deliver(desk.released()).state == State.FAILED


@pytest.fixture
def twice_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that release would send back: somebody may still have put them there by hand, or a day may just be over."""
    monkeypatch.setattr("publishing.repeats.repeated", lambda *args, **facts: None)


def test_another_deliverys_post_is_never_adopted(desk: Desk, twice_the_same: None) -> None:
    first = desk.deliver(desk.released())
    delivery = doubtful(desk, public=False)
    look(desk, delivery)
    assert delivery.state == State.UNCONFIRMED
    assert first.remote_id != delivery.remote_id


@pytest.mark.parametrize("change", [{"text": "Something else."}, {"pictures": 1}, {"created_at": timedelta(hours=-1)}])
def test_a_post_that_differs_is_not_ours(desk: Desk, change: dict[str, object]) -> None:
    delivery = doubtful(desk, public=True)
    seen = desk.network.live.pop()
    facts = {name: getattr(seen, name) for name in ("remote_id", "permalink", "text", "pictures", "created_at")}
    moved = {name: facts[name] + value if name == "created_at" else value for name, value in change.items()}
    desk.network.live.append(Found(**{**facts, **moved}))
    assert look(desk, delivery).state == State.UNCONFIRMED


def test_two_matches_publish_the_oldest_and_say_so(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    first = desk.network.live[0]
    desk.network.live.append(
        Found("9999", "https://x.com/i/9999", first.text, 0, first.created_at + timedelta(seconds=4))
    )
    look(desk, delivery)
    assert delivery.remote_id == first.remote_id
    assert "https://x.com/i/9999" in delivery.reason


def test_a_person_settles_what_the_looks_could_not(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    seen = desk.network.live[0].permalink
    reconcile.decide(delivery=delivery, public=True, permalink=seen, by=desk.cast.dee, now=desk.moment)
    assert (delivery.state, delivery.permalink) == (State.PUBLISHED, seen)
    with pytest.raises(Conflict):
        reconcile.decide(delivery=delivery, public=False, by=desk.cast.dee, now=desk.moment)


def test_an_address_elsewhere_is_no_proof(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    with pytest.raises(ValidationError):
        reconcile.decide(
            delivery=delivery, public=True, permalink="https://evil.example/status/1", by=desk.cast.dee, now=desk.moment
        )
    delivery.refresh_from_db()
    assert delivery.state == State.UNCONFIRMED


def test_the_address_a_person_saw_tells_the_networks_own_id(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    seen = "https://x.com/MPSHomerton/status/1234567890"
    reconcile.decide(delivery=delivery, public=True, permalink=seen, by=desk.cast.dee, now=desk.moment)
    assert delivery.remote_id == "1234567890"


def test_nobody_may_say_it_is_not_there_while_an_answer_can_still_come(desk: Desk) -> None:
    delivery = doubtful(desk, public=False)
    with pytest.raises(Conflict):
        reconcile.decide(delivery=delivery, public=False, by=desk.cast.dee, now=desk.moment)
    desk.wait(minutes=4)
    reconcile.decide(delivery=delivery, public=False, by=desk.cast.dee, now=desk.moment)
    assert delivery.state == State.FAILED


def test_the_networks_own_word_that_it_has_it_is_never_called_missed(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    desk.network.live.clear()
    for _ in range(4):
        look(desk, delivery)
    desk.network.answers = [Refused("X already has this.", duplicate=True)]
    desk.deliver(delivery)
    while delivery.look_at is not None:
        look(desk, delivery)
    assert delivery.state == State.UNCONFIRMED
    assert "A person must look" in delivery.reason


def test_a_first_attempt_that_comes_to_light_after_the_second_is_said_aloud(desk: Desk) -> None:
    delivery = doubtful(desk, public=True)
    hidden, desk.network.live = desk.network.live[0], []
    for _ in range(4):
        look(desk, delivery)
    desk.deliver(delivery)
    assert delivery.state == State.PUBLISHED
    desk.network.live.append(replace(hidden, remote_id="8888", permalink="https://x.com/i/8888"))
    look(desk, delivery)
    assert "https://x.com/i/8888" in delivery.reason
    assert delivery.look_at is None


@pytest.mark.parametrize("skew", [timedelta(seconds=-10), timedelta(minutes=-7), timedelta(minutes=7)])
def test_clocks_that_differ_do_not_hide_a_post(desk: Desk, skew: timedelta) -> None:
    delivery = doubtful(desk, public=True)
    seen = desk.network.live.pop()
    desk.network.live.append(replace(seen, created_at=seen.created_at + skew))
    assert look(desk, delivery).state == State.PUBLISHED


def test_a_dead_login_met_while_looking_turns_the_channel_red(desk: Desk) -> None:
    delivery = doubtful(desk, public=False)
    desk.network.looks = [LoginExpired("X no longer accepts this login.")]
    look(desk, delivery)
    desk.cast.x.refresh_from_db()
    assert desk.cast.x.state == Channel.State.BROKEN


def test_another_posts_address_is_no_proof(desk: Desk, twice_the_same: None) -> None:
    first = desk.deliver(desk.released())
    delivery = doubtful(desk, public=False)
    address = f"https://x.com/MPSHomerton/status/{first.remote_id}"
    with pytest.raises(ValidationError):
        reconcile.decide(delivery=delivery, public=True, permalink=address, by=desk.cast.dee, now=desk.moment)
