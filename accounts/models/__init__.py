"""Who we are, and whose voice it is."""

from accounts.models.audit import AuditEntry, AuditSeal
from accounts.models.channels import Channel, Connection, Credential
from accounts.models.handovers import Handover
from accounts.models.mentoring import CheckIn, CoachingNote, Pairing, ShadowReview, StageChange, StageProposal
from accounts.models.notices import Notice, NoticePlan
from accounts.models.people import Appointment, Role, Stage, User
from accounts.models.priorities import Priority, PriorityChange, PriorityStep
from accounts.models.provisioning import (
    Application,
    Impersonation,
    ImpersonationStep,
    ProfileCheck,
    Signature,
    Waiting,
)
from accounts.models.shapes import AreaShape
from accounts.models.teams import Team
from accounts.models.training import Completion, Part, Seat, Sitting, TrainingReminder, Workshop
from accounts.models.urgent import Urgent

__all__ = [
    "Application",
    "Appointment",
    "AreaShape",
    "AuditEntry",
    "AuditSeal",
    "Channel",
    "CheckIn",
    "CoachingNote",
    "Completion",
    "Connection",
    "Credential",
    "Handover",
    "Impersonation",
    "ImpersonationStep",
    "Notice",
    "NoticePlan",
    "Pairing",
    "Part",
    "Priority",
    "PriorityChange",
    "PriorityStep",
    "ProfileCheck",
    "Role",
    "Seat",
    "ShadowReview",
    "Signature",
    "Sitting",
    "Stage",
    "StageChange",
    "StageProposal",
    "Team",
    "TrainingReminder",
    "Urgent",
    "User",
    "Waiting",
    "Workshop",
]
