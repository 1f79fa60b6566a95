from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts import mentoring
from accounts.appointing import appoint
from accounts.models import Role, Stage, Team, User
from policy import escalating, pairs
from policy.queue import queue_for
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post, submission_of

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def person(name: str, role: str, team: Team, now: datetime) -> User:
    user = User.objects.create(username=name, first_name=name.title(), last_name="Marsh")
    appoint(user=user, role=role, team=team, starts_on=now.date(), stage=Stage.PROBATION, by=None, now=now)
    return user


@pytest.fixture
def others(cast: Cast, now: datetime) -> dict[str, User]:
    """Ada is Rex's, whom Max stands in for; Bob is Max's."""
    known = {
        "max": person("max", Role.MENTOR, cast.hackney, now),
        "bob": person("bob", Role.SERGEANT, cast.homerton, now),
    }
    mentoring.pair(author=cast.ada, mentor=cast.rex, backup=known["max"], by=cast.sam, now=now)
    mentoring.pair(author=known["bob"], mentor=known["max"], backup=cast.rex, by=cast.sam, now=now)
    return known


def order(user: User, covers: int | None = None) -> list[tuple[Post, str]]:
    return [(item.submission.post, item.whose) for item in queue_for(user, covers=covers).items]


def test_ones_own_sergeants_come_first_and_those_of_a_covered_colleague(
    cast: Cast, now: datetime, others: dict[str, User]
) -> None:
    theirs = make_post(cast, "in_review", author=others["bob"], now=now - timedelta(minutes=9))
    mine = make_post(cast, "in_review", now=now)
    assert order(cast.rex) == [(mine, "Yours"), (theirs, "You stand in for Max Marsh")]
    assert order(cast.rex, others["max"].pk) == [(theirs, "You cover for Max Marsh"), (mine, "Yours")]


def test_cover_is_chosen_on_the_queue_and_ended_there(
    cast: Cast, now: datetime, others: dict[str, User], client_for: ClientFor
) -> None:
    make_post(cast, "in_review", author=others["bob"], now=now)
    rex = client_for(cast.rex)
    assert b"You cover for Max Marsh" in rex.get(f"/review/?cover={others['max'].pk}", follow=True).content
    assert b"Stop covering" not in rex.get("/review/?cover=", follow=True).content


def test_the_back_up_mentor_is_asked_first_when_nobody_answers(
    cast: Cast, now: datetime, others: dict[str, User]
) -> None:
    assert pairs.backup_of(cast.ada) == others["max"]
    waiting = submission_of(make_post(cast, "in_review"))
    escalating.escalate(now=now + timedelta(minutes=30))
    assert [(one.step, one.to) for one in waiting.escalations.all()] == [("backup", others["max"])]
