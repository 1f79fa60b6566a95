from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Stage, Team, User
from policy import (
    approvals,
    casebook,
    declarations,
    editions,
    periods,
    proposals,
    review,
    route_table,
    routes,
    submissions,
    trials,
)
from policy.check import Judgement
from policy.content import Context, Finding, Severity
from policy.gate import Answer
from policy.law import DELIVERED
from policy.models import Needs, Period, RuleSet, Submission, Verdict
from policy.reading.dates import london_day
from policy.route_table import ANY, Line, Route
from policy.routing import ROUTES as BY_FINDING
from policy.routing import SECOND_PERSON
from policy.rules import rule_by_id
from posts.models import Post
from tests.conftest import MONDAY, Cast
from tests.factories import make_post, submission_of
from tests.policy.conftest import Ruling
from tests.policy.migrations import migration

PROBATION, TRUSTED = Stage.PROBATION, Stage.TRUSTED
WARD = Team(kind=Team.Kind.WARD, name="Homerton")
AROUND = Context(now=MONDAY)
ClientFor = Callable[[User], Client]


@pytest.fixture
def now(db: None, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """After the first edition, which is of the day the tables were made; with no cases where there are thousands."""
    monkeypatch.setattr(casebook, "cases", lambda: ())
    migration("0013_first_rule_set").publish(apps, None)
    return RuleSet.objects.get(number=1).starts_at + timedelta(hours=1)


def judged(outcome: Severity | None, *, rule: str = "TEST", hit: bool = False) -> Judgement:
    found = (Finding(rule, outcome, "A finding.", "A test."),) if outcome else ()
    return Judgement(outcome, found, "test", Answer(hit, 0.9 if hit else 0.1))


def needs(judgement: Judgement, *, stage: Stage, declared: bool = False) -> Needs:
    return routes.needs(judgement, law=DELIVERED, stage=stage, team=WARD, around=AROUND, declared=declared)


@pytest.mark.parametrize(
    ("outcome", "hit", "stage", "around", "routine"),
    [
        (None, False, PROBATION, AROUND, True),
        (Severity.ADVISE, False, PROBATION, AROUND, True),
        (None, False, TRUSTED, AROUND, False),
        (None, True, PROBATION, AROUND, False),
        (Severity.DMC, False, PROBATION, AROUND, False),
        (Severity.BLOCK, False, PROBATION, AROUND, False),
    ],
)
def test_routine_is_what_waits_for_a_reader_because_of_the_stage_alone(
    outcome: Severity | None, hit: bool, stage: Stage, around: Context, routine: bool
) -> None:
    asked = {"law": DELIVERED, "team": WARD, "around": around}
    found = judged(outcome, hit=hit)
    assert routes.is_routine(routes.needs(found, stage=stage, **asked), found, **asked) == routine


def test_what_a_special_time_alone_asks_a_reader_for_is_not_routine() -> None:
    lines = (Line(ANY, "none", ANY, "mourning", "mentor"), *DELIVERED.routes)
    asked = {"law": replace(DELIVERED, routes=lines), "team": WARD}
    mourning = replace(AROUND, mourning=True)
    assert not routes.is_routine(Needs.MENTOR, judged(None), around=mourning, **asked)
    assert routes.is_routine(Needs.MENTOR, judged(None), around=AROUND, **asked)


# ---- as delivered -------------------------------------------------------------------------------


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
        (None, False, Stage.READY, Needs.NOBODY),
        (None, True, TRUSTED, Needs.MENTOR),
        (None, False, Stage.PRACTICE, Needs.CHANGE),
        (Severity.DMC, True, Stage.PRACTICE, Needs.CHANGE),
    ],
)
def test_the_worst_finding_layer_1_and_the_stage_say_who_must_agree(
    outcome: Severity | None, hit: bool, stage: Stage, expected: Needs
) -> None:
    assert needs(judged(outcome, hit=hit), stage=stage) == expected


@pytest.mark.parametrize("rule", sorted(SECOND_PERSON))
@pytest.mark.parametrize("stage", [PROBATION, TRUSTED, Stage.READY])
def test_some_matters_want_two_people_at_the_dmc(rule: str, stage: Stage) -> None:
    assert rule_by_id(rule).severity is Severity.DMC
    assert needs(judged(Severity.DMC, rule=rule), stage=stage) == Needs.DMC_SECOND


