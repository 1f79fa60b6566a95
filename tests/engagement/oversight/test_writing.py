"""The report as a PDF says what its page says, and can be read aloud: it is opened here with another library."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from engagement import reports
from engagement.models import Report
from engagement.oversight import reading, writing
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller, counted

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 4, 1), date(2026, 2, 28)


def squeezed(words: str) -> str:
    """Without the breaks of lines, which a page and a sheet of paper have elsewhere."""
    return re.sub(r"\s+", "", unescape(words))


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure, each before what it holds."""
    node = node.get_object()
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if not isinstance(kid, int):
            yield from elements(kid)


@pytest.fixture
def report(cast: Cast, tell: Teller, figures: Figures, now: datetime) -> Report:
    for back in range(1, 40, 3):
        tell(cast.x, cast.page, at=now - timedelta(days=7 * back), said=[counted(replies=back), counted(replies=1)])
    waves = {date(2024, 12, 31): 0.47, date(2025, 12, 31): 0.52}
    for measure in ("informed", "good-job"):
        figures(measure, cast.hackney, waves, london=waves)
    made = reports.ask(team=cast.force, first=FIRST, last=LAST, by=cast.dee, now=now)
    reports.work(now=now)
    return Report.objects.get(pk=made.pk)


@pytest.fixture
def pdf(report: Report) -> PdfReader:
    return PdfReader(io.BytesIO(bytes(report.paper or b"")))


def test_every_figure_of_the_page_stands_on_the_paper(report: Report, pdf: PdfReader) -> None:
    paper, document = squeezed(" ".join(page.extract_text() for page in pdf.pages)), reading.read(report)
    for said in (document.area, document.period, document.made, document.apart, *document.notes):
        assert squeezed(said) in paper, said
    for chapter in document.chapters:
        assert squeezed(chapter.name) in paper
        for figure in chapter.figures:
            page = render_to_string("engagement/_figure.html", {"figure": figure, "document": None})
            assert squeezed(figure["title"]) in paper
            for said in re.findall(r"<(?:p|td|th)[^>]*>([^<]+)</", page):
                assert squeezed(said) in paper, said
    assert "Notmeasured" in paper and "Updatesamonth" in paper


def test_it_can_be_read_aloud(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None and "report for oversight" in str(pdf.metadata.title)
    found = [one for one in elements(root["/StructTreeRoot"]["/K"][0])]
    kinds = Counter(one["/S"] for one in found)
    assert kinds["/H1"] == 1 and kinds["/H2"] >= 6 and kinds["/H3"] >= 20 and kinds["/Table"] >= 5
    assert kinds["/Figure"] == 3
    assert all("table below" in one["/Alt"] for one in found if one["/S"] == "/Figure")
    for row in (one for one in found if one["/S"] == "/TR"):
        cells = [cell.get_object() for cell in row["/K"]]
        assert cells[0]["/S"] == "/TH" and cells[0]["/A"]["/Scope"] in ("/Row", "/Column") and len(cells) == 2


def test_every_mark_belongs_to_one_element_and_nothing_else_is_drawn(pdf: PdfReader) -> None:
    numbers = pdf.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in pdf.pages:
        content = page.get_contents()
        assert content is not None
        drawn = content.get_data().decode("latin-1")
        marks = [int(mark) for mark in re.findall(r"/MCID (\d+)", drawn)]
        assert marks == list(range(len(marks))) and len(parents[page["/StructParents"]]) == len(marks)
        assert not re.search(r"\bT[jJ]\b", re.sub(r"\b(BDC|BMC)\b.*?\bEMC\b", "", drawn, flags=re.DOTALL))


def test_what_the_font_lacks_is_written_plainly(report: Report) -> None:
    report.asked_by.last_name = "Şahin Łopatka ☂"
    text = PdfReader(io.BytesIO(writing.write(report))).pages[0].extract_text()
    assert "Sahin Łopatka ?" in text
