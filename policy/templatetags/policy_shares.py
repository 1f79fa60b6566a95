"""Shares in words."""

from __future__ import annotations

from django import template

from policy.shares import Interval

register = template.Library()


@register.filter
def interval(share: Interval) -> str:
    """ "96 %, between 90 and 98"."""
    return f"{_per_cent(share.share)} %, between {_per_cent(share.low)} and {_per_cent(share.high)}"


def _per_cent(share: float) -> str:
    # Never "100 per cent" for less than all, nor "0" for more than none.
    shown = 100 * share
    if 99.5 <= shown < 100 or 0 < shown < 0.5:
        return f"{shown:.1f}"
    return f"{shown:.0f}"