@pytest.mark.parametrize(
    ("outcome", "stage", "expected"),
    [
        (None, TRUSTED, Needs.NOBODY),
        (Severity.ADVISE, Stage.READY, Needs.NOBODY),
        (Severity.DMC, TRUSTED, Needs.DMC),
        (Severity.BLOCK, TRUSTED, Needs.CHANGE),
        (None, PROBATION, Needs.MENTOR),
        (None, Stage.PRACTICE, Needs.CHANGE),
    ],
)
def test_a_declaration_answers_layer_1_of_a_trusted_author_and_nothing_else(
    outcome: Severity | None, stage: Stage, expected: Needs
) -> None:
    assert needs(judged(outcome, hit=True), stage=stage, declared=True) == expected


def test_every_finding_has_a_route_and_the_delivered_table_may_stand() -> None:
    assert set(BY_FINDING) == {*Severity, None}
    assert route_table.problems(route_table.DELIVERED) == []
    assert set(route_table.AGREEMENTS) | {"change"} == set(Needs.values)
    assert set(route_table.KINDS) | {Team.Kind.FORCE} == set(Team.Kind.values)


# ---- what no table can break --------------------------------------------------------------------

lines = st.builds(
    Line,
    stage=st.sampled_from([ANY, *route_table.STAGES]),
    route=st.sampled_from([ANY, *map(str, route_table.ROUTES)]),
    kind=st.sampled_from([ANY, *route_table.KINDS]),
    period=st.sampled_from([ANY, *route_table.PERIODS]),
    agreement=st.sampled_from(list(route_table.AGREEMENTS)),
)


@given(st.lists(lines, max_size=12).map(tuple))
def test_no_table_whatsoever_lets_a_block_out_or_a_probationer_alone_or_the_dmc_aside(table: route_table.Lines) -> None:
    law = replace(DELIVERED, routes=table)
    for stage, route, kind in product(Stage, Route, Team.Kind):
        team, on = Team(kind=kind), frozenset({"election"})
        said = routes.of_route(route, law=law, stage=stage, team=team, periods=on, declared=True)
        if route is Route.BLOCKED or stage == Stage.PRACTICE:
            assert said == Needs.CHANGE
        elif not stage.is_trusted:
            assert said != Needs.NOBODY
        if route in (Route.DMC, Route.DMC_SECOND):
            assert approvals.weight(said) >= approvals.weight(Needs.DMC)


@given(st.lists(lines, max_size=6).map(tuple), lines)
def test_a_line_more_never_asks_for_less(table: route_table.Lines, more: Line) -> None:
    base = (*route_table.DELIVERED, *table)
    for stage, route, kind in product(route_table.STAGES, route_table.ROUTES, route_table.KINDS):
        place = {"stage": stage, "route": route, "kind": kind, "periods": frozenset({"mourning"})}
        before, after = route_table.ask(base, **place), route_table.ask((*base, more), **place)
        assert approvals.weight(after) >= approvals.weight(before)


@pytest.mark.parametrize(
    ("key", "agreement", "said"),
    [
        ("probation|none|any|any", "nobody", "Only a trusted author"),
        ("any|none|corporate|any", "nobody", "Only a trusted author"),
        ("trusted|mentor|any|any", "nobody", "Only a trusted author"),
        ("any|dmc|any|any", "mentor", "stays with the DMC"),
        ("any|dmc|any|any", None, "No line says"),
        ("probation|none|any|any", None, "No line says"),
        ("any|blocked|any|any", "dmc", "no line of this table"),
        ("nonsense", "dmc", "no line of this table"),
    ],
)
@pytest.mark.django_db
def test_what_a_table_may_not_say_is_refused_at_once(
    cast: Cast, now: datetime, key: str, agreement: str | None, said: str
) -> None:
    proposal = proposals.propose(why="Quicker.", by=cast.sam, now=now)
    with pytest.raises(ValidationError, match=said):
        proposals.change_route(proposal=proposal, key=key, agreement=agreement, by=cast.sam, now=now)
    assert proposal.changes == {}


# ---- changed by two people after a trial --------------------------------------------------------


