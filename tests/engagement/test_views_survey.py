"""A file comes in through the page: shown, confirmed, imported; and only by who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from engagement import confidence, tasks, uploads
from engagement.models import ConfidenceFigure, Measure, Spelling, SurveyFile, SurveyUpload
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
HEADER = "Date;Survey;Borough;Measure;Proportion;MPS\n"
SOUND = HEADER + "31/12/2014;PAS;Hackney;Informed local;0,48;0,49\n31/12/2014;PAS;Brent;Informed local;0,5;0,49\n"
ClientFor = Callable[[User], Client]


def put(client: Client, text: str, name: str = "PAS 2014.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("engagement:survey_files"), {"file": file, **more}, follow=True)


def page(client: Client, name: str, *arguments: object) -> str:
    return str(client.get(reverse(f"engagement:{name}", args=arguments)).content.decode())


def test_a_file_is_shown_confirmed_and_imported(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    answer = put(sam, SOUND, published_on="2015-02-01")
    upload = SurveyUpload.objects.get()
    assert "The file is being read" in answer.content.decode()
    tasks.take_survey_in()
    shown = page(sam, "survey_upload", upload.pk)
    for words in ("This would bring 2 new figures", "semicolon", "comma", "day first", "Hackney: Informed local"):
        assert words in shown
    assert not ConfidenceFigure.objects.exists()
    sam.post(reverse("engagement:confirm_upload", args=[upload.pk]))
    tasks.take_survey_in()
    assert "2 new figures imported" in page(sam, "survey_upload", upload.pk)
    file = SurveyFile.objects.get()
    assert (file.rows, file.created, file.imported_by, file.published_on) == (2, 2, cast.sam, date(2015, 2, 1))
    assert "published 1 February 2015" in page(sam, "survey_files")


def test_a_spoilt_file_names_its_lines_and_brings_nothing(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    put(sam, SOUND.replace("Hackney", "Hacknay"))
    tasks.take_survey_in()
    upload = SurveyUpload.objects.get()
    shown = page(sam, "survey_upload", upload.pk)
    assert "Nothing was imported" in shown
    assert "Line 2" in shown
    assert "Did the publisher mean “Hackney”?" in shown
    assert sam.post(reverse("engagement:confirm_upload", args=[upload.pk])).status_code == 409
    assert not SurveyFile.objects.exists()


def test_what_is_no_survey_file_is_refused_in_words(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    put(sam, "a,b\n1,2\n")
    tasks.take_survey_in()
    assert "it has no column" in page(sam, "survey_upload", SurveyUpload.objects.get().pk)


def test_no_file_and_an_empty_file_are_errors_of_the_form(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    assert sam.post(reverse("engagement:survey_files"), {}).status_code == 422
    assert put(sam, "").status_code == 422
    assert not SurveyUpload.objects.exists()


def test_a_file_may_be_left_out(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    put(sam, SOUND)
    tasks.take_survey_in()
    sam.post(reverse("engagement:drop_upload", args=[SurveyUpload.objects.get().pk]))
    tasks.take_survey_in()
    assert SurveyUpload.objects.get().state == SurveyUpload.State.DROPPED
    assert not SurveyFile.objects.exists()


def test_corrections_are_shown_before_and_kept_after(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    confidence.import_file(name="first.csv", content=SOUND.encode(), by=None, now=now)
    sam = client_for(cast.sam)
    put(sam, SOUND.replace("0,48", "0,46"), "second.csv")
    tasks.take_survey_in()
    upload = SurveyUpload.objects.get()
    shown = page(sam, "survey_upload", upload.pk)
    assert "Corrections of figures that are known already" in shown
    assert "48%" in shown
    sam.post(reverse("engagement:confirm_upload", args=[upload.pk]))
    tasks.take_survey_in()
    second = SurveyFile.objects.get(name="second.csv")
    kept = page(sam, "survey_file", second.pk)
    assert "Before from first.csv" in kept
    assert "46%" in kept
    table = page(sam, "survey_corrections", second.pk)
    assert "Informed,Hackney,2014-12-31,0.48,0.46,first.csv" in table


def test_the_original_is_given_back_byte_for_byte(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    file = confidence.import_file(name="<b>.csv", content=SOUND.encode(), by=None, now=now).file
    assert file is not None
    answer = client_for(cast.olu).get(reverse("engagement:survey_original", args=[file.pk]))
    assert answer.content == SOUND.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="b.csv"'


def test_managers_read_and_only_the_dmc_brings_in(cast: Cast, client_for: ClientFor) -> None:
    put(client_for(cast.sam), SOUND)
    upload = SurveyUpload.objects.get()
    olu = client_for(cast.olu)
    assert olu.get(reverse("engagement:survey_files")).status_code == 200
    assert "Bring a file in" not in page(olu, "survey_files")
    assert put(olu, SOUND).status_code == 403
    for name in ("survey_upload",):
        assert olu.get(reverse(f"engagement:{name}", args=[upload.pk])).status_code == 403
    for name in ("confirm_upload", "drop_upload"):
        assert olu.post(reverse(f"engagement:{name}", args=[upload.pk])).status_code == 403
    assert SurveyUpload.objects.count() == 1


def test_a_sergeant_knows_nothing_of_the_files(cast: Cast, client_for: ClientFor) -> None:
    ada = client_for(cast.ada)
    for name, arguments in (
        ("survey_files", []),
        ("survey_file", [1]),
        ("survey_original", [1]),
        ("measure", ["informed"]),
    ):
        assert ada.get(reverse(f"engagement:{name}", args=arguments)).status_code == 404, name


def test_the_dmc_says_what_a_measure_is(cast: Cast, client_for: ClientFor) -> None:
    sam, address = client_for(cast.sam), reverse("engagement:measure", args=["informed"])
    measure = Measure.objects.get(code="informed")
    facts = {name: getattr(measure, name) for name in ("published_as", "name", "question", "unit", "better", "months")}
    answer = sam.post(address, {**facts, "source": "MOPAC", "part": "outcome", "sample_size": "412"})
    assert answer.status_code == 302
    measure.refresh_from_db()
    assert (measure.sample, measure.source) == ("412", "MOPAC")
    assert client_for(cast.olu).post(address, facts).status_code == 403
    assert "412" in page(client_for(cast.olu), "measure", "informed")


def test_a_new_measure_and_a_spelling_are_added(cast: Cast, client_for: ClientFor) -> None:
    sam = client_for(cast.sam)
    facts = {"published_as": "Feel safe", "name": "Feel safe", "question": "Feels safe", "unit": "per cent"}
    more = {"better": "higher", "months": 12, "source": "MOPAC", "part": ""}
    assert sam.post(reverse("engagement:measure", args=["new"]), facts | more).status_code == 302
    assert Measure.objects.get(code="feel-safe").position == 8
    spelt = {"spelling-written": "Hackney Borough", "spelling-team": cast.hackney.pk}
    sam.post(reverse("engagement:spell"), spelt)
    assert Spelling.objects.get().written == "hackney borough"
    sam.post(reverse("engagement:spell"), {**spelt, "spelling-team": cast.homerton.pk, "spelling-written": "x y"})
    assert Spelling.objects.count() == 1


def test_the_published_name_of_a_measure_with_figures_stays(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    confidence.import_file(name="f.csv", content=SOUND.encode(), by=None, now=now)
    measure = Measure.objects.get(code="informed")
    facts = {
        name: getattr(measure, name) for name in ("name", "question", "unit", "better", "months", "source", "part")
    }
    answer = client_for(cast.sam).post(
        reverse("engagement:measure", args=["informed"]), {**facts, "published_as": "Told"}
    )
    assert answer.status_code == 422
    assert "Figures came in under this name" in answer.content.decode()


def test_a_page_of_files_takes_as_many_queries_for_many_as_for_one(
    cast: Cast, client_for: ClientFor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        share = f"0,{40 + number}"
        content = SOUND.replace("0,48", share).encode()
        confidence.import_file(name=f"{number}.csv", content=content, by=cast.sam, now=now)
    client = client_for(cast.sam)
    with django_assert_max_num_queries(22):
        client.get(reverse("engagement:survey_files"))


def test_a_file_that_changed_meaning_since_it_was_shown_is_refused(cast: Cast, now: datetime) -> None:
    """Between the preview and the yes another file came in beside which this one cannot be true."""
    later = HEADER + "31/3/2015;PAS;Brent;Informed local;0,11;\n"
    upload = uploads.take_in(name="late.csv", content=later.encode(), published_on=None, by=cast.sam, now=now)
    uploads.work(now=now)
    upload.refresh_from_db()
    uploads.confirm(upload=upload, by=cast.sam, now=now)
    between = HEADER + "31/12/2014;PAS;Brent;Informed local;0,5;\n30/9/2014;PAS;Brent;Informed local;0,5;\n"
    confidence.import_file(name="b.csv", content=between.encode(), by=None, now=now)
    uploads.work(now=now)
    upload.refresh_from_db()
    assert upload.state == SurveyUpload.State.REFUSED
    assert not ConfidenceFigure.objects.filter(share=Decimal("0.11")).exists()
