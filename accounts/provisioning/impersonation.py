"""The log of accounts that may pretend to be ours (domain.md C.4): report, keep a picture, report on, tell, close.

It is about an account and what it shows, never about a person: nothing here looks one up, follows one, or keeps a
name. A genuine parody or fan account is left alone.
"""

from __future__ import annotations

import io
import re
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from PIL import Image, UnidentifiedImageError

from accounts import audit, naming, notices
from accounts.channels import holders_over, teams_for
from accounts.errors import Conflict
from accounts.models import Channel, Impersonation, ImpersonationStep, Notice, Team, User

Kind, Outcome, Done = Impersonation.Kind, Impersonation.Outcome, ImpersonationStep.Kind
HANDLERS = ("provision", "sign_dmc", "keep_security")
READERS = (*HANDLERS, "sign_records")
REPORTED = "impersonation.reported"
MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_HANDLE = re.compile(r"[A-Za-z0-9_.]{1,60}")
# Only an account that pretends is reported to its network, and the public told of it.
_OF_PRETENDERS = (Done.REPORTED, Done.NOTICE)
ENDINGS = {
    Kind.PRETENDS: (Outcome.REMOVED, Outcome.CHANGED, Outcome.REFUSED, Outcome.MISTAKEN),
    Kind.OFFICER: (Outcome.OFFICIAL, Outcome.CHANGED, Outcome.MISTAKEN),
    Kind.PARODY: (Outcome.LEFT_ALONE, Outcome.MISTAKEN),
}


def may(user: User, rights: tuple[str, ...] = HANDLERS) -> bool:
    """Whether this person deals with the log (or, with READERS, reads it)."""
    return any(teams_for(user, right).filter(kind=Team.Kind.FORCE).exists() for right in rights)


def require(user: User, rights: tuple[str, ...] = HANDLERS) -> None:
    if not may(user, rights):
        raise PermissionDenied("The DMC and information security look after what pretends to be ours.")


def looks_like(handle: str) -> list[Channel]:
    """The channels of the register that somebody may take it for, the nearest first; three at most."""
    known = Channel.objects.exclude(life=Channel.Life.REFUSED).select_related("team__parent")
    by_handle = {channel.handle: channel for channel in known.order_by("handle", "network")}
    return [by_handle[one] for one in naming.alike(handle, by_handle)[:3]]


@transaction.atomic
def report(
    *,
    network: str,
    handle: str,
    kind: str,
    seen: str,
    name: str = "",
    url: str = "",
    risky: bool = False,
    screenshot: UploadedFile | None = None,
    by: User,
    now: datetime,
) -> Impersonation:
    """Anybody of the force says that an account may mislead. Raises ValidationError; Conflict when it is known already.

    screenshot: a picture of what it shows, kept as it is as evidence.
    """
    handle = handle.strip().removeprefix("@")
    _check(network, handle, kind, seen)
    like = looks_like(handle)
    facts = {"network": network, "handle": handle, "kind": kind, "risky": risky and kind == Kind.PRETENDS}
    said = {"name": name.strip()[:120], "url": url.strip()[:300], "seen": seen.strip()}
    try:
        with transaction.atomic():
            made = Impersonation.objects.create(
                **facts, **said, likes=like[0] if like else None, reported_by=by, reported_at=now
            )
    except IntegrityError:
        raise Conflict(
            f"@{handle} has been reported already, and somebody is looking at it. Nothing was added."
        ) from None
    audit.record(by, "impersonation.reported", made, now=now, network=network, handle=handle, kind=kind)
    if screenshot is not None:
        _keep_picture(made, screenshot, by=by, now=now)
    _tell(made, now)
    return made


@transaction.atomic
def keep_picture(*, matter: Impersonation, screenshot: UploadedFile, by: User, now: datetime) -> Impersonation:
    """What it showed, before it changes. Raises PermissionDenied, Conflict, ValidationError for what is no picture."""
    row = _open(matter, by)
    if row.screenshot:
        raise Conflict("A screenshot is kept already. Nothing was changed.")
    _keep_picture(row, screenshot, by=by, now=now)
    return row


@transaction.atomic
def add_step(*, matter: Impersonation, kind: str, words: str, by: User, now: datetime) -> ImpersonationStep:
    """Something was done. Raises PermissionDenied, Conflict; ValidationError without words, and for a parody."""
    row = _open(matter, by)
    if kind not in (*_OF_PRETENDERS, Done.NOTE):
        raise ValidationError({"kind": "Choose what was done."})
    if not words.strip():
        raise ValidationError({"words": "Say what was done, and where it is kept."})
    if kind in _OF_PRETENDERS and row.kind != Kind.PRETENDS:
        raise ValidationError({"kind": f"{row.get_kind_display()}: it is not reported, and nobody is warned of it."})
    notices.settle(about=row, kinds=[REPORTED], now=now)
    return _step(row, kind, words, by=by, now=now)


