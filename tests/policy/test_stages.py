"""How far an author has come: two people upwards, one downwards, and what speaks for it is counted from rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import appointing, mentoring, stages
from accounts.channels import stage_of
from accounts.errors import Conflict
from accounts.models import Appointment, AuditEntry, Notice, Stage, StageChange, StageProposal, User
from policy import agenda, progress, review
from tests.conftest import Cast
from tests.factories import approve_post, change_text, make_post, submission_of

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def held(cast: Cast, now: datetime) -> Appointment:
    """Ada's, on probation, mentored by Rex."""
    mentoring.pair(author=cast.ada, mentor=cast.rex, backup=cast.dee, by=cast.sam, now=now)
    return cast.ada.appointments.get()


def propose(held: Appointment, by: User, now: datetime) -> StageProposal:
    seen = progress.kept(progress.evidence(held, now=now))
    return stages.propose(appointment=held, why="Calm and clear.", evidence=seen, by=by, now=now)


def test_up_takes_the_mentor_and_the_dmc(cast: Cast, held: Appointment, now: datetime) -> None:
    for nobody in (cast.ada, cast.tess, cast.mel, cast.olu):
        with pytest.raises(PermissionDenied):
            propose(held, nobody, now)
    proposal = propose(held, cast.rex, now)
    for nobody in (cast.rex, cast.ada, cast.tess):
        with pytest.raises(PermissionDenied):
            stages.agree(proposal=proposal, by=nobody, now=now)
    assert stage_of(cast.ada, cast.homerton, now) == Stage.PROBATION, "nothing goes up by itself"
    stages.agree(proposal=proposal, by=cast.sam, now=now)
    assert stage_of(cast.ada, cast.homerton, now) == Stage.TRUSTED
    assert "Well done" in Notice.objects.get(to=cast.ada, kind=stages.CHANGED).words
    entry = AuditEntry.objects.get(action="stage.changed")
    assert (entry.facts["was"], entry.facts["became"], entry.facts["second"]) == ("probation", "trusted", cast.sam.pk)
    assert StageChange.objects.get().evidence[0]["what"] == "Days on probation"
    with pytest.raises(Conflict):
        stages.agree(proposal=proposal, by=cast.sam, now=now)


def test_two_of_the_dmc_are_not_a_mentor_and_the_dmc(cast: Cast, held: Appointment, now: datetime) -> None:
    proposal = propose(held, cast.hana, now)
    with pytest.raises(PermissionDenied):
        stages.agree(proposal=proposal, by=cast.sam, now=now)
    stages.agree(proposal=proposal, by=cast.rex, now=now)


def test_not_yet_is_said_in_words(cast: Cast, held: Appointment, now: datetime) -> None:
    proposal = propose(held, cast.rex, now)
    with pytest.raises(ValidationError):
        stages.decline(proposal=proposal, words=" ", by=cast.sam, now=now)
    stages.decline(proposal=proposal, words="Ten more with pictures.", by=cast.sam, now=now)
    assert propose(held, cast.rex, now).pk != proposal.pk


def test_down_takes_one_at_once_with_a_reason_and_a_way_back(cast: Cast, held: Appointment, now: datetime) -> None:
    Appointment.objects.filter(pk=held.pk).update(stage=Stage.TRUSTED)
    waiting = propose(held, cast.rex, now)
    down = {"appointment": held, "to": "probation", "kind": "harm", "why": "A child could be seen.", "now": now}
    with pytest.raises(ValidationError):
        stages.move_down(**down, way_back="", by=cast.sam)
    with pytest.raises(PermissionDenied):
        stages.move_down(**down, way_back="Ten more.", by=cast.tess)
    stages.move_down(**down, way_back="Ten more with pictures.", by=cast.sam)
    assert stage_of(cast.ada, cast.homerton, now) == Stage.PROBATION
    waiting.refresh_from_db()
    assert waiting.ending == "overtaken"
    with pytest.raises(ValidationError):
        stages.move_down(**down | {"to": "trusted"}, way_back="x", by=cast.sam)


def test_nobody_comes_further_by_being_appointed_again(cast: Cast, now: datetime) -> None:
    said = {"user": cast.ada, "role": "sergeant", "starts_on": now.date(), "by": cast.sam, "now": now}
    with pytest.raises(ValidationError):
        appointing.appoint(**said, team=cast.wick, stage=Stage.TRUSTED)
    cast.ada.appointments.update(stage=Stage.PRACTICE)
    assert appointing.appoint(**said, team=cast.wick).stage == Stage.PRACTICE


