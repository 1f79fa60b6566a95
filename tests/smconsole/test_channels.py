"""The pages on which rooms meet about a channel: its gates, what each room knows of them, a compromise and its hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Channel, Notice, User
from accounts.provisioning import evidence
from policy import launching, periods
from policy.models import Hold
from policy.reading.dates import london_day
from tests.accounts.provisioning.conftest import Office, office
from tests.factories import make_post

__all__ = ["office"]
pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def post(client: Client, name: str, *keys: object, **body: str) -> int:
    return client.post(reverse(name, args=keys), body).status_code


def test_a_gate_is_signed_on_its_page_and_by_nobody_who_guesses_its_address(
    office: Office, client_for: ClientFor
) -> None:
    pk = office.apply(now=timezone.now()).channel_id
    page = client_for(office.cast.olu).get(reverse("application", args=[pk])).text
    assert "@MPSHackneyWick waits for you" in page
    assert post(client_for(office.cast.mel), "sign_gate", pk, "need", evidence="Mine.") == 404
    for who in (office.bo, office.ines, office.cast.sam, office.wyn):
        assert post(client_for(who), "sign_gate", pk, "need", evidence="Mine.") == 403
    commander = client_for(office.cast.olu)
    assert post(commander, "sign_gate", pk, "need", evidence="") == 422
    assert post(commander, "sign_gate", pk, "nothing", evidence="Seen.") == 404
    assert post(commander, "sign_gate", pk, "launch", evidence="Seen.") == 403
    assert post(commander, "sign_gate", pk, "need", evidence="Seen.") == 302
    assert post(commander, "sign_gate", pk, "need", evidence="Seen.") == 409
    # What the console knows of the owner's training keeps gate 3 shut, whatever is written.
    assert post(client_for(office.cast.sam), "sign_gate", pk, "training", evidence="Trust me.") == 422
    assert Channel.objects.get(pk=pk).life == "preparing"


def test_a_question_goes_to_whoever_asked_and_a_refusal_ends_it(office: Office, client_for: ClientFor) -> None:
    pk = office.apply(now=timezone.now()).channel_id
    commander, applicant = client_for(office.cast.olu), client_for(office.bo)
    assert post(commander, "return_gate", pk, "need", reason="") == 422
    assert post(commander, "return_gate", pk, "need", reason="Which panel?") == 302
    assert "came back with a question" in applicant.get(reverse("application", args=[pk])).text
    assert "Which panel?" in applicant.get(reverse("application", args=[pk])).text
    change = reverse("accounts:amend_application", args=[pk])
    assert "Which panel?" in applicant.get(change).text, "nobody has to remember the question while they answer it"
    said = {"handle": "MPSHackneyWick", "name": "Hackney Wick Police", "audience": "All", "asked": "May panel.",
            "why_here": "Few read it.", "owner": "wyn", "deputy": "con", "cover": "con", "mentor": "rex"}  # fmt: skip
    assert applicant.post(change, said)["Location"] == reverse("application", args=[pk])
    assert client_for(office.wyn).get(change).status_code == 403
    assert post(applicant, "refuse_application", pk, reason="No.") == 403
    assert post(commander, "take_back_application", pk) == 403
    assert post(commander, "refuse_application", pk, reason="The borough’s channel is enough.") == 302
    assert "is not granted" in applicant.get(reverse("application", args=[pk])).text


def test_whoever_may_look_at_the_profile_is_offered_it_and_whoever_connects_is_offered_that(
    office: Office, client_for: ClientFor
) -> None:
    asked = office.apply(now=timezone.now())
    office.sign(asked, "need", now=timezone.now())
    page = reverse("application", args=[asked.channel_id])
    connect = reverse("accounts:connect", args=[asked.channel_id])
    assert connect in client_for(office.cast.sam).get(page).text
    assert connect not in client_for(office.ines).get(page).text
    Channel.objects.filter(pk=asked.channel_id).update(state=Channel.State.LIVE)
    for who, offered in ((office.cast.sam, True), (office.ines, True), (office.cast.olu, False)):
        assert ("Look at the profile" in client_for(who).get(page).text) == offered, who


def test_five_approved_updates_open_the_launch_and_an_election_shuts_it(office: Office) -> None:
    now, cast = timezone.now(), office.cast
    asked = office.apply(team=cast.homerton, network="facebook", handle="MPSHomertonX", owner=cast.tess, now=now)

    def missing() -> list[str]:
        return evidence.missing(launching.PART.look(asked, now))

    assert missing() == ["0 of its first 5 updates approved"]
    for number in range(5):
        make_post(
            cast,
            "approved",
            author=cast.ada,
            channels=[asked.channel],
            now=now,
            publish_at=now + timedelta(days=number + 1),
        )
    assert missing() == []
    today = london_day(now)
    told = {"kind": "election", "team": cast.hackney, "name": "Local elections", "starts_on": today}
    period = periods.enter(**told, ends_on=today + timedelta(days=9), by=cast.sam, now=now)
    periods.agree(period=period, by=office.abe, now=now)
    assert "pre-election period" in missing()[0]


def test_today_says_what_waits_for_ones_signature(office: Office, client_for: ClientFor) -> None:
    asked = office.apply(now=timezone.now())
    assert "1 channel waits for you" in client_for(office.cast.olu).get(reverse("home")).text
    quiet = client_for(office.ines).get(reverse("home")).text
    assert "Nothing is waiting for you" in quiet
    office.sign(asked, "need", now=timezone.now())
    page = client_for(office.ines).get(reverse("home")).text
    assert "1 channel waits for you" in page and reverse("application", args=[asked.channel_id]) in page


def test_whoever_finds_it_compromised_stops_it_at_once_and_the_head_holds_it(
    office: Office, client_for: ClientFor
) -> None:
    cast = office.cast
    for reason in ("Odd posts.", ""):
        assert post(client_for(cast.ada), "compromised", cast.x.pk, reason=reason) == 403
    assert post(client_for(office.ines), "compromised", cast.x.pk, reason="") == 422
    assert post(client_for(office.ines), "compromised", cast.x.pk, reason="Odd posts.") == 302
    assert Channel.objects.get(pk=cast.x.pk).life == "compromised"
    asked = Notice.objects.get(kind="channel.hold_asked")
    assert asked.to == cast.hana and f"channel={cast.x.pk}" in asked.link
    assert not Hold.objects.exists()
    assert post(client_for(cast.hana), "compromised", cast.kilburn_x.pk, reason="Odd posts.") == 302
    held = Hold.objects.get()
    assert (held.level, held.channel) == (Hold.Level.STOP, cast.kilburn_x)


def test_a_channel_is_stopped_and_let_go_on_from_its_page(office: Office, client_for: ClientFor) -> None:
    cast = office.cast
    admin, sergeant = client_for(cast.sam), client_for(cast.ada)
    at = ("accounts:move_life", cast.x.pk)
    assert admin.get(reverse("accounts:life", args=[cast.x.pk])).status_code == 200
    assert sergeant.get(reverse("accounts:life", args=[cast.x.pk])).status_code == 403
    # Whoever may not is told that first, not what is wrong with the form or the stage.
    for move in ("suspend", "resume", "close", "keep"):
        assert (post(sergeant, *at, move, reason="Mine."), post(sergeant, *at, move, reason="")) == (403, 403), move
    assert post(admin, *at, "suspend", reason="") == 422
    assert post(admin, *at, "compromise", reason="Around the hold.") == 404
    assert post(admin, *at, "suspend", reason="Its owner left.") == 302
    assert "Suspended: nothing goes out here." in sergeant.get(reverse("accounts:channel", args=[cast.x.pk])).text
    assert post(admin, *at, "suspend", reason="Again.") == 409
    assert post(admin, *at, "resume", reason="Settled.") == 302
    assert Channel.objects.get(pk=cast.x.pk).life == "live"
    assert post(admin, *at, "close", reason="Merged.", new_home="") == 422
    assert post(admin, *at, "close", reason="Merged.", new_home="@MPSHackney") == 302
    assert "@MPSHackney" in sergeant.get(reverse("accounts:channel", args=[cast.x.pk])).text
