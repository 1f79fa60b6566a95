from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from policy import casebook, filing, quality, review
from policy.casebook import Case
from policy.models import Override, QualityFigure, QualityRun, Review, Verdict
from policy.shares import wilson
from tests.conftest import Cast
from tests.factories import PLAIN, make_post, submission_of

pytestmark = pytest.mark.django_db
CASES = (
    Case("VRM", True, "Stolen moped LK68 PWN", {}, "test"),
    Case("VRM", True, "Nothing of the kind", {}, "test"),
    Case("VRM", False, "Meet us at E9 6AS", {}, "test"),
    Case("VRM", False, "Seen LK68 PWN?", {}, "test"),
)


@pytest.fixture(autouse=True)
def _few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casebook, "cases", lambda: CASES)


def figure(subject: str, source: str = "cases") -> tuple[int, int, int, int]:
    one = QualityRun.objects.latest("pk").figures.get(source=source, subject=subject)
    return one.caught, one.should, one.wrong, one.quiet


def test_recall_and_false_alarms_of_a_rule_and_its_layer_over_the_cases(cast: Cast, now: datetime) -> None:
    assert quality.work(now=now)
    assert figure("VRM") == (1, 2, 1, 2)
    assert figure("layer 2") == (1, 2, 1, 2)
    run = quality.newest()
    assert run is not None
    row = next(row for row in quality.rows(run, "cases") if row.figure.subject == "VRM")
    assert row.recall == wilson(0.5, n=2)
    assert row.is_small


def test_it_counts_again_only_when_something_changed_or_a_day_passed(cast: Cast, now: datetime) -> None:
    hour = timedelta(hours=1)
    assert quality.work(now=now)
    assert not quality.work(now=now + hour)
    case = filing.file(post=make_post(cast), fires=True, rule="GUILT", why="Guilt.", by=cast.rex, now=now)
    filing.accept(case=case, text=PLAIN, rule="GUILT", by=cast.dee, now=now)
    assert quality.work(now=now + hour)
    assert figure("GUILT") == (0, 1, 0, 0)
    assert not quality.work(now=now + 2 * hour)
    assert quality.work(now=now + 26 * hour)


def test_what_was_sent_back_unfound_is_a_miss_of_the_layer(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason=Review.Reason.PRIVACY, note="Please leave it out.",
        by=cast.rex, now=now,
    )  # fmt: skip
    quality.work(now=now)
    assert figure("layer 2", "decisions") == (0, 1, 0, 1)


def test_what_the_dmc_let_through_is_a_false_alarm_of_the_rule(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    version, waiting = post.current, submission_of(post)
    found = {"rule": "VRM", "severity": "BLOCK", "message": "", "source": "", "spans": [], "picture": ""}
    Verdict.objects.filter(version=version).update(findings=[found])
    Override.objects.create(
        submission=waiting, version=version, fingerprint="f", rule="VRM", severity="BLOCK", key="k", finding=found,
        rules_version="1.x", reason="A shop sign.", asked_by=cast.ada, asked_at=now, decision="granted",
        rationale="It is a shop sign.", decided_by=cast.dee, decided_at=now,
    )  # fmt: skip
    quality.work(now=now)
    assert figure("VRM", "decisions") == (0, 0, 1, 1)
    assert figure("layer 2", "decisions") == (0, 0, 1, 1)
    assert QualityFigure.objects.filter(source="decisions").count() == 2


def test_a_share_of_few_is_wide_and_of_many_is_narrow() -> None:
    few, many = wilson(1.0, n=3), wilson(1.0, n=300)
    assert few.low == pytest.approx(0.4385, abs=1e-3)
    assert many.low > 0.98
