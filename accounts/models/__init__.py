"""Who we are, and whose voice it is."""

from accounts.models.audit import AuditEntry, AuditSeal
from accounts.models.channels import Channel, Connection, Credential
from accounts.models.notices import Notice
from accounts.models.people import Appointment, Role, Stage, User
from accounts.models.priorities import Priority, PriorityChange, PriorityStep
from accounts.models.shapes import AreaShape
from accounts.models.teams import Team

__all__ = [
    "Appointment",
    "AreaShape",
    "AuditEntry",
    "AuditSeal",
    "Channel",
    "Connection",
    "Credential",
    "Notice",
    "Priority",
    "PriorityChange",
    "PriorityStep",
    "Role",
    "Stage",
    "Team",
    "User",
]
