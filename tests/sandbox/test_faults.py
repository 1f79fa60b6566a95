from __future__ import annotations

from typing import Any

import pytest
import requests
import tweepy

from tests.sandbox.conftest import Control, Page, Ward

POSTING = {"match": {"method": "POST", "path_regex": "/2/tweets$"}}


def attempt(ward: Ward, text: str) -> BaseException | None:
    try:
        ward.post(text)
    except (tweepy.TweepyException, requests.RequestException, ValueError) as error:
        return error
    return None


@pytest.mark.parametrize(
    ("action", "error", "is_done"),
    [
        ({"kind": "status", "code": 503}, tweepy.TwitterServerError, False),
        ({"kind": "status", "code": 503, "body": "html"}, tweepy.TwitterServerError, False),
        ({"kind": "status", "code": 200, "body": "empty"}, requests.JSONDecodeError, False),
        ({"kind": "status", "code": 403, "body": {"errors": None}}, TypeError, False),
        ({"kind": "rate_limit"}, tweepy.TooManyRequests, False),
        ({"kind": "duplicate"}, tweepy.Forbidden, False),
        ({"kind": "credits_depleted"}, tweepy.HTTPException, False),
        ({"kind": "feature_block"}, tweepy.Forbidden, False),
        ({"kind": "reset_before"}, requests.ConnectionError, False),
        ({"kind": "reset_after"}, requests.ConnectionError, True),
        ({"kind": "close_after"}, requests.ConnectionError, True),
        ({"kind": "truncate"}, requests.exceptions.ChunkedEncodingError, True),
        ({"kind": "error_but_done"}, tweepy.TwitterServerError, True),
        ({"kind": "done_but_lagging", "lag_s": 60}, tweepy.TwitterServerError, True),
        ({"kind": "done_but_lagging", "answer": "reset"}, requests.ConnectionError, True),
    ],
)
def test_fault_shows_its_error_and_only_the_done_ones_post(
    ward: Ward, control: Control, action: dict[str, Any], error: type[BaseException], is_done: bool
) -> None:
    fault = control.fault(action, ward.id, **POSTING)
    try:
        found = attempt(ward, "Is it there?")
    except TypeError as broken:
        found = broken
    assert isinstance(found, error)
    assert bool(control.posts(ward.id)) is is_done
    log = control.call("GET", "/requests?limit=20000")["requests"][-1]
    assert (log["fault"], log["outcome"], log["account"]) == (fault, action["kind"], ward.id)


def test_fault_is_spent_after_its_times(ward: Ward, control: Control) -> None:
    control.fault({"kind": "status", "code": 500}, ward.id, times=2, **POSTING)
    assert [attempt(ward, f"Try {n}.") is None for n in range(3)] == [False, False, True]


def test_nth_meets_only_that_call(ward: Ward, control: Control) -> None:
    control.fault({"kind": "status", "code": 500}, ward.id, match={"path_regex": "/2/tweets$", "nth": 2}, times=0)
    assert [attempt(ward, f"Try {n}.") is None for n in range(4)] == [True, False, True, True]


def test_probability_is_repeatable_with_its_seed(ward: Ward, control: Control) -> None:
    control.config(x_duplicate_window_s=0)
    control.fault({"kind": "status", "code": 500}, ward.id, times=0, probability=0.5, seed=3, **POSTING)
    outcomes = [attempt(ward, f"Try {n}.") is None for n in range(20)]
    assert {True, False} == set(outcomes)


def test_other_accounts_are_spared(make_ward: Any, control: Control) -> None:
    one, other = make_ward(), make_ward()
    control.fault({"kind": "status", "code": 500}, one.handle, **POSTING)
    assert attempt(other, "Fine.") is None
    assert attempt(one, "Not fine.") is not None


def test_rate_limit_without_reset_header(ward: Ward, control: Control) -> None:
    control.fault({"kind": "rate_limit", "no_reset_header": True}, ward.id, **POSTING)
    found = attempt(ward, "Slower.")
    assert isinstance(found, tweepy.TooManyRequests)
    assert found.reset_time is None


