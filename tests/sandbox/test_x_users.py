from __future__ import annotations

from datetime import datetime

import pytest
import tweepy

from tests.sandbox.conftest import Control, Ward


def ids_of(answer: tweepy.Response) -> list[str]:
    return [str(tweet.id) for tweet in answer.data or []]


def test_timeline_turns_its_pages_newest_first(ward: Ward) -> None:
    posted = [ward.post(f"Update number {number}.") for number in range(12)]
    first = ward.client.get_users_tweets(ward.id, max_results=5, user_auth=True)
    seen, token = ids_of(first), first.meta.get("next_token")
    while token:
        more = ward.client.get_users_tweets(ward.id, max_results=5, pagination_token=token, user_auth=True)
        seen, token = seen + ids_of(more), more.meta.get("next_token")
    assert seen == posted[::-1]


def test_a_post_that_arrives_between_two_pages_moves_nothing(ward: Ward) -> None:
    posted = [ward.post(f"Before {number}.") for number in range(7)]
    first = ward.client.get_users_tweets(ward.id, max_results=5, user_auth=True)
    ward.post("In between.")
    token = first.meta["next_token"]
    second = ward.client.get_users_tweets(ward.id, max_results=5, pagination_token=token, user_auth=True)
    assert ids_of(first) + ids_of(second) == posted[::-1]


def test_empty_timeline_has_no_data(ward: Ward) -> None:
    ward.client.get_users_tweets(ward.id, user_auth=True)
    assert ward.last.json() == {"meta": {"result_count": 0}}


def test_start_time_is_inclusive_to_the_second(ward: Ward) -> None:
    post_id = ward.post("At this second.")
    found = ward.client.get_tweets([post_id], tweet_fields=["created_at"], user_auth=True).data[0]
    at: datetime = found.created_at
    assert ids_of(ward.client.get_users_tweets(ward.id, start_time=at, user_auth=True)) == [post_id]


def test_lag_hides_a_post_from_the_timeline_but_not_from_the_look_up(ward: Ward, control: Control) -> None:
    control.config(timeline_lag_s=600)
    post_id = ward.post("Late to the timeline.")
    assert ids_of(ward.client.get_users_tweets(ward.id, user_auth=True)) == []
    assert ids_of(ward.client.get_tweets([post_id], user_auth=True)) == [post_id]
    control.call("POST", "/clock", advance_s=601)
    assert ids_of(ward.client.get_users_tweets(ward.id, user_auth=True)) == [post_id]


def test_deleted_posts_leave_the_timeline(ward: Ward) -> None:
    keep, drop = ward.post("Stays."), ward.post("Goes.")
    ward.client.delete_tweet(drop, user_auth=True)
    assert ids_of(ward.client.get_users_tweets(ward.id, user_auth=True)) == [keep]


def test_mentions_are_the_posts_of_others_that_name_me(make_ward: object, ward: Ward) -> None:
    other = make_ward()  # type: ignore[operator]
    post_id = other.post(f"Thank you @{ward.handle}!")
    ward.post("Nobody is named here.")
    assert ids_of(ward.client.get_users_mentions(ward.id, user_auth=True)) == [post_id]


def test_me_names_the_account_of_the_token(ward: Ward) -> None:
    me = ward.client.get_me(user_auth=True).data
    assert (str(me.id), me.username) == (ward.id, ward.handle)


def test_unknown_user_is_an_error_beside_no_data(ward: Ward) -> None:
    answer = ward.client.get_user(id="42", user_auth=True)
    assert answer.data is None
    assert answer.errors[0]["type"].endswith("resource-not-found")


@pytest.mark.parametrize("size", [4, 101])
def test_page_size_has_bounds(ward: Ward, size: int) -> None:
    with pytest.raises(tweepy.BadRequest):
        ward.client.get_users_tweets(ward.id, max_results=size, user_auth=True)
