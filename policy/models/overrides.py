"""Where a person decided other than a rule, and where an author went on past a nudge (domain.md B.2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from policy.models.decisions import Submission
from posts.models import Post, Version


class Override(models.Model):
    """One finding that stops a post, asked about by its author and decided by the DMC. Written by policy.overrides.

    It answers for exactly this version (`fingerprint`), this rule and these matched words: `key` is the finding as
    policy.overrides recognises it again. Evidence for the quality page: a granted one says that the rule was wrong.
    """

    class Decision(models.TextChoices):
        GRANTED = "granted", "Let through"
        REFUSED = "refused", "Not let through"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="overrides")
    version = models.ForeignKey(Version, models.PROTECT, related_name="overrides")
    fingerprint = models.CharField(max_length=64)
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    words = models.JSONField(default=list, help_text="The words matched, each once.")
    picture = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=64)
    finding = models.JSONField(help_text="The finding as the verdict kept it.")
    rules_version = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, help_text="Why the author thinks the rule is wrong here.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    rationale = models.CharField(max_length=1000, blank=True)
    false_positive = models.BooleanField(default=False, help_text="Who decided says that the rule does not apply.")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    seconded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    seconded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "key"], name="one_override_per_finding_and_submission"),
            models.CheckConstraint(
                name="an_override_has_a_rationale",
                condition=Q(decision="") | (~Q(rationale="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_override_is_seconded_by_another",
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="an_absolute_rule_is_only_ever_wrong",
                condition=~Q(severity="BLOCK-A", decision="granted") | Q(false_positive=True),
            ),
        ]

    def __str__(self) -> str:
        return f"override of {self.rule} on {self.version}"


class IgnoredNudge(models.Model):
    """An author read an advice of the check and sent the update as it was: theirs to do. Counted for coaching only.

    Once per post and rule, whoever sends it how often. suggested_at: when this one counted towards a lesson.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="ignored_nudges")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="ignored_nudges")
    at = models.DateTimeField()
    suggested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "rule", "at"], name="nudges_of_one_kind")]
        constraints = [models.UniqueConstraint(fields=["post", "rule"], name="one_nudge_per_post_and_rule")]

    def __str__(self) -> str:
        return f"{self.rule} let be on {self.post}"
