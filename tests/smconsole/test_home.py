from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import appointing, mentoring
from accounts.models import Channel, User
from engagement.models import Snapshot
from policy import holds, review
from posts.models import Post
from publishing.models import Delivery
from smconsole import duties, home, places
from tests.conftest import Cast
from tests.engagement.conftest import add_up
from tests.factories import make_post, submission_of

DAY = timedelta(days=1)
ClientFor = Callable[[User], Client]


def today(user: User, now: datetime) -> home.Today:
    return home.read(user, places.rights_held(user), now)


def publish(post: Post, channel: Channel, now: datetime, state: str = "published") -> Delivery:
    """A delivery as publishing leaves it behind."""
    done = {"remote_id": f"r{post.pk}", "published_at": now} if state == "published" else {"reason": "It timed out."}
    return Delivery.objects.create(
        target=post.targets.get(channel=channel),
        channel=channel,
        version=post.current,
        fingerprint=post.current.fingerprint,
        state=state,
        publish_at=now,
        send_by=now,
        due_at=now,
        created_at=now,
        **done,
    )


def test_an_author_reads_first_what_came_back(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="tone", note="Kinder, please.", by=cast.rex, now=now
    )
    seen = today(cast.ada, now)
    assert seen.answers[0] == "1 update came back to you"
    assert [item.review.note for item in seen.author.returned] == ["Kinder, please."]
    assert seen.author.drafts == []


def test_a_mentor_reads_how_many_check_ins_are_due(cast: Cast, now: datetime) -> None:
    for name in ("ada", "tess", "con", *"pqrst"):
        author = User.objects.filter(username=name).first() or User.objects.create(username=name)
        if name in "pqrst":
            appointing.appoint(
                user=author, role="sergeant", team=cast.homerton, starts_on=now.date(), by=cast.sam, now=now
            )
        mentoring.pair(author=author, mentor=cast.rex, backup=cast.dee, by=cast.sam, now=now)
    seen = today(cast.rex, now + 100 * DAY)
    assert seen.answers[0] == "8 check-ins are due" and len(seen.coach.due) == duties.SHOWN < 8
    assert not any("check-in" in words for words in today(cast.rex, now).answers)


def test_a_draft_that_came_back_is_gone_from_the_list_once_it_is_sent_again(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="tone", note="Kinder, please.", by=cast.rex, now=now
    )
    post.refresh_from_db()
    review.submit(post=post, by=cast.ada, now=now)
    seen = today(cast.ada, now)
    assert seen.author.returned == [] and len(seen.author.waiting) == 1


def test_an_author_sees_what_goes_out_today_and_not_what_goes_out_tomorrow(cast: Cast, now: datetime) -> None:
    soon = make_post(cast, "approved", publish_at=now + timedelta(hours=1))
    make_post(cast, "approved", publish_at=now + timedelta(days=1), text="Street stall tomorrow by the station.")
    seen = today(cast.ada, now)
    assert [post.pk for post in seen.author.going_out] == [soon.pk]
    assert "1 update goes out today" in seen.answers


def test_an_author_sees_nothing_of_another_ward(cast: Cast, now: datetime) -> None:
    make_post(cast, "approved", author=cast.mel, channels=[cast.kilburn_x], publish_at=now + timedelta(hours=1))
    seen = today(cast.ada, now)
    assert seen.author.going_out == [] and seen.author.going_out_count == 0


def test_a_delivery_in_doubt_is_said_until_a_later_one_takes_over(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=1))
    publish(post, cast.x, now, state="missed")
    assert today(cast.ada, now).answers[0] == "1 update needs a look"
    publish(post, cast.x, now + timedelta(minutes=1), state="waiting")
    assert today(cast.ada, now).adrift == duties.Adrift([], 0, [])


def test_unknown_numbers_are_not_zero(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=1))
    delivery = publish(post, cast.x, now)
    add_up(now)
    week = today(cast.ada, now).author.week
    assert (week.posts, week.silent, week.impressions) == (1, 1, None)
    Snapshot.objects.create(delivery=delivery, at=now, impressions=10, replies=None)
    Snapshot.objects.create(delivery=delivery, at=now + timedelta(hours=1), impressions=40, replies=None)
    add_up(now)
    week = today(cast.ada, now).author.week
    assert (week.silent, week.impressions, week.replies) == (0, 40, None)


def test_a_mentor_finds_the_next_post_open(cast: Cast, now: datetime) -> None:
    oldest = make_post(cast, "in_review", now=now - timedelta(hours=2))
    make_post(cast, "in_review", text="Bike marking by the station on Saturday.")
    seen = today(cast.rex, now)
    assert seen.reviewer.first.submission.post_id == oldest.pk
    assert seen.reviewer.oldest == now - timedelta(hours=2)
    assert seen.answers[0] == "2 updates are waiting for you"


