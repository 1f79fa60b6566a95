"""Numbers in words, for templates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.urls import reverse

from engagement import analysis_view, wording
from engagement.dashboard import Line
from engagement.oversight import reading
from engagement.oversight.reading import Kept
from engagement.spreads import Middle

register = template.Library()


@register.filter
@lru_cache(maxsize=2048)
def ward_page(code: str) -> str:
    """The address of a team's own page. Kept: the patch of a whole force has 700 of them."""
    return reverse("engagement:ward", args=[code])


@register.filter
def said(line: Line) -> str:
    """What a network said of one post."""
    return wording.line(line)


@register.filter
def since(moment: datetime | None, now: datetime) -> str:
    """ "today", "12 days ago", "never"."""
    return wording.since(moment, now)


@register.filter
def updates(number: int) -> str:
    return wording.updates(number)


@register.filter
def span(days: int) -> str:
    return wording.span(days)


@register.filter
def before(days: int) -> str:
    """ "The 12 months before"."""
    return f"{wording.span(days).replace('the last', 'The')} before"


@register.filter
def percent(share: float | None) -> str:
    """A share in whole per cent; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.0f}%"


@register.filter
def brought(middle: Middle | None) -> str:
    """The typical post with its range."""
    return wording.brought(middle).replace(" to ", "\u00a0to\u00a0")  # a range is not broken by a line


@register.filter
def half(middle: Middle | None) -> str:
    """What the middle half of the posts brought."""
    return wording.half(middle).replace(" ", "\u00a0")


@register.filter
def share(written: Decimal | str) -> str:
    """A published share with the decimals that it has: "56%", "56.5%"."""
    return f"{(Decimal(written) * 100).normalize():f}%"


@register.filter
def places(number: float | None, digits: int) -> str:
    """A number with so many decimals and a true minus; a dash where there is none."""
    return "–" if number is None else f"{number:.{digits}f}".replace("-", "−")


@register.filter
def beside(figure: Kept) -> str:
    """What stands under a figure of a report."""
    return reading.beside(figure)


@register.filter
def part(value: float | str | None) -> str:
    """One line of what a figure of a report is made of."""
    return reading.said(value)


@register.filter
def is_short(value: float | str | None) -> bool:
    """A number or a share, which stands at the right of its table; words stand at the left."""
    return len(reading.said(value)) < 16


@register.filter
def exposure_name(name: str) -> str:
    """What teams did, in words."""
    return analysis_view.label(name) if name else "everything teams did"


@register.filter
def wave(written: str) -> str:
    """The month of a kept day: "December 2023"."""
    return f"{date.fromisoformat(written):%B %Y}"
