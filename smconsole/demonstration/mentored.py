"""Who mentors whom, somebody who practises, and a step up that waits for its second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts import mentoring, notices, stages
from accounts.models import Appointment, Role, User
from policy import practice, progress
from policy.reading.dates import london_day
from posts import drafting

DAY = timedelta(days=1)
NOTE = "Your updates read as if you were talking to a neighbour. Next: begin with what residents asked for."
WHY = "Calm under questions, and asks before a picture. Fewer updates than asked for: please look at them with me."
PRIVACY = "A lovely update. The house number and the blue car lead to her door, so leave both out and it is ready."
# (kind, what was practised, the mentor's words where it is not yet)
PRACTISED = [
    (
        "other",
        "You asked for slower traffic by the school gates. We stood there on two mornings this week.",
        "",
    ),
    (
        "appeal",
        "Were you near the canal towpath on Sunday afternoon? A bicycle was taken. Ring 101 if you saw something.",
        "",
    ),
    (
        "other",
        "We met thirty of you at the library. Most asked about parcel thefts, so we bring the marking kit next time.",
        "",
    ),
    (
        "other",
        "Mrs Abara of number 40, with the blue car, thanks everybody who looked for her cat. It is home.",
        PRIVACY,
    ),
    (
        "result",
        "We searched a flat with a warrant today. One man was arrested. We can say no more now.",
        "",
    ),
    (
        "appeal",
        "We are looking for the owner of a child’s red scooter found in the park. Ring 101 if it is yours.",
        "",
    ),
    ("other", "Three of you told us about the broken light in the underpass. The council mends it on Thursday.", ""),
    (
        "other",
        "Surgery on Wednesday, 6 to 7 in the evening, at the community hall. Step-free, and no need to book.",
        "",
    ),
]
WAITING = "You told us that motorbikes race along the high street at night. On Friday we stopped four riders."


def tell(people: Mapping[str, User], *, now: datetime) -> None:
    mentor, editor, admin = people["mentor"], people["editor"], people["administrator"]
    then = now - 60 * DAY
    for name in ("sergeant", "trusted", "kingspark", "brockley", "newcomer"):
        mentoring.pair(author=people[name], mentor=mentor, backup=editor, by=admin, now=then)
    mentoring.pair(author=people["kilburn"], mentor=editor, backup=mentor, by=admin, now=then)
    for user in (mentor, editor):
        notices.read_all(to=user, now=then + DAY)
    for name, ago in (("sergeant", 9), ("trusted", 12), ("kingspark", 4), ("brockley", 3), ("newcomer", 2)):
        at = now - ago * DAY
        mentoring.check_in(author=people[name], on=london_day(at), words="", by=mentor, now=at)
    mentoring.note(author=people["sergeant"], words=NOTE, by=mentor, now=now - 9 * DAY)
    _practise(people["newcomer"], mentor, now)
    notices.read_all(to=people["newcomer"], now=now)
    held = Appointment.objects.get(user=people["sergeant"], role=Role.SERGEANT)
    seen = progress.kept(progress.evidence(held, now=now))
    stages.propose(appointment=held, why=WHY, evidence=seen, by=mentor, now=now - timedelta(hours=3))


def _practise(author: User, mentor: User, now: datetime) -> None:
    for days, (kind, words, no) in enumerate(reversed(PRACTISED), start=1):
        at = now - days * DAY
        handed = _hand_in(author, kind, words, at)
        said = {"agrees": False, "reason": "privacy", "note": no} if no else {"agrees": True}
        practice.decide(draft=handed, **said, by=mentor, now=at + timedelta(hours=2))
    _hand_in(author, "other", WAITING, now - timedelta(minutes=50))


def _hand_in(author: User, kind: str, words: str, at: datetime) -> practice.PracticeDraft:
    channels = list(Appointment.objects.get(user=author).team.channels.all())
    post = drafting.draft(channels=channels, texts={one.pk: words for one in channels}, by=author, now=at)
    return practice.hand_in(post=post, kind=kind, by=author, now=at)
