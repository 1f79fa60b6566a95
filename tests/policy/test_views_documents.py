"""The doors of the policies, the times and the live cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from policy import documents, periods
from policy.models import Attestation, Document, DocumentVersion, LiveCase, Period
from policy.reading.dates import london_day
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
DAY = timedelta(days=1)
BAR = "Pre-election period, Hackney"


@pytest.fixture
def version(cast: Cast) -> DocumentVersion:
    now = timezone.now()
    shown = documents.begin(
        key="professional", title="Professional use", body="dmc", owner=cast.hana,
        review_on=london_day(now) + 90 * DAY, by=cast.sam, now=now,
    )  # fmt: skip
    made = documents.write(
        document=shown, summary="Be kind.", text="# Be kind\n\nAlways.", changes="", demands=True, by=cast.sam, now=now
    )
    documents.sign(version=made, by=cast.sam, now=now)
    return documents.publish(version=made, by=cast.dee, now=now)


def test_a_lapsed_author_mends_it_in_one_tap_and_comes_back_to_the_draft(
    cast: Cast, client_for: ClientFor, version: DocumentVersion
) -> None:
    now = timezone.now()
    post = make_post(cast, publish_at=now + DAY, now=now)
    client, address = client_for(cast.ada), reverse("policy:submit", args=[post.pk])
    page = client.get(address).text
    assert "I have read it and will follow it" in page
    assert "Yes, send this" not in page
    answer = client.post(reverse("policy:attest", args=[version.pk]), {"back": address}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "Yes, send this" in answer.text
    assert Attestation.objects.get().by == cast.ada


def test_several_policies_are_confirmed_on_one_page_each_with_a_row_of_its_own(
    cast: Cast, client_for: ClientFor, version: DocumentVersion
) -> None:
    now = timezone.now()
    other = documents.begin(
        key="personal", title="Personal use", body="doi", owner=cast.hana, review_on=london_day(now) + 90 * DAY,
        by=cast.sam, now=now,
    )  # fmt: skip
    made = documents.write(
        document=other, summary="Off duty too.", text="# Off duty", changes="", demands=True, by=cast.sam, now=now
    )
    documents.sign(version=made, by=cast.sam, now=now)
    documents.publish(version=made, by=cast.dee, now=now)
    client, address = client_for(cast.ada), reverse("policy:attest_all")
    page = client.get(address).text
    assert ("Be kind." in page, "Off duty too." in page) == (True, True)
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"version": [version.pk, 999_999]}).status_code == 422
    assert not Attestation.objects.exists()
    assert client.post(address, {"version": [version.pk, made.pk]}).status_code == 302
    assert Attestation.objects.filter(by=cast.ada).count() == 2


def test_nobody_is_led_elsewhere_after_confirming(cast: Cast, client_for: ClientFor, version: DocumentVersion) -> None:
    said = {"back": "https://example.org/"}
    answer = client_for(cast.ada).post(reverse("policy:attest", args=[version.pk]), said)
    assert answer.headers["location"] == reverse("policy:documents")


def test_everybody_reads_the_policies_and_only_the_dmc_writes(
    cast: Cast, client_for: ClientFor, version: DocumentVersion
) -> None:
    for user in (cast.ada, cast.con, cast.olu, cast.cora):
        assert "<h2>Be kind</h2>" in client_for(user).get(reverse("policy:document", args=["professional"])).text
        assert client_for(user).get(reverse("policy:write_document", args=["professional"])).status_code == 403


def test_a_version_goes_through_two_pairs_of_hands(cast: Cast, client_for: ClientFor, version: DocumentVersion) -> None:
    sam, dee = client_for(cast.sam), client_for(cast.dee)
    write = reverse("policy:write_document", args=["professional"])
    assert sam.post(write, {"summary": "Be brave.", "text": "Brave.", "changes": ""}).status_code == 422
    sam.post(write, {"summary": "Be brave.", "text": "Brave.", "changes": "Braver.", "demands": "on"})
    draft = DocumentVersion.objects.get(number=2)
    there = reverse("policy:document_version", args=["professional", 2])
    assert client_for(cast.ada).get(there).status_code == 404
    stale = {"written_at": timezone.now().isoformat()}
    assert "It was changed" in sam.post(reverse("policy:sign_document", args=[draft.pk]), stale, follow=True).text
    seen = {"written_at": draft.written_at.isoformat()}
    sam.post(reverse("policy:sign_document", args=[draft.pk]), seen)
    assert "Somebody else has to publish it" in sam.get(there).text
    dee.post(reverse("policy:publish_document", args=[draft.pk]), seen)
    assert documents.in_force(draft.document) == draft
    assert "Braver." in client_for(cast.ada).get(reverse("policy:document", args=["professional"])).text


def test_a_policy_is_begun_on_its_own_page(cast: Cast, client_for: ClientFor) -> None:
    client, address = client_for(cast.sam), reverse("policy:new_document")
    said = {"title": "Personal use", "key": "personal", "body": "doi", "owner": cast.hana.pk}
    assert client.post(address, {**said, "review_on": "2020-01-01"}).status_code == 422
    day = london_day(timezone.now()) + 100 * DAY
    answer = client.post(address, {**said, "review_on": day.isoformat()})
    assert answer.headers["location"] == reverse("policy:write_document", args=["personal"])
    assert Document.objects.get().owner == cast.hana
    assert client.post(address, {**said, "review_on": day.isoformat()}).status_code == 422


def test_the_guide_leads_somewhere_before_any_policy_is_written(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.ada)
    assert "What may I post?" in client.get(reverse("posts:new")).text
    answer = client.get(reverse("policy:document", args=["professional"]))
    assert answer.headers["location"] == reverse("policy:documents")
    assert client.get(reverse("policy:document", args=["other"])).status_code == 404


def test_managers_read_figures_and_the_dmc_names(cast: Cast, client_for: ClientFor, version: DocumentVersion) -> None:
    address = reverse("policy:unconfirmed")
    manager = client_for(cast.olu).get(address).text
    assert "Homerton, Hackney" in manager
    assert "Okafor" not in manager
    assert "Ferreira" not in manager
    assert "Okafor" in client_for(cast.sam).get(address).text
    assert client_for(cast.ada).get(address).status_code == 403


def test_a_time_goes_through_two_pairs_of_hands_and_is_told_on_every_page(cast: Cast, client_for: ClientFor) -> None:
    sam, dee, today = client_for(cast.sam), client_for(cast.dee), london_day(timezone.now())
    said = {"kind": "election", "team": cast.hackney.pk, "name": "Local elections", "starts_on": today.isoformat()}
    address = reverse("policy:new_time")
    assert sam.post(address, said).status_code == 422
    sam.post(address, {**said, "ends_on": (today + 9 * DAY).isoformat(), "message": "No candidates."})
    period = Period.objects.get()
    assert "Somebody else has to agree" in sam.get(reverse("policy:times")).text
    assert sam.post(reverse("policy:agree_time", args=[period.pk])).status_code == 403
    assert BAR not in client_for(cast.ada).get(reverse("home")).text
    dee.post(reverse("policy:agree_time", args=[period.pk]))
    assert BAR in client_for(cast.ada).get(reverse("home")).text
    assert BAR not in client_for(cast.mel).get(reverse("home")).text
    dee.post(reverse("policy:ask_close_time", args=[period.pk]))
    sam.post(reverse("policy:close_time", args=[period.pk]))
    assert BAR not in client_for(cast.ada).get(reverse("home")).text


def test_only_the_dmc_moves_times(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    today = london_day(timezone.now())
    period = periods.enter(
        kind="trial", team=None, name="x", starts_on=today, ends_on=today + DAY, by=cast.sam, now=timezone.now()
    )
    client = client_for(cast.ada)
    assert client.get(reverse("policy:times")).status_code == 200
    assert client.get(reverse("policy:new_time")).status_code == 403
    for name in ("agree_time", "ask_close_time", "close_time"):
        assert client.post(reverse(f"policy:{name}", args=[period.pk])).status_code == 403


def test_the_writing_page_is_told_what_is_on_at_the_drafts_own_time(cast: Cast, client_for: ClientFor) -> None:
    now = timezone.now()
    today = london_day(now)
    period = periods.enter(
        kind="election", team=cast.hackney, name="Local elections", starts_on=today + 4 * DAY,
        ends_on=today + 9 * DAY, by=cast.sam, now=now,
    )  # fmt: skip
    periods.agree(period=period, by=cast.dee, now=now)
    client = client_for(cast.ada)
    for publish_at, told in ((now + 5 * DAY, True), (now + DAY, False)):
        post = make_post(cast, publish_at=publish_at, now=now)
        address = reverse("policy:times_of_post", args=[post.pk])
        assert ("Local elections" in client.get(address, headers={"HX-Request": "true"}).text) is told


def test_a_live_case_is_listed_and_closed_with_its_outcome(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast)
    ada, mark = client_for(cast.ada), reverse("policy:put_on_live_case", args=[post.pk])
    assert client_for(cast.mel).post(mark, {"why": "x"}).status_code == 404
    ada.post(mark, {"why": " "})
    assert not LiveCase.objects.exists()
    ada.post(mark, {"why": "Somebody is charged."})
    case = LiveCase.objects.get()
    assert "1 live case is open" in ada.get(reverse("policy:live_cases")).text
    assert "No live case is open" in client_for(cast.mel).get(reverse("policy:live_cases")).text
    address = reverse("policy:close_live_case", args=[case.pk])
    assert client_for(cast.mel).get(address).status_code == 404
    assert client_for(cast.con).post(address, {"outcome": "never"}).status_code == 403
    assert ada.post(address, {}).status_code == 422
    ada.post(address, {"outcome": "convicted"})
    assert LiveCase.objects.get().outcome == "convicted"
