"""How a person hears of things: at once, once a day, or in the console alone; what is urgent always at once."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import choosing, mailing, notices
from accounts.models import AuditEntry, Notice, NoticePlan, User
from accounts.models.people import LONDON
from smconsole.proving import matrix_ground
from tests import house_rules
from tests.accounts.kinds import sent_kinds
from tests.conftest import Cast

ALL = {group.key: "at_once" for group in choosing.GROUPS}


@pytest.fixture
def ada(cast: Cast) -> User:
    User.objects.filter(pk=cast.ada.pk).update(email="ada@force.example")
    cast.ada.refresh_from_db()
    return cast.ada


def tell(cast: Cast, now: datetime, **facts: object) -> Notice:
    said = {"kind": "delivery.missed", "words": "It missed its time.", "needs_answer": True}
    notices.give(**{"to": [cast.ada], "about": cast.x, **said, **facts}, now=now)  # type: ignore[arg-type]
    return Notice.objects.filter(to=cast.ada).latest("pk")


def choose(user: User, how: str, hour: int = 8) -> None:
    choosing.choose(by=user, how={**ALL, "updates": how}, digest_hour=hour, now=timezone.now())


def test_who_chose_nothing_hears_at_once(cast: Cast, ada: User, now: datetime) -> None:
    assert tell(cast, now).mail_at == now


def test_a_digest_is_one_message_at_its_hour(cast: Cast, ada: User, now: datetime) -> None:
    choose(ada, "digest", 18)
    tell(cast, now)
    tell(cast, now + timedelta(hours=1), kind="post.expired", words="An approval ran out.")
    assert mailing.people_due(now=now + timedelta(hours=7)) == []
    at = now.astimezone(LONDON).replace(hour=18).astimezone(UTC)
    assert mailing.mail(user_id=ada.pk, now=at)
    (message,) = mail.outbox
    assert "It missed its time." in message.body and "An approval ran out." in message.body


def test_in_the_console_only_means_no_mail_and_still_an_answer(cast: Cast, ada: User, now: datetime) -> None:
    choose(ada, "console")
    kept = tell(cast, now)
    assert kept.mail_at is None and list(notices.open_for(ada)) == [kept]
    assert notices.read_all(to=ada, now=now) == 0, "what needs an answer is not put away by reading"


@pytest.mark.parametrize("how", ["digest", "console"])
def test_what_is_urgent_and_what_happens_to_a_sign_in_never_wait(
    cast: Cast, ada: User, now: datetime, how: str
) -> None:
    choosing.choose(by=ada, how=dict.fromkeys(ALL, how), digest_hour=8, now=now)
    assert tell(cast, now, urgency="now").mail_at == now
    assert tell(cast, now, kind="sign_in.changed", urgency="soon").mail_at == now
    assert tell(cast, now, kind="report.daily", urgency="quiet").mail_at is None


def test_said_again_it_is_mailed_as_its_reader_chose(cast: Cast, ada: User, now: datetime) -> None:
    choose(ada, "digest", 20)
    tell(cast, now)
    again = tell(cast, now + timedelta(hours=2), again=True)
    assert again.times == 2 and again.mail_at == choosing.next_digest(now, 20)


@pytest.mark.parametrize(
    ("after", "hour", "then"),
    [
        (datetime(2026, 3, 28, 9, 0, tzinfo=UTC), 8, datetime(2026, 3, 29, 7, 0, tzinfo=UTC)),  # clocks go forward
        (datetime(2026, 10, 24, 9, 0, tzinfo=UTC), 8, datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),  # and back
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), 8, datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_hour_is_london_s_on_the_days_the_clocks_change(after: datetime, hour: int, then: datetime) -> None:
    assert choosing.next_digest(after, hour) == then


@given(
    after=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    hour=st.sampled_from(choosing.HOURS),
)
def test_the_next_digest_is_within_a_day_and_shows_its_hour(after: datetime, hour: int) -> None:
    then = choosing.next_digest(after, hour)
    assert after <= then.astimezone(UTC) <= after + timedelta(hours=25)
    assert (then.hour, then.minute) == (hour, 0)


def test_a_choice_is_of_every_group_and_audited(cast: Cast, ada: User, now: datetime) -> None:
    for wrong in ({}, {**ALL, "updates": "never"}, {**ALL, "sign_in": "console"}):
        with pytest.raises(ValidationError):
            choosing.choose(by=ada, how=wrong, digest_hour=8, now=now)
    with pytest.raises(ValidationError):
        choosing.choose(by=ada, how=ALL, digest_hour=2, now=now)
    choose(ada, "digest")
    assert AuditEntry.objects.get(action="notices.chosen").by == ada


def test_the_page_keeps_what_was_chosen(cast: Cast, ada: User, client_for: Callable[[User], Client]) -> None:
    client, address = client_for(ada), reverse("accounts:choose_notices")
    assert client.post(address, {**ALL, "holds": "digest", "digest_hour": "17"}).status_code == 302
    assert NoticePlan.objects.get(user=ada).how["holds"] == "digest"
    text = client.get(address).text
    assert '<option value="17" selected>' in text and '<option value="digest" selected>' in text
    assert client.post(address, {**ALL, "holds": "shout", "digest_hour": "17"}).status_code == 422


def test_every_kind_that_is_sent_anywhere_is_in_one_group_and_no_group_names_another() -> None:
    """A group that names a kind wrongly is a choice that changes nothing."""
    sent = {kind.partition(".")[0] for kind in sent_kinds()} - choosing.ALWAYS
    assert {"delivery", "channel", "coaching", "takedown", "impersonation", "handover", "report"} <= sent
    named = [prefix for group in choosing.GROUPS for prefix in group.kinds]
    assert sorted(named) == sorted(sent)
    assert not choosing.ALWAYS & set(named)


def test_no_notice_that_a_walk_through_everything_gives_holds_words_of_an_update(db: None, now: datetime) -> None:
    """Every verb that the rights matrix stands on, and each kind of notice that it gives."""
    matrix_ground.build(now=now)
    said = f"{matrix_ground.PLAIN} {matrix_ground.STOPPED}".split()
    runs = {" ".join(said[start : start + 3]) for start in range(len(said) - 2)}
    told = list(Notice.objects.values_list("kind", "words"))
    assert len({kind for kind, _ in told}) > 3
    assert not [(kind, words) for kind, words in told for run in runs if run in words]


def test_no_function_that_gives_a_notice_reads_the_words_of_an_update() -> None:
    """The kinds that no walk reaches: whoever calls `notices.give` asks for no text."""
    texts = {"texts", "opening", "text_for", "text"}
    found = [
        f"{source.path}: {function.name}"
        for source in house_rules.modules(house_rules.ROOMS)
        for function in source.functions()
        if _gives(function) and texts & {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
    ]
    assert found == []


def _gives(function: ast.AST) -> bool:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(isinstance(func, ast.Attribute) and ast.unparse(func) == "notices.give" for func in calls)
