"""The demonstration's policies, its calendar, and what its author asks the DMC. Every word is made for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import Team, User
from policy import attesting, documents, periods
from policy.models import DocumentVersion, Period
from policy.reading.dates import london_day

DAY = timedelta(days=1)
# Days since each person confirmed, where it was not a hundred: one has just lapsed, one soon will.
CONFIRMED = {"kingspark": 368, "brockley": 360}

PROFESSIONAL = """
# What these channels are for

They belong to the force. You speak for your ward: what residents asked for, what was done, how to stay safe, where to
meet you.

# Before you post

- After an arrest, say only what happened this time: no names, no past, no evidence.
- Nothing that could point to a victim, a witness or a child.
- No addresses, number plates or telephone numbers of other people. Ask before you show a face.
- Nothing about where officers will be, how we work, or what is still going on.
- Be kind and fair. Take no side in politics, least of all before an election.
- Describe every picture, and write so that everybody can read it.

# When something goes wrong

Take it down at once; nobody is blamed for that. Then tell your mentor. Evidence is kept by the console.

# Who decides

A mentor reads your first updates with you. Some subjects are always for the DMC. If a rule is wrong about your words,
ask the DMC from the page before sending.
"""

PERSONAL = """
# Your own accounts are yours

Nobody here follows, lists or watches them. This page is about the few things that come with the job wherever you are.

- Do not share what you know only from work.
- Do not speak for the force, or look as if you did.
- Think twice before you show your uniform, your colleagues or your place of work.
- Keep your own safety in mind: home, family, routines.

If somebody troubles you on your own account because of your work, tell your line manager. You will be helped.
"""

POLICIES = [
    (
        "professional",
        "Professional use of social media",
        "dmc",
        "You speak for your ward on a channel of the force. Be kind, be clear, keep people safe, and leave what is "
        "before a court to the court. A mentor reads with you; the DMC decides what is difficult.",
        PROFESSIONAL,
    ),
    (
        "personal",
        "Personal use of social media",
        "doi",
        "Your own accounts are yours and nobody watches them. Do not share what you know only from work, do not speak "
        "for the force, and look after your own safety.",
        PERSONAL,
    ),
]


def publish(people: dict[str, User], *, now: datetime) -> None:
    """Published more than a year ago by two people, and confirmed since by everybody; one has lapsed."""
    then, writer, second = now - 400 * DAY, people["administrator"], people["head"]
    versions = []
    for key, title, body, summary, text in POLICIES:
        review_on = london_day(now) + 20 * DAY
        document = documents.begin(
            key=key, title=title, body=body, owner=second, review_on=review_on, by=writer, now=then
        )
        version = documents.write(
            document=document, summary=summary, text=text, changes="", demands=True, by=writer, now=then
        )
        documents.sign(version=version, by=writer, now=then)
        versions.append(documents.publish(version=version, by=second, now=then))
    for user in people.values():
        _confirm(user, versions, now=now - CONFIRMED.get(user.username, 100) * DAY)
    attesting.remind(now=now)


def mark_times(people: dict[str, User], teams: dict[str, Team], *, now: datetime) -> None:
    """An election that is on, one that waits for a second person, and a trial that everybody knows is coming."""
    writer, second, today = people["administrator"], people["editor"], london_day(now)
    on = periods.enter(
        kind=Period.Kind.ELECTION,
        team=teams["E05013804"],
        name="By-election in Queen’s Park",
        message="Nothing that helps or harms a candidate. Ask before anybody who stands is in a picture.",
        starts_on=today - 9 * DAY,
        ends_on=today + 16 * DAY,
        by=writer,
        now=now - 10 * DAY,
    )
    periods.agree(period=on, by=second, now=now - 10 * DAY)
    periods.enter(
        kind=Period.Kind.ELECTION,
        team=teams["E09000023"],
        name="By-election in Deptford",
        message="Keep to facts that residents need.",
        starts_on=today + 21 * DAY,
        ends_on=today + 50 * DAY,
        by=writer,
        now=now - DAY,
    )
    periods.enter(
        kind=Period.Kind.TRIAL,
        team=teams["E09000012"],
        name="Glyn Road robbery, crown court",
        message="Say nothing about it; refer questions to the DMC.",
        starts_on=today + 6 * DAY,
        ends_on=today + 17 * DAY,
        by=second,
        now=now - 2 * DAY,
    )


def _confirm(user: User, versions: list[DocumentVersion], *, now: datetime) -> None:
    for version in versions:
        attesting.attest(version=version, by=user, now=now)
