"""Move a channel through its life after launch: stop it, let it go on, hand it over, close it.

`Channel.enter` is the one writer and holds the table of moves; these verbs ask for the right, say why, and tell. In
which stages each may be called is `OF`, for the verbs and for the page that offers them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit, notices, revoking
from accounts.channels import holders, holders_over
from accounts.errors import Conflict
from accounts.models import Channel, Notice, User

Life = Channel.Life
# The readers of a closing channel are sent to its new home for so long (domain.md C.4).
REDIRECT = timedelta(days=30)
STOPPED, CLOSING = "channel.stopped", "channel.closing"
# What was stopped goes on by `resume` alone: no handover and no closing leads around who may let it. What never will
# go on (an account that is lost, a team that is gone) is archived where it stands.
OF: dict[str, tuple[str, ...]] = {
    "suspend": (Life.PREPARING, *Channel.MAY_SPEAK),
    "compromise": (Life.PREPARING, *Channel.MAY_SPEAK, Life.SUSPENDED),
    "resume": Channel.STOPPED,
    "hand-over": (Life.LIVE, Life.DORMANT),
    "handed-over": (Life.HANDOVER,),
    "close": (Life.LIVE, Life.DORMANT, Life.HANDOVER),
    "keep": (Life.CLOSING,),
    "archive": Channel.STOPPED,
}


@transaction.atomic
def suspend(*, channel: Channel, reason: str, by: User, now: datetime) -> Channel:
    """Nothing goes out there from this moment. Raises PermissionDenied, Conflict; ValidationError without a reason."""
    return _stop(channel, "suspend", Life.SUSPENDED, reason, by=by, now=now)


@transaction.atomic
def compromise(*, channel: Channel, reason: str, by: User, now: datetime) -> Channel:
    """Somebody else may speak through it: nothing goes out, and its login ends. As `suspend`.

    A hold of level 4 for it is the policy room's: `policy.endangered.stop` does both.
    """
    row = _stop(channel, "compromise", Life.COMPROMISED, reason, by=by, now=now)
    revoking.revoke(channels=Channel.objects.filter(pk=row.pk), reason=f"Compromised: {reason.strip()}", by=by, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def resume(*, channel: Channel, reason: str, by: User, now: datetime) -> Channel:
    """A stopped channel becomes what it was. Raises PermissionDenied, Conflict; ValidationError without a reason.

    One that was compromised is for information security to let go on, once it has been connected anew.
    """
    row = _locked(channel)
    if not may_resume(by, row):
        raise PermissionDenied("You may not let this channel go on.")
    _require_stage(row, "resume")
    if row.life == Life.COMPROMISED and row.state == Channel.State.BROKEN:
        raise Conflict(f"{row} must be connected with a new login first: the old one was ended.")
    was = row.enter(row.life_before, now=now)
    audit.record(by, "channel.resumed", row, now=now, was=was, became=row.life, reason=_said(reason))
    notices.settle(about=row, kinds=[STOPPED], now=now)
    return row


@transaction.atomic
def begin_handover(*, channel: Channel, reason: str, by: User, now: datetime) -> Channel:
    """Its owner is leaving: it goes on while the successor is named and trained. Raises PermissionDenied, Conflict."""
    row = _locked(channel)
    _require_keeping(by, row)
    _require_stage(row, "hand-over")
    row.enter(Life.HANDOVER, reason=_said(reason), now=now)
    audit.record(by, "channel.handover_begun", row, now=now, reason=reason.strip()[:300])
    return row


@transaction.atomic
def end_handover(*, channel: Channel, by: User, now: datetime) -> Channel:
    """The successor has it. Raises PermissionDenied, Conflict."""
    row = _locked(channel)
    _require_keeping(by, row)
    _require_stage(row, "handed-over")
    row.enter(Life.LIVE, now=now)
    audit.record(by, "channel.handover_ended", row, now=now)
    return row


@transaction.atomic
def start_closing(*, channel: Channel, new_home: str, reason: str, by: User, now: datetime) -> Channel:
    """Thirty days in which its readers are told where to go; then it is archived and its handle kept for ever.

    Raises PermissionDenied, Conflict; ValidationError without a reason or a new home.
    """
    row = _locked(channel)
    _require_closing(by, row)
    _require_stage(row, "close")
    _require_words(reason, new_home)
    row.enter(Life.CLOSING, reason=reason.strip(), now=now)
    row.new_home = new_home.strip()[:200]
    row.save(update_fields=["new_home"])
    audit.record(by, "channel.closing", row, now=now, reason=row.life_reason, new_home=row.new_home)
    words = (
        f"{row.team.full_name}: {row} closes in 30 days. Publish its last update, and say in its bio and a pinned "
        f"update where to go instead: {row.new_home}"
    )
    notices.give(to=holders("submit_for", row), kind=CLOSING, about=row, words=words, needs_answer=True, now=now)
    return row


@transaction.atomic
def keep_open(*, channel: Channel, by: User, now: datetime) -> Channel:
    """A channel that was closing stays. Raises PermissionDenied, Conflict."""
    row = _locked(channel)
    _require_closing(by, row)
    _require_stage(row, "keep")
    row.enter(Life.LIVE, now=now)
    audit.record(by, "channel.kept_open", row, now=now)
    notices.settle(about=row, kinds=[CLOSING], now=now)
    return row


@transaction.atomic
def archive(*, channel: Channel, new_home: str, reason: str, by: User, now: datetime) -> Channel:
    """A stopped channel that never goes on: closed for good, without a last word. As `start_closing`."""
    row = _locked(channel)
    _require_closing(by, row)
    _require_stage(row, "archive")
    if row.life_before == Life.PREPARING:
        raise Conflict(f"{row} has never spoken. Let it go on, then refuse its application: its handle stays free.")
    _require_words(reason, new_home)
    row.new_home = new_home.strip()[:200]
    row.save(update_fields=["new_home"])
    _end(row, reason.strip(), by=by, now=now)
    words = f"{row.team.full_name}: {row} is closed for good. {row.life_reason} Its readers find you at {row.new_home}."
    notices.give(to=holders("submit_for", row), kind=CLOSING, about=row, words=words, now=now)
    return row


def close_due(*, now: datetime) -> int:
    """Archive those whose thirty days are over. Returns how many."""
    over = Channel.objects.filter(life=Life.CLOSING, life_since__lte=now - REDIRECT)
    return sum(_close(channel, now) for channel in over.select_related("team__parent"))


@transaction.atomic
def _close(channel: Channel, now: datetime) -> bool:
    row = _locked(channel)
    if row.life != Life.CLOSING:
        return False
    _end(row, row.life_reason, by=None, now=now)
    return True


def _end(row: Channel, reason: str, *, by: User | None, now: datetime) -> None:
    """Its login ends here and at the network; its handle stays for ever."""
    revoking.revoke(channels=Channel.objects.filter(pk=row.pk), reason="Closed.", by=by, now=now)
    was = row.enter(Life.CLOSED, reason=reason, now=now)
    audit.record(by, "channel.closed", row, now=now, was=was, reason=row.life_reason, new_home=row.new_home)
    notices.settle(about=row, kinds=[CLOSING, STOPPED], now=now)


# ---- who may ------------------------------------------------------------------------------------


def may_stop(user: User, channel: Channel) -> bool:
    """The DMC and information security."""
    over_team = any(user.has_perm(f"accounts.{perm}", channel.team) for perm in ("provision", "keep_security"))
    return over_team or user.has_perm("accounts.review_dmc", channel)


def may_resume(user: User, channel: Channel) -> bool:
    """Whoever may stop it; a compromised one is information security's."""
    if channel.life == Life.COMPROMISED:
        return user.has_perm("accounts.keep_security", channel.team)
    return may_stop(user, channel)


