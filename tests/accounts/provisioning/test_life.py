from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import logins, vault
from accounts.errors import Conflict
from accounts.models import AuditEntry, Channel, Credential, Notice
from accounts.provisioning import life, moves
from tests.accounts.provisioning.conftest import Office

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
Life = Channel.Life
DAY = timedelta(days=1)


def test_every_stage_has_its_moves_and_what_is_over_has_none() -> None:
    assert set(Channel.MOVES) == set(Life)
    assert not Channel.MOVES[Life.CLOSED] and not Channel.MOVES[Life.REFUSED]
    # Everything that may speak may be stopped at any time.
    assert all({Life.SUSPENDED, Life.COMPROMISED} <= Channel.MOVES[stage] for stage in Channel.MAY_SPEAK)
    # Nothing reaches the public before its gates: to live leads only what was made ready, or was live before.
    leading = {stage for stage, moves in Channel.MOVES.items() if Life.LIVE in moves} - set(Channel.MAY_SPEAK)
    assert leading == {Life.PREPARING, Life.SUSPENDED, Life.COMPROMISED}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(Life)), max_size=12))
def test_no_sequence_of_moves_gets_around_the_table(office: Office, now: datetime, wanted: list[str]) -> None:
    channel = Channel(team=office.cast.wick, network="x", handle="MPSAny", name="Any", life="applied", created_at=now)
    channel.save(force_insert=True)
    walked, launched = [channel.life], False
    for stage in wanted:
        before = (channel.life, channel.life_before)
        try:
            channel.enter(stage, now=now)
        except Conflict:
            channel.refresh_from_db()
            assert (channel.life, channel.life_before) == before
            continue
        assert stage in Channel.MOVES[Life(before[0])]
        launched = launched or (before[0] == Life.PREPARING and stage == Life.LIVE)
        assert channel.may_speak <= launched, walked
        assert bool(channel.life_before) == (channel.life in Channel.STOPPED)
        walked.append(stage)
    assert Channel.objects.get(pk=channel.pk).life == walked[-1]
    channel.delete()


def test_of_two_who_move_it_at_once_one_is_told(office: Office, now: datetime) -> None:
    mine, theirs = (Channel.objects.get(pk=office.cast.x.pk) for _ in range(2))
    mine.enter(Life.SUSPENDED, now=now)
    with pytest.raises(Conflict, match="Somebody has just"):
        theirs.enter(Life.CLOSING, now=now)


def test_suspending_is_one_action_with_a_reason_and_resuming_brings_back_what_was(
    office: Office, now: datetime
) -> None:
    cast = office.cast
    for who in (cast.ada, cast.rex, cast.olu, cast.cora):
        with pytest.raises(PermissionDenied):
            life.suspend(channel=cast.x, reason="Now.", by=who, now=now)
    with pytest.raises(ValidationError):
        life.suspend(channel=cast.x, reason=" ", by=office.ines, now=now)
    Channel.objects.filter(pk=cast.x.pk).update(life=Life.HANDOVER)
    stopped = life.suspend(channel=cast.x, reason="Its owner is suspended.", by=office.ines, now=now)
    assert (stopped.life, stopped.life_before, stopped.may_speak) == ("suspended", "handover", False)
    told = Notice.objects.filter(kind=life.STOPPED, closed_at__isnull=True)
    assert {"ada", "tess", "dee", "hana", "ines"} <= set(told.values_list("to__username", flat=True))
    back = life.resume(channel=cast.x, reason="Settled.", by=cast.sam, now=now + DAY)
    assert (back.life, back.life_before, told.exists()) == ("handover", "", False)
    with pytest.raises(Conflict):
        life.resume(channel=cast.x, reason="Again.", by=cast.sam, now=now)


def test_a_compromised_channel_loses_its_login_and_only_security_lets_it_go_on(office: Office, now: datetime) -> None:
    cast = office.cast
    Credential.objects.create(channel=cast.x, sealed=vault.seal({"a": 1}), kind="oauth1", stored_at=now)
    hit = life.compromise(channel=cast.x, reason="Posts that nobody wrote.", by=cast.dee, now=now)
    assert (hit.life, hit.state) == ("compromised", "broken")
    assert Credential.objects.get(channel=cast.x).revoked_at == now
    with pytest.raises(PermissionDenied):
        life.resume(channel=cast.x, reason="Fine.", by=cast.sam, now=now)
    with pytest.raises(Conflict, match="new login"):
        life.resume(channel=cast.x, reason="Fine.", by=office.ines, now=now)
    for stage in (Life.SUSPENDED, Life.CLOSING):
        with pytest.raises(Conflict):
            Channel.objects.get(pk=cast.x.pk).enter(stage, now=now)
    logins.mark_working(channel=cast.x, now=now)
    assert life.resume(channel=cast.x, reason="New keys.", by=office.ines, now=now).life == "live"