def test_a_mentor_is_never_offered_their_own_words(cast: Cast, now: datetime) -> None:
    make_post(cast, "in_review")
    assert today(cast.ada, now).reviewer is None


def test_an_administrator_reads_what_is_unsafe(cast: Cast, now: datetime) -> None:
    Channel.objects.filter(pk=cast.page.pk).update(state=Channel.State.BROKEN, problem="The Page's sign-in ended.")
    words = " / ".join(danger.words for danger in today(cast.sam, now).administrator.dangers)
    assert "Facebook needs reconnecting" in words


@pytest.mark.parametrize(
    ("name", "told"), [("ada", True), ("con", True), ("dee", True), ("sam", False), ("mel", False)]
)
def test_a_delivery_in_doubt_is_told_to_those_who_may_open_its_post(
    cast: Cast, client_for: ClientFor, name: str, told: bool
) -> None:
    now = timezone.now()
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=1), now=now)
    publish(post, cast.x, now, state="unconfirmed")
    client, address = client_for(getattr(cast, name)), reverse("posts:post", args=[post.pk])
    page = client.get(reverse("home")).text
    assert ("Needs a look" in page, address in page.split("Needs a look")[-1].split("</section>")[0]) == (told, told)
    assert client.get(address).status_code == (200 if told else 404)
    assert "Homerton, Hackney on X" not in page


def test_an_administrator_reads_no_drafts(cast: Cast, client_for: ClientFor) -> None:
    make_post(cast, "in_review", text="Only for those who review it.")
    assert "Only for those" not in client_for(cast.sam).get(reverse("home")).text


def test_a_manager_reads_on_today_what_numbers_says(cast: Cast, client_for: ClientFor) -> None:
    now = timezone.now()
    for days in (0, 29, 31):
        publish(make_post(cast, "approved", publish_at=now + timedelta(hours=1), now=now), cast.x, now - days * DAY)
    add_up(now)
    olu = client_for(cast.olu)
    page, numbers = olu.get(reverse("home")).text, olu.get(reverse("engagement:patch")).text
    assert "2 updates in the last 30 days, from Hackney" in page and "2 updates in the last 30 days" in numbers
    assert "They came from 1 of 2 teams." in page and "They came from 1 of 2 teams." in numbers
    assert "2 updates have no numbers yet." in page
    assert "1 ward has no channel of its own" in page


@pytest.mark.parametrize("written", ["{}", "#{}", " # {} ", "Update {}", "No. {}"])
def test_compliance_finds_a_post_by_its_number(cast: Cast, client_for: ClientFor, written: str) -> None:
    post = make_post(cast)
    answer = client_for(cast.cora).get(reverse("find"), {"number": written.format(post.pk)})
    assert answer["Location"] == reverse("posts:post", args=[post.pk])


@pytest.mark.parametrize(
    ("written", "named"), [("999", "999"), ("#999", "999"), ("twelve", "“twelve”"), ("9" * 30, f"“{'9' * 20}”")]
)
def test_a_number_that_leads_nowhere_is_answered(cast: Cast, client_for: ClientFor, written: str, named: str) -> None:
    page = client_for(cast.cora).get(reverse("find"), {"number": written}, follow=True).text
    assert f"There is no update {named} that you may see." in page


@pytest.mark.parametrize(
    ("name", "shown"), [("cora", True), ("hana", True), ("dee", False), ("rex", False), ("sam", False), ("ada", False)]
)
def test_the_record_is_shown_to_those_who_may_read_it(
    cast: Cast, client_for: ClientFor, name: str, shown: bool
) -> None:
    page = client_for(getattr(cast, name)).get(reverse("home")).text
    assert ("Find an update" in page, "The record" in page) == (shown, shown)


