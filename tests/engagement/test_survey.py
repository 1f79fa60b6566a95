"""The parser meets every dialect of the published files, and never crashes on anything else."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement import survey
from engagement.survey import Rejected, Row, Unreadable

HEADER = "Date;Survey;Borough;Measure;Proportion;MPS"
GOOD_JOB = Row(2, date(2014, 12, 31), "Barking and Dagenham", '"Good Job" local', Decimal("0.56"), Decimal("0.67"))


def rows(content: str | bytes) -> list[Row | Rejected]:
    return list(survey.read(content if isinstance(content, bytes) else content.encode()))


def reason(line: str) -> str:
    """Why one line under the usual header is refused."""
    (refused,) = rows(f"{HEADER}\n{line}\n")
    assert isinstance(refused, Rejected), refused
    assert refused.line == 2
    return refused.why


NAMED = 'Barking and Dagenham;"""Good Job"" local"'
DIALECTS = {
    "published": f"{HEADER}\r\n31/12/2014;PAS;{NAMED};0,56;0,67\r\n",
    "commas": f"{HEADER}\n31/12/2014;PAS;{NAMED};0.56;0.67\n".replace(";", ","),
    "commas in both": f'{HEADER}\n31/12/2014;PAS;{NAMED};"0:56";"0:67"'.replace(";", ",").replace(":", ","),
    "tabs": f"{HEADER}\n31/12/2014;PAS;{NAMED};0.56;0.67".replace(";", "\t"),
    "empty columns": f"{HEADER};;;\n31/12/2014;PAS;{NAMED};0,56;0,67;;;\n;;;;;;;;\n",
    "ISO": f"{HEADER}\n2014-12-31 00:00:00;PAS;{NAMED};0.5600;0.67\n\n",
    "another order": f'BOROUGH;Measure;"Date";mps; Proportion \n{NAMED};31/12/2014;0,67;0,56',
    "marked": f"\ufeff{HEADER}\n31/12/2014;PAS; {NAMED};0,56;0,67",
}


@pytest.mark.parametrize("content", DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_says_the_same(content: str) -> None:
    assert rows(content) == [GOOD_JOB]


def test_a_day_or_month_may_have_one_digit() -> None:
    (row,) = rows(f"{HEADER}\n31/3/2016;PAS;Brent;Trust MPS;0,9;\n")
    assert row == Row(2, date(2016, 3, 31), "Brent", "Trust MPS", Decimal("0.9000"), None)


def test_a_file_in_the_old_windows_alphabet_is_read() -> None:
    content = f"{HEADER}\n31/12/2014;PAS;Brent;Caf\xe9;0,5;0,5\n".encode("cp1252")
    (row,) = rows(content)
    assert isinstance(row, Row)
    assert row.measure == "Café"


def test_the_hundredths_a_spreadsheet_adds_are_dropped() -> None:
    (row,) = rows(f"{HEADER}\n31/12/2014;PAS;Brent;Trust MPS;0.56000000000000005;0.5\n")
    assert isinstance(row, Row)
    assert row.share == Decimal("0.56")


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"\xd0\xcf\x11\xe0\xa1\xb1 an old workbook"])
def test_a_workbook_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(Unreadable, match="save that as CSV"):
        rows(content)


@pytest.mark.parametrize("content", ["", "\n", "a,b,c\n1,2,3\n", "Date;Borough;Measure\n1;2;3\n", "\0\0"])
def test_another_file_is_refused(content: str) -> None:
    with pytest.raises(Unreadable):
        rows(content)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31/12/2014;PAS;Brent;Trust MPS;56;67", "percentage"),
        ("31/12/2014;PAS;Brent;Trust MPS;6,0;0,6", "percentage"),
        ("31/12/2014;PAS;Brent;Trust MPS;56%;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;-0,5;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;NaN;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;1e-1;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;0_5;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;0,5;67", "percentage"),
        ("12/31/2014;PAS;Brent;Trust MPS;0,5;0,6", "last day of a quarter"),
        ("30/12/2014;PAS;Brent;Trust MPS;0,5;0,6", "last day of a quarter"),
        ("31/01/2015;PAS;Brent;Trust MPS;0,5;0,6", "last day of a quarter"),
        ("31/12/0000;PAS;Brent;Trust MPS;0,5;0,6", "last day of a quarter"),
        ("December 2014;PAS;Brent;Trust MPS;0,5;0,6", "not a date"),
        ("31/12/2014", "not a number"),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_reason(line: str, why: str) -> None:
    assert why in reason(line)


def test_a_refusal_names_its_line() -> None:
    found = rows(f"{HEADER}\n31/12/2014;PAS;Brent;Trust MPS;0,5;0,6\n\n31/12/2014;PAS;Brent;Trust MPS;5;0,6\n")
    assert [row.line for row in found] == [2, 4]


QUARTERS = st.builds(
    lambda year, month: date(year, month, monthrange(year, month)[1]),
    st.integers(2000, 2099),
    st.sampled_from([3, 6, 9, 12]),
)
SHARES = st.integers(0, 10_000).map(lambda ten_thousandths: Decimal(ten_thousandths) / 10_000)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=30
)


@given(
    figures=st.lists(st.tuples(QUARTERS, NAMES, NAMES, SHARES, SHARES), max_size=5),
    delimiter=st.sampled_from(";,\t"),
    comma=st.booleans(),
    day_first=st.booleans(),
)
def test_what_is_written_is_read_back(
    figures: list[tuple[date, str, str, Decimal, Decimal]], delimiter: str, comma: bool, day_first: bool
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow(["Date", "Survey", "Borough", "Measure", "Proportion", "MPS"])
    for wave, borough, measure, share, london in figures:
        shares = [str(value).replace(".", ",") if comma else str(value) for value in (f"{share:.4f}", f"{london:.4f}")]
        day = f"{wave.day}/{wave.month:02d}/{wave.year}" if day_first else wave.isoformat()
        writer.writerow([day, "PAS", borough, measure, *shares])
    read = [(row.wave, row.borough, row.measure, row.share, row.london) for row in rows(written.getvalue())]
    assert read == figures


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert rows(content) is not None
    except Unreadable as refusal:
        assert str(refusal)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_lines_below_a_good_header_are_rows_or_refusals(text: str) -> None:
    try:
        found = rows(f"{HEADER}\n{text}")
    except Unreadable as refusal:
        assert str(refusal)
    else:
        assert all(isinstance(row, Row | Rejected) for row in found)