def may_close(user: User, channel: Channel) -> bool:
    return user.has_perm("accounts.provision", channel.team)


def may_archive(user: User, channel: Channel) -> bool:
    """What has never spoken is refused, not closed."""
    return may_close(user, channel) and channel.life_before != Life.PREPARING


def may_keep(user: User, channel: Channel) -> bool:
    """Who looks after its owner: borough and DMC."""
    return any(user.has_perm(f"accounts.{perm}", channel.team) for perm in ("provision", "sign_borough"))


def _stop(channel: Channel, move: str, life: str, reason: str, *, by: User, now: datetime) -> Channel:
    row = _locked(channel)
    if not may_stop(by, row):
        raise PermissionDenied("The DMC or information security stops a channel.")
    _require_stage(row, move)
    was = row.enter(life, reason=_said(reason), now=now)
    audit.record(by, f"channel.{life}", row, now=now, was=was, reason=row.life_reason)
    words = (
        f"{row.team.full_name}: {row} is {row.get_life_display().lower()}. Nothing goes out there. {row.life_reason}"
    )
    security = holders_over("keep_security", row.team)
    notices.give(
        to=holders("submit_for", row),
        desk=[*holders("review_dmc", row), *security],
        kind=STOPPED,
        about=row,
        words=words,
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )
    return row


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Say why: everybody who is concerned will read it."})
    return reason.strip()[:300]


def _require_words(reason: str, new_home: str) -> None:
    wrong = {name: "Fill this in." for name, said in (("reason", reason), ("new_home", new_home)) if not said.strip()}
    if wrong:
        raise ValidationError(wrong)


def _require_keeping(by: User, channel: Channel) -> None:
    if not may_keep(by, channel):
        raise PermissionDenied("The borough or the DMC hands a channel over.")


def _require_closing(by: User, channel: Channel) -> None:
    if not may_close(by, channel):
        raise PermissionDenied("The DMC’s administrator closes a channel.")


def _require_stage(channel: Channel, move: str) -> None:
    if channel.life not in OF[move]:
        raise Conflict(f"{channel} is now “{channel.get_life_display().lower()}”, so that cannot be done.")


def _locked(channel: Channel) -> Channel:
    found = Channel.objects.select_for_update(of=("self",)).select_related("team__parent")
    return found.get(Q(pk=channel.pk))
