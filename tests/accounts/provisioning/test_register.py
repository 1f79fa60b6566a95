from __future__ import annotations

import csv
import io
import json

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Channel
from tests.accounts.provisioning.conftest import ClientFor, Office

pytestmark = pytest.mark.django_db


def test_the_register_has_what_was_launched_and_who_may_takes_it_away(
    office: Office, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.apply()
    Channel.objects.filter(pk=office.cast.page.pk).update(
        life="closed", state="closed", new_home="@MPSHackney", name="=1+1"
    )
    client = client_for(office.cast.sam)
    with django_assert_max_num_queries(29):
        page = client.get(reverse("accounts:official")).text
    assert "3 official accounts" in page and "MPSHackneyWick" not in page
    rows = list(
        csv.DictReader(io.StringIO(client.get(reverse("accounts:official_file", args=["csv"])).text.lstrip("\ufeff")))
    )
    assert [row["handle"] for row in rows] == ["MPSHomerton", "MPSHomerton", "MPSKilburnBrent"]
    assert rows[0]["address"] == "https://x.com/MPSHomerton"
    assert (rows[1]["stage"], rows[1]["moved_to"], rows[1]["name"]) == ("Closed", "'@MPSHackney", "'=1+1")
    said = json.loads(client.get(reverse("accounts:official_file", args=["json"])).content)
    assert [one["borough"] for one in said["accounts"]] == ["Hackney", "Hackney", "Brent"]
    assert AuditEntry.objects.filter(action="register.exported", by=office.cast.sam).count() == 2
    assert client.get(reverse("accounts:official_file", args=["xml"])).status_code == 404


def test_a_manager_reads_the_borough_and_a_sergeant_no_register(office: Office, client_for: ClientFor) -> None:
    theirs = client_for(office.cast.olu).get(reverse("accounts:official")).text
    assert "MPSHomerton" in theirs and "MPSKilburnBrent" not in theirs
    for who in (office.cast.ada, office.cast.rex):
        for name, form in (("official", []), ("official_file", ["csv"])):
            assert client_for(who).get(reverse(f"accounts:{name}", args=form)).status_code == 403
