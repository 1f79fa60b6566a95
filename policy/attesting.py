"""Who has said that they read the policies, until when that lasts, and who has still to say so.

An attestation is to one version and lasts a year. A version that demands it asks everybody again; what was attested
before counts on until its `attest_by`. Whoever has none that counts cannot send an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts import audit, notices
from accounts.models import Appointment, Notice, Team, User
from accounts.models.people import LONDON
from policy.models import Attestation, Document, DocumentVersion
from policy.reading.dates import london_day

LASTS = timedelta(days=365)
# Days before the end when one is told; each once.
TELL_BEFORE = (30, 7)
SOON, NEW = "attestation.soon", "attestation.asked"


@dataclass(frozen=True)
class Standing:
    """How one person stands with one document. until: the last day that what they said counts; None: it does not.

    version: the one in force. asks_again: what they attested to is older than what this version demands.
    """

    document: Document
    version: DocumentVersion
    until: date | None
    asks_again: bool

    @property
    def counts(self) -> bool:
        return self.until is not None


def standings(user: User, *, now: datetime) -> list[Standing]:
    """Every document with a published version. Three queries."""
    versions = _published()
    given: dict[int, list[Attestation]] = {}
    for one in Attestation.objects.filter(by=user).select_related("version"):
        given.setdefault(one.version.document_id, []).append(one)
    today = london_day(now)
    return [_standing(mine, given.get(document, []), today) for document, mine in versions.items()]


def missing(user: User, *, now: datetime) -> list[Standing]:
    """The documents this person has to attest to before they may send anything."""
    return [standing for standing in standings(user, now=now) if not standing.counts]


def require(user: User, *, now: datetime) -> None:
    """Raises ValidationError (code attest) while something is missing."""
    lacking = missing(user, now=now)
    if lacking:
        titles = " and ".join(f"“{standing.document.title}”" for standing in lacking)
        raise ValidationError(f"Before you send anything, confirm that you have read {titles}.", code="attest")


@transaction.atomic
def attest(*, version: DocumentVersion, by: User, now: datetime) -> Attestation:
    """This person has read it and will follow it. Raises ValidationError when it is not the version in force."""
    newest = version.document.versions.filter(published_at__isnull=False).first()
    if newest is None or newest.pk != version.pk:
        raise ValidationError("A newer version is in force. Read that one, then confirm.")
    expires_on = london_day(now) + LASTS
    made = Attestation.objects.create(
        version=version, by=by, at=now, expires_on=expires_on, remind_at=_reminder(expires_on, now)
    )
    _settle(made, now)
    audit.record(by, "policy.attested", version, now=now, number=version.number, expires_on=expires_on.isoformat())
    return made


@transaction.atomic
def attest_each(*, versions: Iterable[DocumentVersion], by: User, now: datetime) -> list[Attestation]:
    """All of these, each with a row of its own, or none of them. Raises ValidationError as `attest` does."""
    return [attest(version=version, by=by, now=now) for version in versions]


def ask_everybody(*, version: DocumentVersion, now: datetime) -> None:
    """A version that demands it was published: tell all who work here. In that transaction."""
    staff = User.objects.filter(is_active=True, pk__in=Appointment.objects.active(now).values("user"))
    until = f" by {version.attest_by.day} {version.attest_by:%B}" if version.attest_by else ""
    notices.give(
        to=staff,
        kind=NEW,
        about=version,
        words=f"“{version.document.title}” has changed. Read what is new and confirm it{until}.",
        link=_page(version.document),
        now=now,
    )


def remind(*, now: datetime) -> int:
    """Tell those whose attestation ends in 30 days, in 7, and today. Returns how many; run as often as you like."""
    due = Attestation.objects.filter(remind_at__lte=now).select_related("version__document", "by")
    return sum(_remind(one, now) for one in due[:500])


# ---- who has not ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One person with what they lack. team: of the appointment through which the reader sees them."""

    user: User
    team: Team
    lacking: Sequence[Standing]


@dataclass(frozen=True)
class Count:
    """A team in figures, for those who answer for it: no names."""

    team: Team
    people: int
    lacking: int


