"""Sign at a gate, or send back with a question. The last signature launches the channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit, notices
from accounts.channels import holders
from accounts.errors import Conflict
from accounts.models import Application, Channel, Notice, Signature, User
from accounts.provisioning import instead, waiting
from accounts.provisioning.applying import lock
from accounts.provisioning.evidence import Known, Part, kept, known, missing
from accounts.provisioning.gates import GATE_OF, LAUNCH, SEATS, Gate, Seat

Decision = Signature.Decision
LAUNCHED = "channel.launched"


@transaction.atomic
def sign(
    *, application: Application, seat: str, evidence: str, parts: Iterable[Part] = (), by: User, now: datetime
) -> Signature:
    """The evidence is there and was looked at. parts: what each room knows (`evidence.Part`).

    Raises PermissionDenied without the right, for an application that one made or changed, or a second signature at one
    gate; ValidationError without evidence or while something is missing; Conflict when it is not this seat's turn.
    """
    row, place = lock(application), SEATS[seat]
    gate = GATE_OF[seat]
    require(by, row, place)
    _require_turn(row, place)
    facts = known(row, gate.number, parts, now=now)
    if lacking := missing(facts):
        raise ValidationError({"evidence": ["This gate cannot be signed yet.", *lacking]})
    if not evidence.strip():
        raise ValidationError({"evidence": "Write what you have seen, and where it is kept."})
    made = _write(row, gate, place, Decision.SIGNED, evidence, facts, by=by, now=now)
    _move_on(row, gate, by=by, now=now)
    waiting.line_up(row, now=now)
    return made


@transaction.atomic
def send_back(*, application: Application, seat: str, reason: str, by: User, now: datetime) -> Signature:
    """Not like this: whoever asked must change or answer something first.

    Raises PermissionDenied, Conflict; ValidationError without a reason.
    """
    row, place = lock(application), SEATS[seat]
    require(by, row, place)
    _require_turn(row, place)
    if not reason.strip():
        raise ValidationError({"reason": "Say what is missing: whoever asked will read it."})
    made = _write(row, GATE_OF[seat], place, Decision.RETURNED, reason, [], by=by, now=now)
    waiting.line_up(row, now=now)
    return made


class Obstacle(NamedTuple):
    """why: this person may not sign here. instead: who may, where it is for who they are to this channel."""

    why: str
    instead: str = ""

    @property
    def words(self) -> str:
        return f"{self.why} {self.instead}".strip()


def obstacle(user: User, application: Application, seat: Seat, stands: Mapping[str, Signature]) -> Obstacle | None:
    """None when they may. It may not be their turn all the same. stands: `waiting.standing` of the application."""
    channel = application.channel
    if not user.has_perm(f"accounts.{seat.right}", channel if seat.of_channel else channel.team):
        return Obstacle(f"This is signed by: {seat.signatory}.")
    beside = {
        one.by_id
        for key, one in stands.items()
        if key != seat.key and one.gate == GATE_OF[seat.key].number and one.decision == Decision.SIGNED
    }
    if user.pk == application.made_by_id:
        why = "You asked for this channel, so somebody else signs."
    elif user.pk in waiting.applicants(application):
        why = "You have changed this application, so somebody else signs."
    elif user.pk in waiting.keepers(application):
        why = "You would keep this channel, so somebody else signs."
    elif user.pk in beside:
        why = "You have signed at this gate already. The second signature is somebody else’s."
    else:
        return None
    return Obstacle(why, instead.words(application, seat, without={user.pk, *beside}))


def require(by: User, application: Application, seat: Seat) -> None:
    """Raises PermissionDenied, in words, where there is an `obstacle`."""
    if found := obstacle(by, application, seat, waiting.standing(application)):
        raise PermissionDenied(found.words)


def _require_turn(row: Application, seat: Seat) -> None:
    if not row.waiting.filter(seat=seat.key).exists():
        raise Conflict("This signature is not asked for at the moment. Nothing was changed: look at it again.")


def _write(
    row: Application, gate: Gate, seat: Seat, decision: str, words: str, facts: list[Known], *, by: User, now: datetime
) -> Signature:
    made = Signature.objects.create(
        application=row, gate=gate.number, seat=seat.key, decision=decision, role=seat.signatory, by=by, at=now,
        evidence=words.strip(), facts=kept(facts),
    )  # fmt: skip
    action = "channel.gate_signed" if decision == Decision.SIGNED else "channel.gate_returned"
    audit.record(by, action, row.channel, now=now, gate=gate.number, seat=seat.key, role=seat.signatory)
    return made


def _move_on(row: Application, gate: Gate, *, by: User, now: datetime) -> None:
    """Granted with the first gate, live with the last."""
    channel = row.channel
    if gate.number == 1 and channel.life == Channel.Life.APPLIED:
        channel.enter(Channel.Life.PREPARING, now=now)
    elif gate == LAUNCH:
        channel.enter(Channel.Life.LIVE, now=now)
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        audit.record(by, "channel.launched", channel, now=now)
        words = f"{channel.team.full_name}: {channel} is live. From now on your updates go out."
        people = [row.owner, row.deputy, row.made_by, *holders("submit_for", channel)]
        notices.give(to=people, kind=LAUNCHED, about=channel, words=words, urgency=Notice.Urgency.SOON, now=now)
