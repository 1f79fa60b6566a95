"""Priorities as the open police data interface publishes them: read, cleaned, brought in once."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from accounts import priority_file
from accounts.models import AuditEntry, Priority, PriorityStep
from tests.conftest import Cast

EXAMPLE = Path(__file__).resolve().parents[3] / "shared/data/geo/police_uk_ward_priority_example.json"
ONE = {
    "issue": "<p>Bike theft by the station</p>",
    "issue-date": "2026-02-01T00:00:00",
    "action": "<p>Marked <b>40</b> bikes</p>",
    "action-date": "2026-02-14T00:00:00",
}


def read(told: Any, now: datetime) -> priority_file.Read:
    return priority_file.read(json.dumps(told).encode(), now=now)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("a<br>b&nbsp;&amp; c", "a\nb & c"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<script>alert(1)</script>safe<style>p{}</style>", "safe"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;safe", "safe"),
        ('<a href="javascript:x()" onclick="y()">words</a>', "words"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("<p> </p>", ""),
    ],
)
def test_only_the_words_of_html_are_kept(html: str, plain: str) -> None:
    assert priority_file.text_of(html) == plain


def test_an_entry_is_read_with_its_days(now: datetime) -> None:
    entry = read([ONE], now).entries[0]
    assert (entry.issue, entry.issue_on) == ("Bike theft by the station", date(2026, 2, 1))
    assert (entry.action, entry.action_on) == ("Marked 40 bikes", date(2026, 2, 14))


def test_a_missing_action_is_no_fault(now: datetime) -> None:
    assert read([{**ONE, "action": None, "action-date": None}], now).entries[0].action == ""


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"issue": ""}, "no issue"),
        ({"issue": 7}, "not text"),
        ({"issue-date": "soon"}, "not a date"),
        ({"issue-date": None}, "no issue-date"),
        ({"issue-date": "2031-01-01"}, "still to come"),
        ({"issue": "x" * 700}, "600 characters"),
    ],
)
def test_an_entry_that_is_not_understood_is_named(now: datetime, wrong: dict[str, Any], why: str) -> None:
    found = read([ONE, {**ONE, **wrong}], now)
    assert [place for place, _ in found.rejected] == [2]
    assert why in found.rejected[0][1]


@pytest.mark.parametrize("content", [b"<html>", b"\xff\xfe", b"[1, 2]", b'"words"', b"[" * 100_000])
def test_what_is_no_list_of_priorities_is_refused(now: datetime, content: bytes) -> None:
    with pytest.raises(ValidationError):
        priority_file.read(content, now=now)


def test_bringing_in_twice_changes_nothing_and_a_new_action_is_added(cast: Cast, now: datetime) -> None:
    def bring(told: list[Any]) -> priority_file.Imported:
        return priority_file.bring_in(read(told, now).entries, team=cast.homerton, by=None, now=now)

    assert bring([ONE, ONE]).created == 1
    assert bring([ONE]).unchanged == 1
    later = bring([{**ONE, "issue": "<p>bike THEFT by the station </p>", "action": "Two arrests"}])
    assert (later.created, later.updated) == (0, 1)
    assert [step.words for step in PriorityStep.objects.all()] == ["Two arrests", "Marked 40 bikes"] or [
        step.words for step in PriorityStep.objects.all()
    ] == ["Marked 40 bikes", "Two arrests"]
    assert bring([]).gone == ["Bike theft by the station"]
    assert Priority.objects.get().is_open
    assert AuditEntry.objects.filter(action="priorities.imported").count() == 2


# ---- the command ------------------------------------------------------------------------------------------------


def run(path: Path, *more: str) -> tuple[dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_priorities", str(path), "--json", *more, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_the_command_reads_the_shape_of_the_open_interface(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "priorities.json"
    wrapped = {"sourceUrl": "https://data.police.uk/api/metropolitan/E05013655/priorities", "raw": ONE}
    path.write_text(json.dumps(wrapped))
    tried, _ = run(path, "--ward", cast.homerton.code, "--dry-run")
    assert tried["created"] == 1 and not Priority.objects.exists()
    done, said = run(path, "--ward", cast.homerton.code)
    assert (done["ward"], done["read"], done["created"]) == (cast.homerton.code, 1, 1)
    assert "names E05013655" in said, "another ward's file is pointed out"
    assert Priority.objects.get().source == "data.police.uk"


def test_one_wrong_entry_and_nothing_is_imported(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "priorities.json"
    path.write_text(json.dumps([ONE, {"issue": "x"}]))
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(path, "--ward", cast.homerton.code)
    assert not Priority.objects.exists()


def test_an_unknown_ward_and_a_missing_file_are_said(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no ward E00000000"):
        run(tmp_path / "x.json", "--ward", "E00000000")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "x.json", "--ward", cast.homerton.code)


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the published example is not beside the project")
def test_the_published_example_is_read(now: datetime) -> None:
    found = priority_file.read(EXAMPLE.read_bytes(), now=datetime(2026, 10, 1, tzinfo=now.tzinfo))
    assert found.wards == ("E05013655",)
    assert found.entries[0].issue.startswith("Working with partner agencies") and "<" not in found.entries[0].issue
