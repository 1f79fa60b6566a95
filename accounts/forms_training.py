"""What the DMC writes about a workshop, and a file of records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms
from django.db.models import QuerySet

from accounts.models import Team
from accounts.models.people import LONDON
from accounts.scoped import ScopedChoiceField
from accounts.training.workshops import LARGEST


class WorkshopForm(forms.Form):
    """title, team, day and clock (together starts_at), place, capacity, agenda."""

    title = forms.CharField(label="What it is called", max_length=120, error_messages={"required": "Give it a name."})
    team = ScopedChoiceField(
        Team.objects.none(),
        label="Who gives it",
        empty_label=None,
        error_messages={"required": "Choose who gives it.", "invalid_choice": "Choose from the list."},
    )
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Enter the day as a date, like 2 March 2026."},
    )
    clock = forms.TimeField(
        label="Begins at",
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input govuk-input--width-5"}, format="%H:%M"),
        error_messages={"required": "Choose a time.", "invalid": "Enter the time like 14:30."},
    )
    place = forms.CharField(label="Where", max_length=200, error_messages={"required": "Say where."})
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input govuk-input--width-4"}),
        error_messages={"required": "Say how many can come.", "invalid": "Enter a number.",
                        "max_value": f"{LARGEST} at most.", "min_value": "At least one."},
    )  # fmt: skip
    agenda = forms.CharField(
        label="What it is about (optional)",
        max_length=2000,
        required=False,
        help_text="One point to a line.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title", Field.select("team"), "day", "clock", "place", "capacity", "agenda", Submit("plan", "Plan it")
        )

    def said(self) -> dict[str, Any]:
        """The arguments of `workshops.plan`."""
        said = dict(self.cleaned_data)
        starts_at = datetime.combine(said.pop("day"), said.pop("clock"), LONDON)
        return said | {"starts_at": starts_at, "agenda": said["agenda"].strip()}


class StrikeForm(forms.Form):
    why = forms.CharField(
        label="Why it does not count", max_length=300, error_messages={"required": "Say why it does not count."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("why", Submit("strike", "Strike this record", css_class="govuk-button--warning"))


class RecordsForm(forms.Form):
    """A CSV file, or its lines pasted."""

    file = forms.FileField(label="A CSV file", required=False)
    lines = forms.CharField(
        label="Or its lines, pasted",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("file", "lines", Submit("bring", "Bring these records in"))
