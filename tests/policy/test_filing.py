from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.errors import Conflict
from accounts.models import AuditEntry
from policy import casebook, check, filing, trials
from policy.models import FiledCase
from tests.conftest import Cast
from tests.factories import PLAIN, make_post

pytestmark = pytest.mark.django_db


def filed(cast: Cast, now: datetime, *, fires: bool = True, rule: str = "GUILT", text: str = PLAIN) -> FiledCase:
    post = make_post(cast, text=text, now=now)
    return filing.file(post=post, fires=fires, rule=rule, why="It reads as guilt.", by=cast.rex, now=now)


def test_a_mentor_files_what_a_rule_missed_and_the_dmc_takes_it_into_the_cases(cast: Cast, now: datetime) -> None:
    case = filed(cast, now)
    assert filing.accepted() == []
    filing.accept(case=case, text="We met residents.", rule="GUILT", by=cast.dee, now=now)
    taken = filing.accepted()[0]
    assert (taken.rule, taken.fires, taken.text, taken.ctx["ward"]) == ("GUILT", True, "We met residents.", "Homerton")
    content, context = casebook.read(taken)
    assert not trials.is_right(taken, check.findings(content, context))
    actions = ["case.filed", "case.accepted"]
    assert list(AuditEntry.objects.filter(action__startswith="case.").values_list("action", flat=True)) == actions


@pytest.mark.parametrize("who", ["ada", "con", "mel", "olu"])
def test_only_mentors_and_the_dmc_file(cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        filing.file(post=make_post(cast), fires=True, rule="", why="Why.", by=getattr(cast, who), now=now)


@pytest.mark.parametrize("who", ["rex", "cora", "ada"])
def test_only_the_dmc_decides(cast: Cast, now: datetime, who: str) -> None:
    case = filed(cast, now)
    with pytest.raises(PermissionDenied):
        filing.accept(case=case, text=case.text, rule="", by=getattr(cast, who), now=now)


def test_what_should_have_stayed_quiet_names_its_rule(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="stayed quiet"):
        filed(cast, now, fires=False, rule="")
    with pytest.raises(ValidationError, match="no rule"):
        filed(cast, now, rule="NOSUCHRULE")


def test_the_same_is_filed_once(cast: Cast, now: datetime) -> None:
    case = filed(cast, now)
    assert case.post is not None
    with pytest.raises(Conflict):
        filing.file(post=case.post, fires=True, rule="GUILT", why="Again.", by=cast.dee, now=now)


def test_a_case_is_decided_once_and_declined_with_a_reason(cast: Cast, now: datetime) -> None:
    case = filed(cast, now)
    with pytest.raises(ValidationError):
        filing.decline(case=case, note=" ", by=cast.dee, now=now)
    filing.decline(case=case, note="That is covered by tone training.", by=cast.dee, now=now)
    with pytest.raises(Conflict):
        filing.accept(case=case, text=case.text, rule="", by=cast.sam, now=now)
    assert filing.accepted() == []


def test_a_case_without_a_rule_asks_for_any_serious_one(cast: Cast, now: datetime) -> None:
    case = filed(cast, now, rule="", text="Stolen moped LK68 PWN")
    filing.accept(case=case, text=case.text, rule="", by=cast.dee, now=now)
    taken = filing.accepted()[0]
    assert trials.is_right(taken, check.findings(*casebook.read(taken)))
