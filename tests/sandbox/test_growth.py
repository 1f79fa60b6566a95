from __future__ import annotations

import statistics
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import growth
from tests.sandbox.conftest import Control, Page, Ward

YEAR_S = 365 * 86_400


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 9),
    st.text("0123456789", min_size=1, max_size=19),
    st.lists(st.floats(0, YEAR_S), min_size=2, max_size=6),
)
def test_counts_never_fall_with_age(seed: int, post_id: str, ages: list[float]) -> None:
    told = [growth.counts(seed, post_id, age, False) for age in sorted(ages)]
    for earlier, later in pairwise(told):
        assert all(vars(earlier)[name] <= vars(later)[name] for name in vars(earlier))


def test_same_seed_same_numbers_other_seed_other_numbers() -> None:
    def series(seed: int) -> list[int]:
        return [growth.counts(seed, str(post), YEAR_S, True).likes for post in range(50)]

    assert series(1) == series(1)
    assert series(1) != series(2)


def test_final_counts_have_the_shape_of_real_police_posts() -> None:
    """Median 4 likes, 1 repost, 0 replies; 62% without a reply; 90th percentile 24, 11 and 2."""
    posts = [growth.final(3, str(number), number % 2 == 0) for number in range(4000)]
    likes, shares, replies = (sorted(post[name] for post in posts) for name in ("likes", "shares", "replies"))
    assert [statistics.median(values) for values in (likes, shares, replies)] == [4, 1, 0]
    assert 0.55 <= sum(value == 0 for value in replies) / len(replies) <= 0.69
    assert [18 <= likes[3600] <= 30, 8 <= shares[3600] <= 14, 1 <= replies[3600] <= 3] == [True] * 3
    top = sum(likes[-40:]) / sum(likes)
    assert 0.10 <= top <= 0.32


def test_most_arrives_within_a_day() -> None:
    assert growth.arrived(0) == 0
    assert growth.arrived(24 * 3600) > 0.8
    assert growth.arrived(YEAR_S) > 0.999


def test_tick_ages_what_is_there_and_not_what_comes_after(ward: Ward, control: Control) -> None:
    old = ward.post("Before the tick.")
    control.call("POST", "/tick", hours=240)
    new = ward.post("After the tick.")
    told = {post["id"]: post["metrics"]["impressions"] for post in control.posts(ward.id)}
    assert told[old] > 0
    assert told[new] == 0


def test_growth_can_be_switched_off_and_engagement_added_by_hand(ward: Ward, control: Control) -> None:
    control.config(growth=False)
    post_id = ward.post("By hand.")
    control.call("POST", "/tick", hours=240)
    control.call("POST", "/engage", post=post_id, likes=7, replies=2, shares=3, impressions=900)
    told = ward.client.get_tweets([post_id], tweet_fields=["public_metrics"], user_auth=True).data[0].public_metrics
    shown = [told[name] for name in ("like_count", "reply_count", "retweet_count", "impression_count")]
    assert shown == [7, 2, 3, 900]


def test_both_networks_show_the_same_truth_as_the_control_interface(page: Page, control: Control) -> None:
    post_id = page.post("Counted.")
    control.call("POST", "/engage", post=post_id, likes=5, replies=1, shares=2)
    fields = "shares,reactions.limit(0).summary(true),comments.limit(0).summary(true)"
    found, truth = page.call("GET", post_id, fields=fields), control.posts(page.id)[0]["metrics"]
    assert found["shares"]["count"] == truth["shares"]
    assert found["reactions"]["summary"]["total_count"] == truth["likes"]
    assert found["comments"]["summary"]["total_count"] == truth["replies"]