def rows(teams: Iterable[Team], *, now: datetime) -> list[Row]:
    """Everybody with an appointment in one of these teams, once per team. Four queries, whatever their number."""
    held = Appointment.objects.active(now).filter(team__in=list(teams), user__is_active=True)
    people = {(one.user_id, one.team_id): one for one in held.select_related("user", "team__parent")}
    given: dict[tuple[int, int], list[Attestation]] = {}
    users = {user for user, _ in people}
    for made in Attestation.objects.filter(by__in=users).select_related("version"):
        given.setdefault((made.by_id, made.version.document_id), []).append(made)
    versions, today = _published(), london_day(now)
    found = []
    for one in people.values():
        mine = (_standing(those, given.get((one.user_id, document), []), today) for document, those in versions.items())
        found.append(Row(one.user, one.team, [standing for standing in mine if not standing.counts]))
    return sorted(found, key=lambda row: (row.team.full_name, row.user.last_name, row.user.first_name))


def counts(found: Iterable[Row]) -> list[Count]:
    teams: dict[int, list[Row]] = {}
    for row in found:
        teams.setdefault(row.team.pk, []).append(row)
    return [Count(those[0].team, len(those), sum(bool(row.lacking) for row in those)) for those in teams.values()]


# ---- how one stands --------------------------------------------------------------------------------


def _published() -> dict[int, list[DocumentVersion]]:
    """Document -> its published versions, the one in force first; by title."""
    found: dict[int, list[DocumentVersion]] = {}
    published = DocumentVersion.objects.filter(published_at__isnull=False).select_related("document")
    for version in published.order_by("document__title", "document", "-number"):
        found.setdefault(version.document_id, []).append(version)
    return found


def _standing(versions: Sequence[DocumentVersion], given: Sequence[Attestation], today: date) -> Standing:
    demanded = next((version for version in versions if version.demands), versions[-1])
    lasting = [one for one in given if one.expires_on >= today]
    recent = max((one.expires_on for one in lasting if one.version.number >= demanded.number), default=None)
    older = max((one.expires_on for one in lasting), default=None)
    until = recent
    if recent is None and older is not None and demanded.attest_by is not None and demanded.attest_by >= today:
        until = min(older, demanded.attest_by)
    asks_again = bool(given) and not any(one.version.number >= demanded.number for one in given)
    return Standing(versions[0].document, versions[0], until, asks_again)


def _reminder(expires_on: date, now: datetime) -> datetime | None:
    """The next moment to tell: the morning 30 days before, 7 days before, and after the last day."""
    mornings = [datetime.combine(expires_on - timedelta(days=days), time(7), LONDON) for days in (*TELL_BEFORE, -1)]
    return next((morning for morning in mornings if morning > now), None)


def _remind(one: Attestation, now: datetime) -> bool:
    with transaction.atomic():
        ours = Attestation.objects.filter(pk=one.pk, remind_at=one.remind_at)
        if not ours.update(remind_at=_reminder(one.expires_on, now)):
            return False
        if not one.by.is_active or not Appointment.objects.active(now).filter(user=one.by).exists():
            return False
        days, title = (one.expires_on - london_day(now)).days, one.version.document.title
        left = "ends today" if days == 0 else f"ends in {days} day{'' if days == 1 else 's'}"
        lapsed = f"Your confirmation of “{title}” has ended. Confirm it again before you next send an update."
        notices.give(
            to=[one.by],
            kind=SOON,
            about=one,
            words=lapsed if days < 0 else f"Your confirmation of “{title}” {left}. It takes a minute to renew.",
            link=_page(one.version.document),
            urgency=Notice.Urgency.SOON,
            again=True,
            now=now,
        )
    return True


def _settle(made: Attestation, now: datetime) -> None:
    """What was asked of this person about this document is done; earlier attestations remind no more."""
    earlier = Attestation.objects.filter(by=made.by, version__document=made.version.document).exclude(pk=made.pk)
    versions = DocumentVersion.objects.filter(document=made.version.document)
    subjects = [audit.subject_of(row) for row in (*earlier, *versions)]
    open_ones = Notice.objects.filter(Q(kind=SOON) | Q(kind=NEW), to=made.by, subject__in=subjects)
    open_ones.filter(closed_at__isnull=True).update(closed_at=now, mail_at=None)
    earlier.update(remind_at=None)


def _page(document: Document) -> str:
    return reverse("policy:document", kwargs={"key": document.key})