def test_a_closing_channel_has_thirty_days_and_its_handle_is_never_used_again(office: Office, now: datetime) -> None:
    cast = office.cast
    with pytest.raises(PermissionDenied):
        life.start_closing(channel=cast.x, new_home="@MPSHackney", reason="Merged.", by=cast.dee, now=now)
    closing = life.start_closing(channel=cast.x, new_home="@MPSHackney", reason="Merged.", by=cast.sam, now=now)
    assert closing.may_speak
    assert "@MPSHackney" in Notice.objects.filter(to=cast.ada, kind=life.CLOSING).get().words
    assert life.close_due(now=now + 29 * DAY) == 0
    assert life.close_due(now=now + 30 * DAY) == 1 and life.close_due(now=now + 31 * DAY) == 0
    closed = Channel.objects.get(pk=cast.x.pk)
    assert (closed.life, closed.state, closed.may_speak) == ("closed", "closed", False)
    assert AuditEntry.objects.filter(action="channel.closed").count() == 1
    with pytest.raises(ValidationError, match="never used again"):
        office.apply(team=cast.homerton, handle="mpshomerton", owner=cast.ada)


@pytest.mark.parametrize("stopped", Channel.STOPPED)
@pytest.mark.parametrize("before", Channel.MAY_SPEAK)
def test_no_handover_and_no_closing_restarts_a_stopped_channel(
    office: Office, now: datetime, stopped: str, before: str
) -> None:
    cast = office.cast
    Channel.objects.filter(pk=cast.x.pk).update(life=stopped, life_before=before)
    with pytest.raises(Conflict, match=stopped):
        life.begin_handover(channel=cast.x, reason="She moves.", by=cast.olu, now=now)
    with pytest.raises(Conflict, match=stopped):
        life.start_closing(channel=cast.x, new_home="@MPSHackney", reason="Merged.", by=cast.sam, now=now)
    assert Channel.objects.get(pk=cast.x.pk).life == stopped


@pytest.mark.parametrize("stopped", Channel.STOPPED)
def test_a_stopped_channel_that_never_goes_on_is_archived_at_once(office: Office, now: datetime, stopped: str) -> None:
    cast = office.cast
    Channel.objects.filter(pk=cast.x.pk).update(life=stopped, life_before="live")
    told = {"channel": cast.x, "new_home": "@MPSHackney", "reason": "The account is lost.", "now": now}
    for who in (cast.ada, cast.dee, cast.olu, office.ines):
        with pytest.raises(PermissionDenied):
            life.archive(**told, by=who)
    with pytest.raises(ValidationError):
        life.archive(**{**told, "reason": " "}, by=cast.sam)
    over = life.archive(**told, by=cast.sam)
    assert (over.life, over.state, over.new_home, over.may_speak) == ("closed", "closed", "@MPSHackney", False)
    assert AuditEntry.objects.get(action="channel.closed").by == cast.sam
    assert not Notice.objects.filter(kind=life.STOPPED, closed_at__isnull=True).exists()
    for verb in (life.resume, life.keep_open):
        with pytest.raises((Conflict, PermissionDenied)):
            verb(channel=over, by=cast.sam, now=now, **({"reason": "No."} if verb is life.resume else {}))


def test_what_was_stopped_before_it_ever_spoke_is_refused_and_not_archived(office: Office, now: datetime) -> None:
    Channel.objects.filter(pk=office.cast.x.pk).update(life="suspended", life_before="preparing")
    channel = Channel.objects.get(pk=office.cast.x.pk)
    with pytest.raises(Conflict, match="never spoken"):
        life.archive(channel=channel, new_home="@MPS", reason="Gone.", by=office.cast.sam, now=now)
    assert "archive" not in [move.key for move in moves.offered(office.cast.sam, channel)]


def test_what_may_speak_is_not_archived_without_its_thirty_days(office: Office, now: datetime) -> None:
    with pytest.raises(Conflict):
        life.archive(channel=office.cast.x, new_home="@MPS", reason="Gone.", by=office.cast.sam, now=now)


def test_the_page_offers_each_move_where_its_verb_allows_it() -> None:
    assert set(life.OF) == set(moves.BY_KEY)
    for stages in life.OF.values():
        assert not set(stages) & set(Channel.OVER)


def test_a_handover_begins_and_ends_and_a_closing_channel_may_stay(office: Office, now: datetime) -> None:
    cast = office.cast
    assert life.begin_handover(channel=cast.x, reason="She moves in May.", by=cast.olu, now=now).may_speak
    assert life.end_handover(channel=cast.x, by=cast.olu, now=now).life == "live"
    life.start_closing(channel=cast.x, new_home="Met Engage", reason="Quiet.", by=cast.sam, now=now)
    assert life.keep_open(channel=cast.x, by=cast.sam, now=now).life == "live"
