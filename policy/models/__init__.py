"""May it be said, and who must agree? The answers, and what they rest on, kept."""

from policy.models.decisions import Needs, Review, Submission, Verdict
from policy.models.holds import Hold
from policy.models.registers import RegisterEntry
from policy.models.rejudging import Rejudging

__all__ = ["Hold", "Needs", "RegisterEntry", "Rejudging", "Review", "Submission", "Verdict"]
