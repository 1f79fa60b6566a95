"""What people say the rules got wrong: each becomes a case, once the DMC accepts it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from posts.models import Post


class FiledCase(models.Model):
    """A text and what the rules should have said of it. Accepted ones count with the cases that ship.

    fires: a rule should have found something; else it should have stayed quiet. rule: "" where the filer does not
    know which: any serious one. text: as it was on the post when it was filed; the DMC may take names out of it.
    """

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Taken into the cases"
        DECLINED = "declined", "Not taken"

    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="filed_cases")
    network = models.CharField(max_length=10, default="x")
    ward = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    fires = models.BooleanField()
    rule = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            # The DMC's queue asks for open ones; nobody files the same twice.
            models.UniqueConstraint(
                fields=["post", "rule", "fires"], condition=Q(decision=""), name="one_open_case_per_post_and_rule"
            ),
            models.CheckConstraint(
                name="a_decided_case_has_a_name",
                condition=Q(decision="") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} for {self.rule or 'any rule'}"
