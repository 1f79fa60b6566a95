"""What came back, and what the survey says. The two stand side by side; neither explains the other."""

from engagement.models.numbers import Snapshot, Watch
from engagement.models.survey import ConfidenceFigure, Measure, SurveyFile

__all__ = ["ConfidenceFigure", "Measure", "Snapshot", "SurveyFile", "Watch"]
