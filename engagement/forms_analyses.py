"""A question to the figures: shape and cleaning only."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout, Submit
from django import forms

from engagement.exposures import EXPOSURES
from engagement.models import Analysis, Measure

Method = Analysis.Method


class QuestionForm(forms.Form):
    method = forms.ChoiceField(
        label="How",
        choices=[(one.value, one.label) for one in (Method.PANEL, Method.LAUNCH)],
        error_messages={"required": "Choose how."},
    )
    outcome = forms.ModelChoiceField(
        Measure.objects.all(),
        label="What people told the survey",
        to_field_name="code",
        empty_label="Choose a question",
        error_messages={"required": "Choose a question of the survey."},
    )
    exposure = forms.ChoiceField(
        label="What teams did",
        choices=[(one.name, one.label) for one in EXPOSURES.values()],
        help_text="For the start of accounts: the first year in which there was any.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("method", "outcome", "exposure", Submit("submit", "Work it out"))
