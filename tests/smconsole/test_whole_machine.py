"""Whatever people do, in whatever order: nothing illegal, nothing published without agreement, nobody agrees to their
own, and guardian's rows are what the appointments say.

A few dozen sequences in the suite; a thousand with HYPOTHESIS_PROFILE=thousand.
"""

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

from accounts import accord, appointing, breakglass, handing, rights
from accounts.errors import Conflict
from accounts.models import Appointment, Role, Stage, Urgent, User
from policy import approvals, expiry, holds, review
from policy.content import Severity
from policy.models import Hold, Needs, Review, Submission
from posts import drafting
from posts.models import Post
from publishing import delivery as sending
from publishing import due, release
from publishing.models import Delivery
from smconsole.moving import PARTS
from tests.conftest import MONDAY, Cast
from tests.factories import make_post
from tests.policy.conftest import Ruling, ruling
from tests.publishing.conftest import Desk, ScriptedNetwork

__all__ = ["ruling"]  # a fixture of policy's tests
AUTHORS = ["ada", "tess", "con", "mel"]
PEOPLE = [*AUTHORS, "rex", "dee", "hana", "olu"]
VERBS = ["approve", "approve", "approve", "approve", "send_back", "refer"]
SAM = ["sam", "sam", "sam", "dee"]
# verb: (how often, what each argument may be)
STEPS: dict[str, tuple[int, dict[str, list[object]]]] = {
    "draft": (6, {"who": ["ada", "ada", "tess", *AUTHORS], "hours": [None, 1, 5]}),
    "submit": (9, {"who": ["", "", "", *PEOPLE], "post": [0, 0, 1], "outcome": [None, None, Severity.DMC]}),
    "decide": (
        9,
        {"who": ["rex", "dee", *PEOPLE], "verb": [*["approve"] * 4, "send_back", "refer"], "page": [0, 0, 1]},
    ),
    "withdraw": (1, {"who": AUTHORS, "post": [0, 1, 2]}),
    "appoint": (2, {"by": SAM, "who": PEOPLE, "role": list(Role.values), "team": ["homerton", "hackney", "wick"]}),
    "end": (1, {"by": SAM, "who": PEOPLE, "at_once": [True, False]}),
    "ripen": (1, {"by": SAM, "who": AUTHORS, "stage": [Stage.READY, Stage.READY, Stage.PROBATION]}),
    "hurry": (1, {"by": ["dee", "sam"], "who": PEOPLE, "role": list(Role.values)}),
    "confirm": (1, {"by": ["dee", "sam", "hana"]}),
    "hand_over": (3, {"by": SAM, "leaver": AUTHORS, "to": PEOPLE}),
    "hold": (1, {"by": ["dee", "hana", "ada"], "level": [1, 2]}),
    "let_go": (2, {"by": ["dee", "hana", "ada"]}),
    "tick": (7, {"minutes": [1, 30, 60, 120, 24 * 60]}),
}


def _step(number: int) -> tuple[str, dict[str, object]]:
    """Any number as a step, evenly spread. Left to itself hypothesis prefers few values and leaves whole rules out."""
    chance = Random(number)
    verb = chance.choices(list(STEPS), [often for often, _ in STEPS.values()])[0]
    return verb, {name: chance.choice(values) for name, values in STEPS[verb][1].items()}


