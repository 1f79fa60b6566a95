"""Training: what counts and until when, the scenario test, workshops, reminders and records from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import appointing, channels
from accounts.errors import Conflict
from accounts.models import Appointment, Completion, Notice, Part, Role, Seat, Sitting, Stage, User, Workshop
from accounts.training import overview, qualified, questions, record_file, records, reminding, scenarios, workshops
from policy import review
from policy.models import Needs
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
DAY = timedelta(days=1)


def trained(user: User, on: date, now: datetime, parts: list[str] = Part.values) -> None:
    for part in parts:
        records.keep(user=user, part=part, on=on, origin=Completion.Origin.FILE, by=None, now=now)


def sit(user: User, now: datetime, *, right: int) -> Sitting:
    """Answers so many of them rightly, the first ones."""
    sitting = scenarios.begin(by=user, now=now, chance=Random(1))
    while (place := sitting.at) is not None:
        asked = sitting.questions[place]
        given = asked["right"] if place < right else (asked["right"] + 1) % len(asked["answers"])
        sitting = scenarios.answer(sitting=sitting, place=place, given=given, by=user, now=now)
    return sitting


def planned(cast: Cast, now: datetime, capacity: int = 8) -> Workshop:
    return workshops.plan(
        title="Pictures", team=cast.force, starts_at=now + DAY, place="Hendon", capacity=capacity, by=cast.sam, now=now
    )


# ---- what counts -----------------------------------------------------------------------------------


def test_training_stands_for_a_year_from_its_oldest_part(cast: Cast, now: datetime) -> None:
    trained(cast.ada, now.date() - 100 * DAY, now)
    records.read_lesson(part="law", by=cast.ada, now=now)
    standing = qualified(cast.ada, now)
    assert standing.stands and standing.until == now.date() + 265 * DAY
    assert qualified(cast.ada, now + 265 * DAY).stands, "its last day counts"
    after = qualified(cast.ada, now + 266 * DAY)
    assert after.lapsed and len(after.reasons) == 5 and "The law" not in " ".join(after.reasons)


def test_who_was_never_trained_is_held_to_it_only_once_the_force_says_so(cast: Cast, now: datetime) -> None:
    records.read_lesson(part="law", by=cast.tess, now=now)
    assert channels.stage_of(cast.tess, cast.homerton, now) == Stage.TRUSTED, "beginning costs nobody their voice"
    with override_settings(TRAINING_REQUIRED_SINCE=now.date()):
        assert channels.stage_of(cast.tess, cast.homerton, now) == Stage.PROBATION


def test_lapsed_training_gives_a_trusted_author_a_reader_again(cast: Cast, now: datetime) -> None:
    trained(cast.tess, now.date() - 365 * DAY, now)
    post = make_post(cast, author=cast.tess, now=now)
    assert review.submit(post=post, by=cast.tess, now=now).needs == Needs.NOBODY
    tomorrow = review.judge_again(version=post.current, moment="claim", now=now + DAY)
    assert tomorrow.needs == Needs.MENTOR, "what was approved without a reader does not go out once it has lapsed"
    records.read_lesson(part="law", by=cast.tess, now=now)
    trained(cast.tess, now.date(), now, [part for part in Part.values if part != "law"])
    assert review.foresee(version=post.current, now=now + DAY).needs == Needs.NOBODY


def test_what_was_kept_by_mistake_is_struck_and_counts_no_more(cast: Cast, now: datetime) -> None:
    trained(cast.ada, now.date(), now)
    kept = cast.ada.completions.get(part="law")
    with pytest.raises(PermissionDenied):
        records.strike(completion=kept, why="x", by=cast.rex, now=now)
    records.strike(completion=kept, why="Another Ada.", by=cast.sam, now=now)
    assert not qualified(cast.ada, now).stands
    with pytest.raises(Conflict):
        records.strike(completion=kept, why="Again.", by=cast.sam, now=now)


# ---- the scenario test -----------------------------------------------------------------------------


def test_the_bank_is_in_order() -> None:
    assert len(questions.bank()) >= 15
    for question in questions.bank():
        assert len(set(question.answers)) == 4 and question.why and question.source, question.key
    drawn = questions.draw(scenarios.ASKED, Random(3))
    assert len({asked["key"] for asked in drawn}) == scenarios.ASKED
    assert {asked["theme"] for asked in drawn} == {question.theme for question in questions.bank()}


@pytest.mark.parametrize(("right", "passed"), [(9, False), (10, True)])
def test_eighty_in_a_hundred_pass(cast: Cast, now: datetime, right: int, passed: bool) -> None:
    sitting = sit(cast.ada, now, right=right)
    assert (sitting.right, sitting.passed) == (right, passed)
    assert cast.ada.completions.filter(part=Part.SCENARIOS).exists() is passed
    assert all(asked["situation"] and asked["given"] is not None for asked in sitting.questions)


def test_a_test_is_gone_on_with_and_an_answer_stays(cast: Cast, now: datetime) -> None:
    first = scenarios.begin(by=cast.ada, now=now)
    scenarios.answer(sitting=first, place=0, given=1, by=cast.ada, now=now)
    later = scenarios.begin(by=cast.ada, now=now + timedelta(hours=5))
    assert (later.pk, later.at) == (first.pk, 1)
    with pytest.raises(Conflict):
        scenarios.answer(sitting=later, place=0, given=2, by=cast.ada, now=now)
    with pytest.raises(Sitting.DoesNotExist):
        scenarios.answer(sitting=later, place=1, given=2, by=cast.tess, now=now)


def test_the_next_try_is_a_day_later_and_time_runs_out(cast: Cast, now: datetime) -> None:
    left = scenarios.begin(by=cast.ada, now=now)
    assert scenarios.close_late(now=now + DAY) == 1
    left.refresh_from_db()
    assert left.closed_at == now + DAY and not left.passed
    with pytest.raises(Conflict):
        scenarios.begin(by=cast.ada, now=now + DAY + timedelta(hours=23))
    assert scenarios.begin(by=cast.ada, now=now + 2 * DAY).pk != left.pk


@pytest.mark.postgres
def test_a_test_that_is_over_is_never_changed(cast: Cast, now: datetime) -> None:
    sitting = sit(cast.ada, now, right=0)
    for change in (lambda: Sitting.objects.update(passed=True), lambda: sitting.delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


# ---- workshops -------------------------------------------------------------------------------------


def test_the_last_place_goes_once_and_comes_back(cast: Cast, now: datetime) -> None:
    one = planned(cast, now, capacity=1)
    workshops.book(workshop=one, by=cast.ada, now=now)
    with pytest.raises(Conflict):
        workshops.book(workshop=one, by=cast.tess, now=now)
    workshops.leave(workshop=one, by=cast.ada, now=now)
    workshops.book(workshop=one, by=cast.tess, now=now)
    with pytest.raises(Conflict):
        workshops.book(workshop=one, by=cast.con, now=now + 2 * DAY)


def test_who_came_has_done_that_part(cast: Cast, now: datetime) -> None:
    one = planned(cast, now)
    for user in (cast.ada, cast.tess):
        workshops.book(workshop=one, by=user, now=now)
    taking = {"workshop": one, "came": [cast.ada.pk], "now": now + DAY}
    with pytest.raises(PermissionDenied):
        workshops.take_attendance(**taking, by=cast.rex)
    with pytest.raises(Conflict):
        workshops.take_attendance(**taking | {"now": now}, by=cast.sam)
    workshops.take_attendance(**taking, by=cast.sam)
    assert [seat.came for seat in Seat.objects.order_by("pk")] == [True, False]
    assert list(Completion.objects.values_list("user", "part", "on")) == [(cast.ada.pk, "workshop", (now + DAY).date())]
    with pytest.raises(Conflict):
        workshops.take_attendance(**taking, by=cast.sam)


def test_a_workshop_called_off_tells_who_had_a_place(cast: Cast, now: datetime) -> None:
    one = planned(cast, now)
    workshops.book(workshop=one, by=cast.ada, now=now)
    workshops.call_off(workshop=one, by=cast.sam, now=now)
    assert [notice.to for notice in Notice.objects.filter(kind=workshops.CALLED_OFF)] == [cast.ada]
    assert not workshops.coming(now=now).exists()


# ---- reminders -------------------------------------------------------------------------------------


def test_authors_are_told_three_times_before_and_once_after(cast: Cast, now: datetime) -> None:
    trained(cast.tess, now.date() - 365 * DAY + 40 * DAY, now)  # until 40 days from now
    told = [day for day in range(60) for _ in range(2) if reminding.remind(now=now + day * DAY)]
    assert told == [10, 26, 39, 41]
    notice = Notice.objects.get(to=cast.tess, kind=records.SOON)
    assert "run out" in notice.words and notice.times == 4
    trained(cast.tess, now.date() + 41 * DAY, now + 41 * DAY)
    notice.refresh_from_db()
    assert notice.closed_at is not None, "renewed, so it closes by itself"


# ---- records from elsewhere ------------------------------------------------------------------------


def test_a_file_comes_in_whole_or_says_what_is_wrong(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        record_file.bring_in(
            text="person,part,on\nada,law,2026-02-30\nnobody,law,2026-02-02\nada,dance,02/03/2027\n",
            by=cast.sam, now=now,
        )  # fmt: skip
    assert [message.partition(":")[0] for message in refused.value.messages] == ["Line 2", "Line 3", "Line 4"]
    assert not Completion.objects.exists()
    text = "\ufeffperson,part,on\nADA,law,2026-02-03\ntess, Privacy ,03/02/2026\nada,law,2026-02-03\n"
    assert record_file.bring_in(text=text, by=cast.sam, now=now) == 3
    assert Completion.objects.count() == 2, "a line that is there already stays as it is"
    with pytest.raises(PermissionDenied):
        record_file.bring_in(text=text, by=cast.rex, now=now)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.text(alphabet=st.sampled_from('ada,law\n\r"0129-/\x00é '), max_size=60), head=st.booleans())
def test_whatever_the_file_holds_it_is_read_or_refused_in_words(
    cast: Cast, now: datetime, body: str, head: bool
) -> None:
    try:
        among = User.objects.all()
        lines = record_file.read(("person,part,on\n" if head else "") + body, among=among, today=now.date())
    except ValidationError as refused:
        assert refused.messages
    else:
        assert all(line.on <= now.date() and line.part in Part.values for line in lines)


def test_a_file_is_about_people_whom_its_bringer_looks_after(cast: Cast, now: datetime) -> None:
    appointing.appoint(user=cast.cora, role=Role.DMC_ADMIN, team=cast.brent, starts_on=now.date(), by=cast.sam, now=now)
    own, others = "person,part,on\nmel,law,2026-02-03\n", "person,part,on\nada,law,2026-02-03\n"
    with pytest.raises(ValidationError, match="nobody whom you look after is called “ada”"):
        record_file.bring_in(text=own + "ada,law,2026-02-03\n", by=cast.cora, now=now)
    assert record_file.bring_in(text=own, by=cast.cora, now=now) == 1
    assert record_file.bring_in(text=others, by=cast.sam, now=now) == 1, "who looks after the force brings in anybody’s"


def test_attendance_is_for_who_gives_the_workshop(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    appointing.appoint(user=cast.cora, role=Role.DMC_ADMIN, team=cast.brent, starts_on=now.date(), by=cast.sam, now=now)
    one = planned(cast, now)
    workshops.book(workshop=one, by=cast.ada, now=now)
    address = reverse("accounts:take_attendance", args=[one.pk])
    for said in ({}, {"nobody": "yes"}, {"came": str(cast.ada.pk)}):
        assert client_for(cast.cora).post(address, said).status_code == 403
    assert one.title not in client_for(cast.cora).get(reverse("accounts:trained_people")).text
    assert one.title in client_for(cast.sam).get(reverse("accounts:trained_people")).text
    assert client_for(cast.sam).post(address, {}).status_code == 422


def test_who_is_due_stands_in_its_group(cast: Cast, now: datetime) -> None:
    for user, ago in ((cast.ada, 0), (cast.tess, 366), (cast.mel, 335)):
        trained(user, now.date() - ago * DAY, now)
    wanted = {"lapsed": [cast.tess.pk], "due": [cast.mel.pk], "begun": [cast.con.pk], "stands": [cast.ada.pk]}
    assert overview.grouped(cast.sam, now=now) == wanted
    assert qualified(cast.mel, now).due and not qualified(cast.mel, now - DAY).due


# ---- pages -----------------------------------------------------------------------------------------


def test_a_sergeant_reads_a_part_and_answers_on_the_page(cast: Cast, client_for: ClientFor) -> None:
    ada = client_for(cast.ada)
    assert "has not begun" in ada.get(reverse("accounts:training")).text
    assert ada.post(reverse("accounts:lesson", args=["privacy"])).status_code == 302
    assert "5 parts of your training are left" in ada.get(reverse("accounts:training")).text
    assert ada.get(reverse("accounts:lesson", args=["dance"])).status_code == 404
    ada.post(reverse("accounts:test"))
    sitting = Sitting.objects.get()
    answer = reverse("accounts:answer_test", args=[sitting.pk])
    assert ada.post(answer, {"place": "0"}).status_code == 422
    for place in range(scenarios.ASKED):
        last = ada.post(answer, {"place": place, "given": sitting.questions[place]["right"]}, follow=True)
    assert "Passed: 12 of 12 right" in last.text and sitting.questions[0]["why"][:40] in last.text.replace(
        "&#x27;", "'"
    )
    assert client_for(cast.tess).get(reverse("accounts:test_result", args=[sitting.pk])).status_code == 404


def test_the_overview_holds_with_2500_people(cast: Cast, client_for: ClientFor) -> None:
    today = timezone.now().date()
    users = User.objects.bulk_create(User(username=f"u{n}", last_name=f"U{n:04}") for n in range(2_500))
    Appointment.objects.bulk_create(
        Appointment(user=user, role=Role.SERGEANT, team=cast.wick, starts_on=date(2026, 1, 1), made_at=timezone.now())
        for user in users
    )
    Completion.objects.bulk_create(
        Completion(user=user, part=part, on=today, until=today + (n % 60) * DAY, origin="file",
                   at=timezone.now())
        for n, user in enumerate(users)
        for part in Part.values
    )  # fmt: skip
    sam = client_for(cast.sam)
    sam.get(reverse("accounts:trained_people"))
    with CaptureQueriesContext(connection) as asked:
        page = sam.get(reverse("accounts:trained_people"), {"group": "due"})
    assert page.status_code == 200 and "Page 1 of" in page.text
    assert len(asked) <= 30, len(asked)
    assert client_for(cast.ada).get(reverse("accounts:trained_people")).status_code == 403
