from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from accounts.errors import Conflict
from accounts.models import Impersonation, Notice
from accounts.provisioning import impersonation
from tests.accounts.provisioning.conftest import ClientFor, Office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def shot(content: bytes = b"") -> SimpleUploadedFile:
    if not content:
        drawn = BytesIO()
        Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
        content = drawn.getvalue()
    return SimpleUploadedFile("whatever.exe", content)


def report(office: Office, now: datetime, **change: Any) -> Impersonation:
    said = {"network": "x", "handle": "@MPSH0merton", "kind": "pretends", "seen": "It asks for money."}
    return impersonation.report(**{**said, **change}, by=office.cast.ada, now=now)


def test_anybody_reports_and_the_look_alike_is_found_in_the_register(office: Office, now: datetime) -> None:
    made = report(office, now, risky=True, screenshot=shot())
    assert made.likes is not None and made.likes.handle == "MPSHomerton"
    assert [step.kind for step in made.steps.all()] == ["screenshot"]
    told = Notice.objects.filter(kind=impersonation.REPORTED)
    assert {"sam", "ines", "abe"} == set(told.values_list("to__username", flat=True))
    assert "looks like @MPSHomerton" in told.first().words
    with pytest.raises(Conflict):
        report(office, now, handle="mpsh0merton")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"handle": "MPSHomerton"}, "handle"),
        ({"handle": "two words"}, "handle"),
        ({"seen": " "}, "seen"),
        ({"kind": "person"}, "kind"),
        ({"screenshot": SimpleUploadedFile("a.png", b"GIF89a")}, "screenshot"),
        ({"screenshot": SimpleUploadedFile("a.png", b"x" * 5_000_001)}, "screenshot"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_nothing_is_kept(
    office: Office, now: datetime, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        report(office, now, **change)
    assert field in refused.value.message_dict
    assert not Impersonation.objects.exists()


def test_what_pretends_is_reported_told_and_closed_in_that_order(office: Office, now: datetime) -> None:
    made, admin = report(office, now, risky=True), office.cast.sam
    with pytest.raises(PermissionDenied):
        impersonation.add_step(matter=made, kind="reported", words="Ticket 1.", by=office.cast.ada, now=now)
    with pytest.raises(ValidationError, match="not been reported"):
        impersonation.close(matter=made, outcome="refused", words="", by=admin, now=now)
    impersonation.add_step(matter=made, kind="reported", words="Ticket 1.", by=admin, now=now)
    with pytest.raises(ValidationError, match="tell the public"):
        impersonation.close(matter=made, outcome="refused", words="", by=admin, now=now)
    impersonation.add_step(matter=made, kind="notice", words="Posted on @MPSHackney.", by=office.ines, now=now)
    closed = impersonation.close(matter=made, outcome="refused", words="", by=admin, now=now)
    assert (closed.outcome, closed.closed_at) == ("refused", now)
    assert [step.kind for step in closed.steps.all()] == ["reported", "notice", "closed"]
    with pytest.raises(Conflict):
        impersonation.add_step(matter=made, kind="note", words="More.", by=admin, now=now)
    assert report(office, now).pk != made.pk


def test_a_parody_is_left_alone_and_an_officer_is_offered_the_way(office: Office, now: datetime) -> None:
    parody = report(office, now, handle="MPSPigeons", kind="parody", risky=True)
    assert not parody.risky
    with pytest.raises(ValidationError, match="not reported"):
        impersonation.add_step(matter=parody, kind="reported", words="x", by=office.cast.sam, now=now)
    with pytest.raises(ValidationError, match="left alone"):
        impersonation.close(matter=parody, outcome="removed", words="", by=office.cast.sam, now=now)
    assert impersonation.close(matter=parody, outcome="left_alone", words="", by=office.cast.sam, now=now).closed_at
    officer = report(office, now, handle="SgtOfTheWick", kind="officer")
    assert impersonation.close(matter=officer, outcome="official", words="", by=office.ines, now=now).closed_at


def test_the_log_is_for_the_dmc_and_security_and_its_pages_work(
    office: Office, client_for: ClientFor, now: datetime
) -> None:
    made = report(office, now)
    page, picture = (
        reverse("accounts:impersonation", args=[made.pk]),
        reverse("accounts:impersonation_picture", args=[made.pk]),
    )
    admin = client_for(office.cast.sam)
    assert admin.get(picture).status_code == 404
    assert admin.post(picture, {"screenshot": shot(b"no picture")}).status_code == 422
    assert admin.post(picture, {"screenshot": shot()})["Location"] == page
    assert admin.get(picture)["Content-Type"] == "image/png"
    assert "looks like @MPSHomerton" in admin.get(page).text
    done = admin.post(
        reverse("accounts:impersonation_step", args=[made.pk]), {"kind": "reported", "words": "Ticket 2."}
    )
    assert done.status_code == 302
    assert "Ticket 2." in client_for(office.cast.cora).get(page).text
    for who in (office.cast.ada, office.cast.olu, office.cast.rex):
        assert [client_for(who).get(at).status_code for at in (page, picture, reverse("accounts:impersonations"))] == [
            403
        ] * 3
        assert client_for(who).get(reverse("accounts:report_impersonation")).status_code == 200
    mine = client_for(office.cast.ada).post(
        reverse("accounts:report_impersonation"),
        {
            "network": "facebook",
            "handle": "HomertonCops",
            "kind": "pretends",
            "seen": "Sells badges.",
            "screenshot": shot(),
        },
    )
    assert mine["Location"] == reverse("home")
