from __future__ import annotations

import time

import pytest
import tweepy

from tests.sandbox.conftest import Control, Ward


def test_window_counts_down_refuses_and_opens_again(ward: Ward, control: Control) -> None:
    control.config(x_limits={"post_create": 2})
    left = []
    for number in range(2):
        ward.post(f"Number {number}.")
        left.append(ward.last.headers["x-rate-limit-remaining"])
    assert left == ["1", "0"]
    with pytest.raises(tweepy.TooManyRequests) as refused:
        ward.post("One too many.")
    assert 0 < refused.value.reset_time - time.time() <= 901
    control.call("POST", "/clock", advance_s=901)
    assert ward.post("In the next window.")
    assert len(control.posts(ward.id)) == 3


def test_refused_calls_do_not_lengthen_the_window(ward: Ward, control: Control) -> None:
    control.config(x_limits={"me": 1})
    ward.client.get_me(user_auth=True)
    first = ward.last.headers["x-rate-limit-reset"]
    control.call("POST", "/clock", advance_s=60)
    with pytest.raises(tweepy.TooManyRequests):
        ward.client.get_me(user_auth=True)
    assert ward.last.headers["x-rate-limit-reset"] == first


def test_windows_belong_to_one_account_and_one_endpoint(make_ward: object, control: Control) -> None:
    control.config(x_limits={"me": 1})
    one, other = make_ward(), make_ward()  # type: ignore[operator]
    one.client.get_me(user_auth=True)
    other.client.get_me(user_auth=True)
    one.client.get_users_tweets(one.id, user_auth=True)
    assert one.last.headers["x-rate-limit-limit"] == "900"


def test_documented_limits_and_the_daily_one_of_the_app(ward: Ward) -> None:
    ward.post("Limits.")
    assert ward.last.headers["x-rate-limit-limit"] == "100"
    assert ward.last.headers["x-app-limit-24hour-limit"] == "10000"


def test_older_body_shape_on_request(ward: Ward, control: Control) -> None:
    control.config(x_limits={"me": 0}, x_rate_limit_body="numbered")
    with pytest.raises(tweepy.TooManyRequests) as refused:
        ward.client.get_me(user_auth=True)
    assert refused.value.api_codes == [88]
