from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from policy import calibrating
from policy.models import Review, SecondLook
from smconsole.demonstration import reviewing
from tests.conftest import Cast
from tests.factories import make_post


@pytest.mark.django_db
def test_the_story_is_told_though_chance_drew_one_of_its_old_decisions(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "is_drawn", lambda said: False)
    for number in range(11):
        make_post(cast, "approved", text=f"Come to the stall, week {number}.", reviewer=cast.rex)
    oldest = Review.objects.order_by("pk").first()
    assert oldest is not None
    long_ago = calibrating.ask(oldest, now=now - timedelta(days=40))
    reviewing._look_twice({"mentor": cast.rex, "editor": cast.dee}, now=now)
    assert SecondLook.objects.exclude(pk=long_ago.pk).count() == 9
    assert SecondLook.objects.exclude(decision="").count() == 6
    long_ago.refresh_from_db()
    assert long_ago.decision == ""
