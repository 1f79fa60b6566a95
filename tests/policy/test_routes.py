from __future__ import annotations

import pytest

from accounts.models import Stage
from policy.check import Judgement
from policy.content import Severity
from policy.models import Needs
from policy.routes import ROUTES, needs


@pytest.mark.parametrize(
    ("outcome", "stage", "expected"),
    [
        (Severity.BLOCK_A, Stage.TRUSTED, Needs.CHANGE),
        (Severity.BLOCK, Stage.TRUSTED, Needs.CHANGE),
        (Severity.BLOCK, Stage.PROBATION, Needs.CHANGE),
        (Severity.DMC, Stage.TRUSTED, Needs.DMC),
        (Severity.DMC, Stage.PROBATION, Needs.DMC),
        (Severity.ADVISE, Stage.PROBATION, Needs.MENTOR),
        (Severity.ADVISE, Stage.TRUSTED, Needs.NOBODY),
        (None, Stage.PROBATION, Needs.MENTOR),
        (None, Stage.TRUSTED, Needs.NOBODY),
    ],
)
def test_the_worst_finding_and_the_stage_say_who_must_agree(
    outcome: Severity | None, stage: Stage, expected: Needs
) -> None:
    assert needs(Judgement(outcome, (), "test"), stage=stage) == expected


def test_every_outcome_has_a_route_for_every_stage() -> None:
    assert set(ROUTES) == {*Severity, None} - {Severity.ROUTE}  # which only what came in can have
    assert all(set(row) == set(Stage) for row in ROUTES.values())


def test_an_author_on_probation_is_never_without_a_reader() -> None:
    assert Needs.NOBODY not in {row[Stage.PROBATION] for row in ROUTES.values()}
