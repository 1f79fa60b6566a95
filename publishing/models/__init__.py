"""Did it go, and is it still there? Rows are the queue."""

from publishing.models.deliveries import Allowance, Attempt, Delivery, Preflight, Proof, StagedPicture
from publishing.models.incidents import Freeze, Incident, Removal, RemovalAttempt, RemovalDate

__all__ = [
    "Allowance",
    "Attempt",
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
