"""How the law changes: one proposes, the clock tries, another signs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice
from policy import casebook, editions, proposals, rejudging, trials
from policy.casebook import Case
from policy.content import Severity
from policy.models import Proposal, Rejudging, RuleSet, Trial
from policy.rules import ENGINE
from posts.models import Post
from tests.conftest import Cast
from tests.factories import make_post
from tests.policy.migrations import migration

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CASES = (
    Case("VRM", True, "Stolen moped LK68 PWN", {}, "test"),
    Case("VRM", False, "Meet us at E9 6AS", {}, "test"),
    Case("SLUR", True, "Another scumbag in the cells", {}, "test"),
)


@pytest.fixture(autouse=True)
def _few_cases(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edition 1, and three cases where the console has thousands."""
    migration("0013_first_rule_set").publish(apps, None)
    monkeypatch.setattr(casebook, "cases", lambda: CASES)


@pytest.fixture
def now() -> datetime:
    """After the first edition, which is of the day the tables were made."""
    return RuleSet.objects.get(number=1).starts_at + HOUR


def proposed(cast: Cast, now: datetime, **wanted: Any) -> Proposal:
    proposal = proposals.propose(why="Plates are asked about too often.", by=cast.sam, now=now)
    if wanted:
        proposals.change_rule(proposal=proposal, rule_id="VRM", by=cast.sam, now=now, **wanted)
    return proposal


def tried(cast: Cast, proposal: Proposal, now: datetime) -> Trial:
    trial = proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)
    trials.work(now=now)
    trial.refresh_from_db()
    return trial


def signed(cast: Cast, now: datetime, **wanted: Any) -> RuleSet:
    proposal = proposed(cast, now, **wanted)
    return proposals.sign(proposal=proposal, trial=tried(cast, proposal, now), by=cast.dee, now=now)


@pytest.mark.postgres
def test_one_proposes_another_signs_and_the_edition_is_in_force(cast: Cast, now: datetime) -> None:
    edition = signed(cast, now, severity=Severity.DMC)
    assert (edition.number, edition.proposed_by, edition.signed_by) == (2, cast.sam, cast.dee)
    told = Notice.objects.filter(kind="proposal.tried").values_list("to__username", "closed_at")
    assert sorted(told) == [("dee", now), ("hana", now)]
    law = editions.in_force(now)
    setting = law.setting("VRM")
    assert setting is not None
    assert (law.number, setting.severity) == (2, Severity.DMC)
    assert editions.in_force(now - timedelta(seconds=1)).number == 1
    entry = AuditEntry.objects.get(action="edition.published")
    assert (entry.by, entry.facts["number"], entry.facts["proposed_by"]) == (cast.dee, 2, cast.sam.pk)


def test_who_proposed_it_does_not_sign_it(cast: Cast, now: datetime) -> None:
    proposal = proposed(cast, now, severity=Severity.DMC)
    trial = tried(cast, proposal, now)
    with pytest.raises(PermissionDenied, match="Two people"):
        proposals.sign(proposal=proposal, trial=trial, by=cast.sam, now=now)
    assert RuleSet.objects.count() == 1


@pytest.mark.parametrize("who", ["ada", "rex", "olu", "cora"])
def test_only_the_dmc_proposes_and_signs(cast: Cast, now: datetime, who: str) -> None:
    proposal = proposed(cast, now, severity=Severity.DMC)
    trial = tried(cast, proposal, now)
    with pytest.raises(PermissionDenied):
        proposals.propose(why="Mine.", by=getattr(cast, who), now=now)
    with pytest.raises(PermissionDenied):
        proposals.sign(proposal=proposal, trial=trial, by=getattr(cast, who), now=now)


def test_only_the_proposer_edits(cast: Cast, now: datetime) -> None:
    proposal = proposed(cast, now)
    with pytest.raises(PermissionDenied):
        proposals.change_rule(proposal=proposal, rule_id="VRM", severity=Severity.DMC, by=cast.dee, now=now)


