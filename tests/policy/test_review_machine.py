"""Whatever people do, in whatever order: nothing is approved without a matching, unexpired agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.appointing import appoint
from accounts.errors import Conflict
from accounts.models import Role, User
from policy import approvals, expiry, review
from policy.content import Severity
from policy.models import Needs, Review, Submission
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import MONDAY, Cast
from tests.factories import change_text, make_post
from tests.policy.conftest import Ruling

Step = tuple[str, dict[str, object]]
AUTHORS = ["ada", "ada", "tess", "con"]
REVIEWERS = ["rex", "dee", "dee", "ada", "tess", "mel"]
OUTCOMES = [None, None, None, Severity.ADVISE, Severity.DMC, Severity.BLOCK]
VERBS = ["approve", "approve", "approve", "approve", "send_back", "refer"]
# verb: (how often, what each argument may be)
STEPS: dict[str, tuple[int, dict[str, list[object]]]] = {
    "decide": (6, {"who": REVIEWERS, "page": [0, 0, 0, 1, 2], "verb": VERBS}),
    "submit": (4, {"who": ["ada", "ada", "tess", "tess", "rex"], "outcome": OUTCOMES}),
    "change": (2, {"who": AUTHORS, "words": [1, 2, 3]}),
    "withdraw": (1, {"who": AUTHORS}),
    "pass_time": (3, {"hours": [1, 73, 73]}),
}


def _step(number: int) -> Step:
    """Any number as a step, evenly spread. Left to itself hypothesis prefers few values and leaves whole rules out."""
    chance = Random(number)
    verb = chance.choices(list(STEPS), [often for often, _ in STEPS.values()])[0]
    return verb, {name: chance.choice(values) for name, values in STEPS[verb][1].items()}


WORDS: dict[str, dict[str, str]] = {
    "approve": {},
    "refer": {"note": ""},
    "send_back": {"reason": "tone", "note": "Warmer."},
}


class Reviewing(RuleBasedStateMachine):
    """One post of Ada's. She is also the head of DMC here, so that being its author is the one thing in her way."""

    cast: ClassVar[Cast]
    ruling: ClassVar[Ruling]
    reached: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now: datetime = MONDAY
        self.post = make_post(self.cast, publish_at=MONDAY + timedelta(hours=150))
        self.seen: list[tuple[int, str]] = []
        self.submit("ada", None)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def person(self, name: str) -> User:
        # Afresh each time: guardian remembers rights on the user object.
        return User.objects.get(pk=getattr(self.cast, name).pk)

    def attempt(self, verb: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                verb()
        except (Conflict, PermissionDenied, ValidationError):
            pass
        self.post = Post.objects.get(pk=self.post.pk)

    @rule(step=st.integers(0, 2**32).map(_step))
    def act(self, step: Step) -> None:
        verb, arguments = step
        getattr(self, verb)(**arguments)

    def change(self, who: str, words: int) -> None:
        self.attempt(lambda: change_text(self.post, f"Words number {words}.", by=self.person(who), now=self.now))

    def submit(self, who: str, outcome: Severity | None) -> None:
        type(self).ruling(outcome)
        self.attempt(lambda: review.submit(post=self.post, by=self.person(who), now=self.now))

    def decide(self, who: str, page: int, verb: str) -> None:
        """On what stands now, or on a page opened earlier."""
        for waiting in Submission.objects.filter(post=self.post).order_by("-pk")[:1]:
            self.seen.insert(0, (waiting.pk, waiting.fingerprint))
        submission, print_seen = self.seen[min(page, len(self.seen) - 1)]
        self.attempt(
            lambda: getattr(review, verb)(
                submission=Submission.objects.get(pk=submission),
                fingerprint=print_seen,
                by=self.person(who),
                now=self.now,
                **WORDS[verb],
            )
        )

    def withdraw(self, who: str) -> None:
        self.attempt(lambda: review.withdraw(post=self.post, by=self.person(who), now=self.now))

    def pass_time(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        self.reached["came back"] += expiry.expire(now=self.now)
        self.post = Post.objects.get(pk=self.post.pk)

    @invariant()
    def approved_means_agreed(self) -> None:
        self.reached[self.post.state] += 1
        if self.post.state != Post.State.APPROVED:
            return
        agreed = approvals.approval(self.post.current, now=self.now)
        assert agreed is not None
        if isinstance(agreed, Review):
            assert agreed.expires_at > self.now
            assert agreed.fingerprint == fingerprint(self.post.current)
        else:
            assert agreed.needs == Needs.NOBODY

    @invariant()
    def nobody_agreed_to_their_own(self) -> None:
        for decided in Review.objects.filter(submission__post=self.post).select_related("version"):
            theirs = self.post.versions.filter(number__lte=decided.version.number, made_by=decided.by_id)
            assert decided.by_id != self.post.author_id
            assert not theirs.exists()

    @invariant()
    def the_state_and_the_queue_agree(self) -> None:
        waiting = Submission.objects.filter(post=self.post, closed_at__isnull=True, version=self.post.current)
        assert waiting.exists() == (self.post.state == Post.State.IN_REVIEW)


@pytest.mark.django_db
def test_no_sequence_of_verbs_approves_without_agreement(cast: Cast, now: datetime, ruling: Ruling) -> None:
    appoint(user=cast.ada, role=Role.HEAD, team=cast.force, starts_on=now.date(), by=None, now=now)
    told = {"cast": cast, "ruling": staticmethod(ruling), "reached": Counter()}
    bound = type("Bound", (Reviewing,), told)
    limits = settings(
        max_examples=25,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(bound, settings=limits)
    # Otherwise the walk proves nothing.
    assert all(bound.reached[what] for what in ("draft", "in_review", "approved", "came back")), bound.reached