@transaction.atomic
def close(*, matter: Impersonation, outcome: str, words: str, by: User, now: datetime) -> Impersonation:
    """It is over. Raises PermissionDenied, Conflict; ValidationError for an outcome that does not fit what was done."""
    row = _open(matter, by)
    if outcome not in ENDINGS[Kind(row.kind)]:
        allowed = "; ".join(one.label for one in ENDINGS[Kind(row.kind)])
        raise ValidationError({"outcome": f"Of this kind it ends in one of: {allowed}."})
    done = set(row.steps.values_list("kind", flat=True))
    if outcome in (Outcome.REMOVED, Outcome.REFUSED) and Done.REPORTED not in done:
        raise ValidationError({"outcome": "It has not been reported to the network yet."})
    if row.risky and outcome == Outcome.REFUSED and Done.NOTICE not in done:
        raise ValidationError({"outcome": "Somebody may come to harm and it stays up: tell the public first."})
    Impersonation.objects.filter(pk=row.pk).update(outcome=outcome, closed_at=now)
    row.refresh_from_db()
    _step(row, Done.CLOSED, words.strip() or row.get_outcome_display(), by=by, now=now)
    audit.record(by, "impersonation.closed", row, now=now, outcome=outcome)
    notices.settle(about=row, kinds=[REPORTED], now=now)
    return row


def log(*, open_only: bool = False) -> QuerySet[Impersonation]:
    """The open ones first, those with a risk before the rest, then the newest."""
    found = Impersonation.objects.select_related("likes__team__parent", "reported_by").annotate(
        over=Q(closed_at__isnull=False)
    )
    if open_only:
        found = found.filter(closed_at__isnull=True)
    return found.order_by("over", "-risky", "-reported_at", "-pk")


def _check(network: str, handle: str, kind: str, seen: str) -> None:
    wrong = {}
    if network not in Channel.Network.values:
        wrong["network"] = "Choose X or Facebook."
    if kind not in Kind.values:
        wrong["kind"] = "Choose what it is."
    if not _HANDLE.fullmatch(handle):
        wrong["handle"] = "Write the account’s name as its page shows it, without the address."
    if not seen.strip():
        wrong["seen"] = "Say what it shows or does."
    ours = Channel.objects.exclude(life=Channel.Life.REFUSED).annotate(low=Lower("handle"))
    if not wrong and ours.filter(network=network, low=handle.lower()).exists():
        wrong["handle"] = f"@{handle} is one of ours. If it says what it should not, stop that channel instead."
    if wrong:
        raise ValidationError(wrong)


def _open(matter: Impersonation, by: User) -> Impersonation:
    require(by)
    row = Impersonation.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if row.closed_at is not None:
        raise Conflict("This matter is closed. Nothing was changed.")
    return row


def _step(row: Impersonation, kind: str, words: str, *, by: User, now: datetime) -> ImpersonationStep:
    made = ImpersonationStep.objects.create(matter=row, kind=kind, words=words.strip()[:600], by=by, at=now)
    audit.record(by, "impersonation.step", row, now=now, kind=kind)
    return made


def _keep_picture(row: Impersonation, upload: UploadedFile, *, by: User, now: datetime) -> None:
    ending = FORMATS[_format_of(upload)]
    row.screenshot.save(f"{row.pk}.{ending}", upload, save=False)
    Impersonation.objects.filter(pk=row.pk).update(screenshot=row.screenshot.name)
    _step(row, Done.SCREENSHOT, f"Kept as it was on {now:%-d %B %Y}.", by=by, now=now)


def _format_of(upload: UploadedFile) -> str:
    """Raises ValidationError for what is no picture, or too large a one."""
    if upload.size is None or upload.size > MOST_BYTES:
        raise ValidationError({"screenshot": "Use a picture of 5 MB or less."})
    try:
        with Image.open(io.BytesIO(upload.read())) as picture:
            size, found = picture.size, str(picture.format)
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError({"screenshot": "This is no picture that can be read."}) from None
    if found not in FORMATS or size[0] * size[1] > MOST_PIXELS:
        raise ValidationError({"screenshot": "Use a PNG, JPEG or WebP picture."})
    upload.seek(0)
    return found


def _tell(row: Impersonation, now: datetime) -> None:
    force = Team.objects.filter(kind=Team.Kind.FORCE).first()
    if force is None:
        return
    like = f" It looks like {row.likes.public_name}." if row.likes else ""
    notices.give(
        desk=[*holders_over("provision", force), *holders_over("keep_security", force)],
        kind=REPORTED,
        about=row,
        words=f"@{row.handle} on {row.get_network_display()} was reported: {row.get_kind_display().lower()}.{like}",
        link=reverse("accounts:impersonation", kwargs={"pk": row.pk}),
        urgency=Notice.Urgency.NOW if row.risky else Notice.Urgency.SOON,
        needs_answer=True,
        now=now,
    )
