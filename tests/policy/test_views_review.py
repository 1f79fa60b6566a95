from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from policy import calibrating, check, comments, holds, review
from policy.check import Judgement
from policy.content import Content, Context, Finding, Severity, Span
from policy.gate import Answer
from policy.law import DELIVERED, Law
from policy.models import Review, Submission
from posts.models import Post
from tests.conftest import Cast
from tests.factories import PLAIN, change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def page_of(client: Client, submission: Submission) -> str:
    answer = client.get(reverse("policy:review", args=[submission.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def decide(client: Client, verb: str, submission: Submission, **more: str) -> int:
    form = {"fingerprint": submission.fingerprint, **more}
    return client.post(reverse(f"policy:{verb}", args=[submission.pk]), form).status_code


# ---- the queue ----------------------------------------------------------------------------------


def test_the_queue_puts_risk_before_age(cast: Cast, client_for: ClientFor, now: datetime, ruling: Ruling) -> None:
    made = {}
    plan = (("old", None), ("middling", Severity.ADVISE), ("young", Severity.DMC))
    for minutes, (name, severity) in enumerate(plan):
        ruling(severity)
        made[name] = make_post(cast, text=f"The {name} one.", now=now + timedelta(minutes=minutes))
        review.submit(post=made[name], by=cast.ada, now=now + timedelta(minutes=minutes))
    page = client_for(cast.dee).get(reverse("policy:queue")).content.decode()
    assert page.index("The young one.") < page.index("The middling one.") < page.index("The old one.")
    assert "3 updates are waiting for you" in page


def test_a_mentor_sees_neither_the_dmcs_items_nor_another_boroughs(
    cast: Cast, client_for: ClientFor, now: datetime, ruling: Ruling
) -> None:
    make_post(cast, "in_review", text="For the mentor.")
    ruling(Severity.DMC)
    make_post(cast, "in_review", text="For the DMC.")
    make_post(cast, "in_review", author=cast.mel, channels=[cast.kilburn_x], text="From Kilburn.")
    mentor = client_for(cast.rex).get(reverse("policy:queue")).content.decode()
    assert ("For the mentor." in mentor, "For the DMC." in mentor, "From Kilburn." in mentor) == (True, False, False)
    dmc = client_for(cast.dee).get(reverse("policy:queue")).content.decode()
    assert all(words in dmc for words in ("For the mentor.", "For the DMC.", "From Kilburn."))


def test_what_was_changed_after_sending_leaves_the_queue(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review", text="Soon different.")
    change_text(post, "Different.", by=cast.ada)
    page = client_for(cast.rex).get(reverse("policy:queue")).content.decode()
    assert "Nothing is waiting for you" in page


def test_people_without_the_right_have_an_empty_queue(cast: Cast, client_for: ClientFor) -> None:
    make_post(cast, "in_review", text="Only for reviewers.")
    for person in (cast.ada, cast.sam, cast.olu, cast.cora, cast.mel):
        page = client_for(person).get(reverse("policy:queue")).content.decode()
        assert "Only for reviewers." not in page


def test_the_queue_costs_the_same_however_long_it_is(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.dee)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("policy:queue"))
        return len(asked)

    make_post(cast, "in_review")
    cost()  # the first request of all also fills what the process remembers
    assert cost() == 14
    for _ in range(4):
        make_post(cast, "in_review")
        decided = make_post(cast, "approved")
        calibrating.ask(Review.objects.get(submission__post=decided), now=timezone.now())
    assert cost() == 14


# ---- one post -----------------------------------------------------------------------------------


@pytest.fixture
def forty(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the check finds forty things in every text: thirteen for the DMC, the others worth a look."""

    def judge(content: Content, context: Context, law: Law = DELIVERED) -> Judgement:
        found = []
        for place in range(40):
            severity = Severity.DMC if place < 13 else Severity.ADVISE
            spans = tuple(Span(one.channel, place, place + 9, one.text[place : place + 9]) for one in content.texts)
            found.append(Finding(f"T{place}", severity, f"Finding number {place}.", "A test.", spans))
        return Judgement(Severity.DMC, tuple(found), "test", Answer(True, 0.9))

    monkeypatch.setattr(check, "judge", judge)


def long_walk(cast: Cast, now: datetime) -> Submission:
    """A post that was commented on and sent back three times, with forty findings each time."""
    post = make_post(cast, "in_review")
    for number in range(3):
        waiting = submission_of(post)
        seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "now": now}
        for quote in ("residents", "library", "biscuits"):
            comments.say(**seen, channel=cast.x.pk, quote=quote, words="Say more.", by=cast.hana)
        review.send_back(**seen, reason="tone", note="Warmer.", by=cast.hana)
        change_text(post, f"{PLAIN} Take {number}.", by=cast.ada, now=now)
        review.submit(post=post, by=cast.ada, now=now)
    return submission_of(post)


def test_the_page_costs_the_same_whatever_was_found_said_and_changed(
    cast: Cast, client_for: ClientFor, now: datetime, forty: None
) -> None:
    client = client_for(cast.dee)

    def cost(submission: Submission) -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(client, submission)
        return len(asked)

    walked = long_walk(cast, now)
    cost(walked)  # the first request of all also fills what the process remembers
    before = cost(walked)
    assert before <= 38
    for number in range(3):
        submission = long_walk(cast, now + timedelta(hours=number))
    assert cost(submission) == before


def test_forty_findings_bury_nothing(cast: Cast, client_for: ClientFor, now: datetime, forty: None) -> None:
    page = page_of(client_for(cast.dee), long_walk(cast, now))
    assert "What the rules found (40)" in page
    assert "34 more (the DMC decides: 7, worth a look: 27)" in page
    places = [page.index(f'message">Finding number {number}.') for number in (5, 6, 39)]
    assert places[0] < page.index("34 more") < places[1] < places[2]


def test_findings_are_marked_in_the_text_by_code_points(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(Severity.ADVISE)
    post = make_post(cast, "in_review", text="🚓👮🏽 <b>early</b> this morning", channels=[cast.page])
    page = page_of(client_for(cast.rex), submission_of(post))
    assert '<mark title="TEST: A test finding.">🚓👮🏽</mark>' in page
    assert "<b>early" not in page


def test_the_review_shows_what_changed_in_words(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, "in_review", text="We had tea with the residents.")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="legal", note="Not yet.", by=cast.dee, now=now
    )
    change_text(post, "We had coffee with the residents.", by=cast.ada)
    review.submit(post=post, by=cast.ada, now=now)
    page = page_of(client_for(cast.rex), submission_of(post))
    assert "What changed since version 1" in page
    assert "added: " in page
    assert "taken out: " in page
    assert "Not yet." in page


def test_the_last_three_notes_to_this_author_stand_beside(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    for number in range(4):
        waiting = submission_of(make_post(cast, "in_review"))
        review.send_back(
            submission=waiting,
            fingerprint=waiting.fingerprint,
            reason="tone",
            note=f"Note number {number}.",
            by=cast.rex,
            now=now,
        )
    page = page_of(client_for(cast.dee), submission_of(make_post(cast, "in_review")))
    assert [f"Note number {number}." in page for number in range(4)] == [False, True, True, True]


def test_notes_on_posts_a_reviewer_may_not_see_stay_there(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    cast.mel.appointments.update(stage="probation")
    elsewhere = submission_of(make_post(cast, "in_review", author=cast.mel, channels=[cast.kilburn_x]))
    review.send_back(
        submission=elsewhere,
        fingerprint=elsewhere.fingerprint,
        reason="tone",
        note="A Brent matter.",
        by=cast.dee,
        now=now,
    )
    post = make_post(cast, "in_review")
    Post.objects.filter(pk=post.pk).update(author=cast.mel)
    assert "A Brent matter." not in page_of(client_for(cast.rex), submission_of(post))


@pytest.mark.parametrize(
    ("name", "status"),
    [("rex", 200), ("dee", 200), ("hana", 200), ("ada", 403), ("tess", 403), ("cora", 403), ("mel", 404)],
)
def test_who_opens_a_review(cast: Cast, client_for: ClientFor, name: str, status: int) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    answer = client_for(getattr(cast, name)).get(reverse("policy:review", args=[waiting.pk]))
    assert answer.status_code == status


@pytest.mark.parametrize(("name", "status"), [("ada", 403), ("cora", 403), ("mel", 404), ("sam", 404), ("olu", 404)])
@pytest.mark.parametrize("verb", ["approve", "send_back", "refer"])
def test_who_may_not_decide(cast: Cast, client_for: ClientFor, name: str, status: int, verb: str) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    assert decide(client_for(getattr(cast, name)), verb, waiting, reason="tone", note="No.") == status
    assert not Review.objects.exists()


def test_approving_leads_to_the_next_one(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    first = submission_of(make_post(cast, "in_review", now=now))
    second = submission_of(make_post(cast, "in_review", now=now + timedelta(minutes=1)))
    client = client_for(cast.rex)
    form = {"fingerprint": first.fingerprint}
    assert client.post(reverse("policy:approve", args=[first.pk]), form).url == reverse(
        "policy:review", args=[second.pk]
    )
    form = {"fingerprint": second.fingerprint}
    assert client.post(reverse("policy:approve", args=[second.pk]), form).url == reverse("policy:queue")
    assert set(Post.objects.values_list("state", flat=True)) == {Post.State.APPROVED}


def test_a_stale_page_decides_nothing(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    change_text(post, "Changed under the reviewer's eyes.", by=cast.ada)
    assert decide(client_for(cast.rex), "approve", waiting) == 409
    assert not Review.objects.exists()


def test_the_second_of_two_reviewers_gets_a_conflict(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    assert decide(client_for(cast.rex), "approve", waiting) == 302
    assert decide(client_for(cast.dee), "send_back", waiting, reason="tone", note="No.") == 409
    assert Review.objects.get().decision == Review.Decision.APPROVE


@pytest.mark.parametrize(
    ("reason", "note", "words"),
    [
        ("", "Warmer, please.", "Choose a reason."),
        ("tone", "", "Say in a sentence"),
        ("tone", "The facts are right. To sound like you on a calm day, please ", "Finish the sentence"),
    ],
)
def test_sending_back_without_coaching_asks_again(
    cast: Cast, client_for: ClientFor, reason: str, note: str, words: str
) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    form = {"fingerprint": waiting.fingerprint, "reason": reason, "note": note}
    answer = client_for(cast.rex).post(reverse("policy:send_back", args=[waiting.pk]), form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Review.objects.exists()


def test_a_decided_page_says_so_and_offers_no_button(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    client = client_for(cast.rex)
    decide(client, "approve", waiting)
    page = page_of(client, waiting)
    assert "This no longer waits." in page
    assert reverse("policy:approve", args=[waiting.pk]) not in page


def test_what_was_referred_is_out_of_the_mentors_hands(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    client = client_for(cast.rex)
    assert decide(client, "refer", waiting, note="Is this case live?") == 302
    assert reverse("policy:approve", args=[waiting.pk]) not in page_of(client, waiting)
    assert "Is this case live?" in page_of(client_for(cast.dee), waiting)


def test_decisions_are_made_by_post_only(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    for verb in ("approve", "send_back", "refer"):
        assert client_for(cast.rex).get(reverse(f"policy:{verb}", args=[waiting.pk])).status_code == 405


def test_a_review_costs_the_same_however_much_waits(cast: Cast, client_for: ClientFor) -> None:
    waiting, client = submission_of(make_post(cast, "in_review")), client_for(cast.rex)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(client, waiting)
        return len(asked)

    page_of(client, waiting)
    alone = cost()
    for _ in range(4):
        make_post(cast, "in_review")
    assert cost() == alone <= 48


# ---- holds --------------------------------------------------------------------------------------


def test_a_hold_is_opened_and_released_by_two(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    dee, hana = client_for(cast.dee), client_for(cast.hana)
    form = {"team": cast.hackney.pk, "level": 2, "reason": "Incident at the market."}
    assert dee.post(reverse("policy:holds"), form).status_code == 302
    hold = holds.in_force(cast.homerton, now=now + timedelta(days=3650))
    assert hold is not None
    assert dee.post(reverse("policy:ask_release", args=[hold.pk])).status_code == 302
    assert dee.post(reverse("policy:release", args=[hold.pk])).status_code == 403
    assert "Dee Marlowe asks to release it" in hana.get(reverse("policy:holds")).content.decode()
    assert hana.post(reverse("policy:release", args=[hold.pk])).status_code == 302
    assert holds.in_force(cast.homerton, now=now + timedelta(days=3650)) is None


def test_a_hold_without_a_reason_is_asked_again(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.dee).post(reverse("policy:holds"), {"team": "", "reason": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert "Choose what should stop." in answer.content.decode()


def test_the_whole_force_is_stopped_by_choosing_it(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    form = {"team": cast.force.pk, "level": 2, "reason": "A major incident in the city."}
    assert client_for(cast.dee).post(reverse("policy:holds"), form).status_code == 302
    held = holds.in_force(cast.kilburn, now=now + timedelta(days=3650))
    assert held is not None and held.team is None


@pytest.mark.parametrize("name", ["ada", "rex", "sam", "olu", "cora"])
def test_only_the_dmc_sees_the_holds_page(cast: Cast, client_for: ClientFor, name: str) -> None:
    assert client_for(getattr(cast, name)).get(reverse("policy:holds")).status_code == 403


def test_the_bar_shows_what_concerns_a_persons_teams(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    holds.open_hold(team=cast.hackney, reason="Incident at the market.", by=cast.dee, now=now)
    for person, shown in ((cast.ada, True), (cast.rex, True), (cast.sam, True), (cast.mel, False)):
        page = client_for(person).get(reverse("policy:banner")).content.decode()
        assert ("Incident at the market." in page) is shown, person


# ---- signed out ---------------------------------------------------------------------------------


def test_nobody_signed_out_sees_anything(cast: Cast, client: Client) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    for name, arguments in (
        ("queue", []),
        ("review", [waiting.pk]),
        ("submit", [waiting.post_id]),
        ("withdraw", [waiting.post_id]),
        ("story", [waiting.post_id]),
        ("holds", []),
        ("banner", []),
    ):
        answer = client.get(reverse(f"policy:{name}", args=arguments))
        assert answer.status_code == 302
        assert reverse("account_login") in answer.url


def test_an_answer_that_is_not_complete_stays_in_the_review_queue(cast: Cast, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    client = client_for(cast.rex)
    assert "Review queue, 1 of 1 waiting" in client.get(reverse("policy:review", args=[waiting.pk])).content.decode()
    wrong = client.post(reverse("policy:send_back", args=[waiting.pk]), {"fingerprint": waiting.fingerprint})
    assert wrong.status_code == 422
    marked = [place["label"] for place in wrong.context["places"] if place["here"]]
    assert marked == ["Review"]
