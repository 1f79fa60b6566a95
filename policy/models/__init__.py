"""May it be said, and who must agree? The answers, and what they rest on, kept."""

from policy.models.calibration import SecondLook
from policy.models.cases import FiledCase
from policy.models.decisions import Needs, Review, Submission, Verdict
from policy.models.declarations import Declaration
from policy.models.documents import Attestation, Document, DocumentVersion
from policy.models.escalations import Escalation
from policy.models.holds import Clearance, Hold
from policy.models.law import Proposal, RuleSet, Trial
from policy.models.overrides import IgnoredNudge, Override
from policy.models.periods import LiveCase, Period
from policy.models.practice import PracticeDraft
from policy.models.quality import QualityFigure, QualityRun
from policy.models.registers import RegisterEntry
from policy.models.rejudging import Rejudging
from policy.models.remarks import Comment, Disagreement

__all__ = [
    "Attestation",
    "Clearance",
    "Comment",
    "Declaration",
    "Disagreement",
    "Document",
    "DocumentVersion",
    "Escalation",
    "FiledCase",
    "Hold",
    "IgnoredNudge",
    "LiveCase",
    "Needs",
    "Override",
    "Period",
    "PracticeDraft",
    "Proposal",
    "QualityFigure",
    "QualityRun",
    "RegisterEntry",
    "Rejudging",
    "Review",
    "RuleSet",
    "SecondLook",
    "Submission",
    "Trial",
    "Verdict",
]
