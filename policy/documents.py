"""The policies that people work by. One person signs a version, a second publishes it; then it never changes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import audit, notices
from accounts.errors import Conflict
from accounts.models import User
from accounts.models.people import LONDON
from policy import attesting
from policy.keeping import require_keeper
from policy.models import Document, DocumentVersion
from policy.reading.dates import london_day

# How long what was attested before counts on after a version that demands it again.
GRACE = timedelta(days=14)
TELL_OWNER_BEFORE = timedelta(days=30)
REMIND_OWNER_EVERY = timedelta(days=7)
REVIEW_LASTS = timedelta(days=365)
REVIEW = "document.review"
# The two that every force has (domain.md B.1): where the writing page leads, also before they are written.
EXPECTED = {"professional": "Professional use of social media", "personal": "Personal use of social media"}


@transaction.atomic
def begin(*, key: str, title: str, body: str, owner: User, review_on: date, by: User, now: datetime) -> Document:
    """A new policy without a text. Raises PermissionDenied, ValidationError."""
    require_keeper(by)
    if Document.objects.filter(key=key).exists():
        raise ValidationError({"key": "There is a policy of that name."})
    made = Document.objects.create(
        key=key, title=title, body=body, owner=owner, review_on=review_on, remind_at=_first_reminder(review_on)
    )
    audit.record(by, "document.begun", made, now=now, key=key, title=title, review_on=review_on.isoformat())
    return made


@transaction.atomic
def write(
    *, document: Document, summary: str, text: str, changes: str, demands: bool, by: User, now: datetime
) -> DocumentVersion:
    """The next version, in writing. Whatever was signed of it is void: a signature is of what was read.

    Raises PermissionDenied; ValidationError without a summary, a text or, after the first, what is new.
    """
    require_keeper(by)
    last = _lock(document)
    _require_whole(summary, text, changes, first=last is None)
    said = {
        "summary": summary.strip(),
        "text": text.strip(),
        "changes": changes.strip(),
        "demands": demands or last is None,
        "written_by": by,
        "written_at": now,
        "signed_by": None,
        "signed_at": None,
    }
    number = 1 if last is None else last.number + 1
    version, _ = DocumentVersion.objects.update_or_create(
        document=document, published_at=None, defaults=said, create_defaults={**said, "number": number}
    )
    audit.record(by, "document.written", version, now=now, number=version.number)
    return version


@transaction.atomic
def sign(*, version: DocumentVersion, by: User, now: datetime) -> DocumentVersion:
    """The first of two: this is right as it stands. Raises PermissionDenied, Conflict."""
    require_keeper(by)
    _lock(version.document)
    signed = DocumentVersion.objects.filter(pk=version.pk, published_at__isnull=True, signed_at__isnull=True)
    if not signed.filter(written_at=version.written_at).update(signed_by=by, signed_at=now):
        raise Conflict("It was signed or changed since you opened it. Nothing was signed: read it again.")
    version.refresh_from_db()
    audit.record(by, "document.signed", version, now=now, number=version.number)
    return version


@transaction.atomic
def publish(*, version: DocumentVersion, by: User, now: datetime) -> DocumentVersion:
    """The second of two: it is in force, and who must attest to it is told. Raises PermissionDenied, Conflict."""
    require_keeper(by)
    document = version.document
    before = _lock(document)
    version.refresh_from_db()
    if version.published_at is not None or version.signed_at is None:
        raise Conflict("It was published or changed since you opened it. Nothing was done: read it again.")
    if version.signed_by_id == by.pk:
        raise PermissionDenied("Two people publish a policy. You signed it, so somebody else must publish it.")
    version.published_by, version.published_at = by, now
    version.attest_by = london_day(now) + GRACE if version.demands and before is not None else None
    version.save(update_fields=["published_by", "published_at", "attest_by"])
    _reviewed(document, now)
    audit.record(by, "document.published", version, now=now, number=version.number, demands=version.demands)
    if version.demands:
        attesting.ask_everybody(version=version, now=now)
    return version


@transaction.atomic
def keep_as_it_is(*, document: Document, by: User, now: datetime) -> Document:
    """It was looked at and stays. Raises PermissionDenied."""
    require_keeper(by)
    _lock(document)
    _reviewed(document, now)
    audit.record(by, "document.reviewed", document, now=now, review_on=document.review_on.isoformat())
    return document


def remind_owners(*, now: datetime) -> int:
    """A review that is due within thirty days, told each week until it is done. Returns how many."""
    due = list(Document.objects.filter(remind_at__lte=now).select_related("owner"))
    return sum(_remind(document, now) for document in due)


def in_force(document: Document) -> DocumentVersion | None:
    return document.versions.filter(published_at__isnull=False).first()


def in_writing(document: Document) -> DocumentVersion | None:
    return document.versions.filter(published_at__isnull=True).first()


def listed() -> QuerySet[Document]:
    return Document.objects.select_related("owner").prefetch_related("versions")


def _require_whole(summary: str, text: str, changes: str, *, first: bool) -> None:
    problems = {}
    if not summary.strip():
        problems["summary"] = "Say in a few plain sentences what it asks of people."
    if not text.strip():
        problems["text"] = "Write the policy."
    if not first and not changes.strip():
        problems["changes"] = "Say what is new: people who know the last version read this."
    if problems:
        raise ValidationError(problems)


def _lock(document: Document) -> DocumentVersion | None:
    """Lock the document; its newest published version."""
    Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    return in_force(document)


def _first_reminder(review_on: date) -> datetime:
    return datetime.combine(review_on - TELL_OWNER_BEFORE, time(7), LONDON)


def _reviewed(document: Document, now: datetime) -> None:
    document.review_on = london_day(now) + REVIEW_LASTS
    document.remind_at = _first_reminder(document.review_on)
    document.save(update_fields=["review_on", "remind_at"])
    notices.settle(about=document, kinds=[REVIEW], now=now)


def _remind(document: Document, now: datetime) -> bool:
    with transaction.atomic():
        ours = Document.objects.filter(pk=document.pk, remind_at=document.remind_at)
        if not ours.update(remind_at=now + REMIND_OWNER_EVERY):
            return False
        day = f"{document.review_on.day} {document.review_on:%B}"
        overdue = document.review_on < london_day(now)
        words = f"“{document.title}” {'was' if overdue else 'is'} due for review on {day}."
        link = reverse("policy:document", kwargs={"key": document.key})
        facts = {"kind": REVIEW, "link": link, "needs_answer": True, "again": True}
        notices.give(to=[document.owner], about=document, words=words, now=now, **facts)
    return True
