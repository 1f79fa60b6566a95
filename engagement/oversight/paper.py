"""A page of A4 with the few things that a report has: headings, paragraphs, tables of two columns, and drawings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import font_lato
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.prefs import ViewerPreferences

from engagement.charts import Bars
from engagement.oversight.drawing import Ranges
from engagement.oversight.tagging import Tagged

FONTS = Path(font_lato.__file__).parent / "files"
INK, SOFT, NAVY, RULE, BAR, BAND = (
    (11, 12, 12),
    (68, 74, 82),
    (11, 58, 107),
    (190, 196, 204),
    (60, 130, 189),
    (141, 185, 224),
)
SIZES = {"H1": 20.0, "H2": 14.0, "H3": 11.0, "P": 10.0, "small": 8.5}
SPACE = {"H1": 2.0, "H2": 6.0, "H3": 3.5, "P": 0.8, "small": 0.6}  # mm above
LEADING = 1.35
MARGIN, FOOT = 16.0, 18.0
NAMES = 105.0  # mm: the first column of a table


class Paper(Tagged):
    """title stands in the document's properties and at the foot of every page."""

    def __init__(self, title: str, *, made_at: datetime) -> None:
        super().__init__()
        self.add_font("Lato", "", FONTS / "Lato-Regular.ttf")
        self.add_font("Lato", "B", FONTS / "Lato-Bold.ttf")
        self.known = set(self.fonts["lato"].cmap)
        self.set_title(title)
        self.set_lang("en-GB")
        self.set_creation_date(made_at)
        self.set_creator("smconsole")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=False)
        self.foot = title
        self.add_page()

    def footer(self) -> None:
        with self.decoration():
            self.set_y(-12)
            self._pen("small", SOFT)
            self.cell(0, 5, self.plain(self.foot))
            self.set_x(MARGIN)
            self.cell(0, 5, f"Page {self.page}", align="R")

    def plain(self, words: str) -> str:
        """Letters that the font lacks stand without their accent, and as a question mark where there is none."""
        return "".join(letter if ord(letter) in self.known else self._base(letter) for letter in words)

    def _base(self, letter: str) -> str:
        base = unicodedata.normalize("NFKD", letter)[0]
        return base if ord(base) in self.known else " " if letter.isspace() else "?"

    def heading(self, level: int, words: str, *, keep: float = 20.0) -> None:
        """keep: mm that must follow on the same page."""
        kind = f"H{level}"
        lines = self._lines(words, kind, self.epw, bold=True)
        self._room(SPACE[kind] + self._height(lines, kind) + keep)
        self.ln(SPACE[kind])
        if level < 3:
            self.start_section(self.plain(words), level=level - 1)
        with self.tagged(kind):
            self._write(lines, kind, INK if level == 3 else NAVY, bold=True)

    def paragraph(self, words: str, *, small: bool = False, bold: bool = False) -> None:
        kind = "small" if small else "P"
        lines = self._lines(words, kind, self.epw, bold=bold)
        self._room(SPACE[kind] + self._height(lines, kind))
        self.ln(SPACE[kind])
        with self.tagged("P"):
            self._write(lines, kind, SOFT if small else NAVY if bold else INK, bold=bold)

    def points(self, found: Sequence[str]) -> None:
        """A list."""
        with self.group("L"):
            for words in found:
                lines = self._lines(f"• {words}", "P", self.epw)
                self._room(self._height(lines, "P") + 1)
                self.ln(1)
                with self.group("LI"), self.tagged("LBody"):
                    self._write(lines, "P", INK)

    def table(self, names: tuple[str, str], rows: Sequence[tuple[str, str]]) -> None:
        """names: of the two columns. A row stays on one page."""
        with self.group("Table"):
            self._row(names, kind="TH", scope="Column")
            for row in rows:
                self._row(row)

    def _row(self, row: tuple[str, str], *, kind: str = "TD", scope: str = "Row") -> None:
        head = kind == "TH"
        name = self._lines(row[0], "P", NAMES - 3, bold=head)
        value = self._lines(row[1], "P", self.epw - NAMES, bold=head)
        height = max(self._height(name, "P"), self._height(value, "P")) + 1.2
        self._room(height)
        top = self.get_y()
        with self.decoration():
            self.set_draw_color(*RULE)
            self.set_line_width(0.2)
            self.line(self.l_margin, top, self.w - self.r_margin, top)
        with self.group("TR"):
            self.set_y(top + 0.6)
            with self.tagged("TH", scope=scope):
                self._write(name, "P", INK, bold=head)
            self.set_xy(self.l_margin + NAMES, top + 0.6)
            with self.tagged(kind, scope=scope if head else ""):
                self._write(value, "P", INK, bold=head, x=self.l_margin + NAMES)
        self.set_y(top + height)

    # ---- drawings ------------------------------------------------------------------------------

    def bars(self, drawing: Bars, *, alt: str) -> None:
        size = drawing.size

        def draw(place: Place) -> None:
            for mark in drawing.scale:
                self.line(*place(size.left, mark.y), *place(size.inner_right, mark.y))
                self._word(place(mark.x, mark.y + 4), mark.words, mark.anchor)
            self.set_fill_color(*BAR)
            for bar in drawing.bars:
                if bar.known and bar.height:
                    left, top = place(bar.x, bar.y)
                    right, bottom = place(bar.x + bar.width, bar.y + bar.height)
                    self.rect(left, top, right - left, bottom - top, style="F")
            for mark in drawing.days:
                self._word(place(mark.x, mark.y), mark.words, mark.anchor)

        self._figure(size.width, size.height, draw, alt)

    def tall(self, drawing: Ranges) -> float:
        """How many mm a drawing takes of a page, so that its heading can stay with it."""
        return drawing.height * self.epw / drawing.width

    def ranges(self, drawing: Ranges, *, alt: str) -> None:
        def draw(place: Place) -> None:
            for x, words in drawing.scale:
                self.line(*place(x, drawing.top), *place(x, drawing.foot))
                self._word(place(x, 14), words, "middle")
            for row in drawing.rows:
                self._word(place(0, row.y + 4), row.name, "start")
                self.set_draw_color(*BAND)
                self.set_line_width(1.6)
                self.line(*place(row.low, row.y), *place(row.high, row.y))
                x, y = place(row.dot, row.y)
                self.set_fill_color(*NAVY)
                self.ellipse(x - 1, y - 1, 2, 2, style="F")

        self._figure(drawing.width, drawing.height, draw, alt)

    def _figure(self, width: float, height: float, draw: Callable[[Place], None], alt: str) -> None:
        """A drawing in its own units on the whole width, not broken by a page."""
        unit = self.epw / width
        self._room(height * unit + 3)
        self.ln(2)
        top = self.get_y()
        with self.tagged("Figure", alt=self.plain(alt)):
            self.set_draw_color(*RULE)
            self.set_line_width(0.2)
            draw(lambda x, y: (self.l_margin + x * unit, top + y * unit))
        self.set_y(top + height * unit + 1)

    def _word(self, at: tuple[float, float], words: str, anchor: str) -> None:
        self._pen("small", SOFT)
        written = self.plain(words)
        wide = self.get_string_width(written)
        self.text(at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor], at[1], written)

    # ---- words ---------------------------------------------------------------------------------

    def _pen(self, kind: str, colour: Colour, *, bold: bool = False) -> None:
        self.set_font("Lato", "B" if bold else "", SIZES[kind])
        self.set_text_color(*colour)

    def _lines(self, words: str, kind: str, width: float, *, bold: bool = False) -> list[str]:
        self._pen(kind, INK, bold=bold)
        found = self.multi_cell(width, text=self.plain(words), dry_run=True, output=MethodReturnValue.LINES, align="L")
        return list(found)  # type: ignore[arg-type]

    def _height(self, lines: Sequence[str], kind: str) -> float:
        return len(lines) * SIZES[kind] * LEADING / self.k

    def _room(self, height: float) -> None:
        """A new page where so much does not fit on this one."""
        if self.get_y() + height > self.h - FOOT:
            self.add_page()

    def _write(
        self,
        lines: Sequence[str],
        kind: str,
        colour: tuple[int, int, int],
        *,
        bold: bool = False,
        x: float | None = None,
    ) -> None:
        self._pen(kind, colour, bold=bold)
        for line in lines:
            self.set_x(self.l_margin if x is None else x)
            self.cell(0, SIZES[kind] * LEADING / self.k, line, new_x=XPos.LEFT, new_y=YPos.NEXT)


Place = Callable[[float, float], tuple[float, float]]
Colour = tuple[int, int, int]
