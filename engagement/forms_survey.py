"""What the DMC tells about a survey file and a question of the survey: shape and cleaning only."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms

from accounts.models import Team
from engagement.models import Measure

_DAY = {"type": "date", "class": "govuk-input govuk-input--width-10"}


class UploadForm(forms.Form):
    file = forms.FileField(
        label="The survey's file",
        help_text="The workbook as it was published, or a table in CSV.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty.", "invalid": "Choose a file."},
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    published_on = forms.DateField(
        label="When it was published (optional)",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 27/03/2027."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("file", "published_on", Submit("submit", "Read it"))


class SpellingForm(forms.Form):
    written = forms.CharField(
        label="As a file writes it", max_length=120, error_messages={"required": "Write the name as the file has it."}
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(kind=Team.Kind.BOROUGH),
        label="The borough",
        empty_label="Choose a borough",
        error_messages={"required": "Choose the borough.", "invalid_choice": "Choose a borough from the list."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = "engagement:spell"
        self.helper.layout = Layout(Field.text("written", autocomplete="off"), "team", Submit("submit", "Add spelling"))


class MeasureForm(forms.ModelForm):
    class Meta:
        model = Measure
        fields = (
            "published_as",
            "name",
            "question",
            "unit",
            "better",
            "months",
            "sample_size",
            "source",
            "part",
        )
        labels = {
            "published_as": "Its name in the published file",
            "name": "Its name on our pages",
            "question": "Definition: what people are asked",
            "unit": "Unit",
            "better": "Direction",
            "months": "Months of interviews behind a figure",
            "sample_size": "Interviews a borough (optional)",
            "source": "Source",
            "part": "Its part in analyses",
        }
        help_texts = {
            "published_as": "Quote marks and capitals do not matter.",
            "sample_size": "Leave it empty where the publisher gives none: pages then say about 400.",
            "part": "Said before anybody looks at an answer.",
        }
        widgets = {"better": forms.Select, "part": forms.Select}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("published_as", "name", "question"):
            self.fields[name].error_messages["required"] = "Write it: pages and files are read by it."
        self.fields["published_as"].error_messages["unique"] = "Another measure has this name."
        self.fields["months"].min_value = 1  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("submit", "Keep"))
