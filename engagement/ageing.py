"""At what age posts are compared. Yesterday's post has had a day to be answered, last month's a month: so a typical
post is made of what each had brought when it was a week old, and those that are not yet are left out and counted.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

AGE = timedelta(days=7)
LATEST = timedelta(days=9)  # the networks are asked late on the day, and an outage may last a day more
SETTLED = 8  # days after which that answer is in, however late on its day a post went out


def is_of_the_age(published_at: datetime, at: datetime) -> bool:
    """Whether a number of that moment says what the post had brought when it was a week old."""
    return AGE <= at - published_at < LATEST


def settled(today: date) -> date:
    """The last London day whose posts are all old enough to be compared."""
    return today - timedelta(days=SETTLED)
