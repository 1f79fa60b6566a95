from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from policy import holds
from policy.models import Clearance, Hold
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def test_one_tap_for_the_reason_and_one_for_the_scope_stop_it(cast: Cast, client_for: ClientFor) -> None:
    form = {"team": cast.hackney.pk, "why": "A serious incident nearby", "level": 2}
    answer = client_for(cast.dee).post(reverse("policy:holds"), form)
    hold = Hold.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("policy:hold", args=[hold.pk]))
    assert (hold.reason, hold.owner, hold.level) == ("A serious incident nearby", cast.dee, Hold.Level.LOCAL)


def test_the_form_offers_the_levels_one_may_open_and_says_how_many_posts_it_stops(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    make_post(cast, "approved", now=now)
    dee, hana = client_for(cast.dee).get(reverse("policy:holds")), client_for(cast.hana).get(reverse("policy:holds"))
    assert ("H4 Stop" in dee.text, "H4 Stop" in hana.text) == (False, True)
    assert "Hackney (borough): 1 on its way" in dee.text
    assert "Brent (borough)" in dee.text and "Brent (borough):" not in dee.text
    form = {"team": cast.force.pk, "why": "National mourning", "level": 3}
    assert client_for(cast.dee).post(reverse("policy:holds"), form).status_code == 422


def test_one_channel_is_stopped_from_its_own_address(cast: Cast, client_for: ClientFor) -> None:
    dee = client_for(cast.dee)
    assert "Only @MPSHomerton on X." in dee.get(reverse("policy:holds") + f"?channel={cast.x.pk}").text
    dee.post(reverse("policy:holds"), {"channel": cast.x.pk, "why": "An account is compromised", "level": 2})
    hold = Hold.objects.get()
    assert (hold.channel, hold.team) == (cast.x, cast.homerton)


def test_a_hold_s_page_is_for_those_whom_it_concerns(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    make_post(cast, "approved", text="Come to Mabley Green.", now=now)
    hold = holds.open_hold(team=cast.hackney, reason="An incident.", by=cast.dee, now=now)
    address = reverse("policy:hold", args=[hold.pk])
    answers = {name: client_for(getattr(cast, name)).get(address) for name in ("ada", "dee", "mel", "olu")}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "ada": 200,
        "dee": 200,
        "mel": 404,
        "olu": 200,
    }
    assert ("Mabley Green" in answers["ada"].text, "Mabley Green" in answers["olu"].text) == (True, False)


def test_confirm_keep_and_release_are_the_dmc_s(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    hold = holds.open_hold(team=cast.hackney, reason="An incident.", by=cast.dee, now=now)
    for name in ("confirm_hold", "review_hold", "ask_release", "release"):
        assert client_for(cast.ada).post(reverse(f"policy:{name}", args=[hold.pk])).status_code == 403
    hana = client_for(cast.hana)
    hana.post(reverse("policy:confirm_hold", args=[hold.pk]))
    hana.post(reverse("policy:review_hold", args=[hold.pk]), {"again_in": 180, "message": "Wait for us."})
    hold.refresh_from_db()
    assert (hold.confirmed_by, hold.owner, hold.message) == (cast.hana, cast.hana, "Wait for us.")


def test_the_author_asks_and_the_dmc_clears(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    hold = holds.open_hold(team=cast.hackney, reason="An incident.", by=cast.dee, now=now)
    client_for(cast.ada).post(reverse("policy:ask_clearance", args=[hold.pk, post.pk]), {"ground": "safety"})
    assert Clearance.objects.get().given_by is None
    assert (
        "asks to let it out: critical safety" in client_for(cast.dee).get(reverse("policy:hold", args=[hold.pk])).text
    )
    assert (
        client_for(cast.ada)
        .post(reverse("policy:give_clearance", args=[hold.pk, post.pk]), {"ground": "safety"})
        .status_code
        == 403
    )
    client_for(cast.dee).post(reverse("policy:give_clearance", args=[hold.pk, post.pk]), {"ground": "safety"})
    assert Clearance.objects.get().given_by == cast.dee
    assert client_for(cast.mel).post(reverse("policy:ask_clearance", args=[hold.pk, post.pk])).status_code == 404


def test_the_author_confirms_again_on_a_watch(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    hold = holds.open_hold(team=cast.hackney, level=1, reason="An incident.", by=cast.dee, now=now)
    client_for(cast.ada).post(reverse("policy:reconfirm", args=[hold.pk, post.pk]))
    assert Clearance.objects.get().given_by == cast.ada


def test_the_page_costs_the_same_with_one_post_and_with_twenty(
    cast: Cast, client_for: ClientFor, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    hold = holds.open_hold(team=cast.hackney, reason="An incident.", by=cast.dee, now=now)
    dee, address = client_for(cast.dee), reverse("policy:hold", args=[hold.pk])
    make_post(cast, "approved", now=now)
    dee.get(address)
    with django_assert_max_num_queries(45) as few:
        dee.get(address)
    for _ in range(5):
        make_post(cast, "approved", now=now)
    with django_assert_max_num_queries(len(few)):
        dee.get(address)


def test_a_channel_s_page_leads_the_dmc_to_stopping_just_that_channel(cast: Cast, client_for: ClientFor) -> None:
    page = reverse("accounts:channel", kwargs={"pk": cast.x.pk})
    address = f"{reverse('policy:holds')}?channel={cast.x.pk}"
    assert address in client_for(cast.dee).get(page).text
    assert address not in client_for(cast.ada).get(page).text
    assert f"Only {cast.x}" in client_for(cast.dee).get(address).text
