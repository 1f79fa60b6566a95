"""A day, an hour and ten minutes before: trouble is found while there is time, and told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import notices
from accounts.models import AuditEntry, Channel, Notice
from platforms.base import Identity
from platforms.errors import LoginExpired, PlatformError, Refused, Unreachable
from policy import holds
from posts.models import Post
from publishing import due, preflight, release
from publishing.models import Delivery, Preflight
from tests.publishing.conftest import Desk
from tests.publishing.test_delivery import with_picture
from tests.publishing.test_views import SignIn, page

Ahead, What = Preflight.Ahead, Preflight.What


def tomorrow(desk: Desk, hours: float = 20) -> Post:
    desk.cast.x.verified_at = None
    desk.cast.x.save(update_fields=["verified_at"])
    return desk.approved(publish_at=desk.moment + timedelta(hours=hours))


def found(desk: Desk, post: Post, ahead: str = Ahead.DAY) -> list[str]:
    (row,) = preflight.look_ahead(post=post, ahead=ahead, now=desk.moment)
    return [problem["what"] for problem in row.problems]


def test_each_look_is_due_once_at_its_own_distance(desk: Desk) -> None:
    post = tomorrow(desk, hours=30)
    assert due.posts_to_look_ahead_for(now=desk.moment) == []
    seen = []
    for hours in (6, 12, 11.5):
        desk.wait(hours=hours)
        for pk, ahead in due.posts_to_look_ahead_for(now=desk.moment):
            preflight.look_ahead(post=Post.objects.select_related("current").get(pk=pk), ahead=ahead, now=desk.moment)
            seen.append((pk, ahead))
    assert seen == [(post.pk, Ahead.DAY), (post.pk, Ahead.HOUR)]


def test_a_post_that_is_ready_is_said_to_be_ready(desk: Desk) -> None:
    assert found(desk, tomorrow(desk)) == []
    desk.cast.x.refresh_from_db()
    assert desk.cast.x.verified_at == desk.moment


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (LoginExpired("X no longer accepts this login."), What.CREDENTIAL),
        (Unreachable("X could not be reached."), What.CREDENTIAL),
        (Refused("X has suspended this account."), What.PROFILE),
        (Identity("1000000000000000001", "MPSHomerton", "Homerton", ("This login may only read.",)), What.PERMISSION),
        (Identity("77", "SomebodyElse", "Somebody"), What.PROFILE),
    ],
)
def test_trouble_with_the_channel_is_found(desk: Desk, answer: PlatformError | Identity, what: str) -> None:
    post = tomorrow(desk)

    def verify() -> Identity:
        if isinstance(answer, PlatformError):
            raise answer
        return answer

    desk.network.verify = verify  # type: ignore[method-assign]
    assert found(desk, post) == [what]
    assert AuditEntry.objects.get(action="post.not_ready").facts == {"ahead": "day", "problems": [what]}


def open_notices(desk: Desk) -> set[tuple[str, str]]:
    rows = Notice.objects.filter(kind__startswith="post.not_ready", closed_at__isnull=True, needs_answer=True)
    return set(rows.values_list("kind", "to__username"))


def test_a_problem_is_told_to_author_and_owner_until_somebody_answers(desk: Desk) -> None:
    post = tomorrow(desk)
    desk.network.verify_trouble = LoginExpired("X no longer accepts this login.")
    found(desk, post)
    assert open_notices(desk) == {("post.not_ready.credential", name) for name in ("ada", "sam", "dee", "hana")}


def test_the_same_problem_is_told_once_and_a_new_one_beside_it(desk: Desk) -> None:
    post = tomorrow(desk)
    desk.network.verify_trouble = LoginExpired("X no longer accepts this login.")
    found(desk, post)
    notices.acknowledge(
        notice=Notice.objects.get(kind__startswith="post.not", to=desk.cast.ada), by=desk.cast.ada, now=desk.moment
    )
    desk.wait(hours=19.5)
    holds.open_hold(team=desk.cast.homerton, reason="A stabbing.", by=desk.cast.dee, now=desk.moment)
    found(desk, post, Ahead.HOUR)
    mine = {kind for kind, name in open_notices(desk) if name == "ada"}
    assert mine == {"post.not_ready.hold"}


def test_what_is_mended_needs_no_answer_any_more(desk: Desk) -> None:
    post = tomorrow(desk)
    desk.network.verify_trouble = Unreachable("X could not be reached.")
    found(desk, post)
    desk.network.verify_trouble = None
    desk.wait(hours=19.5)
    assert found(desk, post, Ahead.HOUR) == []
    assert open_notices(desk) == set()


def test_the_same_words_within_a_day_are_told_ahead(desk: Desk) -> None:
    post = tomorrow(desk)
    desk.deliver(desk.released())
    assert found(desk, post) == [What.VERDICT]


def test_a_login_found_dead_turns_the_channel_red_a_day_early(desk: Desk) -> None:
    post = tomorrow(desk)
    desk.network.verify_trouble = LoginExpired("X no longer accepts this login.")
    found(desk, post)
    desk.cast.x.refresh_from_db()
    assert desk.cast.x.state == Channel.State.BROKEN


def test_a_channel_that_has_just_proved_itself_is_not_asked_again(desk: Desk) -> None:
    post = tomorrow(desk)
    desk.cast.x.go_live(now=desk.moment)
    desk.network.verify_trouble = AssertionError("asked all the same")
    assert found(desk, post) == []


def test_an_approval_that_will_run_out_before_its_time_is_told(desk: Desk) -> None:
    post = tomorrow(desk, hours=80)
    desk.wait(hours=60)
    assert found(desk, post) == [What.VERDICT]


def test_a_hold_is_told(desk: Desk) -> None:
    post = tomorrow(desk)
    holds.open_hold(team=desk.cast.hackney, reason="An incident.", by=desk.cast.dee, now=desk.moment)
    assert found(desk, post) == [What.HOLD]


def test_a_picture_that_is_lost_is_told_by_name(desk: Desk) -> None:
    delivery = with_picture(desk, publish_at=desk.moment + timedelta(minutes=5))
    media = delivery.version.pictures.get().media
    media.file.storage.delete(media.file.name)
    release.prepare(delivery_id=delivery.pk, now=desk.moment)
    told = Preflight.objects.get().problems
    assert {problem["what"] for problem in told} == {What.MEDIA}
    assert any("street.jpg" in problem["words"] for problem in told)


def test_ten_minutes_before_the_pictures_are_with_the_network(desk: Desk) -> None:
    delivery = with_picture(desk, publish_at=desk.moment + timedelta(minutes=10))
    release.prepare(delivery_id=delivery.pk, now=desk.moment)
    assert (desk.network.staged, Preflight.objects.get().ahead) == (1, Ahead.MINUTES)
    desk.wait(minutes=10)
    assert desk.deliver(delivery).state == Delivery.State.PUBLISHED
    assert desk.network.staged == 1


def test_the_post_page_warns_while_there_is_time_and_says_when_all_is_well(desk: Desk, client_for: SignIn) -> None:
    post = tomorrow(desk)
    found(desk, post)
    client = client_for(desk.cast.ada)
    assert "X is ready" in page(client, "story", post.pk)
    desk.wait(hours=19.5)
    desk.network.verify_trouble = LoginExpired("X no longer accepts this login.")
    found(desk, post, Ahead.HOUR)
    told = page(client, "story", post.pk)
    assert "X will not be ready as it stands" in told
    assert "no longer accepts this login" in told
