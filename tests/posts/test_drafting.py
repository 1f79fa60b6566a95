from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.errors import Conflict
from accounts.models import AuditEntry, Channel
from posts.drafting import Overtaken, copy, draft, revise, seal
from posts.models import Post
from posts.versions import write
from posts.wording import of
from tests.conftest import Cast

Revise = Callable[..., Post]


@pytest.fixture
def post(cast: Cast, now: datetime) -> Post:
    return draft(channels=[cast.x], texts={cast.x.pk: "Bike marking on Saturday."}, by=cast.ada, now=now)


@pytest.fixture
def save(cast: Cast, now: datetime) -> Revise:
    """Save as somebody, with everything left as it is but what is named."""

    def saved(post: Post, text: str | None = None, **changes: Any) -> Post:
        current = post.current
        assert current is not None
        channels = changes.pop("channels", None) or [target.channel for target in post.targets.all()]
        texts = {channel.pk: current.text_for(channel) if text is None else text for channel in channels}
        given_ = {
            "revision": post.revision,
            "texts": texts,
            "alts": {},
            "publish_at": current.publish_at,
            "send_within": current.send_within,
            "by": cast.ada,
            "now": now,
            **changes,
        }
        return revise(post=post, channels=channels, **given_)

    return saved


def text_of(post: Post) -> str:
    post.refresh_from_db()
    assert post.current is not None
    return next(iter(post.current.texts.values()))


def test_a_draft_belongs_to_its_author_and_team(post: Post, cast: Cast) -> None:
    assert (post.state, post.author, post.team) == (Post.State.DRAFT, cast.ada, cast.homerton)
    assert text_of(post) == "Bike marking on Saturday."
    assert AuditEntry.objects.filter(action="post.drafted", by=cast.ada).count() == 1


def test_the_text_is_kept_in_the_form_in_which_it_is_sent(cast: Cast, now: datetime) -> None:
    post = draft(channels=[cast.x], texts={cast.x.pk: " Cafe\u0301\r\nat 3 \n"}, by=cast.ada, now=now)
    assert text_of(post) == "Café\nat 3"


def test_nobody_drafts_for_a_channel_they_may_not_write_for(cast: Cast, now: datetime) -> None:
    for person in (cast.mel, cast.rex, cast.sam, cast.olu, cast.cora):
        with pytest.raises(PermissionDenied):
            draft(channels=[cast.x], texts={cast.x.pk: "Hello"}, by=person, now=now)
    assert not Post.objects.exists()


def test_a_post_speaks_for_one_team_only(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="one team"):
        draft(channels=[cast.x, cast.kilburn_x], texts={}, by=cast.ada, now=now)
    with pytest.raises(ValidationError, match="at least one"):
        draft(channels=[], texts={}, by=cast.ada, now=now)


def test_a_closed_channel_takes_no_draft(cast: Cast, now: datetime) -> None:
    cast.x.state = Channel.State.CLOSED
    with pytest.raises(ValidationError, match="closed"):
        draft(channels=[cast.x], texts={cast.x.pk: "Hello"}, by=cast.ada, now=now)


def test_a_time_that_has_passed_is_refused_and_never_means_now(cast: Cast, post: Post, save: Revise, now) -> None:
    with pytest.raises(ValidationError, match="passed"):
        draft(channels=[cast.x], texts={}, publish_at=now, by=cast.ada, now=now)
    with pytest.raises(ValidationError, match="passed"):
        save(post, publish_at=now - timedelta(minutes=1))
    post.refresh_from_db()
    assert post.current.publish_at is None and post.revision == 0


def test_words_can_be_mended_after_their_time_has_passed(cast: Cast, save: Revise, now: datetime) -> None:
    soon = now + timedelta(minutes=5)
    post = draft(channels=[cast.x], texts={cast.x.pk: "Soon"}, publish_at=soon, by=cast.ada, now=now)
    later = now + timedelta(hours=1)
    save(post, "Soon, still", now=later)
    assert text_of(post) == "Soon, still"
    with pytest.raises(ValidationError, match="passed"):
        seal(post=post, now=later)


def test_saving_again_keeps_one_version_up_to_date(post: Post, save: Revise) -> None:
    save(save(post, "Bike marking on Sunday."), "Bike marking on Sunday, 2pm.")
    assert text_of(post) == "Bike marking on Sunday, 2pm."
    assert post.revision == 2 and post.versions.count() == 1


