"""Starting from a template: who is offered which, how it reads, and the draft it becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts import rights
from accounts.models import Appointment, Role
from policy import facts, registers
from policy.check import findings
from policy.models import RegisterEntry
from posts.models import Post
from posts.template_catalogue import TEMPLATES
from tests.conftest import Cast

ClientFor = Callable[[object], Client]
SURGERY = {"day": "2026-03-14", "start": "11:00", "end": "13:30", "venue": "Homerton Library", "use": "1"}


def address(key: str) -> str:
    return reverse("policy:template", args=[key])


def test_a_sergeant_is_offered_every_template_but_the_one_of_the_dmc(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.ada).get(reverse("policy:templates")).content.decode()
    assert "You said, we did" in page
    assert "Missing person" not in page


def test_the_dmc_s_own_template_is_not_there_for_a_sergeant(cast: Cast, client_for: ClientFor) -> None:
    assert client_for(cast.ada).get(address("missing-person")).status_code == 404


def test_who_decides_for_the_dmc_and_writes_for_a_channel_may_ask_for_a_missing_person(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    facts_of_post = {"starts_on": now.date(), "made_at": now}
    Appointment.objects.create(user=cast.dee, role=Role.SERGEANT, team=cast.homerton, **facts_of_post)
    rights.sync(cast.dee, now=now)
    assert client_for(cast.dee).get(address("missing-person")).status_code == 200


def test_who_writes_for_no_channel_is_told_so(cast: Cast, client_for: ClientFor) -> None:
    assert "No template is open to you" in client_for(cast.rex).get(reverse("policy:templates")).content.decode()


def test_a_withdrawn_template_is_no_longer_offered_nor_counted(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    entry = RegisterEntry.objects.get(kind="template", value="surgery")
    registers.retire(entry=entry, why="Surgeries have moved online.", by=cast.sam, now=now)
    assert client_for(cast.ada).get(address("surgery")).status_code == 404
    assert "surgery" not in facts.context(cast.homerton, now=now).templates


def test_answers_become_a_draft_for_every_channel_of_the_team(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.ada).post(address("surgery"), SURGERY)
    post = Post.objects.get()
    assert answer.headers["location"] == reverse("posts:compose", args=[post.pk])
    assert post.current.template == "surgery"
    words = "Come and talk to your ward team: Saturday 14 March, 11am to 1.30pm, Homerton Library. No need to book."
    assert set(post.current.texts.values()) == {words}
    assert set(post.current.texts) == {str(cast.x.pk), str(cast.page.pk)}


def test_how_it_reads_is_shown_before_anything_is_kept(cast: Cast, client_for: ClientFor) -> None:
    sent = {name: value for name, value in SURGERY.items() if name != "use"} | {"look": "1"}
    page = client_for(cast.ada).post(address("surgery"), sent)
    assert "Saturday 14 March, 11am to 1.30pm" in page.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"venue": ""}, "Fill in “where”."),
        ({"end": "10:00"}, "It has to end after it begins."),
        ({"day": "soon"}, "Check “day”."),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    cast: Cast, client_for: ClientFor, changes: dict[str, str], sentence: str
) -> None:
    answer = client_for(cast.ada).post(address("surgery"), SURGERY | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "11:00" in page
    assert not Post.objects.exists()


def test_who_speaks_for_several_teams_chooses_one(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    Appointment.objects.create(user=cast.ada, role=Role.SERGEANT, team=cast.kilburn, starts_on=now.date(), made_at=now)
    rights.sync(cast.ada, now=now)
    client = client_for(cast.ada)
    assert client.post(address("surgery"), SURGERY).status_code == 422
    client.post(address("surgery"), SURGERY | {"team": cast.kilburn.pk})
    assert Post.objects.get().team == cast.kilburn


def test_a_template_filled_as_its_hints_say_is_not_stopped(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    sent = {
        "person": "A man", "age": "34", "town": "Hackney", "offence": "burglary", "custody": "remain in custody",
        "incident": "a report in Mare Street on Monday evening", "use": "1",
    }  # fmt: skip
    client_for(cast.ada).post(address("arrest-update"), sent)
    version = Post.objects.get().current
    said = facts.content(version)
    assert said.template == "arrest-update"
    assert said.texts[0].fixed
    assert [found.rule for found in findings(said, facts.context(cast.homerton, now=now))] == []


def test_a_template_s_name_does_not_cover_words_written_over_it(cast: Cast, client_for: ClientFor) -> None:
    client_for(cast.ada).post(address("ACT"), {})
    version = Post.objects.get().current
    version.texts = dict.fromkeys(version.texts, "Suspicious package outside the station, area evacuated")
    assert facts.content(version).template == ""


def test_every_template_that_ships_is_in_the_register(db: None) -> None:
    assert set(RegisterEntry.objects.filter(kind="template").values_list("value", flat=True)) == set(TEMPLATES)
