from __future__ import annotations

import pytest

from accounts.models import Stage
from policy.check import Judgement
from policy.content import Finding, Severity
from policy.gate import Answer
from policy.models import Needs
from policy.routes import ROUTES, needs
from policy.routing import ROUTES as BY_FINDING
from policy.routing import SECOND_PERSON, Route
from policy.rules import rule_by_id

PROBATION, TRUSTED = Stage.PROBATION, Stage.TRUSTED


def judged(outcome: Severity | None, *, rule: str = "TEST", hit: bool = False) -> Judgement:
    found = (Finding(rule, outcome, "A finding.", "A test."),) if outcome else ()
    return Judgement(outcome, found, "test", Answer(hit, 0.9 if hit else 0.1))


@pytest.mark.parametrize(
    ("outcome", "hit", "stage", "expected"),
    [
        (Severity.BLOCK_A, False, TRUSTED, Needs.CHANGE),
        (Severity.BLOCK, True, TRUSTED, Needs.CHANGE),
        (Severity.BLOCK, False, PROBATION, Needs.CHANGE),
        (Severity.DMC, True, TRUSTED, Needs.DMC),
        (Severity.DMC, False, PROBATION, Needs.DMC),
        (Severity.ADVISE, False, PROBATION, Needs.MENTOR),
        (Severity.ADVISE, False, TRUSTED, Needs.NOBODY),
        (Severity.ADVISE, True, TRUSTED, Needs.MENTOR),
        (None, False, PROBATION, Needs.MENTOR),
        (None, True, PROBATION, Needs.MENTOR),
        (None, False, TRUSTED, Needs.NOBODY),
        (None, True, TRUSTED, Needs.MENTOR),
    ],
)
def test_the_worst_finding_layer_1_and_the_stage_say_who_must_agree(
    outcome: Severity | None, hit: bool, stage: Stage, expected: Needs
) -> None:
    assert needs(judged(outcome, hit=hit), stage=stage) == expected


@pytest.mark.parametrize("rule", sorted(SECOND_PERSON))
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.PRACTICE])
def test_some_matters_want_two_people_at_the_dmc(rule: str, stage: Stage) -> None:
    assert rule_by_id(rule).severity is Severity.DMC
    assert needs(judged(Severity.DMC, rule=rule), stage=stage) == Needs.DMC_SECOND


@pytest.mark.parametrize(
    ("outcome", "stage", "expected"),
    [
        (None, TRUSTED, Needs.NOBODY),
        (Severity.ADVISE, TRUSTED, Needs.NOBODY),
        (Severity.DMC, TRUSTED, Needs.DMC),
        (Severity.BLOCK, TRUSTED, Needs.CHANGE),
        (None, PROBATION, Needs.MENTOR),
    ],
)
def test_a_declaration_answers_layer_1_of_a_trusted_author_and_nothing_else(
    outcome: Severity | None, stage: Stage, expected: Needs
) -> None:
    assert needs(judged(outcome, hit=True), stage=stage, declared=True) == expected


def test_every_finding_has_a_route_and_every_route_somebody() -> None:
    assert set(BY_FINDING) == {*Severity, None}
    assert set(ROUTES) == set(Route)
    assert all(set(row) == set(Stage) - {Stage.READY} for row in ROUTES.values()), "as a trusted author’s"


def test_an_author_on_probation_is_never_without_a_reader() -> None:
    assert Needs.NOBODY not in {row[PROBATION] for row in ROUTES.values()}


@pytest.mark.parametrize("outcome", [*Severity, None])
@pytest.mark.parametrize("declared", [True, False])
def test_nobody_can_agree_to_what_somebody_practises_with(outcome: Severity | None, declared: bool) -> None:
    for hit in (True, False):
        assert needs(judged(outcome, hit=hit), stage=Stage.PRACTICE, declared=declared) == Needs.CHANGE


@pytest.mark.parametrize("outcome", [*Severity, None])
def test_a_mentor_ready_author_writes_as_a_trusted_one_does(outcome: Severity | None) -> None:
    for hit in (True, False):
        ready, trusted = (needs(judged(outcome, hit=hit), stage=stage) for stage in (Stage.READY, TRUSTED))
        assert ready == trusted
