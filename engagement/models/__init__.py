"""What came back, and what the survey says. The two stand side by side; neither explains the other."""

from engagement.models.analyses import Analysis, Population
from engagement.models.events import KnownEvent
from engagement.models.insights import AccountInsight, PostInsight, RetiredMetric
from engagement.models.numbers import Answer, Followers, Snapshot, Watch
from engagement.models.reports import Report
from engagement.models.rollups import AreaDay, AreaMonth, ChannelDay, StaleArea, StaleDay, StaleMonth
from engagement.models.survey import ConfidenceFigure, Correction, Measure, Spelling, SurveyFile, SurveyUpload

__all__ = [
    "AccountInsight",
    "Analysis",
    "Answer",
    "AreaDay",
    "AreaMonth",
    "ChannelDay",
    "ConfidenceFigure",
    "Correction",
    "Followers",
    "KnownEvent",
    "Measure",
    "Population",
    "PostInsight",
    "Report",
    "RetiredMetric",
    "Snapshot",
    "Spelling",
    "StaleArea",
    "StaleDay",
    "StaleMonth",
    "SurveyFile",
    "SurveyUpload",
    "Watch",
]