def publish(cast: Cast, now: datetime, **changes: str) -> None:
    """Sam proposes, the console tries, Dee signs. Keys with dots for bars."""
    proposal = proposals.propose(why="Elections.", by=cast.sam, now=now)
    for key, agreement in changes.items():
        key = key.replace("__", "|")
        proposals.change_route(proposal=proposal, key=key, agreement=agreement, by=cast.sam, now=now)
    proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)
    trials.work(now=now)
    trial = proposals.standing_trial(proposal)
    assert trial is not None
    with pytest.raises(PermissionDenied):
        proposals.sign(proposal=proposal, trial=trial, by=cast.sam, now=now)
    proposals.sign(proposal=proposal, trial=trial, by=cast.dee, now=now)


@pytest.mark.django_db
def test_a_signed_table_decides_and_the_day_before_answers_as_it_was(cast: Cast, now: datetime) -> None:
    publish(cast, now, any__any__ward__any="dmc")
    assert submission_of(make_post(cast, "in_review", now=now)).needs == Needs.DMC
    assert "any|any|ward|any" in {line.key for line in editions.in_force(now).routes}
    assert editions.in_force(now - timedelta(seconds=1)).routes == route_table.DELIVERED


@pytest.mark.django_db
def test_a_table_asks_for_more_in_an_election_and_only_there(cast: Cast, now: datetime) -> None:
    publish(cast, now, any__any__any__election="dmc_second")
    today = london_day(now)
    when = {"starts_on": today, "ends_on": today + timedelta(days=9)}
    on = periods.enter(kind="election", team=cast.hackney, name="Local", **when, by=cast.sam, now=now)
    assert submission_of(make_post(cast, "in_review", now=now)).needs == Needs.MENTOR
    periods.agree(period=on, by=cast.dee, now=now)
    assert submission_of(make_post(cast, "in_review", now=now)).needs == Needs.DMC_SECOND
    away = make_post(cast, author=cast.mel, channels=[cast.kilburn_x], now=now)
    assert review.submit(post=away, by=cast.mel, now=now).needs == Needs.NOBODY


@pytest.mark.django_db
def test_the_trial_tells_what_would_have_gone_to_somebody_else(cast: Cast, now: datetime) -> None:
    make_post(cast, "in_review", now=now - timedelta(days=3))
    make_post(cast, "approved", author=cast.tess, now=now - timedelta(days=3))
    make_post(cast, "in_review", now=now - timedelta(days=40))
    proposal = proposals.propose(why="Read everything.", by=cast.sam, now=now)
    changed = {"proposal": proposal, "key": "trusted|none|any|any", "by": cast.sam, "now": now}
    proposals.change_route(**changed, agreement="mentor")
    proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)
    trials.work(now=now)
    told = proposal.trials.get().findings["routes"]
    one = {"before": "Nobody", "after": "One person: a mentor or the DMC", "count": 1}
    assert (told["tried"], told["differ"], told["moves"]) == (2, 1, [one])


@pytest.mark.django_db
def test_a_trial_of_the_table_costs_the_same_however_much_was_sent(cast: Cast, now: datetime) -> None:
    def cost(number: int) -> int:
        proposal = proposals.propose(why="Read everything.", by=cast.sam, now=now)
        changed = {"proposal": proposal, "key": "trusted|none|any|any", "agreement": "mentor"}
        proposals.change_route(**changed, by=cast.sam, now=now)
        proposals.ask_trial(proposal=proposal, by=cast.sam, now=now)
        with CaptureQueriesContext(connection) as asked:
            trials.work(now=now)
        assert proposal.trials.get().findings["routes"]["tried"] == number
        return len(asked)

    make_post(cast, "approved", author=cast.tess, now=now - timedelta(days=3))
    first = cost(1)
    for days in range(1, 5):
        make_post(cast, "approved", author=cast.tess, now=now - timedelta(days=days))
        make_post(cast, "in_review", now=now - timedelta(days=days))
    assert cost(9) == first <= 30


