"""What we want to say, where and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from accounts import held
from accounts.errors import Conflict
from accounts.models import Channel, Priority, Team, User
from accounts.statements import Objects, Question, Update, Value


def _picture_path(media: Media, filename: str) -> str:
    return f"pictures/{media.sha256[:2]}/{media.sha256}"


FEW = 80  # channels: a borough's. Whoever sees no more is led by them to their posts; others read from the newest on.


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> PostQuerySet:
        """Posts of channels whose posts this person may see, and their own drafts that have no channel yet."""
        channels = held.objects(user, "see_posts", Channel)
        # Asked of each post, no joins: a join would give a post once per channel, and a list of the posts of a whole
        # force would have to be made before its first twenty could be shown.
        targets = Target.objects.order_by().filter(post=OuterRef("pk"))
        mine = Q(author=user) & ~Exists(targets)
        few = list(channels.values_list("pk", "team")[: FEW + 1])
        if len(few) > FEW:
            every = not Channel.objects.exclude(pk__in=channels.values("pk")).exists()  # then none is looked up again
            theirs = targets if every else targets.filter(channel__in=channels.values("pk"))
            # Not Exists: PostgreSQL would rather collect the targets of all posts once than look at twenty posts' own.
            one = Subquery(theirs.values("pk")[:1])
            return self.filter(Q(IsNull(one, False)) | mine)
        # Every target is the post's team's, so the teams lead there without a look at anybody else's posts.
        reached = Exists(targets.filter(channel__in=[channel for channel, _ in few]))
        return self.filter(Q(reached, team__in={team for _, team in few}) | mine)


class Post(models.Model):
    """One thing a team says on one or more of its channels. May it go? Only `enter` moves `state` (design 3)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "Waiting for review"
        APPROVED = "approved", "Approved"
        RELEASED = "released", "Going out"
        SENT = "sent", "Sent"

    MOVES = {
        State.DRAFT: {State.IN_REVIEW, State.APPROVED},
        State.IN_REVIEW: {State.DRAFT, State.APPROVED},
        State.APPROVED: {State.DRAFT, State.RELEASED},
        State.RELEASED: {State.DRAFT, State.SENT},
        State.SENT: set(),
    }

    team = models.ForeignKey(Team, models.PROTECT, related_name="posts", help_text="Every target is this team's.")
    author = models.ForeignKey(User, models.PROTECT, related_name="posts")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    current = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0, help_text="Counts saves: two people saving at once is noticed.")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="posts", help_text="Moved by posts.belonging."
    )
    begun_as = models.UUIDField(null=True, editable=False, help_text="Of the empty page it was begun on.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        # Home and lists ask by state, newest first.
        indexes = [
            models.Index(fields=["state", "-updated_at", "-id"], name="post_by_state"),
            models.Index(fields=["-updated_at", "-id"], name="post_newest"),
        ]
        constraints = [
            # A page that is sent twice, by itself and by its writer, begins one post (posts.drafting.begun).
            models.UniqueConstraint(
                fields=["author", "begun_as"], condition=Q(begun_as__isnull=False), name="one_post_per_empty_page"
            )
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def know_targets(self) -> None:
        """Its targets as they stand now, asked for once: `targets.all()` gives these from here on."""
        known = self.targets.all()
        known._result_cache = self.question_of_targets().answer()
        for target in known._result_cache:
            target.post = self
        self._prefetched_objects_cache = {"targets": known}

    def question_of_targets(self) -> Question:
        """What `know_targets` asks."""
        return _TARGETS.of(post=self.pk)

    def enter(self, state: str) -> None:
        """Move to `state` if the row allows it where it really is. Raises Conflict when somebody was first."""
        allowed = [known for known, moves in self.MOVES.items() if state in moves and known == self.state]
        moved = any(_ENTER.run_on(pk=self.pk, was=was, state=state) for was in allowed)
        if not moved:
            actual = Post.objects.get(pk=self.pk).get_state_display().lower()
            raise Conflict(f"This post is now “{actual}”, so that cannot be done. Nothing was changed.")
        self.state = state


class Version(models.Model):
    """The words, pictures and time of a post. Open (a working copy) until `sealed_at`; then it never changes.

    texts: {"<channel pk>": text}. publish_at None: as soon as approved. send_within: minutes after publish_at
    during which it may still go out.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    publish_at = models.DateTimeField(null=True, blank=True)
    send_within = models.PositiveIntegerField(default=settings.SEND_BY_MINUTES)
    template = models.CharField(max_length=40, blank=True, help_text="Which post template it began from, if any.")
    fingerprint = models.CharField(max_length=64, blank=True)
    aside = models.BooleanField(default=False, help_text="Kept from a save that came second; nobody's words are lost.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    _shown: list[VersionPicture] | None = None

    class Meta:
        ordering = ["post", "number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_version_per_number")]
        # The calendar asks for a stretch of days.
        indexes = [models.Index(fields=["publish_at"], name="version_by_time", condition=Q(publish_at__isnull=False))]

    def __str__(self) -> str:
        return f"version {self.number} of post {self.post_id}"

    @property
    def send_by(self) -> datetime | None:
        return self.publish_at + timedelta(minutes=self.send_within) if self.publish_at else None

    @property
    def opening(self) -> str:
        """The first words it has, for lists and headings."""
        return next((text for text in self.texts.values() if text), "")

    def shown(self) -> list[VersionPicture]:
        """Its pictures in order, asked for once: a sealed version never changes, and an open one is loaded afresh."""
        if self._shown is None or self.sealed_at is None:
            self._shown = _SHOWN.ask(version=self.pk)
            for picture in self._shown:
                picture.version = self
        return self._shown

    def know_bare(self) -> None:
        """That it shows no picture is known already: nobody need ask."""
        self._shown = []

    def text_for(self, channel: Channel) -> str:
        return str(self.texts.get(str(channel.pk), ""))


class StandingTargets(models.Manager["Target"]):
    """Without the channels that the author has dropped; each with its channel, for nobody asks for one alone."""

    def get_queryset(self) -> models.QuerySet[Target]:
        return super().get_queryset().filter(dropped=False).select_related("channel")


class Target(models.Model):
    """One post on one channel. Dropped rather than deleted: an earlier delivery may hang on it."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="targets")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="targets")
    dropped = models.BooleanField(default=False)

    objects = StandingTargets()
    every = models.Manager["Target"]()

    class Meta:
        ordering = ["-channel__network", "pk"]  # X, then Facebook, on every page
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="one_target_per_post_and_channel")]

    def __str__(self) -> str:
        return f"{self.post} on {self.channel}"