def test_lagging_post_is_found_by_id_at_once_and_in_the_timeline_later(ward: Ward, control: Control) -> None:
    control.fault({"kind": "done_but_lagging", "lag_s": 300}, ward.id, **POSTING)
    attempt(ward, "Did it arrive?")
    (kept,) = control.posts(ward.id)
    assert ward.client.get_users_tweets(ward.id, user_auth=True).data is None
    assert ward.client.get_tweets([kept["id"]], user_auth=True).data
    control.call("POST", "/clock", advance_s=301)
    assert [str(t.id) for t in ward.client.get_users_tweets(ward.id, user_auth=True).data] == [kept["id"]]


def test_slow_answer_passes_a_short_read_timeout_and_is_still_carried_out(ward: Ward, control: Control) -> None:
    control.fault({"kind": "slow", "before_s": 0.3}, ward.id, **POSTING)
    plain = ward.client.session.request
    ward.client.session.request = lambda *a, **k: plain(*a, timeout=0.1, **k)
    assert isinstance(attempt(ward, "Slowly."), requests.ReadTimeout)
    ward.client.session.request = plain
    # The next call waits its turn behind nothing but the pause: ask until the first one has been carried out.
    looks = (control.posts(ward.id) for _ in range(1000))
    assert any(post["text"] == "Slowly." for posts in looks for post in posts)


def test_dripping_answer_arrives_whole(ward: Ward, control: Control) -> None:
    control.fault({"kind": "slow", "trickle_bytes_s": 5000}, ward.id, **POSTING)
    assert attempt(ward, "Drip.") is None


def test_revoked_token_is_dead_from_then_on(ward: Ward, control: Control) -> None:
    control.fault({"kind": "revoke_token"}, ward.id, **POSTING)
    assert isinstance(attempt(ward, "One."), tweepy.Unauthorized)
    assert isinstance(attempt(ward, "Two."), tweepy.Unauthorized)


def test_expired_page_token_names_its_subcode(page: Page, control: Control) -> None:
    control.fault({"kind": "expire_token"}, page.id, platform="facebook")
    assert page.problem("GET", page.id)["error_subcode"] == 463


def test_suspended_by_fault_until_lifted(ward: Ward, control: Control) -> None:
    control.fault({"kind": "suspend_account"}, ward.id, **POSTING)
    assert isinstance(attempt(ward, "One."), tweepy.Forbidden)
    assert control.call("POST", f"/accounts/{ward.id}", suspended=False)["suspended"] is False
    assert attempt(ward, "Two.") is None


@pytest.mark.parametrize(
    ("action", "code", "is_done"),
    [
        ({"kind": "error_but_done"}, 2, True),
        ({"kind": "duplicate"}, 506, False),
        ({"kind": "feature_block"}, 368, False),
        ({"kind": "rate_limit", "code": 613}, 613, False),
        ({"kind": "status", "code": 400, "error_code": 190, "error_subcode": 460}, 190, False),
    ],
)
def test_facebook_faults_speak_graph(
    page: Page, control: Control, action: dict[str, Any], code: int, is_done: bool
) -> None:
    control.fault(action, page.id, platform="facebook", match={"path_regex": "/feed$", "method": "POST"})
    assert page.problem("POST", f"{page.id}/feed", message="Hello?")["code"] == code
    assert bool(control.posts(page.id)) is is_done


def test_json_without_error_is_what_the_sdk_takes_for_success(page: Page, control: Control) -> None:
    control.fault({"kind": "status", "code": 503, "body": "json_without_error"}, page.id, platform="facebook")
    assert page.call("POST", f"{page.id}/feed", message="Hello?") == {"something": 1}
    assert page.last is not None
    assert page.last.status_code == 503


def test_unknown_kind_is_refused(control: Control) -> None:
    answer = requests.post(f"{control.url}/_sandbox/faults", json={"action": {"kind": "gremlins"}}, timeout=10)
    assert answer.status_code == 400
    assert "error_but_done" in answer.json()["error"]
