"""What the rights matrix is asked about: two wards with one of everything, and a person in every role.

Built through the verbs, as in life. Nothing here outlives the transaction it is built in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import (
    appointing,
    mentoring,
    notices,
    priorities,
    stages,
)
from accounts.models import (
    Appointment,
    Channel,
    Role,
    Stage,
    Team,
    User,
)
from accounts.provisioning import applying
from accounts.provisioning.applying import Answers
from accounts.training import records, scenarios, workshops
from policy import (
    appeals,
    comments,
    documents,
    filing,
    holds,
    live_cases,
    periods,
    practice,
    proposals,
    registers,
    review,
)
from policy.models import Override, Submission
from policy.reading.dates import london_day
from posts import drafting, pictures
from posts.fingerprint import fingerprint
from posts.models import Post
from publishing import pausing, takedown
from publishing.models import Delivery, Freeze, Removal

# Nothing in it is a rule's business; and what one stops.
PLAIN = "We met residents at the library this morning. Thank you for coming, and for the biscuits."
STOPPED = "Cricket on the green: our own Jordan Smith was caught for 41."
FORCE_WIDE = (Role.DMC_EDITOR, Role.DMC_ADMIN, Role.HEAD, Role.COMPLIANCE, Role.INFOSEC)
Keys = dict[str, str | int]


@dataclass
class Side:
    """One ward. keys: what the addresses and the forms ask for, by the names that the recipes use."""

    ward: Team
    author: User
    mentor: User
    keys: Keys = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """roles: the one person in each. own: their ward's things; other: another borough's. own_notice: by role."""

    roles: dict[str, User]
    own: Side
    other: Side
    own_notice: dict[str, int]


def build(*, now: datetime) -> Ground:
    """A sergeant and a contributor of the first ward, mentor and manager of its borough, the DMC over the force."""
    force = Team.objects.create(kind=Team.Kind.FORCE, code="MX", name="Matrix Police")
    first, second = (_place(number, force, now) for number in (1, 2))
    home = dict.fromkeys(FORCE_WIDE, force) | dict.fromkeys((Role.MENTOR, Role.MANAGER), first[0])
    roles = {role: _person(role, role, home.get(role, first[1]), now) for role in Role.values}
    other_author = _person("other-sergeant", Role.SERGEANT, second[1], now)
    other_mentor = _person("other-mentor", Role.MENTOR, second[0], now)
    second_admin = _person("second-admin", Role.DMC_ADMIN, force, now)
    own = Side(first[1], roles[Role.SERGEANT], roles[Role.MENTOR])
    other = Side(second[1], other_author, other_mentor)
    shared = _of_the_force(roles, second_admin, now)
    for side in (own, other):
        _fill(side, roles, now=now)
        side.keys |= shared
    return Ground(roles, own, other, {role: _notice(user, own, now) for role, user in roles.items()})


def _place(number: int, force: Team, now: datetime) -> tuple[Team, Team]:
    """A borough and a ward of it, with a channel on each network."""
    kinds = Team.Kind
    borough = Team.objects.create(kind=kinds.BOROUGH, code=f"MXB{number}", name=f"Borough {number}", parent=force)
    ward = Team.objects.create(kind=kinds.WARD, code=f"MXW{number}", name=f"Ward {number}", parent=borough)
    for network in Channel.Network.values:
        _channel(network, ward, now)
    return borough, ward


def _person(name: str, role: str, team: Team, now: datetime, stage: str = Stage.PROBATION) -> User:
    user = User.objects.create(username=f"matrix-{name}", first_name="Matrix", last_name=name.title())
    first = (now - timedelta(days=30)).date()
    appointing.appoint(user=user, role=role, team=team, starts_on=first, stage=stage, by=None, now=now)
    return user


def _fill(side: Side, roles: dict[str, User], *, now: datetime) -> None:
    editor, ward = roles[Role.DMC_EDITOR], side.ward
    x, page = ward.channels.order_by("-network")
    side.keys |= {"channel": x.pk, "page": page.pk, "ward": ward.code, "borough": ward.parent.code}
    side.keys |= {"borough_pk": ward.parent_id, "person": side.author.pk, "successor": roles[Role.CONTRIBUTOR].pk}
    _write(side, [x, page], now)
    _stop(side, x, now)
    post = Post.objects.get(pk=side.keys["live_post"])
    side.keys["live"] = live_cases.put_on(post=post, why="Somebody is charged.", by=editor, now=now).pk
    watch = holds.open_hold(team=ward, level=1, reason="Nearby.", by=editor, now=now)
    waiting = Post.objects.get(pk=side.keys["waiting"])
    case = filing.file(post=waiting, fires=True, rule="GUILT", why="Guilt.", by=side.mentor, now=now)
    side.keys |= {"hold": watch.pk, "case": case.pk}
    _belongings(side, editor, now)
    side.keys |= _learn(side.author, now) | _mentor(side, roles, x, now)
    _asked_for(side, roles[Role.DMC_ADMIN], now)


def _channel(network: str, ward: Team, now: datetime) -> Channel:
    return Channel.objects.create(
        network=network, team=ward, handle=f"{ward.code}{network}", name=f"{ward.name} Police",
        external_id=f"{ward.code}{network}", state=Channel.State.LIVE, verified_at=now, created_at=now,
    )  # fmt: skip


def _belongings(side: Side, editor: User, now: datetime) -> None:
    today = london_day(now)
    told = {"team": side.ward, "set_on": today, "source": "Ward panel", "by": side.author, "now": now}
    shown = priorities.set_priority(words="Bikes", **told)
    step = priorities.add_step(
        priority=shown, kind="action", words="We marked them.", on=today, by=side.author, now=now
    )
    closed = priorities.set_priority(words="Litter", **told)
    priorities.close(priority=closed, ending="done", on=today, by=side.author, now=now)
    side.keys |= {"priority": shown.pk, "step": step.pk, "closed_priority": closed.pk}


def _mentor(side: Side, roles: dict[str, User], channel: Channel, now: datetime) -> Keys:
    """A pair, a proposal that waits, and an update somebody practised with."""
    mentor, admin = side.mentor, roles[Role.DMC_ADMIN]
    backup = roles[Role.DMC_EDITOR]
    mentoring.pair(author=side.author, mentor=mentor, backup=backup, by=admin, now=now)
    held = Appointment.objects.get(user=side.author, role=Role.SERGEANT)
    said = {"why": "Calm and clear.", "evidence": [], "by": mentor, "now": now}
    proposal = stages.propose(appointment=held, **said)
    learner = _person(f"learner-{side.ward.code}", Role.SERGEANT, side.ward, now, stage=Stage.PRACTICE)
    post = drafting.draft(channels=[channel], texts={channel.pk: PLAIN}, by=learner, now=now)
    handed = practice.hand_in(post=post, kind="other", by=learner, now=now)
    return {
        "mentor": mentor.pk, "backup": backup.pk, "appointment": held.pk, "stage_proposal": proposal.pk,
        "practice": handed.pk,
    }  # fmt: skip


def _learn(author: User, now: datetime) -> Keys:
    """A part that was read, a test that is over and one that is open."""
    read = records.read_lesson(part="privacy", by=author, now=now)
    then = now - timedelta(days=3)
    sat = scenarios.begin(by=author, now=then)
    while sat.at is not None:
        sat = scenarios.answer(sitting=sat, place=sat.at, given=0, by=author, now=then)
    return {"completion": read.pk, "sat": sat.pk, "sitting": scenarios.begin(by=author, now=now).pk}


def _asked_for(side: Side, admin: User, now: datetime) -> None:
    """A channel that the borough has been asked for, by the DMC."""
    people = {"owner": side.author, "deputy": side.mentor, "cover": side.mentor, "mentor": _editor()}
    said = Answers(
        handle=f"{side.ward.code}new", name="New", audience="Residents", asked="News.", why_here="Reach.", **people
    )
    made = applying.apply(team=side.ward, network="x", answers=said, by=admin, now=now)
    side.keys["applied"] = made.channel_id


def _say(side: Side, channels: list[Channel], text: str, now: datetime, *, hours: int | None = None) -> Post:
    at = now + timedelta(hours=hours) if hours else None
    texts = {channel.pk: text for channel in channels}
    return drafting.draft(channels=channels, texts=texts, publish_at=at, by=side.author, now=now)


def _send(side: Side, post: Post, now: datetime) -> Submission:
    review.submit(post=post, by=side.author, now=now)
    return Submission.objects.get(post=post, closed_at__isnull=True)


def _agree(side: Side, post: Post, now: datetime) -> Post:
    waiting = _send(side, post, now)
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=side.mentor, now=now)
    post.refresh_from_db()
    return post


def _write(side: Side, channels: list[Channel], now: datetime) -> None:
    """Posts in every state that people meet."""
    draft, waiting = _say(side, channels, PLAIN, now), _say(side, channels, PLAIN + " Ask us.", now)
    pictured = _say(side, channels, PLAIN + " Here is our stall.", now)
    picture = pictures.add(post=pictured, upload=_photograph(), by=side.author, now=now)
    asked = _send(side, waiting, now)
    seen = {"submission": asked, "fingerprint": asked.fingerprint, "by": side.mentor, "now": now}
    comment = comments.say(**seen, channel=channels[0].pk, quote="the biscuits", words="Which?")
    returned = _say(side, channels, PLAIN + " Come again.", now)
    back = _send(side, returned, now)
    review.send_back(
        submission=back, fingerprint=back.fingerprint, reason="tone", note="Warmer.", by=side.mentor, now=now
    )
    approved = _agree(side, _say(side, channels, PLAIN + " See you on Friday.", now, hours=5), now)
    on_case = _agree(side, _say(side, channels, PLAIN + " And on Monday.", now, hours=9), now)
    stopped = _say(side, channels[:1], STOPPED, now)
    seen = fingerprint(stopped.current)
    appeals.ask(post=stopped, fingerprint=seen, reason="Nobody was arrested.", by=side.author, now=now)
    override = Override.objects.get(submission__post=stopped)
    side.keys |= {
        "draft": draft.pk, "draft_fingerprint": fingerprint(draft.current), "revision": draft.revision,
        "waiting": waiting.pk, "submission": asked.pk, "fingerprint": asked.fingerprint, "approved": approved.pk,
        "live_post": on_case.pk, "pictured": pictured.pk, "picture": picture.pk, "override": override.pk,
        "override_fingerprint": override.fingerprint, "comment": comment.pk, "returned": returned.pk,
    }  # fmt: skip


def _stop(side: Side, channel: Channel, now: datetime) -> None:
    """One that is public, one that may be, and one that is being taken down."""
    for name, state, hours in (("public", "published", 2), ("doubtful", "unconfirmed", 3), ("wrong", "published", 4)):
        post = _agree(side, _say(side, [channel], f"{PLAIN} It was {name}.", now, hours=hours), now)
        delivery = _deliver(post, channel, state, now - timedelta(hours=hours), f"{channel.pk}{hours}")
        side.keys |= {name: post.pk, f"{name}_delivery": delivery.pk}
    wrong = Post.objects.get(pk=side.keys["wrong"])
    incident = takedown.take_down(post=wrong, kind="wrong", reason="It is wrong.", by=side.author, now=now)
    freeze, removal = Freeze.objects.get(incident=incident), Removal.objects.get(incident=incident)
    takedown.lift(freeze=freeze, by=_editor(), now=now)  # what follows is written, not stopped
    side.keys |= {"incident": incident.pk, "freeze": freeze.pk, "removal": removal.pk}


def _editor() -> User:
    return User.objects.get(username=f"matrix-{Role.DMC_EDITOR}")


def _deliver(post: Post, channel: Channel, state: str, at: datetime, remote_id: str) -> Delivery:
    done = state == "published"
    return Delivery.objects.create(
        target=post.targets.get(), channel=channel, version=post.current, fingerprint=post.current.fingerprint,
        state=state, publish_at=at, send_by=at + timedelta(minutes=30), due_at=at, created_at=at,
        remote_id=remote_id if done else "", published_at=at if done else None,
        reason="" if done else "It did not answer in time.",
    )  # fmt: skip


def _of_the_force(roles: dict[str, User], second: User, now: datetime) -> Keys:
    """What belongs to no ward: policies, times, proposals, registers, money."""
    editor, admin, head = (roles[role] for role in (Role.DMC_EDITOR, Role.DMC_ADMIN, Role.HEAD))
    today = london_day(now)
    told = {"key": "matrix", "title": "Matrix", "body": "doi", "owner": head, "review_on": today}
    shown = documents.begin(**told, by=admin, now=now)
    said = {"summary": "Be kind.", "text": "# Be kind", "changes": "", "demands": False}
    version = documents.write(document=shown, **said, by=admin, now=now)
    period = periods.enter(
        kind="election", team=None, name="Matrix", starts_on=today + timedelta(days=40),
        ends_on=today + timedelta(days=50), by=admin, now=now,
    )  # fmt: skip
    proposal = proposals.propose(why="Plates are asked about too often.", by=second, now=now)
    line = registers.add(kind="venue", value="Matrix Library", by=editor, now=now)
    pause = pausing.pause(network="x", reason="No credit.", now=now)
    workshop = workshops.plan(
        title="Pictures", team=Team.objects.get(code="MX"), starts_at=now + timedelta(days=9), place="Hendon",
        capacity=8, by=admin, now=now,
    )  # fmt: skip
    return {
        "key": "matrix", "version": version.pk, "number": version.number, "period": period.pk,
        "proposal": proposal.pk, "line": line.pk, "pause": pause.pk,
        "workshop": workshop.pk, "force": workshop.team_id,
    }  # fmt: skip


def _notice(user: User, side: Side, now: datetime) -> int:
    ward = side.ward
    notices.give(to=[user], kind="matrix", about=ward, words="Look.", needs_answer=True, now=now)
    return user.notices.get(kind="matrix").pk


def _photograph() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "#3b6ea5").save(buffer, "JPEG")
    return SimpleUploadedFile("stall.jpg", buffer.getvalue(), "image/jpeg")
