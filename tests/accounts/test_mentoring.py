"""Mentors and authors: at most eight, somebody stands in, and who reads what is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import appointing, mentoring
from accounts.errors import Conflict
from accounts.models import Appointment, Notice, Pairing, Role, Stage, StageChange, Team, User
from tests.conftest import Cast

ClientFor = Callable[[User], Client]
DAY = timedelta(days=1)


def authors(team: Team, number: int, now: datetime) -> list[User]:
    users = User.objects.bulk_create(User(username=f"author{n}", last_name=f"A{n:04}") for n in range(number))
    Appointment.objects.bulk_create(
        Appointment(user=user, role=Role.SERGEANT, team=team, starts_on=date(2026, 1, 1), made_at=now)
        for user in users
    )  # fmt: skip
    return users


def pair(cast: Cast, author: User, now: datetime) -> Pairing:
    return mentoring.pair(author=author, mentor=cast.rex, backup=cast.dee, by=cast.sam, now=now)


@pytest.mark.django_db
def test_a_mentor_has_eight_and_no_more(cast: Cast, now: datetime) -> None:
    nine = authors(cast.homerton, 9, now)
    for author in nine[:8]:
        pair(cast, author, now)
    with pytest.raises(ValidationError, match="nobody has more than 8"):
        pair(cast, nine[8], now)
    mentoring.pair(author=nine[0], mentor=cast.dee, backup=cast.rex, by=cast.sam, now=now)
    pair(cast, nine[8], now)
    assert mentoring.workload([cast.rex, cast.dee]) == {cast.rex.pk: 8, cast.dee.pk: 1}
    assert nine[0].pairings.count() == 2, "who it was before is kept"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_make_it_no_nine(cast: Cast, now: datetime) -> None:
    nine = authors(cast.homerton, 9, now)
    for author in nine[:7]:
        pair(cast, author, now)
    start, refused = Barrier(2), []

    def go(author: User) -> None:
        start.wait()
        try:
            pair(cast, author, now)
        except ValidationError as problem:
            refused.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(author,)) for author in nine[7:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert mentoring.workload([cast.rex])[cast.rex.pk] == 8


@pytest.mark.django_db
def test_a_pair_is_over_once_its_author_writes_for_nobody(cast: Cast, now: datetime) -> None:
    for author in (cast.ada, cast.tess):
        pair(cast, author, now)
    appointing.end(appointment=cast.ada.appointments.get(), by=cast.sam, now=now)
    assert mentoring.end_idle(now=now) == 1
    assert mentoring.workload([cast.rex])[cast.rex.pk] == 1
    told = Notice.objects.filter(kind=mentoring.ENDED)
    assert {notice.to for notice in told} == {cast.ada, cast.rex}
    assert "no longer" in told[0].words and str(cast.ada) in told[0].words


@pytest.mark.django_db
def test_who_no_longer_reviews_mentors_nobody(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    pair(cast, cast.ada, now)
    mentoring.pair(author=cast.tess, mentor=cast.dee, backup=cast.rex, by=cast.sam, now=now)
    assert mentoring.end_idle(now=now) == 0 and mentoring.pairings_of(cast.rex).count() == 2
    appointing.end(appointment=cast.rex.appointments.get(), by=cast.sam, now=now)
    assert not mentoring.pairings_of(cast.rex).exists(), "nor what waits about their stage"
    for author in (cast.ada, cast.tess):
        with pytest.raises(PermissionDenied):
            mentoring.check_in(author=author, on=now.date(), by=cast.rex, now=now)
        page = reverse("accounts:coaching", args=[author.pk])
        assert client_for(cast.rex).get(page).status_code == 404, "what was written is no longer theirs to read"
    # Ada has no mentor now; Tess has hers, without somebody who stands in.
    assert mentoring.end_idle(now=now) == 1 and mentoring.end_idle(now=now) == 0
    assert Pairing.objects.get(ended_at__isnull=True).author == cast.tess


@pytest.mark.django_db
def test_a_mentor_who_went_to_another_borough_leaves_the_pair(cast: Cast, now: datetime) -> None:
    pair(cast, cast.ada, now)
    appointing.appoint(user=cast.rex, role=Role.MENTOR, team=cast.brent, starts_on=now.date(), by=cast.sam, now=now)
    assert mentoring.end_idle(now=now) == 0
    appointing.end(appointment=cast.rex.appointments.get(team=cast.hackney), by=cast.sam, now=now)
    assert mentoring.end_idle(now=now) == 1


@pytest.mark.django_db
def test_who_may_pair_and_with_whom(cast: Cast, now: datetime) -> None:
    asked = {"author": cast.ada, "mentor": cast.rex, "backup": cast.dee, "now": now}
    with pytest.raises(PermissionDenied):
        mentoring.pair(**asked, by=cast.dee)
    with pytest.raises(ValidationError):
        mentoring.pair(**asked | {"mentor": cast.tess}, by=cast.sam)
    with pytest.raises(ValidationError):
        mentoring.pair(**asked | {"backup": cast.rex}, by=cast.sam)
    with pytest.raises(ValidationError):
        mentoring.pair(**asked | {"author": cast.mel}, by=cast.sam)  # Rex reviews for Hackney, Mel writes for Kilburn
    mentoring.pair(**asked, by=cast.sam)
    with pytest.raises(Conflict):
        mentoring.pair(**asked, by=cast.sam)
    assert {notice.to for notice in Notice.objects.filter(kind=mentoring.PAIRED)} == {cast.ada, cast.rex, cast.dee}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "months", "every"),
    [("practice", 0, 7), ("probation", 9, 7), ("trusted", 3, 30), ("trusted", 7, 91), ("ready", 9, 91)],
)
def test_how_often_they_speak(cast: Cast, now: datetime, stage: str, months: int, every: int) -> None:
    since = now - timedelta(days=30.5 * months)
    one = pair(cast, cast.ada, now - 50 * DAY)
    held = cast.ada.appointments.get()
    Appointment.objects.filter(pk=held.pk).update(stage=stage)
    if Stage(stage).is_trusted:
        StageChange.objects.create(
            appointment=held, was="probation", became="trusted", kind="up", why="x", by=cast.rex, second=cast.sam,
            at=since,
        )  # fmt: skip
    mentoring.check_in(author=cast.ada, on=now.date() - 5 * DAY, words="", by=cast.rex, now=now)
    due = mentoring.due_list([one], now=now)[0]
    assert (due.every, due.on) == (every, now.date() - 5 * DAY + every * DAY)


@pytest.mark.django_db
def test_an_author_reads_what_is_written_and_others_do_not(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    pair(cast, cast.ada, now)
    with pytest.raises(PermissionDenied):
        mentoring.note(author=cast.ada, words="Hm.", by=cast.tess, now=now)
    with pytest.raises(PermissionDenied):
        mentoring.check_in(author=cast.ada, on=now.date(), by=cast.sam, now=now)
    page = reverse("accounts:coaching", args=[cast.ada.pk])
    wrote = client_for(cast.rex).post(reverse("accounts:leave_note", args=[cast.ada.pk]), {"words": "Warmer."})
    assert wrote.status_code == 302
    for who, status in (("ada", 200), ("dee", 200), ("sam", 200), ("tess", 404), ("mel", 404), ("olu", 404)):
        assert client_for(getattr(cast, who)).get(page).status_code == status, who
    assert "Warmer." in client_for(cast.ada).get(page).text
    empty = client_for(cast.rex).post(reverse("accounts:leave_note", args=[cast.ada.pk]), {"words": " "})
    assert empty.status_code == 422
    assert "Rex Adeyemi has left a note" in Notice.objects.get(to=cast.ada, kind=mentoring.NOTED).words


@pytest.mark.django_db
def test_the_page_of_pairs_holds_with_2500_people(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    many = authors(cast.wick, 2_500, now)
    pair(cast, many[0], now)
    sam = client_for(cast.sam)
    with CaptureQueriesContext(connection) as asked:
        page = sam.get(reverse("accounts:pairs"))
    assert "authors have no mentor" in page.text and len(asked) <= 30, len(asked)
    assert client_for(cast.rex).get(reverse("accounts:pairs")).status_code == 403
