"""Whose turn it is at the gates of an application. Follows from its signatures; kept as rows for the board."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts import audit, notices
from accounts.channels import holders, holders_over
from accounts.models import Application, AuditEntry, Channel, Notice, Signature, User, Waiting
from accounts.provisioning.gates import APPLICANT, GATE_OF, GATES, SEATS, TABLE, Seat

TURN, CHANGED = "channel.turn", "channel.application_changed"
Decision = Signature.Decision


def standing(application: Application) -> dict[str, Signature]:
    """The signature that counts of each seat; of a voided one nothing counts."""
    latest = {one.seat: one for one in application.signatures.select_related("by").order_by("pk")}
    return {seat: one for seat, one in latest.items() if one.decision != Decision.VOIDED}


def passed(stands: dict[str, Signature]) -> set[int]:
    """The gates at which every seat has signed."""
    signed = {seat for seat, one in stands.items() if one.decision == Decision.SIGNED}
    return {gate.number for gate in TABLE if all(seat.key in signed for seat in gate.seats)}


def line_up(application: Application, *, now: datetime) -> None:
    """Write whose turn it is now, and tell those whose turn has come. Inside the transaction of what changed."""
    wanted = _wanted(application)
    standing_rows = {row.seat: row for row in application.waiting.all()}
    gone = [seat for seat in standing_rows if seat not in wanted]
    application.waiting.filter(seat__in=gone).delete()
    notices.settle(about=application, kinds=[f"{TURN}.{seat}" for seat in gone], now=now)
    for seat, gate in wanted.items():
        if seat not in standing_rows:
            Waiting.objects.create(application=application, seat=seat, gate=gate, since=now)
            _tell(application, seat, now)


def _wanted(application: Application) -> dict[str, int]:
    if application.channel.life not in Channel.BEFORE_LAUNCH:
        return {}
    stands = standing(application)
    through = passed(stands)
    wanted = {
        seat.key: gate.number
        for gate in TABLE
        if gate.after <= through
        for seat in gate.seats
        if seat.key not in stands
    }
    returned = [one.gate for one in stands.values() if one.decision == Decision.RETURNED]
    return wanted | ({APPLICANT: min(returned)} if returned else {})


def signatories(application: Application, seat: Seat) -> QuerySet[User]:
    """Everybody who could sign here by right, without those who may not sign for their own."""
    channel = application.channel
    found = holders(seat.right, channel) if seat.of_channel else holders_over(seat.right, channel.team)
    return found.exclude(pk__in=keepers(application) | applicants(application))


def keepers(application: Application) -> set[int]:
    """Who would keep the channel: they sign at no gate."""
    return {application.owner_id, application.deputy_id, application.cover_id}


def applicants(application: Application) -> set[int]:
    """Who asked for it, and who has changed what it asks since: none of them signs for it."""
    told = AuditEntry.objects.filter(subject=audit.subject_of(application.channel), action=CHANGED, by__isnull=False)
    changed = {by for by, facts in told.values_list("by", "facts") if facts.get("changed")}
    return {application.made_by_id, *changed}


def _tell(application: Application, seat: str, now: datetime) -> None:
    channel = application.channel
    link = reverse("application", kwargs={"pk": channel.pk})
    facts = {"kind": f"{TURN}.{seat}", "about": application, "link": link, "urgency": Notice.Urgency.SOON, "now": now}
    if seat == APPLICANT:
        words = f"{channel.team.full_name}: what you asked for {channel} came back with a question."
        notices.give(to=[application.made_by], words=words, needs_answer=True, **facts)
        return
    gate = GATES[GATE_OF[seat].number]
    words = f"{channel.team.full_name}: {channel} waits for your signature at gate {gate.number}, {gate.name.lower()}."
    notices.give(desk=signatories(application, SEATS[seat]), words=words, needs_answer=True, **facts)
