"""Whatever people do at the gates, in whatever order: no channel goes live around one."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.errors import Conflict
from accounts.models import Application, Channel, Signature, User
from accounts.provisioning import applying, life, signing, waiting
from accounts.provisioning.gates import APPLICANT, SEATS, TABLE
from tests.accounts.provisioning.conftest import Office

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, ValidationError, Conflict)
SIGN = st.tuples(st.just("sign"), st.sampled_from(sorted(SEATS)), st.integers(0, 9))
OTHER = st.tuples(
    st.sampled_from(["back", "amend", "suspend", "resume", "close", "keep", "take_back"]),
    st.sampled_from(sorted(SEATS)),
    st.integers(0, 9),
)


def do(office: Office, asked: Application, verb: str, seat: str, number: int, now: datetime) -> None:
    """One step. By the right person four times out of five, by another else."""
    crowd = [office.bo, office.wyn, office.cast.sam, office.cast.hana, office.cast.dee]
    by: User = office.signatory(seat) if number > 1 else crowd[(number * 7 + len(seat)) % len(crowd)]
    channel = Channel.objects.get(pk=asked.channel_id)
    if verb == "sign":
        signing.sign(application=asked, seat=seat, evidence="Seen.", by=by, now=now)
    elif verb == "back":
        signing.send_back(application=asked, seat=seat, reason="Why?", by=by, now=now)
    elif verb == "amend":
        cover = office.cast.con if number % 2 else office.cast.ada
        applying.amend(application=asked, answers=office.answers(cover=cover), by=office.bo, now=now)
    elif verb == "suspend":
        life.suspend(channel=channel, reason="Stop.", by=office.ines, now=now)
    elif verb == "resume":
        life.resume(channel=channel, reason="Go on.", by=office.cast.sam, now=now)
    elif verb == "close":
        life.start_closing(channel=channel, new_home="Met Engage", reason="Over.", by=office.cast.sam, now=now)
    elif verb == "keep":
        life.keep_open(channel=channel, by=office.cast.sam, now=now)
    elif number == 0:
        applying.take_back(application=asked, by=office.bo, now=now)


def check(asked: Application) -> None:
    channel = Channel.objects.get(pk=asked.channel_id)
    stands = waiting.standing(asked)
    signed = {seat: one for seat, one in stands.items() if one.decision == Signature.Decision.SIGNED}
    apart = {asked.made_by_id, *waiting.keepers(asked)}
    assert not apart & {one.by_id for one in signed.values()} or channel.life not in Channel.BEFORE_LAUNCH
    if {"owner", "owner_dmc"} <= signed.keys():
        assert signed["owner"].by_id != signed["owner_dmc"].by_id
    if channel.may_speak:
        assert signed.keys() == SEATS.keys()
    turns = set(asked.waiting.values_list("seat", flat=True)) - {APPLICANT}
    assert not turns & signed.keys()
    for gate in TABLE:
        if turns & {seat.key for seat in gate.seats}:
            assert gate.after <= waiting.passed(stands)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(SIGN, SIGN, SIGN, SIGN, OTHER), min_size=20, max_size=45))
def test_no_order_of_steps_brings_a_channel_to_life_around_a_gate(
    office: Office, now: datetime, steps: list[tuple[str, str, int]]
) -> None:
    with transaction.atomic():
        asked = office.apply()
        for verb, seat, number in [*steps, *(("sign", seat, 9) for seat in SEATS)]:
            try:
                with transaction.atomic():
                    do(office, asked, verb, seat, number, now)
            except REFUSALS:
                continue
            asked.refresh_from_db()
            check(asked)
        transaction.set_rollback(True)
