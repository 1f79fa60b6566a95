"""What was said of a picture, for pages that show it."""

from __future__ import annotations

from django import template

from posts import declarations
from posts.models import VersionPicture

register = template.Library()


@register.filter
def declared(picture: VersionPicture) -> list[str]:
    """The author's answers as sentences; none where they were never asked."""
    return declarations.in_words(picture.answers)
