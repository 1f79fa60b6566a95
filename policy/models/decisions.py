"""May it be said, and who must agree? The answers, kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from posts.models import Post, Version


class Needs(models.TextChoices):
    """Who must agree (policy.routes). CHANGE: nobody can, the words must change first."""

    NOBODY = "nobody", "Nobody"
    MENTOR = "mentor", "A mentor"
    MENTOR_TWO = "mentor_two", "Two reviewers"
    DMC = "dmc", "The DMC"
    DMC_SECOND = "dmc_second", "Two people at the DMC"
    CHANGE = "change", "A change"

    @property
    def is_the_dmc_s(self) -> bool:
        return self in (Needs.DMC, Needs.DMC_SECOND)


class Verdict(models.Model):
    """What the check said of one version at one moment, and what followed. Never changed.

    outcome: the worst severity, or "" when nothing was found. findings: list of {"rule", "severity", "message",
    "source", "picture", "spans": [{"channel", "start", "end", "words"}], "fix"}. layer1: whether somebody should read
    it whatever the rules found (policy.gate), and `score`, how sure of that, 0 to 1.
    """

    class Moment(models.TextChoices):
        SUBMIT = "submit", "Submitted"
        RELEASE = "release", "Released"
        CLAIM = "claim", "About to be sent"
        AGAIN = "again", "Judged again while it waited"
        OVERRIDE = "override", "Judged without what the DMC let through"

    # What decides who must agree: the answer at sending or after an override, and any later one while it waited.
    ASKED = (Moment.SUBMIT, Moment.AGAIN, Moment.OVERRIDE)
    ASKED_AFRESH = (Moment.SUBMIT, Moment.OVERRIDE)

    version = models.ForeignKey(Version, models.PROTECT, related_name="verdicts")
    moment = models.CharField(max_length=10, choices=Moment)
    outcome = models.CharField(max_length=10, blank=True)
    needs = models.CharField(max_length=10, choices=Needs)
    findings = models.JSONField(default=list)
    rules_version = models.CharField(max_length=40)
    layer1 = models.BooleanField(default=False)
    score = models.FloatField(default=0)
    routine = models.BooleanField(
        default=False, help_text="One reader is asked for only because of its author's stage: a peer may be it."
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"verdict {self.outcome or 'clear'} on {self.version}"


class Submission(models.Model):
    """A version waiting for somebody, or that waited. Open while `closed_at` is empty: the review queue."""

    class Ending(models.TextChoices):
        """How the waiting ended. After WITHDRAWN and those below it the post is back with its author by itself, but
        for REFUSED and REJECTED, which the DMC decided.
        """

        APPROVED = "approved", "Approved"
        SENT_BACK = "sent_back", "Sent back"
        WITHDRAWN = "withdrawn", "Taken back by its author"
        OVERTAKEN = "overtaken", "The post was changed while it waited"
        TIME_PASSED = "time_passed", "Its time passed before it was approved"
        MISSED = "missed", "Its time passed before it went out"
        LAPSED = "lapsed", "Its approval ran out before its time"
        JUDGED_AGAIN = "judged_again", "The rules changed and it was judged again"
        AUTHOR_LEFT = "author_left", "The access of its author ended"
        REFUSED = "refused", "The DMC did not let it through"
        REJECTED = "rejected", "Rejected by the DMC"

    post = models.ForeignKey(Post, models.PROTECT, related_name="submissions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="submissions")
    fingerprint = models.CharField(max_length=64)
    needs = models.CharField(max_length=10, choices=Needs)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            # The queue asks for open ones; a post waits in one place at a time.
            models.UniqueConstraint(
                fields=["post"], condition=Q(closed_at__isnull=True), name="one_open_submission_per_post"
            )
        ]

    def __str__(self) -> str:
        return f"submission of {self.version}"

    @property
    def is_the_dmc_s(self) -> bool:
        return Needs(self.needs).is_the_dmc_s


class Review(models.Model):
    """One person's decision on exactly one version. `fingerprint` is what they saw. Never changed.

    note: what a sending back or a rejection says to its author, what a referral asks, and of an approval a suggestion
    for the next time: the words that were approved stay untouched.
    """

    class Decision(models.TextChoices):
        APPROVE = "approve", "Approved"
        SEND_BACK = "send_back", "Sent back"
        REFER = "refer", "Referred to the DMC"
        REJECT = "reject", "Rejected"

    class Reason(models.TextChoices):
        """domain.md C.3: also the training taxonomy."""

        LEGAL = "legal", "Legal"
        PRIVACY = "privacy", "Privacy"
        VICTIM_CARE = "victim_care", "Victim care"
        SAFETY = "safety", "Safety"
        TONE = "tone", "Tone"
        ACCURACY = "accuracy", "Accuracy"
        ACCESSIBILITY = "accessibility", "Accessibility"
        CONTACT_ROUTE = "contact_route", "Contact route"
        OFF_TOPIC = "off_topic", "Off topic"
        TIMING = "timing", "Timing"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews")
    fingerprint = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=Decision)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Of an approval.")
    reach = models.CharField(
        max_length=10, choices=Needs, blank=True, help_text="Of an approval: whose agreement it counts as."
    )
    by_peer = models.BooleanField(default=False, help_text="Of an approval: it answers routine verdicts alone.")

    class Meta:
        ordering = ["at", "pk"]
        # What came back in a stretch of days, for the next workshop.
        indexes = [models.Index(fields=["at"], condition=Q(decision="send_back"), name="review_returns")]
        constraints = [
            models.CheckConstraint(
                name="saying_no_has_a_reason",
                condition=~Q(decision__in=["send_back", "reject"]) | (~Q(reason="") & ~Q(note="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision} of {self.version} by {self.by}"
