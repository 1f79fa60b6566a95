from __future__ import annotations

from typing import Any

import pytest
import tweepy

from tests.sandbox.conftest import Control, Ward


def test_post_is_created_read_and_deleted(ward: Ward) -> None:
    post_id = ward.post("Out on Chatsworth Road this morning.")
    found = ward.client.get_tweets([post_id], user_auth=True).data
    assert [str(tweet.id) for tweet in found] == [post_id]
    assert ward.client.delete_tweet(post_id, user_auth=True).data == {"deleted": True}
    gone = ward.client.get_tweets([post_id], user_auth=True)
    assert gone.data is None
    assert gone.errors[0]["resource_id"] == post_id


def test_create_answers_201_with_the_stored_text(ward: Ward) -> None:
    answer = ward.client.create_tweet(text="Fish & chips < 5 pounds, see www.gov.uk/x", user_auth=True)
    assert ward.last.status_code == 201
    assert answer.data["text"].startswith("Fish &amp; chips &lt; 5 pounds, see https://t.co/")
    assert answer.data["edit_history_tweet_ids"] == [answer.data["id"]]


def test_ground_truth_holds_exactly_what_was_sent(ward: Ward, control: Control) -> None:
    text = "  Fish & chips\n\nsee www.gov.uk/x  "
    post_id = ward.post(text)
    (kept,) = control.posts(ward.id)
    assert (kept["id"], kept["text"], kept["deleted"], kept["live"]) == (post_id, text, False, True)


def test_same_text_again_is_refused_even_after_deletion(ward: Ward, control: Control) -> None:
    ward.client.delete_tweet(ward.post("Surgery at the library, 6pm."), user_auth=True)
    with pytest.raises(tweepy.Forbidden, match="duplicate content"):
        ward.post("SURGERY at the library, 6pm. ")
    assert control.posts(ward.id)[0]["request_count"] == 2


def test_duplicate_window_can_be_set_to_nothing(ward: Ward, control: Control) -> None:
    control.config(x_duplicate_window_s=0)
    assert ward.post("Twice.") != ward.post("Twice.")


def test_another_account_may_say_the_same(make_ward: Any) -> None:
    assert make_ward().post("Good morning.") != make_ward().post("Good morning.")


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({}, "either text or media"),
        ({"text": ""}, "either text or media"),
        ({"text": 5}, "schema"),
        ({"text": "a", "colour": "red"}, "not defined in the schema"),
        ({"text": "a", "media": {"media_ids": []}}, "schema"),
        ({"text": "a", "media": {"media_ids": ["123"]}}, "media IDs are invalid"),
        ({"text": "a", "reply_settings": "nobody"}, "schema"),
    ],
)
def test_wrong_body_is_a_400_that_says_what_is_wrong(ward: Ward, body: dict[str, Any], part: str) -> None:
    with pytest.raises(tweepy.BadRequest):
        ward.client.request("POST", "/2/tweets", json=body, user_auth=True)
    assert part in ward.last.json()["errors"][0]["message"]


def test_too_long_is_forbidden_and_281_weighs_more_than_280(ward: Ward) -> None:
    ward.post("a" * 280)
    with pytest.raises(tweepy.Forbidden, match="too long"):
        ward.post("b" * 281)
    with pytest.raises(tweepy.Forbidden, match="too long"):
        ward.post("道" * 141)


def test_long_post_account_may_pass_280(make_ward: Any, control: Control) -> None:
    ward = make_ward()
    control.call("POST", f"/accounts/{ward.id}", long_posts=True)
    assert ward.post("c" * 2000)


def test_quotes_and_unsummoned_replies_are_closed_to_self_serve(make_ward: Any, control: Control) -> None:
    author, ward = make_ward(), make_ward()
    plain, summons = author.post("Hello."), author.post(f"Hello @{ward.handle}, a question.")
    with pytest.raises(tweepy.Forbidden):
        ward.post("Answer.", in_reply_to_tweet_id=plain)
    with pytest.raises(tweepy.Forbidden):
        ward.post("Quote.", quote_tweet_id=plain)
    assert ward.post("Thank you for asking.", in_reply_to_tweet_id=summons)
    control.config(x_profile="enterprise")
    assert ward.post("Answer.", in_reply_to_tweet_id=plain)


def test_foreign_post_cannot_be_deleted(make_ward: Any) -> None:
    post_id = make_ward().post("Mine.")
    with pytest.raises(tweepy.Forbidden):
        make_ward().client.delete_tweet(post_id, user_auth=True)


def test_unknown_post_counts_as_deleted_unless_the_switch_says_missing(ward: Ward, control: Control) -> None:
    assert ward.client.delete_tweet("123", user_auth=True).data == {"deleted": True}
    control.config(x_delete_unknown="missing")
    with pytest.raises(tweepy.NotFound):
        ward.client.delete_tweet("123", user_auth=True)


def test_credits_run_out_and_a_link_costs_more(ward: Ward, control: Control) -> None:
    control.config(x_credits=215)
    ward.post("No link.")
    ward.post("With met.police.uk in it.")
    with pytest.raises(tweepy.HTTPException) as refused:
        ward.post("One more.")
    assert refused.value.response.status_code == 402
    assert refused.value.response.json()["title"] == "CreditsDepleted"


def test_app_bearer_reads_posts_of_many_accounts_at_once(make_ward: Any) -> None:
    wards = [make_ward() for _ in range(3)]
    ids = [ward.post(f"Update from {ward.handle}.") for ward in wards]
    found = wards[0].client.get_tweets(ids, tweet_fields=["public_metrics", "author_id"], user_auth=False).data
    assert [str(tweet.author_id) for tweet in found] == [ward.id for ward in wards]
    assert set(found[0].public_metrics) == {
        *("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")
    }


def test_private_metrics_only_for_the_author(make_ward: Any) -> None:
    author, other = make_ward(), make_ward()
    post_id = author.post("Numbers.")
    mine = author.client.get_tweets([post_id], tweet_fields=["non_public_metrics"], user_auth=True)
    assert "url_link_clicks" in mine.data[0].non_public_metrics
    theirs = other.client.get_tweets([post_id], tweet_fields=["non_public_metrics"], user_auth=True)
    assert theirs.errors[0]["type"].endswith("not-authorized-for-field")
    assert theirs.data[0].text == "Numbers."


def test_look_up_takes_100_ids_and_not_101(ward: Ward) -> None:
    assert len(ward.client.get_tweets([str(n) for n in range(1, 101)], user_auth=True).errors) == 100
    with pytest.raises(tweepy.BadRequest):
        ward.client.get_tweets([str(n) for n in range(1, 102)], user_auth=True)


def test_unknown_field_is_refused(ward: Ward) -> None:
    with pytest.raises(tweepy.BadRequest):
        ward.client.get_tweets(["1"], tweet_fields=["shoe_size"], user_auth=True)
