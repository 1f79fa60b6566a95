"""What this room knows about gate 4 of an application: how the owner's practice went (domain.md C.1)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models import Application, Stage, StageChange
from accounts.provisioning.evidence import Known, Part
from policy import practice

GATE = 4


def look(application: Application, now: datetime) -> list[Known]:
    """Keeps the gate shut while the owner's practice has begun and is not enough. Five queries at most."""
    owner = application.owner
    done = practice.progress(owner)
    link = reverse("policy:practice")
    if done.is_enough:
        return [Known(f"The mentor agrees with {done.agreed} of the last {done.decided} practice updates", True, link)]
    through = StageChange.objects.filter(appointment__user=owner, was=Stage.PRACTICE, kind=StageChange.Kind.UP).first()
    if through is not None:
        return [Known(f"{owner} came through practice on {through.at:%-d %B %Y}", good=True)]
    if done.decided or done.waiting or practice.anywhere(owner, now):
        return [Known(f"{owner}: {words}", False, link) for words in done.missing]
    return [Known(f"{owner} has not practised in this console: write what you have seen, and where")]


PART = Part(GATE, look)
