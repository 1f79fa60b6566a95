"""Facts that can be looked up: dates and handles."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from policy.content import Context, Severity
from policy.reading.dates import MONTHS, WEEKDAYS, Written, find_dates, london_day, readings
from policy.reading.mentions import Mention, find_mentions, nearest
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Repair, Rule


def wrong_date(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A weekday that is not that day's in any sensible reading of the year, or a day the calendar does not have."""
    base = london_day(facts.publish_at or context.now)
    for written in find_dates(passage):
        days = readings(written, base)
        if not days:
            place = passage.place(written.start, written.end)
            yield Match(places=(place,), message=_no_such_day(written))
        elif written.weekday is not None and all(day.weekday() != written.weekday for day in days):
            yield _wrong_weekday(passage, written, days[0])


def _no_such_day(written: Written) -> str:
    if written.month is None:
        return f"No month near this one has a day {written.day}. Check the date."
    if not 1 <= written.month <= 12:
        return f"There is no month {written.month}. Write the day first, then the month."
    month = MONTHS[written.month - 1]
    longest = 29 if written.month == 2 else calendar.monthrange(2001, written.month)[1]
    if written.month == 2 and written.day == 29:
        return f"February has no 29th in {written.year or 'that year'}. Check the date."
    return f"{month} has {longest} days at most. Check the date."


def _wrong_weekday(passage: Passage, written: Written, day: date) -> Match:
    right = WEEKDAYS[day.weekday()]
    said = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    place = passage.place(written.start, written.end)
    start, end = written.weekday_place or (written.start, written.start)
    while end < len(passage.text) and passage.text[end].isalpha():
        end += 1
    first, last = passage.place(start, end)
    replacement = _in_the_same_dress(right, passage.text[start:end])
    repair = Repair(f"Change it to {replacement}", first, last, replacement)
    return Match(places=(place,), message=f"{said} is a {right}. Which of the two is right?", repair=repair)


def _in_the_same_dress(weekday: str, written: str) -> str:
    if not written.lower().rstrip("s").endswith("day"):
        weekday = weekday[:3]
    if written.isupper():
        return weekday.upper()
    return weekday.lower() if written.islower() else weekday


_OURS = ("mps", "msp", "met")
# Known to begin like ours and to be somebody else.
_NOT_OURS = ("metoffice", "meta", "meteo", "meth", "metr", "metgala", "metoo")
# The force's own accounts that no ward's register holds.
_FORCE_WIDE = frozenset(
    """
    metcc metpoliceuk metpoliceevents mettaskforce metspecials mpsrtpc mpsinthesky mpsonthewater mpsroyal_parks
    """.split()  # noqa: SIM905
)
_LONG_ENOUGH_FOR_TWO = 8


def look_alike_handle(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A mention that begins like a police account or is within two edits of a registered one, and is not registered."""
    known = _FORCE_WIDE | {handle.lower() for handle in context.handles | context.partner_handles}
    for mention in find_mentions(passage):
        if mention.handle in known and mention.genuine:
            continue
        meant = _meant(mention, context)
        if meant or _begins_like_ours(mention.handle) or not mention.genuine:
            yield _not_ours(passage, mention, meant)


def _meant(mention: Mention, context: Context) -> str:
    """The registered handle the author most likely had in mind, or ""."""
    long_enough = len(mention.handle) >= _LONG_ENOUGH_FOR_TWO
    meant = nearest(mention.handle, context.handles, 2 if long_enough else 1)
    if not meant and long_enough:
        meant = nearest(mention.handle, context.partner_handles, 1)
    return meant or _lengthened(mention.handle, context.handles)


def _lengthened(handle: str, registered: frozenset[str]) -> str:
    """The registered handle that this one only adds to ("…SNT"), the longest first."""
    beginnings = [name for name in registered if len(name) >= _LONG_ENOUGH_FOR_TWO and handle.startswith(name.lower())]
    return max(beginnings, key=lambda name: (len(name), name), default="")


def _begins_like_ours(handle: str) -> bool:
    if handle.startswith("metropolitanpol"):
        return True
    return handle.startswith(_OURS) and not handle.startswith(_NOT_OURS)


def _not_ours(passage: Passage, mention: Mention, meant: str) -> Match:
    place = passage.place(mention.start - 1, mention.end)
    if not meant:
        return Match(places=(place,))
    message = f"That is not one of our accounts. Did you mean @{meant}?"
    return Match(places=(place,), message=message, repair=Repair(f"Use @{meant}", *place, f"@{meant}"))


RULES = (
    Rule(
        id="MIMPERSON",
        severity=Severity.BLOCK,
        title="Handle that looks like one of ours",
        message="That handle looks like ours, but it is not on the register. Check it, or ask the DMC to add it.",
        source="The register of official handles; impersonation and wrong-tag incidents",
        detect=look_alike_handle,
    ),
    Rule(
        id="DATE",
        severity=Severity.ADVISE,
        title="Weekday and date that do not agree",
        message="The weekday and the date do not agree. Which of the two is right?",
        source="The calendar",
        detect=wrong_date,
    ),
)