def test_what_was_not_tried_is_not_signed(cast: Cast, now: datetime) -> None:
    proposal = proposed(cast, now, severity=Severity.DMC)
    trial = proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)
    with pytest.raises(Conflict, match="Try it again"):
        proposals.sign(proposal=proposal, trial=trial, by=cast.dee, now=now)


def test_a_change_after_the_trial_must_be_tried_again(cast: Cast, now: datetime) -> None:
    proposal = proposed(cast, now, severity=Severity.DMC)
    trial = tried(cast, proposal, now)
    proposals.change_rule(proposal=proposal, rule_id="MOBILE", enabled=False, by=cast.sam, now=now)
    with pytest.raises(Conflict):
        proposals.sign(proposal=proposal, trial=trial, by=cast.dee, now=now)


def test_a_trial_on_an_older_edition_is_worthless_and_the_change_is_laid_over_the_newer_one(
    cast: Cast, now: datetime
) -> None:
    slow = proposals.propose(why="Numbers.", by=cast.dee, now=now)
    proposals.change_rule(proposal=slow, rule_id="MOBILE", enabled=False, by=cast.dee, now=now)
    old_trial = tried(cast, slow, now)
    signed(cast, now, severity=Severity.DMC)
    with pytest.raises(Conflict):
        proposals.sign(proposal=slow, trial=old_trial, by=cast.sam, now=now)
    edition = proposals.sign(proposal=slow, trial=tried(cast, slow, now), by=cast.sam, now=now)
    law = editions.law_of(edition)
    vrm, mobile = law.setting("VRM"), law.setting("MOBILE")
    assert vrm is not None
    assert mobile is not None
    assert (edition.number, vrm.severity, mobile.enabled) == (3, Severity.DMC, False)


def test_a_trial_with_other_code_is_worthless(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = proposed(cast, now, severity=Severity.DMC)
    trial = tried(cast, proposal, now)
    monkeypatch.setattr(proposals, "ENGINE", "newer")
    with pytest.raises(Conflict):
        proposals.sign(proposal=proposal, trial=trial, by=cast.dee, now=now)


def test_what_changes_nothing_is_not_tried(cast: Cast, now: datetime) -> None:
    proposal = proposed(cast, now, severity=Severity.BLOCK)
    assert proposal.changes["rules"] == {}
    with pytest.raises(ValidationError, match="nothing yet"):
        proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)


def test_the_trial_shows_on_which_cases_the_old_and_the_new_differ(cast: Cast, now: datetime) -> None:
    seen = tried(cast, proposed(cast, now, enabled=False), now).findings
    assert {name: seen["cases"][name] for name in ("tried", "right_before", "right_after", "differ")} == {
        "tried": 3, "right_before": 3, "right_after": 2, "differ": 1,
    }  # fmt: skip
    one = seen["cases"]["differences"][0]
    assert (one["text"], one["was"], one["will"]) == ("Stolen moped LK68 PWN", True, False)
    assert (one["before"], one["after"]) == (["VRM (BLOCK)"], [])
    assert [(change["rule"], change["what"], change["after"]) for change in seen["changes"]] == [
        ("VRM", "on or off", "off")
    ]


def test_the_trial_shows_on_which_posts_the_old_and_the_new_differ(cast: Cast, now: datetime) -> None:
    make_post(cast, "in_review", now=now)
    proposal = proposals.propose(why="Try.", by=cast.sam, now=now)
    proposals.change_words(proposal=proposal, name="slurs", add=["biscuits"], remove=[], by=cast.sam, now=now)
    posts = tried(cast, proposal, now).findings["posts"]
    assert (posts["tried"], posts["differ"]) == (1, 1)
    assert (posts["differences"][0]["before"], posts["differences"][0]["after"]) == ([], ["SLUR (BLOCK)"])


