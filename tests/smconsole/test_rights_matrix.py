"""Who may what, by asking: no address is left out, and what matters most is what the statuses say."""

from __future__ import annotations

import socket
from datetime import datetime

import pytest
from django.db import transaction
from django.urls import get_resolver

from accounts.models import AuditEntry, Channel, Role, Team, User
from policy.models import Submission
from posts.models import Post
from smconsole.proving import judgement, matrix, matrix_ground
from smconsole.proving.matrix_recipes import RECIPES
from smconsole.proving.matrix_sides import Row

# Of what the table judges, the few that are asked in the suite; `manage.py rights_matrix` asks and judges everything.
_ASKED = (
    "policy:submit policy:approve policy:second_override posts:post posts:save publishing:take_down "
    "publishing:recall hand_over"
)
ASKED = frozenset(_ASKED.split())


def test_no_address_is_missing_from_the_matrix() -> None:
    there = set(matrix.names())
    assert there - RECIPES.keys() == set(), "say in matrix_recipes.py which object these are asked about"
    assert RECIPES.keys() - there == set(), "these are no more: take them out"
    assert judgement.judged() <= there and there >= judgement.OPEN and there >= judgement.THEIR_OWN


def test_every_argument_of_an_address_has_a_thing_that_it_asks_for() -> None:
    wanted = {name: set(arguments) for name, arguments in matrix.arguments(get_resolver().url_patterns)}
    assert {name: set(recipe.keys) for name, recipe in RECIPES.items()} == wanted


@pytest.mark.django_db
def test_what_the_matrix_says_of_unpublished_work(now: datetime) -> None:
    """In one test: the ground takes longer to build than the questions to ask."""
    rows = {(row.url, row.method): row for row in matrix.build(now=now, only=ASKED | {"home"}, methods=("GET", "POST"))}
    assert {url for url, _ in rows} == ASKED | {"home"}
    assert judgement.offences(rows.values()) == []
    assert set(rows["home", "GET"].roles) == set(Role.values)
    approve = rows["policy:approve", "POST"].roles
    assert (approve["sergeant"]["own"], approve["contributor"]["own"]) == (403, 403)  # the sergeant's own post
    assert (approve["mentor"]["own"], approve["mentor"]["other"], approve["dmc_editor"]["other"]) == (302, 404, 302)
    assert rows["posts:save", "POST"].roles["contributor"] == {"own": 302, "other": 404}
    assert rows["posts:post", "GET"].roles["dmc_admin"] == {"own": 404, "other": 404}
    assert _nothing_is_left()


@pytest.mark.django_db
def test_whoever_decides_does_not_decide_on_their_own(now: datetime) -> None:
    with matrix.alone(), transaction.atomic():
        ground = matrix_ground.build(now=now)
        asking = matrix.Asking(ground, now=now)
        there = matrix.FIXED | ground.own.keys | ground.strangers
        wanted = {key for recipe in RECIPES.values() for key in recipe.keys.values()}
        assert wanted - there.keys() == set(), "the ground has no such thing"
        for role in (Role.MENTOR, Role.DMC_EDITOR, Role.HEAD):
            Post.objects.filter(pk=ground.own.keys["waiting"]).update(author=ground.roles[role])
            for verb in ("approve", "send_back", "refer"):
                assert asking.ask(role, f"policy:{verb}", "POST", own=True) == 403, (role, verb)
        transaction.set_rollback(True)


def test_the_judgement_finds_what_must_not_be() -> None:
    def row(url: str, method: str, role: str, own: int, other: int, anonymous: int = 302) -> Row:
        return Row(url, method, {role: {"own": own, "other": other}}, anonymous)

    wrong = [
        row("posts:post", "GET", Role.SERGEANT, 200, 200),
        row("policy:approve", "POST", Role.SERGEANT, 302, 404),
        row("policy:submit", "POST", Role.CONTRIBUTOR, 302, 404),
        row("policy:register", "POST", Role.COMPLIANCE, 302, 302),
        row("home", "GET", Role.SERGEANT, 200, 200, anonymous=200),
        row("policy:queue", "GET", Role.MENTOR, 500, 200),
        row("home", "GET", Role.SERGEANT, 200, 200, anonymous=500),
        row("posts:post", "GET", Role.SERGEANT, 200, 403),
    ]
    for one in wrong:
        assert judgement.offences([one]), one
    assert judgement.offences([row("posts:save", "POST", Role.SERGEANT, 404, 404)]) == ["posts:save: nobody may write"]
    assert judgement.offences([row("posts:save", "POST", Role.SERGEANT, 302, 404)]) == []


def _nothing_is_left() -> bool:
    made = (Team, User, Channel, Post, Submission, AuditEntry)
    return not any(model.objects.exists() for model in made) and socket.socket.connect is not matrix._no_way_out
