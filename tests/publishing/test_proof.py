"""Published is proved: read back from the network, kept, shown, and told where it is not as it was sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEntry, Notice
from platforms.base import Found
from platforms.errors import Unreachable
from publishing import due, proof, reconcile
from publishing.models import Delivery, Proof
from tests.publishing.conftest import Desk, lost_answer
from tests.publishing.test_delivery import with_picture
from tests.publishing.test_views import SignIn, page


def read_back(desk: Desk, delivery: Delivery) -> Proof | None:
    """Every reading that is due, the clock moved to the next one first."""
    delivery.refresh_from_db()
    if delivery.prove_at is not None:
        desk.moment = max(desk.moment, delivery.prove_at)
    for pk in due.deliveries_to_prove(now=desk.moment):
        proof.prove(delivery_id=pk, now=desk.moment)
    delivery.refresh_from_db()
    return Proof.objects.filter(delivery=delivery).first()


def test_a_minute_after_its_publication_it_is_read_back_once(desk: Desk) -> None:
    delivery = desk.deliver(with_picture(desk))
    desk.wait(seconds=59)
    assert due.deliveries_to_prove(now=desk.moment) == []
    found = read_back(desk, delivery)
    assert found is not None
    assert (found.text, found.pictures, found.alts) == (
        delivery.version.text_for(delivery.channel), 1, ["A street with five trees"],
    )  # fmt: skip
    assert (found.differences, found.first_seen_at, found.permalink) == ([], desk.moment, delivery.permalink)
    assert delivery.prove_at is None
    assert AuditEntry.objects.filter(action="delivery.proved").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "Something else."}, "The words are not those that were sent."),
        ({"pictures": 0}, "It shows 0 of 1 pictures."),
        ({"alt": None}, "The description of picture 1 is not what was sent."),
    ],
)
def test_what_is_not_as_it_was_sent_is_told_after_the_last_reading(
    desk: Desk, change: dict[str, object], words: str
) -> None:
    delivery = desk.deliver(with_picture(desk))
    seen = desk.network.live.pop()
    facts = {name: getattr(seen, name) for name in ("remote_id", "permalink", "text", "pictures", "created_at")}
    desk.network.live.append(Found(**{**facts, **{name: value for name, value in change.items() if name != "alt"}}))
    desk.network.alts = [change["alt"]] if "alt" in change else desk.network.alts
    for _ in range(3):
        read_back(desk, delivery)
    assert not Notice.objects.filter(kind="delivery.differs").exists(), "the network may only be slow"
    found = read_back(desk, delivery)
    assert found is not None
    assert (found.differences, found.looks) == ([words], 4)
    assert Notice.objects.filter(kind="delivery.differs").exists()


def test_a_post_that_nobody_can_see_is_told(desk: Desk) -> None:
    delivery = desk.deliver(desk.released())
    desk.network.live = []
    for _ in range(4):
        found = read_back(desk, delivery)
    assert found is not None
    assert (found.differences, found.first_seen_at) == ([proof.NOT_SEEN], None)
    assert Notice.objects.filter(kind="delivery.differs").exists()


def test_a_network_that_is_away_is_asked_again(desk: Desk) -> None:
    delivery = desk.deliver(desk.released())
    desk.network.looks = [Unreachable("X could not be reached.")]
    assert read_back(desk, delivery) is None
    assert delivery.prove_at == delivery.published_at + timedelta(minutes=5)
    found = read_back(desk, delivery)
    assert found is not None
    assert found.differences == []


def test_a_reading_after_the_last_planned_one_is_tried_again_too(desk: Desk) -> None:
    delivery = desk.deliver(desk.released())
    desk.wait(hours=5)
    Delivery.objects.filter(pk=delivery.pk).update(prove_at=desk.moment)
    delivery.refresh_from_db()
    desk.network.looks = [Unreachable("X could not be reached.")]
    assert read_back(desk, delivery) is None
    assert delivery.prove_at is not None, "what somebody said to be gone is not forgotten"
    assert read_back(desk, delivery) is not None
    assert delivery.prove_at is None


def test_what_a_look_found_is_proved_too(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    found = read_back(desk, delivery)
    assert found is not None
    assert found.differences == []


def test_the_post_page_shows_the_proof(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.deliver(with_picture(desk))
    read_back(desk, delivery)
    told = page(client_for(desk.cast.tess), "story", delivery.target.post_id)
    assert "Read back from X, first seen" in told
    assert "The words, the pictures and their descriptions are as they were sent." in told


# ---- what is kept of a post that its network has no more ----------------------------------------


def test_what_was_read_back_goes_with_the_post_and_our_own_words_stay(desk: Desk) -> None:
    delivery = desk.deliver(with_picture(desk))
    seen = read_back(desk, delivery)
    assert seen is not None and seen.text
    desk.wait(minutes=5)
    assert proof.purge(deliveries=[delivery.pk], now=desk.moment) == 1
    found = Proof.objects.get()
    assert (found.text, found.alts, found.permalink, found.purged_at) == ("", [], "", desk.moment)
    assert (found.first_seen_at, found.pictures) == (seen.first_seen_at, 1)
    assert delivery.version.text_for(delivery.channel)
    entry = AuditEntry.objects.get(action="proof.purged")
    assert (entry.facts["remote_id"], entry.at) == (delivery.remote_id, desk.moment)


def test_what_is_gone_already_is_not_purged_twice(desk: Desk) -> None:
    delivery = desk.deliver(with_picture(desk))
    read_back(desk, delivery)
    proof.purge(deliveries=[delivery.pk], now=desk.moment)
    assert proof.purge(deliveries=[delivery.pk], now=desk.moment) == 0
    assert AuditEntry.objects.filter(action="proof.purged").count() == 1


def test_the_posts_page_says_that_what_was_read_back_is_deleted(desk: Desk, client_for: SignIn) -> None:
    delivery = desk.deliver(with_picture(desk))
    read_back(desk, delivery)
    proof.purge(deliveries=[delivery.pk], now=desk.moment)
    assert "what was read back from there was deleted" in page(
        client_for(desk.cast.ada), "story", delivery.target.post_id
    )
