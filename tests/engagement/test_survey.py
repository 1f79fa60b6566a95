"""The parser meets every dialect of the published files, and never crashes on anything else."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

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
    "pipes": f"{HEADER}\n31/12/2014;PAS;{NAMED};0.56;0.67".replace(";", "|"),
    "month first": f"{HEADER}\n12/31/2014;PAS;{NAMED};0.56;0.67",
    "month in words": f"{HEADER}\n31-Dec-14;PAS;{NAMED};0.56;0.67",
    "dotted day": f"{HEADER}\n31.12.2014;PAS;{NAMED};0.56;0.67",
    "a spreadsheet's day": f"{HEADER}\n42004;PAS;{NAMED};0.56;0.67",
    "percentages": f"{HEADER}\n31/12/2014;PAS;{NAMED};56%;67 %",
    "single quotes": "'Date';'Survey';'Borough';'Measure';'Proportion';'MPS'\n"
    "'31/12/2014';'PAS';'Barking and Dagenham';'\"Good Job\" local';'0,56';'0,67'",
    "backslashes": f'{HEADER}\n"31/12/2014";"PAS";"Barking and Dagenham";"\\"Good Job\\" local";0.56;0.67',
    "a title above": f"Public attitudes\n\n{HEADER}\n31/12/2014;PAS;{NAMED};0,56;0,67",
    "a spreadsheet's hint": f"sep=;\n{HEADER}\n31/12/2014;PAS;{NAMED};0,56;0,67",
    "old line ends": f"{HEADER}\r31/12/2014;PAS;{NAMED};0,56;0,67\r",
    "no nought": f"{HEADER}\n31/12/2014;PAS;{NAMED};.56;.67",
}


@pytest.mark.parametrize("content", DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_says_the_same(content: str) -> None:
    (row,) = rows(content)
    assert replace(row, line=2) == GOOD_JOB


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_alphabet_says_the_same(codec: str) -> None:
    (row,) = rows(DIALECTS["published"].replace('"""Good Job"" local"', "“Good Job” local").encode(codec))
    assert replace(row, measure=GOOD_JOB.measure) == GOOD_JOB
    assert isinstance(row, Row)
    assert row.measure == "“Good Job” local"


def test_what_was_found_out_is_told() -> None:
    found = survey.read(DIALECTS["published"].encode()).dialect.as_dict()
    assert found == {
        "format": "text",
        "encoding": "ASCII",
        "delimiter": "semicolon",
        "quotes": "doubled",
        "decimals": "comma",
        "dates": "day first",
        "shares": "proportions",
        "columns": ["date", "survey", "borough", "measure", "proportion", "mps"],
    }


def test_dates_written_both_ways_round_are_refused_where_they_are_fewer() -> None:
    days = ["31/12/2014", "31/03/2015", "06/30/2015", "30/09/2015"]
    found = rows(f"{HEADER}\n" + "\n".join(f"{day};PAS;Brent;Trust MPS;0,5;0,6" for day in days))
    assert [row.line for row in found if isinstance(row, Rejected)] == [4]
    assert "06/30/2015 is written month first, and most of this file day first" in found[2].why  # type: ignore[union-attr]


def test_percentages_and_proportions_in_one_file_are_refused() -> None:
    shares = ["0,5;0,6", "0,5;0,6", "50%;60%"]
    found = rows(f"{HEADER}\n" + "\n".join(f"31/12/2014;PAS;Brent;Trust MPS;{share}" for share in shares))
    assert [row.line for row in found if isinstance(row, Rejected)] == [4]


def test_an_open_quote_mark_spoils_its_own_line_alone() -> None:
    line = "31/12/2014;PAS;Brent;Trust MPS;0,5;0,6"
    found = rows(f"{HEADER}\n{line}\n{line.replace('Trust', chr(34) + 'Trust')}\n{line}\n")
    assert [(row.line, isinstance(row, Row)) for row in found] == [(2, True), (3, False), (4, True)]


def test_a_cell_that_goes_on_between_its_quote_marks_is_one_cell() -> None:
    line = "31/12/2014;PAS;Brent;Trust MPS;0,5;0,6"
    found = rows(f"{HEADER}\n" + line.replace("Brent", '"City of\nWestminster"') + f"\n{line}\n")
    assert [(row.line, row.borough) for row in found if isinstance(row, Row)] == [
        (2, "City of Westminster"),
        (4, "Brent"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "31/12/2014,PAS,Brent,Trust MPS,0,56,0,67",
        "31/12/2014,PAS,Brent,Trust MPS,0.56,0.67,0.1",
        "31/12/2014,PAS,Brent,Trust,MPS,0.56,0.67",
    ],
)
def test_a_line_whose_columns_have_shifted_is_refused(line: str) -> None:
    (found,) = rows(f"{HEADER.replace(';', ',')}\n{line}\n")
    assert isinstance(found, Rejected)


def test_a_column_that_stands_there_twice_is_refused() -> None:
    with pytest.raises(Unreadable, match="2 times"):
        rows(f"{HEADER};Proportion\n31/12/2014;PAS;Brent;Trust MPS;0,5;0,6;0,7\n")


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


def test_an_old_workbook_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"save it as \.xlsx or as CSV"):
        rows(b"\xd0\xcf\x11\xe0\xa1\xb1 an old workbook")


@pytest.mark.parametrize("content", ["", "\n", "a,b,c\n1,2,3\n", "Date;Borough;Measure\n1;2;3\n", "\0\0"])
def test_another_file_is_refused(content: str) -> None:
    with pytest.raises(Unreadable):
        rows(content)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31/12/2014;PAS;Brent;Trust MPS;56;67", "percentage"),
        ("31/12/2014;PAS;Brent;Trust MPS;6,0;0,6", "percentage"),
        ("31/12/2014;PAS;Brent;Trust MPS;56%;0,6", "mixed"),
        ("31/12/2014;PAS;Brent;Trust MPS;-0,5;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;NaN;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;1e-1;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;0_5;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;;0,6", "not a number"),
        ("31/12/2014;PAS;Brent;Trust MPS;0,5;67", "percentage"),
        ("06/12/2014;PAS;Brent;Trust MPS;0,5;0,6", "last day of a quarter"),
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
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\\"),
    min_size=1,
    max_size=30,
)


@given(
    figures=st.lists(st.tuples(QUARTERS, NAMES, NAMES, SHARES, SHARES), max_size=5),
    delimiter=st.sampled_from(";,\t|"),
    comma=st.booleans(),
    day=st.sampled_from(["%d/%m/%Y", "%-d/%-m/%Y", "%Y-%m-%d", "%m/%d/%Y", "%d %B %Y", "%d-%b-%Y"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    trailing=st.integers(0, 3),
)
def test_what_is_written_is_read_back(
    figures: list[tuple[date, str, str, Decimal, Decimal]],
    delimiter: str,
    comma: bool,
    day: str,
    codec: str,
    quoting: Literal[0, 1],
    trailing: int,
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=quoting)
    writer.writerow(["Date", "Survey", "Borough", "Measure", "Proportion", "MPS", *[""] * trailing])
    for wave, borough, measure, share, london in figures:
        shares = [str(value).replace(".", ",") if comma else str(value) for value in (f"{share:.4f}", f"{london:.4f}")]
        writer.writerow([wave.strftime(day), "PAS", borough, measure, *shares, *[""] * trailing])
    read = [
        (row.wave, row.borough, row.measure, row.share, row.london) for row in rows(written.getvalue().encode(codec))
    ]
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