def test_saving_what_already_stands_changes_nothing(post: Post, save: Revise, now: datetime) -> None:
    seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    save(post, " Bike marking on Saturday.\r\n", revision=0)
    assert post.state == Post.State.IN_REVIEW
    assert post.versions.count() == 1


def test_a_colleagues_edit_is_a_version_of_its_own_with_both_names(post: Post, save: Revise, cast: Cast) -> None:
    save(post, "Bike marking on Saturday at the library.", by=cast.con)
    assert [(v.made_by, v.aside) for v in post.versions.all()] == [(cast.ada, False), (cast.con, False)]
    assert post.author == cast.ada


def test_nobody_of_another_team_edits_it(post: Post, save: Revise, cast: Cast) -> None:
    for person in (cast.mel, cast.rex, cast.dee):
        with pytest.raises(PermissionDenied):
            save(post, "Mine now", by=person)
    with pytest.raises(PermissionDenied):
        save(post, "Mine now", by=cast.mel, channels=[cast.kilburn_x])
    assert text_of(post) == "Bike marking on Saturday."


def test_of_two_who_save_at_once_neither_loses_a_word(post: Post, save: Revise, cast: Cast) -> None:
    save(post, "Con was first.", revision=0, by=cast.con)
    with pytest.raises(Overtaken, match="PC Con Meredith saved first") as late:
        save(post, "Ada came second.", revision=0)
    assert text_of(post) == "Con was first."
    assert set(late.value.theirs.texts.values()) == {"Con was first."}
    assert set(late.value.mine.texts.values()) == {"Ada came second."}
    assert late.value.mine.aside and late.value.mine.made_by == cast.ada


def test_pressing_save_again_with_the_same_late_words_keeps_them_once(post: Post, save: Revise, cast: Cast) -> None:
    save(post, "Con was first.", revision=0, by=cast.con)
    for _ in range(3):
        with pytest.raises(Overtaken):
            save(post, "Ada came second.", revision=0)
    assert post.versions.filter(aside=True).count() == 1


@pytest.mark.parametrize("second", ["ada", "con"])
def test_keep_mine_leaves_theirs_in_the_history(post: Post, save: Revise, cast: Cast, second: str) -> None:
    person = getattr(cast, second)
    save(post, "First window.", revision=0)
    with pytest.raises(Overtaken):
        save(post, "Second window.", revision=0, by=person)
    post.refresh_from_db()
    save(post, "Second window.", by=person)
    assert text_of(post) == "Second window."
    assert "First window." in [next(iter(v.texts.values())) for v in post.versions.all()]


def test_the_same_words_from_two_people_are_no_conflict(post: Post, save: Revise, cast: Cast) -> None:
    save(post, "Agreed.", revision=0, by=cast.con)
    save(post, "Agreed.", revision=0)
    assert not post.versions.filter(aside=True).exists()


def test_an_edit_after_submission_voids_it_with_a_new_version(post: Post, save: Revise, now: datetime) -> None:
    for state in (Post.State.IN_REVIEW, Post.State.APPROVED):
        sealed = seal(post=post, now=now)
        post.enter(state)
        save(post, f"Changed while {state}.")
        assert post.state == Post.State.DRAFT
        assert post.current.number > sealed.number and post.current.sealed_at is None


def test_who_may_write_but_not_send_changes_what_waits_and_not_what_is_approved(
    post: Post, save: Revise, cast: Cast, now: datetime
) -> None:
    seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    post.refresh_from_db()
    save(post, "Changed while it waits.", by=cast.con)
    sealed = seal(post=post, now=now)
    post.enter(Post.State.APPROVED)
    post.refresh_from_db()
    with pytest.raises(PermissionDenied, match="This update is approved"):
        save(post, "Changed by somebody who cannot send.", by=cast.con)
    post.refresh_from_db()
    assert (post.state, post.current) == (Post.State.APPROVED, sealed)


def test_late_words_of_somebody_who_cannot_send_are_kept_beside_what_was_approved(
    post: Post, save: Revise, cast: Cast, now: datetime
) -> None:
    seal(post=post, now=now)
    post.enter(Post.State.APPROVED)
    with pytest.raises(Overtaken):
        save(post, "Typed while it was approved.", revision=0, by=cast.con)
    post.refresh_from_db()
    assert post.state == Post.State.APPROVED
    assert list(post.versions.get(aside=True).texts.values()) == ["Typed while it was approved."]


