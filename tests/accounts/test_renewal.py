"""From trusted on a stage counts for a year: what ends by itself, who renews it, and who is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import appointing, mentoring, renewal, stages, stages_then
from accounts.channels import stage_of
from accounts.errors import Conflict
from accounts.models import Appointment, Notice, Role, Stage, StageChange, StageProposal, User
from tests.conftest import LONDON, Cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture
def today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


@pytest.fixture
def held(cast: Cast, now: datetime, today: date) -> Appointment:
    """Tess's, trusted until today, mentored by Rex."""
    mentoring.pair(author=cast.tess, mentor=cast.rex, backup=cast.dee, by=cast.sam, now=now)
    Appointment.objects.filter(user=cast.tess).update(stage_until=today)
    return cast.tess.appointments.get()


def propose(held: Appointment, by: User, now: datetime) -> StageProposal:
    return stages.propose(appointment=held, why="Calm all year.", evidence=[], renew=True, by=by, now=now)


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + DAY, datetime.min.time(), LONDON)


@pytest.mark.parametrize("stage", [Stage.TRUSTED, Stage.READY])
def test_a_stage_counts_to_the_end_of_its_last_london_day(
    cast: Cast, held: Appointment, today: date, stage: Stage
) -> None:
    Appointment.objects.filter(pk=held.pk).update(stage=stage)
    midnight = midnight_after(today)
    assert stage_of(cast.tess, cast.homerton, midnight - timedelta(seconds=1)) == stage
    assert stage_of(cast.tess, cast.homerton, midnight) == Stage.PROBATION
    then = stages_then.read([cast.tess.pk])
    for moment in (midnight - timedelta(seconds=1), midnight, midnight + 400 * DAY):
        assert then.stage_of(cast.tess.pk, cast.homerton, moment) == stage_of(cast.tess, cast.homerton, moment)
    held.refresh_from_db()
    assert held.stage == stage, "nothing is written, so a renewal gives back what was there"


def test_what_needs_no_renewal_does_not_end(cast: Cast, held: Appointment, now: datetime) -> None:
    Appointment.objects.filter(pk=held.pk).update(stage=Stage.PRACTICE)
    assert stage_of(cast.tess, cast.homerton, now + 2 * DAY) == Stage.PRACTICE, "never lifted by an end"
    assert stage_of(cast.mel, cast.kilburn, now + 2 * DAY) == Stage.TRUSTED, "no end is known"


def test_two_people_renew_it_and_one_cannot(cast: Cast, held: Appointment, now: datetime, today: date) -> None:
    later = now + 20 * DAY
    for nobody in (cast.tess, cast.ada, cast.mel):
        with pytest.raises(PermissionDenied):
            propose(held, nobody, later)
    proposal = propose(held, cast.rex, later)
    for nobody in (cast.rex, cast.ada, cast.tess):
        with pytest.raises(PermissionDenied):
            stages.agree(proposal=proposal, by=nobody, now=later)
    assert stage_of(cast.tess, cast.homerton, later) == Stage.PROBATION
    changed = stages.agree(proposal=proposal, by=cast.sam, now=later)
    assert (changed.kind, changed.was, changed.became) == (StageChange.Kind.RENEWED, "trusted", "trusted")
    assert stage_of(cast.tess, cast.homerton, later) == Stage.TRUSTED
    held.refresh_from_db()
    assert held.stage_until == today + 20 * DAY + 365 * DAY
    assert "is renewed until" in Notice.objects.get(to=cast.tess, kind=stages.CHANGED).words


def test_a_declined_renewal_changes_nothing(cast: Cast, held: Appointment, now: datetime, today: date) -> None:
    stages.decline(proposal=propose(held, cast.rex, now), words="First the workshop.", by=cast.sam, now=now)
    held.refresh_from_db()
    assert (held.stage, held.stage_until) == ("trusted", today)
    assert propose(held, cast.sam, now).renews


def test_it_is_renewed_near_its_end_and_not_before(cast: Cast, held: Appointment, now: datetime, today: date) -> None:
    for until in (today + 61 * DAY, None):
        Appointment.objects.filter(pk=held.pk).update(stage_until=until)
        with pytest.raises(Conflict):
            propose(held, cast.rex, now)
    Appointment.objects.filter(pk=held.pk).update(stage_until=today + 60 * DAY)
    propose(held, cast.rex, now)


def test_going_up_begins_a_year_and_going_down_ends_it(
    cast: Cast, held: Appointment, now: datetime, today: date
) -> None:
    up = stages.propose(appointment=held, why="Ready.", evidence=[], by=cast.rex, now=now)
    stages.agree(proposal=up, by=cast.sam, now=now)
    held.refresh_from_db()
    assert (held.stage, held.stage_until) == ("ready", today + 365 * DAY)
    down = {"appointment": held, "kind": "dmc", "why": "x", "way_back": "y", "by": cast.sam}
    stages.move_down(**down, to="trusted", now=now + DAY)
    held.refresh_from_db()
    assert held.stage_until == today + 365 * DAY, "going down gives nobody a day more"
    stages.move_down(**down, to="probation", now=now + DAY)
    held.refresh_from_db()
    assert held.stage_until is None


