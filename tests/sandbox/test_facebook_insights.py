from __future__ import annotations

import time
from typing import Any

from tests.sandbox.conftest import Control, Page

NAMES = "post_media_view,post_total_media_view_unique,post_clicks,post_reactions_by_type_total"


def test_post_insights_have_the_names_of_2026(make_page: Any, control: Control) -> None:
    page = make_page(followers=500)
    post_id = page.post("Numbers.")
    control.call("POST", "/engage", post=post_id, impressions=1000, likes=10)
    found = {
        row["name"]: row["values"][0]["value"] for row in page.call("GET", f"{post_id}/insights", metric=NAMES)["data"]
    }
    assert found["post_media_view"] >= 1000
    assert sum(found["post_reactions_by_type_total"].values()) >= 10


def test_retired_name_fails_the_whole_call(make_page: Any) -> None:
    page = make_page(followers=500)
    wrong = page.problem("GET", f"{page.id}/insights", metric="page_media_view,page_impressions")
    assert (wrong["code"], wrong["message"]) == (100, "(#100) The value must be a valid insights metric")
    assert page.problem("GET", f"{page.id}/insights")["error_subcode"] == 1504028


def test_a_wave_retires_names_from_now_on(make_page: Any, control: Control) -> None:
    page = make_page(followers=500)
    control.call("POST", "/config", insights_retired=["page_follows"])
    assert page.problem("GET", f"{page.id}/insights", metric="page_follows")["code"] == 100
    assert page.call("GET", f"{page.id}/insights", metric="page_media_view")["data"]
    control.call("POST", "/config", insights_retired=[])
    assert page.call("GET", f"{page.id}/insights", metric="page_follows")["data"]


def test_small_page_has_empty_insights(make_page: Any) -> None:
    page = make_page(followers=99)
    assert page.call("GET", f"{page.post('Small.')}/insights", metric=NAMES) == {"data": []}


def test_page_insights_give_a_value_a_day(make_page: Any, control: Control) -> None:
    page: Page = make_page(followers=500)
    now = int(time.time())
    control.call("POST", "/posts", account=page.id, text="Old.", created_at=str(now - 3 * 86_400))
    (views,) = page.call("GET", f"{page.id}/insights", metric="page_media_view", since=str(now - 4 * 86_400))["data"]
    assert len(views["values"]) == 4
    assert sum(day["value"] for day in views["values"]) > 0