class Media(models.Model):
    """A picture as it will be sent: re-encoded, without metadata. sha256 is of these bytes."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="media")
    file = models.FileField(upload_to=_picture_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    original_name = models.CharField(max_length=200)
    had_location = models.BooleanField(default=False, help_text="The upload carried a place, which was removed.")
    look = models.CharField(max_length=16, blank=True, help_text="Tells near copies; empty where it could not.")
    faces = models.PositiveSmallIntegerField(default=0, help_text="As a detector counted, where there is one.")
    plates = models.PositiveSmallIntegerField(default=0, help_text="As a detector counted, where there is one.")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Not to be used again since then.")
    barred_why = models.CharField(max_length=200, blank=True, help_text="The DMC's reason; nothing like it is taken.")
    barred_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"picture {self.pk}"


class VersionPicture(models.Model):
    """A picture's place in a version, with its words for those who cannot see it.

    answers: what the author says of it (posts/declarations.py); None on pictures from before that was asked.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="pictures")
    media = models.ForeignKey(Media, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.TextField(blank=True)
    answers = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="one_picture_per_position")]

    def __str__(self) -> str:
        return f"picture {self.position} of {self.version}"


# Asked of every post in its minute.
_ENTER = Update(
    lambda: Post.objects.filter(pk=Value("pk", Post), state=Value("was", Post, "state")),
    state=Value("state", Post, "state"),
)
_TARGETS = Objects(lambda: Target.objects.filter(post=Value("post", Post)))
_SHOWN = Objects(
    lambda: (
        VersionPicture.objects.filter(version=Value("version", Version)).select_related("media").order_by("position")
    )
)
