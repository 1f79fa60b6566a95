"""What came back, and what the survey says. The two stand side by side; neither explains the other."""

from engagement.models.numbers import Snapshot, Watch
from engagement.models.survey import ConfidenceFigure, Correction, Measure, Spelling, SurveyFile, SurveyUpload

__all__ = [
    "ConfidenceFigure",
    "Correction",
    "Measure",
    "Snapshot",
    "Spelling",
    "SurveyFile",
    "SurveyUpload",
    "Watch",
]