@pytest.mark.django_db
def test_a_trial_knows_the_stage_the_taps_and_the_times_as_they_were(cast: Cast, now: datetime, ruling: Ruling) -> None:
    before = now - timedelta(days=5)
    first, last = london_day(before), london_day(before + timedelta(days=1))
    times = {"kind": "mourning", "starts_on": first, "ends_on": last, "entered_by": cast.sam, "entered_at": before}
    Period.objects.create(**times, name="A", team=cast.hackney, agreed_by=cast.dee, agreed_at=before)
    Period.objects.create(**times | {"kind": "election"}, name="B", agreed_by=cast.dee, agreed_at=now)
    cast.tess.appointments.update(starts_on=london_day(before + timedelta(days=2)))
    ruling(None, hit=True)
    for days, answers in ((0, None), (1, (True, False, True)), (2, (False, False, True)), (3, (False, True, True))):
        post = make_post(cast, author=cast.tess, now=before + timedelta(days=days))
        said = declarations.Answers(*answers) if answers else None
        review.submit(post=post, answers=said, by=cast.tess, now=before + timedelta(days=days))
    verdicts = list(Verdict.objects.order_by("pk").select_related("version__post__team__parent__parent"))
    known = submissions._read(verdicts, now)
    seen = []
    for one in verdicts:
        version, team, at = one.version, one.version.post.team, one.at
        seen.append((known.lowest_stage(version, at), known.periods(team, at=at, now=at), version.pk in known.declared))
        on = periods.kinds_over(team, at=at, now=at)
        assert seen[-1] == (review.lowest_stage(version, at), on, declarations.clears(version, version.fingerprint))
    mourning, none = frozenset({"mourning"}), frozenset()
    assert [one[1:] for one in seen] == [(mourning, False), (mourning, False), (none, True), (none, False)]
    assert [one[0] for one in seen] == [PROBATION, PROBATION, TRUSTED, TRUSTED]


@pytest.mark.django_db
def test_the_table_costs_a_check_no_query(cast: Cast, now: datetime, django_assert_num_queries: object) -> None:
    law, team = editions.in_force(now), cast.homerton
    with django_assert_num_queries(0):  # type: ignore[operator]
        routes.needs(judged(None), law=law, stage=PROBATION, team=team, around=AROUND)


# ---- two reviewers ------------------------------------------------------------------------------


def two_mentors(cast: Cast, now: datetime) -> Submission:
    publish(cast, now, probation__none__any__any="mentor_two")
    return submission_of(make_post(cast, "in_review", now=now))


def agree(waiting: Submission, by: User, now: datetime) -> str:
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=by, now=now)
    return str(Post.objects.get(pk=waiting.post_id).state)


@pytest.mark.django_db
def test_where_two_must_agree_one_mentor_is_not_enough_and_not_twice(cast: Cast, now: datetime) -> None:
    waiting = two_mentors(cast, now)
    assert agree(waiting, cast.rex, now) == Post.State.IN_REVIEW
    with pytest.raises(PermissionDenied):
        agree(waiting, cast.rex, now)
    assert agree(waiting, cast.dee, now) == Post.State.APPROVED
    assert approvals.approval(waiting.version, now=now) is not None


@pytest.mark.django_db
def test_a_yes_of_the_dmc_settles_what_two_mentors_could(cast: Cast, now: datetime) -> None:
    assert agree(two_mentors(cast, now), cast.dee, now) == Post.State.APPROVED


# ---- the pages ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everybody_reads_the_table_and_only_the_proposer_changes_it(
    cast: Cast, now: datetime, client_for: ClientFor
) -> None:
    page = client_for(cast.ada).get("/policy/routes/").content.decode()
    assert "Author on probation, the check finds an incident or a person" in page
    assert "as the console was delivered" in client_for(cast.ada).get("/policy/routes/?on=2014-01-01").content.decode()
    proposal = proposals.propose(why="More.", by=cast.sam, now=now)
    address = f"/policy/proposals/{proposal.pk}/routes/"
    line = {"stage": "any", "route": "any", "kind": "corporate", "period": "any", "agreement": "dmc", "keep": "yes"}
    assert client_for(cast.ada).get(address).status_code == 403
    assert client_for(cast.dee).post(address, line).status_code == 403
    for body in (
        line,
        line | {"agreement": "nobody"},
        {"keep": "yes"},
    ):  # who only reads it sends nothing, not even nonsense
        assert client_for(cast.cora).post(address, body).status_code == 403
    sam = client_for(cast.sam)
    assert sam.post(address, line | {"agreement": "nobody"}).status_code == 422
    assert sam.post(address, line).status_code == 302
    assert "on corporate channels" in sam.get(address).content.decode()
    assert sam.post(address, {"out": "any|dmc|any|any"}).status_code == 422
    assert sam.post(address, {"out": "any|any|corporate|any"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.changes["routes"] == {}
