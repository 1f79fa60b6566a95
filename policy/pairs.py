"""Whose sergeant an author is, as far as reviewing goes. Reads only; `accounts.mentoring` pairs them."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Pairing, User


def backup_of(author: User) -> User | None:
    """Who stands in for this author's mentor."""
    pair = Pairing.objects.filter(author=author, ended_at__isnull=True).select_related("backup").first()
    return pair.backup if pair else None


def around(user: User, covers: int | None) -> dict[int, tuple[bool, str]]:
    """Authors by key: whether they come first for this reviewer, and why in words. One query.

    First come one's own, and those of the colleague whom one covers for (`covers`, a key).
    """
    said: dict[int, tuple[bool, str]] = {}
    near = Q(mentor=user) | Q(backup=user) | Q(mentor=covers or 0)
    for pair in Pairing.objects.filter(near, ended_at__isnull=True).select_related("mentor"):
        if pair.mentor_id == user.pk:
            said[pair.author_id] = (True, "Yours")
        elif pair.mentor_id == covers:
            said[pair.author_id] = (True, f"You cover for {pair.mentor}")
        else:
            said[pair.author_id] = (False, f"You stand in for {pair.mentor}")
    return said


def colleagues(user: User) -> list[User]:
    """Mentors whom this reviewer may cover for, by name."""
    mentors = Pairing.objects.filter(ended_at__isnull=True).exclude(mentor=user).values("mentor")
    return list(User.objects.filter(pk__in=mentors, is_active=True).order_by("last_name", "first_name", "pk"))