@pytest.mark.parametrize("state", [Post.State.RELEASED, Post.State.SENT])
def test_what_is_on_its_way_is_never_changed_and_late_words_are_kept(
    post: Post, save: Revise, now: datetime, state: str
) -> None:
    sealed = seal(post=post, now=now)
    for step in (Post.State.APPROVED, Post.State.RELEASED, Post.State.SENT):
        post.enter(step)
        if step == state:
            break
    with pytest.raises(Overtaken, match="already on its way"):
        save(post, "Too late.")
    post.refresh_from_db()
    assert (post.state, post.current) == (state, sealed)
    assert list(post.versions.get(aside=True).texts.values()) == ["Too late."]


def test_sealing_writes_the_fingerprint_once(post: Post, now: datetime) -> None:
    sealed = seal(post=post, now=now)
    again = seal(post=post, now=now + timedelta(minutes=1))
    assert len(sealed.fingerprint) == 64
    assert (again.pk, again.fingerprint, again.sealed_at) == (sealed.pk, sealed.fingerprint, now)


def test_a_page_left_open_cannot_pull_a_sealed_post_back(post: Post, save: Revise, now: datetime) -> None:
    before = post.revision
    seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    with pytest.raises(Overtaken):
        save(post, "From a tab left open.", revision=before)
    post.refresh_from_db()
    assert post.state == Post.State.IN_REVIEW


def test_a_sealed_version_refuses_new_words(post: Post, now: datetime) -> None:
    sealed = seal(post=post, now=now)
    with pytest.raises(Conflict):
        write(sealed, of(sealed), now=now)


def test_an_empty_post_cannot_be_sealed(cast: Cast, now: datetime) -> None:
    post = draft(channels=[cast.x, cast.page], texts={cast.x.pk: "Only on X"}, by=cast.ada, now=now)
    with pytest.raises(ValidationError, match="every channel"):
        seal(post=post, now=now)


@pytest.mark.parametrize("text", ["\u3164", "\u2800\u2800", "\u115f\u1160", "\u200b", "\u2060\ufe0f"])
def test_a_post_that_nobody_could_see_cannot_be_sealed(cast: Cast, now: datetime, text: str) -> None:
    post = draft(channels=[cast.x], texts={cast.x.pk: text}, by=cast.ada, now=now)
    with pytest.raises(ValidationError, match="Write something"):
        seal(post=post, now=now)


def test_a_copy_is_a_new_draft_without_a_time(cast: Cast, save: Revise, now: datetime) -> None:
    later = now + timedelta(hours=1)
    post = draft(channels=[cast.x], texts={cast.x.pk: "Every week"}, publish_at=later, by=cast.ada, now=now)
    made = copy(post=post, by=cast.con, now=now)
    assert (made.author, made.copied_from, made.state) == (cast.con, post, Post.State.DRAFT)
    assert text_of(made) == "Every week" and made.current.publish_at is None
    with pytest.raises(PermissionDenied):
        copy(post=post, by=cast.rex, now=now)


def test_a_channel_can_be_added_and_left_out(post: Post, save: Revise, cast: Cast) -> None:
    save(post, "For both.", channels=[cast.x, cast.page])
    assert {target.channel for target in post.targets.all()} == {cast.x, cast.page}
    save(post, "For one.", channels=[cast.page])
    assert set(post.current.texts) == {str(cast.page.pk)}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["ada", "con"]), st.booleans(), st.text("abc", max_size=3)), max_size=10))
def test_no_word_that_was_saved_is_ever_lost(
    cast: Cast, save: Revise, now: datetime, steps: list[tuple[str, bool, str]]
) -> None:
    """Whoever saves, early or late: words replaced by another person's, or late, stand in some version."""
    post = draft(channels=[cast.x], texts={cast.x.pk: ""}, by=cast.ada, now=now)
    known, last = {"ada": post.revision, "con": post.revision}, ("ada", "")
    for who, fresh, text in steps:
        before = post.revision
        revision = before if fresh else known[who]
        try:
            save(post, text, revision=revision, by=getattr(cast, who))
            overtaken = False
        except Overtaken:
            overtaken = True
        post.refresh_from_db()
        said = [next(iter(version.texts.values())) for version in post.versions.all()]
        assert text in said
        if overtaken or last[0] != who:
            assert last[1] in said
        if not overtaken:
            known[who] = post.revision
        if post.revision > before:  # not by saving what stood already: that is nobody's change
            last = (who, text)
    numbers = list(post.versions.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
