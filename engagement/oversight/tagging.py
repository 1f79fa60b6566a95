"""The structure of a PDF, for those who hear it read: headings, paragraphs, figures with words, tables with rows.

fpdf2 keeps a flat list of tagged figures. This holds a tree instead, in the place where fpdf2 keeps its own; the tests
read it back with another library, so that a new edition of fpdf2 that works otherwise is noticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject


class Element(StructElem):
    """a: its attributes as PDF source, or None."""

    __slots__ = ("a",)

    def __init__(self, kind: str, parent: PDFObject, *, page: int, alt: str | None, scope: str) -> None:
        super().__init__(struct_type=f"/{kind}", parent=parent, kids=[], page_number=page, alt=alt)
        self.a = f"<</O /Table /Scope /{scope}>>" if scope else None


class Structure(StructureTreeBuilder):
    """What is open is where the next element goes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[StructElem] = [self.doc_struct_elem]
        self.marks: Counter[int] = Counter()

    def begin(self, kind: str, *, page: int, alt: str | None = None, scope: str = "") -> Element:
        element = Element(kind, self.open[-1], page=page, alt=alt, scope=scope)
        self.open[-1].k.append(element)
        self.elements.append(element)
        self.open.append(element)
        return element

    def end(self) -> None:
        self.open.pop()

    def mark(self, page: int) -> tuple[int, int]:
        """What is drawn now belongs to what is open. Returns its number on the page, and the page's in the tree."""
        key = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        mark = self.marks[page]
        self.marks[page] += 1
        self.open[-1].k.append(mark)
        self.struct_tree_root.parent_tree.nums[key].append(self.open[-1])
        return mark, key

    def empty(self) -> bool:
        return not self.elements

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from self.elements


class Tagged(FPDF):
    """A document whose every drawing is either a part of the structure or marked as decoration."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.structure = Structure()
        self.struct_builder = self.structure

    @contextmanager
    def group(self, kind: str, *, alt: str | None = None) -> Iterator[None]:
        """An element that holds others: a table, a row."""
        self.structure.begin(kind, page=self.page, alt=alt).pg = self.pages[self.page]
        yield
        self.structure.end()

    @contextmanager
    def tagged(self, kind: str, *, alt: str | None = None, scope: str = "") -> Iterator[None]:
        """An element that is drawn, on one page. scope: of a table's heading, "Row" or "Column"."""
        self.structure.begin(kind, page=self.page, alt=alt, scope=scope).pg = self.pages[self.page]
        mark, self.pages[self.page].struct_parents = self.structure.mark(self.page)
        self._out(f"/{kind} <</MCID {mark}>> BDC")
        yield
        self._out("EMC")
        self.structure.end()

    @contextmanager
    def decoration(self) -> Iterator[None]:
        self._out("/Artifact BMC")
        yield
        self._out("EMC")