class Console(RuleBasedStateMachine):
    cast: ClassVar[Cast]
    ruling: ClassVar[Ruling]
    reached: ClassVar[Counter[str]]
    desk: ClassVar[Desk]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now, self.said = MONDAY, 0
        self.seen: list[tuple[int, str]] = []
        self.desk.network.live, self.desk.network.answers = [], []
        soon = {"publish_at": MONDAY + timedelta(hours=2), "channels": [self.cast.x]}
        make_post(self.cast, "approved", text="See you at the stall.", **soon)
        make_post(self.cast, "in_review", text="And at the library.", **soon)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def person(self, name: str) -> User:
        # Afresh each time: guardian remembers rights on the user object.
        return User.objects.get(pk=getattr(self.cast, name).pk)

    def attempt(self, what: str, verb: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                verb()
        except (Conflict, PermissionDenied, ValidationError):
            return
        self.reached[what] += 1

    def post(self, number: int) -> Post | None:
        return Post.objects.order_by("-pk").select_related("current")[number : number + 1].first()

    @rule(step=st.integers(0, 2**32).map(_step))
    def act(self, step: tuple[str, dict[str, object]]) -> None:
        verb, arguments = step
        getattr(self, verb)(**arguments)

    def draft(self, who: str, hours: int | None) -> None:
        self.said += 1
        channel = self.cast.kilburn_x if who == "mel" else self.cast.x
        at = self.now + timedelta(hours=hours) if hours else None
        told = {"channels": [channel], "texts": {channel.pk: f"Words number {self.said}."}, "publish_at": at}
        self.attempt("draft", lambda: drafting.draft(**told, by=self.person(who), now=self.now))

    def submit(self, who: str, post: int, outcome: Severity | None) -> None:
        type(self).ruling(outcome)
        if (found := self.post(post)) is not None:
            by = self.person(who) if who else User.objects.get(pk=found.author_id)
            self.attempt("submit", lambda: review.submit(post=found, by=by, now=self.now))
        type(self).ruling(None)

    def decide(self, who: str, verb: str, page: int) -> None:
        """On what stands now, or on a page opened earlier."""
        for waiting in Submission.objects.filter(closed_at__isnull=True).order_by("-pk")[:1]:
            self.seen.insert(0, (waiting.pk, waiting.fingerprint))
        if not self.seen:
            return
        submission, print_seen = self.seen[min(page, len(self.seen) - 1)]
        more = {"send_back": {"reason": "tone", "note": "Warmer."}, "refer": {"note": ""}}.get(verb, {})
        facts = {"fingerprint": print_seen, "by": self.person(who), "now": self.now, **more}
        self.attempt(verb, lambda: getattr(review, verb)(submission=Submission.objects.get(pk=submission), **facts))

    def withdraw(self, who: str, post: int) -> None:
        if (found := self.post(post)) is not None:
            self.attempt("withdraw", lambda: review.withdraw(post=found, by=self.person(who), now=self.now))

    def appoint(self, by: str, who: str, role: str, team: str) -> None:
        told = {"user": self.person(who), "role": role, "team": getattr(self.cast, team), "starts_on": self.now.date()}
        self.attempt("appoint", lambda: appointing.appoint(**told, by=self.person(by), now=self.now))

    def end(self, by: str, who: str, at_once: bool) -> None:
        standing = Appointment.objects.active(self.now).filter(user=self.person(who)).order_by("-pk").first()
        if standing is not None:
            facts = {"appointment": standing, "by": self.person(by), "now": self.now}
            verb = (lambda: handing.end_at_once(parts=PARTS, **facts)) if at_once else lambda: appointing.end(**facts)
            self.attempt("end", verb)

    def ripen(self, by: str, who: str, stage: str) -> None:
        """Mentor-ready (who may decide that is proved elsewhere) and appointed to review peers, or no longer."""
        author = self.person(who)
        Appointment.objects.active(self.now).filter(user=author, role=Role.SERGEANT).update(stage=stage)
        told = {"user": author, "role": Role.PEER, "team": self.cast.homerton, "starts_on": self.now.date()}
        self.attempt("peer", lambda: appointing.appoint(**told, by=self.person(by), now=self.now))

    def hurry(self, by: str, who: str, role: str) -> None:
        told = {"user": self.person(who), "role": role, "team": self.cast.homerton, "hours": 1, "reason": "A fire."}
        self.attempt("hurry", lambda: breakglass.open_urgent(**told, by=self.person(by), now=self.now))

    def confirm(self, by: str) -> None:
        for one in Urgent.objects.order_by("-pk")[:1]:
            self.attempt("confirm", lambda one=one: breakglass.confirm(urgent=one, by=self.person(by), now=self.now))

    def hand_over(self, by: str, leaver: str, to: str) -> None:
        seen = handing.plan(leaver=self.person(leaver), parts=PARTS, now=self.now).seal
        facts = {"leaver": self.person(leaver), "to": self.person(to), "until": None, "seen": seen, "parts": PARTS}
        self.attempt("hand_over", lambda: handing.hand_over(**facts, by=self.person(by), now=self.now))

    def hold(self, by: str, level: int) -> None:
        told = {"team": self.cast.hackney, "level": level, "reason": "Nearby."}
        self.attempt("hold", lambda: holds.open_hold(**told, by=self.person(by), now=self.now))

    def let_go(self, by: str) -> None:
        for one in Hold.objects.filter(released_at__isnull=True)[:1]:
            verb = holds.ask_release if one.release_asked_by_id is None else holds.release
            self.attempt("let_go", lambda one=one, verb=verb: verb(hold=one, by=self.person(by), now=self.now))

    def tick(self, minutes: int) -> None:
        """The clock's tasks, as beat sends them."""
        self.now += timedelta(minutes=minutes)
        self.desk.moment = self.now
        appointing.end_peers(now=self.now)
        rights.sync_due(now=self.now)
        breakglass.watch(now=self.now)
        expiry.expire(now=self.now)
        for pk in due.posts_to_release(now=self.now):
            release.release(post=Post.objects.get(pk=pk), now=self.now)
        self.reached["released"] += Post.objects.filter(state=Post.State.RELEASED).count()
        for pk in due.offer(now=self.now):
            sending.deliver(delivery_id=pk, worker="one", clock=self.desk.clock)
        self.desk.settle_overdue()

    # ---- what must always be so --------------------------------------------------------------------------------------

    @invariant()
    def guardian_says_what_the_appointments_say(self) -> None:
        found = accord.check(now=self.now)
        assert not found.missing and not found.extra

    @invariant()
    def what_may_go_out_was_agreed_to(self) -> None:
        for post in Post.objects.filter(state=Post.State.APPROVED).select_related("current"):
            agreed = approvals.approval(post.current, now=self.now)
            assert agreed is not None
            assert agreed.by_id != post.author_id if isinstance(agreed, Review) else agreed.needs == Needs.NOBODY

    @invariant()
    def what_is_public_was_agreed_to_by_somebody_else(self) -> None:
        sent = Delivery.objects.filter(state=Delivery.State.PUBLISHED).select_related("version__post")
        self.reached["published"] += len(sent)
        assert len(self.desk.network.live) == len(sent)
        for row in sent:
            yes = row.version.reviews.filter(decision=Review.Decision.APPROVE, fingerprint=row.fingerprint)
            nobody = row.version.verdicts.filter(needs=Needs.NOBODY).exists()
            assert nobody or any(one.by_id != row.version.made_by_id for one in yes)

    @invariant()
    def nobody_agreed_to_what_they_wrote(self) -> None:
        for decided in Review.objects.select_related("version__post"):
            written = decided.version.post.versions.filter(number__lte=decided.version.number, made_by=decided.by_id)
            assert not written.exists()

    @invariant()
    def states_and_queues_agree(self) -> None:
        for post in Post.objects.select_related("current"):
            waiting = Submission.objects.filter(post=post, closed_at__isnull=True, version=post.current)
            assert waiting.exists() == (post.state == Post.State.IN_REVIEW)
            under_way = Delivery.objects.filter(target__post=post, state=Delivery.State.WAITING)
            assert not under_way.exists() or post.state == Post.State.RELEASED


@pytest.mark.django_db
def test_no_sequence_of_verbs_reaches_what_must_not_be(
    cast: Cast, now: datetime, ruling: Ruling, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruling(None)
    desk = Desk(cast, ScriptedNetwork(now=lambda: desk.moment), now)
    monkeypatch.setattr("accounts.logins.network_for", lambda channel, *, now: desk.network)
    told = {"cast": cast, "ruling": staticmethod(ruling), "reached": Counter(), "desk": desk}
    bound = type("Bound", (Console,), told)
    many = settings.default.max_examples if settings.default.max_examples >= 1000 else 36
    limits = settings(
        max_examples=many, stateful_step_count=20, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(bound, settings=limits)
    # Otherwise the walk proves nothing.
    wanted = (
        "draft",
        "submit",
        "approve",
        "appoint",
        "end",
        "hand_over",
        "hold",
        "hurry",
        "peer",
        "released",
        "published",
    )
    assert all(bound.reached[what] for what in wanted), bound.reached
