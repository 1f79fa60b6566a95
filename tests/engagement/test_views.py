"""Who sees which numbers, and what the pages say of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import rights
from accounts.models import Channel, Team, User
from engagement.models import Watch
from posts.models import Media, Post, VersionPicture
from publishing.models import Delivery
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller, counted

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ClientFor = Callable[[User], Client]


def words(answer: HttpResponse) -> str:
    """What stands on the page, without its marks."""
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split()).replace(" .", ".").replace(" ,", ",")


def of(team: Team, page: str = "ward") -> str:
    return reverse(f"engagement:{page}", args=[team.code])


# ---- who may look -------------------------------------------------------------------------------

PAGES = ["ward", "ward_weeks", "ward_posts", "ward_answers"]
BOROUGH_PAGES = ["borough", "borough_survey", "borough_months", "borough_wards", "borough_answers", "borough_work"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("con", 200), ("olu", 200), ("rex", 200), ("sam", 200), ("mel", 404)]
)
def test_a_wards_numbers_are_for_those_who_see_the_ward(
    cast: Cast, client_for: ClientFor, who: str, status: int, page: str
) -> None:
    assert client_for(getattr(cast, who)).get(of(cast.homerton, page)).status_code == status


@pytest.mark.parametrize("page", BOROUGH_PAGES)
@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("olu", 200), ("dee", 200), ("mel", 404)])
def test_a_borough_is_open_to_those_who_see_one_of_its_wards(
    cast: Cast, client_for: ClientFor, who: str, status: int, page: str
) -> None:
    assert client_for(getattr(cast, who)).get(of(cast.hackney, page)).status_code == status


def test_a_ward_is_no_borough_and_an_unknown_code_is_nothing(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.dee)
    assert client.get(of(cast.homerton, "borough")).status_code == 404
    assert client.get(reverse("engagement:ward", args=["E05999999"])).status_code == 404


def test_nobody_signed_out_sees_a_number(cast: Cast, client: Client) -> None:
    addresses = [reverse("engagement:patch"), reverse("engagement:patch_teams")]
    addresses += [of(cast.homerton, page) for page in PAGES] + [of(cast.hackney, page) for page in BOROUGH_PAGES]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse("account_login"))


def test_numbers_of_a_post_are_for_those_who_see_the_post(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    post = tell(cast.x, at=timezone.now() - HOUR)
    address = reverse("engagement:post_numbers", args=[post.pk])
    assert client_for(cast.ada).get(address).status_code == 200
    assert client_for(cast.mel).get(address).status_code == 404


def test_a_public_picture_is_shown_to_those_who_see_the_team_and_a_draft_is_not(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    post = tell(cast.x, at=timezone.now() - HOUR)
    digest = hashlib.sha256(b"png").hexdigest()
    media = Media(post=post, sha256=digest, mime="image/png", width=1, height=1, size=3, uploaded_by=cast.ada)
    media.uploaded_at = timezone.now()
    media.file.save("picture", ContentFile(b"png"), save=True)
    VersionPicture.objects.create(version=post.current, media=media, position=0, alt="A lamp")
    address = reverse("engagement:picture", args=[media.pk])
    assert address in client_for(cast.olu).get(of(cast.homerton)).content.decode()
    assert client_for(cast.olu).get(address).content == b"png"
    assert client_for(cast.mel).get(address).status_code == 404
    Delivery.objects.update(state=Delivery.State.WAITING)
    assert client_for(cast.olu).get(address).status_code == 404


# ---- the ward -----------------------------------------------------------------------------------


def test_the_ward_page_says_what_came_back_in_words(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    said = [counted(impressions=3210, replies=30, reactions=4, shares=0), counted(replies=4, reactions=6, shares=1)]
    tell(cast.x, cast.page, at=timezone.now() - DAY, text="The barriers are in.", said=said)
    page = words(client_for(cast.olu).get(of(cast.homerton)))
    assert "1 update in the last 30 days" in page
    assert "People replied 34 times, reacted 10 times and shared once." in page
    assert "X counted 3,210 views; Facebook does not say." in page
    assert "The barriers are in." in page
    assert "30 replies, 4 reactions, 0 shares, 3,210 views" in page
    assert "4 replies, 6 reactions, 1 share, views not known" in page
    assert "See it on X" in page


def test_a_post_without_numbers_shows_no_zero(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    tell(cast.x, at=timezone.now() - HOUR)
    page = words(client_for(cast.olu).get(of(cast.homerton)))
    assert "How people answered is not known yet. X has not said yet." in page
    assert "Numbers of 1 post are still coming in." in page
    assert "No numbers yet" in page
    assert "replies not known yet" in page
    assert not re.search(r"\b0 (replies|reactions|shares|views)", page)


def test_a_post_that_is_gone_is_not_linked_to(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    tell(cast.x, at=timezone.now() - DAY, said=[counted(replies=2)])
    Watch.objects.create(delivery=Delivery.objects.get(), gone_at=timezone.now() - HOUR)
    page = words(client_for(cast.olu).get(of(cast.homerton)))
    assert "No longer there" in page
    assert "See it" not in page


def test_the_period_is_chosen_in_the_address(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    for days in (1, 60, 200):
        tell(cast.x, at=timezone.now() - days * DAY)
    client = client_for(cast.olu)
    periods = {
        "": "1 update in the last 30 days",
        "?days=90": "2 updates in the last 90 days",
        "?days=365": "3 updates in the last 12 months",
        "?days=7": "1 update in the last 30 days",
        "?days=drop": "1 update in the last 30 days",
    }
    for asked, said in periods.items():
        assert said in words(client.get(of(cast.homerton) + asked)), asked


def test_old_updates_are_on_a_second_page(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    for number in range(14):
        tell(cast.x, at=timezone.now() - number * HOUR, text=f"Update number {number}.")
    client = client_for(cast.olu)
    first, second = (words(client.get(f"{of(cast.homerton)}?page={page}")) for page in (1, 2))
    assert "Update number 0." in first and "Update number 13." not in first
    assert "Update number 13." in second and "Update number 0." not in second
    assert "14 updates in the last 30 days" in second


def test_a_silent_ward_is_told_what_to_do_next(cast: Cast, client_for: ClientFor) -> None:
    assert "no account of its own yet" in words(client_for(cast.olu).get(of(cast.wick)))
    assert "Write an update" in words(client_for(cast.ada).get(of(cast.homerton)))
    assert "Choose a longer time" in words(client_for(cast.olu).get(of(cast.homerton)))


def test_the_story_of_a_post_is_linked_only_for_those_who_may_open_it(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    post = tell(cast.x, at=timezone.now() - HOUR)
    address = reverse("posts:post", args=[post.pk])
    assert address in client_for(cast.ada).get(of(cast.homerton)).content.decode()
    assert address not in client_for(cast.olu).get(of(cast.homerton)).content.decode()


@pytest.mark.parametrize("kind", [Team.Kind.UNIT, Team.Kind.CORPORATE, Team.Kind.FORCE])
def test_other_teams_have_the_same_page_and_no_word_on_the_survey(cast: Cast, client_for: ClientFor, kind: str) -> None:
    team = cast.force
    if kind != Team.Kind.FORCE:
        team = Team.objects.create(kind=kind, code="CYCLE", name="Cycle Safety Team", parent=cast.force)
        rights.sync(cast.dee, now=timezone.now())
    page = words(client_for(cast.dee).get(of(team)))
    assert "No updates in the last 30 days" in page
    assert "survey" not in page


# ---- the borough --------------------------------------------------------------------------------


def test_the_borough_page_stands_updates_beside_the_survey(
    cast: Cast, client_for: ClientFor, tell: Teller, figures: Figures
) -> None:
    tell(cast.x, at=timezone.now() - HOUR, said=[counted(replies=3)])
    shares = {date(2024, 12, 31): 0.36, date(2025, 12, 31): 0.38}
    figures("informed", cast.hackney, shares, london={date(2025, 12, 31): 0.40})
    page = words(client_for(cast.olu).get(of(cast.hackney, "borough")))
    assert "1 update in the last 30 days" in page
    assert "They came from 1 of 2 teams." in page
    assert "38%, about 33 to 44, in the twelve months to December 2025. No clear change from a year earlier." in page
    assert "London as a whole: 40%. The borough cannot be told apart from it." in page
    assert "We could only have detected a change of about 8 points." in page
    assert "About 400 interviews a borough in twelve months" in page
    assert "published.csv" in page
    assert "one of 8 questions" in page
    assert "What this cannot tell you" in page


def test_the_question_is_chosen_in_the_address(cast: Cast, client_for: ClientFor, figures: Figures) -> None:
    figures("trust", cast.hackney, {date(2025, 12, 31): 0.7})
    client = client_for(cast.olu)
    assert "No survey figures have been imported" in words(client.get(of(cast.hackney, "borough")))
    trust = words(client.get(of(cast.hackney, "borough") + "?measure=trust"))
    assert "an organisation that I can trust" in trust
    assert "70%, about" in trust


@pytest.mark.parametrize("page", ["borough", "borough_survey", "borough_months"])
def test_an_unknown_question_falls_back_to_the_first(cast: Cast, client_for: ClientFor, page: str) -> None:
    client, address = client_for(cast.olu), of(cast.hackney, page)
    first, unknown = client.get(f"{address}?measure=informed"), client.get(f"{address}?measure=happiness")
    assert unknown.status_code == 200
    assert unknown.headers.get("Content-Disposition") == first.headers.get("Content-Disposition")
    assert words(unknown) == words(first)


def test_illustrative_figures_are_labelled(cast: Cast, client_for: ClientFor, figures: Figures) -> None:
    figures("informed", cast.hackney, {date(2026, 3, 31): 0.3}, illustrative=True)
    page = words(client_for(cast.olu).get(of(cast.hackney, "borough")))
    assert "Made up for the demonstration." in page
    assert "MOPAC" not in page


def test_wards_stand_by_name_and_only_open_ones_are_links(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    tell(cast.x, at=timezone.now() - 2 * DAY)
    answer = client_for(cast.ada).get(of(cast.hackney, "borough"))
    page = words(answer)
    assert page.index("Hackney Wick No account") < page.index("Homerton 1 update last 2 days ago")
    assert of(cast.homerton) in answer.content.decode()
    assert of(cast.wick) not in answer.content.decode()


# ---- the patch ----------------------------------------------------------------------------------


def test_who_looks_after_one_team_goes_straight_to_it(cast: Cast, client_for: ClientFor) -> None:
    assert client_for(cast.ada).get(reverse("engagement:patch"))["Location"] == of(cast.homerton)


def test_a_way_back_leads_somewhere_else(cast: Cast, client_for: ClientFor) -> None:
    ada, olu = client_for(cast.ada), client_for(cast.olu)
    assert "All numbers" not in words(ada.get(of(cast.homerton)))
    borough = ada.get(of(cast.hackney, "borough")).content.decode()
    assert "All numbers" not in borough
    back = re.search(r'class="console-back" href="([^"]+)">.*?</svg>([^<]+)</a>', borough)
    assert back is not None and back.groups() == (of(cast.homerton), "Homerton")
    assert "All numbers" in words(olu.get(of(cast.homerton)))
    assert "All numbers" in words(olu.get(of(cast.hackney, "borough")))


def test_the_patch_names_boroughs_wards_and_gaps(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    tell(cast.kilburn_x, at=timezone.now() - 3 * DAY)
    page = words(client_for(cast.dee).get(reverse("engagement:patch")))
    assert "1 update in the last 30 days They came from 1 of 3 teams." in page
    assert "Brent 1 update from 1 of 1 team" in page
    assert "Kilburn 1 update last 3 days ago" in page
    assert "Hackney Wick: no account of its own." in page
    assert "Without an account of their own: Hackney Wick." in page


def test_the_first_three_gaps_are_read_at_once_and_the_others_on_request(cast: Cast, client_for: ClientFor) -> None:
    Team.objects.bulk_create(
        Team(kind=Team.Kind.WARD, code=f"E0590000{number}", name=f"Ward {number} & more", parent=cast.hackney)
        for number in range(4)
    )
    rights.sync(cast.olu, now=timezone.now())
    page = client_for(cast.olu).get(reverse("engagement:patch")).text
    box = page.split("Gaps in cover", 1)[1]
    first, rest = box.split("<details>", 1)
    assert first.count("<li>") == 3 and rest.split("</details>")[0].count("<li>") == 3
    assert "<summary>3 more teams</summary>" in rest
    assert "<li>Ward 3 &amp; more: no account of its own.</li>" in rest


def test_a_ward_that_never_spoke_is_said_to_be_unheard(cast: Cast, client_for: ClientFor) -> None:
    page = words(client_for(cast.olu).get(of(cast.homerton)))
    assert "Residents have not heard from it yet." in page and "never" not in page


def test_somebody_without_an_appointment_is_told_so(cast: Cast, client_for: ClientFor) -> None:
    nobody = User.objects.create(username="nobody")
    assert "You have no team to look at yet" in words(client_for(nobody).get(reverse("engagement:patch")))


def test_seven_hundred_wards_are_folded_and_cost_no_more_queries(cast: Cast, client_for: ClientFor) -> None:
    address = reverse("engagement:patch")
    with CaptureQueriesContext(connection) as few:
        client_for(cast.dee).get(address)
    wards = Team.objects.bulk_create(
        Team(kind=Team.Kind.WARD, code=f"E059{number:05d}", name=f"Ward {number}", parent=cast.brent)
        for number in range(700)
    )
    Channel.objects.bulk_create(
        Channel(team=ward, network="x", handle=f"W{ward.code}", name=ward.name, created_at=timezone.now())
        for ward in wards[:350]
    )
    rights.sync(cast.dee, now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        answer = client_for(cast.dee).get(address)
    assert len(many) == len(few)
    assert '<details class="numbers-group">' in answer.content.decode()
    assert "Brent No updates from 701 teams" in words(answer)


def test_the_force_has_a_page_for_those_who_look_after_it_alone(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    tell(cast.x, at=timezone.now() - DAY, text="Meet us?", said=[counted(replies=2)])
    tell(cast.kilburn_x, at=timezone.now() - DAY, said=[counted(replies=900)])
    page = words(client_for(cast.dee).get(reverse("engagement:force")))
    assert "2 updates in the last 30 days They came from 2 of 3 teams." in page
    assert page.index("Brent 1 update 1 of 1 teams") < page.index("Hackney 1 update 1 of 2 teams")
    assert "Posts that asked residents something 1 of 2" in page
    assert "Not measured yet: how many of people’s questions were answered" in page
    for who in (cast.olu, cast.ada):
        assert client_for(who).get(reverse("engagement:force")).status_code == 404


def test_a_view_can_be_sent_with_its_network_and_period(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    at = timezone.now() - 50 * DAY
    tell(cast.x, cast.page, at=at, said=[counted(replies=n, at=at + 7 * DAY) for n in (2, 7)])
    address = of(cast.homerton) + "?days=90&network=facebook"
    page = client_for(cast.olu).get(address).content.decode()
    assert 'href="?days=30&amp;network=facebook"' in page
    assert "0 updates" not in words(client_for(cast.olu).get(address))
    assert "People replied 7 times" in words(client_for(cast.olu).get(address))
    rows = client_for(cast.olu).get(of(cast.homerton, "ward_answers") + "?days=90").text.splitlines()
    assert rows[1] == '"X, Homerton",1,2.0,2,2,2,2'


def test_posts_too_fresh_to_be_compared_are_left_out_and_counted(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    for back in (1, 3, 12):
        at = timezone.now() - back * DAY
        tell(cast.x, at=at, said=[counted(replies=4, at=at + (7 if back == 12 else 0) * DAY)])
    page = words(client_for(cast.olu).get(of(cast.homerton)))
    assert "People replied 12 times" in page
    assert "Homerton 4 (too few posts for a range)" in page
    assert "2 posts of the last eight days are too fresh to count here." in page


@pytest.mark.parametrize("days", [30, 90, 365])
def test_the_force_page_offers_a_year_and_londons_own_figure(
    cast: Cast, client_for: ClientFor, tell: Teller, figures: Figures, days: int
) -> None:
    tell(cast.x, at=timezone.now() - 200 * DAY)
    figures("informed", cast.hackney, {date(2023, 12, 31): 0.4}, london={date(2023, 12, 31): 0.29})
    page = words(client_for(cast.dee).get(reverse("engagement:force") + f"?days={days}"))
    assert ("1 update in the last 12 months" in page) == (days == 365)
    assert "29%, about 28 to 30, in the twelve months to December 2023." in page
    assert "not an average of ours" in page
    table = client_for(cast.dee).get(reverse("engagement:force_survey")).text
    assert ",London,2023-12-31,29.0" in table


def test_events_stand_on_the_chart_and_in_words(cast: Cast, client_for: ClientFor, figures: Figures) -> None:
    figures("informed", cast.hackney, {date(2019, 12, 31): 0.4, date(2020, 12, 31): 0.42, date(2023, 12, 31): 0.3})
    page = client_for(cast.olu).get(of(cast.hackney, "borough"))
    assert page.content.decode().count('class="numbers-event"') == 4 * 3
    assert "23 March 2020: First lockdown. The survey moved from the doorstep to the telephone" in words(page)


MOST_QUERIES = 25


@pytest.mark.parametrize("page", ["ward", "borough", "force", "patch"])
def test_a_dashboard_asks_at_most_25_questions(
    cast: Cast, client_for: ClientFor, tell: Teller, figures: Figures, page: str
) -> None:
    figures("informed", cast.hackney, {date(2024, 12, 31): 0.4, date(2025, 12, 31): 0.42})
    for number in range(6):
        tell(cast.x, cast.page, at=timezone.now() - number * DAY, said=[counted(replies=1)])
    team = {"ward": cast.homerton, "borough": cast.hackney}.get(page)
    address = of(team, page) if team else reverse(f"engagement:{page}")
    client = client_for(cast.dee)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address + "?days=365").status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n".join(query["sql"][:160] for query in asked.captured_queries)


@pytest.mark.parametrize("page", ["ward", "borough"])
def test_pages_cost_the_same_queries_with_many_posts(
    cast: Cast, client_for: ClientFor, tell: Teller, page: str
) -> None:
    address = of(cast.homerton if page == "ward" else cast.hackney, page)
    client = client_for(cast.olu)
    tell(cast.x, cast.page, at=timezone.now() - HOUR, said=[counted(replies=1)])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(8):
        tell(cast.x, cast.page, at=timezone.now() - number * DAY, said=[counted(replies=1)])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


# ---- numbers on the post's page -----------------------------------------------------------------


def numbers_of(client: Client, post: Post, **headers: str) -> HttpResponse:
    return client.get(reverse("engagement:post_numbers", args=[post.pk]), headers=headers)


def test_the_post_page_gets_a_fragment_with_each_network(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    said = [counted(impressions=210, replies=1, reactions=2, shares=0), None]
    post = tell(cast.x, cast.page, at=timezone.now() - HOUR, said=said)
    fragment = numbers_of(client_for(cast.ada), post, hx_request="true")
    assert "<html" not in fragment.content.decode()
    page = words(fragment)
    assert "1 reply, 2 reactions, 0 shares and 210 views." in page
    assert "No numbers yet. Facebook is asked for the first time about 15 minutes after" in page
    assert "<html" in numbers_of(client_for(cast.ada), post).content.decode()


def test_a_facebook_post_says_that_its_views_are_not_told(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    post = tell(cast.page, at=timezone.now() - HOUR, said=[counted(replies=1, reactions=2, shares=0)])
    assert "Facebook does not say how often it was seen." in words(numbers_of(client_for(cast.ada), post))


def test_a_draft_has_no_numbers_and_is_not_asked_again(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    post = tell(cast.x, at=timezone.now() - HOUR)
    Delivery.objects.all().delete()
    fragment = numbers_of(client_for(cast.ada), post, hx_request="true")
    assert "Nothing is public yet." in words(fragment)
    assert "hx-trigger" not in fragment.content.decode()
