"""What the console tells a person, kept until it is answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.people import User


class Notice(models.Model):
    """One thing one person should know. `subject` is "room.model:pk" as in the audit; words never hold a draft's text.

    Open while `closed_at` is empty. Closed with `acknowledged_by`: a person answered, their own or, on the duty desk,
    a colleague. Closed without: the matter settled by itself. Rows are the queue of the mail too: due at `mail_at`.
    """

    class Urgency(models.TextChoices):
        QUIET = "quiet", "To know"
        SOON = "soon", "Today"
        NOW = "now", "Now"

    to = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40, help_text='"delivery.missed", "channel.broken".')
    subject = models.CharField(max_length=80)
    urgency = models.CharField(max_length=6, choices=Urgency, default=Urgency.SOON)
    words = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True, help_text="The path of the page where something can be done.")
    needs_answer = models.BooleanField(default=False)
    desk = models.BooleanField(
        default=False, help_text="Sent to the duty desk: one answer there answers for all of it."
    )
    at = models.DateTimeField()
    told_at = models.DateTimeField(help_text="When it was last said.")
    times = models.PositiveIntegerField(default=1, help_text="How often it was said.")
    mail_at = models.DateTimeField(null=True, blank=True, help_text="When to mail it. Empty: no mail is due.")
    mailed_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # The mail's due-query of every few seconds, and what a matter that settles closes.
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notice_mail"),
            models.Index(fields=["subject"], condition=Q(closed_at__isnull=True), name="notice_open_subject"),
        ]
        constraints = [
            # Said once to a person while it is open; also the bell's count.
            models.UniqueConstraint(
                fields=["to", "kind", "subject"],
                condition=Q(closed_at__isnull=True),
                name="one_open_notice_per_person_and_matter",
            ),
            models.CheckConstraint(
                name="an_answer_has_a_name_and_closes",
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} of {self.kind}"


class NoticePlan(models.Model):
    """How one person hears of what happens. Written by `accounts.choosing` alone.

    how: {group: how} by the groups of `accounts.choosing`; what is not there is told at once. digest_hour: of London.
    """

    class How(models.TextChoices):
        AT_ONCE = "at_once", "At once, by e-mail"
        DIGEST = "digest", "In one e-mail a day"
        CONSOLE = "console", "In the console only"

    user = models.OneToOneField(User, models.PROTECT, related_name="notice_plan")
    how = models.JSONField(default=dict)
    digest_hour = models.PositiveSmallIntegerField(default=8)

    def __str__(self) -> str:
        return f"notice plan of {self.user}"
