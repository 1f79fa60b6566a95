"""What reviewers say about single words, and where an author holds against a decision (domain.md C.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Channel, User
from policy.models.decisions import Review, Submission
from posts.models import Post, Version


class Comment(models.Model):
    """A reviewer's remark on words of one channel's text in one sealed version. Never changed, never deleted.

    start, end: code points of that text; quote: what stood there, by which later versions find the place again.
    Only done_by and done_at are written later, once: its author says that it is seen to.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="comments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_comment_is_about_some_words", condition=Q(end__gt=F("start")) & ~Q(quote="") & ~Q(words="")
            ),
            models.CheckConstraint(
                name="a_comment_is_done_by_somebody",
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.version}"


class Disagreement(models.Model):
    """An author holds against a decision: once per update, whatever comes of it (docs/decisions/0035).

    It opens a submission of the same words to the DMC, where somebody other than the first decides. answer: what they
    decided; empty while they have not, or where the update was taken back before. Never deleted.
    """

    post = models.OneToOneField(Post, models.PROTECT, related_name="disagreement")
    review = models.OneToOneField(Review, models.PROTECT, related_name="disagreement", help_text="What it is about.")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="disagreement")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.OneToOneField(Review, models.PROTECT, null=True, blank=True, related_name="answers")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="a_disagreement_says_why", condition=~Q(why=""))]

    def __str__(self) -> str:
        return f"disagreement with {self.review}"
