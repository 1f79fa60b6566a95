"""Who is appointed to what: by whom, until when, and what happens to their work when it ends at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import accord, appointing, handing
from accounts.models import Appointment, Role, Stage, Urgent, User
from accounts.roles import ROLE_MAY
from policy import live_cases
from policy.models import Submission
from posts.models import Post
from publishing import release
from publishing.models import Delivery
from smconsole import what_roles_may
from smconsole.moving import PARTS
from smconsole.what_roles_may import NOTHING
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def test_an_administrator_appoints_after_reading_what_that_allows(cast: Cast, client_for: Browser) -> None:
    browser, url = client_for(cast.sam), reverse("appoint", args=[cast.mel.pk])
    assert "Homerton" in browser.get(url, {"q": "homerton"}).text
    asked = {"team": cast.homerton.pk, "role": "mentor", "starts_on": "2026-03-02", "ends_on": "2099-03-09"}
    shown = browser.post(url, asked)
    assert "Agrees to updates" in shown.text and not Appointment.objects.filter(user=cast.mel, role="mentor").exists()
    assert browser.post(url, asked | {"yes": "1"}).status_code == 302
    made = Appointment.objects.get(user=cast.mel, role=Role.MENTOR)
    assert (made.made_by, made.ends_on.year) == (cast.sam, 2099)
    assert "DMC mentor" in browser.get(reverse("appointments", args=[cast.mel.pk])).text
    again = browser.post(url, asked | {"yes": "1"})
    assert again.status_code == 422 and "already holds" in again.text
    wrong = browser.post(url, asked | {"ends_on": "2026-02-01"})
    assert wrong.status_code == 422 and "must not be before the first" in wrong.text


def test_nothing_that_a_role_may_do_is_kept_from_who_appoints_to_it() -> None:
    for role, may in ROLE_MAY.items():
        said = what_roles_may.in_words(may)
        assert len(said) == len(may.channel | may.team) or (role, said) == (Role.CONTACT_CENTRE, [NOTHING]), role


@pytest.mark.parametrize("role", Role.values)
def test_every_role_can_be_appointed_to(cast: Cast, client_for: Browser, role: str) -> None:
    team = cast.kilburn
    if role == Role.PEER:  # only for who is mentor-ready, in their borough
        Appointment.objects.filter(user=cast.con).update(stage=Stage.READY)
        team = cast.wick
    asked = {"team": team.pk, "role": role, "starts_on": "2026-03-02", "yes": "1"}
    assert client_for(cast.sam).post(reverse("appoint", args=[cast.con.pk]), asked).status_code == 302
    assert accord.check(now=timezone.now()).holds


def test_nobody_appoints_or_ends_their_own_and_nobody_else_does(cast: Cast, client_for: Browser) -> None:
    asked = {"team": cast.homerton.pk, "role": "mentor", "starts_on": "2026-03-02", "yes": "1"}
    own = cast.sam.appointments.get()
    sam = client_for(cast.sam)
    assert sam.post(reverse("appoint", args=[cast.sam.pk]), asked).status_code == 403
    assert sam.post(reverse("end_appointment", args=[own.pk])).status_code == 403
    for who in (cast.ada, cast.rex, cast.dee, cast.hana, cast.olu, cast.cora):
        browser = client_for(who)
        assert browser.post(reverse("appoint", args=[cast.mel.pk]), asked).status_code == 403
        assert browser.post(reverse("end_appointment", args=[cast.mel.appointments.get().pk])).status_code == 404
        assert browser.get(reverse("appointments", args=[cast.mel.pk])).status_code == 403
        assert browser.get(reverse("unowned")).status_code == 403


def test_past_people_and_those_never_appointed_are_found(cast: Cast, client_for: Browser, now: datetime) -> None:
    User.objects.create(username="newcomer", first_name="Nova")
    Appointment.objects.filter(user=cast.mel).update(ended_at=now)
    people = client_for(cast.sam).get(reverse("people"), {"who": "all"}).text
    assert "Nova" in people and "Ferreira" in people
    assert "Ferreira" not in client_for(cast.sam).get(reverse("people")).text
    assert "Sergeant, Kilburn" in client_for(cast.sam).get(reverse("appointments", args=[cast.mel.pk])).text


def test_ended_at_once_everything_on_its_way_stops_and_is_listed_as_nobodys(
    cast: Cast, client_for: Browser, now: datetime
) -> None:
    later = timezone.now() + timedelta(hours=5)
    going = [make_post(cast, "in_review"), make_post(cast, "approved", publish_at=later, now=timezone.now())]
    draft = make_post(cast)
    live_cases.put_on(post=draft, why="A charge.", by=cast.ada, now=now)
    mine = make_post(cast, "approved", author=cast.mel, channels=[cast.kilburn_x])
    sam, url = client_for(cast.sam), reverse("end_appointment", args=[cast.ada.appointments.get().pk])
    assert "Approved and planned (1)" in sam.get(url).text
    assert sam.post(url).status_code == 302
    assert {post.state for post in Post.objects.filter(pk__in=[post.pk for post in going])} == {Post.State.DRAFT}
    assert set(Submission.objects.exclude(post=mine).values_list("ending", flat=True)) == {"author_left"}
    mine.refresh_from_db()
    assert mine.state == Post.State.APPROVED
    shown = sam.get(reverse("unowned")).text
    assert "by Sgt Ada Okafor" in shown and "4 things are nobody" in shown
    assert sam.post(url).status_code == 404
    seen = handing.plan(leaver=cast.ada, parts=PARTS, now=now).seal
    handing.hand_over(leaver=cast.ada, to=cast.tess, until=None, seen=seen, parts=PARTS, by=cast.sam, now=now)
    assert "Everything has an owner" in sam.get(reverse("unowned")).text


def test_what_is_about_to_go_out_is_stopped_too(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + timedelta(minutes=5))
    release.release(post=post, now=now)
    handing.end_at_once(appointment=cast.ada.appointments.get(), parts=PARTS, by=cast.sam, now=now)
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.CANCELLED}


def test_a_channel_without_a_sergeant_is_listed(cast: Cast, client_for: Browser, now: datetime) -> None:
    assert handing.voiceless(now=now) == []
    appointing.end(appointment=cast.mel.appointments.get(), by=cast.sam, now=now)
    assert handing.voiceless(now=now) == [cast.kilburn_x]
    assert "MPSKilburnBrent" in client_for(cast.sam).get(reverse("unowned")).text


def test_an_urgent_appointment_on_its_pages(cast: Cast, client_for: Browser) -> None:
    dee, sam = client_for(cast.dee), client_for(cast.sam)
    assert "Meredith" in dee.get(reverse("urgent_list"), {"q": "meredith"}).text
    url = reverse("appoint_urgently", args=[cast.con.pk])
    asked = {"team": cast.wick.pk, "role": "sergeant", "hours": "1", "reason": "A fire.", "yes": "1"}
    assert dee.post(url, asked | {"yes": "1"}).status_code == 302
    kept = Urgent.objects.get()
    page = reverse("urgent", args=[kept.pk])
    assert "cannot confirm it yourself" in dee.get(page).text and "Confirm it, with my name" in sam.get(page).text
    assert dee.post(reverse("confirm_urgent", args=[kept.pk])).status_code == 403
    assert sam.post(reverse("confirm_urgent", args=[kept.pk])).status_code == 302
    assert client_for(cast.ada).get(page).status_code == 404
    assert client_for(cast.rex).post(url, asked).status_code == 403


def test_the_contact_centre_signs_in_and_is_told_that_there_is_no_inbox(cast: Cast, client_for: Browser) -> None:
    cleo = User.objects.create(username="cleo")
    today = timezone.now()
    appointing.appoint(user=cleo, role=Role.CONTACT_CENTRE, team=cast.force, starts_on=today.date(), by=None, now=today)
    assert "The inbox is not here yet" in client_for(cleo).get(reverse("home")).text
    for name in ("posts:index", "policy:queue"):
        assert "MPSHomerton" not in client_for(cleo).get(reverse(name)).text


def test_the_pages_take_the_same_few_queries_however_many_people(
    cast: Cast, client_for: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sam = client_for(cast.sam)
    for url in (reverse("appointments", args=[cast.ada.pk]), reverse("unowned"), reverse("urgent_list")):
        with django_assert_max_num_queries(20):
            assert sam.get(url).status_code == 200
