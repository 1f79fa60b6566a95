"""A file comes in whole or not at all, once or a hundred times, and its corrections leave a trace."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry, Team
from engagement import confidence
from engagement.confidence import Outcome
from engagement.models import ConfidenceFigure, SurveyFile
from tests.conftest import Cast
from tests.engagement.conftest import PUBLISHED_FILE, Figures

pytestmark = pytest.mark.django_db

HEADER = "Date;Survey;Borough;Measure;Proportion;MPS\n"
SMALL = (
    HEADER
    + '31/12/2014;PAS;Barnet;"""Good Job"" local";0,56;0,67\n'
    + "31/12/2014;PAS;City of Westminster;Informed local;0,5;0,49\n"
    + "31/3/2015;PAS;Richmond Upon Thames;Informed local;0,4;0,48\n"
)


def bring_in(text: str, now: datetime, name: str = "small.csv") -> Outcome:
    return confidence.import_file(name=name, content=text.encode(), by=None, now=now)


def figure(borough: str | None, measure: str) -> ConfidenceFigure:
    return ConfidenceFigure.objects.get(team__name=borough, measure__code=measure)


def test_figures_arrive_with_their_boroughs_and_london(now: datetime) -> None:
    outcome = bring_in(SMALL, now)
    assert (outcome.rows, outcome.created, outcome.unchanged, outcome.rejected) == (3, 3, 0, [])
    assert (len(outcome.boroughs), len(outcome.measures), len(outcome.waves)) == (3, 2, 2)
    assert figure("Westminster", "informed").share == Decimal("0.5")
    assert figure("Richmond upon Thames", "informed").wave == date(2015, 3, 31)
    assert figure(None, "good-job").share == Decimal("0.67")


def test_the_boroughs_are_made_where_they_are_missing(now: datetime) -> None:
    bring_in(SMALL, now)
    assert Team.objects.filter(kind=Team.Kind.BOROUGH).count() == 32
    assert not Team.objects.filter(name__contains="City of London").exists()


def test_the_same_file_again_changes_nothing(now: datetime) -> None:
    bring_in(SMALL, now)
    before = list(ConfidenceFigure.objects.values_list("pk", "share", "file"))
    again = bring_in(SMALL, now)
    assert (again.rows, again.created, again.unchanged, again.corrected) == (3, 0, 3, 0)
    assert list(ConfidenceFigure.objects.values_list("pk", "share", "file")) == before
    assert SurveyFile.objects.count() == 1


def test_the_original_is_kept_byte_for_byte(now: datetime) -> None:
    bring_in(SMALL, now)
    kept = SurveyFile.objects.get()
    assert bytes(kept.content) == SMALL.encode()
    assert figure("Barnet", "good-job").file == kept


def test_a_correction_replaces_the_figure_and_audits_both_values(now: datetime) -> None:
    bring_in(SMALL, now)
    outcome = bring_in(SMALL.replace("0,56", "0,58"), now, "corrected.csv")
    assert (outcome.created, outcome.corrected, outcome.unchanged) == (0, 1, 2)
    corrected = figure("Barnet", "good-job")
    assert corrected.share == Decimal("0.58")
    assert corrected.file.name == "corrected.csv"
    entry = AuditEntry.objects.get(action="confidence.corrected")
    assert (entry.facts["was"], entry.facts["now_is"]) == ("0.5600", "0.5800")
    assert SurveyFile.objects.count() == 2


