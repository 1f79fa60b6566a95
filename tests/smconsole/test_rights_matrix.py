"""Who may what, by asking: no address is left out, and what matters most is what the statuses say."""

from __future__ import annotations

import socket
from datetime import datetime

import pytest

from accounts.models import AuditEntry, Channel, Role, Team, User
from policy.models import Submission
from posts.models import Post
from smconsole.proving import matrix
from smconsole.proving.matrix import Row
from smconsole.proving.matrix_recipes import RECIPES, WITHOUT_AN_OBJECT

OF_A_WARD = (Role.SERGEANT, Role.CONTRIBUTOR, Role.MENTOR, Role.MANAGER)
# What is unpublished, or of the console behind it: another ward's does not exist for a ward's or a borough's people.
UNPUBLISHED = {
    "posts:post", "policy:submit", "policy:approve", "publishing:take_down",
}  # fmt: skip


def test_no_address_is_missing_from_the_matrix() -> None:
    there = set(matrix.names())
    assert there - RECIPES.keys() == set(), "say in matrix_recipes.py which object these are asked about"
    assert RECIPES.keys() - there == set(), "these are no more: take them out"
    assert there >= WITHOUT_AN_OBJECT


@pytest.fixture
def rows(db: None, now: datetime) -> dict[tuple[str, str], Row]:
    return {(row.url, row.method): row for row in matrix.build(now=now, only=frozenset(UNPUBLISHED))}


@pytest.mark.django_db
def test_what_the_matrix_says_of_unpublished_work(rows: dict[tuple[str, str], Row]) -> None:
    """In one test: the ground takes longer to build than the questions to ask."""
    assert {url for url, _ in rows} == UNPUBLISHED
    for (url, method), row in rows.items():
        assert row.anonymous == 302, (url, method)
        assert set(row.roles) == set(Role.values)
        for role in OF_A_WARD:
            assert row.roles[role]["other"] in (404, 405), (url, method, role)
    approve = rows["policy:approve", "POST"].roles
    assert (approve["sergeant"]["own"], approve["contributor"]["own"]) == (403, 403)  # the sergeant's own post
    assert (approve["mentor"]["own"], approve["dmc_editor"]["own"]) == (302, 302)
    assert {role for role, asked in rows["policy:submit", "POST"].roles.items() if asked["own"] < 400} == {"sergeant"}
    assert rows["posts:post", "GET"].roles["dmc_admin"] == {"own": 404, "other": 404}
    assert _nothing_is_left()


def _nothing_is_left() -> bool:
    made = (Team, User, Channel, Post, Submission, AuditEntry)
    return not any(model.objects.exists() for model in made) and socket.socket.connect is not matrix._no_way_out
