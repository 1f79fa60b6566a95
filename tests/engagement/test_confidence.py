"""A file comes in whole or not at all, once or a hundred times, and its corrections leave a trace."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEntry, Team
from engagement import confidence
from engagement.confidence import Outcome
from engagement.models import ConfidenceFigure, Correction, Measure, Spelling, SurveyFile
from engagement.survey import Unreadable
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
    kept = Correction.objects.get()
    assert (kept.was, kept.became, kept.was_file.name, kept.file.name) == (
        Decimal("0.5600"),
        Decimal("0.5800"),
        "small.csv",
        "corrected.csv",
    )
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
        ("31/12/2014;PAS;Brent;Informed local;0,05;0,49", "not plausible: London as a whole is at 49%"),
        ("31/12/2014;PAS;Brent;Informed local;0,95;0,49", "not plausible"),
        ("31/12/2014;PAS;Brent;Informed local;0;0,49", "Nobody"),
        ("31/12/2027;PAS;Brent;Informed local;0,5;0,49", "has not come yet"),
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


def run(path: Path) -> dict[str, Any]:
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
        "corrected": 0,
        "rejected": 0,
        "boroughs": 32,
        "measures": 8,
        "waves": 37,
        "rejected_rows": [],
        "dialect": first["dialect"],
    }
    assert run(PUBLISHED_FILE) == first | {"created": 0, "unchanged": 9312}
    assert ConfidenceFigure.objects.filter(team__isnull=True).count() == 8 * 37 - 5  # Trust begins five waves later


def test_a_refused_file_prints_its_counts_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEADER + "31/12/2014;PAS;Narnia;Informed local;0,5;0,49\n")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_confidence", str(path), "--json", stdout=out, stderr=err)
    said = json.loads(out.getvalue())
    assert (said["rejected"], said["dialect"]["delimiter"]) == (1, "semicolon")
    assert [row["line"] for row in said["rejected_rows"]] == [2]
    assert "Narnia" in said["rejected_rows"][0]["reason"]
    assert "line 2: “Narnia”" in err.getvalue()


@pytest.mark.parametrize("content", [b"PK\x03\x04rest of a workbook", b"nothing;of;the;kind\n"])
def test_another_kind_of_file_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"file\.csv: This (is|looks like)"):
        call_command("import_confidence", str(path))


@pytest.mark.parametrize(("name", "why"), [("absent.csv", "No such file or directory"), (".", "Is a directory")])
def test_what_cannot_be_read_is_said_in_a_sentence(name: str, why: str, tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_confidence", str(tmp_path / name), "--json", stdout=out)
    assert str(refusal.value) == f"The file cannot be read: {why}. Nothing was imported."
    assert json.loads(out.getvalue())["rejected_rows"] == [{"line": 0, "reason": f"The file cannot be read: {why}."}]


def test_a_file_with_a_header_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(HEADER)
    with pytest.raises(CommandError, match=r"empty\.csv: It has no figures\."):
        call_command("import_confidence", str(path))
    assert not SurveyFile.objects.exists()


def test_a_six_per_cent_beside_sixty_is_refused(now: datetime) -> None:
    days = ["31/12/2014", "31/3/2015", "30/6/2015", "30/9/2015"]
    line = "{};PAS;Barnet;Contact ward officer;{};\n"
    sound = HEADER + "".join(
        line.format(day, share) for day, share in zip(days, ["0,6", "0,62", "0,58", "0,6"], strict=True)
    )
    outcome = bring_in(sound.replace("0,58", "0,06"), now)
    assert [(refused.line, "about 60%" in refused.why) for refused in outcome.rejected] == [(4, True)]
    assert bring_in(sound, now).created == 4


def test_a_later_file_is_held_against_what_was_imported_before(now: datetime) -> None:
    bring_in(HEADER + "31/12/2014;PAS;Barnet;Trust MPS;0,6;\n31/3/2015;PAS;Barnet;Trust MPS;0,62;\n", now)
    later = bring_in(HEADER + "30/6/2015;PAS;Barnet;Trust MPS;0,06;\n", now)
    assert "about 61%" in later.rejected[0].why


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text(SMALL)
    out = io.StringIO()
    call_command("import_confidence", str(path), "--json", "--dry-run", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())["created"] == 3
    assert not ConfidenceFigure.objects.exists()
    assert not SurveyFile.objects.exists()


def test_another_file_says_so_in_json_too(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_confidence", str(path), "--json", stdout=out, stderr=io.StringIO())
    said = json.loads(out.getvalue())
    assert (said["rows"], said["dialect"], said["rejected_rows"][0]["line"]) == (0, {}, 1)


def test_a_measure_and_a_spelling_are_rows(cast: Cast, now: datetime) -> None:
    Measure.objects.create(
        code="safe", published_as="Feel safe after dark", name="Safe", question="Feels safe", position=9
    )
    Spelling.objects.create(written="hackney borough", team=cast.hackney, added_at=now)
    outcome = bring_in(HEADER + "31/12/2014;PAS;Hackney Borough;Feel safe after dark;0,5;0,6\n", now)
    assert (outcome.created, figure("Hackney", "safe").share) == (1, Decimal("0.5"))


WHOLE = HEADER + "".join(
    f"31/12/20{year};PAS;{borough};{measure};0,{55 + year % 5};0,57\n"
    for year in range(14, 20)
    for measure in ('"""Good Job"" local"', "Trust MPS")
    for borough in ("Barnet", "Brent", "Hackney")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_spoiling_of_bytes_is_half_imported(data: st.DataObject, now: datetime) -> None:
    """Bytes changed, lost or put in anywhere: the file comes in whole, or not at all with a line named."""
    content = bytearray(WHOLE.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        end = at + data.draw(st.sampled_from([0, 1, 1, 5, 60]))
        content[at:end] = data.draw(
            st.one_of(st.binary(max_size=3), st.sampled_from([b'"', b";", b"\n", b"\0", b"\xff"]))
        )
    try:
        with transaction.atomic():
            outcome = confidence.import_file(name="spoilt.csv", content=bytes(content), by=None, now=now)
            kept = ConfidenceFigure.objects.filter(team__isnull=False).count()
            assert kept == (0 if outcome.rejected else outcome.created)
            assert all(refused.line > 0 and refused.why for refused in outcome.rejected)
            raise Undone
    except (Unreadable, Undone):
        pass
    assert not ConfidenceFigure.objects.exists()


class Undone(Exception):
    """Takes back what an example brought in."""
