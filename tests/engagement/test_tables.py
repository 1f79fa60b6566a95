"""The tables as files: complete, honest about what is unknown, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from engagement import tables
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller, counted

HOUR = timedelta(hours=1)


def parsed(answer: HttpResponse) -> list[dict[str, str]]:
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.django_db
def test_posts_leave_unknown_cells_empty(cast: Cast, client_for: Callable[[User], Client], tell: Teller) -> None:
    tell(cast.x, cast.page, at=timezone.now() - HOUR, text="One\nTwo", said=[counted(impressions=9, replies=0)])
    answer = client_for(cast.olu).get(reverse("engagement:ward_posts", args=[cast.homerton.code]))
    x, facebook = parsed(answer)
    assert 'filename="homerton-hackney-posts.csv"' in answer["Content-Disposition"]
    assert (x["Words"], x["Views"], x["Replies"], x["Reactions"]) == ("One\nTwo", "9", "0", "")
    assert (facebook["Network"], facebook["Replies"], facebook["Numbers from"]) == ("Facebook", "", "")


@pytest.mark.django_db
def test_the_survey_carries_its_range_and_its_source(
    cast: Cast, client_for: Callable[[User], Client], figures: Figures
) -> None:
    figures("informed", cast.hackney, {date(2025, 12, 31): 0.4}, illustrative=True)
    (row,) = parsed(client_for(cast.olu).get(reverse("engagement:borough_survey", args=[cast.hackney.code])))
    assert (row["Share %"], row["From about %"], row["To about %"], row["London %"]) == ("40.0", "34.7", "45.6", "")
    assert row["Source"] == "ILLUSTRATIVE: illustrative"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "rows"), [("borough_months", 12), ("borough_wards", 2), ("ward_weeks", 6), ("patch_teams", 2)]
)
def test_the_other_tables_are_complete(cast: Cast, client_for: Callable[[User], Client], name: str, rows: int) -> None:
    codes = {"borough": [cast.hackney.code], "ward": [cast.homerton.code], "patch": []}[name.partition("_")[0]]
    found = parsed(client_for(cast.olu).get(reverse(f"engagement:{name}", args=codes)))
    assert abs(len(found) - rows) <= (name == "ward_weeks")  # thirty days touch five or six weeks


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_no_words_ever_become_a_formula(words: str) -> None:
    (row,) = list(csv.reader(io.StringIO(tables.write(["Words"], [[words]]), newline="")))[1:] or [[""]]
    cell = row[0] if row else ""
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == words.removeprefix("'")


@pytest.mark.django_db
def test_a_network_chosen_narrows_the_list_of_updates_and_its_file(
    cast: Cast, client_for: Callable[[User], Client], tell: Teller
) -> None:
    both = [counted(replies=3), counted(replies=5)]
    tell(cast.x, cast.page, at=timezone.now() - timedelta(days=2), text="The barriers are in.", said=both)
    tell(cast.page, at=timezone.now() - timedelta(days=1), text="Bikes marked.", said=[counted(replies=7)])
    client = client_for(cast.olu)
    ward, posts = (reverse(f"engagement:{name}", args=[cast.homerton.code]) for name in ("ward", "ward_posts"))
    page = client.get(ward, {"network": "x"}).text
    assert "The barriers are in." in page and "Bikes marked." not in page
    assert "3 replies" in page and "5 replies" not in page, "what the same update brought elsewhere is not shown"
    assert f'href="{posts}?days=30&amp;network=x"' in page
    narrowed, whole = parsed(client.get(posts, {"network": "x"})), parsed(client.get(posts))
    assert [(row["Network"], row["Replies"]) for row in narrowed] == [("X", "3")]
    assert len(whole) == 3
