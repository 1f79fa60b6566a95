"""The pages of the law: what is in force, on a day, changing it, what it got wrong, how well it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts.models import User
from policy import casebook, hindsight, law, proposals, quality, registers, trials
from policy.casebook import Case
from policy.models import FiledCase, Proposal, RuleSet
from policy.rules import ENGINE
from tests.conftest import Cast
from tests.factories import make_post
from tests.policy.migrations import migration

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
PLATE = "Stolen moped LK68 PWN"


@pytest.fixture(autouse=True)
def _few_cases(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    migration("0013_first_rule_set").publish(apps, None)
    monkeypatch.setattr(casebook, "cases", lambda: (Case("VRM", True, PLATE, {}, "test"),))


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def older_edition(cast: Cast, days: int, **settings: object) -> RuleSet:
    """Edition 2, in force since so many days ago, with VRM changed."""
    at = timezone.now() - timedelta(days=days)
    body = law.to_body(law.DELIVERED)
    next(rule for rule in body["rules"] if rule["id"] == "VRM").update(settings)
    return RuleSet.objects.create(
        number=2, starts_at=at, published_at=at, why="Tried.", body=body, digest=law.digest_of(body), engine="older",
        proposed_by=cast.sam, signed_by=cast.dee,
    )  # fmt: skip


def test_everybody_may_read_the_law_and_only_some_its_words(cast: Cast, client_for: ClientFor) -> None:
    for who in (cast.ada, cast.rex, cast.cora):
        page = client_for(who).get("/policy/")
        assert page.status_code == 200
        assert "Edition 1 is in force" in text_of(page)
        assert client_for(who).get("/policy/rules/VRM/").status_code == 200
        assert client_for(who).get("/policy/editions/1/").status_code == 200
    assert client_for(cast.ada).get("/policy/words/").status_code == 403
    assert "scumbag" in text_of(client_for(cast.cora).get("/policy/words/"))
    assert client_for(cast.ada).get("/policy/rules/NOSUCH/").status_code == 404
    assert client_for(cast.ada).get("/policy/editions/99/").status_code == 404


def test_code_that_is_newer_than_the_signatures_is_said_openly(cast: Cast, client_for: ClientFor) -> None:
    older_edition(cast, 3)
    assert "The engine has changed since edition 2 was signed" in text_of(client_for(cast.ada).get("/policy/"))


def test_rules_are_found_by_their_words(cast: Cast, client_for: ClientFor) -> None:
    found = text_of(client_for(cast.ada).get("/policy/?q=registration"))
    assert "VRM" in found
    assert "GUILT" not in found


def test_a_rule_tells_how_it_changed(cast: Cast, client_for: ClientFor) -> None:
    older_edition(cast, -1, severity="DMC")
    page = text_of(client_for(cast.ada).get("/policy/rules/VRM/"))
    assert "<del>BLOCK</del> <ins>DMC</ins>" in page
    assert len(hindsight.history("VRM")) == 1
    assert hindsight.history("GUILT") == []


def test_what_the_policy_said_on_a_day_and_how_it_judged(cast: Cast, client_for: ClientFor) -> None:
    later = older_edition(cast, -2, severity="DMC", message="Ask the officer in the case.")
    ask = {"channel": cast.x.pk, "text": PLATE}
    today = timezone.localdate()
    page = client_for(cast.cora).post("/policy/on-a-day/", {**ask, "day": today.isoformat()})
    assert "Edition 1 would have found 1 thing" in text_of(page)
    assert "Must change" in text_of(page)
    moment = later.starts_at + timedelta(hours=1)
    answer = hindsight.judge(day=timezone.localdate(moment), channel=cast.x, text=PLATE, now=moment)
    assert (answer.law.number, answer.findings[0].message) == (2, "Ask the officer in the case.")
    assert not answer.law.is_of_this_engine


def test_a_day_asks_the_registers_of_that_day(cast: Cast) -> None:
    now = timezone.now()
    then = now - timedelta(days=30)
    line = registers.add(kind="number", value="07411 900900", by=cast.dee, now=then)
    registers.retire(entry=line, why="It moved.", by=cast.dee, now=then + timedelta(days=3))
    text = "Call us on 07411 900900"

    def found(days: int) -> list[str]:
        day = timezone.localdate(then + timedelta(days=days))
        return [one.rule for one in hindsight.judge(day=day, channel=cast.x, text=text, now=now).findings]

    assert [found(days) for days in (-1, 1, 10)] == [["MOBILE"], [], ["MOBILE"]]


@pytest.mark.parametrize(("field", "value"), [("day", "2199-01-01"), ("day", ""), ("text", ""), ("channel", "")])
def test_a_question_that_cannot_be_answered_is_asked_again(
    cast: Cast, client_for: ClientFor, field: str, value: str
) -> None:
    ask = {"channel": cast.x.pk, "text": PLATE, "day": timezone.localdate().isoformat(), field: value}
    assert client_for(cast.cora).post("/policy/on-a-day/", ask).status_code == 422


def test_one_asks_only_about_channels_one_sees(cast: Cast, client_for: ClientFor) -> None:
    ask = {"channel": cast.kilburn_x.pk, "text": PLATE, "day": timezone.localdate().isoformat()}
    assert client_for(cast.ada).post("/policy/on-a-day/", ask).status_code == 403


RULE = {
    "severity": "DMC", "enabled": "on", "message": "Ask first.", "source": "Order 7", "owner": "DMC",
    "last_reviewed": "2026-11-26", "in_force_from": "", "in_force_until": "",
}  # fmt: skip


def test_a_change_walks_from_proposal_to_law(cast: Cast, client_for: ClientFor) -> None:
    sam, dee = client_for(cast.sam), client_for(cast.dee)
    sam.post("/policy/proposals/", {"why": "Plates are asked about too often."})
    proposal = Proposal.objects.get()
    home = f"/policy/proposals/{proposal.pk}/"
    assert "It changes nothing yet" in text_of(sam.get(home))
    assert sam.post(f"{home}rules/VRM/", {**RULE, "message": ""}).status_code == 422
    assert sam.post(f"{home}rules/VRM/", RULE).status_code == 302
    assert sam.post(f"{home}words/slurs/", {"add": "wet blanket", "remove": ""}).status_code == 302
    assert sam.post(f"{home}words/slurs/", {"add": "<b>", "remove": ""}).status_code == 422
    assert "It waits to be tried" in text_of(sam.get(home))
    sam.post(f"{home}try/")
    assert "It is being tried" in text_of(sam.get(home))
    trials.work(now=timezone.now())
    assert "Tried: it waits for a second person" in text_of(sam.get(home))
    page = text_of(dee.get(home))
    assert "Tried: it waits for your signature" in page
    assert "1 case tried" in page
    proposal.refresh_from_db()
    trial = proposals.standing_trial(proposal)
    assert trial is not None
    assert sam.post(f"{home}sign/", {"trial": trial.pk}).status_code == 403
    assert "Make this the law at once?" in text_of(dee.get(f"{home}sign/"))
    done = dee.post(f"{home}sign/", {"trial": trial.pk}, follow=True)
    assert "Edition 2 is in force" in text_of(done)
    assert dee.post(f"{home}sign/", {"trial": trial.pk}).status_code == 302
    assert "It became edition 2" in text_of(dee.get(home))


def test_the_start_is_a_day_to_come(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    proposal = proposals.propose(why="Later.", by=cast.sam, now=timezone.now())
    address = f"/policy/proposals/{proposal.pk}/start/"
    assert sam.post(address, {"starts_on": "2020-01-01"}).status_code == 422
    assert sam.post(address, {"starts_on": "2199-01-01"}).status_code == 302
    assert sam.post(f"/policy/proposals/{proposal.pk}/withdraw/").status_code == 302
    assert "This proposal was withdrawn" in text_of(sam.get(f"/policy/proposals/{proposal.pk}/"))


@pytest.mark.parametrize("who", ["ada", "rex", "olu"])
def test_proposals_and_cases_are_for_the_dmc_and_compliance(cast: Cast, client_for: ClientFor, who: str) -> None:
    for address in ("/policy/proposals/", "/policy/cases/"):
        assert client_for(getattr(cast, who)).get(address).status_code == 403
        assert client_for(cast.cora).get(address).status_code == 200
    assert client_for(cast.cora).post("/policy/proposals/", {"why": "Mine."}).status_code == 403


def test_a_miss_is_filed_on_a_post_and_becomes_a_case(cast: Cast, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review", now=timezone.now())
    rex, dee = client_for(cast.rex), client_for(cast.dee)
    assert "What did the rules get wrong?" in text_of(rex.get(f"/posts/{post.pk}/checks/"))
    assert "What did the rules get wrong?" not in text_of(client_for(cast.ada).get(f"/posts/{post.pk}/checks/"))
    address = f"/posts/{post.pk}/file-case/"
    assert client_for(cast.ada).get(address).status_code == 403
    assert client_for(cast.mel).get(address).status_code == 404
    assert rex.post(address, {"said": "wrong", "rule": "", "why": "No."}).status_code == 422
    assert rex.post(address, {"said": "missed", "rule": "GUILT", "why": "Guilt."}).status_code == 302
    case = FiledCase.objects.get()
    assert "1 filed case waits" in text_of(dee.get("/policy/cases/"))
    decide = f"/policy/cases/{case.pk}/"
    assert dee.post(decide, {"text": case.text, "rule": "GUILT", "note": "", "decline": "x"}).status_code == 422
    assert dee.post(decide, {"text": "A cleaned text.", "rule": "GUILT", "accept": "x"}).status_code == 302
    case.refresh_from_db()
    assert (case.text, case.decision) == ("A cleaned text.", "accepted")


def test_the_quality_page_says_what_was_counted_and_how_few(cast: Cast, client_for: ClientFor) -> None:
    assert "not been counted yet" in text_of(client_for(cast.rex).get("/policy/quality/"))
    quality.work(now=timezone.now())
    page = text_of(client_for(cast.rex).get("/policy/quality/"))
    assert "Caught 1 of 1" in page
    assert "100 %, between 21 and 100" in page
    assert "Few cases" in page


def test_a_verdict_of_the_day_names_the_engine_that_gave_it(cast: Cast) -> None:
    now = timezone.now()
    make_post(cast, "in_review", now=now)
    answer = hindsight.judge(day=timezone.localdate(now), channel=cast.x, text="Hello.", now=now)
    assert answer.engines == [f"1.{ENGINE}"]


def test_the_administrator_is_told_that_the_engine_is_newer_than_the_signatures(
    cast: Cast, client_for: ClientFor
) -> None:
    older_edition(cast, 1)
    assert "has changed since edition 2 was signed" in text_of(client_for(cast.sam).get("/"))
