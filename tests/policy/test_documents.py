from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice
from policy import attesting, documents, review
from policy.models import Attestation, Document, DocumentVersion
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def document(cast: Cast, now: datetime, key: str = "professional") -> Document:
    return documents.begin(
        key=key,
        title=f"The {key} policy",
        body="dmc",
        owner=cast.hana,
        review_on=date(2027, 3, 2),
        by=cast.sam,
        now=now,
    )


def published(shown: Document, cast: Cast, now: datetime, *, demands: bool = True) -> DocumentVersion:
    version = documents.write(
        document=shown, summary="Be kind.", text="# Be kind", changes="Clearer.", demands=demands, by=cast.sam, now=now
    )
    documents.sign(version=version, by=cast.sam, now=now)
    return documents.publish(version=version, by=cast.dee, now=now)


def test_two_people_publish_and_then_it_never_changes(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    version = documents.write(
        document=shown, summary="Be kind.", text="# Be kind", changes="", demands=True, by=cast.sam, now=now
    )
    with pytest.raises(Conflict):
        documents.publish(version=version, by=cast.dee, now=now)
    documents.sign(version=version, by=cast.sam, now=now)
    with pytest.raises(PermissionDenied):
        documents.publish(version=version, by=cast.sam, now=now)
    documents.publish(version=version, by=cast.dee, now=now)
    documents.write(
        document=shown, summary="Be brave.", text="# Brave", changes="All.", demands=True, by=cast.sam, now=now
    )
    version.refresh_from_db()
    assert (version.text, documents.in_force(shown), version.number) == ("# Be kind", version, 1)
    actions = AuditEntry.objects.filter(action__startswith="document.").values_list("action", flat=True)
    assert set(actions) == {"document.begun", "document.written", "document.signed", "document.published"}


def test_the_database_refuses_to_change_what_is_published(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    mine = DocumentVersion.objects.filter(pk=version.pk)
    for change in (lambda: mine.update(text="Other."), lambda: mine._raw_delete(mine.db)):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    assert mine.get().text == "# Be kind"


def test_a_change_voids_the_signature(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    said = {"document": shown, "summary": "Be kind.", "changes": "", "demands": True, "by": cast.sam}
    version = documents.write(**said, text="One", now=now)
    documents.sign(version=version, by=cast.sam, now=now)
    documents.write(**said, text="Two", now=now + DAY)
    with pytest.raises(Conflict):
        documents.publish(version=version, by=cast.dee, now=now + DAY)
    with pytest.raises(Conflict):  # what was read was the first text
        documents.sign(version=DocumentVersion(pk=version.pk, document=shown, written_at=now), by=cast.dee, now=now)


def test_only_the_dmc_keeps_a_policy(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    with pytest.raises(PermissionDenied):
        documents.write(document=shown, summary="x", text="x", changes="", demands=True, by=cast.olu, now=now)


def test_a_later_version_says_what_is_new(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    published(shown, cast, now)
    with pytest.raises(ValidationError, match="Say what is new"):
        documents.write(document=shown, summary="x", text="x", changes=" ", demands=True, by=cast.sam, now=now)


def test_nobody_is_stopped_while_nothing_is_published(cast: Cast, now: datetime) -> None:
    document(cast, now)
    make_post(cast, "in_review")


def test_an_author_who_has_not_attested_cannot_send_and_can_at_once_afterwards(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    post = make_post(cast)
    with pytest.raises(ValidationError) as refused:
        review.submit(post=post, by=cast.ada, now=now)
    assert refused.value.code == "attest"
    attesting.attest(version=version, by=cast.ada, now=now)
    review.submit(post=post, by=cast.ada, now=now)


def test_it_lasts_a_year_to_the_day(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    attesting.attest(version=version, by=cast.ada, now=now)
    assert not attesting.missing(cast.ada, now=now + 365 * DAY)
    assert attesting.missing(cast.ada, now=now + 366 * DAY)


def test_a_version_that_demands_it_asks_again_with_two_weeks_to_spare(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    attesting.attest(version=published(shown, cast, now), by=cast.ada, now=now)
    later = now + 30 * DAY
    newer = published(shown, cast, later)
    standing = attesting.standings(cast.ada, now=later)[0]
    assert (standing.asks_again, standing.until) == (True, (later + documents.GRACE).date())
    assert attesting.missing(cast.ada, now=later + 15 * DAY)
    assert attesting.missing(cast.tess, now=later)  # never attested: no grace
    told = Notice.objects.filter(kind=attesting.NEW, closed_at__isnull=True, to=cast.ada)
    assert told.count() == 1
    attesting.attest(version=newer, by=cast.ada, now=later)
    assert not told.exists()
    assert not attesting.standings(cast.ada, now=later + 15 * DAY)[0].asks_again


def test_a_version_that_does_not_demand_it_leaves_everybody_in_peace(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    attesting.attest(version=published(shown, cast, now), by=cast.ada, now=now)
    before = Notice.objects.count()
    published(shown, cast, now + DAY, demands=False)
    assert Notice.objects.count() == before
    assert not attesting.missing(cast.ada, now=now + 40 * DAY)


def test_only_the_version_in_force_is_attested_to(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    old = published(shown, cast, now)
    published(shown, cast, now + DAY)
    with pytest.raises(ValidationError):
        attesting.attest(version=old, by=cast.ada, now=now + DAY)


def test_one_is_reminded_thirty_and_seven_days_before_and_once_it_has_ended(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    attesting.attest(version=version, by=cast.ada, now=now)
    said = [day for day in range(300, 380) if attesting.remind(now=now + day * DAY)]
    assert said == [335, 358, 366]
    notice = Notice.objects.get(kind=attesting.SOON)
    assert (notice.to, notice.times) == (cast.ada, 3)
    attesting.attest(version=version, by=cast.ada, now=now + 370 * DAY)
    notice.refresh_from_db()
    assert notice.closed_at is not None


def test_who_renewed_in_time_is_not_reminded_of_the_old_one(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    attesting.attest(version=version, by=cast.ada, now=now)
    attesting.attest(version=version, by=cast.ada, now=now + 300 * DAY)
    assert not attesting.remind(now=now + 366 * DAY)


def test_who_has_left_is_not_reminded(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    attesting.attest(version=version, by=cast.ada, now=now)
    cast.ada.appointments.update(ended_at=now + DAY)
    assert not attesting.remind(now=now + 335 * DAY)


def test_managers_see_figures_of_their_teams(cast: Cast, now: datetime) -> None:
    version = published(document(cast, now), cast, now)
    attesting.attest(version=version, by=cast.ada, now=now)
    rows = attesting.rows([cast.homerton], now=now)
    assert [(count.people, count.lacking) for count in attesting.counts(rows)] == [(3, 2)]
    assert {row.user for row in rows if row.lacking} == {cast.tess, cast.con}
    assert Attestation.objects.count() == 1


def test_the_owner_is_reminded_of_a_review_each_week_until_it_is_done(cast: Cast, now: datetime) -> None:
    shown = document(cast, now)
    start = datetime(2027, 2, 1, 9, tzinfo=now.tzinfo)
    said = [day for day in range(20) if documents.remind_owners(now=start + day * DAY)]
    assert said == [0, 7, 14]
    notice = Notice.objects.get(kind=documents.REVIEW)
    assert (notice.to, notice.times) == (cast.hana, 3)
    documents.keep_as_it_is(document=shown, by=cast.sam, now=start + 20 * DAY)
    notice.refresh_from_db()
    assert notice.closed_at is not None
    assert shown.review_on == date(2028, 2, 21)
