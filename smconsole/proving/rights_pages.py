"""The lists of the console in a force of invented people: how long each takes, and how many questions it asks."""

from __future__ import annotations

import statistics
import time
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import recent
from accounts.models import Appointment, Channel, Role, User
from policy.models import Needs, Submission
from posts import drafting
from posts.fingerprint import fingerprint
from posts.models import Post
from smconsole.proving import matrix

ROUNDS = 7
DRAFTS, WAITING = 200, 120
# page: who opens it. Each sees the whole force.
LISTS = {
    "people": Role.DMC_ADMIN,
    "unowned": Role.DMC_ADMIN,
    "accounts:channels": Role.DMC_ADMIN,
    "accounts:board": Role.DMC_ADMIN,
    "policy:queue": Role.DMC_EDITOR,
    "posts:index": Role.DMC_EDITOR,
    "urgent_list": Role.DMC_EDITOR,
}
Found = dict[str, dict[str, float]]


def measure(*, now: datetime) -> Found:
    """{page: {"ms": median, "queries": number}}, in this process, with updates in the lists."""
    _write(now)
    with matrix.alone():
        return {name: _page(name, role) for name, role in LISTS.items()}


def _page(name: str, role: str) -> dict[str, float]:
    user = User.objects.filter(appointments__role=role, appointments__team__kind="force").order_by("pk")[0]
    client, url = Client(raise_request_exception=True), reverse(name)
    client.force_login(user, backend=matrix.BACKEND)
    recent.prove(client, user)
    client.get(url)
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        answer = client.get(url)
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (name, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return {"ms": round(statistics.median(took), 1), "queries": len(asked)}


def _write(now: datetime) -> None:
    """Drafts of as many wards, some of which wait for their mentor."""
    sergeants = Appointment.objects.filter(role=Role.SERGEANT).select_related("user", "team").order_by("pk")[:DRAFTS]
    voices = {channel.team_id: channel for channel in Channel.objects.filter(network=Channel.Network.X)}
    for number, one in enumerate(sergeants):
        channel = voices[one.team_id]
        texts = {channel.pk: f"We met residents at the library, morning number {number}."}
        at = now + timedelta(hours=2, minutes=number)
        post = drafting.draft(channels=[channel], texts=texts, publish_at=at, by=one.user, now=now)
        if number < WAITING:
            _wait(post, one.user, now)


def _wait(post: Post, by: User, now: datetime) -> None:
    """As `review.submit` leaves it, without asking the rules."""
    version = drafting.seal(post=post, now=now)
    post.enter(Post.State.IN_REVIEW)
    Submission.objects.create(
        post=post, version=version, fingerprint=fingerprint(version), needs=Needs.MENTOR, by=by, opened_at=now
    )
