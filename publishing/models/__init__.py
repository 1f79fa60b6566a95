"""Did it go, and is it still there? Rows are the queue."""

from publishing.models.calendars import CalendarKey
from publishing.models.deliveries import Allowance, Attempt, Delivery, Preflight, Proof, StagedPicture
from publishing.models.incidents import Freeze, Incident, Removal, RemovalAttempt, RemovalDate
from publishing.models.reports import DailyReport

__all__ = [
    "Allowance",
    "Attempt",
    "CalendarKey",
    "DailyReport",
    "Delivery",
    "Freeze",
    "Incident",
    "Preflight",
    "Proof",
    "Removal",
    "RemovalAttempt",
    "RemovalDate",
    "StagedPicture",
]
