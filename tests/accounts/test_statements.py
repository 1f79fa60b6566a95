"""What is written once asks the same as the queryset that it is written from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Upper
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Channel, Credential, Team
from accounts.statements import Exists, Insert, Objects, Rows, Update, Value, together
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


def test_a_row_is_kept_as_django_would_keep_it(cast: Cast, now: datetime) -> None:
    keeper = Insert(AuditEntry)
    for facts in ({"n": [1, None], "s": "’; DROP TABLE"}, {}):
        kept = keeper.keep(AuditEntry(at=now, by=cast.ada, action="a", subject="s", facts=facts))
        found = AuditEntry.objects.get(pk=kept.pk)
        assert found == kept and not kept._state.adding
        assert (found.at, found.by, found.action, found.facts) == (now, cast.ada, "a", facts)
    assert keeper.keep(AuditEntry(at=now, action="a", subject="s", facts={})).pk == kept.pk + 1


def test_a_row_that_breaks_a_rule_of_the_table_is_refused(cast: Cast) -> None:
    facts = {"kind": Team.Kind.WARD, "code": cast.homerton.code, "name": "Again"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Insert(Team).keep(Team(**facts))


def test_what_a_queryset_adds_comes_with_the_object(cast: Cast) -> None:
    loaded = Objects(lambda: Channel.objects.filter(pk=PK).select_related("team").annotate(shout=Upper("handle")))
    channel = loaded.first(pk=cast.x.pk)
    assert (channel.shout, channel.team) == (cast.x.handle.upper(), cast.homerton)


def test_two_threads_that_ask_first_both_get_their_answer() -> None:
    """One that finds the statement half written would send it without its values."""
    begun, go_on = Event(), Event()

    class Slow(Rows):
        def write(self) -> None:
            super().write()
            begun.set()
            go_on.wait(5)

    known = Slow(lambda: Channel.objects.filter(pk=PK).order_by().values_list("pk"))
    with ThreadPoolExecutor(1) as other:
        first = other.submit(known.write)
        assert begun.wait(5)
        assert not known.ready
        go_on.set()
        first.result(5)
        assert known.ask(pk=0) == []


HANDLES = Rows(lambda: Channel.objects.filter(pk=PK).values_list("handle"))
RENAME = Update(lambda: Channel.objects.filter(pk=PK), name=Value("name", Channel, "name"))


def test_what_is_asked_together_is_asked_in_order_and_not_again(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    named = Rows(lambda: Channel.objects.filter(name=Value("name", Channel, "name")).values_list("pk"))
    rename, found = RENAME.of(pk=cast.x.pk, name="Ours"), named.of(name="Ours")
    with django_assert_num_queries(2), transaction.atomic(savepoint=False), together([rename, found]):
        assert rename.answer() == 1
        assert found.answer() == [(cast.x.pk,)], "asked after the change it comes after"


def test_an_answer_at_hand_is_for_the_same_values_and_for_once(cast: Cast) -> None:
    with transaction.atomic(), together([HANDLES.of(pk=cast.x.pk)]):
        assert HANDLES.ask(pk=cast.page.pk) == [(cast.page.handle,)]
        assert HANDLES.ask(pk=cast.x.pk) == [(cast.x.handle,)]
        Channel.objects.filter(pk=cast.x.pk).update(handle="Changed")
        assert HANDLES.ask(pk=cast.x.pk) == [("Changed",)]


def test_an_answer_is_forgotten_with_its_block(cast: Cast) -> None:
    with transaction.atomic(), together([HANDLES.of(pk=cast.x.pk)]):
        Channel.objects.filter(pk=cast.x.pk).update(handle="Changed")
    assert HANDLES.ask(pk=cast.x.pk) == [("Changed",)]


def test_what_fails_together_fails_as_it_does_alone(cast: Cast) -> None:
    code = Update(lambda: Team.objects.filter(pk=Value("pk", Team)), code=Value("code", Team, "code"))
    clash = code.of(pk=cast.wick.pk, code=cast.homerton.code)
    with pytest.raises(IntegrityError), transaction.atomic(), together([clash]):
        clash.answer()
    assert HANDLES.ask(pk=cast.x.pk) == [(cast.x.handle,)]