def test_one_person_cannot_pass_a_renewal_off_as_a_step_down(cast: Cast, held: Appointment, now: datetime) -> None:
    said = {"appointment": held, "to": "probation", "why": "x", "way_back": "y", "by": cast.sam, "now": now}
    with pytest.raises(ValidationError):
        stages.move_down(**said, kind="renewed")


def test_whoever_is_taken_on_as_trusted_has_a_year_from_the_first_day(cast: Cast, now: datetime, today: date) -> None:
    said = {"role": Role.SERGEANT, "team": cast.wick, "starts_on": today, "now": now}
    assert appointing.appoint(user=cast.mel, stage=Stage.TRUSTED, by=None, **said).stage_until == today + 365 * DAY
    assert appointing.appoint(user=cast.ada, by=cast.sam, **said).stage_until is None


def test_author_and_mentor_are_told_once_before_and_once_after(
    cast: Cast, held: Appointment, now: datetime, today: date
) -> None:
    Appointment.objects.filter(pk=held.pk).update(stage_until=today + 40 * DAY)
    told = [day for day in range(50) for _ in range(2) if renewal.remind(now=now + day * DAY)]
    assert told == [10, 41]
    for user in (cast.tess, cast.rex):
        soon, ended = Notice.objects.filter(to=user, kind__in=[renewal.ENDS_SOON, renewal.ENDED]).order_by("at")
        assert (soon.kind, ended.kind) == (renewal.ENDS_SOON, renewal.ENDED)
        assert soon.closed_at is not None, "what has ended no longer ends soon"
    assert not Notice.objects.filter(to=cast.dee, kind=renewal.ENDED).exists()
    later = now + 50 * DAY
    stages.agree(proposal=propose(held, cast.rex, later), by=cast.sam, now=later)
    assert not Notice.objects.filter(kind=renewal.ENDED, closed_at__isnull=True).exists(), "renewed, so it is over"
    told = [day for day in range(330, 370) if renewal.remind(now=later + day * DAY)]
    assert told == [335, 366], "and the next year again"


def test_what_was_put_away_is_not_said_again(cast: Cast, held: Appointment, now: datetime) -> None:
    assert renewal.remind(now=now) == 1
    Notice.objects.filter(kind=renewal.ENDS_SOON).update(closed_at=now)
    assert renewal.remind(now=now + timedelta(minutes=10)) == 0


def test_renewing_does_not_bring_back_the_monthly_check_in(cast: Cast, held: Appointment, now: datetime) -> None:
    stages.agree(proposal=propose(held, cast.rex, now), by=cast.sam, now=now)
    StageChange.objects.create(
        appointment=held, was="probation", became="trusted", kind="up", why="x", by=cast.rex, second=cast.sam,
        at=now - 300 * DAY,
    )  # fmt: skip
    assert mentoring.due_list(cast.tess.pairings.all(), now=now)[0].every == mentoring.QUARTERLY


# ---- the pages -------------------------------------------------------------------------------------


def test_the_pages_say_until_when_and_take_the_renewal(
    cast: Cast, held: Appointment, today: date, client_for: ClientFor
) -> None:
    page = reverse("policy:stage", args=[held.pk])
    coaching = reverse("accounts:coaching", args=[cast.tess.pk])
    Appointment.objects.filter(pk=held.pk).update(stage_until=date(2999, 3, 4))
    quiet = client_for(cast.rex).get(page).text
    assert "counts until 4 March 2999" in quiet and "from 3 January 2999 on" in quiet and 'name="renew"' not in quiet
    assert "counts until 4 March 2999" in client_for(cast.tess).get(coaching).text
    Appointment.objects.filter(pk=held.pk).update(stage_until=date(2026, 1, 4))
    shown = client_for(cast.rex).get(page).text
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids)), "a label leads to one field"
    assert "ended on 4 January 2026" in shown and "until it is renewed" in shown and "What speaks for it" in shown
    assert "ended on 4 January 2026" in client_for(cast.tess).get(coaching).text
    assert 'name="renew"' not in client_for(cast.tess).get(page).text, "nobody renews their own"
    door = reverse("policy:propose_stage", args=[held.pk])
    assert client_for(cast.rex).post(door, {"renew": "1", "why": ""}).status_code == 422
    assert client_for(cast.rex).post(door, {"renew": "1", "why": "Calm all year."}).status_code == 302
    assert "“trusted” for another year" in client_for(cast.sam).get(reverse("home")).text
    assert "proposes to renew “trusted”" in client_for(cast.sam).get(page).text
    agreed = reverse("policy:agree_stage", args=[StageProposal.objects.get().pk])
    assert "for another year" in client_for(cast.sam).post(agreed, follow=True).text
    assert "Trusted, renewed" in client_for(cast.tess).get(coaching).text


def test_whoever_was_trusted_when_this_began_has_a_year(cast: Cast) -> None:
    began = import_module("accounts.migrations.0025_stages_count_for_a_year")
    began.begin_the_year(apps, None)
    year = timezone.now().astimezone(LONDON).date() + 365 * DAY
    has = dict(Appointment.objects.values_list("user__username", "stage_until"))
    assert {name for name, until in has.items() if until == year} == {"tess", "mel"}
    assert has["ada"] is None
