from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.errors import Conflict
from policy import facts, live_cases, review
from policy.models import LiveCase
from tests.conftest import Cast
from tests.factories import change_text, make_post

pytestmark = pytest.mark.django_db
ARREST = "A man was arrested on Well Street last night. Enquiries continue."


def flagged(cast: Cast, now: datetime) -> LiveCase:
    post = make_post(cast, text=ARREST)
    review.submit(post=post, by=cast.ada, now=now)
    return LiveCase.objects.get(post=post)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ARREST, True),
        ("Two people have been charged with theft.", True),
        ("He will appear in court on Friday.", True),
        ("Charge your bike lights and lock it up. Free of charge marking on Saturday.", False),
        ("Come and meet the team at the library.", False),
        ("If you drive like this you could be arrested.", False),
    ],
)
def test_the_words_of_an_arrest_or_a_charge_are_told(text: str, told: bool) -> None:
    assert live_cases.tells_of_arrest(text) is told


def test_the_flag_is_on_by_itself_and_feeds_the_check(cast: Cast, now: datetime) -> None:
    case = flagged(cast, now)
    assert case.opened_by is None
    assert facts.around(case.post.current, now=now).live_case
    assert not facts.around(make_post(cast).current, now=now).live_case


def test_a_person_closes_it_with_its_outcome_and_it_stays_closed(cast: Cast, now: datetime) -> None:
    case = flagged(cast, now)
    with pytest.raises(ValidationError):
        live_cases.close(case=case, outcome="", by=cast.ada, now=now)
    live_cases.close(case=case, outcome="never", note="An exercise.", by=cast.ada, now=now)
    assert not live_cases.is_live(case.post)
    with pytest.raises(Conflict, match="never was"):
        live_cases.close(case=case, outcome="convicted", by=cast.dee, now=now)
    change_text(case.post, f"{ARREST} Thank you.", by=cast.ada)
    review.submit(post=case.post, by=cast.ada, now=now)
    assert not live_cases.is_live(case.post)


def test_who_sends_it_or_decides_for_the_dmc_says_how_it_stands(cast: Cast, now: datetime) -> None:
    case = flagged(cast, now)
    for stranger in (cast.con, cast.rex, cast.mel, cast.cora):
        with pytest.raises(PermissionDenied):
            live_cases.close(case=case, outcome="never", by=stranger, now=now)
    live_cases.close(case=case, outcome="stopped", by=cast.dee, now=now)
    live_cases.put_on(post=case.post, why="Arrested again.", by=cast.dee, now=now)
    with pytest.raises(Conflict):
        live_cases.put_on(post=case.post, why="Twice.", by=cast.dee, now=now)


def test_one_sees_the_open_ones_of_posts_one_may_see(cast: Cast, now: datetime) -> None:
    case = flagged(cast, now)
    assert list(live_cases.open_for(cast.ada)) == list(live_cases.open_for(cast.dee)) == [case]
    assert not live_cases.open_for(cast.mel).exists()
