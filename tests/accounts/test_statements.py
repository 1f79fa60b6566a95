"""What is written once asks the same as the queryset that it is written from."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Channel, Credential, Team
from accounts.statements import Exists, Objects, Rows, Update, Value
from tests.conftest import Cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

PK = Value("pk", Channel)


def test_a_question_is_written_once_and_asked_with_any_value(cast: Cast) -> None:
    known = Exists(lambda: Channel.objects.filter(handle=Value("handle", Channel, "handle")))
    assert known.ask(handle="MPSKilburnBrent")
    written = known.sql
    assert not known.ask(handle="'; DROP TABLE accounts_channel; --")
    assert known.sql is written


def test_rows_come_as_their_columns_make_them(cast: Cast, now: datetime) -> None:
    AuditEntry.objects.create(at=now, action="a", subject="s", facts={"n": [1, None]})
    since = Value("since", AuditEntry, "at")
    lately = Rows(lambda: AuditEntry.objects.filter(at__gte=since).values_list("at", "facts"))
    assert [tuple(row) for row in lately.ask(since=now)] == [(now, {"n": [1, None]})]
    assert lately.ask(since=now + timedelta(microseconds=1)) == []


def test_objects_come_with_what_they_lead_to_and_none_where_there_is_none(cast: Cast) -> None:
    loaded = Objects(lambda: Channel.objects.filter(pk=PK).select_related("team__parent__parent", "credential"))
    channel = loaded.first(pk=cast.x.pk)
    assert channel == cast.x and channel.verified_at == cast.x.verified_at
    assert channel.team.parent.parent == cast.force
    with pytest.raises(Credential.DoesNotExist):
        _ = channel.credential
    assert loaded.first(pk=0) is None


def test_an_update_says_how_many_rows_it_moved_and_fails_as_any_other(cast: Cast) -> None:
    name = Update(lambda: Channel.objects.filter(pk=PK, state=Channel.State.LIVE), name=Value("name", Channel, "name"))
    assert name.run_on(pk=cast.x.pk, name="Homerton's “best”") == 1
    assert name.run_on(pk=0, name="x") == 0
    assert Channel.objects.get(pk=cast.x.pk).name == "Homerton's “best”"
    code = Update(lambda: Team.objects.filter(pk=Value("pk", Team)), code=Value("code", Team, "code"))
    with pytest.raises(IntegrityError), transaction.atomic():
        code.run_on(pk=cast.wick.pk, code=cast.homerton.code)
