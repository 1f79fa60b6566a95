from __future__ import annotations

import hashlib
import json
import time
from typing import Any

import facebook
import pytest

from sandbox.facebook_fields import parse
from sandbox.wire import Refusal
from tests.sandbox.conftest import Control, Page

SUMMARIES = (
    "message,created_time,permalink_url,is_published,shares,"
    "comments.limit(0).summary(true),reactions.limit(0).summary(true)"
)


def source(content: bytes) -> dict[str, Any]:
    return {"source": ("a.png", content, "image/png")}


def test_post_is_read_edited_and_deleted(page: Page, control: Control) -> None:
    post_id = page.post("Fish & chips <3")
    found = page.call("GET", post_id, fields=SUMMARIES)
    assert (found["message"], found["is_published"]) == ("Fish & chips <3", True)
    assert found["created_time"].endswith("+0000")
    assert found["permalink_url"] == f"{control.url}/fb-www/{page.id}/posts/{post_id.partition('_')[2]}"
    assert found["reactions"]["summary"]["total_count"] == 0
    assert page.call("POST", post_id, message="Changed.") == {"success": True}
    assert page.call("GET", post_id)["message"] == "Changed."
    assert page.call("DELETE", post_id) == {"success": True}
    gone = page.problem("GET", post_id)
    assert (gone["code"], gone["error_subcode"]) == (100, 33)


def test_the_sdk_itself_posts_and_reads(page: Page, control: Control, monkeypatch: pytest.MonkeyPatch) -> None:
    control.config(proof_required=False)
    monkeypatch.setattr(facebook, "FACEBOOK_GRAPH_URL", control.url + "/fb/")
    graph = facebook.GraphAPI(page.token)
    post_id = graph.put_object(page.id, "feed", message="From the SDK.")["id"]
    assert graph.get_object(post_id)["message"] == "From the SDK."
    assert graph.get_objects([post_id, page.id])[page.id]["id"] == page.id
    assert graph.delete_object(post_id) == {"success": True}
    with pytest.raises(facebook.GraphAPIError):
        graph.get_object(post_id)


def test_python_false_is_caught(page: Page) -> None:
    assert page.problem("POST", f"{page.id}/feed", message="Hidden?", published="False")["code"] == 100
    assert page.problem("POST", f"{page.id}/feed", message="Two", attached_media="media_fbid")["code"] == 100


def test_empty_post_is_refused(page: Page) -> None:
    assert page.problem("POST", f"{page.id}/feed", message=" ")["code"] == 100


def test_same_as_the_previous_post_is_506_but_not_as_an_earlier_one(page: Page, control: Control) -> None:
    page.post("One.")
    refused = page.problem("POST", f"{page.id}/feed", message="One.")
    assert (refused["code"], refused["error_subcode"]) == (506, 1455006)
    page.post("Two.")
    page.post("One.")
    control.config(facebook_duplicate_guard=False)
    assert page.post("One.")


def test_proof_is_needed_and_checked(page: Page, control: Control) -> None:
    assert page.problem("GET", page.id, appsecret_proof="0" * 64)["message"].startswith("Invalid appsecret_proof")
    assert page.problem("GET", page.id, appsecret_proof=None)["code"] == 100
    control.config(proof_required=False)
    assert page.call("GET", page.id, appsecret_proof=None)["id"] == page.id
    assert "error" in page.call("GET", page.id, appsecret_proof="0" * 64)


@pytest.mark.parametrize(
    ("asked", "served"), [("v25.0", "v25.0"), ("v19.0", "v21.0"), ("v2.8", "v21.0"), ("v26.0", "v26.0")]
)
def test_dead_version_is_served_by_the_oldest_living_one(page: Page, asked: str, served: str) -> None:
    assert page.call("GET", "me", version=asked)["id"] == page.id
    assert page.last is not None
    assert page.last.headers["facebook-api-version"] == served


def test_usage_headers_name_the_page(page: Page) -> None:
    page.call("GET", "me")
    assert page.last is not None
    assert page.id in json.loads(page.last.headers["x-business-use-case-usage"])
    assert "call_count" in json.loads(page.last.headers["x-app-usage"])


def test_photo_with_words_is_a_post(page: Page, control: Control, png: bytes) -> None:
    made = page.call("POST", f"{page.id}/photos", files=source(png), message="Look.", alt_text_custom="A pixel & more")
    photo = page.call("GET", made["id"], fields="alt_text_custom,page_story_id,name")
    assert (photo["alt_text_custom"], photo["page_story_id"]) == ("A pixel & more", made["post_id"])
    (kept,) = control.posts(page.id)
    assert (kept["id"], kept["text"]) == (made["post_id"], "Look.")
    assert kept["pictures"][0]["sha256"] == hashlib.sha256(png).hexdigest()


def test_staged_photos_are_invisible_until_one_post_shows_them(page: Page, control: Control, png: bytes) -> None:
    staged = [page.call("POST", f"{page.id}/photos", files=source(png), published="false") for _ in range(2)]
    assert all("post_id" not in photo for photo in staged)
    assert control.posts(page.id) == []
    media = json.dumps([{"media_fbid": photo["id"]} for photo in staged])
    post_id = page.post("Two pictures.", attached_media=media)
    shown = page.call("GET", post_id, fields="attachments{media,subattachments,target}")["attachments"]["data"][0]
    assert len(shown["subattachments"]["data"]) == 2
    assert page.call("GET", staged[0]["id"], fields="page_story_id")["page_story_id"] == post_id
    again = page.problem("POST", f"{page.id}/feed", message="Again.", attached_media=media)
    assert again["error_subcode"] == 1366051


