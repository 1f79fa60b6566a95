from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isnan

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from accounts.errors import Conflict
from accounts.models import User
from policy import agreement, appeals, calibrating, kappa, review
from policy.content import Severity
from policy.models import Override, Review, SecondLook
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post, submission_of
from tests.policy.conftest import Ruling

ClientFor = Callable[[User], Client]
counts = st.integers(0, 60)


# ---- the figure ---------------------------------------------------------------------------------


@given(
    st.integers(2, 4).flatmap(
        lambda size: st.lists(st.lists(counts, min_size=size, max_size=size), min_size=size, max_size=size)
    )
)
def test_kappa_and_its_interval_are_those_of_statsmodels_and_scikit_learn(table: list[list[int]]) -> None:
    found = kappa.of(table, fewest=1)
    if found.value is None or found.low is None or found.high is None:
        shares = np.array(table) / max(sum(map(sum, table)), 1)
        assert not shares.any() or (shares.sum(0) * shares.sum(1)).sum() > 1 - 1e-9
        return
    theirs = cohens_kappa(np.array(table))
    assert found.value == pytest.approx(theirs.kappa, abs=1e-9)
    first = [row for row, cells in enumerate(table) for count in cells for _ in range(count)]
    second = [column for cells in table for column, count in enumerate(cells) for _ in range(count)]
    assert found.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)
    spread = theirs.std_kappa
    if not isnan(spread):
        low, high = theirs.kappa - 1.959964 * spread, theirs.kappa + 1.959964 * spread
        assert (found.low, found.high) == pytest.approx((max(-1.0, low), min(1.0, high)), abs=1e-5)


def test_kappa_of_a_published_table() -> None:
    """Fleiss, Statistical Methods for Rates and Proportions, 1981, chapter 13: 100 patients, kappa 0.68, s.e. 0.087."""
    found = kappa.of([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert found.value == pytest.approx(0.676, abs=0.001)
    assert found.low == pytest.approx(0.676 - 1.96 * 0.088, abs=0.002)


@pytest.mark.parametrize(
    ("table", "said"),
    [([[20, 2], [3, 4]], "Not enough to say: 29 of the 30"), ([[40, 0], [0, 0]], "nearly all answers are alike")],
)
def test_what_cannot_be_said_is_not_said(table: list[list[int]], said: str) -> None:
    found = kappa.of(table)
    assert found.value is None and said in found.words


# ---- what is drawn, and by whom it is judged ----------------------------------------------------


@pytest.fixture
def every(settings: object) -> None:
    settings.SECOND_LOOKS = 1.0  # type: ignore[attr-defined]


def decided(cast: Cast, now: datetime, *, by: User) -> SecondLook:
    waiting = submission_of(make_post(cast, "in_review"))
    said = {"reason": "tone", "note": "A secret of the first."}
    review.send_back(submission=waiting, fingerprint=waiting.fingerprint, **said, by=by, now=now)
    return SecondLook.objects.get(review__submission=waiting)


def test_about_a_twentieth_is_drawn_and_always_the_same(settings: object) -> None:
    drawn = [pk for pk in range(1, 20_001) if calibrating.is_drawn(Review(pk=pk))]
    assert 0.045 < len(drawn) / 20_000 < 0.055
    assert all(calibrating.is_drawn(Review(pk=pk)) for pk in drawn[:50])
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert not all(calibrating.is_drawn(Review(pk=pk)) for pk in drawn[:50])


@pytest.mark.django_db
def test_somebody_who_had_nothing_to_do_with_it_judges_and_nothing_changes_for_the_update(
    cast: Cast, now: datetime, every: None
) -> None:
    look = decided(cast, now, by=cast.rex)
    for user in (cast.rex, cast.ada, cast.tess, cast.mel, cast.cora):
        assert not calibrating.waiting_for(user, now=now).exists()
        with pytest.raises(PermissionDenied):
            calibrating.judge(look=look, decision="ready", by=user, now=now)
    calibrating.judge(look=look, decision="ready", by=cast.dee, now=now)
    with pytest.raises(Conflict):
        calibrating.judge(look=look, decision="ready", by=cast.hana, now=now)
    assert Post.objects.get(pk=look.review.submission.post_id).state == Post.State.DRAFT
    assert Review.objects.count() == 1


@pytest.mark.django_db
def test_a_decision_of_the_dmc_is_judged_by_the_dmc(cast: Cast, now: datetime, every: None) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    review.refer(submission=waiting, fingerprint=waiting.fingerprint, note="", by=cast.rex, now=now)
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.dee, now=now)
    assert [calibrating.waiting_for(user, now=now).count() for user in (cast.rex, cast.dee, cast.hana)] == [0, 0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["reject", "approve"])
def test_what_the_dmc_decided_or_alone_could_is_not_for_a_mentor(
    cast: Cast, now: datetime, every: None, verb: str
) -> None:
    post = make_post(cast, "in_review")
    facts = {"submission": submission_of(post), "fingerprint": post.current.fingerprint, "by": cast.dee, "now": now}
    review.approve(**facts) if verb == "approve" else review.reject(**facts, reason="tone", note="No.")
    assert [calibrating.waiting_for(user, now=now).count() for user in (cast.rex, cast.dee, cast.hana)] == [0, 0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["decided", "seconded"])
def test_who_decided_a_question_about_it_knows_it_already(
    cast: Cast, now: datetime, every: None, ruling: Ruling, part: str
) -> None:
    ruling(Severity.BLOCK_A)
    post = make_post(cast)
    appeals.ask(post=post, fingerprint=fingerprint(post.current), reason="It is a library.", by=cast.ada, now=now)
    override = Override.objects.get()
    facts = {"override": override, "fingerprint": override.fingerprint, "rationale": "It is.", "now": now}
    first, second = (cast.hana, cast.dee) if part == "decided" else (cast.dee, cast.hana)
    appeals.decide(**facts, lets_through=True, false_positive=True, by=first)
    appeals.second(**facts, agrees=True, by=second)
    waiting = submission_of(post)
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)
    assert SecondLook.objects.count() == 1
    assert not calibrating.waiting_for(cast.hana, now=now).exists()