def test_a_post_of_another_ward_has_no_number(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    assert client_for(cast.mel).get(reverse("find"), {"number": post.pk})["Location"] == reverse("home")


def test_an_author_finds_all_drafts_from_the_few_that_are_shown(cast: Cast, client_for: ClientFor) -> None:
    ada = client_for(cast.ada)
    for number in range(5):
        make_post(cast, text=f"Draft number {number}.")
        if number == 2:
            assert "All drafts" not in ada.get(reverse("home")).text
    assert f'{reverse("posts:index")}?state=draft">All drafts (5)' in ada.get(reverse("home")).text
    listed = ada.get(f"{reverse('posts:index')}?state=draft").text
    assert all(f"Draft number {number}." in listed for number in range(5))


@pytest.mark.parametrize("wide", ["force", "hackney", "homerton", "brent"])
def test_an_author_under_a_hold_reads_that_nothing_goes_out(
    cast: Cast, client_for: ClientFor, now: datetime, wide: str
) -> None:
    holds.open_hold(team=getattr(cast, wide), reason="A serious incident.", by=cast.dee, now=now)
    page = client_for(cast.ada).get(reverse("home")).text
    held = wide != "brent"
    assert ("A hold is on, so nothing goes out" in page) == held
    assert ("Tell residents one thing you did" in page) == (not held)


def test_a_person_with_two_appointments_sees_both_parts(cast: Cast, now: datetime) -> None:
    rights = places.rights_held(cast.ada) | places.rights_held(cast.sam)
    seen = home.read(cast.ada, rights, now)
    assert seen.author is not None and seen.administrator is not None


def test_who_has_no_appointment_learns_what_to_wait_for(db: None, client_for: ClientFor) -> None:
    page = client_for(User.objects.create_user("new")).get(reverse("home")).text
    assert "You have no appointment yet" in page


@pytest.mark.parametrize("name", ["ada", "con", "rex", "dee", "sam", "hana", "olu", "cora"])
def test_everybody_can_open_today(cast: Cast, client_for: ClientFor, name: str) -> None:
    make_post(cast, "in_review")
    assert client_for(getattr(cast, name)).get(reverse("home")).status_code == 200


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("ada", {"Today", "Write", "Posts", "Calendar", "Channels", "Numbers", "Training", "Policy"}),
        ("rex", {"Today", "Review", "Posts", "Calendar", "Channels", "Numbers", "Training", "Policy"}),
        ("dee", {"Today", "Review", "Posts", "Calendar", "Channels", "Numbers", "Hold", "Training", "Policy"}),
        ("sam", {"Today", "Channels", "Numbers", "Money", "Training", "Policy", "Sign-ins"}),
        ("cora", {"Today", "Posts", "Calendar", "Channels", "Numbers", "Record", "Training", "Policy"}),
    ],
)
def test_the_navigation_offers_only_where_one_may_go(
    cast: Cast, client_for: ClientFor, name: str, rights: set[str]
) -> None:
    answer = client_for(getattr(cast, name)).get(reverse("home"))
    assert {place["label"] for place in answer.context["places"]} == rights


def test_every_place_of_the_navigation_is_there(cast: Cast) -> None:
    assert all(reverse(place.url_name) for place in places.PLACES)
    known = set(get_resolver().reverse_dict) | {
        f"{space}:{name}" for space, (_, room) in get_resolver().namespace_dict.items() for name in room.reverse_dict
    }
    assert {page for place in places.PLACES for page in place.pages} <= known


def test_a_hold_stands_on_every_page_of_those_it_stops_from_the_first_moment(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    holds.open_hold(team=cast.hackney, reason="A serious incident.", by=cast.dee, now=now)
    words = "Hackney is on hold."
    assert words in client_for(cast.ada).get(reverse("posts:index")).text
    assert words not in client_for(cast.mel).get(reverse("posts:index")).text
    assert "What this means" in client_for(cast.dee).get(reverse("home")).text
    assert "See the holds" not in client_for(cast.ada).get(reverse("home")).text


def test_the_page_one_is_on_is_marked(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    client = client_for(cast.ada)
    for address, label in ((reverse("home"), "Today"), (reverse("posts:post", args=[post.pk]), "Posts")):
        marked = [place["label"] for place in client.get(address).context["places"] if place["here"]]
        assert marked == [label]


def fill(cast: Cast, number: int, now: datetime) -> None:
    for place in range(number):
        at = now + timedelta(minutes=10 + place)
        publish(make_post(cast, "approved", publish_at=at, text=f"Update number {place} from the ward."), cast.x, now)
        make_post(cast, "in_review", text=f"Question number {place} for the mentor.")


def test_today_costs_the_same_with_ten_posts_and_with_fifty(
    cast: Cast, client_for: ClientFor, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = reverse("home")
    clients = [client_for(person) for person in (cast.ada, cast.rex, cast.sam, cast.olu, cast.cora)]
    fill(cast, 5, now)
    costs = []
    for client in clients:
        client.get(page)
        with django_assert_max_num_queries(45) as few:
            client.get(page)
        costs.append(len(few))
    fill(cast, 20, now)
    for client, cost in zip(clients, costs, strict=True):
        with django_assert_max_num_queries(cost):
            client.get(page)


def test_shown_lists_are_short(cast: Cast, now: datetime) -> None:
    fill(cast, 12, now)
    author = today(cast.ada, now).author
    assert len(author.going_out) == duties.SHOWN and author.going_out_count == 12
