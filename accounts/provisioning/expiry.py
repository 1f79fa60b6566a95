"""The clock of logins that nobody renews: told a week before, red the moment they are over (domain.md B.6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import logins, notices
from accounts.channels import holders
from accounts.models import Channel, Credential, Notice
from accounts.models.people import LONDON

AHEAD = timedelta(days=7)


def end_due(*, now: datetime) -> int:
    """Turn the channels red whose login is over and cannot be renewed. Returns how many."""
    over = _mortal().filter(expires_at__lte=now, channel__state=Channel.State.LIVE)
    ended = list(over)
    for credential in ended:
        channel = credential.channel
        ends = f"{credential.expires_at:%H:%M} UTC on {credential.expires_at:%-d %B}"  # type: ignore[str-format]
        reason = f"The login of {channel} ran out at {ends}. Connect it again."
        logins.mark_broken(channel=channel, reason=reason, now=now)
    return len(ended)


def warn_due(*, now: datetime) -> int:
    """Tell whoever can connect it, and who speaks through it, once for each login. Returns how many."""
    soon = _mortal().filter(expires_at__gt=now, expires_at__lte=now + AHEAD, warned_at__isnull=True)
    return sum(_warn(credential, now) for credential in soon.filter(channel__state=Channel.State.LIVE))


@transaction.atomic
def _warn(credential: Credential, now: datetime) -> bool:
    mine = Credential.objects.filter(pk=credential.pk, stored_at=credential.stored_at, warned_at__isnull=True)
    if not mine.update(warned_at=now):
        return False
    channel, ends = credential.channel, credential.expires_at
    assert ends is not None
    day = ends.astimezone(LONDON)
    words = (
        f"{channel.team.full_name}: the login of {channel} ends on {day.day} {day:%B}. Connect it again before then."
    )
    notices.give(
        to=[*holders("connect", channel), *holders("submit_for", channel)],
        kind=logins.ENDS,
        about=channel,
        words=words,
        link=reverse("accounts:channel", kwargs={"pk": channel.pk}),
        urgency=Notice.Urgency.SOON,
        now=now,
    )
    return True


def _mortal() -> QuerySet[Credential]:
    """Those that the console does not renew by itself: all but OAuth 2.0's pairs."""
    standing = Credential.objects.filter(revoked_at__isnull=True, expires_at__isnull=False)
    return standing.exclude(kind="oauth2").select_related("channel__team__parent")
