"""What this room knows about a channel's launch: its first approved updates, and whether the time allows one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.models import Application
from accounts.provisioning.evidence import Known, Part
from policy import periods
from policy.models import Period, Review
from posts.models import Post

FIRST = 5


def _look(application: Application, now: datetime) -> list[Known]:
    channel = application.channel
    agreed = Review.objects.filter(decision=Review.Decision.APPROVE).values("submission__post")
    through = Q(pk__in=agreed) | Q(state__in=[Post.State.APPROVED, Post.State.RELEASED, Post.State.SENT])
    approved = Post.objects.filter(through, targets__channel=channel).distinct().count()
    counted = f"{approved} of its first {FIRST} updates approved"
    facts = [Known(counted if approved < FIRST else f"Its first {FIRST} updates are approved", good=approved >= FIRST)]
    if Period.Kind.ELECTION in periods.kinds_over(channel.team, at=now, now=now):
        facts.append(Known("A pre-election period is in force here: nothing is launched until it is over", good=False))
    return facts


PART = Part(8, _look)
