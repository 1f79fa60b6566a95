from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from policy import expiry, review
from policy.content import Severity
from policy.models import Submission, Verdict
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import Cast
from tests.factories import PLAIN, change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
PLATE = "The moped was AB12 CDE, seen near the park."


def typed(post: Post, text: str, **more: object) -> dict[str, object]:
    return {
        "post": post.pk,
        "channels": [target.channel_id for target in post.targets.all()],
        "same_text": "on",
        "text": text,
        "when": "asap",
        "send_within": 30,
        **more,
    }


def ask(client: Client, form: dict[str, object]) -> str:
    answer = client.post(reverse("policy:hints"), form, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


# ---- hints --------------------------------------------------------------------------------------


def test_hints_judge_the_words_as_typed_and_keep_nothing(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    page = ask(client_for(cast.ada), typed(post, PLATE))
    assert "AB12 CDE" in page
    assert "Must change" in page
    assert "rule VRM" in page
    assert 'data-status="1 thing to look at"' in page
    assert not Verdict.objects.exists()
    assert post.current.texts[str(cast.x.pk)] == PLAIN


def test_hints_show_three_and_say_how_many_more(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    texts = {
        f"text_{channel.pk}": f"{PLATE} Ring 07700 900123 or 07700 900456 or 07700 900789." for channel in (cast.x,)
    }
    form = typed(post, "", same_text="", **texts)
    page = ask(client_for(cast.ada), form)
    before, _, after = page.partition("more</span>")
    assert before.count('class="policy-finding ') == 3
    assert after.count('class="policy-finding ') >= 1


def test_hints_say_nothing_of_an_empty_page(cast: Cast, client_for: ClientFor) -> None:
    page = ask(client_for(cast.ada), typed(make_post(cast), " "))
    assert 'data-status=""' in page
    assert "policy-finding" not in page


def test_words_in_hints_are_escaped(cast: Cast, client_for: ClientFor) -> None:
    page = ask(client_for(cast.ada), typed(make_post(cast), '<script>alert("AB12 CDE")</script> AB12 CDE'))
    assert "<script" not in page


@pytest.mark.parametrize(("name", "status"), [("con", 200), ("tess", 200), ("rex", 403), ("cora", 403), ("mel", 404)])
def test_only_editors_of_the_post_get_hints(cast: Cast, client_for: ClientFor, name: str, status: int) -> None:
    form = typed(make_post(cast), PLAIN)
    assert client_for(getattr(cast, name)).post(reverse("policy:hints"), form).status_code == status


@pytest.mark.parametrize("post", ["", "0", "nonsense", "²", "999999999999", "9" * 30])
def test_hints_for_no_post_are_not_found(cast: Cast, client_for: ClientFor, post: str) -> None:
    assert client_for(cast.ada).post(reverse("policy:hints"), {"post": post}).status_code == 404


# ---- sending ------------------------------------------------------------------------------------


def seen(post: Post) -> dict[str, str]:
    """What the confirmation page sends along."""
    return {"fingerprint": fingerprint(post.current)}


def test_what_nobody_said_they_had_looked_at_is_not_sent(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    answer = client_for(cast.ada).post(reverse("policy:submit", args=[post.pk]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It did not say which words you had looked at." in page
    assert "Yes, send this" in page and seen(post)["fingerprint"] in page
    assert not Verdict.objects.exists()


def test_the_confirmation_shows_exactly_what_will_be_public(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, texts={cast.x.pk: "For X & all.", cast.page.pk: "For the Page."})
    page = client_for(cast.ada).get(reverse("policy:submit", args=[post.pk])).content.decode()
    assert "For X &amp; all." in page
    assert "For the Page." in page
    assert "Goes to a mentor" in page
    assert fingerprint(post.current) in page
    assert not Verdict.objects.exists()


def test_a_trusted_author_reads_that_it_goes_out_without_review(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, author=cast.tess, publish_at=timezone.now() + timedelta(hours=5), now=timezone.now())
    page = client_for(cast.tess).get(reverse("policy:submit", args=[post.pk])).content.decode()
    assert "Will go out" in page
    assert "without review" in page


def test_sending_moves_the_post_and_says_to_whom(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    answer = client_for(cast.ada).post(reverse("policy:submit", args=[post.pk]), seen(post), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("posts:post", args=[post.pk])
    assert "Sent to a mentor" in answer.content.decode()
    assert submission_of(post).by == cast.ada


def test_a_refusal_is_told_and_kept(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    post = make_post(cast)
    answer = client_for(cast.ada).post(reverse("policy:submit", args=[post.pk]), seen(post))
    assert answer.status_code == 422
    assert "A test finding." in answer.content.decode()
    assert Verdict.objects.get().needs == "change"
    assert Post.objects.get(pk=post.pk).state == Post.State.DRAFT


def test_what_must_change_cannot_be_sent_from_the_page(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(Severity.BLOCK_A)
    page = client_for(cast.ada).get(reverse("policy:submit", args=[make_post(cast).pk])).content.decode()
    assert "Yes, send this" not in page
    assert "Cannot be published" in page


def test_an_empty_update_is_not_sent(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, text=" ")
    answer = client_for(cast.ada).post(reverse("policy:submit", args=[post.pk]), seen(post))
    assert answer.status_code == 422
    assert "Write something for every channel" in answer.content.decode()


def test_sending_what_a_colleague_changed_meanwhile_is_a_conflict(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast)
    before = seen(post)
    change_text(post, "A colleague was here.", by=cast.tess)
    answer = client_for(cast.ada).post(reverse("policy:submit", args=[post.pk]), before)
    assert answer.status_code == 409
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("ada", 200), ("con", 403), ("rex", 403), ("cora", 403), ("mel", 404)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_send(cast: Cast, client_for: ClientFor, name: str, status: int, method: str) -> None:
    post = make_post(cast)
    address = reverse("policy:submit", args=[post.pk])
    answer = getattr(client_for(getattr(cast, name)), method)(address, seen(post), follow=True)
    assert answer.status_code == status


def test_a_post_that_was_sent_already_leads_to_its_page(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review")
    client = client_for(cast.ada)
    assert client.get(reverse("policy:submit", args=[post.pk])).url == reverse("posts:post", args=[post.pk])
    assert client.post(reverse("policy:submit", args=[post.pk]), seen(post)).status_code == 409


# ---- taking back and the story --------------------------------------------------------------------


def test_taking_back_is_confirmed_first(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, "approved")
    client, address = client_for(cast.ada), reverse("policy:withdraw", args=[post.pk])
    assert "Take this update back?" in client.get(address).content.decode()
    assert Post.objects.get(pk=post.pk).state == Post.State.APPROVED
    client.post(address)
    assert Post.objects.get(pk=post.pk).state == Post.State.DRAFT


@pytest.mark.parametrize(("name", "status"), [("mel", 404), ("rex", 403), ("olu", 404), ("sam", 404)])
def test_who_may_not_take_back(cast: Cast, client_for: ClientFor, name: str, status: int) -> None:
    post = make_post(cast, "approved")
    answer = client_for(getattr(cast, name)).post(reverse("policy:withdraw", args=[post.pk]))
    assert answer.status_code == status
    assert Post.objects.get(pk=post.pk).state == Post.State.APPROVED


@pytest.mark.parametrize(("state", "may"), [("in_review", True), ("approved", False)])
def test_a_contributor_takes_back_what_waits_and_not_what_is_approved(
    cast: Cast, client_for: ClientFor, state: str, may: bool
) -> None:
    post = make_post(cast, state)
    client, address = client_for(cast.con), reverse("policy:withdraw", args=[post.pk])
    assert (address in client.get(reverse("posts:post", args=[post.pk])).content.decode()) is may
    for answer in (client.get(address), client.get(reverse("posts:compose", args=[post.pk]))):
        assert answer.status_code == (200 if may else 403)
        assert ("This update is approved, so only" in answer.content.decode()) is not may
    assert client.post(address).status_code == (302 if may else 403)
    assert Post.objects.get(pk=post.pk).state == ("draft" if may else "approved")


def test_the_story_tells_verdicts_and_reviews_in_order(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="tone", note="Warmer, please.", by=cast.rex, now=now
    )
    change_text(post, "Warmer words.", by=cast.ada, now=now)
    review.submit(post=post, by=cast.ada, now=now + timedelta(minutes=1))
    page = client_for(cast.ada).get(reverse("policy:story", args=[post.pk])).content.decode()
    assert page.index("Checked when sent") < page.index("Sent back, tone") < page.rindex("Checked when sent")
    assert "Warmer, please." in page
    assert Verdict.objects.first().rules_version in page


def test_the_story_tells_the_same_answer_for_every_channel_once(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    post = make_post(cast, "approved")
    for _ in range(2):
        review.judge_again(version=post.current, moment=Verdict.Moment.CLAIM, now=now)
    page = client_for(cast.ada).get(reverse("policy:story", args=[post.pk])).content.decode()
    assert page.count("Checked again at its minute") == 1


def test_the_story_says_why_a_post_came_back(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, "in_review", publish_at=now + timedelta(hours=1))
    expiry.expire(now=now + timedelta(hours=2))
    page = client_for(cast.ada).get(reverse("policy:story", args=[post.pk])).content.decode()
    assert "Its time passed before it was approved: choose a new time." in page


def test_the_writing_page_shows_what_came_back_until_it_is_sent_again(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    post = make_post(cast, "in_review")
    client, address = client_for(cast.ada), reverse("policy:note", args=[post.pk])
    assert client.get(address, headers={"HX-Request": "true"}).content.strip() == b""
    seen = submission_of(post)
    review.send_back(
        submission=seen, fingerprint=seen.fingerprint, reason="tone", note="Warmer, please.", by=cast.rex, now=now
    )
    assert "Warmer, please." in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert client_for(cast.mel).get(address).status_code == 404
    assert address in client.get(reverse("posts:compose", args=[post.pk])).content.decode()


@pytest.mark.parametrize(("name", "status"), [("ada", 200), ("rex", 200), ("cora", 200), ("mel", 404), ("sam", 404)])
def test_who_reads_the_story(cast: Cast, client_for: ClientFor, name: str, status: int) -> None:
    post = make_post(cast, "approved")
    assert client_for(getattr(cast, name)).get(reverse("policy:story", args=[post.pk])).status_code == status
