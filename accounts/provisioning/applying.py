"""Ask for a channel, answer what came back, take it back; or say that it is not granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit, notices
from accounts.errors import Conflict
from accounts.models import Application, Channel, Notice, Signature, Team, User
from accounts.models.people import LONDON
from accounts.opening import check_handle, open_channel
from accounts.provisioning import waiting
from accounts.provisioning.gates import GATE_OF, SEATS, VOIDED_BY

Decision = Signature.Decision
REFUSED = "channel.not_granted"
KEEPS_IT = "Whoever signed would keep the channel now, so somebody else signs."
CHANGED_IT = "Whoever signed has changed the application, so somebody else signs."
WRITTEN = ("audience", "asked", "why_here")


@dataclass(frozen=True)
class Answers:
    """What an application says. posting_ends_on: the London day on which the owner's posting ends, if HR has one."""

    handle: str
    name: str
    audience: str
    asked: str
    why_here: str
    owner: User
    deputy: User
    mentor: User
    cover: User
    posting_ends_on: date | None = None


def may_apply(user: User, team: Team) -> bool:
    """The borough's manager and the DMC."""
    return any(user.has_perm(f"accounts.{perm}", team) for perm in ("sign_borough", "provision", "sign_dmc"))


@transaction.atomic
def apply(*, team: Team, network: str, answers: Answers, by: User, now: datetime) -> Application:
    """Ask for a channel of `team`. The handle is reserved from this moment, and nothing can go out.

    Raises PermissionDenied; ValidationError for answers that are missing or cannot be, and for a handle that is taken.
    """
    _require(by, team)
    _check(answers, now)
    channel = open_channel(
        team=team, network=network, handle=answers.handle, name=answers.name, life=Channel.Life.APPLIED, by=by, now=now
    )
    said = _columns(answers)
    made = Application.objects.create(channel=channel, **said, made_by=by, made_at=now, changed_at=now)
    audit.record(by, "channel.applied", channel, now=now, application=made.pk, owner=answers.owner.pk)
    waiting.line_up(made, now=now)
    return made


@transaction.atomic
def amend(*, application: Application, answers: Answers, by: User, now: datetime) -> Application:
    """Change what it says, or answer what came back. What was signed of a changed answer, by whoever changes it, or by
    somebody who would keep the channel now, must be signed again.

    Raises PermissionDenied, ValidationError; Conflict when it is over.
    """
    row = lock(application)
    _require(by, row.channel.team)
    _check(answers, now)
    changed = _changes(row, answers)
    if {"handle", "name"} & changed:
        _rename(row.channel, answers)
    for name, value in _columns(answers).items():
        setattr(row, name, value)
    row.changed_at = now
    row.save(update_fields=[*_columns(answers), "changed_at"])
    audit.record(by, waiting.CHANGED, row.channel, now=now, changed=sorted(changed))
    _void(row, {gate for name in changed for gate in VOIDED_BY[name]}, now=now)
    waiting.line_up(row, now=now)
    return row


@transaction.atomic
def take_back(*, application: Application, by: User, now: datetime) -> Application:
    """Whoever asked no longer does. The handle is free again. Raises PermissionDenied, Conflict."""
    row = lock(application)
    if by.pk != row.made_by_id:
        raise PermissionDenied("Whoever asked for the channel takes it back.")
    return _end(row, "Taken back by whoever asked for it.", "channel.application_taken_back", by=by, now=now)


@transaction.atomic
def refuse(*, application: Application, reason: str, by: User, now: datetime) -> Application:
    """Borough or DMC: no channel here. Raises PermissionDenied, and for one's own; ValidationError without a reason."""
    row = lock(application)
    team = row.channel.team
    if why := unable_to_refuse(by, row):
        raise PermissionDenied(why)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: whoever asked will read it."})
    ended = _end(row, reason.strip(), "channel.application_refused", by=by, now=now)
    words = f"{team.full_name}: {row.channel} was not granted. {reason.strip()}"
    notices.give(to=[row.made_by], kind=REFUSED, about=row, words=words, urgency=Notice.Urgency.SOON, now=now)
    return ended


