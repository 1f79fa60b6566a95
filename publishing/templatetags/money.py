"""Money in words."""

from __future__ import annotations

from django import template

from publishing import affording

register = template.Library()


@register.filter
def dollars(micros: int | None) -> str:
    """ "$0.015", "$1,204.50"; nothing for what is unknown."""
    return "" if micros is None else affording.dollars(micros)
