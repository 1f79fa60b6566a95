from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from policy import check, editions, law
from policy.content import Severity
from policy.law import DELIVERED
from policy.models import RuleSet, Verdict
from policy.rules import ENGINE, RULES
from tests.conftest import Cast
from tests.factories import make_post
from tests.policy.drafts import CONTEXT, draft
from tests.policy.migrations import migration

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
HOUR = timedelta(hours=1)


@pytest.fixture
def first(db: None) -> RuleSet:
    """Edition 1, also where a transactional test before this one emptied the tables."""
    migration("0013_first_rule_set").publish(apps, None)
    return RuleSet.objects.get(number=1)


def second(cast: Cast, at: datetime, **settings: object) -> RuleSet:
    """Edition 2 with VRM changed."""
    body = law.to_body(DELIVERED)
    next(rule for rule in body["rules"] if rule["id"] == "VRM").update(settings)
    people = {"proposed_by": cast.sam, "signed_by": cast.dee}
    return RuleSet.objects.create(
        number=2, starts_at=at, published_at=at, why="Tried.", body=body, digest=law.digest_of(body), engine=ENGINE,
        **people,
    )  # fmt: skip


def test_a_fresh_console_has_the_codes_own_law_as_edition_one(first: RuleSet) -> None:
    found = editions.law_of(first)
    assert (found.number, found.settings, found.words) == (1, DELIVERED.settings, DELIVERED.words)
    assert len(found.rules) == len(RULES)
    assert (first.proposed_by, first.signed_by, found.is_of_this_engine) == (None, None, True)
    migration("0013_first_rule_set").publish(apps, None)
    assert RuleSet.objects.count() == 1


@pytest.mark.parametrize("verb", ["update", "delete", "raw update", "raw delete", "replace"])
def test_no_edition_is_ever_changed(first: RuleSet, verb: str) -> None:
    statements = {
        "raw update": "UPDATE policy_ruleset SET why = 'other'",
        "raw delete": "DELETE FROM policy_ruleset",
        "replace": "INSERT OR REPLACE INTO policy_ruleset SELECT * FROM policy_ruleset"
        if connection.vendor == "sqlite"
        else "TRUNCATE policy_ruleset CASCADE",
    }
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        if verb == "update":
            RuleSet.objects.update(why="other")
        elif verb == "delete":
            first.delete()
        else:
            with connection.cursor() as cursor:
                cursor.execute(statements[verb])
    assert RuleSet.objects.get(number=1).why == first.why


def test_the_database_wants_two_people_on_every_later_edition(first: RuleSet, cast: Cast) -> None:
    body = law.to_body(DELIVERED)
    facts = {"starts_at": first.starts_at, "published_at": first.starts_at, "body": body, "digest": "0", "engine": "e"}
    for people in ({}, {"proposed_by": cast.sam}, {"proposed_by": cast.sam, "signed_by": cast.sam}):
        with pytest.raises(DatabaseError), transaction.atomic():
            RuleSet.objects.create(number=2, **facts, **people)


def test_the_law_of_a_moment_is_the_edition_that_had_begun(first: RuleSet, cast: Cast) -> None:
    start = first.starts_at + 2 * HOUR
    second(cast, start, severity="DMC")
    assert [editions.in_force(start + gap).number for gap in (-9 * HOUR, -HOUR, timedelta(0), HOUR)] == [1, 1, 2, 2]
    assert editions.edition_at(first.starts_at - HOUR) is None


def test_what_is_in_force_takes_one_query_once_it_has_been_read(
    first: RuleSet, django_assert_num_queries: Callable[[int], object]
) -> None:
    editions.in_force(first.starts_at)
    with django_assert_num_queries(1):
        editions.in_force(first.starts_at)


CHANGES = [
    ({"severity": "DMC"}, Severity.DMC),
    ({"enabled": False}, None),
    ({"in_force_from": "2026-03-03"}, None),
    ({"in_force_until": "2026-03-01"}, None),
    ({"in_force_from": "2026-03-02", "in_force_until": "2026-03-02"}, Severity.BLOCK),
]