@pytest.mark.postgres
def test_a_change_of_stage_is_never_rewritten(cast: Cast, held: Appointment, now: datetime) -> None:
    stages.agree(proposal=propose(held, cast.rex, now), by=cast.sam, now=now)
    for change in (lambda: StageChange.objects.update(why="x"), lambda: StageChange.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


MOVES = st.lists(
    st.tuples(st.sampled_from(["propose", "agree", "decline", "down"]), st.sampled_from(["rex", "dee", "sam", "ada"])),
    min_size=4, max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_sequence_lifts_anybody_without_two(
    cast: Cast, held: Appointment, now: datetime, moves: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        for number, (move, name) in enumerate(moves):
            at, by = now + timedelta(minutes=number), getattr(cast, name)
            before = Stage(Appointment.objects.get(pk=held.pk).stage)
            _try(move, held, by, at)
            after = Stage(Appointment.objects.get(pk=held.pk).stage)
            assert after.rank <= before.rank or (move == "agree" and after.rank == before.rank + 1)
        ups = StageChange.objects.filter(kind="up")
        assert all({up.by, up.second} & {cast.rex, cast.dee} and cast.ada not in (up.by, up.second) for up in ups)
        last = StageChange.objects.order_by("-at", "-pk").first()
        assert Appointment.objects.get(pk=held.pk).stage == (last.became if last else Stage.PROBATION)
        transaction.set_rollback(True)


def _try(move: str, held: Appointment, by: User, now: datetime) -> None:
    open_one = StageProposal.objects.filter(appointment=held, closed_at__isnull=True).first()
    try:
        if move == "propose":
            propose(Appointment.objects.get(pk=held.pk), by, now)
        elif move == "down":
            said = {"kind": "dmc", "why": "x", "way_back": "y"}
            stages.move_down(appointment=held, to="practice", **said, by=by, now=now)
        elif open_one and move == "agree":
            stages.agree(proposal=open_one, by=by, now=now)
        elif open_one:
            stages.decline(proposal=open_one, words="Not yet.", by=by, now=now)
    except (PermissionDenied, ValidationError, Conflict):
        return


# ---- the evidence ----------------------------------------------------------------------------------


def test_a_post_that_came_back_breaks_the_row(cast: Cast, held: Appointment, now: datetime) -> None:
    make_post(cast, "approved", now=now)
    returned = make_post(cast, "in_review", now=now)
    waiting = submission_of(returned)
    seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": cast.rex}
    review.send_back(**seen, reason="tone", note="Warmer.", now=now + timedelta(minutes=1))
    for minutes in (2, 3):
        make_post(cast, "approved", now=now + timedelta(minutes=minutes))
    assert progress.in_a_row(held) == 2
    points = {point.what: point for point in progress.evidence(held, now=now)}
    assert points["Replies to residents within their time"].met is None, "what is not known is not claimed"
    assert points["Training"].met is False


def test_a_post_that_was_approved_twice_is_one_in_the_row(cast: Cast, held: Appointment, now: datetime) -> None:
    post = make_post(cast, "approved", now=now)
    for minute in range(1, 10):
        later = now + timedelta(minutes=minute)
        change_text(post, f"Take {minute}.", by=cast.ada, now=later)
        review.submit(post=post, by=cast.ada, now=later)
        approve_post(post, cast.rex, now=later)
    assert progress.in_a_row(held) == 1


def test_the_page_shows_the_evidence_and_takes_the_decision(
    cast: Cast, held: Appointment, client_for: ClientFor
) -> None:
    page = reverse("policy:stage", args=[held.pk])
    rex = client_for(cast.rex)
    with CaptureQueriesContext(connection) as asked:
        shown = rex.get(page)
    assert "In a row, approved as first sent" in shown.text and len(asked) <= 45, len(asked)
    client_for(cast.rex).post(reverse("policy:propose_stage", args=[held.pk]), {"why": "Calm."})
    proposal = StageProposal.objects.get()
    assert "I agree" not in client_for(cast.rex).get(page).text
    assert "Ada Okafor" in client_for(cast.sam).get(reverse("home")).text
    client_for(cast.sam).post(reverse("policy:agree_stage", args=[proposal.pk]))
    assert "Trusted" in client_for(cast.ada).get(page).text
    for who, status in (("tess", 404), ("mel", 404), ("olu", 404)):
        assert client_for(getattr(cast, who)).get(page).status_code == status


# ---- the agenda ------------------------------------------------------------------------------------


def test_the_agenda_says_what_weighs_most_once_there_is_enough() -> None:
    few = agenda.count([("privacy", True), ("tone", False)])
    assert few.heading == "1 of 2 returns is for privacy in pictures"
    many = agenda.count([("privacy", True)] * 7 + [("tone", False)] * 10)
    assert many.heading == "59% of returns are for tone"
    assert many.points == "Tone: 10 returns\nPrivacy: 7 returns, 7 of them with pictures"
    assert agenda.count([]).heading == "Nothing came back"


def test_returns_add_up_by_reason_for_whoever_plans(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    waiting = submission_of(make_post(cast, "in_review", now=now))
    seen = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": cast.rex, "now": now}
    review.send_back(**seen, reason="privacy", note="Leave the number out.")
    for who in (cast.rex, cast.sam):
        assert [line.words for line in agenda.add_up(who, days=30, now=now).lines] == ["Privacy: 1 return"]
    assert not agenda.add_up(cast.sam, days=30, now=now + timedelta(days=31)).lines
    assert client_for(cast.ada).get(reverse("policy:agenda")).status_code == 403
    page = client_for(cast.sam).get(reverse("policy:agenda"), {"period": "year"})
    assert page.status_code == 200