def unable_to_refuse(user: User, application: Application) -> str:
    """Why this person cannot say that the channel is not granted, in words; empty when they can."""
    team = application.channel.team
    if not any(user.has_perm(f"accounts.{perm}", team) for perm in ("sign_borough", "sign_dmc")):
        return "The borough or the DMC decides whether a channel is granted."
    return "You asked for it, so take it back instead." if user.pk == application.made_by_id else ""


def lock(application: Application) -> Application:
    """The row as it is, for whoever changes it. Raises Conflict when the application is over."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    row.channel = Channel.objects.select_related("team__parent__parent").get(pk=row.channel_id)
    if row.channel.life not in Channel.BEFORE_LAUNCH:
        state = row.channel.get_life_display().lower()
        raise Conflict(f"{row.channel} is now “{state}”, so its application can no longer be changed.")
    return row


def _require(by: User, team: Team) -> None:
    if not may_apply(by, team):
        raise PermissionDenied("A borough manager or the DMC asks for a channel.")


def _check(answers: Answers, now: datetime) -> None:
    wrong = {name: "Write it in a few words." for name in WRITTEN if not getattr(answers, name).strip()}
    if not answers.name.strip():
        wrong["name"] = "Enter the display name."
    if answers.deputy == answers.owner:
        wrong["deputy"] = "Choose somebody else: the deputy stands in for the owner."
    if answers.cover == answers.owner:
        wrong["cover"] = "Choose somebody else: they cover the owner’s leave."
    if answers.mentor in (answers.owner, answers.deputy, answers.cover):
        wrong["mentor"] = "Choose somebody else: a mentor does not review their own channel."
    if answers.posting_ends_on and answers.posting_ends_on <= now.astimezone(LONDON).date():
        wrong["posting_ends_on"] = "The posting must end on a day to come."
    if wrong:
        raise ValidationError(wrong)


def _columns(answers: Answers) -> dict[str, Any]:
    said = {
        name: getattr(answers, name) for name in (*WRITTEN, "owner", "deputy", "mentor", "cover", "posting_ends_on")
    }
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def _changes(row: Application, answers: Answers) -> set[str]:
    own = {name for name, value in _columns(answers).items() if getattr(row, name) != value}
    channel = {name for name in ("handle", "name") if getattr(row.channel, name) != _plain(getattr(answers, name))}
    return own | channel


def _plain(word: str) -> str:
    return word.strip().removeprefix("@")


def _rename(channel: Channel, answers: Answers) -> None:
    handle = _plain(answers.handle)
    if handle.casefold() != channel.handle.casefold():
        if channel.external_id:
            raise ValidationError({"handle": "It is connected already. Its handle changes on the network itself."})
        check_handle(channel.network, handle)
    channel.handle, channel.name = handle, answers.name.strip()
    channel.save(update_fields=["handle", "name"])


def _void(row: Application, gates: set[int], *, now: datetime) -> None:
    """Nothing signed of what has changed still counts, nor what was signed by somebody who would keep the channel now
    or has changed the application; what came back waits for its signatory again."""
    whose = dict.fromkeys(waiting.applicants(row), CHANGED_IT) | dict.fromkeys(waiting.keepers(row), KEEPS_IT)
    for seat, one in waiting.standing(row).items():
        own = whose.get(one.by_id)
        if own or one.decision == Decision.RETURNED or GATE_OF[seat].number in gates:
            Signature.objects.create(
                application=row, gate=one.gate, seat=seat, decision=Decision.VOIDED, role=SEATS[seat].signatory,
                by=None, at=now, evidence=own or "The application has changed since.",
            )  # fmt: skip


def _end(row: Application, reason: str, action: str, *, by: User, now: datetime) -> Application:
    row.channel.enter(Channel.Life.REFUSED, reason=reason, now=now)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    waiting.line_up(row, now=now)
    audit.record(by, action, row.channel, now=now, reason=reason[:300])
    return row
