from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts import appointing
from accounts.errors import Conflict
from accounts.models import Application, AuditEntry, Channel, Notice, Role, Signature, User
from accounts.provisioning import applying, signing, steps, waiting
from accounts.provisioning.evidence import Known, Part
from accounts.provisioning.gates import GATES, SEATS, TABLE
from tests.accounts.provisioning.conftest import Office

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def seats_waiting(channel: Channel) -> set[str]:
    return set(channel.application.waiting.values_list("seat", flat=True))


def test_the_table_has_eight_gates_nine_signatures_and_evidence_for_each() -> None:
    assert [gate.number for gate in TABLE] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(SEATS) == 9 and len(GATES[2].seats) == 2
    assert all(gate.asks for gate in TABLE)


def test_an_application_goes_gate_by_gate_until_the_channel_is_live(office: Office) -> None:
    asked = office.apply()
    channel = asked.channel
    assert (channel.life, channel.may_speak, channel.handle) == ("applied", False, "MPSHackneyWick")
    entry = AuditEntry.objects.get(action="channel.applied")
    assert (entry.by, entry.subject) == (asked.made_by, f"accounts.channel:{channel.pk}")
    assert entry.facts == {"application": asked.pk, "owner": asked.owner_id}
    assert seats_waiting(channel) == {"need"}
    assert office.sign_through(asked, 1).life == "preparing"
    assert seats_waiting(channel) == {"owner", "owner_dmc", "training", "practice", "identity", "security", "records"}
    for seat in ("security", "records", "owner", "owner_dmc", "training", "practice"):
        office.sign(asked, seat)
    with pytest.raises(Conflict):
        office.sign(asked, "launch")
    office.sign(asked, "identity")
    assert seats_waiting(channel) == {"launch"}
    office.sign(asked, "launch")
    channel.refresh_from_db()
    assert (channel.life, channel.may_speak) == ("live", True)
    assert seats_waiting(channel) == set()
    signed = {one.seat: (one.by, one.role) for one in asked.signatures.all()}
    assert signed["security"] == (office.ines, "Information security")
    assert AuditEntry.objects.filter(action="channel.gate_signed").count() == 9
    assert Notice.objects.filter(to=office.wyn, kind="channel.launched").exists()
    assert not Notice.objects.filter(kind__startswith="channel.turn", closed_at__isnull=True).exists()


def test_whoever_may_sign_is_told_and_whoever_asked_or_would_keep_it_is_not(office: Office) -> None:
    asked = office.apply()
    told = Notice.objects.filter(kind="channel.turn.need", closed_at__isnull=True)
    assert set(told.values_list("to__username", flat=True)) == {"olu"}
    assert "gate 1, need" in told.get().words
    office.sign(asked, "need")
    assert not told.exists()


def test_nobody_signs_for_their_own_and_no_one_twice_at_the_second_gate(office: Office) -> None:
    asked = office.apply()
    for who in (office.bo, office.wyn, office.cast.mel, office.ines, office.cast.sam):
        with pytest.raises(PermissionDenied):
            signing.sign(application=asked, seat="need", evidence="Seen.", by=who, now=asked.made_at)
    office.sign(asked, "need")
    office.sign(asked, "owner_dmc")
    with pytest.raises(PermissionDenied):
        signing.sign(application=asked, seat="owner", evidence="Seen.", by=office.cast.dee, now=asked.made_at)
    by_the_dmc = office.apply(
        team=office.cast.homerton, by=office.cast.dee, handle="MPSHomerton2", owner=office.cast.ada
    )
    office.sign(by_the_dmc, "need")
    with pytest.raises(PermissionDenied, match="You asked"):
        signing.sign(application=by_the_dmc, seat="owner_dmc", evidence="Seen.", by=office.cast.dee, now=asked.made_at)


def told(office: Office, asked: Application, seat: str, who: User) -> str:
    with pytest.raises(PermissionDenied) as refused:
        signing.sign(application=asked, seat=seat, evidence="Seen.", by=who, now=asked.made_at)
    return str(refused.value)