@pytest.mark.django_db
def test_what_waits_is_found_by_its_index(cast: Cast, now: datetime, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        list(calibrating.waiting_for(cast.dee, now=now))
    plan = calibrating.waiting_for(cast.dee, now=now).explain()
    if connection.vendor == "sqlite":
        assert "policy_secondlook USING INDEX second_look_waits" in plan
        assert "SCAN" not in plan.replace("SCAN CONSTANT ROW", "")


@pytest.mark.django_db
def test_the_second_sees_neither_the_first_decision_nor_its_note(
    cast: Cast, now: datetime, every: None, client_for: ClientFor
) -> None:
    look = decided(cast, now, by=cast.rex)
    dee, address = client_for(cast.dee), f"/review/second-looks/{look.pk}/"
    SecondLook.objects.update(asked_at=look.asked_at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrating, "WAITS", calibrating.WAITS * 1000)
        page = dee.get(address).content.decode()
        assert "We met residents at the library" in page
        for secret in ("A secret of the first", "Rex", "Sent back"):
            assert secret not in page
        assert client_for(cast.rex).get(address).status_code == 404
        assert dee.post(address, {"decision": "not_ready"}).status_code == 422
        assert dee.post(address, {"decision": "not_ready", "reason": "tone"}).status_code == 302
        assert dee.get(address).status_code == 302
    look.refresh_from_db()
    assert (look.by, look.reason) == (cast.dee, "tone")


@pytest.mark.django_db
@pytest.mark.parametrize(("decision", "reason"), [("perhaps", ""), ("not_ready", ""), ("not_ready", "bad mood")])
def test_a_second_look_says_something(cast: Cast, now: datetime, every: None, decision: str, reason: str) -> None:
    with pytest.raises(ValidationError):
        calibrating.judge(look=decided(cast, now, by=cast.rex), decision=decision, reason=reason, by=cast.dee, now=now)


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("sql", ["UPDATE policy_secondlook SET note = 'x'", "DELETE FROM policy_secondlook"])
def test_what_it_said_is_kept(cast: Cast, now: datetime, every: None, sql: str) -> None:
    calibrating.judge(look=decided(cast, now, by=cast.rex), decision="ready", by=cast.dee, now=now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# ---- who sees what ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_mentor_sees_their_own_agreement_and_only_the_head_another_persons(
    cast: Cast, now: datetime, every: None, client_for: ClientFor
) -> None:
    calibrating.judge(look=decided(cast, now, by=cast.rex), decision="ready", by=cast.dee, now=now)
    rex, hana = client_for(cast.rex), client_for(cast.hana)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreement, "LAST", agreement.LAST * 100)
        assert rex.get("/review/agreement/").context["own"].pairs == 1
        assert hana.get("/review/agreement/").context["own"].pairs == 0
        assert hana.get(f"/review/agreement/?of={cast.rex.pk}").context["own"].pairs == 1
    assert rex.get(f"/review/agreement/?of={cast.dee.pk}").status_code == 403
    assert client_for(cast.dee).get(f"/review/agreement/?of={cast.rex.pk}").status_code == 403
    assert client_for(cast.ada).get("/review/agreement/").status_code == 403
    assert b"Not enough to say" in rex.get("/review/agreement/").content


@pytest.mark.django_db
def test_it_is_counted_by_reason_and_by_rule_in_a_fixed_number_of_queries(
    cast: Cast, now: datetime, every: None, django_assert_num_queries: object
) -> None:
    for decision in ("ready", "not_ready"):
        look = decided(cast, now, by=cast.rex)
        calibrating.judge(look=look, decision=decision, reason="tone", by=cast.dee, now=now)
        with django_assert_num_queries(2):  # type: ignore[operator]
            known = agreement.pairs(now=now)
    assert (agreement.in_all(known).agreed, agreement.in_all(known).pairs) == (1, 2)
    assert [(row.name, row.kappa.agreed) for row in agreement.by_reason(known)] == [("Tone", 1)]