def test_photo_too_large_or_no_photo(page: Page, png: bytes) -> None:
    big = page.problem("POST", f"{page.id}/photos", files=source(png + bytes(4 * 1024 * 1024)))
    assert big["error_subcode"] == 1366046
    assert page.problem("POST", f"{page.id}/photos", files=source(b"text"))["code"] == 324


def test_foreign_photo_cannot_be_attached(make_page: Any, png: bytes) -> None:
    one, other = make_page(), make_page()
    photo = one.call("POST", f"{one.id}/photos", files=source(png), published="false")["id"]
    media = json.dumps([{"media_fbid": photo}])
    assert other.problem("POST", f"{other.id}/feed", message="Mine?", attached_media=media)["code"] == 100


def test_planned_post_becomes_public_at_its_moment(page: Page, control: Control) -> None:
    at = int(time.time()) + 1200
    post_id = page.post("Later.", published="false", scheduled_publish_time=str(at))
    fields = "scheduled_publish_time,is_published"
    assert page.call("GET", post_id, fields=fields)["scheduled_publish_time"] == at
    assert [post["id"] for post in page.call("GET", f"{page.id}/scheduled_posts")["data"]] == [post_id]
    assert page.call("GET", f"{page.id}/feed")["data"] == []
    control.call("POST", "/clock", advance_s=1201)
    assert page.call("GET", post_id, fields=fields)["is_published"] is True
    assert [post["id"] for post in page.call("GET", f"{page.id}/published_posts")["data"]] == [post_id]


@pytest.mark.parametrize("ahead_s", [60, 31 * 86_400])
def test_plan_outside_10_minutes_to_30_days_is_refused(page: Page, ahead_s: int) -> None:
    at = str(int(time.time()) + ahead_s)
    fields = {"message": "When?", "published": "false", "scheduled_publish_time": at}
    assert page.problem("POST", f"{page.id}/feed", **fields)["code"] == 100


def test_unpublished_post_is_published_by_an_edit(page: Page) -> None:
    post_id = page.post("Hidden.", published="false")
    assert page.call("GET", f"{page.id}/feed")["data"] == []
    page.call("POST", post_id, is_published="true")
    assert [post["id"] for post in page.call("GET", f"{page.id}/feed")["data"]] == [post_id]


def test_listing_turns_pages_and_filters_by_time(page: Page, control: Control) -> None:
    base = int(time.time()) - 1000
    made = [
        control.call("POST", "/posts", account=page.id, text=f"Post {n}", created_at=str(base + n * 100))["id"]
        for n in range(5)
    ]
    seen, after = [], {}
    while True:
        part = page.call("GET", f"{page.id}/published_posts", limit="2", **after)
        seen += [post["id"] for post in part["data"]]
        if "next" not in part["paging"]:
            break
        after = {"after": part["paging"]["cursors"]["after"]}
    assert seen == made[::-1]
    window = page.call("GET", f"{page.id}/feed", since=str(base + 100), until=str(base + 300))["data"]
    assert [post["id"] for post in window] == made[3:0:-1]


def test_many_ids_in_one_call_and_one_bad_one_fails_it(page: Page) -> None:
    ids = [page.post(f"Number {n}.") for n in range(3)]
    assert set(page.call("GET", "", ids=",".join(ids))) == set(ids)
    assert page.problem("GET", "", ids=f"{ids[0]},42")["error_subcode"] == 33


def test_batch_carries_calls_each_with_its_own_outcome(page: Page) -> None:
    items = [
        {"method": "POST", "relative_url": f"v25.0/{page.id}/feed", "body": "message=In+a+batch"},
        {"method": "GET", "relative_url": "42"},
    ]
    done, failed = page.call("POST", "", batch=json.dumps(items), include_headers="false")
    assert json.loads(done["body"])["id"].startswith(page.id)
    assert failed["code"] == 400
    too_many = page.call("POST", "", batch=json.dumps([{"method": "GET", "relative_url": "me"}] * 51))
    assert too_many["error"]["type"] == "GraphBatchException"


def test_comments_are_listed_answered_hidden_and_counted(page: Page, control: Control) -> None:
    post_id = page.post("Any questions?")
    asked = control.call("POST", "/comments", post=post_id, message="When?", name="Jo")["id"]
    answer = page.call("POST", f"{asked}/comments", message="At six.")["id"]
    deeper = page.call("POST", f"{answer}/comments", message="Sharp.")["id"]
    assert [row["id"] for row in page.call("GET", f"{post_id}/comments")["data"]] == [asked]
    assert [row["id"] for row in page.call("GET", f"{asked}/comments")["data"]] == [answer, deeper]
    page.call("POST", asked, is_hidden="true")
    assert page.call("GET", asked, fields="is_hidden,message") == {"is_hidden": True, "message": "When?", "id": asked}
    counted = page.call("GET", post_id, fields="comments.limit(0).summary(true)")["comments"]
    assert (counted["data"], counted["summary"]["total_count"]) == ([], 3)


def test_unknown_field_is_refused(page: Page) -> None:
    assert page.problem("GET", page.post("Fields."), fields="message,shoe_size")["code"] == 100


@pytest.mark.parametrize("text", ["a{", "a.limit(", "a}", "a b{)}", "%"])
def test_broken_field_list_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse(text)


def test_foreign_page_may_not_be_read_or_deleted(make_page: Any) -> None:
    one, other = make_page(), make_page()
    post_id = one.post("Mine.")
    assert other.problem("GET", post_id)["code"] == 200
    assert other.problem("DELETE", post_id)["code"] == 200