def test_who_may_not_sign_for_their_own_is_told_who_may(office: Office, now: datetime) -> None:
    asked, cast = office.apply(), office.cast
    assert told(office, asked, "need", office.bo).endswith("Ch Insp Olu Bankole may sign.")
    appointing.end(appointment=cast.olu.appointments.get(), by=cast.sam, now=now)
    alone = told(office, asked, "need", office.bo)
    assert "Ask Sam Whitcombe or Abe Kerrigan to appoint a deputy, or the manager of another borough" in alone
    # And so it goes on: somebody of the neighbouring borough, for a day.
    appointing.appoint(
        user=cast.mel, role=Role.MANAGER, team=cast.hackney, starts_on=now.date(), ends_on=now.date(), by=cast.sam,
        now=now,
    )  # fmt: skip
    signing.sign(application=asked, seat="need", evidence="Seen.", by=cast.mel, now=now)


def test_a_dmc_with_one_administrator_is_told_who_appoints_another(office: Office, now: datetime) -> None:
    cast = office.cast
    appointing.end(appointment=office.abe.appointments.get(), by=cast.sam, now=now)
    asked = office.apply(by=cast.sam)
    office.sign(asked, "need")
    alone = told(office, asked, "training", cast.sam)
    assert "You asked for this channel" in alone and "appoint somebody else of the same office urgently" in alone
    assert "Dee Marlowe or Hana Iqbal" in alone


def test_the_gate_s_page_says_who_may_as_the_refusal_does(office: Office, now: datetime) -> None:
    asked, cast = office.apply(), office.cast
    (need, *_) = steps.steps(asked, office.bo, (), now=now)
    assert [fact.words for fact in need.facts] == ["Ch Insp Olu Bankole may sign."]
    assert told(office, asked, "need", office.bo).endswith(need.facts[0].words)
    assert steps.steps(asked, cast.ada, (), now=now)[0].facts == [], "whose office it is not is told nothing"
    office.sign(asked, "need")
    appointing.appoint(user=cast.dee, role=Role.MANAGER, team=cast.hackney, starts_on=now.date(), by=cast.sam, now=now)
    both = User.objects.get(pk=cast.dee.pk)
    signing.sign(application=asked, seat="owner_dmc", evidence="Seen.", by=both, now=now)
    place = steps.steps(asked, both, (), now=now)[1].places[0]
    assert place.obstacle == told(office, asked, "owner", both)
    assert "signed at this gate already" in place.obstacle and "Olu Bankole" in place.obstacle


def test_who_changes_an_application_asks_for_it_too_and_signs_no_more(office: Office, now: datetime) -> None:
    asked, cast = office.apply(), office.cast
    office.sign_through(asked, 2)
    same = office.answers()
    applying.amend(application=asked, answers=same, by=cast.dee, now=now)
    assert "owner_dmc" not in seats_waiting(asked.channel), "who changes nothing asks for nothing"
    applying.amend(application=asked, answers=office.answers(name="Wick Police"), by=cast.dee, now=now)
    assert "owner_dmc" in seats_waiting(asked.channel) and "owner" not in seats_waiting(asked.channel)
    voided = asked.signatures.filter(decision=Signature.Decision.VOIDED, seat="owner_dmc")
    assert "has changed the application" in voided.get().evidence
    assert "You have changed this application" in told(office, asked, "owner_dmc", cast.dee)
    told_now = Notice.objects.filter(kind="channel.turn.owner_dmc", closed_at__isnull=True)
    assert cast.dee not in {notice.to for notice in told_now} and cast.hana in {notice.to for notice in told_now}
    signing.sign(application=asked, seat="owner_dmc", evidence="Seen.", by=cast.hana, now=now)


def test_a_mentor_who_would_deputise_signs_nothing(office: Office) -> None:
    asked = office.apply(deputy=office.cast.rex, mentor=office.cast.dee)
    office.sign(asked, "need")
    with pytest.raises(PermissionDenied, match="keep this channel"):
        office.sign(asked, "practice")


def test_a_signature_wants_words_and_nothing_missing(office: Office, now: datetime) -> None:
    asked = office.apply()
    with pytest.raises(ValidationError, match="what you have seen"):
        signing.sign(application=asked, seat="need", evidence=" ", by=office.cast.olu, now=now)
    short = Part(1, lambda application, moment: [Known("Nobody covers leave", good=False)])
    with pytest.raises(ValidationError, match="Nobody covers leave"):
        office.sign(asked, "need", parts=(short,))
    shown = Part(1, lambda application, moment: [Known("Asked at the panel in May", good=True)])
    office.sign(asked, "need", parts=(shown,))
    assert asked.signatures.get().facts == [{"words": "Asked at the panel in May", "good": True}]