@pytest.mark.parametrize(("settings", "severity"), CHANGES)
def test_the_engine_judges_by_the_set_it_is_given(
    first: RuleSet, cast: Cast, settings: dict[str, object], severity: Severity | None
) -> None:
    changed = editions.law_of(second(cast, first.starts_at, **settings))
    judgement = check.judge(draft("Stolen moped LK68 PWN"), CONTEXT, changed)
    assert judgement.outcome == severity
    assert judgement.rules_version == f"2.{ENGINE}"
    assert check.judge(draft("Stolen moped LK68 PWN"), CONTEXT).outcome is Severity.BLOCK


def test_the_words_of_the_set_are_the_words_of_the_finding(first: RuleSet, cast: Cast) -> None:
    changed = editions.law_of(second(cast, first.starts_at, message="Leave the plate out, please.", source="Order 7"))
    found = check.findings(draft("Stolen moped LK68 PWN"), CONTEXT, changed)
    assert [(one.message, one.source) for one in found] == [("Leave the plate out, please.", "Order 7")]


def test_a_rule_that_no_set_names_judges_nothing_and_is_said_openly(first: RuleSet) -> None:
    body = law.to_body(DELIVERED)
    body["rules"] = [rule for rule in body["rules"] if rule["id"] != "VRM"]
    older = law.from_body(1, "older-code", body)
    assert check.findings(draft("Stolen moped LK68 PWN"), CONTEXT, older) == ()
    assert [rule.id for rule in older.unsigned] == ["VRM"]
    assert not older.is_of_this_engine


def test_a_signed_rule_without_a_detector_is_said_openly(first: RuleSet) -> None:
    body = law.to_body(DELIVERED)
    body["rules"].append({**body["rules"][0], "id": "GONE"})
    later = law.from_body(1, "other-code", body)
    assert [setting.id for setting in later.orphans] == ["GONE"]
    assert "GONE" not in {rule.id for rule in later.rules}


def test_a_set_survives_the_way_through_json(first: RuleSet) -> None:
    again = law.from_body(0, ENGINE, law.to_body(DELIVERED))
    assert again == DELIVERED
    assert law.digest_of(law.to_body(again)) == law.digest_of(law.to_body(DELIVERED)) == first.digest


def test_a_verdict_keeps_the_number_of_the_set_and_the_code(first: RuleSet, cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    assert Verdict.objects.get(version=post.current).rules_version == f"1.{ENGINE}"


def with_words(*, add: str = "", remove: str = "") -> law.Law:
    words = (DELIVERED.lists["slurs"] | ({add} if add else set())) - {remove}
    return law.from_body(2, ENGINE, {**law.to_body(DELIVERED), "words": {"slurs": sorted(words)}})


def test_the_word_list_of_the_set_is_what_the_rule_looks_for() -> None:
    def slurs(text: str, by: law.Law) -> list[str]:
        return [
            span.words for one in check.findings(draft(text), CONTEXT, by) if one.rule == "SLUR" for span in one.spans
        ]

    assert slurs("Another scumbag in the cells", DELIVERED) == ["scumbag"]
    assert slurs("Another scumbag in the cells", with_words(remove="scumbag")) == []
    assert slurs("Another wet blanket in the cells", DELIVERED) == []
    assert slurs("Another Wet Blanket in the cells", with_words(add="wet blanket")) == ["Wet Blanket"]


@pytest.mark.parametrize(
    ("text", "live"), [("About the Glyn Road robbery: he did it", True), ("Glyn Road is open", False)]
)
def test_whoever_names_a_case_of_the_register_speaks_of_a_live_one(text: str, live: bool) -> None:
    context = replace(CONTEXT, cases=frozenset(("Glyn Road robbery",)))
    seen: list[bool] = []
    rule = replace(RULES[0], detect=lambda passage, facts, known: seen.append(known.live_case) or ())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(law.Law, "in_force", lambda self, on: (rule,))
        check.findings(draft(text), context)
    assert seen == [live]
