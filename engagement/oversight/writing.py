"""A kept report as a PDF for paper, with the words and figures of its page. It counts nothing again."""

from __future__ import annotations

from engagement.models import Report
from engagement.oversight import reading
from engagement.oversight.paper import Paper
from engagement.oversight.reading import Document, Kept

TITLE = "Ward accounts: report for oversight"


def write(report: Report) -> bytes:
    """report: one that is done."""
    assert report.done_at is not None
    document = reading.read(report)
    paper = Paper(f"{TITLE}. {document.area}, {document.period}", made_at=report.done_at)
    paper.heading(1, TITLE)
    paper.paragraph(f"{document.area}, {document.period}", bold=True)
    paper.paragraph(" ".join(document.summary))
    paper.paragraph(document.made, small=True)
    _months(paper, document)
    for chapter in document.chapters:
        paper.heading(2, chapter.name, keep=30)
        if chapter.name == "Confidence":
            paper.paragraph(reading.APART)
        for figure in chapter.figures:
            _figure(paper, document, figure)
    paper.heading(2, "How this was made")
    paper.points(document.notes)
    return bytes(paper.output())


def _months(paper: Paper, document: Document) -> None:
    if not document.months:
        return
    paper.heading(2, "Updates a month", keep=70)
    paper.bars(document.months[0], alt="Updates a month, as bars. The table below holds the same figures.")
    paper.table(("Month", "Updates"), [(f"{day:%B %Y}", f"{number:,}") for day, number in document.month_rows])


def _figure(paper: Paper, document: Document, figure: Kept) -> None:
    drawing = {"confidence.questions": document.questions, "confidence.boroughs": document.boroughs}.get(figure["key"])
    paper.heading(3, figure["title"], keep=20 + paper.tall(drawing) if drawing else 12)
    if figure["why"]:
        paper.paragraph(f"Not measured. {figure['why']}")
    elif figure["words"]:
        paper.paragraph(figure["words"], bold=True)
    if beside := reading.beside(figure):
        paper.paragraph(beside, small=True)
    if drawing:
        paper.ranges(drawing, alt=f"{figure['title']}, as 95% ranges. The table below holds the same figures.")
    if figure["rows"]:
        paper.table(("Part", "Figure"), [(str(name), reading.said(value)) for name, value in figure["rows"]])
    paper.paragraph(f"{figure['definition']} {figure['key']}, made by {figure['source']}", small=True)
