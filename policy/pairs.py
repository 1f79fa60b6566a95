"""Whose sergeant an author is, as far as reviewing goes. Reads only."""

from __future__ import annotations

from accounts.models import User


def backup_of(author: User) -> User | None:
    """Who stands in for this author's mentor."""
    return None
