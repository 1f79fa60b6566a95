"""What the rights matrix is asked about: two wards with one of everything, and a person in every role.

Built through the verbs, as in life. Nothing here outlives the transaction it is built in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import appointing, boroughs, breakglass, mentoring, planned, priorities, stages
from accounts.models import Appointment, Channel, Role, Stage, Team, User
from accounts.provisioning import applying
from accounts.provisioning.applying import Answers
from accounts.training import records, scenarios
from policy import appeals, comments, filing, holds, live_cases, practice, review
from policy.models import Override, SecondLook, Submission
from policy.reading.dates import london_day
from posts import drafting, pictures
from posts.fingerprint import fingerprint
from posts.models import Post
from publishing import takedown
from publishing.models import Attempt, Delivery, Freeze, Removal
from smconsole.proving import matrix_force
from smconsole.proving.matrix_sides import Ground, Keys, Side

# Nothing in it is a rule's business; and what rules stop, the second of them without exceptions.
PLAIN = "We met residents at the library this morning. Thank you for coming, and for the biscuits."
RUNNING = "Helicopter searching for a suspect right now."
STOPPED = "Cricket on the green: our own Jordan Smith was caught for 41."
ASIDE = "aside"
OF_A_WARD = (Role.SERGEANT, Role.CONTRIBUTOR, Role.PEER)
OF_A_BOROUGH = (Role.MENTOR, Role.MANAGER)


def build(*, now: datetime) -> Ground:
    """Two authors and a peer reviewer of the first ward, mentor and manager of its borough, the DMC over the force."""
    force = Team.objects.create(kind=Team.Kind.FORCE, code=boroughs.FORCE, name="Matrix Police")
    first, second = (_place(number, force, now) for number in (1, 2))
    home = dict.fromkeys(OF_A_WARD, first[1]) | dict.fromkeys(OF_A_BOROUGH, first[0])
    roles = {role: _person(role, role, home.get(role, force), now) for role in Role.values}
    other_author = _person("other-sergeant", Role.SERGEANT, second[1], now)
    other_mentor = _person("other-mentor", Role.MENTOR, second[0], now)
    firsts = {role: _person(f"first-{role}", role, force, now) for role in (Role.DMC_ADMIN, Role.DMC_EDITOR)}
    own = Side(first[1], roles[Role.SERGEANT], roles[Role.MENTOR])
    other = Side(second[1], other_author, other_mentor)
    shared = matrix_force.of_the_force(roles, firsts[Role.DMC_ADMIN], [own.author, other.author], now=now)
    for side in (own, other):
        _fill(side, roles, firsts[Role.DMC_EDITOR], now=now)
        side.keys |= shared | matrix_force.report(side, roles[Role.DMC_EDITOR], now=now)
    page = own.ward.channels.get(network=Channel.Network.FACEBOOK)
    persons = {role: matrix_force.of_a_person(user, own, page, now=now) for role, user in roles.items()}
    stranger = matrix_force.of_a_person(other_author, other, page, now=now) | matrix_force.passkey(other_author)
    return Ground(roles, own, other, persons, stranger)


def _place(number: int, force: Team, now: datetime) -> tuple[Team, Team]:
    """A borough and a ward of it, with a channel on each network and one more, on which something is taken down."""
    kinds = Team.Kind
    borough = Team.objects.create(kind=kinds.BOROUGH, code=f"MXB{number}", name=f"Borough {number}", parent=force)
    ward = Team.objects.create(kind=kinds.WARD, code=f"MXW{number}", name=f"Ward {number}", parent=borough)
    for network in Channel.Network.values:
        _channel(network, ward, now)
    _channel(Channel.Network.X, ward, now, ASIDE)
    return borough, ward


def _person(name: str, role: str, team: Team, now: datetime, stage: str = Stage.PROBATION) -> User:
    user = User.objects.create(username=f"matrix-{name}", first_name="Matrix", last_name=name.title())
    first = (now - timedelta(days=30)).date()
    appointing.appoint(user=user, role=role, team=team, starts_on=first, stage=stage, by=None, now=now)
    return user


def _fill(side: Side, roles: dict[str, User], first: User, *, now: datetime) -> None:
    """first: of the two at the DMC, wherever two are needed."""
    editor, ward = roles[Role.DMC_EDITOR], side.ward
    x, page = ward.channels.exclude(handle__endswith=ASIDE).order_by("-network")
    side.keys |= {"channel": x.pk, "page": page.pk, "ward": ward.code, "ward_pk": ward.pk, "borough": ward.parent.code}
    side.keys |= {"borough_pk": ward.parent_id, "person": side.author.pk, "successor": roles[Role.CONTRIBUTOR].pk}
    _write(side, [x, page], now)
    side.keys |= _learn(side.author, now) | _mentor(side, roles, x, now)
    _asked_for(side, roles[Role.DMC_ADMIN], now)
    _hurry(side, first, now)
    _leave(side, roles[Role.DMC_ADMIN], now)
    _ask(side, x, first, now)
    _stop(side, x, now)
    post = Post.objects.get(pk=side.keys["live_post"])
    side.keys["live"] = live_cases.put_on(post=post, why="Somebody is charged.", by=editor, now=now).pk
    watch = holds.open_hold(team=ward, level=1, reason="Nearby.", by=editor, now=now)
    waiting = Post.objects.get(pk=side.keys["waiting"])
    case = filing.file(post=waiting, fires=True, rule="GUILT", why="Guilt.", by=side.mentor, now=now)
    ending = holds.open_hold(team=ward.parent, level=1, reason="Also nearby.", by=editor, now=now)
    holds.ask_release(hold=ending, by=first, now=now)
    side.keys |= {"hold": watch.pk, "ending_hold": ending.pk, "case": case.pk}
    _belongings(side, editor, now)


def _channel(network: str, ward: Team, now: datetime, more: str = "") -> Channel:
    return Channel.objects.create(
        network=network, team=ward, handle=f"{ward.code}{network}{more}", name=f"{ward.name} Police",
        external_id=f"{ward.code}{network}{more}", state=Channel.State.LIVE, verified_at=now, created_at=now,
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


def _editor() -> User:
    return User.objects.get(username=f"matrix-{Role.DMC_EDITOR}")


def _asked_for(side: Side, admin: User, now: datetime) -> None:
    """A channel that the borough has been asked for, by the DMC."""
    people = {"owner": side.author, "deputy": side.mentor, "cover": side.mentor, "mentor": _editor()}
    said = Answers(
        handle=f"{side.ward.code}new", name="New", audience="Residents", asked="News.", why_here="Reach.", **people
    )
    made = applying.apply(team=side.ward, network="x", answers=said, by=admin, now=now)
    side.keys["applied"] = made.channel_id


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


def _leave(side: Side, first: User, now: datetime) -> None:
    """A colleague who leaves in two weeks, to the author."""
    leaver = _person(f"leaver-{side.ward.code}", Role.CONTRIBUTOR, side.ward, now)
    last = london_day(now) + planned.USUAL
    told = {"leaver": leaver, "to": side.author, "last_day": last, "until": None}
    side.keys["handover"] = planned.plan_handover(**told, by=first, now=now).pk


def _hurry(side: Side, first: User, now: datetime) -> None:
    """An urgent appointment that a second person must confirm, and one that is over."""
    for name, at in (("past_urgent", now - timedelta(hours=3)), ("urgent", now)):
        told = {"role": Role.MENTOR, "team": side.ward, "hours": 1, "reason": "Nobody is there.", "by": first}
        side.keys[name] = breakglass.open_urgent(user=side.author, **told, now=at).pk
        breakglass.watch(now=now)


def _learn(author: User, now: datetime) -> Keys:
    """A part that was read, a test that is over and one that is open."""
    read = records.read_lesson(part="privacy", by=author, now=now)
    then = now - timedelta(days=3)
    sat = scenarios.begin(by=author, now=then)
    while sat.at is not None:
        sat = scenarios.answer(sitting=sat, place=sat.at, given=0, by=author, now=then)
    return {"completion": read.pk, "sat": sat.pk, "sitting": scenarios.begin(by=author, now=now).pk}


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
    picture = pictures.add(post=pictured, upload=_photograph(side.ward), by=side.author, now=now)
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
    look, _ = SecondLook.objects.get_or_create(review=back.reviews.get(), defaults={"asked_at": now})
    side.keys |= {
        "look": look.pk, "draft": draft.pk, "draft_fingerprint": fingerprint(draft.current), "revision": draft.revision,
        "waiting": waiting.pk, "submission": asked.pk, "fingerprint": asked.fingerprint, "approved": approved.pk,
        "live_post": on_case.pk, "pictured": pictured.pk, "picture": picture.pk,
        "comment": comment.pk, "returned": returned.pk,
    }  # fmt: skip


def _ask(side: Side, channel: Channel, first: User, now: datetime) -> None:
    """Two that a rule stopped: on one the DMC must answer, on the other a second person must."""
    for name, text in (("override", STOPPED), ("second_override", RUNNING)):
        post = _say(side, [channel], text, now)
        said = fingerprint(post.current)
        appeals.ask(post=post, fingerprint=said, reason="Nobody was arrested.", by=side.author, now=now)
        asked = Override.objects.filter(submission__post=post).order_by("-severity")[0]
        side.keys |= {name: asked.pk, f"{name}_fingerprint": asked.fingerprint}
        if name == "second_override":
            yes = {"lets_through": True, "false_positive": True, "rationale": "Cricket."}
            appeals.decide(override=asked, fingerprint=said, **yes, by=first, now=now)


def _stop(side: Side, channel: Channel, now: datetime) -> None:
    """One that is public, with a picture; one that may be; and, on a channel of its own, one that is taken down."""
    aside = side.ward.channels.get(handle__endswith=ASIDE)
    spoken = (
        ("public", channel, "published", 2),
        ("doubtful", channel, "unconfirmed", 3),
        ("wrong", aside, "published", 4),
    )
    for name, voice, state, hours in spoken:
        draft = _say(side, [voice], f"{PLAIN} It was {name}.", now, hours=hours)
        if name == "public":
            side.keys["shown_picture"] = _picture(side, draft, now)
        post = _agree(side, draft, now)
        delivery = _deliver(post, voice, state, now - timedelta(hours=hours), f"{voice.pk}{hours}")
        side.keys |= {name: post.pk, f"{name}_delivery": delivery.pk}
    wrong = Post.objects.get(pk=side.keys["wrong"])
    incident = takedown.take_down(post=wrong, kind="wrong", reason="It is wrong.", by=side.author, now=now)
    freeze, removal = Freeze.objects.get(incident=incident), Removal.objects.get(incident=incident)
    side.keys |= {"incident": incident.pk, "freeze": freeze.pk, "removal": removal.pk}


def _picture(side: Side, post: Post, now: datetime) -> int:
    """With a description, and nobody in it."""
    media = pictures.add(post=post, upload=_photograph(side.ward), by=side.author, now=now)
    post.refresh_from_db()
    assert post.current is not None
    drafting.revise(
        post=post, revision=post.revision, channels=[target.channel for target in post.targets.all()],
        texts={int(key): text for key, text in post.current.texts.items()}, alts={media.pk: "A stall."},
        answers={media.pk: {"people": "nobody"}}, publish_at=post.current.publish_at, send_within=30,
        by=side.author, now=now,
    )  # fmt: skip
    post.refresh_from_db()
    return media.pk


def _deliver(post: Post, channel: Channel, state: str, at: datetime, remote_id: str) -> Delivery:
    done = state == "published"
    made = Delivery.objects.create(
        target=post.targets.get(), channel=channel, version=post.current, fingerprint=post.current.fingerprint,
        state=state, publish_at=at, send_by=at + timedelta(minutes=30), due_at=at, created_at=at,
        remote_id=remote_id if done else "", published_at=at if done else None,
        reason="" if done else "It did not answer in time.",
    )  # fmt: skip
    Attempt.objects.create(delivery=made, number=1, worker="matrix", started_at=at)
    return made


def _photograph(ward: Team) -> SimpleUploadedFile:
    """Another for each ward: the same picture twice is kept once."""
    buffer = BytesIO()
    Image.new("RGB", (64, 40 + int(ward.code[-1])), "#3b6ea5").save(buffer, "JPEG")
    return SimpleUploadedFile("stall.jpg", buffer.getvalue(), "image/jpeg")
