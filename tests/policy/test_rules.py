"""The rules on their cases: the ones of this project, and the force's own where they are at hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy import casebook
from policy.check import Judgement, findings, judge
from policy.content import Severity
from policy.law import DELIVERED
from policy.rules import RULES, rule_by_id
from policy.rules.registry import Rule
from tests.policy.drafts import CONTEXT, HERE, draft, rules_that_fire

IDS = frozenset(rule.id for rule in RULES)
BLOCKS = (Severity.BLOCK_A, Severity.BLOCK)
WARD_POSTS = yaml.safe_load((HERE / "ward_posts.yaml").read_text(encoding="utf-8"))
ORDINARY = yaml.safe_load((HERE / "ordinary.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", sorted(IDS))
def test_rule_answers_as_every_case_says(rule: str) -> None:
    wrong = [
        f"{'must fire' if case.fires else 'must stay quiet'}: {case.text} {case.ctx or ''}"
        for case in casebook.of_rule(rule, casebook.cases())
        if (rule in rules_that_fire(case)) != case.fires
    ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted(casebook.FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_severity_in_the_case_files_is_the_rule_s(path: Path) -> None:
    for rule, said in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        if rule in IDS:
            assert rule_by_id(rule).severity == said["severity"], rule


@pytest.mark.parametrize("post", ORDINARY, ids=lambda post: post[:40])
def test_ordinary_ward_post_is_not_stopped(post: str) -> None:
    stopped = [found for found in findings(draft(post, network="facebook"), CONTEXT) if found.severity != "ADVISE"]
    assert stopped == []


def judged(posts: list[str]) -> list[Judgement]:
    return [judge(draft(post, network="facebook"), CONTEXT) for post in posts]


def test_fewer_than_one_in_a_hundred_ward_posts_is_blocked() -> None:
    posts = [*WARD_POSTS["incidents"], *WARD_POSTS["everyday"]]
    assert len(posts) >= 150
    blocked = [post for post, said in zip(posts, judged(posts), strict=True) if said.outcome in BLOCKS]
    assert len(blocked) < len(posts) / 100, blocked


def test_fewer_than_one_in_four_everyday_ward_posts_goes_to_somebody() -> None:
    posts = WARD_POSTS["everyday"]
    routed = [said for said in judged(posts) if said.layer1.hit or said.outcome in (*BLOCKS, Severity.DMC)]
    assert len(routed) < len(posts) / 4


def test_there_are_enough_ordinary_posts_to_mean_something() -> None:
    assert len(set(ORDINARY)) >= 60


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_eight_cases_each_way(rule: Rule) -> None:
    cases = casebook.of_rule(rule.id, casebook.cases())
    assert sum(case.fires for case in cases) >= 8
    assert sum(not case.fires for case in cases) >= 8


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_who_owns_it_and_what_it_rests_on(rule: Rule) -> None:
    assert rule.owner
    assert rule.source
    assert rule.title
    assert rule.message.endswith((".", "?", "”."))


def test_every_rule_has_its_own_id() -> None:
    assert len(IDS) == len(RULES)


def rule_with(**dates: Any) -> Rule:
    return Rule("TEST", Severity.ADVISE, "Test", "Test.", "Test", lambda passage, facts, context: (), **dates)


def test_rule_is_in_force_from_its_first_day_to_its_last() -> None:
    rule = rule_with(in_force_from=date(2026, 5, 4), in_force_until=date(2026, 5, 6))
    assert [day for day in range(1, 10) if rule.in_force(date(2026, 5, day))] == [4, 5, 6]


def test_rule_switched_off_is_never_in_force() -> None:
    assert not rule_with(enabled=False).in_force(date(2026, 5, 4))


def test_all_twelve_rules_of_the_first_policy_are_in_force() -> None:
    in_force = {rule.id for rule in DELIVERED.in_force(date(2026, 11, 23))}
    assert in_force >= set(
        "GUILT NAMESUS SEXID YOUTHID ADDRESS VRM MOBILE REPORTHERE MIMPERSON IMAGEALT LENGTH DATE".split()  # noqa: SIM905
    )


def test_version_of_the_rules_is_short_and_stable() -> None:
    assert DELIVERED.version.startswith("0.")
    assert len(DELIVERED.version) < 20


def test_unknown_rule_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        rule_by_id("NOSUCHRULE")


def test_context_of_a_case_reaches_the_check() -> None:
    content, context = casebook.situation("Ring 07411 900900", {"published_numbers": ["447411900900"]})
    assert findings(content, context) == ()