def test_a_word_list_changes_and_says_what_came_and_went(cast: Cast, now: datetime) -> None:
    proposal = proposals.propose(why="Words.", by=cast.sam, now=now)
    change = {"proposal": proposal, "name": "slurs", "by": cast.sam, "now": now}
    proposals.change_words(add=["Wet  Blanket", "scumbag"], remove=["yob"], **change)
    assert proposal.changes["words"] == {"slurs": {"add": ["wet blanket"], "remove": ["yob"]}}
    with pytest.raises(ValidationError, match="Not on the list"):
        proposals.change_words(add=[], remove=["daffodil"], **change)
    with pytest.raises(ValidationError, match="no word"):
        proposals.change_words(add=["<b>"], remove=[], **change)


REFUSED = [({"message": ""}, "message"), ({"source": ""}, "source"), ({"owner": ""}, "owner")]


@pytest.mark.parametrize(("wanted", "field"), REFUSED)
def test_a_rule_keeps_a_message_a_source_and_an_owner(
    cast: Cast, now: datetime, wanted: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        proposed(cast, now, **wanted)
    assert list(refused.value.message_dict) == [field]


def test_a_rule_does_not_end_before_it_begins_and_the_law_is_not_changed_backwards(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="before the first"):
        proposed(cast, now, in_force_from=now.date(), in_force_until=now.date() - timedelta(days=1))
    with pytest.raises(ValidationError, match="passed"):
        proposals.set_start(proposal=proposed(cast, now), starts_at=now - HOUR, by=cast.sam, now=now)


def test_an_edition_begins_when_it_says_and_what_waits_is_judged_then(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + 9 * HOUR, now=now)
    proposal = proposals.propose(why="Biscuits.", by=cast.sam, now=now)
    proposals.change_words(proposal=proposal, name="slurs", add=["biscuits"], remove=[], by=cast.sam, now=now)
    proposals.set_start(proposal=proposal, starts_at=now + HOUR, by=cast.sam, now=now)
    proposals.sign(proposal=proposal, trial=tried(cast, proposal, now), by=cast.dee, now=now)
    assert [editions.in_force(now + gap).number for gap in (timedelta(0), HOUR)] == [1, 2]
    assert rejudging.work(now=now + HOUR - timedelta(seconds=1)) == 0
    assert rejudging.work(now=now + HOUR) == 1
    assert Post.objects.get(pk=post.pk).state == Post.State.DRAFT
    assert Rejudging.objects.get().reason == "Edition 2 of the posting policy began."


def test_no_edition_begins_before_its_predecessor(cast: Cast, now: datetime) -> None:
    first = proposed(cast, now, severity=Severity.DMC)
    proposals.set_start(proposal=first, starts_at=now + 5 * HOUR, by=cast.sam, now=now)
    proposals.sign(proposal=first, trial=tried(cast, first, now), by=cast.dee, now=now)
    second = proposed(cast, now, severity=Severity.ADVISE)
    with pytest.raises(ValidationError, match="begins later"):
        proposals.sign(proposal=second, trial=tried(cast, second, now), by=cast.dee, now=now)


def test_a_closed_proposal_stays_closed(cast: Cast, now: datetime) -> None:
    proposal = proposed(cast, now, severity=Severity.DMC)
    proposals.withdraw(proposal=proposal, by=cast.sam, now=now)
    with pytest.raises(Conflict, match="withdrawn"):
        proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)


def test_code_that_changed_is_signed_by_an_edition_without_other_changes(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "ENGINE", "newer")
    monkeypatch.setattr("policy.changing.ENGINE", "newer")
    proposal = proposed(cast, now)
    edition = proposals.sign(proposal=proposal, trial=tried(cast, proposal, now), by=cast.dee, now=now)
    assert (edition.number, edition.engine) == (2, "newer")
    assert RuleSet.objects.get(number=1).engine == ENGINE


def test_a_trial_has_one_worker_until_that_one_must_have_died(cast: Cast, now: datetime) -> None:
    proposals.ask_trial(proposal=proposed(cast, now, severity=Severity.DMC), by=cast.sam, now=now)
    Trial.objects.update(begun_at=now)
    assert trials.work(now=now + timedelta(minutes=3)) == 0
    assert trials.work(now=now + timedelta(minutes=5)) == 1
    assert Trial.objects.get().done_at == now + timedelta(minutes=5)
