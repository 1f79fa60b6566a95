from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import mailing, notices
from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice, User
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast: Cast) -> Cast:
    User.objects.exclude(username="con").update(email="somebody@force.example")
    for person in vars(cast).values():
        if isinstance(person, User):
            person.refresh_from_db()
    return cast


def tell(cast: Cast, now: datetime, **facts: object) -> None:
    standard = {"to": [cast.ada], "desk": [cast.dee, cast.hana], "kind": "channel.broken", "about": cast.x}
    said = {"words": "Homerton on X needs reconnecting.", "link": "/channels/1/", "needs_answer": True}
    notices.give(**{**standard, **said, **facts}, now=now)  # type: ignore[arg-type]


def open_of(user: User) -> list[Notice]:
    return list(notices.open_for(user))


def test_everybody_is_told_once_while_it_is_open(people: Cast, now: datetime) -> None:
    tell(people, now)
    tell(people, now + timedelta(minutes=1))
    assert Notice.objects.count() == 3
    assert [len(open_of(user)) for user in (people.ada, people.dee, people.hana, people.rex)] == [1, 1, 1, 0]
    assert open_of(people.ada)[0].times == 1


def test_said_again_it_is_one_notice_with_new_words_and_a_new_mail(people: Cast, now: datetime) -> None:
    tell(people, now)
    mailing.mail(user_id=people.ada.pk, now=now)
    tell(people, now + timedelta(hours=1), words="Still broken.", again=True)
    (notice,) = open_of(people.ada)
    assert (notice.words, notice.times, notice.mail_at) == ("Still broken.", 2, now + timedelta(hours=1))


def test_the_desk_answers_with_one_voice_and_the_author_for_herself(people: Cast, now: datetime) -> None:
    tell(people, now)
    notices.acknowledge(notice=open_of(people.dee)[0], by=people.dee, now=now)
    assert open_of(people.hana) == []
    assert Notice.objects.get(to=people.hana).acknowledged_by == people.dee
    assert len(open_of(people.ada)) == 1
    assert AuditEntry.objects.filter(action="notice.acknowledged", by=people.dee).count() == 1


def test_an_author_s_own_answer_leaves_the_desk_s_open(people: Cast, now: datetime) -> None:
    tell(people, now)
    notices.acknowledge(notice=open_of(people.ada)[0], by=people.ada, now=now)
    assert len(open_of(people.dee)) == 1


def test_nobody_answers_for_another_and_nobody_twice(people: Cast, now: datetime) -> None:
    tell(people, now)
    (notice,) = open_of(people.ada)
    with pytest.raises(PermissionDenied):
        notices.acknowledge(notice=notice, by=people.mel, now=now)
    notices.acknowledge(notice=notice, by=people.ada, now=now)
    with pytest.raises(Conflict):
        notices.acknowledge(notice=notice, by=people.ada, now=now)


def test_what_happens_again_after_an_answer_is_told_again(people: Cast, now: datetime) -> None:
    tell(people, now)
    notices.acknowledge(notice=open_of(people.ada)[0], by=people.ada, now=now)
    tell(people, now + timedelta(days=1))
    assert len(open_of(people.ada)) == 1


def test_a_matter_that_settles_closes_by_itself(people: Cast, now: datetime) -> None:
    tell(people, now)
    assert notices.settle(about=people.x, kinds=["channel.broken"], now=now) == 3
    assert open_of(people.ada) == []
    assert Notice.objects.filter(acknowledged_by=None).count() == 3


def test_reading_puts_away_only_what_asks_for_nothing(people: Cast, now: datetime) -> None:
    tell(people, now)
    tell(people, now, kind="report.daily", needs_answer=False, urgency="quiet")
    assert notices.read_all(to=people.ada, now=now) == 1
    assert [notice.kind for notice in open_of(people.ada)] == ["channel.broken"]


def test_the_worst_stands_first(people: Cast, now: datetime) -> None:
    tell(people, now, kind="report.daily", needs_answer=False, urgency="quiet")
    tell(people, now, kind="delivery.missed")
    tell(people, now - timedelta(hours=1), kind="hold.unconfirmed", urgency="now")
    assert [one.kind for one in open_of(people.ada)] == ["hold.unconfirmed", "delivery.missed", "report.daily"]


def test_it_is_mailed_after_the_commit_one_message_a_person_without_draft_words(people: Cast, now: datetime) -> None:
    tell(people, now)
    tell(people, now, kind="delivery.missed", about=people.page, words="An update for Homerton missed its time.")
    assert mail.outbox == []
    assert set(mailing.people_due(now=now)) == {people.ada.pk, people.dee.pk, people.hana.pk}
    assert mailing.mail(user_id=people.ada.pk, now=now)
    (message,) = mail.outbox
    assert message.to == ["somebody@force.example"]
    assert message.subject == "smconsole: 2 things need your answer"
    assert "Homerton on X needs reconnecting." in message.body
    assert "http://127.0.0.1:8000/channels/1/" in message.body
    assert not mailing.mail(user_id=people.ada.pk, now=now + timedelta(hours=1))


def test_what_was_rolled_back_tells_nobody(people: Cast, now: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(people, now)
        raise RuntimeError
    assert mailing.people_due(now=now) == []


def test_a_mail_that_did_not_go_out_is_tried_again(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(people, now)

    def gone(*args: object) -> None:
        raise SMTPServerDisconnected("the mail server said nothing")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", gone)
        assert not mailing.mail(user_id=people.ada.pk, now=now)
    assert people.ada.pk not in mailing.people_due(now=now + timedelta(minutes=1))
    assert mailing.mail(user_id=people.ada.pk, now=now + timedelta(minutes=3))


def test_quiet_notices_and_people_without_an_address_get_no_mail(people: Cast, now: datetime) -> None:
    tell(people, now, to=[people.con], desk=[])
    tell(people, now, kind="report.daily", urgency="quiet", desk=[])
    assert mailing.people_due(now=now) == []


def test_what_is_urgent_is_said_until_it_is_answered(people: Cast, now: datetime) -> None:
    tell(people, now, urgency="now")
    tell(people, now, kind="delivery.missed")
    for user in (people.ada, people.dee, people.hana):
        mailing.mail(user_id=user.pk, now=now)
    assert notices.say_again(now=now + timedelta(minutes=29)) == 0
    assert notices.say_again(now=now + timedelta(minutes=30)) == 3
    later = now + timedelta(minutes=31)
    assert len(mailing.people_due(now=later)) == 3
    for user in (people.ada, people.dee):
        notices.acknowledge(notice=open_of(user)[0], by=user, now=later)
    assert notices.say_again(now=now + timedelta(hours=3)) == 0


def test_the_list_and_the_bell_say_how_many_wait(
    people: Cast, client_for: Callable[[User], Client], now: datetime
) -> None:
    tell(people, now)
    ada, mel = client_for(people.ada), client_for(people.mel)
    page = ada.get(reverse("accounts:notices"))
    assert "1 thing needs your answer" in page.content.decode()
    assert "1 notice" in ada.get(reverse("accounts:bell")).content.decode()
    assert "none waiting" in mel.get(reverse("accounts:bell")).content.decode()
    (notice,) = open_of(people.ada)
    assert mel.post(reverse("accounts:acknowledge", kwargs={"pk": notice.pk})).status_code == 404
    assert ada.post(reverse("accounts:acknowledge", kwargs={"pk": notice.pk})).status_code == 302
    assert "Nothing waits for your answer" in ada.get(reverse("accounts:notices")).content.decode()