def test_what_came_back_waits_for_whoever_asked_and_then_for_its_signatory_again(office: Office, now: datetime) -> None:
    asked = office.apply()
    signing.send_back(application=asked, seat="need", reason="Which panel?", by=office.cast.olu, now=now)
    assert seats_waiting(asked.channel) == {"applicant"}
    assert Notice.objects.filter(to=office.bo, kind="channel.turn.applicant", closed_at__isnull=True).exists()
    applying.amend(application=asked, answers=office.answers(asked="The May panel."), by=office.bo, now=now)
    assert seats_waiting(asked.channel) == {"need"}
    assert [one.decision for one in asked.signatures.all()] == ["returned", "voided"]


def test_a_changed_answer_voids_only_what_was_signed_of_it(office: Office, now: datetime) -> None:
    asked = office.apply()
    office.sign_through(asked, 7)
    later = now + timedelta(hours=1)
    applying.amend(application=asked, answers=office.answers(owner=office.cast.tess), by=office.bo, now=later)
    assert seats_waiting(asked.channel) == {"owner", "owner_dmc", "training", "practice", "security"}
    assert {one.by for one in waiting.standing(asked).values()} == {office.cast.olu, office.cast.cora, office.cast.sam}


@pytest.mark.parametrize("became", ["deputy", "cover"])
def test_who_comes_to_keep_the_channel_has_signed_nothing_for_it(office: Office, now: datetime, became: str) -> None:
    """The office's inspector asks; Sam signed training and identity, which no change of deputy or cover touches."""
    asked = office.apply()
    office.sign_through(asked, 7)
    changed = office.answers(**{became: office.cast.sam})
    applying.amend(application=asked, answers=changed, by=office.bo, now=now + timedelta(hours=1))
    assert not {"training", "identity"} & waiting.standing(asked).keys()
    if became == "cover":
        office.sign(asked, "need")
    with pytest.raises(PermissionDenied, match="would keep this channel"):
        office.sign(asked, "identity")
    signing.sign(application=asked, seat="identity", evidence="Seen.", by=office.abe, now=now + timedelta(hours=2))
    assert office.cast.sam not in {one.by for one in waiting.standing(asked).values()}
    assert asked.signatures.filter(evidence=applying.KEEPS_IT).count() == 2


def test_a_handle_is_reserved_while_asked_for_and_free_when_it_was_never_granted(office: Office, now: datetime) -> None:
    asked = office.apply()
    with pytest.raises(ValidationError, match="already a channel"):
        office.apply(team=office.cast.homerton)
    with pytest.raises(PermissionDenied):
        applying.take_back(application=asked, by=office.cast.olu, now=now)
    with pytest.raises(PermissionDenied, match="take it back"):
        applying.refuse(application=asked, reason="No.", by=office.bo, now=now)
    applying.refuse(application=asked, reason="The borough’s channel is enough.", by=office.cast.olu, now=now)
    with pytest.raises(Conflict):
        office.sign(asked, "need")
    again = office.apply()
    assert again.channel.handle == asked.channel.handle
    assert Channel.objects.get(pk=asked.channel_id).life == "refused"
    applying.take_back(application=again, by=office.bo, now=now)


IMPOSSIBLE = [
    ({"asked": " "}, "asked"),
    ({"deputy": "wyn"}, "deputy"),
    ({"cover": "wyn"}, "cover"),
    ({"mentor": "con"}, "mentor"),
    ({"posting_ends_on": date(2026, 3, 1)}, "posting_ends_on"),
    ({"handle": "No spaces"}, "handle"),
]


@pytest.mark.parametrize(("change", "field"), IMPOSSIBLE)
def test_answers_that_cannot_be_are_refused(office: Office, change: dict[str, object], field: str) -> None:
    people = {"wyn": office.wyn, "con": office.cast.con}
    with pytest.raises(ValidationError) as refused:
        office.apply(**{name: people.get(value, value) for name, value in change.items()})  # type: ignore[call-overload]
    assert field in refused.value.message_dict


def test_only_borough_and_dmc_ask_for_a_channel(office: Office) -> None:
    for who in (office.wyn, office.ines, office.cast.rex, office.cast.cora, office.cast.mel):
        with pytest.raises(PermissionDenied):
            office.apply(by=who)


def test_no_signature_can_be_changed_or_taken_away(office: Office) -> None:
    asked = office.apply()
    office.sign(asked, "need")
    for change in (lambda rows: rows.update(evidence="Other."), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Signature.objects.filter(application=asked))