def test_a_published_figure_takes_the_place_of_an_illustrative_one(cast: Cast, figures: Figures, now: datetime) -> None:
    figures("informed", cast.hackney, {date(2014, 12, 31): 0.31}, illustrative=True)
    bring_in(HEADER + "31/12/2014;PAS;Hackney;Informed local;0,31;0,49\n", now)
    assert not figure("Hackney", "informed").illustrative


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31/12/2014;PAS;Hacknay;Informed local;0,5;0,49", "Hackney"),
        ("31/12/2014;USS;Brent;Informed local;0,5;0,49", "“USS” is another survey"),
        ("31/12/2014;PAS;Homerton;Informed local;0,5;0,49", "not a known borough"),
        ("31/12/2014;PAS;City of London;Informed local;0,5;0,49", "another force"),
        ("31/12/2014;PAS;Brent;Informed localy;0,5;0,49", "informed local"),
        ("31/12/2014;PAS;Brent;Victim satisfaction;0,5;0,49", "not a known measure"),
        ("31/12/2014;PAS;Brent;Informed local;50;0,49", "percentage"),
        ('31/12/2014;PAS;Barnet;"""Good Job"" local";0,57;0,67', "stands twice"),
        ('31/12/2014;PAS;Brent;"""Good Job"" local";0,57;0,68', "another value elsewhere"),
    ],
)
def test_one_bad_line_and_nothing_is_imported(line: str, why: str, now: datetime) -> None:
    outcome = bring_in(SMALL + line, now)
    assert [(refused.line, why in refused.why) for refused in outcome.rejected] == [(5, True)], outcome.rejected
    assert outcome.created == 0
    assert not ConfidenceFigure.objects.exists()
    assert not SurveyFile.objects.exists()
    assert not Team.objects.filter(kind=Team.Kind.BOROUGH).exists()


def test_measure_names_that_lost_their_quote_marks_are_known(now: datetime) -> None:
    assert bring_in(HEADER + "31/12/2014;PAS;Brent;Good Job Local;0,5;0,49\n", now).created == 1


def test_the_file_of_london_alone_is_read_too(now: datetime) -> None:
    outcome = bring_in("Date;Survey;Borough;Measure;Proportion\n31/12/2014;PAS;MPS;Informed local;0,49\n", now)
    assert (outcome.created, len(outcome.boroughs)) == (1, 0)
    assert figure(None, "informed").share == Decimal("0.49")


# ---- the command --------------------------------------------------------------------------------


def run(path: Path) -> dict[str, int]:
    out = io.StringIO()
    call_command("import_confidence", str(path), "--json", stdout=out, stderr=io.StringIO())
    (line,) = out.getvalue().splitlines()
    return dict(json.loads(line))


@pytest.mark.skipif(not PUBLISHED_FILE.exists(), reason="the published file is not beside the repository")
def test_the_published_file_comes_in_whole_and_once() -> None:
    first = run(PUBLISHED_FILE)
    assert first == {
        "rows": 9312,
        "created": 9312,
        "unchanged": 0,
        "rejected": 0,
        "boroughs": 32,
        "measures": 8,
        "waves": 37,
    }
    assert run(PUBLISHED_FILE) == first | {"created": 0, "unchanged": 9312}
    assert ConfidenceFigure.objects.filter(team__isnull=True).count() == 8 * 37 - 5  # Trust begins five waves later


def test_a_refused_file_prints_its_counts_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEADER + "31/12/2014;PAS;Narnia;Informed local;0,5;0,49\n")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_confidence", str(path), "--json", stdout=out, stderr=err)
    assert json.loads(out.getvalue())["rejected"] == 1
    assert "line 2: “Narnia”" in err.getvalue()


@pytest.mark.parametrize("content", [b"PK\x03\x04rest of a workbook", b"nothing;of;the;kind\n"])
def test_another_kind_of_file_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"file\.csv: This is"):
        call_command("import_confidence", str(path))


@pytest.mark.parametrize(("name", "why"), [("absent.csv", "No such file or directory"), (".", "Is a directory")])
def test_what_cannot_be_read_is_said_in_a_sentence(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_confidence", str(tmp_path / name))
    assert str(refusal.value) == f"The file cannot be read: {why}. Nothing was imported."


def test_a_file_with_a_header_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(HEADER)
    with pytest.raises(CommandError, match=r"empty\.csv: It has no figures\."):
        call_command("import_confidence", str(path))
    assert not SurveyFile.objects.exists()
