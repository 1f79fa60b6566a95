"""A person's calendar in their own calendar programme: at a private address, with what they may see, and no more."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from icalendar import Calendar, Event

from accounts import audit
from accounts.models import User
from posts.models import Post
from publishing.models import CalendarKey

BEHIND, AHEAD = timedelta(days=14), timedelta(days=90)
MOST = 1000
FIRST_WORDS = 6


@transaction.atomic
def make_key(*, user: User, now: datetime) -> str:
    """A new private key; the one before is dead from now on. Told once: only its digest is kept."""
    CalendarKey.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)
    key = secrets.token_urlsafe(32)
    kept = CalendarKey.objects.create(user=user, digest=_digest(key), made_at=now)
    audit.record(user, "calendar.key_made", kept, now=now)
    return key


@transaction.atomic
def revoke_key(*, user: User, now: datetime) -> None:
    """The address answers no more."""
    for key in CalendarKey.objects.filter(user=user, revoked_at__isnull=True):
        CalendarKey.objects.filter(pk=key.pk).update(revoked_at=now)
        audit.record(user, "calendar.key_revoked", key, now=now)


def owner_of(key: str) -> User | None:
    """Whose key this is; None for a revoked or unknown one, and for somebody who may no longer sign in."""
    found = CalendarKey.objects.filter(digest=_digest(key), revoked_at__isnull=True, user__is_active=True)
    kept = found.select_related("user").first()
    return kept.user if kept else None


def render(user: User, *, now: datetime) -> bytes:
    """iCalendar: what is planned or went out, with its first words."""
    book = Calendar()
    book.add("prodid", "-//smconsole//calendar//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", "smconsole")
    span = (now - BEHIND, now + AHEAD)
    posts = Post.objects.visible_to(user).filter(current__publish_at__range=span)
    posts = posts.select_related("current", "team__parent").prefetch_related("targets__channel")
    for post in posts.order_by("current__publish_at", "pk")[:MOST]:
        book.add_component(_event(post, now))
    return bytes(book.to_ical())


def _event(post: Post, now: datetime) -> Event:
    version = post.current
    assert version is not None and version.publish_at is not None  # as the query asked
    words = " ".join(version.opening.split()[:FIRST_WORDS])
    networks = " and ".join(target.channel.get_network_display() for target in post.targets.all())
    event = Event()
    event.add("uid", f"post-{post.pk}@smconsole")
    event.add("dtstamp", now)
    event.add("dtstart", version.publish_at)
    event.add("dtend", version.publish_at + timedelta(minutes=15))
    event.add("summary", f"{post.team.full_name} on {networks} ({post.get_state_display().lower()}): {words}…")
    event.add("url", settings.BASE_URL + reverse("posts:post", kwargs={"pk": post.pk}))
    event.add("class", "PRIVATE")
    return event


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
