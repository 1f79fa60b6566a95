"""The survey's workbook: the two sheets are found among others, and nothing inside it can hurt us."""

from __future__ import annotations

import gc
import io
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from engagement import survey
from engagement.survey import Rejected, Row, Unreadable, workbook

BOROUGH = ["Date", "Survey", "Borough", "Measure", "Proportion", "MPS", None, None]
LINE = [date(2014, 12, 31), "PAS", "Brent", '"Good Job" local', 0.56, 0.67, None, None]


def book(**sheets: list[list[object]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


SOUND = book(
    Notes=[["About this file"], ["Figures are rolling"]],
    MPS=[BOROUGH[:5], ["31/12/2014", "PAS", "MPS", '"Good Job" local', 0.67]],
    Borough=[["PAS by borough"], BOROUGH, LINE, [None] * 8],
)


def test_both_sheets_are_read_and_the_others_named() -> None:
    found = survey.read(SOUND)
    wave = date(2014, 12, 31)
    assert found.rows == [
        Row(2, wave, "MPS", '"Good Job" local', Decimal("0.67"), None, "MPS"),
        Row(3, wave, "Brent", '"Good Job" local', Decimal("0.56"), Decimal("0.67"), "Borough"),
    ]
    assert (found.dialect.sheets, found.dialect.left_out) == (["MPS", "Borough"], ["Notes"])


@pytest.mark.parametrize("content", [SOUND, SOUND[:200]], ids=["sound", "broken"])
def test_whoever_reads_a_workbook_collects_again_afterwards(content: bytes) -> None:
    with suppress(Unreadable):
        survey.read(content)
    assert gc.isenabled()


def test_a_refusal_names_its_sheet_and_line() -> None:
    (refused,) = survey.read(book(Borough=[BOROUGH, [*LINE[:4], 56, 67]]))
    assert isinstance(refused, Rejected)
    assert (refused.sheet, refused.line) == ("Borough", 2)


def test_a_workbook_without_the_survey_is_refused() -> None:
    with pytest.raises(Unreadable, match="No sheet of this workbook"):
        survey.read(book(Sheet=[["a", "b"], [1, 2]]))


def test_a_bomb_is_measured_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 2_000_000)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    assert len(kept.getvalue()) < 5_000
    with pytest.raises(Unreadable, match="far larger inside"):
        survey.read(kept.getvalue())


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(Unreadable, match="more than 5 rows"):
        survey.read(book(Borough=[BOROUGH, *[LINE] * 6]))


def test_entities_are_not_unfolded() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(Unreadable, match="broken"):
        survey.read(
            changed((b"<worksheet", laughs.encode() + b"<worksheet"), (b"</worksheet>", b"&b;</worksheet>")),
        )


def test_a_document_type_is_refused_even_where_nothing_comes_of_it() -> None:
    with pytest.raises(Unreadable, match="broken"):
        survey.read(changed((b"<worksheet", b"<!DOCTYPE worksheet><worksheet")))


def test_a_sheet_that_is_not_well_formed_is_refused() -> None:
    with pytest.raises(Unreadable, match="broken"):
        survey.read(changed((b"</row>", b"</rov>")))


def test_a_sheet_that_leaves_rows_and_cells_out_keeps_its_numbers_and_columns() -> None:
    found = survey.read(book(Borough=[[], [], BOROUGH, [], [None, None, "Brent"], LINE]))
    assert [row.line for row in found] == [5, 6]
    assert isinstance(found.rows[0], Rejected) and isinstance(found.rows[1], Row)


def changed(*changes: tuple[bytes, bytes]) -> bytes:
    """The sound workbook with something else in its third sheet, each once."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as sound, zipfile.ZipFile(kept, "w") as spoilt:
        for part in sound.namelist():
            text = sound.read(part)
            if part.endswith("sheet3.xml"):
                for was, becomes in changes:
                    text = text.replace(was, becomes, 1)
            spoilt.writestr(part, text)
    return kept.getvalue()


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0, len(SOUND) - 1), put=st.binary(min_size=1, max_size=4), cut=st.booleans())
def test_any_spoilt_workbook_is_read_or_refused(at: int, put: bytes, cut: bool) -> None:
    spoilt = SOUND[:at] if cut else SOUND[:at] + put + SOUND[at + len(put) :]
    try:
        assert survey.read(spoilt).rows
    except Unreadable as refusal:
        assert str(refusal)
