"""Did it go, and is it still there? Rows are the queue."""

from publishing.models.calendars import CalendarKey
from publishing.models.deliveries import Allowance, Attempt, Delivery, Preflight, Proof, StagedPicture
from publishing.models.incidents import Freeze, Incident, Removal, RemovalAttempt, RemovalDate
from publishing.models.money import Budget, Kind, Pause, Price, ReadOnce, Spent
from publishing.models.reports import DailyReport

__all__ = [
    "Allowance",
    "Attempt",
    "Budget",
    "CalendarKey",
    "DailyReport",
    "Delivery",
    "Freeze",
    "Incident",
    "Kind",
    "Pause",
    "Preflight",
    "Price",
    "Proof",
    "ReadOnce",
    "Removal",
    "RemovalAttempt",
    "RemovalDate",
    "Spent",
    "StagedPicture",
]
